"""Notes right below a table belong to it, in every format; doubled signs at the foot of a page are notes as single ones are."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.chunks import chunks
from ingest.clauses import ClauseTree
from ingest.readers import read_source
from ingest.reading import structure
from tests.ingest.renderings import FONT, read_tree

ROWS = (
    ("Vector", "Duration", "Visits"),
    ("Lentiviral vector", "15 years**", "yearly"),
    ("AAV vector", "5 years†", "yearly"),
)
PROSE = "Subjects are followed for as long as the product may act, as the table below says,"

# lines below a table, how many of them are its notes
BELOW = (
    (("** Unless justified otherwise.", "After the table."), 1),
    (("** Unless justified.", "† May be shorter.", "After the table."), 2),
    (("* Not marked in the table.",), 0),
    (("†† Not marked in the table.",), 0),
    (("Note: durations are minimum values.", "After the table."), 1),
    (("Notes:", "1. Durations are minimum values.", "2. Visits may be by telephone.", "The text goes on."), 3),
    (("NOTE 1: minimum values.", "NOTE 2: by telephone.", "After the table."), 2),
    (("Abbreviations: AAV, adeno-associated virus.", "Source: the sponsor.", "After the table."), 2),
    (("注：1. 随访时间为最短时间。", "2. 可以电话随访。", "申请人应当说明理由。"), 2),
    (("注1：随访时间为最短时间。", "注2：可以电话随访。", "申请人应当说明理由。"), 2),
    (("资料来源：申请人。", "申请人应当说明理由。"), 1),
    (("Note that durations are minimum values.",), 0),
    (("The sponsor should say why.", "Note: this is text of the clause."), 0),
)  # fmt: skip


def notes(tree: ClauseTree) -> list[str]:
    return [c.span.of(tree.text) for c in tree.clauses if c.kind == "footnote"]


def test_list_is_whole() -> None:
    assert len(BELOW) == 13


@pytest.mark.parametrize(("below", "count"), BELOW)
@pytest.mark.parametrize("suffix", ["pdf", "docx", "txt"])
def test_notes_below_a_table_are_the_tables(suffix: str, below: tuple[str, ...], count: int, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    {"pdf": _pdf, "docx": _docx, "txt": _txt}[suffix](path, below)
    tree = read_tree(path)
    found = [c for c in tree.clauses if c.kind == "footnote"]
    assert [c.span.of(tree.text) for c in found] == list(below[:count])
    (table,) = [c for c in tree.clauses if c.kind == "table"]
    assert {c.parent_id for c in found} <= {table.id}
    assert len(tree.tables[0].rows) == 3
    (clause,) = [c for c in tree.clauses if c.label == "1."]
    for line in below[count:]:
        part = next(p for p in tree.parts if line.lstrip("* ") in p.span.of(tree.text))
        assert part.clause_id.startswith(clause.id)
        assert part.kind == "text"


def test_a_note_of_several_lines_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    _pdf(
        path,
        ("** Unless a shorter time is justified by what is known of the vector and of the", "disease that it treats."),
    )
    assert notes(read_tree(path)) == [
        "** Unless a shorter time is justified by what is known of the vector and of the disease that it treats."
    ]


def test_a_note_is_found_with_its_table(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    _docx(path, ("Note: durations are minimum values.",))
    read = structure("x", read_source(path))
    tree = read.tree
    found = chunks("x", tree.text, tree.clauses, read.sentences, tree.tables)
    assert any("Lentiviral" in c.span.of(tree.text) and "minimum values" in c.span.of(tree.text) for c in found)


# text above, foot of the page, notes, the text as it is quoted
FEET = (
    ("主要终点**的定义应明确。", "** 指用于判断疗效的指标。", ["** 指用于判断疗效的指标。"], "主要终点的定义应明确。"),
    ("主要终点†和次要终点††应明确。", "† 用于判断疗效。\n†† 用于补充说明。", ["† 用于判断疗效。", "†† 用于补充说明。"], "主要终点和次要终点应明确。"),
    ("The endpoint* and the estimand** are defined.", "* As agreed.\n** As in the plan.", ["* As agreed.", "** As in the plan."], "The endpoint and the estimand are defined."),
    ("**主要终点的定义应明确。**", "**次要终点**应说明。", [], "次要终点应说明。"),
    ("应说明**主要终点的定义和\n选择的理由。**", "**次要终点**应说明。", [], "次要终点应说明。"),
    ("主要终点的定义应明确。", "** 次要终点应说明。", [], "次要终点应说明。"),
)  # fmt: skip


def test_feet_are_whole() -> None:
    assert len(FEET) == 6


@pytest.mark.parametrize(("above", "foot", "found", "quoted"), FEET)
def test_doubled_signs_at_the_foot_of_a_page(
    above: str, foot: str, found: list[str], quoted: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        f"示例指导原则\n\n一、概述\n\n{above}\n\n{foot}\n\f二、终点\n\n本节说明终点的选择。\n", encoding="utf-8"
    )
    tree = read_tree(path)
    assert notes(tree) == found
    assert quoted in tree.text
    assert found or "**" not in tree.text


def _pdf(path: Path, below: tuple[str, ...]) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=A4)
    chinese = any(char > "\u2e80" for line in below for char in line)
    y = 760
    for line in ("1. Follow-up", *[PROSE] * 6, "and what is seen is reported."):
        canvas.drawString(72, y, line)
        y -= 16
    y -= 14
    for row in ROWS:
        for x, cell in zip((72, 220, 360), row, strict=True):
            canvas.drawString(x, y, cell)
        y -= 16
    canvas.setFont(FONT if chinese else "Helvetica", 12)
    for line in below:
        canvas.drawString(72, y, line)
        y -= 16
    canvas.save()


def _docx(path: Path, below: tuple[str, ...]) -> None:
    document = docx.Document()
    document.add_paragraph("1. Follow-up")
    table = document.add_table(rows=3, cols=3)
    for cell, text in zip((c for row in table.rows for c in row.cells), (c for row in ROWS for c in row), strict=True):
        cell.text = text
    for line in below:
        document.add_paragraph(line)
    document.save(str(path))


def _txt(path: Path, below: tuple[str, ...]) -> None:
    table = "\n".join("\t".join(row) for row in ROWS)
    path.write_text("1. Follow-up\n\n" + table + "\n" + "\n".join(below) + "\n", encoding="utf-8")
