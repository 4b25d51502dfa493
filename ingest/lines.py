"""From the text as issued to its lines, each recognised as what it is.

PDF extraction leaves printed line numbers, page numbers, running heads, tables of contents and bold marks among the text. A
line keeps the place of every character that it holds, so that nothing quoted later can lose its place in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from ingest.footnotes import pages_of, take_notes
from ingest.furniture import drop_contents, drop_page_numbers, drop_running, page_breaks
from ingest.line import Line
from ingest.mapped import Mapped
from ingest.readers.source import LINES, Block, SourceText
from ingest.tabbed import take_tables
from ingest.tablenotes import take_table_notes

_BOLD = re.compile(r"\*\*")
_PRINTED = re.compile(r"\s*(?:-\s+)?(\d{1,5})(?=\s|$)\s*")
# single spaces that justified text has between Chinese characters
_JUSTIFIED = re.compile(r"(?<=[\u4e00-\u9fff（）、。，；：！？《》]) (?=[\u4e00-\u9fff（）、。，；：！？《》])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ufffe\uffff\u200b-\u200f\u2028-\u202e\u2060\u00ad]")
_DOUBLE_MARK = re.compile(r"(?<=[A-Za-z0-9\u4e00-\u9fff)）”’\"\]》%])\*\*(?!\*)")
_NOTE_BELOW = 60  # lines from a mark to its note, at most
_MIN_PRINTED_RUN = 20
_MISSING = 5  # so many numbers may have got lost with a running head


def content_lines(source: SourceText) -> tuple[tuple[Line, ...], tuple[tuple[int, int], ...]]:
    """The lines that carry content, and the numbers to cite them by as (offset in the file, line number) pairs."""
    raw = _from_blocks(source.blocks) if source.blocks else _split(source.text)
    printed = {} if source.unit == "paragraph" else _printed_numbers(raw)
    lines = [_strip_number(line, printed.get(i)) for i, line in enumerate(raw)]
    signed = _double_signs(lines)
    lines = drop_contents([_clean(line, signs=i in signed) for i, line in enumerate(lines)])
    if not source.blocks:
        written = [line.text for line in raw]
        breaks = list(page_breaks(lines, written))
        lines = take_tables(drop_running(lines, written))
    else:
        breaks = _page_starts(raw, source.pages)
    if breaks:
        lines = take_notes(lines, pages_of(lines, breaks), printed)
    lines = take_table_notes(lines)
    if signed:
        lines = [line if _is_note(line) else _clean(line) for line in lines]
    if printed:
        numbers = tuple((raw[i].content.start, n) for i, n in sorted(printed.items()))
    else:
        numbers = source.places or tuple((line.content.start, line.number) for line in raw if line.text)
    return tuple(_join_state(drop_page_numbers(lines))), numbers or ((0, 1),)


def _split(issued: str) -> list[Line]:
    out, at = [], 0
    for number, text in enumerate(issued.split("\n"), 1):
        out.append(Line(Mapped.at(text, at), number))
        at += len(text) + 1
    return out


def _page_starts(lines: Sequence[Line], pages: Sequence[tuple[int, int]]) -> list[int]:
    """Indexes of the lines that begin a page."""
    starts = [line.content.start for line in lines]
    return [bisect_left(starts, offset) for offset, _ in pages]


def _from_blocks(blocks: Sequence[Block]) -> list[Line]:
    return [Line(block.content, number, block=block) for number, block in enumerate(blocks, 1)]


# -- printed line numbers --------------------------------------------------------------------------------------------


def _printed_numbers(lines: list[Line]) -> dict[int, int]:
    """Index of line -> number printed before it, where the numbers run on by one from line to line (or page by page)."""
    found: dict[int, int] = {}
    last = None
    for i, line in enumerate(lines):
        match = _PRINTED.match(line.text) if line.block is None or line.block.kind in LINES else None
        if match is None:
            continue
        number = int(match[1])
        follows = last is not None and number == last + 1
        again = last is None or number == 1 or last < number <= last + _MISSING
        if follows or (again and _run_starts(lines, i, number)):
            found[i] = last = number
    return found if len(found) >= _MIN_PRINTED_RUN else {}


def _run_starts(lines: list[Line], at: int, number: int) -> bool:
    """Whether number, number+1, number+2, … follow on the next lines that have text."""
    near = (lines[i].text for i in range(at + 1, min(at + 40, len(lines))))
    expected = number + 1
    for text in islice((t for t in near if t.strip()), 8):
        match = _PRINTED.match(text)
        if match and int(match[1]) == expected:
            expected += 1
    return expected >= number + 5


def _strip_number(line: Line, printed: int | None) -> Line:
    match = _PRINTED.match(line.text) if printed is not None else None
    return replace(line, content=line.content.cut(match.end())) if match else line


# -- noise inside a line ---------------------------------------------------------------------------------------------


def _double_signs(lines: Sequence[Line]) -> frozenset[int]:
    """The lines with ** that may be the sign of a note: one that begins a line, and one behind a word above it.

    Everywhere else ** is how text extraction writes bold letters.
    """
    out: set[int] = set()
    marked: list[int] = []
    for i, line in enumerate(lines):
        if "**" not in line.text:
            continue
        if line.block and line.block.kind == "row":
            marked.append(i)
        elif line.text.count("**") == 1:
            if line.text.lstrip().startswith("**") and marked and i - marked[-1] <= _NOTE_BELOW:
                out |= {i, *marked}
            elif _DOUBLE_MARK.search(line.text):
                marked.append(i)
    return frozenset(out)


def _is_note(line: Line) -> bool:
    return line.block is not None and line.block.kind in ("note", "footnote")


def _clean(line: Line, *, signs: bool = False) -> Line:
    """Without bold marks, invisible characters, outer white space and the spaces of justified Chinese text."""
    if line.block and line.block.kind == "row":
        return line
    bold = "**" in line.text and not signs
    content = line.content.without([m.span() for m in _BOLD.finditer(line.text)]) if bold else line.content
    if not content.text.isprintable():
        content = content.without([m.span() for m in _CONTROL.finditer(content.text)])
    trailing = content.text[-1:].isspace() and not content.text.isspace()
    content = content.strip()
    if not content.text.isascii():
        content = content.without([m.span() for m in _JUSTIFIED.finditer(content.text)])
    same = content is line.content and not trailing
    return line if same else replace(line, content=content, trailing=trailing or line.trailing)


def _join_state(lines: list[Line]) -> list[Line]:
    """Drops the empty lines and notes on the next one that they were there."""
    out, blank = [], False
    for line in lines:
        if line.text.strip():
            out.append(replace(line, blank_before=True) if blank else line)
        blank = not line.text.strip()
    return out
