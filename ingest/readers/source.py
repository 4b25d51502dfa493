"""What every reader hands on: the text of a file as issued and what the format itself says of its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.mapped import Mapped
from kg.model import Unit

Format = Literal["text", "markdown", "html", "docx", "doc", "pdf"]
# "line" goes on with the line above where the sentence does; "start" is a line that begins a paragraph; "title" begins one
# that is set off as headings are, or is one; all others are whole paragraphs; a "note" is one right below a table
BlockKind = Literal["line", "start", "title", "paragraph", "heading", "item", "row", "caption", "footnote", "note"]

LINES = ("line", "start", "title")  # what stands on a line of a page, as opposed to whole paragraphs


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a file that the format sets apart.

    `level` counts headings from 1 and nested lists from 0; that of a title is the less the larger it is set. `cells` are the ranges of a table row's cells in its text;
    `table` numbers the table that a row belongs to.
    """

    content: Mapped
    kind: BlockKind
    level: int = 0
    cells: tuple[tuple[int, int], ...] = ()
    table: int = 0


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file as read. Offsets count characters of `text`, the text as issued.

    `places` are pairs (offset, number) in order, a number being a line, a paragraph or a page as `unit` says; a file
    without `blocks` is lines of text whose layout has to be measured. `warnings` tell what could not be read;
    `plain` says that the file is UTF-8 and `text` its very characters.
    """

    text: str
    format: Format
    unit: Unit = "line"
    blocks: tuple[Block, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()
    plain: bool = False


def title_level(size: float, *, bold: bool) -> int:
    """The level of what is set off as a heading is: the larger the letters (in points), the higher it stands."""
    return max(1, 1000 - 2 * round(2 * size) - bold)
