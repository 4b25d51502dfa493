"""Records of a guideline: its text, its clauses, and what was found in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from kg.model.concepts import Mention, Statement
from kg.model.words import ClauseKind, Language, Origin, ReferenceKind, Span, Status, Strength, Unit


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of clean text that stands unbroken in the file as issued; `length` in characters."""

    clean: int
    issued: int
    length: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What guideline.toml says of a document.

    `inferred` names the fields that the text does not state; `status` and `issued` are None where nothing is known.
    """

    title_zh: str
    title_en: str
    issuer: str
    language: Language
    status: Status | None = None
    issued: str | None = None
    number: str | None = None
    aliases: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of the clause tree. `span` covers its marker, its own text and all that stands below it."""

    id: str
    parent_id: str | None
    kind: ClauseKind
    marker: str
    label: str
    title: str
    depth: int
    span: Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or a heading's title, of a clause. `paragraph` counts the paragraphs of the document from 0."""

    id: str
    clause_id: str
    span: Span
    paragraph: int
    strength: Strength
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is indexed and quoted: neighbouring sentences of one section. `headings` are indexed but never quoted."""

    id: str
    clause_id: str
    headings: tuple[str, ...]
    span: Span
    sentence_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A document or clause that a clause names. `target` is a slug of the library, or None when it is not there.

    `kind` says how it is named; `target_clause` is the clause where one is named and found.
    """

    clause_id: str
    title: str
    span: Span
    target: str | None
    kind: ReferenceKind = "title"
    target_clause: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table, kept whole. `rows` holds the span of every cell, empty ones included; `caption` that of its caption."""

    clause_id: str
    rows: tuple[tuple[Span, ...], ...]
    caption: Span | None = None


@dataclass(frozen=True, slots=True)
class CorpusQuestion:
    """A question that a clause answers, written at preparation time. `inferred` needs knowledge beyond the text.

    `origin` says who wrote it; what a machine or a template made keeps that mark until someone has read it.
    """

    clause: str
    sentences: tuple[str, ...]
    lang: Language
    style: str
    intent: str
    question: str
    inferred: bool = False
    origin: Origin = "author"


@dataclass(frozen=True, slots=True)
class Document:
    """A guideline as read: its clean text and everything that was found in it.

    `lines` holds pairs (offset in the file, number) to cite by: printed line numbers where the file has them, else its
    lines, paragraphs or pages, as `unit` says; `pages` holds such pairs for a file that has pages.
    `source` is the file's name in its folder; `issued` the text as read from a file that is not UTF-8 text itself.
    `translations` maps a sentence id to its unofficial English reading.
    """

    slug: str
    metadata: Metadata
    text: str
    segments: tuple[Segment, ...]
    lines: tuple[tuple[int, int], ...]
    clauses: tuple[Clause, ...]
    sentences: tuple[Sentence, ...]
    chunks: tuple[Chunk, ...]
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    references: tuple[Reference, ...] = ()
    translations: dict[str, str] = field(default_factory=dict)
    questions: tuple[CorpusQuestion, ...] = ()
    unit: Unit = "line"
    pages: tuple[tuple[int, int], ...] = ()
    tables: tuple[Table, ...] = ()
    source: str = "source.txt"
    issued: str = ""

    @property
    def cited(self) -> tuple[Reference, ...]:
        """The references to other documents; those to clauses of this one are left out."""
        return tuple(r for r in self.references if r.kind not in ("mark", "part", "section"))

    def issued_offset(self, offset: int) -> int:
        """Where a character of the clean text stands in the file as issued (characters, not bytes).

        A joining space that the file writes as a line break maps to the break's place.
        """
        at = max(bisect_right(self.segments, offset, key=lambda s: s.clean) - 1, 0)
        segment = self.segments[at]
        return segment.issued + min(offset - segment.clean, segment.length)

    def line_range(self, span: Span) -> tuple[int, int]:
        """First and last printed line of a span; what is counted where none are printed, `unit` says."""
        return self._places(self.lines, span)

    def page_range(self, span: Span) -> tuple[int, int] | None:
        """First and last page of a span, None for a file without pages."""
        return self._places(self.pages, span) if self.pages else None

    def issued_span(self, span: Span) -> Span:
        """From the first to the last character of a span in the text as issued."""
        last = max(span.start, span.end - 1)
        return Span(self.issued_offset(span.start), self.issued_offset(last) + 1)

    def _places(self, places: tuple[tuple[int, int], ...], span: Span) -> tuple[int, int]:
        return self._place(places, span.start), self._place(places, max(span.start, span.end - 1))

    def _place(self, places: tuple[tuple[int, int], ...], offset: int) -> int:
        at = bisect_right(places, self.issued_offset(offset), key=lambda x: x[0]) - 1
        return places[max(at, 0)][1]
