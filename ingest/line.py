"""A line of a file without its noise, which knows where each of its characters stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.mapped import Mapped
from ingest.readers.source import Block

# the wide characters of Unicode's East Asian Width (W and F), the blocks that guidelines use
_WIDE = re.compile(
    "[\u1100-\u115f\u231a\u231b\u2e80-\u303e\u3041-\u33ff\u3400-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff"
    "\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd]"
)


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


def emptied(line: Line) -> Line:
    """A line whose text is left out."""
    return replace(line, content=Mapped("", ()))
