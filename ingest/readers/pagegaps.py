"""Cells that stand so near each other that they look like words of one line: told by where those above and below begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from ingest.readers.pagechars import Segment

_WIDE, _WIDER = 0.45, 1.5  # of a letter's height; of the other spaces in the line
_SPACE = 0.3  # a usual space, as part of a letter's height
_SNAP = 1.5
_NEAR = 4.5  # letter heights
_LINES = 3
_MOST = 8  # cells of a line that are told so

Row = list[Segment]


def loosened(rows: Sequence[Row]) -> list[Row]:
    """The lines, cut at spaces that are wider than the others and end at one place in three lines running, or more."""
    places = [list(_places(row)) for row in rows]
    cuts: list[set[float]] = [set() for _ in rows]
    for at in range(len(rows) - _LINES + 1):
        if not all(_near(rows[i], rows[i + 1]) for i in range(at, at + _LINES - 1)):
            continue
        for place, _ in places[at]:
            run = [_at(places[i], place) for i in range(at, at + _LINES)]
            if None not in run and any(inner for _, inner in filter(None, run)):
                for i, found in enumerate(run, at):
                    cuts[i] |= {found[0]} if found and found[1] else set()
    return [_cut(row, cut) if cut else row for row, cut in zip(rows, cuts, strict=True)]


def _near(above: Row, row: Row) -> bool:
    return bool(above and row) and 0 < above[0].y - row[0].y < _NEAR * max(above[0].size, row[0].size)


def _places(row: Row) -> Iterator[tuple[float, bool]]:
    """Where parts of a line begin behind a space: inside a run of text (True), or as a run of their own."""
    for nth, segment in enumerate(row):
        if nth:
            yield segment.x0, False
        others = sorted(right - left for _, left, right in segment.gaps)[:-1]
        least = max(_WIDE * segment.size, _WIDER * median(others or [_SPACE * segment.size]))
        wide = [right for _, left, right in segment.gaps if right - left >= least]
        yield from ((right, True) for right in wide[:_MOST])


def _at(places: Sequence[tuple[float, bool]], place: float) -> tuple[float, bool] | None:
    return next((found for found in places if abs(found[0] - place) <= _SNAP), None)


def _cut(row: Row, places: set[float]) -> Row:
    return [piece for segment in row for piece in segment.cut(lambda _, right: right in places)]
