"""Guidelines side by side: the same table on the page, in Markdown and in Word, and no guideline that was asked is left out."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import pytest

from kg.assistant import Assistant
from kg.model import Answer
from tests.fakes import CART, LTFU, RARE, RGT, RMP
from views import memo
from views.answer import following
from views.compared import sides, table
from views.markup import unbroken
from views.records import Page
from views.texts import EN, ZH

ENGLISH = "Placebo control: how do the rare disease drug guideline and the gene therapy draft differ?"
CHINESE = "长期随访多少年：长期随访指导原则和 CAR-T 征求意见稿各要求几年？"


@pytest.fixture
def english(assistant: Assistant) -> tuple[Answer, Page]:
    return assistant.ask(ENGLISH), Page(assistant, "en")


@pytest.fixture
def chinese(assistant: Assistant) -> tuple[Answer, Page]:
    return assistant.ask(CHINESE), Page(assistant, "zh")


def test_an_english_comparison_reads_english_over_the_original(english: tuple[Answer, Page]) -> None:
    answer, page = english
    found = sides(answer, page)
    assert {RARE, RGT} <= {side.document for side in found}
    for side in found:
        assert side.said.isascii()
        assert side.original
        assert side.number
        assert side.original in answer.citations[side.number - 1].quote
    assert EN.value not in table(answer, page)  # none of them states one


def test_values_stand_in_a_column_of_their_own(chinese: tuple[Answer, Page]) -> None:
    answer, page = chinese
    drawn = table(answer, page)
    assert f'<th scope="col">{ZH.value}</th>' in drawn
    assert drawn.count('<b class="value" lang="zh">') == sum(len(p.values) for p in answer.positions) > 0
    assert drawn.count("<tr>") == 1 + len(answer.positions)


def test_a_named_guideline_that_says_nothing_is_said_to_be_silent(chinese: tuple[Answer, Page]) -> None:
    answer, page = chinese
    asked = replace(answer, question=replace(answer.question, documents=(LTFU, CART, RMP)))
    silent = sides(asked, page)[-1]
    assert (silent.document, silent.position) == (RMP, None)
    assert ZH.silent in table(asked, page)
    assert ZH.silent in memo.markdown(asked, page)


@pytest.mark.parametrize("asked", [ENGLISH, CHINESE])
def test_what_is_folded_is_what_the_table_does_not_say(assistant: Assistant, asked: str) -> None:
    answer = assistant.ask(asked)
    drawn = following(answer.text.removeprefix(answer.headline).strip(), answer, Page(assistant, answer.question.lang))
    _, details, folded = drawn.partition("<details")
    assert folded.count("<h3") <= len(answer.positions)
    assert bool(details) == bool(folded.count("<p "))
    assert not any(str(unbroken(p.quote)) in folded for p in answer.positions)


def test_markdown_has_it_as_a_table(english: tuple[Answer, Page]) -> None:
    answer, page = english
    rows = [line for line in memo.markdown(answer, page).splitlines() if line.startswith("|")]
    assert rows[0] == f"| {EN.guideline} | {EN.strength} | {EN.says_there} |"
    assert rows[1] == "| --- | --- | --- |"
    assert len(rows) == 2 + len(sides(answer, page))


def test_word_has_it_as_a_table(chinese: tuple[Answer, Page]) -> None:
    answer, page = chinese
    (drawn,) = docx.Document(BytesIO(memo.word(answer, page))).tables
    assert [cell.text for cell in drawn.rows[0].cells] == [ZH.guideline, ZH.value, ZH.strength, ZH.says_there]
    assert answer.positions[0].quote in drawn.rows[1].cells[3].text


def test_where_nothing_is_compared_there_is_no_table(assistant: Assistant) -> None:
    answer, page = assistant.ask("AAV 载体的基因治疗产品长期随访要多少年？"), Page(assistant, "zh")
    assert sides(answer, page) == ()
    assert "\n|" not in memo.markdown(answer, page)
