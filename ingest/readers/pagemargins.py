"""Line numbers that are printed in the margin of a PDF page, as drafts for comment have them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.pagechars import Segment

_FEWEST = 5  # a page has so many of them, or none
_OF_PAGE, _OF_RANGE = 0.6, 0.9  # the part of a page's lines, and of those from the first to the last, that have one
_SNAP = 3.0

Row = list[Segment]


def margins(rows: Sequence[Row]) -> list[tuple[Segment | None, Row]]:
    """Each line of a page as its printed number, if the page's lines are numbered, and the rest of it.

    Nearly all lines have one, they count on by one, and they stand flush; one may be run together with its line.
    """
    split = [_split(row) for row in rows]
    counted = [(i, number) for i, (number, _) in enumerate(split) if number]
    if not _are_numbers(counted, len(rows)):
        return [(None, row) for row in rows]
    return split


def is_number(text: str) -> bool:
    """Whether a text may be a printed line number."""
    return text.isdecimal() and len(text) <= 5


def _split(row: Row) -> tuple[Segment | None, Row]:
    first = row[0]
    if is_number(first.text):
        return first, row[1:]
    if first.gaps and is_number(first.text[: first.gaps[0][0]].rstrip()):
        number, rest = first.parted(0)
        return number, [rest, *row[1:]]
    return None, row


def _are_numbers(counted: Sequence[tuple[int, Segment]], rows: int) -> bool:
    if len(counted) < _FEWEST:
        return False
    values = [int(number.text) for _, number in counted]
    counting = [b == a + 1 for a, b in pairwise(values)]
    run = [c for c, follows in zip(counted[1:], counting, strict=True) if follows]
    within = run[-1][0] - run[0][0] + 1 if run else rows
    flush = max(_agreeing([n.x1 for _, n in run]), _agreeing([n.x0 for _, n in run])) if run else 0
    return len(run) >= max(_FEWEST - 1, _OF_PAGE * rows, _OF_RANGE * within) and flush >= _OF_RANGE * len(run)


def _agreeing(places: Sequence[float]) -> int:
    middle = sorted(places)[len(places) // 2]
    return sum(abs(place - middle) <= _SNAP for place in places)
