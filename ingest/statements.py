"""Statements: what a sentence says of the concepts that it names, by the rules of `ingest.rules`.

A statement's place is the stretch of the sentence (between 。 and ；) in which its cue stands, so that the quotation behind
it is short and verbatim. Negated wording never becomes its opposite: a stretch with a prohibition yields `excludes` or a
statement of strength `not`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.abbreviations import Abbreviation
from ingest.linking import Linked
from ingest.rules import CONDITION, DEFINITION, RULES, Rule
from ingest.strength import strength_of
from kg.iris import document_iri, term_iri
from kg.model import Clause, Concept, Document, Label, Mention, Reference, Sentence, Span, Statement
from kg.vocabulary import Vocabulary

_STRETCH = re.compile(r"[^；;]+[；;]?")
_MAX_OBJECTS = 8


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch of a sentence: its span in the document, its text and the mentions in it with their concepts."""

    sentence: Sentence
    span: Span
    text: str
    mentions: tuple[tuple[Mention, Concept], ...]
    inherited: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Extracted:
    """The statements of a document and the nodes that only they need: short forms, definitions, unresolved titles."""

    statements: tuple[Statement, ...]
    concepts: tuple[Concept, ...]


def extract(document: Document, linked: Linked, vocabulary: Vocabulary) -> Extracted:
    """All statements of a document in order of the text, without doubles."""
    made: list[Statement] = []
    nodes: dict[str, Concept] = {}
    for place in _places(document, vocabulary):
        made += (s for rule in RULES for s in _apply(rule, place))
        if defined := _definition(place):
            nodes[defined[1].iri] = defined[1]
            made.append(defined[0])
    for source in (_abbreviation_statements(document, linked, vocabulary), _citations(document, vocabulary)):
        for statement, node in source:
            made.append(statement)
            if node:
                nodes[node.iri] = node
    unique = {s.id: s for s in made}
    ordered = sorted(unique.values(), key=lambda s: (s.span, s.relation, s.subject, s.object))
    return Extracted(tuple(ordered), tuple(nodes.values()))


def _places(document: Document, vocabulary: Vocabulary) -> Iterator[_Place]:
    clauses = {c.id: c for c in document.clauses}
    by_sentence: dict[str, list[Mention]] = {}
    for mention in document.mentions:
        by_sentence.setdefault(mention.sentence_id, []).append(mention)
    for sentence in document.sentences:
        if sentence.heading or clauses[sentence.clause_id].kind in ("reference", "front", "notice"):
            continue
        inherited = tuple(_inherited(document, clauses, sentence.clause_id, vocabulary))
        text = sentence.span.of(document.text)
        for match in _STRETCH.finditer(text):
            span = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
            inside = [m for m in by_sentence.get(sentence.id, ()) if span.holds(m.span)]
            named = tuple((m, vocabulary[m.concept]) for m in inside if m.concept in vocabulary)
            yield _Place(sentence, span, match[0], named, inherited)


def _inherited(
    document: Document, clauses: dict[str, Clause], clause_id: str | None, vocabulary: Vocabulary
) -> Iterator[Concept]:
    """Concepts of the headings above a clause, nearest first, then of the document's title, then the document."""
    while clause_id:
        clause = clauses[clause_id]
        yield from (vocabulary[m.concept] for m in vocabulary.find(clause.title))
        clause_id = clause.parent_id
    yield from (vocabulary[m.concept] for m in vocabulary.find(document.metadata.title_zh))
    if (iri := document_iri(document.slug)) in vocabulary:
        yield vocabulary[iri]


def _apply(rule: Rule, place: _Place) -> Iterator[Statement]:
    cue = rule.cue.search(place.text)
    if not cue:
        return
    objects = list(_objects(rule, place, cue))
    subject = _subject(rule, place, cue, {c.iri for _, c in objects}) if objects else None
    if subject is None:
        return
    for mention, concept in objects[:_MAX_OBJECTS]:
        if concept.iri != subject.iri:
            pair = (concept.iri, subject.iri) if rule.reverse else (subject.iri, concept.iri)
            yield _statement(rule.name, rule.relation, pair, place, max(cue.end(), mention.span.end - place.span.start))


def _objects(rule: Rule, place: _Place, cue: re.Match[str]) -> Iterator[tuple[Mention, Concept]]:
    """Mentions of the rule's object kinds behind the cue, as far as each follows the one before within reach."""
    reach = place.span.start + cue.end() + rule.near
    for mention, concept in place.mentions:
        if concept.kind not in rule.objects or mention.span.start < place.span.start + cue.start():
            continue
        if rule.object_key and f":{rule.object_key}" not in concept.iri:
            continue
        if mention.span.start > reach:
            return
        yield mention, concept
        reach = max(reach, mention.span.end + 12)


