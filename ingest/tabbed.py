"""Tables in plain text: lines that stand together and hold the same number of tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ingest.line import Line
from ingest.readers.source import Block

_TAB = re.compile(r"\t")
_MIN_ROWS = 2
_LIST_MARK = re.compile(r"\W|[(（]?\w{1,4}[.)）、．]|(?:\d{1,2}\.)+\d{0,2}|第.{1,4}[章节条]|o")


def take_tables(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a table as its rows. A single line with tabs is none."""
    out: list[Line] = []
    tables = 0
    for tabs, group in groupby(lines, key=_tabs):
        rows = list(group)
        listed = all(_LIST_MARK.fullmatch(row.text.split("\t")[0].strip()) for row in rows)
        if tabs and len(rows) >= _MIN_ROWS and not listed:
            tables += 1
            rows = [replace(row, block=_row(row, tables)) for row in rows]
        out += rows
    return out


def _tabs(line: Line) -> int:
    return 0 if line.block else line.text.count("\t")


def _row(line: Line, table: int) -> Block:
    return Block(line.content, "row", 0, tuple(_cells(line.text)), table)


def _cells(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for tab in _TAB.finditer(text):
        yield at, tab.start()
        at = tab.end()
    yield at, len(text)
