"""How a file of bare lines shows its paragraphs, measured over the whole file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.line import Line, display_width

TERMINAL = re.compile(r"[。！？；：:;!?…][”’」』）)\]]*$|\.[”\"’)]?$")
_SPACED = re.compile(r"[\u4e00-\u9fff] [A-Za-z0-9]")
_TIGHT = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SAMPLE = 200_000
_WIDEST = 140  # no printed line is wider; a text whose lines all end before this was broken at a margin


@dataclass(frozen=True, slots=True)
class Layout:
    """How this file shows its paragraphs. `column` is the usual width of a full line, in Latin letters.

    `blank_ends` says that empty lines stand between paragraphs and not elsewhere, `dense` that there are next to none.
    `margin` is the width at which all lines were broken, 0 where they were not. `spaced` says that a space stands between Chinese and Latin words, `latin` that the text is not Chinese.
    """

    column: int
    wrapped: bool
    trailing_ends: bool
    blank_ends: bool
    spaced: bool
    latin: bool
    dense: bool
    margin: int = 0

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Layout:
        widths = sorted(line.width for line in lines) or [0]
        column = widths[int(len(widths) * 0.9)] if len(widths) > 1 else widths[0]
        near = sum(0.85 * column <= w <= 1.2 * column for w in widths)
        trailing = sum(line.trailing for line in lines) / max(len(lines), 1)
        blank = sum(line.blank_before for line in lines) / max(len(lines), 1)
        text = "\n".join(line.text for line in lines)[:_SAMPLE]
        spaced = len(_SPACED.findall(text)) > len(_TIGHT.findall(text))
        latin = sum(map(len, _HAN.findall(text))) < 0.1 * len(text)
        wrapped, dense = near >= 0.4 * len(widths), blank < 0.04 and len(lines) > 20
        margin = widths[-1] if near >= 3 and widths[-1] <= min(1.3 * column, _WIDEST) else 0
        blank_ends = not dense and blank < (0.9 if latin else 0.6)
        return cls(column, wrapped, 0.04 < trailing < 0.6, blank_ends, spaced, latin, dense, margin)

    def had_no_room(self, line: Line, following: Line) -> bool:
        """Whether the first word of the following line did not fit on the line."""
        word = following.text.split(maxsplit=1)[0] if self.latin else following.text[:1]
        return bool(self.margin) and line.width + self.latin + display_width(word) > 0.9 * self.margin

    def full(self, line: Line, share: float = 0.9) -> bool:
        return line.width >= share * self.column
