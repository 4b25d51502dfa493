"""What each format says of its parts reaches the tree: styles, automatic numbers, tables, notes, pages, encodings."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate, Table

from ingest.clauses import ClauseTree
from ingest.corpus import Source
from ingest.pageview import marked_lines, page_view
from ingest.pipeline import parse
from ingest.readers import page_image, read_source
from kg.errors import SourceError
from kg.model import Metadata
from tests.ingest.renderings import read_tree
from tests.ingest.test_samples import outline

TEXT = (
    "一、总则\r\n\r\n本指导原则适用于临床试验的申请人。\r\n\r\n（一）目的\r\n\r\n目的是说明要求，不包括其他内容。\r\n"
)
TRADITIONAL = (
    "一、總則\r\n\r\n本指導原則適用於臨床試驗的申請人。\r\n\r\n（一）目的\r\n\r\n目的是說明要求，不包括其他藥物。\r\n"
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "big5")
SENTENCE = (
    "The sponsor should describe the population of the study and its primary endpoint in the protocol, as is said in "
    "section 2.1 of this guideline. Follow-up should last for at least five years, unless it is justified otherwise. "
)


def test_encodings_are_whole() -> None:
    assert len(ENCODINGS) == 8


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = TRADITIONAL if encoding == "big5" else TEXT
    path.write_bytes(text.encode(encoding))
    source = read_source(path)
    assert source.text == text.replace("\r\n", "\n")
    assert source.plain == encoding.startswith("utf-8")


def test_damaged_utf8_is_not_read_as_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode().replace("目的是".encode(), "目的是".encode()[:-1]) * 20)
    with pytest.raises(SourceError, match="line 7: holds bytes that are no UTF-8"):
        read_source(path)


# -- Word ------------------------------------------------------------------------------------------------------------

_LEVELS = "".join(
    f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:suff w:val="{suff}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for i, (fmt, suff, text) in enumerate(
        [
            ("chineseCounting", "nothing", "%1、"),
            ("chineseCounting", "nothing", "（%2）"),
            ("decimal", "space", "%3."),
            ("bullet", "tab", "●"),
        ]
    )
)


def _numbered(document: docx.document.Document, text: str, level: int) -> None:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'))


def _auto_numbered() -> docx.document.Document:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{_LEVELS}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return document


def test_word_shows_its_automatic_numbers(tmp_path: Path) -> None:
    document = _auto_numbered()
    for text, level in (
        ("概述", 0),
        ("目的", 1),
        ("范围", 1),
        ("年龄", 2),
        ("体重", 2),
        ("总体考虑", 0),
        ("人群", 1),
        ("儿童。", 3),
        ("老人。", 3),
    ):
        _numbered(document, text, level)
    document.save(str(tmp_path / "a.docx"))
    assert outline(tmp_path / "a.docx").split("\n") == [
        "一、 | 概述", "  一、（一） | 目的", "  一、（二） | 范围", "    一、（二）1. | 年龄", "    一、（二）2. | 体重",
        "二、 | 总体考虑", "  二、（一） | 人群", "    二、（一） 第1点", "    二、（一） 第2点", "",
    ]  # fmt: skip


def test_word_headings_without_numbers_nest_by_their_styles(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("A guideline on example products", style="Title")
    for text, level in (("Background", 1), ("Scope", 2), ("Legal basis", 2), ("Main text", 1)):
        document.add_heading(text, level)
        document.add_paragraph("Some words about it.")
    document.save(str(tmp_path / "a.docx"))
    assert [line.strip().split(" | ")[-1] for line in outline(tmp_path / "a.docx").splitlines()] == [
        "front", "Background", "Scope", "Legal basis", "Main text",
    ]  # fmt: skip
    assert [c.depth for c in read_tree(tmp_path / "a.docx").clauses] == [1, 1, 2, 2, 1]


def test_word_table_is_kept_whole_with_its_caption(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("1. Follow-up")
    document.add_paragraph("Table 1: Duration of follow-up")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Product", "Duration", "AAV", "5 years"), strict=True
    ):
        cell.text = text
    document.add_paragraph("After the table.")
    document.save(str(tmp_path / "a.docx"))
    tree = read_tree(tmp_path / "a.docx")
    assert _cells(tree) == [[("Product", "Duration"), ("AAV", "5 years")]]
    assert tree.tables[0].caption is not None
    assert tree.tables[0].caption.of(tree.text) == "Table 1: Duration of follow-up"
    assert [c.kind for c in tree.clauses] == ["heading", "caption", "table"]


# -- HTML and Markdown -----------------------------------------------------------------------------------------------


def test_html_lists_tables_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><header>Site</header><h1>1. Scope</h1><p>It covers:<sup><a href='#fn1'>1</a></sup></p>"
        "<ol type='a'><li>one product;<ul><li>of a kind</li></ul></li><li>another.</li></ol><p>10 m<sup>2</sup></p>"
        "<table><caption>Table 1</caption><tr><th>A<th>B<tr><td>1<td>2</table><h2>1.1 Limits</h2><p>None.</p></body></html>",
        encoding="utf-8",
    )
    tree = read_tree(path)
    assert "It covers:\n" in tree.text
    assert "10 m2" in tree.text
    assert _cells(tree) == [[("A", "B"), ("1", "2")]]
    labels = [(c.label, c.depth) for c in tree.clauses if c.kind in ("item", "bullet", "heading")]
    assert labels == [("1.", 1), ("1.a.", 2), ("1.a. point 1", 3), ("1.b.", 2), ("1.1", 2)]


def test_markdown_text_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# 1. Scope\n\nSome *marked* and [linked](http://x) words,\nwrapped.\n\n* one;\n  - inner;\n* two.\n\n"
        "| A | B |\n|---|---|\n| 1 | two words |\n\n## 1.1 Limits\n\nNone.\n",
        encoding="utf-8",
    )
    tree, text = read_tree(path), path.read_text(encoding="utf-8")
    assert "Some marked and linked words, wrapped." in tree.text
    assert _cells(tree) == [[("A", "B"), ("1", "two words")]]
    for segment in tree.segments:
        assert tree.text[segment.clean :][: segment.length] == text[segment.issued :][: segment.length]
    assert [c.depth for c in tree.clauses if c.kind == "bullet"] == [2, 3, 2]


# -- PDF -------------------------------------------------------------------------------------------------------------


def _story() -> list[Paragraph]:
    sheet = getSampleStyleSheet()
    heading, body = sheet["Heading2"], sheet["BodyText"]
    bullet = ParagraphStyle("bullet", parent=body, leftIndent=24, firstLineIndent=-12)
    return [
        Paragraph("1. INTRODUCTION", heading), Paragraph(SENTENCE * 4, body), Paragraph("2. DESIGN", heading),
        Paragraph("2.1 Population of studies with products that integrate into the genome of dividing cells", heading),
        Paragraph(SENTENCE * 3, body), Paragraph(f"• {SENTENCE}", bullet), Paragraph("• the endpoint.", bullet),
        Paragraph(SENTENCE * 8, body), Paragraph("3. GLOSSARY", heading), Paragraph(SENTENCE * 8, body),
        Paragraph("ANNEX 1: FORMS", heading), Paragraph(SENTENCE, body),
    ]  # fmt: skip


def _head(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(72, A4[1] - 36, "EXAMPLE/123/2020")
    canvas.drawRightString(A4[0] - 72, 30, f"Page {document.page}/9")


_TREE = """1. | INTRODUCTION
2. | DESIGN
  2.1 | Population of studies with products that integrate into the genome of dividing cells
    2.1 point 1
    2.1 point 2
