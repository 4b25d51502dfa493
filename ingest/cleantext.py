"""The clean text as it is written, paragraph by paragraph, with the map that leads back to the file as issued."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ingest.mapped import NOWHERE
from ingest.paragraphs import Paragraph
from kg.model import Clause, Segment, Span, Table


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph's place in the clean text and the clause that it belongs to; `body` leaves the marker out."""

    clause_id: str
    span: Span
    body: Span
    kind: str


@dataclass(slots=True)
class CleanText:
    """Paragraphs joined by line ends; their parts, and the cells of their tables."""

    pieces: list[str] = field(default_factory=list)
    at: int = 0
    segments: list[Segment] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.pieces)

    def write(self, paragraph: Paragraph, clause: Clause) -> None:
        """Adds a paragraph to a clause."""
        if self.pieces:
            self.at += 1
        at = self.at
        span = Span(at, at + len(paragraph.text))
        self.pieces.append(paragraph.text)
        for offset, length in paragraph.content.runs:
            self._segment(at, offset, length)
            at += length
        self.at = span.end
        if paragraph.kind == "row":
            self._row(paragraph, clause, span)
        self.parts.append(Part(clause.id, span, Span(span.end - len(paragraph.body), span.end), paragraph.kind))

    def _segment(self, clean: int, issued: int, length: int) -> None:
        """Notes a run of clean text that stands unbroken in the file; one that goes on with the last is joined to it."""
        last = self.segments[-1] if self.segments else None
        if issued == NOWHERE:
            return
        if last and (last.clean + last.length, last.issued + last.length) == (clean, issued):
            self.segments[-1] = Segment(last.clean, last.issued, last.length + length)
        else:
            self.segments.append(Segment(clean, issued, length))

    def _row(self, paragraph: Paragraph, clause: Clause, span: Span) -> None:
        """Adds a row to its table; the caption is the paragraph right above the first row."""
        cells = paragraph.block.cells if paragraph.block else ()
        row = tuple(Span(span.start + start, span.start + end) for start, end in cells)
        if self.tables and self.tables[-1].clause_id == clause.id:
            self.tables[-1] = replace(self.tables[-1], rows=(*self.tables[-1].rows, row))
            return
        above = self.parts[-1] if self.parts else None
        caption = above.span if above and above.kind == "caption" else None
        self.tables.append(Table(clause.id, (row,), caption))
