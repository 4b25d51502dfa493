"""From a page's segments to its lines in reading order: columns one after the other, cells of a table side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.readers.pagecells import Cells
from ingest.readers.pagechars import Segment
from ingest.readers.pagecolumns import Aligned, aligned
from ingest.readers.pagemargins import is_number, margins
from ingest.readers.pagetables import Grid, cell_texts, joined

_COLUMN_LINES = 8
_COLUMN_WIDTH = 0.25
_CROSSING = 0.12
_FIRST_RULED = 1000  # tables without rules are numbered below this, column by column


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page, or a table's row; `y` is its baseline, a row's its top.

    `margin` says that it is a printed line number beside a table and nothing else. `parts` are the pieces of a line with
    wide gaps, `places` the columns of a table without rules.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    first: float
    column: int = 0
    page: int = 0
    height: float = 0.0
    cells: tuple[tuple[int, int], ...] = ()
    table: int = 0
    bold: bool = False
    margin: bool = False
    parts: tuple[Segment, ...] = ()
    places: tuple[tuple[float, float], ...] = ()


def page_lines(found: Sequence[Segment], width: float, height: float, tables: Sequence[Grid]) -> list[PageLine]:
    """The lines of a page in the order in which they are read, its ruled tables row by row."""
    outside = [s for s in found if not any(grid.holds(s) for grid in tables)]
    lines = _in_columns(outside, width)
    for number, grid in enumerate(tables, _FIRST_RULED):
        rows = _rows(grid, [s for s in found if grid.holds(s)], number)
        at = next((i for i, line in enumerate(lines) if line.y + line.size / 2 < grid.top), len(lines))
        lines[at:at] = rows
    return [replace(line, height=height) for line in lines]


def _rows(grid: Grid, found: Sequence[Segment], number: int) -> list[PageLine]:
    return [_row(cells, (grid.left, grid.right, y), number) for y, cells in cell_texts(grid, found)]


def _row(cells: Sequence[str], place: tuple[float, float, float], number: int, height: float = 10.0) -> PageLine:
    """A table's row as one line, a tab between its cells; `place` is its left and right edge and its top."""
    ranges, at = [], 0
    for cell in cells:
        ranges.append((at, at + len(cell)))
        at += len(cell) + 1
    return PageLine("\t".join(cells), *place, height, 0.0, cells=tuple(ranges), table=number)


def _in_columns(found: Sequence[Segment], width: float) -> list[PageLine]:
    gutter = _gutter(found, width)
    if gutter is None:
        return _lines(found, 0)
    out: list[PageLine] = []
    band: list[Segment] = []
    for segment in sorted(found, key=lambda s: -s.y):
        if segment.x0 < gutter < segment.x1:
            out += [*_sides(band, gutter), *_lines([segment], 0)]
            band = []
        else:
            band.append(segment)
    return out + _sides(band, gutter)


def _sides(band: Sequence[Segment], gutter: float) -> list[PageLine]:
    left = [s for s in band if s.x1 <= gutter]
    return [*_lines(left, 1), *_lines([s for s in band if s.x1 > gutter], 2)]


def _gutter(found: Sequence[Segment], width: float) -> float | None:
    """Where two columns part: a place near the middle that few lines cross and many long ones stand beside."""
    long = [s for s in found if s.x1 - s.x0 >= _COLUMN_WIDTH * width]
    for percent in (50, 48, 52, 46, 54, 44, 56):
        x = width * percent / 100
        left, right = sum(s.x1 <= x for s in long), sum(s.x0 >= x for s in long)
        crossing = len(long) - left - right
        if min(left, right) >= _COLUMN_LINES and crossing <= _CROSSING * len(long):
            return x
    return None


def _lines(found: Sequence[Segment], column: int) -> list[PageLine]:
    """Segments on one baseline joined from left to right, lines from top to bottom, tables without rules row by row."""
    rows = margins(_baselines(found))
    out: list[PageLine] = []
    at = 0
    for number, group in enumerate(aligned([body for _, body in rows]), 100 * column + 1):
        out += [_line(body, column, margin) for margin, body in rows[at : group.start]]
        numbers = [margin for margin, _ in rows[group.start : group.end] if margin]
        out += _table(group, numbers, number, column) if group.rows else _beside(group, numbers)
        at = group.end
    return [*out, *(_line(body, column, margin) for margin, body in rows[at:])]


def _baselines(found: Sequence[Segment]) -> list[list[Segment]]:
    rows: list[list[Segment]] = []
    for segment in sorted(found, key=lambda s: (-s.y, s.x0)):
        if rows and _level(rows[-1][-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.x0) for row in rows]


def _level(above: Segment, segment: Segment) -> bool:
    return abs(above.y - segment.y) < 0.55 * max(above.size, segment.size)


def _table(group: Aligned, numbers: Sequence[Segment], number: int, column: int) -> Iterator[PageLine]:
    """The rows of a table, each behind the line numbers that are printed beside it."""
    left = list(numbers)
    for row in group.rows:
        parts = [piece for cell in row for piece in cell]
        bottom = min(s.y for s in parts)
        beside = [s for s in left if s.y + s.size / 2 > bottom]
        yield from (_number(s) for s in beside)
        left = left[len(beside) :]
        yield replace(row_line(row, number, group.places), column=column)


def row_line(row: Cells, number: int, places: tuple[tuple[float, float], ...]) -> PageLine:
    """A row of a table without rules."""
    parts = [piece for cell in row for piece in cell]
    bottom, top = min(s.y for s in parts), max(s.y + s.size for s in parts)
    place = (min(s.x0 for s in parts), max(s.x1 for s in parts), top)
    return replace(_row([joined(cell) for cell in row], place, number, top - bottom), places=places)


def _beside(group: Aligned, numbers: Sequence[Segment]) -> Iterator[PageLine]:
    """Texts side by side, one after the other."""
    yield from (_number(s) for s in numbers)
    for nth, pieces in enumerate(group.columns, 1):
        yield from (_line([piece], nth) for piece in pieces)


def _number(segment: Segment) -> PageLine:
    return replace(_line([segment], 0), margin=True)


def _line(row: Sequence[Segment], column: int, margin: Segment | None = None) -> PageLine:
    """A row as one line. A number far left of the text is a printed line number: it counts for none of the measures."""
    whole = [margin, *row] if margin else list(row)
    body = whole[1:] if len(whole) > 1 and is_number(whole[0].text) else whole
    size = max(s.size for s in body)
    text, bold = " ".join(s.text for s in whole), all(s.bold for s in body)
    parts = tuple(body) if len(body) > 1 and len(body) == len(whole) else ()
    return PageLine(text, body[0].x0, body[-1].x1, body[0].y, size, body[0].first, column, bold=bold, parts=parts)
