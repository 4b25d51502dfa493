"""Competency questions: each .rq file is asked of the built graph and must give the rows of the .json beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.snapshot import Snapshot

HERE = Path(__file__).parent
QUESTIONS = sorted(HERE.glob("*.rq"))


def test_there_are_enough_questions() -> None:
    assert len(QUESTIONS) >= 25


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda p: p.stem)
def test_question_has_its_answer(path: Path, snapshot: Snapshot, rewrite_golden: bool) -> None:
    rows = snapshot.graph.rows(path.read_text(encoding="utf-8"))
    expected = path.with_suffix(".json")
    if rewrite_golden:
        text = json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True)
        expected.write_text(text + "\n", encoding="utf-8")
    assert rows == json.loads(expected.read_text(encoding="utf-8"))
