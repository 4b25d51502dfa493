"""Statements: what a sentence says of the concepts that it names, by the table of `ingest.rules` and the functions here.

A statement's place is the stretch of the sentence (between 。 and ；) in which its predicate stands, so that the quotation
behind it is short and verbatim. Negated wording never becomes its opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.context import passages
from ingest.credible import credible
from ingest.duties import duties
from ingest.english import english
from ingest.english_phrases import is_english
from ingest.english_rules import ENGLISH_RULES
from ingest.linking import Linked
from ingest.making import Draft, made
from ingest.matching import matched
from ingest.naming import naming_statements
from ingest.needles import Needles
from ingest.particular import PARTICULAR
from ingest.passages import Passage
from ingest.rules import RELATIONS_MADE, RULES
from kg.model import Concept, Document, Statement
from kg.vocabulary import Vocabulary

RELATIONS = frozenset({*(r.relation for r in RULES), *(r.relation for r in ENGLISH_RULES), *RELATIONS_MADE})
_NEEDLES = Needles([rule.pattern for rule in RULES])
_GENERIC_RELATIONS = frozenset({"requires", "encourages", "allows", "responsible_for"})


@dataclass(frozen=True, slots=True)
class Extracted:
    """The statements of a document and the nodes that only they need: phrases, short forms, unresolved titles."""

    statements: tuple[Statement, ...]
    concepts: tuple[Concept, ...]


def extract(document: Document, linked: Linked, vocabulary: Vocabulary) -> Extracted:
    """All statements of a document in order of the text, without doubles."""
    made_here: list[Statement] = []
    nodes: dict[str, Concept] = {}
    for passage in passages(document, linked.nested or document.mentions, vocabulary):
        for draft in _specific_first(drafts(passage)):
            made_here.append(made(draft, passage))
            nodes |= {c.iri: c for c in (draft.subject, draft.object) if c.iri not in vocabulary}
    for statement, named in naming_statements(document, linked, vocabulary):
        made_here.append(statement)
        nodes |= {c.iri: c for c in named if c.iri not in vocabulary}
    unique: dict[str, Statement] = {}
    for s in made_here:
        unique.setdefault(s.id, s)
    ordered = sorted(unique.values(), key=lambda s: (s.span, s.relation, s.subject, s.object))
    return Extracted(tuple(ordered), tuple(nodes.values()))


def drafts(passage: Passage) -> Iterator[Draft]:
    """What the table, the particular functions and the duties read in one sentence, without what says nothing."""
    return (draft for draft in _found(passage) if credible(draft))


def _found(passage: Passage) -> Iterator[Draft]:
    if is_english(passage.text):
        yield from english(passage)
        return
    for function in PARTICULAR:
        yield from function(passage)
    for number in _NEEDLES.may_match(passage.text):
        yield from matched(RULES[number], passage)
    yield from duties(passage)


def _specific_first(found: Iterable[Draft]) -> list[Draft]:
    """Without the general statement of a pair (requires, allows) where a more telling relation joins the same pair."""
    kept = _without_echoes(list(found))
    told = {(d.subject.iri, d.object.iri) for d in kept if d.relation not in _GENERIC_RELATIONS}
    return [d for d in kept if d.relation not in _GENERIC_RELATIONS or (d.subject.iri, d.object.iri) not in told]


def _without_echoes(found: list[Draft]) -> list[Draft]:
    """Without a verbatim object whose words are the name of the concept that another draft joins to the same subject."""
    named = {_words(d) for d in found if d.object.findable}
    return [d for d in found if d.object.findable or _words(d) not in named]


def _words(draft: Draft) -> tuple[str, str, str]:
    return draft.subject.iri, draft.relation, re.sub(r"\s", "", draft.object.label("zh"))


def merge_concepts(groups: Iterable[Sequence[Concept]]) -> tuple[Concept, ...]:
    """Concepts of several sources by IRI; the first source wins."""
    out: dict[str, Concept] = {}
    for group in groups:
        for concept in group:
            out.setdefault(concept.iri, concept)
    return tuple(out[iri] for iri in sorted(out))
