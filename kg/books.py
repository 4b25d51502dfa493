"""The documents of a snapshot as answering looks things up in them: by sentence, by chunk, by what they mention."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from kg.durations import Duration, find_durations
from kg.iris import duration_iri
from kg.model import Chunk, Clause, CorpusQuestion, Document, Sentence, Statement
from kg.text import guideline_of

CROSS = "cross"  # in the place of a slug: questions over several guidelines


@dataclass(frozen=True, slots=True)
class Book:
    """A document with its records by id."""

    document: Document
    sentences: dict[str, Sentence]
    clauses: dict[str, Clause]
    chunks: dict[str, Chunk]
    chunk_of: dict[str, str]
    concepts_of: dict[str, frozenset[str]]
    questions_of: dict[str, tuple[CorpusQuestion, ...]]
    statements_of: dict[str, tuple[Statement, ...]]
    heading_concepts: dict[str, frozenset[str]]

    def concepts_above(self, clause_id: str | None) -> frozenset[str]:
        """Concepts that the headings above a clause name, its own included, and those of the title page."""
        out = self._front_concepts
        while clause_id:
            out |= self.heading_concepts.get(clause_id, frozenset())
            clause_id = self.clauses[clause_id].parent_id
        return out

    @property
    def _front_concepts(self) -> frozenset[str]:
        return self.heading_concepts.get("", frozenset())

    def text(self, sentence: Sentence) -> str:
        return sentence.span.of(self.document.text)

    def reading(self, sentence: Sentence) -> str | None:
        """The unofficial English reading of a sentence."""
        return self.document.translations.get(sentence.id)

    def durations(self, sentence: Sentence) -> tuple[Duration, ...]:
        """The durations that a sentence states of something; where it states none so, all that it names. "Over 5 years" in
        "where follow-up lasts over 5 years, at least once a year" is what the rule is for, not what it says.
        """
        named = tuple(dict.fromkeys(duration for _, duration in find_durations(self.text(sentence))))
        objects = {statement.object for statement in self.statements_of.get(sentence.id, ())}
        return tuple(d for d in named if duration_iri(d.key) in objects) or named

    def said(self, sentence: Sentence) -> str:
        """A sentence as issued and, on the next line, in its English reading."""
        return f"{self.text(sentence)}\n{self.reading(sentence) or ''}"


class Library:
    """Books by slug, opened when they are first needed; those that were needed last stay open, all if there is no bound."""

    def __init__(self, document: Callable[[str], Document], most: int | None = None) -> None:
        self._opened = lru_cache(maxsize=most)(lambda slug: book_of(document(slug)))

    def book(self, record_id: str) -> Book:
        """The book that a slug, or the id of a clause, sentence or chunk, belongs to."""
        return self._opened(guideline_of(record_id))

    def question(self, entry_id: str) -> CorpusQuestion | None:
        """A guideline's own question by the id of its entry, `q:<slug>:<n>`; None for one over several guidelines."""
        _, slug, nth = entry_id.split(":")
        return None if slug == CROSS else self.book(slug).document.questions[int(nth)]

    def sentence(self, sentence_id: str) -> Sentence:
        return self.book(sentence_id).sentences[sentence_id]


def book_of(document: Document) -> Book:
    """A document with its records by id."""
    concepts: dict[str, set[str]] = {}
    for mention in document.mentions:
        concepts.setdefault(mention.sentence_id, set()).add(mention.concept)
    questions: dict[str, list[CorpusQuestion]] = {}
    for question in document.questions:
        for sentence_id in question.sentences:
            questions.setdefault(sentence_id, []).append(question)
    statements: dict[str, list[Statement]] = {}
    for statement in document.statements:
        statements.setdefault(statement.sentence_id, []).append(statement)
    return Book(
        document,
        {s.id: s for s in document.sentences},
        {c.id: c for c in document.clauses},
        {c.id: c for c in document.chunks},
        {s: chunk.id for chunk in document.chunks for s in chunk.sentence_ids},
        {s: frozenset(found) for s, found in concepts.items()},
        {s: tuple(found) for s, found in questions.items()},
        {s: tuple(found) for s, found in statements.items()},
        _heading_concepts(document, concepts),
    )


def _heading_concepts(document: Document, concepts: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    """Concepts by the clause whose heading names them; those of the title page under ''."""
    front = {c.id for c in document.clauses if c.kind == "front"}
    out: dict[str, frozenset[str]] = {}
    for sentence in document.sentences:
        key = "" if sentence.clause_id in front else sentence.clause_id
        if sentence.heading or not key:
            out[key] = out.get(key, frozenset()) | frozenset(concepts.get(sentence.id, ()))
    return out
