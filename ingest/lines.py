"""From the text as issued to its lines, each recognised as what it is.

PDF extraction leaves printed line numbers, page numbers, running heads, tables of contents and bold marks among the text. A
line keeps the place of every character that it holds, so that nothing quoted later can lose its place in the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from ingest.mapped import Mapped
from ingest.readers.source import Block, SourceText

_BOLD = re.compile(r"\*\*")
_PRINTED = re.compile(r"\s*(?:-\s+)?(\d{1,5})(?=\s|$)\s*")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–]?\s*\d{1,4}\s*[-—–]?|page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*/\s*\d{1,4}"
    r"|第\s*\d{1,4}\s*页\s*[,，/]?\s*(?:共\s*\d{1,4}\s*页)?|.{0,60}\bpage\s+\d{1,4}\s*(?:of|/)\s*\d{1,4})\s*",
    re.IGNORECASE,
)
_FRONT_PAGE = re.compile(r"[ivx]{1,6}")
# what authorities print on every page, whether or not the pages can be told apart
_PRINTED_ON_PAGES = re.compile(
    r"\s*(?:Contains (?:Non)?[Bb]inding Recommendations|(?:Draft\s*[—–-]+\s*)?Not for Implementation)\s*", re.IGNORECASE
)
_TOC_HEAD = re.compile(r"\s*(?:目\s*[录次]|(?:table of )?contents)\s*", re.IGNORECASE)
_TOC_ENTRY = re.compile(
    r".*\S\s*(?:\.{2,}|(?:\. ){2,}|…+|·{2,}|\t)[.…·\s]*(?:\d{1,4}|[ivx]{1,5})\s*|.*\S\s{2,}\d{1,4}\s*"
)
_LOOSE_ENTRY = re.compile(
    r"(?:第|[\d（(一二三四五六七八九十附]|Annex|Appendix|Section|Part|[IVX]+\.|[A-Z]\.)[^，,。；;]*[^\s\d]\s+\d{1,4}"
)
# the wide characters of Unicode's East Asian Width (W and F), the blocks that guidelines use
_WIDE = re.compile(
    "[\u1100-\u115f\u231a\u231b\u2e80-\u303e\u3041-\u33ff\u3400-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff"
    "\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd]"
)
# single spaces that justified text has between Chinese characters
_JUSTIFIED = re.compile(r"(?<=[\u4e00-\u9fff（）]) (?=[\u4e00-\u9fff（）])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ufffe\uffff\u200b-\u200f\u2028-\u202e\u2060\u00ad]")
_MIN_PRINTED_RUN = 20
_MISSING = 5  # so many numbers may have got lost with a running head
_MIN_PAGES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its noise.

    `trailing` says that white space followed the text: some PDF writers mark a paragraph's end so. `blank_before` says
    that an empty line (or a dropped one) stood above. `block` is what a format with structure says of the line.
    """

    content: Mapped
    number: int
    trailing: bool = False
    blank_before: bool = False
    block: Block | None = None

    @property
    def text(self) -> str:
        return self.content.text

    @property
    def width(self) -> int:
        return display_width(self.content.text)


