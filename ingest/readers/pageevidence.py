"""Whether lines that share columns are a table: not a list, a table of contents, an address, or text in columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from statistics import mean

from ingest.line import display_width
from ingest.numbering import markers
from ingest.readers.pagechars import Segment

CAPTION = re.compile(r"(?:表|Table|TABLE)\s*(?:[A-Z][.-]?)?\d+(?:[-.]\d+)*(?:[\s:：.、]+\S|$)")
_CONTACT = re.compile(
    r"\b(?:tel|telephone|phone|fax|facsimile|e-?mail|website|internet|address)\b\s*[:：+.]?|www\.|https?:|\S@\S|"
    r"(?:电话|传真|邮编|邮政编码|地址|邮箱|网址)\s*[:：]|\b[A-Z]{2}\s+\d{5}(?:-\d{4})?$|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}\b"
    r"|\b(?:Street|Avenue|Road|Square|Place|Lane|Suite|Building|Floor|Box)\b.*\d|\d.*\b(?:Street|Avenue|Road|Square|Place|Lane)\b",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\d{1,4}|[ivxlc]{1,6}")
_LEADERS = re.compile(r"[.…·．。_]{3,}|(?:[.·] ){3,}")
_STOP = re.compile(r"[。；;.：:]$")
_UNFINISHED = re.compile(r"(?:[-–—,/(（、，]|\b(?:of|and|or|the|for|to|in|with|by|an?|on|from))$", re.IGNORECASE)
_MARK_WORD = re.compile(
    r"\W|o|\[\d+\]|(?:Q|A|问|答)\s*\d{0,3}\s*[:：.]?|(?:Step|Part|Article|Section|Annex)\s+\w{1,4}[.:]?"
)
_SNAP = 3.0
_MIN_ROWS, _MIN_SHARE, _ALIGNED = 3, 0.5, 0.7
_PROSE_WIDTH, _FULL = 18, 0.6  # columns of a Latin letter's width; the share of a text's lines that fill their column
_PROSE_SHARE = 0.7  # of all letters stand in running text
_PITCH = 1.3

Line = dict[int, Segment]
Cells = list[list[Segment]]


class Verdict(Enum):
    """What lines in columns are: a table, texts that are read one after the other, or lines as any other."""

    TABLE = "table"
    BESIDE = "beside"
    LINES = "lines"


def verdict(rows: Sequence[Cells], lines: Sequence[Line], *, captioned: bool) -> Verdict:
    """What lines are by what stands in their columns; below a caption they are a table where they have rows."""
    if not _is_full(rows):
        return Verdict.LINES
    if captioned:
        return Verdict.TABLE
    texts = [[" ".join(s.text for s in cell) for cell in row] for row in rows]
    if _is_address(texts) or _is_prose(lines):
        return Verdict.BESIDE
    if _is_list(lines, len(texts[0])) or _is_contents(texts) or not _is_aligned(rows):
        return Verdict.LINES
    return Verdict.TABLE


def continues(above: Segment, piece: Segment, right: float, *, partial: bool = True) -> bool:
    """Whether a piece goes on with the one above it: there was no room left for its first word.

    Where every cell of the line would do so (not `partial`), its words must look like it too.
    """
    if right - above.x1 > piece.first + 0.4 * piece.size or _STOP.search(above.text):
        return False
    if partial:
        return not piece.text[0].isupper() or bool(_UNFINISHED.search(above.text))
    return piece.text[0].islower() or (piece.text[0] > "\u2e80" and len(above.text) >= 6)


def _is_full(rows: Sequence[Cells]) -> bool:
    """Whether at least three rows, and half of them, have words in more than one column."""
    full = sum(sum(map(bool, row)) > 1 for row in rows)
    return full >= _MIN_ROWS and full >= _MIN_SHARE * len(rows)


def _is_list(lines: Sequence[Line], width: int) -> bool:
    """Whether the first column holds list marks only, or bullets mostly; numbers are none where further columns follow."""
    first = [line[0].text for line in lines if 0 in line]
    bullets = 2 * sum(len(cell) == 1 and not cell.isalnum() for cell in first) >= len(first)
    figures = all(map(str.isdecimal, first))  # printed line numbers among them
    return bullets or (width == 2 and (figures or all(map(_is_mark, first))))


def _is_mark(cell: str) -> bool:
    if _MARK_WORD.fullmatch(cell):
        return True
    return len(cell) <= 14 and any(marker.text.strip() == cell for marker in markers(f"{cell} A"))


def _is_contents(texts: Sequence[Sequence[str]]) -> bool:
    """Whether every row ends with the number of a page, none smaller than the one above, behind dots or a numbered title."""
    ends = [next((cell for cell in reversed(row) if cell), "") for row in texts]
    pages = [end for end in ends if _PAGE.fullmatch(end)]
    if len(pages) < max(_MIN_ROWS, 0.8 * len(ends)):
        return False
    figures = [int(page) for page in pages if page.isdecimal()]
    rising = all(a <= b for a, b in pairwise(figures))
    titles = [next(cell for cell in row if cell) for row in texts]
    headed = sum(any(True for _ in markers(title)) or _is_mark(title) for title in titles)
    dotted = sum(any(map(_LEADERS.search, row)) for row in texts)
    return rising and max(headed, dotted) >= 0.5 * len(texts)


def _is_address(texts: Sequence[Sequence[str]]) -> bool:
    found = sum(any(map(_CONTACT.search, row)) for row in texts)
    return found >= 2 and found >= len(texts) / 3


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether two columns or more are running text: long lines that fill them, and no gap that runs across all."""
    columns = [[line[i] for line in lines if i in line] for i in sorted({i for line in lines for i in line})]
    running = [column for column in columns if _runs(column)]
    letters = [sum(len(piece.text) for column in some for piece in column) for some in (running, columns)]
    if len(running) < 2 or letters[0] < _PROSE_SHARE * letters[1]:
        return False
    gaps = [max(p.y for p in a.values()) - max(p.y for p in b.values()) for a, b in pairwise(lines)]
    return sum(gap > _PITCH * min(gaps) for gap in gaps) < 2


def _runs(pieces: Sequence[Segment]) -> bool:
    right = max(piece.x1 for piece in pieces)
    full = sum(right - a.x1 <= b.first + 0.4 * b.size for a, b in pairwise(pieces))
    wide = mean(display_width(piece.text) for piece in pieces) >= _PROSE_WIDTH
    return wide and full >= _FULL * max(len(pieces) - 1, 1)


def _is_aligned(rows: Sequence[Cells]) -> bool:
    """Whether the cells of at least two columns stand flush left, flush right or centred."""
    good = 0
    for column in range(len(rows[0])):
        cells = [row[column][0] for row in rows if row[column]]
        if len(cells) < max(_MIN_ROWS, _MIN_SHARE * len(rows)):
            continue
        edges = ([s.x0 for s in cells], [s.x1 for s in cells], [(s.x0 + s.x1) / 2 for s in cells])
        good += any(_agreeing(places) >= _ALIGNED * len(cells) for places in edges)
    return good >= 2


def _agreeing(places: Sequence[float]) -> int:
    """How many places agree within the snap of the commonest one."""
    counts = Counter(round(place / _SNAP) for place in places)
    return max(counts[key] + max(counts[key - 1], counts[key + 1]) for key in list(counts))
