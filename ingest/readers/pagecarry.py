"""Tables without rules that go on over a page's end: rows too few to be told by themselves stand in the table's columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.readers.pagecells import Line, cells_of
from ingest.readers.pagelines import PageLine, row_line

_MOST = 60  # lines looked at on either side of a page's end
_SNAP = 3.0


def carried(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines of all pages, those beside a page's end as rows where the table on the other side has their columns."""
    out: list[PageLine] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.places and (not out or out[-1].page == line.page - 1):
            out += _above(out, line)
        out.append(line)
        at += 1
        if line.places and at < len(lines) and lines[at].page == line.page + 1 and not lines[at].table:
            rows, taken = _below(lines, at, line)
            out += rows
            at += taken
    return out


def _above(before: list[PageLine], table: PageLine) -> list[PageLine]:
    """The last lines of a page as rows of the table that begins the next one; they are taken away from `before`."""
    held: list[tuple[PageLine, Line]] = []
    while before and len(held) < _MOST and before[-1].page == table.page - 1 and (found := _placed(before[-1], table)):
        held.insert(0, (before.pop(), found))
    return list(_rows(held, table))


def _below(lines: Sequence[PageLine], start: int, table: PageLine) -> tuple[list[PageLine], int]:
    """The first lines of a page as rows of the table that ended the one before, and how many they are."""
    held: list[tuple[PageLine, Line]] = []
    for line in lines[start : start + _MOST]:
        found = _placed(line, table) if line.page == lines[start].page else None
        if not found:
            break
        held.append((line, found))
    return list(_rows(held, table)), len(held)


def _placed(line: PageLine, table: PageLine) -> Line | None:
    """A line's parts by the table's columns; None where it has but one, or one stands in no column or in two."""
    if len(line.parts) < 2 or line.column != table.column:
        return None
    found: Line = {}
    for part in line.parts:
        over = [i for i, (a, b) in enumerate(table.places) if part.x0 < b + _SNAP and a - _SNAP < part.x1]
        if len(over) != 1 or over[0] in found:
            return None
        found[over[0]] = part
    return found


def _rows(held: Sequence[tuple[PageLine, Line]], table: PageLine) -> Iterator[PageLine]:
    if not held:
        return
    first = held[0][0]
    for cells in cells_of([found for _, found in held], len(table.places)):
        row = row_line(cells, table.table, table.places)
        yield replace(row, page=first.page, height=first.height, column=table.column)
