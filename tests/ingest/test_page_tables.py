"""Tables of a PDF that only white space holds together, and what looks like one and is none."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate, Table

from ingest.corpus import Source
from ingest.pipeline import parse
from ingest.readers.pagechars import Segment
from ingest.readers.pagelines import page_lines
from kg.model import Document, Metadata
from tests.ingest.renderings import FONT

PROSE = "The sponsor should follow subjects for as long as the product may act and should report what is seen."
ZH_PROSE = "申请人应当根据产品的作用机制和既往研究结果制定随访计划，并在方案中说明随访时间的依据和理由。"
Rows = Sequence[Sequence[str]]

VECTORS = (
    ("Vector", "Duration", "Visits"),
    ("Lentiviral vector", "15 years", "every year"),
    ("AAV vector", "5 years", "every year"),
    ("Plasmid", "1 year", "twice"),
)
RISKS = (
    ("Identified risk", "Measure", "Who reports"),
    ("Cytokine release syndrome", "Tocilizumab is kept ready at the site before infusion and is given as is said in the protocol", "Site"),
    ("Prolonged low blood counts", "Counts weekly until they recover", "Site, then sponsor"),
    ("Second malignancy", "Follow-up for life", "Registry"),
)  # fmt: skip
TERMS = (
    ("AE", "Adverse event"),
    ("CRS", "Cytokine release syndrome"),
    ("ICANS", "Immune effector cell-associated neurotoxicity syndrome"),
    ("LTFU", "Long-term follow-up"),
)
COUNTED = (
    ("No.", "Item", "Required"),
    ("1", "Protocol", "yes"),
    ("2", "Statistical analysis plan", "yes"),
    ("3", "Data of the pilot study", "no"),
)
NUMBERS = (
    ("Group", "N", "Events", "Rate (%)"),
    ("Placebo", "120", "24", "20.0"),
    ("Low dose", "118", "12", "10.2"),
    ("High dose", "1,240", "9", "0.7"),
)
CHINESE = (
    ("载体类型", "随访时间", "说明"),
    ("慢病毒载体", "15年", "每年一次"),
    ("腺相关病毒载体", "5年", "可以适当缩短"),
    ("质粒", "1年", "视情况而定"),
)
TABLES = {
    "vectors": VECTORS,
    "risks": RISKS,
    "terms": TERMS,
    "counted": COUNTED,
    "numbers": NUMBERS,
    "chinese": CHINESE,
}


def build(path: Path, rows: Rows, *, fit: bool = False, numeric: bool = False) -> None:
    """A page with prose, a table without rules, and prose again, laid out by reportlab."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    chinese = any("\u4e00" <= c <= "\u9fff" for row in rows for cell in row for c in cell)
    font = FONT if chinese else "Helvetica"
    style = ParagraphStyle("body", fontName=font, fontSize=10, leading=13, wordWrap="CJK" if chinese else None)
    widths = None if fit else [450 / len(rows[0])] * len(rows[0])
    cells = [list(row) if fit else [Paragraph(cell, style) for cell in row] for row in rows]
    look = [("FONT", (0, 0), (-1, -1), font, 10), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    look += [("ALIGN", (1, 0), (-1, -1), "RIGHT")] if numeric else []
    prose = Paragraph((ZH_PROSE if chinese else PROSE + " ") * 5, style)
    table = Table(cells, colWidths=widths, style=look, hAlign="LEFT")
    SimpleDocTemplate(str(path), pagesize=A4).build([Paragraph("1. Follow-up", style), prose, table, prose])


def read(path: Path) -> Document:
    return parse(Source("a", path, Metadata("a", "a", "x", "en"), (), ()))


def cells(document: Document) -> list[list[tuple[str, ...]]]:
    return [[tuple(cell.of(document.text) for cell in row) for row in table.rows] for table in document.tables]


def test_lists_are_whole() -> None:
    assert (len(TABLES), len(NO_TABLES)) == (6, 10)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("fit", [False, True], ids=["equal", "fitted"])
def test_a_table_without_rules_and_caption_is_kept_whole(name: str, fit: bool, tmp_path: Path) -> None:
    path = tmp_path / "source.pdf"
    build(path, TABLES[name], fit=fit, numeric=name == "numbers")
    document = read(path)
    assert cells(document) == [[tuple(row) for row in TABLES[name]]]
    prose = ZH_PROSE * 5 if name == "chinese" else " ".join([PROSE] * 5)
    assert document.text.count(prose) == 2
    assert {document.page_range(cell) for table in document.tables for row in table.rows for cell in row} == {(1, 1)}


# what stands at places from the left, line by line, and is no table
Drawn = Sequence[tuple[tuple[float, str], ...]]
NO_TABLES: dict[str, Drawn] = {
    "numbers": (
        ((72, "1."), (108, "Adults are studied before any children are.")),
        ((72, "2."), (108, "Children of all ages are studied thereafter.")),
        ((108, "unless the disease does not occur in them."),),
        ((72, "3."), (108, "Elderly subjects are included from the start.")),
    ),
    "bullets": tuple(((72, "•"), (108, f"{word} of the product over time")) for word in ("Effect", "Risk", "Dose", "Quality")),
    "letters": tuple(((90, f"({c})"), (140, f"the {word} of the study")) for c, word in zip("abcd", ("aim", "plan", "end", "site"), strict=True)),
    "clauses": tuple(((60, f"3.2.{n}"), (120, f"The {word} is described.")) for n, word in enumerate(("aim", "plan", "end"), 1)),
    "contents": tuple(((72, f"{n}. {word}"), (500, str(2 * n))) for n, word in enumerate(("Introduction", "Scope", "Design", "Glossary"), 1)),
    "contents in three": tuple(((72, f"{n}."), (108, word), (500, str(2 * n))) for n, word in enumerate(("Introduction", "Scope", "Design"), 1)),
    "dots": tuple(((72, f"{word} ........................"), (500, str(3 + n))) for n, word in enumerate(("Foreword", "Scope", "Design"))),
    "address": (
        ((72, "Division of Dockets Management"), (330, "Center for Examples")),
        ((72, "5630 Fishers Lane, Room 1061"), (330, "Telephone +1 301 796 2600")),
        ((72, "Rockville, MD 20852"), (330, "E-mail examples@example.org")),
    ),
    "columns": tuple(
        ((60, f"{a} the first column is set in lines of this width and"), (320, f"{b} the second column is set in lines that go"))
        for a, b in (("Here", "Beside"), ("Then", "Later"), ("Now ", "Below "), ("Also", "There "))
    ),
    "two rows": (((72, "Version"), (300, "3.0")), ((72, "Valid from"), (300, "May 2020"))),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_only_looks_like_a_table_stays_lines(name: str, tmp_path: Path) -> None:
    path = tmp_path / "source.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    for nth in range(5):
        canvas.drawString(72, 760 - 14 * nth, PROSE[:95])
    for nth, line in enumerate(NO_TABLES[name]):
        for x, text in line:
            canvas.drawString(x, 660 - 14 * nth, text)
    for nth in range(5):
        canvas.drawString(72, 560 - 14 * nth, PROSE[:95])
    canvas.save()
    assert read(path).tables == ()


def test_texts_side_by_side_are_read_one_after_the_other() -> None:
    pieces = [
        Segment(text, x, x + 4.5 * len(text), 600 - 14 * nth, 11, 20)
        for nth, line in enumerate(NO_TABLES["columns"])
        for x, text in line
    ]
    assert [line.text[:4] for line in page_lines(pieces, 595, 842, [])] == [
        "Here", "Then", "Now ", "Also", "Besi", "Late", "Belo", "Ther",
    ]  # fmt: skip


SEGMENTS = st.lists(
    st.builds(
        lambda text, x, y, size: Segment(text, x, x + 0.5 * size * len(text), y, size, 0.5 * size),
        st.text("abcAB12一二。.•", min_size=1, max_size=12), st.sampled_from((50.0, 72.0, 150.0, 220.0, 300.0, 400.0)),
        st.integers(2, 40).map(lambda n: 15.0 * n), st.sampled_from((8.0, 10.0, 12.0)),
    ),
    max_size=60,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(SEGMENTS)
def test_no_character_is_lost_or_doubled(found: list[Segment]) -> None:
    lines = page_lines(found, 595, 842, [])
    assert _letters(line.text for line in lines) == _letters(s.text for s in found)
    for line in lines:
        between = [line.text[a:b] for (_, a), (b, _) in zip(line.cells, line.cells[1:], strict=False)]
        assert set(between) <= {"\t"}
        assert not line.cells or (line.cells[0][0], line.cells[-1][1]) == (0, len(line.text))


def _letters(texts: Iterator[str]) -> Counter[str]:
    return Counter(char for text in texts for char in text if not char.isspace())


@pytest.mark.parametrize("on_first", range(1, 6))
def test_a_table_goes_on_over_the_end_of_a_page(on_first: int, tmp_path: Path) -> None:
    path = tmp_path / "source.pdf"
    rows = [*VECTORS, ("Herpes vector", "15 years", "every year"), ("Edited cells", "15 years", "every year")]
    canvas = Canvas(str(path), pagesize=A4)
    for page, part in enumerate((rows[:on_first], rows[on_first:])):
        for nth in range(8):
            canvas.drawString(72, 760 - 14 * nth if page == 0 else 500 - 14 * nth, PROSE[:95])
        for nth, row in enumerate(part):
            for x, cell in zip((72, 260, 400), row, strict=True):
                canvas.drawString(x, (640 if page == 0 else 760) - 16 * nth, cell)
        canvas.showPage()
    canvas.save()
    document = read(path)
    assert cells(document) == [rows]
    assert [document.page_range(table.rows[0][0]) for table in document.tables] == [(1, 1)]
    assert [document.page_range(table.rows[-1][0]) for table in document.tables] == [(2, 2)]


def test_many_gaps_and_lines_are_read_in_time() -> None:
    """A page made to be hard: long lines full of wide gaps, and lines that nearly share columns."""
    gaps = tuple((2 * n, 10.0 * n - 6, 10.0 * n) for n in range(1, 4000))
    wide = [Segment("a " * 4000, 0, 40_000, 15.0 * n, 10, 5, gaps=gaps) for n in range(20)]
    near = [
        Segment("word", 60.0 + (7 * n + 31 * k) % 400, 80.0 + (7 * n + 31 * k) % 400, 15.0 * n, 10, 20)
        for n in range(2000)
        for k in range(3)
    ]
    for found in (wide, near):
        start = time.process_time()
        page_lines(found, 595, 842, [])
        assert time.process_time() - start < 5.0


def _draft(path: Path, *, margin: float | None) -> None:
    """Two pages of a draft with a table, each line numbered at a distance from the text, or none of them."""
    canvas = Canvas(str(path), pagesize=A4)
    number = 0
    for heads in (("1. Scope", "2. Follow-up"), ("3. Design", "4. Reporting")):
        lines = [(head, *simpleSplit((PROSE + " ") * 4, "Helvetica", 10, 440)) for head in heads]
        for nth, line in enumerate([*lines[0], "", *VECTORS, "", *lines[1]]):
            number += 1
            canvas.setFont("Helvetica", 10)
            if margin is not None:
                canvas.drawRightString(90 - margin, 740 - 14 * nth, str(number))
            for x, text in zip((90, 260, 400), line, strict=True) if isinstance(line, tuple) else [(90, line)]:
                canvas.drawString(x, 740 - 14 * nth, text)
        canvas.showPage()
    canvas.save()


@pytest.mark.parametrize("margin", [14.0, 36.0], ids=["near", "far"])
def test_printed_line_numbers_stay_out_of_tables_and_text(margin: float, tmp_path: Path) -> None:
    plain, numbered = tmp_path / "source.pdf", tmp_path / "numbered.pdf"
    _draft(plain, margin=None)
    _draft(numbered, margin=margin)
    wanted, found = read(plain), read(numbered)
    assert cells(found) == cells(wanted) == [[tuple(row) for row in VECTORS]] * 2
    assert [s.span.of(found.text) for s in found.sentences] == [s.span.of(wanted.text) for s in wanted.sentences]
    assert found.line_range(found.tables[0].rows[1][0]) == (9, 9)


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("alignment", [TA_LEFT, TA_JUSTIFY, TA_CENTER])
def test_prose_and_lists_of_any_setting_are_no_tables(columns: int, alignment: int, tmp_path: Path) -> None:
    path = tmp_path / "source.pdf"
    chance = random.Random(10 * columns + alignment)
    words = f"{PROSE} 5 years (AAV), ICH E6(R2); e.g. first-in-human 0.5 mg/kg a of in - any CAR-T".split()
    body = ParagraphStyle("body", fontSize=9, leading=12, alignment=alignment, spaceAfter=4)
    item = ParagraphStyle("item", parent=body, leftIndent=36, bulletIndent=12)
    story = []
    for nth in range(60):
        text = " ".join(chance.choice(words) for _ in range(chance.randint(4, 80)))
        mark = chance.choice([None, None, "•", f"{nth}.", f"({chr(97 + nth % 26)})", f"3.{nth}"])
        story.append(Paragraph(text, item if mark else body, bulletText=mark))
    width = 480 / columns - 10
    frames = [Frame(60 + nth * (width + 15), 60, width, 700) for nth in range(columns)]
    document = BaseDocTemplate(str(path), pagesize=A4)
    document.addPageTemplates(PageTemplate(frames=frames))
    document.build(story)
    assert read(path).tables == ()
