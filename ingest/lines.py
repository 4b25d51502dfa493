"""From the text as issued to its lines, each recognised as what it is.

PDF extraction leaves printed line numbers, page numbers, tables of contents and bold marks among the text. A line keeps
the offset of every character that it holds, so that nothing quoted later can lose its place in the file.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

_BOLD = re.compile(r"\*\*")
_PRINTED = re.compile(r"\s*(?:-\s+)?(\d{1,4})(?=\s|$)\s*")
_LONE_NUMBER = re.compile(r"\s*[-—]?\s*\d{1,4}\s*[-—]?\s*")
_TOC_HEAD = re.compile(r"\s*(?:目\s*[录次]|(?:table of )?contents)\s*", re.IGNORECASE)
_TOC_ENTRY = re.compile(r".*\S\s*(?:\.{2,}|…+|·{2,}|\t)[.…·\s]*\d{1,4}\s*|.*\S\s{2,}\d{1,4}\s*")
_MIN_PRINTED_RUN = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its noise. `offsets[i]` is where `text[i]` stands in the file; both have the same length.

    `trailing` says that white space followed the text: some PDF writers mark a paragraph's end so. `blank_before` says
    that an empty line (or a dropped one) stood above.
    """

    text: str
    offsets: tuple[int, ...]
    number: int
    trailing: bool
    blank_before: bool

    @property
    def width(self) -> int:
        return display_width(self.text)


def display_width(text: str) -> int:
    """Columns that a text takes: two for a Chinese character, one for a Latin letter."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def content_lines(issued: str) -> tuple[tuple[Line, ...], tuple[tuple[int, int], ...]]:
    """The lines that carry content, and the numbers to cite them by as (offset in the file, line number) pairs."""
    raw = _split(issued)
    printed = _printed_numbers(raw)
    lines = [_strip_number(line, printed.get(i)) for i, line in enumerate(raw)]
    lines = _drop_contents([_clean(line) for line in lines])
    if printed:
        numbers = tuple((raw[i].offsets[0], n) for i, n in sorted(printed.items()))
    else:
        numbers = tuple((line.offsets[0], line.number) for line in raw if line.offsets)
    return tuple(_join_state(_drop_page_numbers(lines))), numbers


def _split(issued: str) -> list[Line]:
    out, at = [], 0
    for number, text in enumerate(issued.split("\n"), 1):
        out.append(Line(text, tuple(range(at, at + len(text))), number, trailing=False, blank_before=False))
        at += len(text) + 1
    return out


def _printed_numbers(lines: list[Line]) -> dict[int, int]:
    """Index of line -> number printed before it, where the numbers run on by one from line to line."""
    found: dict[int, int] = {}
    for i, line in enumerate(lines):
        match = _PRINTED.match(line.text)
        if match and (number := int(match[1])) == (max(found.values()) + 1 if found else number):
            if not found and not _run_starts(lines, i, number):
                continue
            found[i] = number
    return found if len(found) >= _MIN_PRINTED_RUN else {}


def _run_starts(lines: list[Line], at: int, number: int) -> bool:
    """Whether number, number+1, number+2, … follow on the next lines that have text."""
    following = [line.text for line in lines[at + 1 :] if line.text.strip()][:8]
    expected = number + 1
    for text in following:
        match = _PRINTED.match(text)
        if match and int(match[1]) == expected:
            expected += 1
    return expected >= number + 5


def _strip_number(line: Line, printed: int | None) -> Line:
    if printed is None:
        return line
    match = _PRINTED.match(line.text)
    cut = match.end() if match else 0
    return replace(line, text=line.text[cut:], offsets=line.offsets[cut:])


def _clean(line: Line) -> Line:
    """Without bold marks, outer white space and the single spaces that justified text has between Chinese characters."""
    keep = [True] * len(line.text)
    for match in _BOLD.finditer(line.text):
        keep[match.start() : match.end()] = [False] * 2
    text = "".join(c for c, k in zip(line.text, keep, strict=True) if k)
    offsets = tuple(o for o, k in zip(line.offsets, keep, strict=True) if k)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    trailing = bool(text.strip()) and end < len(text)
    return _unjustify(replace(line, text=text[start:end], offsets=offsets[start:end], trailing=trailing))


_JUSTIFIED = re.compile(r"(?<=[\u4e00-\u9fff（）]) (?=[\u4e00-\u9fff（）])")


def _unjustify(line: Line) -> Line:
    drop = {m.start() for m in _JUSTIFIED.finditer(line.text)}
    if not drop:
        return line
    kept = [i for i in range(len(line.text)) if i not in drop]
    return replace(line, text="".join(line.text[i] for i in kept), offsets=tuple(line.offsets[i] for i in kept))


def _drop_contents(lines: list[Line]) -> list[Line]:
    """Empties the table of contents: its title and every entry up to the first line that is not one."""
    head = next((i for i, line in enumerate(lines) if _TOC_HEAD.fullmatch(line.text)), None)
    if head is None:
        return lines
    end = head + 1
    while end < len(lines) and (not lines[end].text or _TOC_ENTRY.fullmatch(lines[end].text)):
        end += 1
    return [_empty(line) if head <= i < end else line for i, line in enumerate(lines)]


def _drop_page_numbers(lines: list[Line]) -> list[Line]:
    return [_empty(line) if _LONE_NUMBER.fullmatch(line.text) else line for line in lines]


def _empty(line: Line) -> Line:
    return replace(line, text="", offsets=())


def _join_state(lines: list[Line]) -> list[Line]:
    """Drops the empty lines and notes on the next one that they were there."""
    out, blank = [], False
    for line in lines:
        if line.text:
            out.append(replace(line, blank_before=blank))
        blank = not line.text
    return out
