"""The records that everything else passes around: frozen, slotted, typed, and free of behaviour that needs a file.

Every span indexes `Document.text`, the clean text; `Document.segments` leads back to the file as issued.
Ids are readable and stable: a document is its folder's slug, a clause `<slug>#3.2.5`, a sentence `<clause>/s2`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["zh", "en"]
Strength = Literal["must", "should", "encouraged", "may", "not", "statement"]
Status = Literal["draft", "trial", "final"]
Unit = Literal["line", "paragraph", "page"]
ClauseKind = Literal[
    "front", "notice", "heading", "item", "bullet", "caption", "table", "footnote", "references", "reference",
]  # fmt: skip
ReferenceKind = Literal["entry", "title", "mark", "guideline", "part", "section", "ich", "law"]
LabelRole = Literal["preferred", "alternative", "hidden"]
Origin = Literal["author", "machine", "template"]
AnswerStatus = Literal["answered", "partial", "not_covered"]
# fmt: off
Intent = Literal["duration", "definition", "list", "yesno", "condition", "population", "endpoint", "risk", "comparison",
                 "crossref", "how", "fact"]
# fmt: on


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets into a document's clean text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


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
class Label:
    """A name of a concept in one language. Abbreviations are alternative labels in English."""

    text: str
    lang: Language
    role: LabelRole = "alternative"


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing that guidance speaks of. `source` is the scheme's name, or the clause whose text defines it.

    `lower` and `upper` are ISO 8601 durations, or on quantities decimals with a `unit`. One that is not `findable` is a
    verbatim phrase that stands in statements only: texts and questions are not searched for it."""

    iri: str
    kind: str
    labels: tuple[Label, ...]
    broader: tuple[str, ...] = ()
    definitions: tuple[Label, ...] = ()
    source: str = ""
    lower: str | None = None
    upper: str | None = None
    unit: str | None = None
    findable: bool = True

    def label(self, lang: Language) -> str:
        """The preferred label in a language, or the nearest thing to it."""
        ranked = sorted(self.labels, key=lambda x: (x.lang != lang, x.role != "preferred", x.role == "hidden"))
        return ranked[0].text


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept named at a place in a document."""

    concept: str
    sentence_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence says of two concepts. `span` is the verbatim place; `rule` names what found it; `exception` holds the
    words of 除…外; `negated` says that the relation denies or forbids."""

    id: str
    subject: str
    relation: str
    object: str
    strength: Strength
    condition: str | None
    clause_id: str
    sentence_id: str
    span: Span
    rule: str
    exception: str | None = None
    negated: bool = False


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


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood. `concepts` are IRIs in order of appearance."""

    text: str
    lang: Language
    intent: Intent
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that retrieval proposes. `parts` says what each method gave it, by name."""

    chunk_id: str
    score: float
    parts: dict[str, float]


@dataclass(frozen=True, slots=True)
class Step:
    """One triple of a path, with the words to show for it."""

    subject: str
    predicate: str
    object: str
    labels: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Path:
    """How the graph leads from a concept of the question to a cited clause."""

    steps: tuple[Step, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quotation with its place. `marks` are the spans inside the quote that carry the evidence."""

    document: str
    clause_id: str
    clause: str
    heading: tuple[str, ...]
    quote: str
    span: Span
    lines: tuple[int, int]
    strength: Strength
    translation: str | None
    score: float
    marks: tuple[Span, ...] = ()
    unit: Unit = "line"
    pages: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A clause beside the answer, and why it stands there."""

    document: str
    clause_id: str
    clause: str
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says. `headline` is the part of `text` that is read first."""

    question: Question
    status: AnswerStatus
    reason: str | None
    text: str
    headline: str
    citations: tuple[Citation, ...]
    paths: tuple[Path, ...]
    related: tuple[Related, ...]
    snapshot: str
    latency_ms: float
