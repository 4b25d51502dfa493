"""Tables that a PDF page rules: the grid of its lines, and the words in each cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from ingest.readers.pagechars import Segment

MAX_OBJECTS = 5_000
_THIN, _LONG, _SNAP = 2.5, 12.0, 3.0
_MIN_COLUMN_RULES = 3
_CLOSING = ")]）】》」』”’,.;:，。；：、"


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the heights of its rules from the top, the places of its columns' rules from the left."""

    rows: tuple[float, ...]
    columns: tuple[float, ...]

    @property
    def top(self) -> float:
        return self.rows[0]

    @property
    def left(self) -> float:
        return self.columns[0]

    @property
    def right(self) -> float:
        return self.columns[-1]

    def holds(self, segment: Segment) -> bool:
        middle = segment.y + segment.size / 2
        return self.rows[-1] < middle < self.rows[0] and self.left - _SNAP < segment.x0 < self.right


def grids(page: Any) -> list[Grid]:
    """The ruled tables of a page from top to bottom."""
    across, down = _rules(page)
    out = []
    for group in _stacked(across):
        high, low = max(y for y, _, _ in group), min(y for y, _, _ in group)
        columns = _snapped([x for x, y0, y1 in down if y0 < high - _SNAP and y1 > low + _SNAP])
        rows = _snapped([y for y, _, _ in group])[::-1]
        if len(rows) > 1 and len(columns) >= _MIN_COLUMN_RULES:
            out.append(Grid(tuple(rows), tuple(columns)))
    return sorted(out, key=lambda g: -g.top)


def _rules(page: Any) -> tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]:
    """Rules across as (y, x0, x1) and down as (x, y0, y1); a drawn box counts as its four sides."""
    across, down = [], []
    for nth, thing in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if nth > MAX_OBJECTS:
            break
        x0, y0, x1, y1 = thing.get_bounds()
        if y1 - y0 <= _THIN and x1 - x0 >= _LONG:
            across.append(((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= _THIN and y1 - y0 >= _LONG / 2:
            down.append(((x0 + x1) / 2, y0, y1))
        elif x1 - x0 >= _LONG and y1 - y0 >= _LONG / 2:
            across += [(y0, x0, x1), (y1, x0, x1)]
            down += [(x0, y0, y1), (x1, y0, y1)]
    return across, down


def _stacked(across: Sequence[tuple[float, float, float]]) -> Iterator[list[tuple[float, float, float]]]:
    """Groups of rules that stand over each other, one a table: a gap of a third of a page parts two."""
    group: list[tuple[float, float, float]] = []
    for rule in sorted(across, reverse=True):
        if group and (
            group[-1][0] - rule[0] > 260 or rule[1] > max(r[2] for r in group) or rule[2] < min(r[1] for r in group)
        ):
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _snapped(values: Sequence[float]) -> list[float]:
    """Values in order, those that nearly agree taken as one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _SNAP:
            out.append(value)
    return out


def cell_texts(grid: Grid, found: Sequence[Segment]) -> Iterator[tuple[float, list[str]]]:
    """Each row's height and the text of its cells; a cell's own lines are joined by spaces (none between Chinese)."""
    rows: list[list[list[Segment]]] = [[[] for _ in grid.columns[1:]] for _ in grid.rows[1:]]
    heights = [-y for y in grid.rows]
    for segment in (piece for whole in found for piece in whole.cut(partial(_ruled, grid.columns))):
        row = min(max(bisect_right(heights, -(segment.y + segment.size / 2)) - 1, 0), len(rows) - 1)
        column = min(max(bisect_right(grid.columns, segment.x0 + _SNAP) - 1, 0), len(grid.columns) - 2)
        rows[row][column].append(segment)
    for height, row_cells in zip(grid.rows, rows, strict=False):
        if any(row_cells):
            yield height, [joined(cell) for cell in row_cells]


def _ruled(rules: Sequence[float], left: float, right: float) -> bool:
    """Whether a rule stands in a gap between words."""
    at = bisect_right(rules, left - _THIN)
    return at < len(rules) and rules[at] < right + _THIN


def joined(cell: Sequence[Segment]) -> str:
    """A cell's lines as one text."""
    out = ""
    for segment in sorted(cell, key=lambda s: (-round(s.y), s.x0)):
        tight = not out or segment.text[0] in _CLOSING or (out[-1] > "\u2e80" and segment.text[0] > "\u2e80")
        out += segment.text if tight else " " + segment.text
    return out
