"""PDF by PDFium: the text layer line by line, in reading order, with pages to cite."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import Any

import pypdfium2

from ingest.mapped import Mapped
from ingest.readers.pagechars import segments
from ingest.readers.pageflow import Flow
from ingest.readers.pagelines import PageLine, page_lines
from ingest.readers.pagetables import grids
from ingest.readers.source import Block, SourceText, title_level
from kg.errors import SourceError

MAX_PAGES = 5_000
MAX_CHARS = 30_000_000
_WORDS_TO_BE_TEXT = 8
_LISTED = 10
_SCALE = 2.0
_PEN, _MARKER = 3, "#ffe98a"


def read_pdf(path: Path) -> SourceText:
    """A PDF's text. A scan gives a SourceText without text; SourceError for one that is encrypted or damaged."""
    document = _open(path)
    try:
        if len(document) > MAX_PAGES:
            raise SourceError(f"{path}: has {len(document)} pages, more than {MAX_PAGES}; split the file")
        pages, failed = [], []
        for number, page in _pages(document):
            if page is None:
                failed.append(number)
            else:
                pages.append((number, page))
        return _assembled(path, pages, failed)
    finally:
        document.close()


def page_png(path: Path, number: int, marked: Sequence[str] = ()) -> bytes:
    """A page as a picture, for showing a cited place, with the lines of some texts marked. Pages count from 1."""
    document = _open(path)
    try:
        page = document[number - 1]
        picture = page.render(scale=_SCALE).to_pil().convert("RGB")
        boxes = list(_boxes(page, set(marked))) if marked else []
    except (IndexError, pypdfium2.PdfiumError) as error:
        raise SourceError(f"{path}: page {number} cannot be shown") from error
    finally:
        document.close()
    out = io.BytesIO()
    _with_marks(picture, boxes).save(out, "PNG")
    return out.getvalue()


def _boxes(page: Any, marked: Set[str]) -> Iterator[tuple[float, float, float, float]]:
    """Left, top, right and bottom of the lines that are marked, in pixels of the picture."""
    height = page.get_height()
    for line in page_lines(segments(page), page.get_width(), height, grids(page)):
        if line.text in marked:
            top, bottom = (line.y, line.y - line.size) if line.table else (line.y + line.size, line.y)
            yield line.x0 * _SCALE, (height - top) * _SCALE, line.x1 * _SCALE, (height - bottom) * _SCALE


def _with_marks(picture: Any, boxes: Sequence[tuple[float, float, float, float]]) -> Any:
    """The picture with boxes coloured as a marker pen does: what is white becomes yellow, what is black stays."""
    from PIL import Image, ImageChops, ImageDraw

    pen = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(pen)
    for left, top, right, bottom in boxes:
        draw.rectangle((left - _PEN, top - _PEN, right + _PEN, bottom + _PEN), fill=_MARKER)
    return ImageChops.multiply(picture, pen)


def _open(path: Path) -> Any:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise SourceError(f"{path}: is encrypted; open it with its password and save it without") from error
        raise SourceError(
            f"{path}: is damaged or was not fetched to its end; fetch it again from where it was issued"
        ) from error


def _pages(document: Any) -> Iterator[tuple[int, list[PageLine] | None]]:
    """Every page's lines, None for one that cannot be read; the text of all is bounded."""
    chars = 0
    for index in range(len(document)):
        try:
            page = document[index]
            found, width, height = segments(page), page.get_width(), page.get_height()
            tables = grids(page) if found else []
            page.close()
        except pypdfium2.PdfiumError:
            yield index + 1, None
            continue
        chars += sum(len(s.text) for s in found)
        if chars > MAX_CHARS:
            raise SourceError(f"holds more than {MAX_CHARS // 1_000_000} million characters; split the file")
        yield index + 1, page_lines(found, width, height, tables)


def _assembled(path: Path, pages: list[tuple[int, list[PageLine]]], failed: list[int]) -> SourceText:
    if not pages:
        raise SourceError(f"{path}: none of its pages can be read; fetch it again from where it was issued")
    words = sum(len(line.text) for _, lines in pages for line in lines)
    warnings = [f"page {number} cannot be read" for number in failed]
    if words < _WORDS_TO_BE_TEXT * max(len(pages), 1):
        return SourceText("", "pdf", "page", warnings=tuple(warnings))
    blank = [number for number, lines in pages if not lines]
    if blank and len(blank) < len(pages):
        more = ["…"] if len(blank) > _LISTED else []
        shown = ", ".join([*map(str, blank[:_LISTED]), *more])
        warnings.append(f"no text on {len(blank)} pages ({shown}); they may be pictures")
    return _source(Flow(pages), tuple(warnings))


def _source(flow: Flow, warnings: tuple[str, ...]) -> SourceText:
    text: list[str] = []
    blocks: list[Block] = []
    places: list[tuple[int, int]] = []
    at = 0
    for line, kind in flow.lines():
        if not places or places[-1][1] != line.page:
            places.append((at, line.page))
        level = title_level(line.size, bold=line.bold) if kind == "title" else 0
        blocks.append(Block(Mapped.at(line.text, at), kind, level, line.cells, line.table))
        text.append(line.text)
        at += len(line.text) + 1
    return SourceText("\n".join(text), "pdf", "page", tuple(blocks), tuple(places), tuple(places), warnings)
