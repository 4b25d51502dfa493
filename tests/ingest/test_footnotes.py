"""Notes at the foot of a page that symbols and circled numbers mark: apart from the text, their marks never in a quotation."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.clauses import ClauseTree
from ingest.readers import read_source
from ingest.reading import Reading, structure
from tests.ingest.renderings import read_tree

HEAD = "示例药物临床试验技术指导原则\n\n一、概述\n\n"
REST = "\f二、终点\n\n本节说明终点的选择。\n"

# text above, foot of the page, the notes that are found, a sentence of the text as it is quoted
NOTED = (
    ("主要终点*的定义应明确。\n", "* 指用于判断疗效的指标。\n", ["* 指用于判断疗效的指标。"], "主要终点的定义应明确。"),
    ("主要终点† 应明确，次要终点‡可探索。\n", "† 用于判断疗效。\n‡ 用于补充说明，\n不作结论。\n", ["† 用于判断疗效。", "‡ 用于补充说明，不作结论。"], "主要终点应明确，次要终点可探索。"),
    ("主要终点①应明确。\n", "①指用于判断疗效的指标。\n", [], "主要终点①应明确。"),
    ("应明确主要终点①。\n应说明替代终点②，并论证。\n", "①指用于判断疗效的指标。\n②指替代临床获益的指标。\n", ["①指用于判断疗效的指标。", "②指替代临床获益的指标。"], "应说明替代终点，并论证。"),
    ("本品（CAR-T）*应随访，其风险*应评估。\n", "*按产品类别。\n", ["*按产品类别。"], "本品（CAR-T）应随访，其风险应评估。"),
    ("The primary endpoint* should be defined.\n", "* As agreed with the agency.\n", ["* As agreed with the agency."], "The primary endpoint should be defined."),
)  # fmt: skip

# text above and what stands at the page's end: no notes, everything stays where it is
NOT_NOTED = (
    ("申请人应考虑以下方面：\n", "①疾病自然史研究；\n②终点的选择。\n"),
    ("应满足条件①和②，说明如下：\n", "①疾病自然史研究；\n②终点的选择。\n"),
    ("符合①、②的，可以豁免：\n", "①疾病自然史研究；\n②终点的选择。\n"),
    ("主要终点*的定义包括：\n", "* 疗效；\n* 安全性。\n"),
    ("HLA-A*02:01 阳性者可入组，剂量为 5*10 个细胞。\n", "* 疗效应明确。\n"),
    ("申请人应说明终点。\n", "† 用于判断疗效。\n"),
    ("主要终点②应明确。\n", "②指替代临床获益的指标。\n"),
)


def reading(path: Path, text: str) -> Reading:
    path.write_text(text, encoding="utf-8")
    return structure("x", read_source(path))


def notes(tree: ClauseTree) -> list[str]:
    return [c.span.of(tree.text) for c in tree.clauses if c.kind == "footnote"]


def test_lists_are_whole() -> None:
    assert (len(NOTED), len(NOT_NOTED)) == (6, 7)


@pytest.mark.parametrize(("above", "foot", "found", "quoted"), NOTED)
def test_notes_and_marks_leave_the_text(above: str, foot: str, found: list[str], quoted: str, tmp_path: Path) -> None:
    read = reading(tmp_path / "a.txt", HEAD + above + "\n" + foot + REST)
    assert notes(read.tree) == found
    assert quoted in [s.span.of(read.tree.text) for s in read.sentences]


@pytest.mark.parametrize(("above", "foot"), NOT_NOTED)
def test_lists_and_signs_without_a_mark_stay(above: str, foot: str, tmp_path: Path) -> None:
    read = reading(tmp_path / "a.txt", HEAD + above + "\n" + foot + REST)
    assert notes(read.tree) == []
    for line in (above + foot).splitlines():
        assert line.removeprefix("* ") in read.tree.text


def test_circled_items_are_items(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(HEAD + "应明确主要终点①。\n\n方面包括：\n①疾病自然史；\n②终点。\n\n" + REST, encoding="utf-8")
    assert [c.marker for c in read_tree(path).clauses if c.kind == "item"] == ["①", "②"]


def test_places_lead_back_to_the_file(tmp_path: Path) -> None:
    text = HEAD + NOTED[0][0] + "\n" + NOTED[0][1] + REST
    tree = reading(tmp_path / "a.txt", text).tree
    for segment in tree.segments:
        end = segment.clean + segment.length
        assert tree.text[segment.clean : end] == text[segment.issued : segment.issued + segment.length]
