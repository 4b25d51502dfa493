"""Answers on two further sets of questions, written from the guidelines alone by people who had not seen how they are searched.

The held-out set helped to set the bound of abstention and to choose the width of the embedding, and a few of its misses were
looked at; the faults that the further set showed when it was first asked have been mended since. What is reached on the
development questions must be reached here too: a gain there that does not show here is none.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.assistant import Assistant
from kg.model import Answer
from tests.conftest import ROOT
from tests.test_answers import TOP, folded, recall

Row = dict[str, Any]
SETS = {"held_out_questions": (130, 100), "further_questions": (150, 126)}
SAID = {"held_out_questions": 0.9, "further_questions": 0.85}  # what is reached, less a small margin
LANGUAGES = ("zh", "en")
_SHOWN = 800


def rows_of(name: str) -> list[Row]:
    lines = (ROOT / f"tests/data/{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def answerable(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["kind"] != "unanswerable"]


@pytest.fixture(scope="module", params=SETS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def rows(name: str) -> list[Row]:
    return rows_of(name)


@pytest.fixture(scope="module")
def answers(assistant: Assistant, rows: list[Row]) -> dict[str, Answer]:
    return {row["id"]: assistant.ask(row["question"]) for row in rows}


def test_there_are_as_many_as_were_written() -> None:
    assert {name: (len(rows_of(name)), len(answerable(rows_of(name)))) for name in SETS} == SETS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_recall_at_5(answers: dict[str, Answer], rows: list[Row], lang: str) -> None:
    values = [recall(row, answers[row["id"]]) for row in answerable(rows) if row["lang"] == lang]
    assert sum(values) / len(values) >= 0.95


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_asked_is_said(answers: dict[str, Answer], rows: list[Row], name: str, lang: str) -> None:
    """Every group of keys has one that the answer's first part holds, and the assistant does not abstain."""
    asked = [row for row in answerable(rows) if row["lang"] == lang]
    assert sum(_said(row, answers[row["id"]]) for row in asked) / len(asked) >= SAID[name]


def test_the_first_citation_is_of_a_guideline_that_answers(answers: dict[str, Answer], rows: list[Row]) -> None:
    right = [_documents(row) >= {answers[row["id"]].citations[0].document} for row in answerable(rows)]
    assert sum(right) / len(right) >= 0.97


def test_abstention(answers: dict[str, Answer], rows: list[Row]) -> None:
    silent = {row["id"] for row in rows if answers[row["id"]].status == "not_covered"}
    unanswerable = {row["id"] for row in rows if row["kind"] == "unanswerable"}
    assert len(silent & unanswerable) / len(silent) >= 0.92
    assert len(silent & unanswerable) / len(unanswerable) >= 0.85


def test_everything_cited_is_verbatim(answers: dict[str, Answer], assistant: Assistant) -> None:
    assert all(assistant.verify(c) for answer in answers.values() for c in answer.citations[:TOP])


def _said(row: Row, answer: Answer) -> bool:
    shown = folded(answer.text[:_SHOWN])
    return answer.status != "not_covered" and all(any(folded(k) in shown for k in group) for group in row["answer"])


def _documents(row: Row) -> set[str]:
    return {place["document"] for entry in row["evidence"] for place in entry.get("any", [entry])}
