"""Statements about names: which short form stands for what, and which documents a guideline cites."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ingest.abbreviations import Abbreviation
from ingest.linking import Linked
from ingest.making import statement_id
from kg.iris import document_iri, term_iri
from kg.model import Concept, Document, Label, Reference, Sentence, Statement
from kg.vocabulary import Vocabulary

Named = tuple[Statement, tuple[Concept, ...]]
_FEWEST = 4  # Chinese characters of a long form
_CARRIERS = frozenset({"载体", "产品", "药物"})


def naming_statements(document: Document, linked: Linked, vocabulary: Vocabulary) -> Iterator[Named]:
    """Abbreviations, then citations."""
    yield from _abbreviations(document, linked, vocabulary)
    yield from _citations(document, vocabulary)


def _abbreviations(document: Document, linked: Linked, vocabulary: Vocabulary) -> Iterator[Named]:
    for iri, found in linked.abbreviations:
        sentence = _sentence_at(document.sentences, found.span.start)
        if sentence is None:
            continue
        node = _short_form(found, vocabulary[iri])
        written = _as_written(found, vocabulary[iri])
        if found.short in written.label("zh"):  # a name that holds the short form does not explain it
            continue
        yield _statement("abbreviation", "abbreviation_of", (node.iri, written.iri), sentence, found), (node, written)


def _as_written(found: Abbreviation, concept: Concept) -> Concept:
    """What a short form stands for: the concept, or the long form as written where the concept's name holds the short form
    itself, is more than the long form, or only half of it (药代动力学/药效学, PK/PD)."""
    name, words = concept.label("zh"), found.long_zh
    other = found.short in name or ("/" in words and "/" not in name) or name.removeprefix(words) in _CARRIERS
    if len(re.findall(r"[\u4e00-\u9fff]", words)) < _FEWEST or not other or words == name:
        return concept
    digest = hashlib.sha256(words.encode()).hexdigest()[:12]
    return Concept(
        term_iri(f"long-{digest}"),
        concept.kind,
        (Label(words, "zh", "preferred"),),
        source="abbreviation",
        findable=False,
    )


def _statement(rule: str, relation: str, pair: tuple[str, str], sentence: Sentence, found: Abbreviation) -> Statement:
    digest = statement_id(sentence.id, pair[0], relation, pair[1])
    return Statement(
        digest, pair[0], relation, pair[1], "statement", None, sentence.clause_id, sentence.id, found.span, rule
    )


def _short_form(found: Abbreviation, concept: Concept) -> Concept:
    iri = term_iri(f"short-{found.short}")
    if iri == concept.iri:
        iri = term_iri(f"abbreviation-{found.short}")
    return Concept(iri, concept.kind, (Label(found.short, "en", "preferred"),), source="abbreviation", findable=False)


def _citations(document: Document, vocabulary: Vocabulary) -> Iterator[Named]:
    """The document cites what it names: a guideline of the library, a document of the vocabulary, or a title."""
    for reference in document.cited:
        sentence = _sentence_at(document.sentences, reference.span.start)
        if sentence is None:
            continue
        node: tuple[Concept, ...] = ()
        target = document_iri(reference.target) if reference.target else _named(reference.title, vocabulary)
        if target is None:
            node = (_unresolved(reference),)
            target = node[0].iri
        if target == document_iri(document.slug):
            continue
        digest = statement_id(sentence.id, document_iri(document.slug), "cites", target)
        made = Statement(
            digest, document_iri(document.slug), "cites", target, "statement", None, sentence.clause_id, sentence.id,
            sentence.span, "citation",
        )  # fmt: skip
        yield made, node


def _named(title: str, vocabulary: Vocabulary) -> str | None:
    return next((m.concept for m in vocabulary.find(title) if m.span.start == 0 and m.span.end == len(title)), None)


def _unresolved(reference: Reference) -> Concept:
    digest = hashlib.sha256(reference.title.encode()).hexdigest()[:12]
    label = Label(reference.title, "en" if reference.title.isascii() else "zh", "preferred")
    return Concept(term_iri(f"document-{digest}"), "document", (label,), source="reference", findable=False)


def _sentence_at(sentences: Sequence[Sentence], offset: int) -> Sentence | None:
    at = bisect_right(sentences, offset, key=lambda s: s.span.start) - 1
    return sentences[at] if at >= 0 and offset < sentences[at].span.end else None
