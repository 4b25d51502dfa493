"""From the pages' lines to the running text: without heads, feet and page numbers, each line known as a start or not.

A line begins a paragraph where the one above left room for its first word, where it is indented, or where the gap or the
letters' size differ; the same signs by which a reader sees it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from ingest.numbering import RANKS, markers
from ingest.readers.pagecarry import carried
from ingest.readers.pagelines import PageLine
from ingest.readers.source import BlockKind

_EDGE, _HIGH_EDGE = 0.12, 0.2  # heads and feet stand in this part of the page's height; seldom in more of it
_PAGE_NUMBER = re.compile(
    r"(?:[-—–]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-—–]?|page\s+\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s*/\s*\d+|第\s*\d+\s*页.*)",
    re.IGNORECASE,
)
_LARGER = 1.12
_SMALLER = 0.92
_REACHES, _SAMPLE, _SHORT = 0.93, 8, 0.75
_STOP = re.compile(r"[。！？；：.!?:;][”’」』）)\]]*$")
_WIDE_CHAR = re.compile(r"[\u2e80-\u9fff]")


@dataclass(slots=True)
class Flow:
    """The lines of all pages in order."""

    pages: Sequence[tuple[int, list[PageLine]]]
    edges: dict[int, float] = field(default_factory=dict)
    lefts: dict[int, float] = field(default_factory=dict)
    margins: dict[int, float] = field(default_factory=dict)
    pitch: float = 0.0
    size: float = 0.0
    bold: bool = False

    def lines(self) -> Iterator[tuple[PageLine, BlockKind]]:
        """Each line of the running text and what it is: a start, a title's start, a line that goes on, a table's row."""
        kept = carried(list(self._kept()))
        self.edges, self.lefts, self.margins = _edges(kept)
        text = [line for line in kept if not line.table and not line.margin] or kept
        self.pitch = self._pitch(text)
        self.size, self.bold = _usual(text)
        yield from self._kinds(kept)

    def _pitch(self, text: Sequence[PageLine]) -> float:
        """The usual distance of two lines of a paragraph in letter heights: the upper one reaches far to the right."""
        gaps: list[float] = []
        inside: list[float] = []
        for above, line in pairwise(text):
            if _same_column(above, line) and 0 < above.y - line.y < 4 * above.size:
                gaps.append((above.y - line.y) / max(line.size, 1))
                if above.x1 > _REACHES * self.edges.get(above.column, above.x1):
                    inside.append(gaps[-1])
        return median(inside if len(inside) >= _SAMPLE else gaps) if gaps else 0.0

    def _kinds(self, kept: Sequence[PageLine]) -> Iterator[tuple[PageLine, BlockKind]]:
        """Each line with what it is; the text goes on past the small print at the foot of a page."""
        feet = self._feet(kept)
        above: PageLine | None = None
        before: PageLine | None = None
        for i, line in enumerate(kept):
            if line.table:
                yield line, "row"
            elif i in feet:
                yield line, "line" if i - 1 in feet else "start"
                continue
            else:
                starts = above is None or above.table or self._starts(before, above, line)
                yield line, ("title" if self._set_off(line) else "start") if starts else "line"
            before, above = above, line

    def _feet(self, kept: Sequence[PageLine]) -> set[int]:
        """The lines set smaller than the text at the end of a page."""
        out: set[int] = set()
        for i in range(len(kept) - 1, -1, -1):
            last = i + 1 == len(kept) or kept[i + 1].page != kept[i].page
            if (last or i + 1 in out) and not kept[i].table and kept[i].size < _SMALLER * self.size:
                out.add(i)
        return out

    # -- heads, feet and page numbers ----------------------------------------------------------------------------

    def _kept(self) -> Iterator[PageLine]:
        """The lines without furniture, tables numbered through; one that goes on over a page's end keeps its number."""
        furniture = self._furniture()
        tables, own = 0, 0
        last: PageLine | None = None
        for number, lines in self.pages:
            for nth, line in enumerate(lines):
                if (number, nth) in furniture:
                    continue
                if line.margin:
                    yield replace(line, page=number)
                    continue
                same = (
                    line.table == own if last and last.page == number else last is not None and _same_grid(last, line)
                )
                if line.table and not (last and last.table and same):
                    tables += 1
                own = line.table
                last = replace(line, page=number, table=tables if line.table else 0)
                yield last

    def _furniture(self) -> set[tuple[int, int]]:
        """Lines at the edge of their page that are a page number, or come back, but for digits, on half of the pages.

        Farther from the edge, where a high foot may reach, they must come back word for word on three pages at least.
        """
        edge, inner = list(self._within(_EDGE)), list(self._within(_HIGH_EDGE))
        counts, same = Counter(_folded(x[2]) for x in edge), Counter(_placed(x[2]) for x in inner)
        half = len(self.pages) // 2
        exact = Counter(line.text for _, _, line in edge)
        found = {
            (number, nth)
            for number, nth, line in edge
            if _PAGE_NUMBER.fullmatch(line.text)
            or (exact[line.text] if _heads(line.text) else counts[_folded(line)]) >= max(2, half)
        }
        return found | {(number, nth) for number, nth, line in inner if same[_placed(line)] >= max(3, half + 1)}

    def _within(self, edge: float) -> Iterator[tuple[int, int, PageLine]]:
        """The lines in this part of a page's height at its top and foot, as (page, place on the page, line)."""
        for number, lines in self.pages:
            for nth, line in enumerate(lines):
                if not line.table and not edge * line.height < line.y < (1 - edge) * line.height:
                    yield number, nth, line

    # -- where paragraphs begin ----------------------------------------------------------------------------------

    def _starts(self, before: PageLine | None, above: PageLine, line: PageLine) -> bool:
        if self._looks_differ(above, line) or self._signed(above, line) or self._listed(above, line):
            return True
        apart = not _same_column(above, line)
        if apart and line.text[0].islower() and not _STOP.search(above.text):
            return False
        centred = self._centred(above) and (self._centred(line) or self._short(above))
        room = (self.edges.get(above.column, above.x1) - above.x1) * (1 + centred)
        if room > line.first + (1.2 if _WIDE_CHAR.match(line.text[0]) else 0.4) * line.size:
            return True
        if apart:
            return bool(_STOP.search(above.text)) and self._indented(line)
        gap = above.y - line.y
        if self.pitch and gap > 1.4 * self.pitch * max(line.size, 1):
            return True
        goes_on = self._centred(line) and (centred or not _STOP.search(above.text))
        hangs = before is not None and self._hangs(before, above, line)
        return not goes_on and not hangs and line.x0 - above.x0 > 1.2 * line.size

    def _looks_differ(self, above: PageLine, line: PageLine) -> bool:
        """Whether a line is set in another size than the one above, or one of the two as a heading is."""
        if abs(above.size - line.size) > 0.15 * max(above.size, line.size):
            return True
        above_off, off = self._set_off(above), self._set_off(line)
        return above_off != off and (above_off or bool(_STOP.search(above.text)))

    def _set_off(self, line: PageLine) -> bool:
        """Whether a line is set larger than the text, or bold where the text is not."""
        return line.size > _LARGER * self.size or (line.bold and not self.bold and line.size > 0.95 * self.size)

    def _hangs(self, before: PageLine, above: PageLine, line: PageLine) -> bool:
        """Whether a line stands in under a list mark: the one above begins with the mark, and so stands out."""
        return (
            bool(re.match(r"(?:[●•■◆○▪·–—-]|[(（]?\w{1,3}[.)）、])\s*\S", above.text))
            and line.x0 - above.x0 < 4 * line.size
        )

    def _centred(self, line: PageLine) -> bool:
        """Whether a line stands in the middle of its column, clear of both edges of it."""
        left, right = self.margins.get(line.column, line.x0), self.edges.get(line.column, line.x1)
        return line.x0 - left > line.size and abs(line.x0 + line.x1 - left - right) <= 3.0 * line.size

    def _listed(self, above: PageLine, line: PageLine) -> bool:
        """Whether a line that stands in follows a colon: the first of what is listed."""
        return _same_column(above, line) and above.text.endswith((":", "：")) and line.x0 - above.x0 > line.size

    def _signed(self, above: PageLine, line: PageLine) -> bool:
        """Whether the line above ends at the right edge and begins far from the left, as a signature or a date does."""
        left, right = self.margins.get(above.column, above.x0), self.edges.get(above.column, above.x1)
        flush = above.x0 - left > 0.4 * (right - left) and abs(right - above.x1) < above.size
        return flush and abs(line.x0 - above.x0) > line.size

    def _short(self, line: PageLine) -> bool:
        left, right = self.margins.get(line.column, line.x0), self.edges.get(line.column, line.x1)
        return line.x1 - line.x0 < _SHORT * (right - left)

    def _indented(self, line: PageLine) -> bool:
        return line.x0 - self.lefts.get(line.column, line.x0) > 1.2 * line.size


