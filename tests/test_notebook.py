"""The notebook: history, stars and thumbs in one file of the data folder."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from kg.errors import NotebookError
from kg.notebook import NAME, Notebook
from tests.fakes import FakeAssistant

FIRST, SECOND = FakeAssistant().ask("AAV"), FakeAssistant().ask("lentiviral")


def test_history_is_a_visitors_own_and_latest_first(tmp_path: Path) -> None:
    for answer in (FIRST, SECOND, FIRST):
        Notebook(tmp_path).asked("anna", answer)
    Notebook(tmp_path).asked("bo", SECOND)
    assert [n.question for n in Notebook(tmp_path).history("anna")] == ["AAV", "lentiviral"]
    assert [n.question for n in Notebook(tmp_path).history("bo")] == ["lentiviral"]


def test_a_star_outlasts_clearing(tmp_path: Path) -> None:
    book = Notebook(tmp_path)
    book.asked("anna", FIRST)
    book.asked("anna", SECOND)
    book.star("anna", "AAV", on=True)
    book.forget("anna")
    assert [(n.question, n.starred) for n in book.history("anna")] == [("AAV", True)]


def test_a_thumb_is_stored_with_question_answer_and_snapshot(tmp_path: Path) -> None:
    Notebook(tmp_path).rate("anna", FIRST, "'); drop table thumbs; --", good=False)
    with sqlite3.connect(tmp_path / NAME) as base:
        question, answer, snapshot, good, comment = base.execute(
            "select question, answer, snapshot, good, comment from thumbs"
        ).fetchone()
    assert (question, snapshot, good, comment) == ("AAV", FIRST.snapshot, 0, "'); drop table thumbs; --")
    assert json.loads(answer)["citations"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotebookError, match="cannot be used"):
        Notebook(tmp_path / "nowhere").history("anna")
