"""From lines to paragraphs: line breaks and page breaks inside a sentence are closed, real paragraph ends are kept.

A format with structure says where paragraphs begin. For bare lines no single sign of a paragraph's end holds for every PDF
writer, so the layout is measured first: whether lines are wrapped at a column, whether empty lines stand between paragraphs
only, and whether trailing white space marks a paragraph's end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from ingest.kinds import BACK_MATTER, CAPTION, COMMA, LATIN_COMMA, REFERENCES, capitalised, is_soft_title, kind_of
from ingest.layout import TERMINAL, Layout
from ingest.line import Line
from ingest.mapped import Mapped, join, space
from ingest.numbering import RANKS, Marker, reference_marker
from ingest.readers.source import LINES, Block
from ingest.series import Numbering, Start

# a heading of a few words: no stop, no figure, nothing that asks for more words
_FEW_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z（）()“”/-]{2,16}(?<![的和与或及在对为于至由以从将被按即如等可应能不])")
_SENTENCE = re.compile(r"[，。；]")
_ASCII_WORD = re.compile(r"[A-Za-z0-9,.;:%)\]’”!?]")
_ALNUM = re.compile(r"[A-Za-z0-9]")
_CJK = re.compile(r"[\u4e00-\u9fff]")
_SPEECH = re.compile(r"[问答]\s*[:：]|(?:Answer|Question|ANSWER|QUESTION|[QA])\s*\d{0,3}\s*[:：]")
_ATTACHED = re.compile(r"\s*附\s*件\s*[:：]")
_SOFT_HEADING_WIDTH = 60
_NUMBERED = 3  # a document with so many numbered headings is read by its numbers
_URL_END = re.compile(r"<?https?://\S*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of clean text with its place in the file, the marker that it begins with, and what it is."""

    content: Mapped
    marker: Marker | None
    kind: str  # "text", "heading", "soft-heading", "caption", "row", "note", "footnote", "references", "reference"
    block: Block | None = None

    @property
    def text(self) -> str:
        return self.content.text

    @property
    def body(self) -> str:
        """The text behind the marker."""
        return self.text[len(self.marker.text) :] if self.marker and not self.marker.drop else self.text


