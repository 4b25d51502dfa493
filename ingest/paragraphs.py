"""From lines to paragraphs: line breaks and page breaks inside a sentence are closed, real paragraph ends are kept.

No single sign of a paragraph's end holds for every PDF writer, so the layout is measured first: whether lines are wrapped
at a column, whether empty lines stand between paragraphs only, and whether trailing white space marks a paragraph's end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.numbering import Marker, Numbering, reference_marker

_TERMINAL = re.compile(r"[。！？；：:;!?][”’」』）)\]]*$|\.$")
_ASCII_WORD = re.compile(r"[A-Za-z0-9,.;:%)\]]")
_ALNUM = re.compile(r"[A-Za-z0-9]")
_CJK = re.compile(r"[\u4e00-\u9fff]")
_CAPTION = re.compile(r"\s*(?:图|表|Figure|Table)\s*\d+[\s:：.、]+\S")
_REFERENCES = re.compile(
    r"(?:[\d.一二三四五六七八九十、]+\s*)?(?:主要)?(?:参考文献|参考资料|references|bibliography)",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[，,。；;]")
_SOFT_HEADING_WIDTH = 60
_JOINED = -1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of clean text. `offsets[i]` is where `text[i]` stands in the file, -1 for a joining space."""

    text: str
    offsets: tuple[int, ...]
    marker: Marker | None
    kind: str  # "text", "heading", "soft-heading", "caption", "references", "reference"

    @property
    def body(self) -> str:
        """The text behind the marker."""
        return self.text[len(self.marker.text) :] if self.marker and not self.marker.drop else self.text


@dataclass(frozen=True, slots=True)
class Layout:
    """How this file shows its paragraphs. `column` is the usual width of a full line, in Latin letters."""

    column: int
    wrapped: bool
    trailing_ends: bool
    blank_ends: bool
    spaced: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Layout:
        widths = sorted(line.width for line in lines) or [0]
        column = widths[int(len(widths) * 0.9)] if len(widths) > 1 else widths[0]
        near = sum(0.85 * column <= w <= 1.2 * column for w in widths)
        trailing = sum(line.trailing for line in lines) / max(len(lines), 1)
        blank = sum(line.blank_before for line in lines) / max(len(lines), 1)
        text = "\n".join(line.text for line in lines)
        spaced = len(re.findall(r"[\u4e00-\u9fff] [A-Za-z0-9]", text))
        tight = len(re.findall(r"[\u4e00-\u9fff][A-Za-z0-9]", text))
        return cls(column, near >= 0.4 * len(widths), 0.04 < trailing < 0.6, blank < 0.6, spaced > tight)

    def full(self, line: Line, share: float = 0.9) -> bool:
        return line.width >= share * self.column


def paragraphs(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """The paragraphs of a file's content lines, in order. Markers are those that begin a paragraph."""
    layout, numbering = Layout.of(lines), Numbering()
    out: list[Paragraph] = []
    group: list[Line] = []
    marker: Marker | None = None
    references = False
    for line in lines:
        cover = not numbering.last and not layout.trailing_ends and line.blank_before
        found = reference_marker(line.text) if references else numbering.find(line.text)
        head = marker if len(group) == 1 else None
        if group and (found or cover or not _continues(group[-1], line, head, layout, references)):
            out.append(_paragraph(group, marker, layout, references))
            references = references or out[-1].kind == "references"
            group, marker = [], None
            found = reference_marker(line.text) if references else found
        if not group:
            marker = found
            if found and not references:
                numbering.accept(found)
        group.append(line)
    return (*out, _paragraph(group, marker, layout, references)) if group else tuple(out)


def _continues(line: Line, following: Line, marker: Marker | None, layout: Layout, references: bool) -> bool:
    """Whether the following line goes on with the paragraph that `line` stands in."""
    if any(_CAPTION.match(x.text) or _REFERENCES.fullmatch(x.text) for x in (line, following)):
        return False
    if references:
        return True
    if layout.trailing_ends and layout.wrapped:
        ascii_end = bool(_ASCII_WORD.match(line.text[-1]))
        return not line.trailing or (ascii_end and layout.full(line, 0.8))
    if _TERMINAL.search(line.text):
        return layout.wrapped and layout.blank_ends and not following.blank_before and layout.full(line, 0.7)
    return not (_is_heading(line, following, marker, layout) or _is_soft_heading(line, following, marker))


def _is_heading(line: Line, following: Line, marker: Marker | None, layout: Layout) -> bool:
    if not marker or marker.style == "bullet" or _COMMA.search(line.text):
        return False
    if layout.blank_ends and not following.blank_before:
        return False
    return not layout.full(line) if layout.wrapped else line.width <= _SOFT_HEADING_WIDTH


def _is_soft_heading(line: Line, following: Line, marker: Marker | None) -> bool:
    """A short line of its own without a marker: 患者报告结局（patient reported outcome，PRO）."""
    short = line.width <= 28 and following.blank_before and line.blank_before
    return not marker and short and not _COMMA.search(line.text)


def _paragraph(group: Sequence[Line], marker: Marker | None, layout: Layout, references: bool) -> Paragraph:
    text, offsets = _join(group, layout)
    if marker and marker.drop:
        cut = len(marker.text)
        text, offsets = text[cut:], offsets[cut:]
    return Paragraph(text, offsets, marker, _kind(text, marker, references))


def _kind(text: str, marker: Marker | None, references: bool) -> str:
    if references:
        return "reference"
    if _REFERENCES.fullmatch(text.strip()):
        return "references"
    if _CAPTION.match(text) and len(text) <= 60 and not _TERMINAL.search(text):
        return "caption"
    ends = bool(_TERMINAL.search(text))
    if marker and marker.style != "bullet":
        return "text" if ends or _COMMA.search(text[len(marker.text) :].split("（", maxsplit=1)[0]) else "heading"
    if not marker and not ends and len(text) <= 50 and not re.search(r"[，,。；;].{12,}", text):
        return "soft-heading"
    return "text"


def _join(group: Sequence[Line], layout: Layout) -> tuple[str, tuple[int, ...]]:
    text, offsets = group[0].text, list(group[0].offsets)
    for line in group[1:]:
        if _needs_space(text, line.text, layout):
            text += " "
            offsets.append(_JOINED)
        text += line.text
        offsets += line.offsets
    return text, tuple(offsets)


def _needs_space(left: str, right: str, layout: Layout) -> bool:
    """English words keep their space over a line break; a hyphen at the line's end belongs to its word."""
    a, b = left[-1], right[0]
    if _ASCII_WORD.match(a) and re.match(r"[A-Za-z0-9(\[<]", b):
        return not re.search(r"<?https?://\S*$", left)
    mixed = (_CJK.match(a) and _ALNUM.match(b)) or (_ALNUM.match(a) and _CJK.match(b))
    return layout.spaced and bool(mixed)