def _same_grid(above: PageLine, line: PageLine) -> bool:
    """Whether two rows have the same columns: a table that goes on over a page's end."""
    return len(above.cells) == len(line.cells) and abs(above.x0 - line.x0) < 3


def _same_column(above: PageLine, line: PageLine) -> bool:
    return above.page == line.page and above.column == line.column and above.y > line.y


def _usual(lines: Sequence[PageLine]) -> tuple[float, bool]:
    """The size in which most of the text is set, and whether most of it is bold."""
    sizes: Counter[float] = Counter()
    bold = 0
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
        bold += len(line.text) * line.bold
    total = sum(sizes.values())
    return (sizes.most_common(1)[0][0], 2 * bold > total) if total else (0.0, False)


def _edges(lines: Sequence[PageLine]) -> tuple[dict[int, float], dict[int, float], dict[int, float]]:
    """How far right the lines of each column reach (nearly the farthest of them), where most begin, and the leftmost."""
    columns: dict[int, list[PageLine]] = {}
    for line in lines:
        if not line.table:
            columns.setdefault(line.column, []).append(line)
    rights = {c: sorted(x.x1 for x in found)[int(0.95 * (len(found) - 1))] for c, found in columns.items()}
    lefts = {c: sorted(x.x0 for x in found) for c, found in columns.items()}
    return rights, {c: median(x) for c, x in lefts.items()}, {c: x[int(0.05 * len(x))] for c, x in lefts.items()}


def _heads(text: str) -> bool:
    """Whether a line is the number of an annex or chapter: as a running head it says the same on every page."""
    return any(marker.style in RANKS for marker in markers(text))


def _placed(line: PageLine) -> tuple[str, int, int]:
    return line.text, round(line.x0), round(line.y)


def _folded(line: PageLine) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.y / 6)