3. | GLOSSARY
ANNEX 1 | FORMS
"""


@pytest.mark.parametrize("columns", [1, 2])
def test_pdf_in_columns(columns: int, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    document = BaseDocTemplate(str(path), pagesize=A4)
    width = 480 / columns - 10
    frames = [Frame(60 + i * (width + 15), 60, width, A4[1] - 400) for i in range(columns)]
    document.addPageTemplates(PageTemplate(frames=frames, onPage=_head))
    document.build(_story())
    tree, source = read_tree(path), read_source(path)
    assert outline(path) == _TREE
    assert (SENTENCE * 8).strip() in tree.text
    assert "EXAMPLE" not in tree.text
    assert "Page " not in tree.text
    assert [page for _, page in source.pages] == list(range(1, len(source.pages) + 1))
    assert len(source.pages) > 1


def test_pdf_table_over_two_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    sheet = getSampleStyleSheet()["BodyText"]
    rows = [["Product", "Duration", "Remarks"]]
    rows += [
        [f"Vector {i}", f"{i} years", Paragraph("yearly visits by telephone are acceptable later", sheet)]
        for i in range(1, 31)
    ]
    table = Table(rows, colWidths=[120, 80, 140], style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    words = [Paragraph("1. Follow-up", sheet), Paragraph("Table 1: Duration by product", sheet)]
    SimpleDocTemplate(str(path), pagesize=A4).build([*words, table, Paragraph("After the table.", sheet)])
    tree = read_tree(path)
    (cells,) = _cells(tree)
    assert cells[0] == ("Product", "Duration", "Remarks")
    assert cells[30] == ("Vector 30", "30 years", "yearly visits by telephone are acceptable later")
    assert len(cells) == 31
    assert tree.tables[0].caption is not None


def test_page_of_a_cited_place_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "1. Scope")
    canvas.save()
    assert page_image(path, 1).startswith(b"\x89PNG")


def _cells(tree: ClauseTree) -> list[list[tuple[str, ...]]]:
    return [[tuple(cell.of(tree.text) for cell in row) for row in table.rows] for table in tree.tables]


def test_pdf_with_printed_line_numbers(tmp_path: Path) -> None:
    """A draft as authorities print it for comment: every line has a number in the margin, which citations name."""
    path = tmp_path / "a.pdf"
    words = ["I. INTRODUCTION", "This guidance gives recommendations to sponsors of products that are given once and that act",
             "for 15 years or longer. It covers the design of studies.", "II. DESIGN", "A. Population", "Adults are studied before any children are, unless the disease in question is known to",
             "occur in children only."]  # fmt: skip
    canvas = Canvas(str(path), pagesize=A4)
    for page in range(4):
        for nth, text in enumerate(
            words
            if page == 0
            else [
                f"{word} follow on this line, which is of the usual length of a line."
                for word in ["Further", "words", "and", "yet", "others", "to", "come"]
            ]
        ):
            canvas.drawRightString(60, 760 - 24 * nth, str(page * 7 + nth + 1))
            canvas.drawString(90, 760 - 24 * nth, text)
        canvas.drawCentredString(300, 30, str(page + 1))
        canvas.showPage()
    canvas.save()
    tree = read_tree(path)
    assert [c.label for c in tree.clauses] == ["I.", "II.", "II.A."]
    assert "that act for 15 years or longer. It covers" in tree.text
    assert "known to occur in children only." in tree.text


def test_the_lines_of_a_clause_are_marked_on_the_picture_of_its_page(tmp_path: Path) -> None:
    path = tmp_path / "source.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for n, line in enumerate(("1. Scope", "This is what the guideline covers.", "2. Dose", "The dose is low.")):
        canvas.drawString(72, A4[1] - 100 - 30 * n, line)
    canvas.save()
    document = parse(Source("a", path, Metadata("a", "a", "x", "en"), (), ()))
    clause = next(c for c in document.clauses if c.label == "2.")
    assert marked_lines(document, 1, clause.span) == ("2. Dose", "The dose is low.")
    assert marked_lines(document, 2, clause.span) == ()
    picture = Image.open(io.BytesIO(page_view(document, path, 1, clause.span))).convert("RGB")
    beside = [picture.getpixel(((2 * 72 - 2), round(2 * (100 + 30 * n) - 6))) for n in range(4)]
    assert [pixel[2] < 200 for pixel in beside] == [False, False, True, True]
