"""Building a SourceText from a format's own paragraphs, tables and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.mapped import Mapped
from ingest.readers.source import Block, BlockKind, Format, SourceText

_WHITE = re.compile(r"[^\S\n]*\n[^\S\n]*|[^\S\n]+")


@dataclass(slots=True)
class Assembly:
    """Collects blocks, a line of the text each; a table's cells stand side by side, a tab between them."""

    text: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    at: int = 0
    tables: int = 0

    def add(self, text: str, kind: BlockKind, level: int = 0) -> None:
        """A paragraph; white space is folded to single spaces as every format does that shows it. Empty ones are left out."""
        if folded := fold(text):
            self._put(Block(Mapped.at(folded, self.at), kind, level))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table, row by row. One of a single column is a frame around paragraphs."""
        if all(len(row) <= 1 for row in rows):
            for row in rows:
                for cell in row:
                    self.add(cell, "paragraph")
            return
        self.tables += 1
        for row in rows:
            cells = [fold(cell) for cell in row]
            if any(cells):
                self._put(Block(Mapped.at("\t".join(cells), self.at), "row", 0, _ranges(cells), self.tables))

    def source(self, format_: Format, warnings: Sequence[str] = ()) -> SourceText:
        """All that was added; a block's number is its paragraph's."""
        places = tuple((block.content.start, number) for number, block in enumerate(self.blocks, 1))
        return SourceText(
            "\n".join(self.text), format_, "paragraph", tuple(self.blocks), places, warnings=tuple(warnings)
        )

    def _put(self, block: Block) -> None:
        self.blocks.append(block)
        self.text.append(block.content.text)
        self.at += len(block.content.text) + 1


def fold(text: str) -> str:
    """White space as single spaces, none outside; between Chinese characters a line break leaves none."""
    joined = re.sub(r"(?<=[\u4e00-\u9fff，。；：、])\s*\n\s*(?=[\u4e00-\u9fff，。；：、（])", "", text)
    return _WHITE.sub(" ", joined).strip()


def _ranges(cells: Sequence[str]) -> tuple[tuple[int, int], ...]:
    out, at = [], 0
    for cell in cells:
        out.append((at, at + len(cell)))
        at += len(cell) + 1
    return tuple(out)
