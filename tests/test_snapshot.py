"""Snapshots: the same corpus gives the same bytes, nothing is built twice, and nothing half-built is ever current."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest import pipeline
from ingest.pipeline import build
from kg.assistant import Assistant
from kg.contract import answer_json
from kg.errors import CorpusError
from kg.settings import Settings
from kg.snapshot import Snapshot
from tests.conftest import CORPUS, ROOT

QUESTIONS = [
    json.loads(line)["question"]
    for line in (ROOT / "tests/data/development_questions.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_two_builds_say_the_same_byte_for_byte(snapshot: Snapshot, tmp_path: Path) -> None:
    second = build(Settings(CORPUS, tmp_path))
    assert second.id == snapshot.id
    said = [n for n in snapshot.manifest.outputs if not n.startswith(("store/", "lexical/"))]
    assert {"graph.nq", "concepts.json", "dense/sentences/index.faiss"} <= set(said)
    for name in said:
        assert (second.folder / name).read_bytes() == (snapshot.folder / name).read_bytes(), name
    one, two = Assistant(snapshot), Assistant(second)
    assert len(QUESTIONS) == 230
    for question in QUESTIONS:
        answers = [answer_json(a.ask(question)) | {"latency_ms": 0} for a in (one, two, one)]
        assert answers[0] == answers[1] == answers[2], question


def test_an_unchanged_corpus_is_not_built_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "read_corpus", lambda folder: pytest.fail("read again"))
    assert build(Settings(CORPUS, data)).id == Snapshot.open(data).id


def test_a_failed_build_leaves_the_snapshot_in_use(data: Path, tmp_path: Path) -> None:
    before = (data / "current").read_text()
    with pytest.raises(CorpusError):
        build(Settings(tmp_path, data))
    assert (data / "current").read_text() == before
    assert [p.name for p in (data / "snapshots").iterdir() if p.name.startswith(".")] == []


def test_graph_is_sorted_without_doubles(snapshot: Snapshot) -> None:
    lines = (snapshot.folder / "graph.nq").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert "_:" not in {line[:2] for line in lines}
