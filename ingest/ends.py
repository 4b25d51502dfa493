"""The ends of a statement that a curator decides about: concepts named by IRI or by words.

Words are, in this order: a label of one concept of the vocabulary; what the sentence names, or a rule's statement of it holds,
in just these words; a verbatim phrase. A phrase stands in the sentence, that of a subject there or in a heading or list stem
above it; white space counts as one space. It becomes a node as the rules make them. Words in 「」 are a phrase and no label:
「健康成人受试者」, where the vocabulary has that as another name of 健康受试者.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ingest.context import Above
from ingest.making import phrase
from kg.errors import CorpusError
from kg.model import Concept, Document, Sentence, Span
from kg.vocabulary import Vocabulary

_IRI = "urn:"
_OPEN, _CLOSE = "「", "」"
_MEASURED = frozenset({"duration", "quantity"})  # these are read where they stand, and are no entries of a scheme
_KINDS = {
    "has_risk": "risk", "confused_with": "risk", "monitored_by": "procedure", "first_population": "population",
    "study_population": "population", "cites": "document", "applies_during": "duration", "lasts_until": "duration", "max_interval": "duration",
    "min_duration": "duration", "recommended_follow_up": "duration",
}  # fmt: skip


@dataclass(frozen=True)
class Ends:
    """Where the ends of decided statements of one document are looked up. `vocabulary` knows by IRI what its statements hold."""

    document: Document
    vocabulary: Vocabulary

    @cached_property
    def sentences(self) -> dict[str, Sentence]:
        """The sentences of the document by id."""
        return {s.id: s for s in self.document.sentences}

    def subject(self, words: str, sentence: Sentence) -> Concept:
        """The concept that is named as a subject. Raises CorpusError where nothing has that name."""
        return self._found(words, sentence, self._concept(words, sentence, "condition", above=True))

    def object(self, words: str, sentence: Sentence, relation: str) -> Concept:
        """The concept that is named as the object of a relation. Raises CorpusError where nothing has that name."""
        return self._found(words, sentence, self._concept(words, sentence, _KINDS.get(relation, "condition")))

    def _found(self, words: str, sentence: Sentence, concept: Concept | None) -> Concept:
        if concept:
            return concept
        if is_iri(words):
            raise CorpusError(f"no concept {words}")
        raise CorpusError(f"{words!r} is neither a label of one concept nor verbatim in {sentence.id}")

    def _concept(self, words: str, sentence: Sentence, kind: str, *, above: bool = False) -> Concept | None:
        if is_iri(words):
            return self.vocabulary.concepts.get(words)
        quoted = words.startswith(_OPEN) and words.endswith(_CLOSE)
        if not quoted and (label := self._labelled(words)):
            return label
        node = phrase(words.strip(_OPEN + _CLOSE) if quoted else words, kind, sentence.clause_id)
        if node is None:
            return None
        text = node.label("zh")
        for concept in self._named(text, sentence):
            if not quoted or not concept.findable:
                return concept
        places = (sentence.span.of(self.document.text), *(self._above(sentence) if above else ()))
        return node if any(text in _spaced(place) for place in places) else None

    def _labelled(self, words: str) -> Concept | None:
        """The one concept of the vocabulary that has these words as a label."""
        words = words.strip()
        whole = {m.concept for m in self.vocabulary.find_nested(words) if m.span == Span(0, len(words))}
        found = [c for c in map(self.vocabulary.__getitem__, whole) if c.kind not in _MEASURED]
        return found[0] if len(found) == 1 else None

    def _named(self, text: str, sentence: Sentence) -> Iterator[Concept]:
        """What the sentence names, or its statements hold, in just these words."""
        return (self.vocabulary[iri] for words, iri in self._names.get(sentence.id, ()) if words == text)

    @cached_property
    def _names(self) -> dict[str, list[tuple[str, str]]]:
        """By sentence, the words of its mentions and of its statements' ends, with their concepts."""
        out: dict[str, list[tuple[str, str]]] = {}
        for m in self.document.mentions:
            if m.concept in self.vocabulary:
                out.setdefault(m.sentence_id, []).append((_spaced(m.span.of(self.document.text)), m.concept))
        for s in self.document.statements:
            labels = ((x.text, iri) for iri in (s.subject, s.object) for x in self.vocabulary[iri].labels)
            out.setdefault(s.sentence_id, []).extend((_spaced(words), iri) for words, iri in labels)
        return out

    @cached_property
    def _surroundings(self) -> Above:
        return Above(self.document, self.vocabulary)

    def _above(self, sentence: Sentence) -> Iterator[str]:
        """The headings above a sentence and the stems of the lists that it stands in."""
        above = self._surroundings
        yield from above.titles(sentence.clause_id).split("\n")
        parents = {c.id: c.parent_id for c in self.document.clauses}
        clause: str | None = sentence.clause_id
        while clause:
            if stem := above.stem(clause):
                yield stem.span.of(self.document.text)
            clause = parents[clause]


def is_iri(name: str) -> bool:
    """Whether an end is named by IRI, not by words.

    >>> is_iri("urn:guidegraph:concept:risk"), is_iri("更加严格的随访监测")
    (True, False)
    """
    return name.startswith(_IRI)


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