def paragraphs(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """The paragraphs of a file's content lines, notes last. Markers are those that begin a paragraph."""
    grouping = _Grouping(Layout.of(lines))
    for line in lines:
        if line.block and line.block.kind == "footnote":
            grouping.notes.append(Paragraph(line.content, None, "footnote", line.block))
        else:
            grouping.add(line)
    grouping.close()
    return (*_ranked(grouping.out), *grouping.notes)


def _ranked(found: Sequence[Paragraph]) -> list[Paragraph]:
    """In a document that numbers next to nothing, what is set off as headings are has the level that its look gives it.

    What is set largest of all and once is the title.
    """
    numbered = sum(p.kind == "heading" and p.marker is not None for p in found)
    looks = Counter(p.block.level for p in found if p.kind == "soft-heading" and p.block and p.block.kind == "title")
    if numbered >= _NUMBERED or sum(looks.values()) < _NUMBERED:
        return list(found)
    levels = sorted(looks)
    while len(levels) > 1 and looks[levels[0]] == 1:
        levels.pop(0)
    ranks = {level: rank for rank, level in enumerate(levels, 1)}
    first = next(i for i, p in enumerate(found) if _heading(p, {levels[0]: 1}) is not p)
    return [*found[:first], *(_heading(p, ranks) for p in found[first:])]


def _heading(paragraph: Paragraph, ranks: Mapping[int, int]) -> Paragraph:
    block = paragraph.block
    if paragraph.kind != "soft-heading" or not block or block.kind != "title" or block.level not in ranks:
        return paragraph
    return replace(paragraph, kind="heading", block=replace(block, level=ranks[block.level]))


@dataclass(slots=True)
class _Grouping:
    """Lines gathered into the paragraph that is open; `references` says that a list of references has begun."""

    layout: Layout
    numbering: Numbering = field(default_factory=Numbering)
    out: list[Paragraph] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    group: list[Line] = field(default_factory=list)
    marker: Marker | None = None
    references: bool = False
    attached: bool = False

    def add(self, line: Line) -> None:
        found = self._find(line)
        if self.group and (found or self._ends(line)):
            listing = self.references
            self.close()
            if found is None or self.references != listing:
                found = self._find(line)
        if not self.group:
            self.marker = found
            if found and found.style != "reference":
                self.references = False
                self.numbering.accept(found)
        self.group.append(line)

    def close(self) -> None:
        """Ends the paragraph that is open."""
        if not self.group:
            return
        paragraph = _paragraph(self.group, self.marker, self.layout, self.references)
        self.out.append(paragraph)
        self.references = self.references or paragraph.kind == "references"
        if paragraph.kind in ("soft-heading", "heading") and not paragraph.marker:
            self.references = self.references and not paragraph.block
            self.numbering.heading()
        self.group, self.marker = [], None

    def _find(self, line: Line) -> Marker | None:
        """The marker that the line begins with, where one is due."""
        if line.block and line.block.kind in ("row", "caption", "note", "footnote"):
            return None
        if self._listed_in_notice(line):
            return None
        if line.block and line.block.kind == "item" and not self.references:
            return self.numbering.listed(line.text, line.block.level)
        stem = not self.group and bool(self.out) and self.out[-1].text.endswith((":", "："))
        stem = stem or (bool(self.group) and self.group[-1].text.endswith((":", "：")))
        if not self.references:
            return self.numbering.find(line.text, self._start(line), stem=stem)
        return self._leaves_references(line) or reference_marker(line.text)

    def _listed_in_notice(self, line: Line) -> bool:
        """Whether a number is that of a document which the covering notice attaches."""
        above = self.group[0].text if self.group else self.out[-1].text if self.out else ""
        self.attached = not self.numbering.started and bool(
            _ATTACHED.match(above) or (self.attached and above[:1].isdecimal())
        )
        return self.attached and line.text[:1].isdecimal()

    def _leaves_references(self, line: Line) -> Marker | None:
        """An annex, or a heading that the format marks, ends the list of references."""
        heading = line.block is not None and line.block.kind == "heading"
        found = self.numbering.find(line.text, "sure" if heading else "open")
        return found if found and (heading or found.style in ("annex", "annex-only", "cn", "chapter")) else None

    def _start(self, line: Line) -> Start:
        if line.block and line.block.kind not in LINES:
            return "sure"
        if line.block and line.block.kind == "title":
            return "title"
        if not self.group or (line.block and line.block.kind == "start"):
            return "open"
        above = self.group[-1]
        one_liner = len(self.group) == 1 and self.marker is not None and not COMMA.search(above.text)
        unfinished = not TERMINAL.search(above.text) and not above.trailing and not one_liner
        return "wrapped" if unfinished and self.layout.wrapped and self.layout.full(above, 0.8) else "open"

    def _ends(self, line: Line) -> bool:
        """Whether the open paragraph ends above this line."""
        above = self.group[-1]
        if line.block or above.block:
            return _block_ends(above, line)
        if not self.numbering.started and not self.layout.trailing_ends and line.blank_before:
            return True
        if len(self.group) == 1 and not self.marker and self._is_lone_title(above, line):
            return True
        head = self.marker if len(self.group) == 1 else None
        return not _continues(above, line, head, self.layout, self.references)

    def _is_lone_title(self, line: Line, following: Line) -> bool:
        """Whether an unmarked line is the title below "Article 1", or a heading in a text without empty lines."""
        last = self.out[-1] if self.out else None
        if TERMINAL.search(line.text) or self.layout.full(line, 0.6) or following.text[0].islower():
            return False
        if last and last.marker and last.marker.style in RANKS and not last.body.strip():
            return True
        if not self.layout.dense:
            return False
        return is_soft_title(line.text, self.layout) if self.layout.latin else self._is_set_off(line, following, last)

    def _is_set_off(self, line: Line, following: Line, last: Paragraph | None) -> bool:
        """Whether a few Chinese words between sentences are a heading, in a text whose paragraphs are a line each."""
        if self.layout.wrapped or last is None or not _FEW_WORDS.fullmatch(line.text):
            return False
        behind = last.kind == "heading" or TERMINAL.search(last.text)
        sentence = _CJK.match(following.text) and _SENTENCE.search(following.text)
        return bool(behind and sentence) and following.width >= 1.5 * line.width


def _block_ends(above: Line, line: Line) -> bool:
    """Lines of a page run on where the format does not say that a paragraph begins; other parts stand alone."""
    if line.block is None or above.block is None or line.block.kind != "line":
        return True
    if _stands_alone(line.text) or _stands_alone(above.text):
        return True
    return above.block.kind not in LINES


@lru_cache(maxsize=8)
def _stands_alone(text: str) -> bool:
    """Whether a line is a caption, or the heading of a list of references, terms or abbreviations."""
    return bool(CAPTION.match(text) or REFERENCES.fullmatch(text) or BACK_MATTER.fullmatch(text))


def _continues(line: Line, following: Line, marker: Marker | None, layout: Layout, references: bool) -> bool:
    """Whether the following line goes on with the paragraph that `line` stands in."""
    if _stands_alone(line.text) or _stands_alone(following.text) or _SPEECH.match(following.text):
        return False
    if references:
        return True
    if layout.trailing_ends and layout.wrapped:
        ascii_end = bool(_ASCII_WORD.match(line.text[-1]))
        return not line.trailing or (ascii_end and layout.full(line, 0.8))
    if TERMINAL.search(line.text):
        return _goes_on_behind_stop(line, following, layout)
    if layout.latin and _latin_break(line, following, layout):
        return False
    return not (_is_heading(line, following, marker, layout) or _is_soft_heading(line, following, marker, layout))


def _goes_on_behind_stop(line: Line, following: Line, layout: Layout) -> bool:
    """Whether a line that ends a sentence is followed by the same paragraph's next one."""
    if layout.wrapped and layout.dense:
        return layout.full(line) and not line.text.endswith((":", "："))
    apart = not layout.blank_ends or following.blank_before
    return not apart and ((layout.wrapped and layout.full(line, 0.7)) or layout.had_no_room(line, following))


def _latin_break(line: Line, following: Line, layout: Layout) -> bool:
    """An English line that stops short before an empty line and a capital is a paragraph's end, or a heading."""
    capital = following.text[0].isupper() or not following.text[0].isalnum()
    apart = layout.blank_ends or not layout.wrapped
    return apart and following.blank_before and capital and not layout.full(line, 0.8)


def _is_heading(line: Line, following: Line, marker: Marker | None, layout: Layout) -> bool:
    if not marker or marker.style == "bullet" or (LATIN_COMMA if layout.latin else COMMA).search(line.text):
        return False
    if layout.latin and not layout.full(line, 0.8) and capitalised(line.text[len(marker.text) :]):
        return following.text[0].isupper() or following.text[0].isdigit() or following.blank_before
    if not layout.full(line, 0.8 if layout.wrapped else 0.5) and line.width <= _SOFT_HEADING_WIDTH:
        return True
    if layout.blank_ends and not following.blank_before:
        return False
    if layout.latin and following.text[0].islower():
        return False
    return not layout.full(line) if layout.wrapped else line.width <= _SOFT_HEADING_WIDTH


def _is_soft_heading(line: Line, following: Line, marker: Marker | None, layout: Layout) -> bool:
    """A short line of its own without a marker: 患者报告结局（patient reported outcome，PRO）."""
    if not marker and layout.wrapped and not layout.latin and not following.blank_before and not layout.full(line, 0.5):
        return not re.search(r"[，,、（(]$", line.text) and following.text[0] not in "（("
    short = line.width <= 28 and following.blank_before and line.blank_before
    return not marker and short and not COMMA.search(line.text)


# -- what a paragraph is ---------------------------------------------------------------------------------------------


def _paragraph(group: Sequence[Line], marker: Marker | None, layout: Layout, references: bool) -> Paragraph:
    content, block = _join(group, layout), group[0].block
    if marker and marker.drop:
        content = content.cut(len(marker.text))
    return Paragraph(content, marker, kind_of(content.text, marker, references, block, layout), block)


# -- joining ---------------------------------------------------------------------------------------------------------


def _join(group: Sequence[Line], layout: Layout) -> Mapped:
    if len(group) == 1:
        return group[0].content
    parts = [group[0].content]
    for above, line in pairwise(group):
        if _needs_space(above.text, line.text, layout):
            parts.append(space())
        parts.append(line.content)
    return join(parts)


def _needs_space(left: str, right: str, layout: Layout) -> bool:
    """English words keep their space over a line break; a hyphen at the line's end belongs to its word."""
    a, b = left[-1], right[0]
    if _ASCII_WORD.match(a) and re.match(r"[A-Za-z0-9(\[<“‘\"≥≤<>]", b):
        return not _URL_END.search(left)
    mixed = (_CJK.match(a) and _ALNUM.match(b)) or (_ALNUM.match(a) and _CJK.match(b))
    return layout.spaced and bool(mixed)
