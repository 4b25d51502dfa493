"""What a file prints around its text: contents, running heads and feet, page numbers; and the lines of each page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.line import Line, emptied
from ingest.readers.source import LINES

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–]?\s*\d{1,4}\s*[-—–]?|page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4}"
    r"|第\s*\d{1,4}\s*页\s*[,，/]?\s*(?:共\s*\d{1,4}\s*页)?|.{0,60}\bpage\s+\d{1,4}\s*(?:of|/)\s*\d{1,4})\s*",
    re.IGNORECASE,
)
_FRONT_PAGE = re.compile(r"[ivx]{1,6}")
# what authorities print on every page, whether or not the pages can be told apart
_PRINTED_ON_PAGES = re.compile(
    r"\s*(?:Contains (?:Non)?[Bb]inding Recommendations|(?:Draft\s*[—–-]+\s*)?Not for Implementation)\s*", re.IGNORECASE
)
_TOC_HEAD = re.compile(r"\s*(?:目\s*[录次]|(?:table of )?contents)\s*", re.IGNORECASE)
_TOC_ENTRY = re.compile(
    r".*\S\s*(?:\.{2,}|(?:\. ){2,}|…+|·{2,}|\t)[.…·\s]*(?:\d{1,4}|[ivx]{1,5})\s*|.*\S\s{2,}\d{1,4}\s*"
)
_LOOSE_ENTRY = re.compile(
    r"(?:第|[\d（(一二三四五六七八九十附]|Annex|Appendix|Section|Part|[IVX]+\.|[A-Z]\.)[^，,。；;]*[^\s\d]\s+\d{1,4}"
)
_MIN_PAGES = 3


def drop_contents(lines: list[Line]) -> list[Line]:
    """Empties the table of contents: its title and every entry up to the first line that is not one.

    An entry may be wrapped: up to two lines that are none are passed over where an entry follows them.
    """
    head = next((i for i, line in enumerate(lines) if _TOC_HEAD.fullmatch(line.text)), None)
    if head is None:
        return lines
    end = at = head + 1
    wrapped = 0
    while at < len(lines) and wrapped <= 2:
        if _TOC_ENTRY.fullmatch(lines[at].text) or (end == at and _loose_entry(lines[at])):
            end, wrapped = at + 1, 0
        elif lines[at].text and not _PAGE_NUMBER.fullmatch(lines[at].text):
            wrapped += 1
        at += 1
    return [emptied(line) if head <= i < end else line for i, line in enumerate(lines)]


def _loose_entry(line: Line) -> bool:
    """An entry that only a space parts from its page, or one of a list that a format with links keeps."""
    if line.block and line.block.kind == "item":
        return True
    return not line.text or (len(line.text) <= 60 and bool(_LOOSE_ENTRY.fullmatch(line.text)))


def drop_running(lines: list[Line], raw: Sequence[str]) -> list[Line]:
    """Empties running heads and feet: lines beside a page's end that come back, but for their digits, on most pages."""
    edges = list(_page_edges(lines, raw))
    counts = Counter(key for keys in ({_folded(lines[i].text) for i in page} for page in edges) for key in keys)
    wanted = max(_MIN_PAGES, len(edges) // 2)
    drop = {i for i, line in enumerate(lines) if _PRINTED_ON_PAGES.fullmatch(line.text)}
    drop |= {i for page in edges for i in page if counts[_folded(lines[i].text)] >= wanted}
    return [emptied(line) if i in drop else line for i, line in enumerate(lines)]


def page_breaks(lines: Sequence[Line], raw: Sequence[str]) -> Iterator[int]:
    """Indexes of the lines at which a page ends: with a form feed, or a page number on its own."""
    for i, line in enumerate(lines):
        alone = _PAGE_NUMBER.fullmatch(line.text) or _FRONT_PAGE.fullmatch(line.text)
        if line.text and ("\f" in raw[i] or alone):
            yield i


def _page_edges(lines: Sequence[Line], raw: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Indexes of the two lines with text before and behind each page's end."""
    texts = [i for i, line in enumerate(lines) if line.text]
    place = {i: n for n, i in enumerate(texts)}
    for i in page_breaks(lines, raw):
        at = place[i]
        yield tuple(texts[n] for n in range(max(at - 2, 0), min(at + 3, len(texts))))


def _folded(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def drop_page_numbers(lines: list[Line]) -> list[Line]:
    return [emptied(line) if not _kept(line) and _PAGE_NUMBER.fullmatch(line.text) else line for line in lines]


def _kept(line: Line) -> bool:
    """A part that its format sets apart is no page number, whatever it says."""
    return line.block is not None and line.block.kind not in LINES
