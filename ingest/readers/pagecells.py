"""From lines cut into columns to a table's rows: which lines are one row, and the words of each cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.pagechars import Segment
from ingest.readers.pageevidence import continues

_PITCH = 1.35  # rows that stand so much farther apart than the nearest lines are never one

Line = dict[int, Segment]  # a line's pieces by column
Cells = list[list[Segment]]


def cells_of(lines: Sequence[Line], width: int) -> list[Cells]:
    """The rows of a table, each its cells, each cell the pieces that stand in it."""
    gaps = [_top(a) - _top(b) for a, b in pairwise(lines)]
    pitch = min(gaps, default=0.0)
    rights = [max((line[i].x1 for line in lines if i in line), default=0.0) for i in range(width)]
    out: list[Cells] = []
    for nth, line in enumerate(lines):
        if nth == 0 or gaps[nth - 1] > _PITCH * pitch or _begins(lines[nth - 1], line, rights, head=len(out) == 1):
            out.append([[] for _ in range(width)])
        for column, piece in line.items():
            out[-1][column].append(piece)
    return out


def _top(line: Line) -> float:
    return max(piece.y for piece in line.values())


def _begins(above: Line, line: Line, rights: Sequence[float], *, head: bool) -> bool:
    """Whether a line begins a row: it has a first cell, and not all of its pieces go on with what stands above them."""
    if 0 not in line:
        return False
    if head and 0 not in above:
        return False
    partial = not above.keys() <= line.keys()
    return not all(i in above and continues(above[i], piece, rights[i], partial=partial) for i, piece in line.items())
