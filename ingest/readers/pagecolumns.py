"""Tables without rules on a PDF page: below a caption, lines whose parts stand in the same columns.

Only what stands right below a line "Table 1 …" or "表 1 …" is looked at, so that prose is never taken for a table.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ingest.readers.pagechars import Segment

_CAPTION = re.compile(r"(?:表|Table|TABLE)\s*(?:[A-Z][.-]?)?\d+(?:[-.]\d+)*(?:[\s:：.、]+\S|$)")
_SNAP = 4.0
_MIN_ROWS, _MIN_COLUMNS = 3, 2
_GAP = 2.2  # rows of one table stand nearer than so many letter heights

Row = list[Segment]
Cells = list[list[Segment]]


def unruled(rows: Sequence[Row]) -> list[tuple[int, int, list[Cells]]]:
    """The tables of a page's lines as (first line, line behind, rows of cells); each line is its segments from the left."""
    out = []
    at = 0
    while at < len(rows):
        if len(rows[at]) == 1 and _CAPTION.match(rows[at][0].text):
            end, cells = _below(rows, at + 1)
            if cells:
                out.append((at + 1, end, cells))
                at = end
                continue
        at += 1
    return out


def _below(rows: Sequence[Row], start: int) -> tuple[int, list[Cells]]:
    """The table that begins at a line, and where it ends; no rows where there is none."""
    first = next((i for i in range(start, min(start + 2, len(rows))) if len(rows[i]) >= _MIN_COLUMNS), None)
    if first is None:
        return start, []
    columns = [segment.x0 for segment in rows[first]]
    out: list[Cells] = []
    end = first
    while end < len(rows) and (end == first or _near(rows[end - 1], rows[end])):
        places = [_column(columns, segment) for segment in rows[end]]
        if None in places or (len(rows[end]) == 1 and places == [0] and not _goes_on(out, rows[end], rows, end)):
            break
        _put(out, rows[end], [p for p in places if p is not None], len(columns))
        end += 1
    full = sum(sum(map(bool, cells)) >= _MIN_COLUMNS for cells in out)
    return (end, out) if full >= _MIN_ROWS else (start, [])


def _near(above: Row, row: Row) -> bool:
    return 0 < above[0].y - row[0].y < _GAP * max(above[0].size, row[0].size)


def _column(columns: Sequence[float], segment: Segment) -> int | None:
    """The column at which a segment begins, None where it begins at none or runs into the next."""
    at = bisect_right(columns, segment.x0 + _SNAP) - 1
    if at < 0 or segment.x0 - columns[at] > _SNAP:
        return None
    return None if at + 1 < len(columns) and segment.x1 > columns[at + 1] + _SNAP else at


def _goes_on(out: Sequence[Cells], row: Row, rows: Sequence[Row], at: int) -> bool:
    """Whether a line with a first cell only belongs to the table: another row of it stands below."""
    return bool(out) and at + 1 < len(rows) and len(rows[at + 1]) >= _MIN_COLUMNS and _near(row, rows[at + 1])


def _put(out: list[Cells], row: Row, places: Sequence[int], width: int) -> None:
    """Adds a line's parts: to a new row where it has a first cell, else to the cells of the row above."""
    if places[0] == 0 or not out:
        out.append([[] for _ in range(width)])
    for place, segment in zip(places, row, strict=True):
        out[-1][place].append(segment)
