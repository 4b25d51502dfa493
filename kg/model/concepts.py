"""Records of what guidance speaks of: concepts, where they are named, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.words import LabelRole, Language, Span, Strength


@dataclass(frozen=True, slots=True)
class Label:
    """A name of a concept in one language. Abbreviations are alternative labels in English."""

    text: str
    lang: Language
    role: LabelRole = "alternative"


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing that guidance speaks of. `source` is the scheme's name, or the guideline whose text introduces it; `sources`
    say where the definition is from: ids of clauses, or names of published standards.

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
    sources: tuple[str, ...] = ()

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
