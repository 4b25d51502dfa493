"""A guideline as a reader sees it: sections in the order of the text, paragraphs, sentences with what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kg.model import Clause, ClauseKind, Document, Mention, Metadata, Reference, Sentence, Span, Strength, Table
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Mark:
    """A concept named in a sentence; `span` indexes the sentence's text."""

    span: Span
    concept: str
    kind: str


@dataclass(frozen=True, slots=True)
class Link:
    """A document or clause named in a sentence; `target` is None where the library does not hold it."""

    span: Span
    title: str
    target: str | None
    target_clause: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its English reading, and the concepts and references in it, none overlapping another."""

    id: str
    text: str
    english: str | None
    strength: Strength
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A clause's own text up to the next clause; what follows a clause below it is `continued`, a section of its own.

    `cells` holds the rows of the clause's table, if it is one.
    """

    clause_id: str
    kind: ClauseKind
    marker: str
    label: str
    title: str
    depth: int
    heading: Line | None
    paragraphs: tuple[tuple[Line, ...], ...]
    cells: tuple[tuple[str, ...], ...]
    lines: tuple[int, int]
    pages: tuple[int, int] | None
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """A guideline to be read from top to bottom."""

    slug: str
    metadata: Metadata
    sections: tuple[Section, ...]
    translated: bool

    @property
    def kinds(self) -> dict[str, int]:
        """How often concepts of each kind are named, the most frequent kind first."""
        counts: dict[str, int] = {}
        for section in self.sections:
            for line in _lines(section):
                for mark in line.marks:
                    counts[mark.kind] = counts.get(mark.kind, 0) + 1
        return dict(sorted(counts.items(), key=lambda x: (-x[1], x[0])))

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts that the text names, in order of appearance."""
        named = (m.concept for section in self.sections for line in _lines(section) for m in line.marks)
        return tuple(dict.fromkeys(named))


def edition(document: Document, vocabulary: Vocabulary) -> Edition:
    """A document made ready for reading."""
    mentions: dict[str, list[Mention]] = {}
    for mention in document.mentions:
        mentions.setdefault(mention.sentence_id, []).append(mention)
    lines = {s.id: _line(s, document, mentions.get(s.id, []), vocabulary) for s in document.sentences}
    tables = {t.clause_id: t for t in document.tables}
    sections = (
        _section(clause, document, sentences, lines, tables.get(clause.id), continued=continued)
        for clause, sentences, continued in _runs(document)
    )
    return Edition(document.slug, document.metadata, tuple(sections), bool(document.translations))


def marks_within(document: Document, span: Span, vocabulary: Vocabulary) -> tuple[Mark, ...]:
    """The concepts named in a passage, none overlapping another; their spans index the passage's text."""
    marks = (
        Mark(_within(m.span, span.start), m.concept, vocabulary[m.concept].kind)
        for m in document.mentions
        if span.holds(m.span) and m.concept in vocabulary
    )
    return tuple(_apart(marks, [], vocabulary))


def _runs(document: Document) -> Iterator[tuple[Clause, list[Sentence], bool]]:
    """The clauses in the order of the text, each with the sentences up to the next one."""
    runs = [(clause.span.start, 0, clause, list[Sentence]()) for clause in document.clauses]
    clauses = {c.id: c for c in document.clauses}
    ordered = sorted(document.sentences, key=lambda s: s.span.start)
    for clause_id, group in groupby(ordered, key=lambda s: s.clause_id):
        sentences = list(group)
        runs.append((sentences[0].span.start, 1, clauses[clause_id], sentences))
    begun: set[str] = set()
    pending = sorted(runs, key=lambda r: r[:2])
    for nth, (_, rank, clause, sentences) in enumerate(pending):
        if rank == 0:
            following = pending[nth + 1] if nth + 1 < len(pending) else None
            if following is None or following[1] == 0 or following[2] is not clause:
                begun.add(clause.id)
                yield clause, [], False
        else:
            yield clause, sentences, clause.id in begun
            begun.add(clause.id)


def _section(
    clause: Clause, document: Document, sentences: list[Sentence], lines: dict[str, Line], table: Table | None,
    *, continued: bool,
) -> Section:  # fmt: skip
    headed = clause.kind in ("heading", "item") and bool(sentences) and sentences[0].heading
    paragraphs = groupby(sentences[1 if headed else 0 :], key=lambda s: s.paragraph)
    rows = table.rows if table and not continued else ()
    return Section(
        clause.id, clause.kind, clause.marker, clause.label, clause.title, clause.depth,
        lines[sentences[0].id] if headed else None,
        tuple(tuple(lines[s.id] for s in group) for _, group in paragraphs),
        tuple(tuple(cell.of(document.text) for cell in row) for row in rows),
        document.line_range(clause.span), document.page_range(clause.span), continued,
    )  # fmt: skip


def _line(sentence: Sentence, document: Document, mentions: Iterable[Mention], vocabulary: Vocabulary) -> Line:
    start = sentence.span.start
    links = tuple(
        Link(_within(r.span, start), r.title, r.target, r.target_clause) for r in _referring(sentence, document)
    )
    taken = [link.span for link in links]
    marks = [
        Mark(_within(m.span, start), m.concept, vocabulary[m.concept].kind) for m in mentions if m.concept in vocabulary
    ]
    apart = tuple(_apart(marks, taken, vocabulary))
    text = sentence.span.of(document.text)
    return Line(sentence.id, text, document.translations.get(sentence.id), sentence.strength, apart, links)


def _referring(sentence: Sentence, document: Document) -> Iterator[Reference]:
    """References that stand within a sentence, none inside another."""
    end = -1
    for reference in sorted(document.references, key=lambda r: (r.span.start, -r.span.end)):
        if sentence.span.holds(reference.span) and reference.span.start >= end:
            end = reference.span.end
            yield reference


def _apart(marks: Iterable[Mark], taken: list[Span], vocabulary: Vocabulary) -> Iterator[Mark]:
    """Marks that overlap neither a reference nor each other: the longest first, one with a definition preferred."""
    ranked = sorted(marks, key=lambda m: (m.span.start, -m.span.end, not vocabulary[m.concept].definitions, m.concept))
    end = -1
    for mark in ranked:
        if mark.span.start >= end and not any(t.start < mark.span.end and mark.span.start < t.end for t in taken):
            end = mark.span.end
            yield mark


def _within(span: Span, start: int) -> Span:
    return Span(span.start - start, span.end - start)


def _lines(section: Section) -> Iterator[Line]:
    if section.heading:
        yield section.heading
    for paragraph in section.paragraphs:
        yield from paragraph
