"""Records of answering: a question as understood, what is cited for it, and the answer."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.words import AnswerStatus, Intent, Language, Span, Strength, Unit


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood. `concepts` are IRIs in order of appearance, `documents` the slugs of guidelines that it
    names, `matter` its text without the words that only speak of documents.
    """

    text: str
    lang: Language
    intent: Intent
    concepts: tuple[str, ...]
    documents: tuple[str, ...] = ()
    matter: str = ""


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
class Position:
    """What one guideline says, where several are asked: its first sentence with its strength and typed values."""

    document: str
    sentence_id: str
    clause_id: str
    clause: str
    strength: Strength
    values: tuple[str, ...]
    quote: str
    translation: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says. `headline` is the part of `text` that is read first; `positions` are one a guideline where
    several are asked, else none. `understood` is the corpus's own question whose concepts the paths begin with, where the
    question itself names none that leads to the evidence. `confidence` is the calibrated probability that the library answers.
    """

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
    positions: tuple[Position, ...] = ()
    understood: str | None = None
    confidence: float = 1.0
