"""Lines of a PDF page that share columns though no rule is drawn: tables, and text that is set side by side.

White space that runs down through a group of lines parts them into columns. From the first line with a wide gap on, lines
are taken in as long as none of their words stands in that space; then the lines are judged by what stands in the columns
(`pageevidence`). A cell that reaches almost to the next one is cut off where the lines above and below begin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.readers.pagecells import Cells, cells_of
from ingest.readers.pagechars import Segment
from ingest.readers.pageevidence import CAPTION, Verdict, continues, verdict
from ingest.readers.pagegaps import loosened

_SNAP = 3.0
_APART = 0.4  # columns stand this part of a letter's height apart, or more
_NEAR, _CELL, _TIGHT = 4.5, 2.4, 1.6  # heights between the rows of a table, the lines of a cell, the lines of a head
_SEEDS, _LOOK_AHEAD, _HEAD_LINES = 3, 40, 3
_MIN_LINES = 3

Row = list[Segment]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The lines from `start` to before `end`; `rows` are those of a table, none where `columns` are texts side by side.

    `places` are the left and right edge of each column.
    """

    start: int
    end: int
    rows: list[Cells]
    places: tuple[tuple[float, float], ...]
    columns: tuple[list[Segment], ...] = ()


def aligned(lines: Sequence[Row]) -> Iterator[Aligned]:
    """The tables and the texts side by side among a page's lines, each line given as its segments from the left."""
    rows = loosened(lines)
    at = 0
    for start in range(len(rows)):
        if start < at or len(rows[start]) < 2:
            continue
        groups = [_Group.around(rows, seed, at) for seed in _seeds(rows, start)]
        group = max(groups, key=lambda g: (len(g.lines), len(g.columns)))
        if len(group.lines) < _MIN_LINES:
            continue
        captioned = _captioned(rows, group.start)
        group.take_heads(rows, at)
        found = _judged(group, captioned=captioned)
        at = group.end
        if found:
            yield found


def _seeds(rows: Sequence[Row], start: int) -> list[int]:
    """The lines from which columns are tried: the first ones, and the first of those with the most parts."""
    end = start + 1
    while end < min(start + _LOOK_AHEAD, len(rows)) and _near(rows[end - 1], rows[end], _NEAR):
        end += 1
    fullest = max(range(start, end), key=lambda i: (len(rows[i]), -i))
    return sorted({*(i for i in range(start, min(start + _SEEDS, end)) if len(rows[i]) > 1), fullest})


def _captioned(rows: Sequence[Row], start: int) -> bool:
    above = rows[max(start - _HEAD_LINES, 0) : start]
    return any(len(row) == 1 and CAPTION.match(row[0].text) for row in above)


def _judged(group: _Group, *, captioned: bool) -> Aligned | None:
    lines = [{group.column(piece): piece for piece in line} for line in group.lines]
    if sum(map(len, lines)) != sum(map(len, group.lines)):  # two pieces in one column: none may be lost
        return None
    found = cells_of(lines, len(group.columns))
    said = verdict(found, lines, captioned=captioned)
    if said is Verdict.TABLE:
        return Aligned(group.start, group.end, found, tuple(group.columns))
    if said is Verdict.BESIDE:
        columns = tuple([line[i] for line in lines if i in line] for i in range(len(group.columns)))
        return Aligned(group.start, group.end, [], tuple(group.columns), columns)
    return None