def display_width(text: str) -> int:
    """Columns that a text takes: two for a Chinese character, one for a Latin letter."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def content_lines(source: SourceText) -> tuple[tuple[Line, ...], tuple[tuple[int, int], ...]]:
    """The lines that carry content, and the numbers to cite them by as (offset in the file, line number) pairs."""
    raw = _from_blocks(source.blocks) if source.blocks else _split(source.text)
    printed = {} if source.unit == "paragraph" else _printed_numbers(raw)
    lines = [_strip_number(line, printed.get(i)) for i, line in enumerate(raw)]
    lines = _drop_contents([_clean(line) for line in lines])
    if not source.blocks:
        lines = _drop_running(lines, [line.text for line in raw])
    if printed:
        numbers = tuple((raw[i].content.start, n) for i, n in sorted(printed.items()))
    else:
        numbers = source.places or tuple((line.content.start, line.number) for line in raw if line.text)
    return tuple(_join_state(_drop_page_numbers(lines))), numbers or ((0, 1),)


def _split(issued: str) -> list[Line]:
    out, at = [], 0
    for number, text in enumerate(issued.split("\n"), 1):
        out.append(Line(Mapped.at(text, at), number))
        at += len(text) + 1
    return out


def _from_blocks(blocks: Sequence[Block]) -> list[Line]:
    return [Line(block.content, number, block=block) for number, block in enumerate(blocks, 1)]


# -- printed line numbers --------------------------------------------------------------------------------------------


def _printed_numbers(lines: list[Line]) -> dict[int, int]:
    """Index of line -> number printed before it, where the numbers run on by one from line to line (or page by page)."""
    found: dict[int, int] = {}
    last = None
    for i, line in enumerate(lines):
        match = _PRINTED.match(line.text) if line.block is None or line.block.kind in ("line", "start") else None
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


def _clean(line: Line) -> Line:
    """Without bold marks, invisible characters, outer white space and the spaces of justified Chinese text."""
    if line.block and line.block.kind == "row":
        return line
    content = line.content.without([m.span() for m in _BOLD.finditer(line.text)]) if "**" in line.text else line.content
    if not content.text.isprintable():
        content = content.without([m.span() for m in _CONTROL.finditer(content.text)])
    trailing = content.text[-1:].isspace() and not content.text.isspace()
    content = content.strip()
    if not content.text.isascii():
        content = content.without([m.span() for m in _JUSTIFIED.finditer(content.text)])
    same = content is line.content and not trailing
    return line if same else replace(line, content=content, trailing=trailing)


# -- contents, running heads, page numbers ---------------------------------------------------------------------------


def _drop_contents(lines: list[Line]) -> list[Line]:
    """Empties the table of contents: its title and every entry up to the first line that is not one.

    An entry may be wrapped: up to two lines that are none are passed over where an entry follows them.
    """
    head = next((i for i, line in enumerate(lines) if _TOC_HEAD.fullmatch(line.text)), None)
    if head is None:
        return lines
    end = at = head + 1
    wrapped = 0
    while at < len(lines) and wrapped <= 2:
        if _TOC_ENTRY.fullmatch(lines[at].text) or (end == at and _loose_entry(lines[at])):
            end, wrapped = at + 1, 0
        elif lines[at].text and not _PAGE_NUMBER.fullmatch(lines[at].text):
            wrapped += 1
        at += 1
    return [_empty(line) if head <= i < end else line for i, line in enumerate(lines)]


def _loose_entry(line: Line) -> bool:
    """An entry that only a space parts from its page, or one of a list that a format with links keeps."""
    if line.block and line.block.kind == "item":
        return True
    return not line.text or (len(line.text) <= 60 and bool(_LOOSE_ENTRY.fullmatch(line.text)))


def _drop_running(lines: list[Line], raw: Sequence[str]) -> list[Line]:
    """Empties running heads and feet: lines beside a page's end that come back, but for their digits, on most pages."""
    edges = list(_page_edges(lines, raw))
    counts = Counter(key for keys in ({_folded(lines[i].text) for i in page} for page in edges) for key in keys)
    wanted = max(_MIN_PAGES, len(edges) // 2)
    drop = {i for i, line in enumerate(lines) if _PRINTED_ON_PAGES.fullmatch(line.text)}
    drop |= {i for page in edges for i in page if counts[_folded(lines[i].text)] >= wanted}
    return [_empty(line) if i in drop else line for i, line in enumerate(lines)]


def _page_edges(lines: list[Line], raw: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Indexes of the two lines with text before and behind each page's end: a form feed or a page number on its own."""
    texts = [i for i, line in enumerate(lines) if line.text]
    place = {i: n for n, i in enumerate(texts)}
    for i, line in enumerate(lines):
        at = place.get(i)
        if at is not None and ("\f" in raw[i] or _PAGE_NUMBER.fullmatch(line.text) or _FRONT_PAGE.fullmatch(line.text)):
            yield tuple(texts[n] for n in range(max(at - 2, 0), min(at + 3, len(texts))))


def _folded(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _drop_page_numbers(lines: list[Line]) -> list[Line]:
    return [_empty(line) if not _kept(line) and _PAGE_NUMBER.fullmatch(line.text) else line for line in lines]


def _kept(line: Line) -> bool:
    """A part that its format sets apart is no page number, whatever it says."""
    return line.block is not None and line.block.kind not in ("line", "start")


def _empty(line: Line) -> Line:
    return replace(line, content=Mapped("", ()))


def _join_state(lines: list[Line]) -> list[Line]:
    """Drops the empty lines and notes on the next one that they were there."""
    out, blank = [], False
    for line in lines:
        if line.text.strip():
            out.append(replace(line, blank_before=True) if blank else line)
        blank = not line.text.strip()
    return out
