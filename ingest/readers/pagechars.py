"""A PDF page's characters as segments: runs of text on one baseline without a wide gap."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as pdfium

MAX_PAGE_CHARS = 200_000
_FONT_NAME = 128
_BOLD = re.compile(rb"bold|black|heavy|simhei|heiti|\xe9\xbb\x91\xe4\xbd\x93|,b$", re.IGNORECASE)
_GAP = 1.6  # a gap wider than this many letter heights parts columns, cells or a printed line number from its line
_SMALLEST, _LARGEST = 2.0, 200.0  # points
_LOWEST, _HIGHEST = 0.85, 1.3  # the usual height of a font, as parts of its size
_ASCENT, _DESCENT = 0.71, 0.21  # of the usual Latin fonts, as parts of their size
_INNER_GAP = 0.3  # one wider than this may part two cells of a table, if others above and below it do
_OPENING = "（《“‘「『【〔(["
_SHIFT = 0.5  # a step up or down by this part of a letter's height begins another line


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text with its box; `y` is its baseline, growing upwards; `size` is the height of a letter.

    `gaps` are the wider spaces inside it: the index of the character behind, and where the space begins and ends.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    first: float  # width of the first word, which tells whether it had fitted on the line above
    bold: bool = False
    gaps: tuple[tuple[int, float, float], ...] = ()

    def parted(self, nth: int) -> tuple[Segment, Segment]:
        """The two parts on either side of one of its gaps."""
        at, left, right = self.gaps[nth]
        head, tail = self.text[:at].rstrip(), self.text[at:]
        first = (self.x1 - right) * len(tail.split(maxsplit=1)[0]) / len(tail)
        later = tuple((i - at, a, b) for i, a, b in self.gaps[nth + 1 :])
        return (
            replace(self, text=head, x1=left, first=min(self.first, left - self.x0), gaps=self.gaps[:nth]),
            replace(self, text=tail, x0=right, first=first, gaps=later),
        )

    def cut(self, parts: Callable[[float, float], bool]) -> list[Segment]:
        """The segment cut at each of its gaps that parts two pieces by where it begins and ends."""
        out: list[Segment] = []
        rest, nth = self, 0
        while nth < len(rest.gaps):
            if parts(*rest.gaps[nth][1:]):
                head, rest = rest.parted(nth)
                out.append(head)
                nth = 0
            else:
                nth += 1
        return [*out, rest]


@dataclass(slots=True)
class _Run:
    text: list[str]
    x0: float
    x1: float
    bottom: float
    top: float
    size: float
    edges: list[float]
    begins: int  # index of its first character on the page
    ends: int
    gaps: list[tuple[int, float, float]] = field(default_factory=list)
    height: float = field(init=False)

    def __post_init__(self) -> None:
        self.height = max(self.top - self.bottom, 1.0)

    def segment(self, raw: Any) -> Segment | None:
        text = "".join(self.text)
        if not text.strip():
            return None
        lead = len(text) - len(text.lstrip())
        x0 = self.edges[2 * lead]
        first = self._first_word(text, lead) - x0
        bold = _bold(raw, self.begins) and _bold(raw, self.ends)
        gaps = tuple((at - lead, a, b) for at, a, b in self.gaps)
        return Segment(text.strip(), x0, self.x1, self.bottom, self.size, first, bold, gaps)

    def _first_word(self, text: str, start: int) -> float:
        """Right edge of the first word; a Chinese character is one, with the stop that may not begin a line."""
        while text[start] in _OPENING and start + 1 < len(text):
            start += 1
        end = start + 1
        if text[start] < "\u2e80":
            while end < len(text) and text[end] < "\u2e80" and not text[end].isspace():
                end += 1
        while end < len(text) and text[end] in "，。、；：！？）》」』”’":
            end += 1
        return self.edges[2 * end - 1]


def segments(page: Any) -> list[Segment]:
    """The page's text in the order of its content. Raises PdfiumError for a page that cannot be loaded."""
    textpage = page.get_textpage()
    try:
        count = min(max(textpage.count_chars(), 0), MAX_PAGE_CHARS)
        return [s for run in _runs(textpage.raw, count) if (s := run.segment(textpage.raw))]
    finally:
        textpage.close()


def _runs(raw: Any, count: int) -> list[_Run]:
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    runs: list[_Run] = []
    run: _Run | None = None
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in (10, 13):
            run = None
            continue
        char = _char(code)
        if not char or not pdfium.FPDFText_GetLooseCharBox(raw, index, pointer):
            continue
        if char.isspace():
            if run is not None and run.text[-1] != " ":
                run.text.append(" ")
                run.edges += [run.x1, run.x1]
            continue
        left, right = box.left, box.right
        if run is None or not _goes_on(run, left, (box.top + box.bottom) / 2):
            run = _Run([], left, right, *_height(raw, index, box), [], index, index)
            runs.append(run)
        elif left - run.x1 > _INNER_GAP * run.height:
            run.gaps.append((len(run.text), run.x1, left))
        run.text.append(char)
        run.edges += (left, right)
        run.x1 = max(run.x1, right)
        run.ends = index
    return runs


def _height(raw: Any, index: int, box: Any) -> tuple[float, float, float]:
    """Bottom and top of a letter's font, and the height that letters of its size usually have.

    What fonts state themselves differs much; where it is one letter's outline or a far taller box, the usual is taken.
    """
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    known = pdfium.FPDFText_GetMatrix(raw, index, matrix) and pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
    size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
    stated = box.top - box.bottom
    if not known or not _SMALLEST < size < _LARGEST:
        return box.bottom, box.top, stated
    if _LOWEST * size <= stated <= _HIGHEST * size:
        return box.bottom, box.top, (_ASCENT + _DESCENT) * size
    return y.value - _DESCENT * size, y.value + _ASCENT * size, (_ASCENT + _DESCENT) * size


def _bold(raw: Any, index: int) -> bool:
    """Whether a character's font is a bold one, which Chinese documents call Hei."""
    name, flags = ctypes.create_string_buffer(_FONT_NAME), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, name, _FONT_NAME, flags)
    return bool(_BOLD.search(name.value))


def _goes_on(run: _Run, left: float, middle: float) -> bool:
    """Whether a character stands on the run's line, behind it, without a wide gap; small raised ones do."""
    height = run.height
    level = run.bottom - _SHIFT * height / 2 <= middle <= run.top + _SHIFT * height / 2
    return level and -height <= left - run.x1 <= _GAP * height


def _char(code: int) -> str:
    """A character; the hyphen that PDFium puts at a broken word's place is one, what cannot be shown is none."""
    if code in (2, 0xFFFE):
        return "-"
    if code == 0xA0:
        return " "
    if code < 32 or 0xD800 <= code <= 0xDFFF or code in (0xFFFF, 0xFEFF, 0x200B, 0xAD):
        return ""
    return chr(code)