def _subject(rule: Rule, place: _Place, cue: re.Match[str], objects: set[str]) -> Concept | None:
    """The nearest fitting concept before the cue, else one that the headings or the document supply."""
    edge = place.span.start + cue.start() + (1 if rule.reverse else 0)
    before = [c for m, c in place.mentions if m.span.end <= edge and c.kind in rule.subjects and c.iri not in objects]
    if before:
        return before[-1]
    if not rule.inherit:
        return None
    return next((c for c in place.inherited if c.kind in rule.subjects and c.iri not in objects), None)


def _statement(rule: str, relation: str, pair: tuple[str, str], place: _Place, at: int) -> Statement:
    condition = next((m["condition"].strip() for m in CONDITION.finditer(place.text) if m.start() < at), None)
    return _make(rule, relation, pair, place.sentence, place.span, place.text, condition)


def _make(
    rule: str,
    relation: str,
    pair: tuple[str, str],
    sentence: Sentence,
    span: Span,
    text: str,
    condition: str | None,
) -> Statement:
    subject, obj = pair
    key = "|".join((sentence.id, subject, relation, obj))
    statement_id = hashlib.sha256(key.encode()).hexdigest()[:16]
    return Statement(
        statement_id,
        subject,
        relation,
        obj,
        strength_of(text),
        condition,
        sentence.clause_id,
        sentence.id,
        span,
        rule,
    )


def _definition(place: _Place) -> tuple[Statement, Concept] | None:
    """X 是指 Y: the definiens, verbatim, becomes a node of its own."""
    cue = DEFINITION.search(place.text)
    if not cue or not place.mentions:
        return None
    before = [c for m, c in place.mentions if m.span.end <= place.span.start + cue.start()]
    definiens = place.text[cue.end() :].strip("“”。；;，, ")
    if not before or len(definiens) < 6:
        return None
    iri = term_iri(f"definition-{hashlib.sha256(definiens.encode()).hexdigest()[:12]}")
    node = Concept(iri, "condition", (Label(definiens, "zh", "preferred"),), source=place.sentence.clause_id)
    pair = (before[0].iri, iri)
    return _make("definition", "defined_as", pair, place.sentence, place.span, place.text, None), node


def _abbreviation_statements(
    document: Document, linked: Linked, vocabulary: Vocabulary
) -> Iterator[tuple[Statement, Concept | None]]:
    for iri, found in linked.abbreviations:
        sentence = _sentence_at(document.sentences, found.span.start)
        if sentence is None:
            continue
        node = _short_form(found, vocabulary[iri])
        pair = (node.iri, iri)
        text = found.span.of(document.text)
        made = _make("abbreviation", "abbreviation_of", pair, sentence, found.span, "", None)
        if text:
            yield made, node


def _short_form(found: Abbreviation, concept: Concept) -> Concept:
    iri = term_iri(f"short-{found.short}")
    if iri == concept.iri:
        iri = term_iri(f"abbreviation-{found.short}")
    return Concept(iri, concept.kind, (Label(found.short, "en", "preferred"),), source="abbreviation")


def _citations(document: Document, vocabulary: Vocabulary) -> Iterator[tuple[Statement, Concept | None]]:
    """The document cites what it names: a guideline of the library, a document of the vocabulary, or a title."""
    for reference in document.cited:
        sentence = _sentence_at(document.sentences, reference.span.start)
        if sentence is None:
            continue
        node = None
        target = document_iri(reference.target) if reference.target else _named(reference.title, vocabulary)
        if target is None:
            node = _unresolved(reference)
            target = node.iri
        text = sentence.span.of(document.text)
        yield (
            _make(
                "citation",
                "cites",
                (document_iri(document.slug), target),
                sentence,
                sentence.span,
                text,
                None,
            ),
            node,
        )


def _named(title: str, vocabulary: Vocabulary) -> str | None:
    return next((m.concept for m in vocabulary.find(title) if m.span == Span(0, len(title))), None)


def _unresolved(reference: Reference) -> Concept:
    digest = hashlib.sha256(reference.title.encode()).hexdigest()[:12]
    label = Label(reference.title, "en" if reference.title.isascii() else "zh", "preferred")
    return Concept(term_iri(f"document-{digest}"), "document", (label,), source="reference")


def _sentence_at(sentences: Iterable[Sentence], offset: int) -> Sentence | None:
    return next((s for s in sentences if s.span.start <= offset < s.span.end), None)


def merge_concepts(groups: Iterable[Sequence[Concept]]) -> tuple[Concept, ...]:
    """Concepts of several sources by IRI; the first source wins."""
    out: dict[str, Concept] = {}
    for group in groups:
        for concept in group:
            out.setdefault(concept.iri, concept)
    return tuple(out[iri] for iri in sorted(out))
