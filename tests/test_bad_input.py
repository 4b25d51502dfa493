"""Bad input ends in one clear line: no traceback, nothing executed, nothing lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ingest.cli import main
from ingest.corpus import read_corpus
from ingest.pipeline import build
from kg.assistant import Assistant
from kg.errors import CorpusError, MetadataError, QuestionError, SnapshotError, SourceError, VocabularyError
from kg.settings import Settings
from tests.conftest import CORPUS, SLUGS


@pytest.mark.parametrize("question", ["", "   \n", "？？！", "😀😀", "长" * 10_000])
def test_a_question_that_cannot_be_read_is_refused_in_words(assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionError, match="question"):
        assistant.ask(question)


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script> AAV 随访多久",
        "'; DROP TABLE clauses; -- 随访",
        "text:* OR (AAV AND 随访)^99 ~ [a TO z]",
        "{{7*7}} ${env} %s %n 随访",
        "\u202e随访\u0000\u200b多久",
        "A" * 1000,
    ],
)
def test_a_hostile_question_is_only_a_question(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status in ("answered", "partial", "not_covered")
    assert all("script" not in c.quote for c in answer.citations)


def test_a_missing_snapshot_says_how_to_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "CRS", "--data", str(tmp_path / "nothing")]) == 1
    error = capsys.readouterr().err
    assert "guidegraph build" in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("name", ["manifest.json", "concepts.json", "ranker.json"])
def test_a_damaged_snapshot_is_named(data: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "data"
    shutil.copytree(data, copy)
    current = copy / "snapshots" / (copy / "current").read_text().strip()
    (current / name).write_text("{", encoding="utf-8")
    with pytest.raises(SnapshotError, match=name):
        Assistant.open(copy).ask("CRS")


@pytest.mark.parametrize("arguments", [["--nonsense"], ["ask", "--lang", "fr", "x"], ["export", "--format", "doc"], []])
def test_wrong_usage_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_batch_line_that_is_no_question_is_named(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": 1, "question": "CRS"}\n{"id": 2}\n', encoding="utf-8")
    assert main(["ask", "--batch", str(batch), "--json", "--data", str(data)]) == 1
    assert "line 2" in capsys.readouterr().err


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    """A corpus of one guideline that a test may break."""
    corpus = tmp_path / "corpus"
    shutil.copytree(CORPUS / "guidelines" / SLUGS[1], corpus / "guidelines" / SLUGS[1])
    shutil.copytree(CORPUS / "vocabulary", corpus / "vocabulary")
    shutil.copy(CORPUS / "ontology.ttl", corpus)
    return corpus


def test_a_corpus_without_guidelines_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="guidelines"):
        read_corpus(tmp_path)


@pytest.mark.parametrize(
    ("data", "message"), [(b"", "empty"), (b"\x00\x01PDF", "binary"), (b"\xff\xff\xfe\x81", "UTF-8")]
)
def test_a_source_that_is_no_text_is_named(small_corpus: Path, tmp_path: Path, data: bytes, message: str) -> None:
    (small_corpus / "guidelines" / SLUGS[1] / "source.txt").write_bytes(data)
    with pytest.raises(SourceError, match=message):
        build(Settings(small_corpus, tmp_path / "data"))
    assert not (tmp_path / "data" / "current").exists()


@pytest.mark.parametrize(
    ("text", "message"), [("title_zh = 1", "title_zh"), ("x = [", "TOML"), ('colour = "red"', "title_zh")]
)
def test_metadata_that_is_wrong_is_named(small_corpus: Path, text: str, message: str) -> None:
    (small_corpus / "guidelines" / SLUGS[1] / "guideline.toml").write_text(text, encoding="utf-8")
    with pytest.raises(MetadataError, match=message):
        read_corpus(small_corpus)


def test_a_label_of_two_concepts_names_both(small_corpus: Path) -> None:
    (small_corpus / "vocabulary" / "zz.ttl").write_text(
        "@prefix c: <urn:guidegraph:concept:> . @prefix gg: <urn:guidegraph:ontology:> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'c:s a skos:ConceptScheme ; gg:kind "product" .\n'
        'c:second-aav a skos:Concept ; skos:prefLabel "腺相关病毒载体"@zh, "another"@en .\n',
        encoding="utf-8",
    )
    with pytest.raises(VocabularyError, match=r"second-aav.*aav-vector"):
        read_corpus(small_corpus)


def test_a_translation_of_a_changed_sentence_is_named_by_its_line(small_corpus: Path, tmp_path: Path) -> None:
    path = small_corpus / "guidelines" / SLUGS[1] / "translation.en.jsonl"
    rows = path.read_text(encoding="utf-8").splitlines()
    rows[4] = json.dumps(json.loads(rows[4]) | {"zh": "别的句子。"}, ensure_ascii=False)
    path.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"line 5.*has changed"):
        build(Settings(small_corpus, tmp_path / "data"))
