"""What only the look of a page tells: headings by size and boldness, notes at its foot, tables without rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap

import docx
from docx.shared import Pt
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.corpus import Source
from ingest.pipeline import parse
from ingest.propose import propose
from kg.model import Metadata
from tests.ingest.renderings import read_tree
from tests.ingest.test_samples import outline

TEXT = (
    "Registries collect data on patients over a long time and should be planned with care, as the data are used later."
)
LOOKS = {
    "title": ("Helvetica-Bold", 20),
    "head": ("Helvetica-Bold", 14),
    "sub": ("Helvetica-Bold", 10),
    "text": ("Helvetica", 10),
}


class Page:
    """Writes lines from the top of a page, with a head and a number; a mark ^1 is set small and raised."""

    def __init__(self, canvas: Canvas, head: str = "") -> None:
        self.canvas, self.y = canvas, A4[1] - 90.0
        canvas.setFont("Helvetica-Oblique", 9)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 40, head)
        canvas.drawCentredString(A4[0] / 2, 30, str(canvas.getPageNumber()))

    def write(self, look: str, text: str) -> None:
        font, size = LOOKS[look]
        for line in wrap(text, int(900 / size)):
            drawn = self.canvas.beginText(72, self.y)
            for piece in re.split(r"(\^\d+)", line):
                raised = piece.startswith("^")
                drawn.setFont(font, 0.65 * size if raised else size)
                drawn.setRise(4 if raised else 0)
                drawn.textOut(piece.lstrip("^"))
            self.canvas.drawText(drawn)
            self.y -= 1.35 * size
        self.y -= 6

    def row(self, cells: Sequence[str]) -> None:
        self.canvas.setFont("Helvetica", 10)
        for x, cell in zip((72, 220, 360), cells, strict=True):
            self.canvas.drawString(x, self.y, cell)
        self.y -= 15

    def notes(self, notes: Sequence[str]) -> None:
        for nth, note in enumerate(notes):
            drawn = self.canvas.beginText(72, 80 - 12 * nth)
            drawn.setFont("Helvetica", 5)
            drawn.setRise(3)
            drawn.textOut(note.partition(" ")[0])
            drawn.setRise(0)
            drawn.setFont("Helvetica", 8)
            drawn.textOut(" " + note.partition(" ")[2])
            self.canvas.drawText(drawn)


def test_headings_without_numbers_are_told_by_size_and_boldness(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    page = Page(canvas)
    page.write("title", "Considerations for the design of example registries")
    page.write("text", "Issued by the U.S. Food and Drug Administration, January 2022")
    for heading, below in (
        ("Introduction", ()),
        ("Data to be collected, and how they are checked", ("Core data", "Additional data, by disease")),
    ):
        page.write("head", heading)
        page.write("text", TEXT)
        for sub in below:
            page.write("sub", sub)
            page.write("text", TEXT)
    canvas.save()
    assert [line.partition(" | ")[2].rstrip() for line in outline(path).splitlines()[1:]] == [
        "Introduction", "Data to be collected, and how they are checked", "Core data", "Additional data, by disease",
    ]  # fmt: skip
    assert [c.depth for c in read_tree(path).clauses][1:] == [1, 1, 2, 2]
    assert propose(read_tree(path), path).title_en == "Considerations for the design of example registries"


def test_notes_at_the_foot_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    page = Page(canvas, "Contains Nonbinding Recommendations")
    page.write("head", "I.     INTRODUCTION")
    page.write("text", f"{TEXT}^1 The dose is 10 mg. A sentence^2 that goes on")
    page.notes(["1 This was prepared by the Division of Examples.", "2 Sentences are those of the law."])
    canvas.showPage()
    page = Page(canvas, "Contains Nonbinding Recommendations")
    page.write("text", "over the end of the page stays whole.")
    page.write("head", "II.    BACKGROUND")
    page.write("text", "10 patients were treated. 2 They did well.")
    canvas.save()
    tree = read_tree(path)
    assert outline(path) == "I. | INTRODUCTION\nII. | BACKGROUND\nnote 1\nnote 2\n"
    assert "used later. The dose is 10 mg. A sentence that goes on over the end of the page stays whole." in tree.text
    assert "2 They did well." in tree.text


def test_a_table_without_rules_stands_below_its_caption(tmp_path: Path) -> None:
    path = tmp_path / "source.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    page = Page(canvas)
    page.write("head", "1. Follow-up")
    page.write("text", TEXT)
    page.write("text", "Table 1. Follow-up by vector")
    for row in (
        ("Vector", "Duration", "Note"),
        ("Lentiviral vector", "15 years", "annual visits"),
        ("AAV vector", "5 years", "may be shorter"),
    ):
        page.row(row)
    page.y -= 20
    page.write("text", TEXT)
    canvas.save()
    document = parse(Source("a", path, Metadata("a", "a", "x", "en"), (), ()))
    (table,) = document.tables
    assert [[cell.of(document.text) for cell in row] for row in table.rows][1] == [
        "Lentiviral vector",
        "15 years",
        "annual visits",
    ]
    (chunk,) = [c for c in document.chunks if c.clause_id == table.clause_id]
    assert chunk.headings == ("1.Follow-up", "Table 1. Follow-up by vector")


def test_bold_lines_of_a_word_file_without_styles(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Points to consider for example trials", 0)
    document.add_paragraph("5 May 2020")
    for text, size in (
        ("Introduction", 14),
        ("Scope, and what is left out", 11),
        ("Data", 14),
        ("Quality of the data", 11),
    ):
        run = document.add_paragraph().add_run(text)
        run.bold, run.font.size = True, Pt(size)
        document.add_paragraph(TEXT)
    document.save(str(tmp_path / "a.docx"))
    found = [(c.depth, c.title) for c in read_tree(tmp_path / "a.docx").clauses if c.title]
    assert found == [(1, "Introduction"), (2, "Scope, and what is left out"), (1, "Data"), (2, "Quality of the data")]
