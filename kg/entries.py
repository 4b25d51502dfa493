"""What the pages show of a clause, a concept or the library: frozen cards, filled by `kg.catalogue`."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Concept, CorpusQuestion, Metadata, Reference, Span, Strength


@dataclass(frozen=True, slots=True)
class Place:
    """A clause as it is named elsewhere. `english` is the unofficial reading of its title, '' where there is none."""

    document: str
    clause_id: str
    label: str
    title: str
    english: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement with its ends, the words of its relation (Chinese, English), its quote and its place.

    `sentence` is the id of its sentence, `rule` names what found it.
    """

    subject: Concept
    relation: str
    words: tuple[str, str]
    object: Concept
    strength: Strength
    condition: str | None
    quote: str
    english: str | None
    place: Place
    sentence: str = ""
    rule: str = ""
    exception: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A concept named in a quotation; `span` indexes the quote."""

    span: Span
    concept: Concept


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A clause of another guideline that names the same concepts, the rarest first."""

    place: Place
    shared: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class ClauseCard:
    """A clause in view: what it states, what it answers, what it names, and who else speaks of that."""

    place: Place
    heading: tuple[str, ...]
    lines: tuple[int, int]
    pages: tuple[int, int] | None
    facts: tuple[Fact, ...]
    questions: tuple[CorpusQuestion, ...]
    concepts: tuple[Concept, ...]
    references: tuple[Reference, ...]
    elsewhere: tuple[Elsewhere, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A duration that is stated of a concept. `days` is its length, for drawing; `bound` says min, max or exact."""

    fact: Fact
    duration: Concept
    days: float
    bound: str


@dataclass(frozen=True, slots=True)
class ConceptCard:
    """A concept with all that the library says of it."""

    concept: Concept
    broader: tuple[Concept, ...]
    narrower: tuple[Concept, ...]
    facts: tuple[Fact, ...]
    clauses: tuple[Place, ...]
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A node of a neighbourhood. `parent` is the node's place in the list it was reached from, None for the centre.

    `forward` says that the parent is the subject of the relation; `more` counts neighbours that are not shown.
    """

    concept: Concept
    parent: int | None
    words: tuple[str, str]
    forward: bool
    more: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept as the list of concepts shows it. `mentions` counts the sentences that name it."""

    concept: Concept
    mentions: int
    facts: int


@dataclass(frozen=True, slots=True)
class Holding:
    """A guideline of the library in figures."""

    slug: str
    metadata: Metadata
    source: str
    characters: int
    clauses: int
    statements: int
    questions: int
    references: int
    resolved: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A document that the library points to but does not hold, and the clauses that name it."""

    title: str
    kind: str
    places: tuple[Place, ...]
