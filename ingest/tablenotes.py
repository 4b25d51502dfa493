"""Notes right below a table: "Note: …", "注：…", and lines that begin with a sign which a cell of the table bears.

They belong to the table; the clause goes on behind them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.footnotes import joined, sign_of
from ingest.layout import TERMINAL
from ingest.line import Line, emptied
from ingest.readers.source import LINES, Block

_NAMED = re.compile(
    r"(?:备\s*注|注\s*解?|说明|缩略[语词]|缩写|资料来源|数据来源|来源)\s*(?:\d{1,2}|[①-⑳])?\s*[:：]|注\s*\d{1,2}\s*[.．、]"
    r"|(?:Notes?|NOTES?|Footnotes?|Abbreviations?|Abbreviations used|Sources?|Key|Legend|Remarks?)(?:\s*\d{1,2})?\s*(?:[:：]|\.(?=\s))"
)
_COUNTED = re.compile(r"[（(]?(\d{1,2})[.．、)）]")
_RAISED = re.compile(r"([¹²³⁴⁵⁶⁷⁸⁹ªᵃᵇᶜᵈᵉ#])\s*(?=\S)")
_MOST = 20  # lines of notes below one table


def take_table_notes(lines: list[Line]) -> list[Line]:
    """The lines with each note below a table as one part of its own, which says that it is the table's.

    Notes at the foot of the page are taken already and may stand between.
    """
    out = list(lines)
    table: list[str] = []
    for i, line in enumerate(lines):
        if _is_row(line):
            table.append(line.text)
        elif table and line.text and not (line.block and line.block.kind == "footnote"):
            _take(out, i, "\n".join(table))
            table = []
    return out


def _is_row(line: Line) -> bool:
    return line.block is not None and line.block.kind == "row"


def _take(lines: list[Line], at: int, table: str) -> None:
    """Makes parts of the notes that stand from a line on; `table` is the text of the table above."""
    before = ""
    for _ in range(_MOST):
        at = next((i for i in range(at, len(lines)) if lines[i].text), len(lines))
        if at == len(lines) or not _begins(lines[at], before, table):
            return
        end = at + 1
        while end < len(lines) and _goes_on(lines[end - 1], lines[end], before, table):
            end += 1
        content = joined([line.content for line in lines[at:end]])
        lines[at] = replace(lines[at], content=content, block=Block(content, "note"))
        lines[at + 1 : end] = [emptied(line) for line in lines[at + 1 : end]]
        before, at = content.text, end


def _begins(line: Line, before: str, table: str) -> bool:
    """Whether a line begins a note; `before` is the note above it, which may count several."""
    if line.block and line.block.kind not in (*LINES, "paragraph", "item"):
        return False
    if _NAMED.match(line.text):
        return True
    sign = sign_of(line.text) or ((found := _RAISED.match(line.text)) and found[1])
    if sign:
        return bool(re.search(rf"(?<!{re.escape(sign[0])}){re.escape(sign)}(?!{re.escape(sign[0])})", table))
    number = _COUNTED.match(line.text)
    return bool(number and before) and _counts_on(before, int(number[1]) if number else 0)


def _counts_on(before: str, number: int) -> bool:
    """Whether a note's number follows that of the note above: "注：1. …", then "2. …"."""
    named = _NAMED.match(before)
    last = _COUNTED.match(before[named.end() :].lstrip() if named else before)
    return number == (int(last[1]) + 1 if last else 1 if named and named.end() == len(before) else 0)


def _goes_on(above: Line, line: Line, before: str, table: str) -> bool:
    """Whether a line goes on with the note above: lines of a page say so themselves, bare ones by an open sentence."""
    if not line.text or _begins(line, above.text, table) or _begins(line, before, table):
        return False
    if line.block:
        return line.block.kind == "line"
    return not TERMINAL.search(above.text) and not line.blank_before
