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
    assert [n.question for n in book.starred("anna")] == ["AAV"]
    assert book.starred("bo") == ()


def test_what_is_taken_out_can_be_put_back_as_it_was(tmp_path: Path) -> None:
    book = Notebook(tmp_path)
    book.asked("anna", FIRST, "product=aav-vector")
    book.star("anna", "AAV", on=True)
    before = book.history("anna")
    assert before[0].scope == "product=aav-vector"
    taken = book.remove("anna", "AAV")
    assert taken == before
    assert book.history("anna") == ()
    book.restore("anna", taken)
    assert book.history("anna") == before


def test_a_cleared_history_can_be_put_back_and_keeps_what_was_asked_since(tmp_path: Path) -> None:
    book = Notebook(tmp_path)
    book.asked("anna", FIRST)
    book.asked("anna", SECOND)
    taken = book.forget("anna")
    book.asked("anna", FIRST, "status=final")
    book.restore("anna", taken)
    assert [(n.question, n.scope) for n in book.history("anna")] == [("AAV", "status=final"), ("lentiviral", "")]


def test_a_notebook_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / NAME) as base:
        base.execute(
            "create table asked (visitor text not null, question text not null, status text not null, headline text not null,"
            " snapshot text not null, at text not null, starred integer not null default 0, primary key (visitor, question))"
        )
        base.execute("insert into asked values ('anna', 'AAV', 'answered', '5', 's', '2026-01-01', 1)")
    assert [(n.question, n.starred, n.scope) for n in Notebook(tmp_path).history("anna")] == [("AAV", True, "")]


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
