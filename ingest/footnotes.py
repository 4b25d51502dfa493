"""Notes at the foot of a page: told from the text above them, joined into one part each, their marks taken out of the text.

Lines are taken for notes only where their sign is the next one and the text above on the same page bears it as a mark
("…disease.2 Specifically", "主要终点*的定义"), so that a numbered list at the end of a page stays one. Signs are numbers that run
on through the document, circled numbers that begin again on every page, and symbols (* ** † †† ‡ § ¶ ※), each once on a page:
lines that all begin with the same one are a list.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.line import Line, emptied
from ingest.mapped import Mapped, join, space
from ingest.numbering import CIRCLED
from ingest.readers.source import LINES, Block

_NOTE = re.compile(r"(\d{1,3})\s*(?=[A-Z“\"‘'(\[\u4e00-\u9fff]|https?:|www\.)")
_SIGN = re.compile(rf"([*＊]{{1,3}}|†{{1,2}}|‡{{1,2}}|[§¶※{CIRCLED}])(?![*＊†‡]|\1)\s*(?=\S)")
_MOST_LINES, _MOST_SIGNED = 40, 15
_BEFORE_MARK = r"(?<=[A-Za-z\u4e00-\u9fff,.;:)”’\"\]）。，；])(?<!\b[A-Z])(?<!\b[A-Za-z][A-Z])"
_BEFORE_SIGN = r"(?<=[A-Za-z0-9\u4e00-\u9fff)）”’\"\]》])"
# what goes before a circled number that names a list's item, and what stands behind one that is a mark
_BEFORE_ITEM = r"(?<![括如为即有和与及或见第按项是])"
_BEHIND_MARK = rf"(?=$|[\s。，；、：！？,.;:)）”’》的])(?!\s*[、和与及至或~～-]\s*[{CIRCLED}])"
_SPACE_BEHIND = r"(?: (?=[\u4e00-\u9fff，。；、：）]))?"  # that a raised mark leaves in Chinese text


@dataclass(frozen=True, slots=True)
class _Foot:
    """The lines of a page at which notes begin, and (line, start, end) of their marks above."""

    starts: tuple[int, ...]
    marks: tuple[tuple[int, int, int], ...]


def take_notes(lines: list[Line], pages: Iterable[Sequence[int]], printed: Iterable[int]) -> list[Line]:
    """The lines with each note as one block of its own. `pages` are indexes of lines, `printed` those with a line number."""
    out, last, numbered = list(lines), 0, set(printed)
    for page in pages:
        texts = [lines[i].text for i in page]
        lined = [i in numbered for i in page]
        counted = _foot(texts, last, lined)
        at = counted or _signed_foot(texts, lined)
        if at is None:
            continue
        last += len(at.starts) if counted else 0
        for line, start, end in reversed(at.marks):
            out[page[line]] = replace(out[page[line]], content=out[page[line]].content.without([(start, end)]))
        ends = [*at.starts[1:], len(page)]
        for start, end in zip(at.starts, ends, strict=True):
            content = joined([out[page[i]].content for i in range(start, end)])
            out[page[start]] = replace(out[page[start]], content=content, block=Block(content, "footnote"))
            for i in range(start + 1, end):
                out[page[i]] = emptied(out[page[i]])
    return out


def pages_of(lines: Sequence[Line], breaks: Iterable[int]) -> Iterator[list[int]]:
    """The indexes of the lines with text, page by page; `breaks` are indexes of lines at which a page ends."""
    edges, page = sorted(breaks), 0
    found: list[int] = []
    for i, line in enumerate(lines):
        here = bisect_right(edges, i)
        if here != page and found:
            yield found
            found = []
        page = here
        if line.text and (line.block is None or line.block.kind in LINES):
            found.append(i)
    if found:
        yield found


def _foot(page: Sequence[str], last: int, numbered: Sequence[bool]) -> _Foot | None:
    """The notes of a page; `last` is the number of the note before them."""
    for at in range(max(len(page) - _MOST_LINES, 1), len(page)):
        if _number(page[at]) == last + 1 and not any(numbered[at:]):
            foot = _notes(page, at, last + 1)
            if foot.marks:
                return foot
    return None


def _signed_foot(page: Sequence[str], numbered: Sequence[bool]) -> _Foot | None:
    """The notes of a page that symbols or circled numbers mark; every mark above is taken, for one may come back."""
    window = range(max(len(page) - _MOST_SIGNED, 1), len(page))
    signed = {i: sign for i in window if (sign := sign_of(page[i]))}
    symbols = [sign for sign in signed.values() if sign not in CIRCLED]
    if len(set(symbols)) < len(symbols):
        return None
    for nth, at in enumerate(signed):
        signs = list(signed.values())[nth:]
        marks = [list(_sign_marks(page[:at], sign)) for sign in signs]
        if all(marks) and _in_order(signs) and not any(numbered[at:]):
            return _Foot(tuple(signed)[nth:], tuple(sorted(mark for found in marks for mark in found)))
    return None


def sign_of(line: str) -> str:
    """The symbol or circled number that a line begins with, empty where it begins with none."""
    match = _SIGN.match(line)
    return match[1] if match else ""


def _in_order(signs: Sequence[str]) -> bool:
    """Whether circled numbers among signs count from one."""
    circled = [sign for sign in signs if sign in CIRCLED]
    return circled == list(CIRCLED[: len(circled)])


def _sign_marks(lines: Sequence[str], sign: str) -> Iterator[tuple[int, int, int]]:
    """Line, start and end of every mark of a sign."""
    around = (
        (_BEFORE_SIGN + _BEFORE_ITEM, _BEHIND_MARK)
        if sign in CIRCLED
        else (_BEFORE_SIGN, rf"(?![A-Za-z0-9{re.escape(sign[0])}])")
    )
    mark = re.compile(rf"{around[0]}{re.escape(sign)}{around[1]}{_SPACE_BEHIND}")
    for i, line in enumerate(lines):
        yield from ((i, match.start(), match.end()) for match in mark.finditer(line))


def _notes(page: Sequence[str], at: int, number: int) -> _Foot:
    """The notes from a line on, as long as the text above bears their marks in order."""
    starts: list[int] = []
    marks: list[tuple[int, int, int]] = []
    above, place = 0, 0
    for i in range(at, len(page)):
        if _number(page[i]) != number:
            continue
        mark = _mark(page[:at], number, above, place)
        if mark is None:
            break
        marks.append(mark)
        above, _, place = mark
        starts.append(i)
        number += 1
    return _Foot(tuple(starts), tuple(marks))


def _number(line: str) -> int | None:
    match = _NOTE.match(line)
    return int(match[1]) if match else None


def _mark(lines: Sequence[str], number: int, above: int, place: int) -> tuple[int, int, int] | None:
    """Line, start and end of the first mark of a number from a place on."""
    mark = re.compile(rf"{_BEFORE_MARK}{number}(?![\d%A-Za-z]|[.,]\d)")
    for i in range(above, len(lines)):
        if match := mark.search(lines[i], place if i == above else 0):
            return i, match.start(), match.end()
    return None


def joined(parts: Sequence[Mapped]) -> Mapped:
    """The lines of a note as one text, a space where words meet."""
    out: list[Mapped] = []
    for part in parts:
        if out and (out[-1].text[-1:].isascii() or part.text[:1].isascii()):
            out.append(space())
        out.append(part)
    return join(out)