@dataclass(slots=True)
class _Group:
    """Lines taken together, cut into pieces, and the stretches from left to right in which all pieces stand."""

    start: int
    end: int
    lines: list[Row] = field(default_factory=list)
    columns: list[tuple[float, float]] = field(default_factory=list)

    @classmethod
    def around(cls, rows: Sequence[Row], seed: int, first: int) -> _Group:
        """The lines around one that stand in its columns; those before `first` are taken already."""
        group = cls(seed, seed + 1, [rows[seed]], [(s.x0, s.x1) for s in rows[seed]])
        above = seed
        while above > first and _near(rows[above - 1], rows[above], _NEAR):
            fitted = group.fitted(rows[above - 1])
            if not fitted or not all(map(group.covers, fitted[0])):
                break
            group.columns, above = fitted[1], above - 1
        while len(rows[above]) < 2:
            above += 1
        return cls._down(rows, above, group.columns)

    @classmethod
    def _down(cls, rows: Sequence[Row], first: int, columns: list[tuple[float, float]]) -> _Group:
        """The lines from one on that stand in the columns. What follows the last one that is surely theirs is left out."""
        group, sure = cls(first, first, [], columns), 0
        for at in range(first, len(rows)):
            fitted = group.fitted(rows[at])
            if not fitted or (at > first and not _near(rows[at - 1], rows[at], _NEAR)):
                break
            pieces, columns = fitted
            goes_on = len(pieces) == 1 and group.goes_on(pieces[0])
            heads = at + 1 < len(rows) and len(rows[at + 1]) > 1 and _near(rows[at], rows[at + 1], _CELL)
            if len(pieces) == 1 and not goes_on and not (heads and group.heads(rows[at - 1], pieces[0])):
                break
            group.lines.append(pieces)
            group.columns = columns
            sure = len(group.lines) if len(pieces) > 1 or goes_on else sure
        del group.lines[sure:]
        group.end = first + sure
        return group

    def column(self, piece: Segment) -> int:
        """The first column in which a piece stands, or the nearest."""
        return min(
            range(len(self.columns)),
            key=lambda i: (max(self.columns[i][0] - piece.x1, piece.x0 - self.columns[i][1], 0.0), i),
        )

    def covers(self, piece: Segment) -> bool:
        return any(left < piece.x1 and piece.x0 < right for left, right in self.columns)

    def heads(self, above: Row, piece: Segment) -> bool:
        """Whether a lone piece may be what further rows are grouped under."""
        return self.column(piece) == 0 and self.covers(piece) and _near(above, [piece], _CELL)

    def goes_on(self, piece: Segment) -> bool:
        """Whether a lone piece goes on with the cell above it."""
        column = self.column(piece)
        before = next((p for line in reversed(self.lines) for p in line if self.column(p) == column), None)
        if before is None or not self.covers(piece) or not _near([before], [piece], _CELL):
            return False
        if column:
            return any(_begin_alike(p, piece) for line in self.lines for p in line if self.column(p) == column)
        return before in self.lines[-1] and continues(before, piece, self.columns[0][1])

    def fitted(self, row: Row) -> tuple[Row, list[tuple[float, float]]] | None:
        """A line cut into pieces of one column each, and the columns with it; None where its words stand in the space."""
        if not row:
            return None
        pieces = [piece for segment in row for piece in self._cut(segment)]
        space = _APART * max(piece.size for piece in pieces)
        columns = list(self.columns)
        for piece in pieces:
            over = [
                i for i, (left, right) in enumerate(columns) if piece.x0 < right + space and left - space < piece.x1
            ]
            if len(over) > 1:
                return None
            left, right = columns.pop(over[0]) if over else (piece.x0, piece.x1)
            columns.append((min(left, piece.x0), max(right, piece.x1)))
            columns.sort()
        held = [next(i for i, (a, b) in enumerate(columns) if a <= p.x0 and p.x1 <= b) for p in pieces]
        return (pieces, columns) if len(set(held)) == len(held) else None

    def _cut(self, segment: Segment) -> Row:
        """A segment that reaches over columns, cut at the gaps in it at which a column begins."""
        over = [i for i, (left, right) in enumerate(self.columns) if segment.x0 < right and left < segment.x1]
        if len(over) < 2:
            return [segment]
        between = list(zip(self.columns[over[0] :], self.columns[over[0] + 1 :], strict=False))
        return segment.cut(
            lambda left, right: (
                right - left >= _APART * segment.size and any(_parts(a, b, left, right) for a, b in between)
            )
        )

    def take_heads(self, rows: Sequence[Row], first: int) -> None:
        """The lines above that head the columns, some of them perhaps more than one."""
        for at in range(self.start - 1, max(self.start - 1 - _HEAD_LINES, first - 1), -1):
            if not _near(rows[at], rows[at + 1], _NEAR):
                return
            pieces = [piece for segment in rows[at] for piece in self._cut(segment)]
            places = [self.column(piece) for piece in pieces]
            within = all(map(self.covers, pieces)) and len(set(places)) == len(places)
            if not within or not self._heads(pieces, rows[at + 1]):
                return
            self.lines.insert(0, pieces)
            self.start = at

    def _heads(self, pieces: Row, below: Row) -> bool:
        if len(pieces) > 1:
            return True
        lone = pieces[0]
        inside = lone.x0 > self.columns[0][1] and lone.x1 <= self.columns[-1][1] + _SNAP
        return inside and not CAPTION.match(lone.text) and _near(pieces, below, _TIGHT)


def _near(above: Row, row: Row, heights: float) -> bool:
    return bool(above and row) and 0 < above[0].y - row[0].y < heights * max(above[0].size, row[0].size)


def _begin_alike(one: Segment, other: Segment) -> bool:
    """Whether two pieces stand flush left, flush right or centred on each other."""
    return any(
        abs(a - b) <= _SNAP
        for a, b in ((one.x0, other.x0), (one.x1, other.x1), ((one.x0 + one.x1) / 2, (other.x0 + other.x1) / 2))
    )


def _parts(a: tuple[float, float], b: tuple[float, float], left: float, right: float) -> bool:
    """Whether a gap is the space between two columns: it ends where the second begins, or lies between them."""
    return abs(right - b[0]) <= _SNAP or (left >= a[1] - _SNAP and right <= b[0] + _SNAP)
