"""What one sentence, given as text, states: a document of a single clause, linked and read."""

from __future__ import annotations

from functools import cache

from ingest.context import passages
from ingest.corpus import read_corpus
from ingest.linking import add_abbreviations, document_concept, introduced_concepts, link
from ingest.making import made
from ingest.statements import drafts, extract, merge_concepts
from kg.model import Clause, Concept, Document, Metadata, Sentence, Span, Statement
from kg.vocabulary import Vocabulary
from tests.conftest import CORPUS

Said = tuple[str, str, str, str]


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary(read_corpus(CORPUS).concepts)


def said(text: str) -> set[Said]:
    """(subject, relation, object, strength) of every statement, by Chinese labels."""
    whole = Span(0, len(text))
    document = Document(
        "test", Metadata("细则", "Rules", "—", "zh"), text, (), (),
        (Clause("test#1", None, "heading", "", "", "", 1, whole),), (Sentence("test#1/s1", "test#1", whole, 0, "statement"),), (),
    )  # fmt: skip
    linked = link(document, vocabulary())
    known = vocabulary().joined(linked.concepts)
    out = set()
    for passage in passages(document, linked.nested, known):
        for draft in drafts(passage):
            strength = made(draft, passage).strength
            out.add((draft.subject.label("zh"), draft.relation, draft.object.label("zh"), strength))
    return out


def said_in_english(text: str, heading: str = "") -> list[tuple[list[str], str, list[str], str]]:
    """(labels of the subject, relation, labels of the object, strength) of what an English sentence states, names included,
    under a heading."""
    statements, nodes = _english(text, heading)
    return [(_labels(nodes[s.subject]), s.relation, _labels(nodes[s.object]), s.strength) for s in statements]


def conditions_in_english(text: str) -> set[tuple[str | None, str | None]]:
    """(condition, exception) of what an English sentence states."""
    return {(s.condition, s.exception) for s in _english(text, "")[0]}


def _english(text: str, heading: str) -> tuple[tuple[Statement, ...], Vocabulary]:
    whole = f"{heading}\n{text}" if heading else text
    start = len(whole) - len(text)
    clauses = (Clause("test#1", None, "heading", "1.", "1.", heading, 1, Span(0, len(whole))),)
    sentence = Sentence("test#1/s1", "test#1", Span(start, len(whole)), 0, "statement")
    metadata = Metadata("本指导原则文件", "Rules for tests", "—", "en")
    document = Document("test", metadata, whole, (), (), clauses, (sentence,), ())
    base = merge_concepts([[document_concept("test", metadata)], vocabulary().concepts.values()])
    introduced = introduced_concepts("test", whole, Vocabulary(base))
    named = Vocabulary(add_abbreviations(merge_concepts([base, introduced]), [whole]))
    linked = link(document, named)
    stated = extract(document, linked, named.joined(linked.concepts))
    return stated.statements, named.joined([*linked.concepts, *stated.concepts])


def _labels(concept: Concept) -> list[str]:
    return [x.text for x in concept.labels]
