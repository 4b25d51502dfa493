"""The ends of a statement that a curator decides about: concepts named by IRI or by words.

Words are, in this order: the words of a statement that the sentence has already; a label of one concept of the vocabulary; what
the sentence names in just these words; a verbatim phrase. A phrase stands in the sentence, that of a subject there or in a heading or list stem
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
from kg.model import Concept, Document, Sentence, Span, Statement
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

    def stated(self, sentence: Sentence, subject: str, relation: str, obj: str) -> tuple[Concept, Concept] | None:
        """The ends of the sentence's statement of that relation whose ends are so named, None where it has none."""
        for s in self._statements.get((sentence.id, relation), ()):
            ends = self.vocabulary[s.subject], self.vocabulary[s.object]
            if _is_named(ends[0], subject) and _is_named(ends[1], obj):
                return ends
        return None

    def pair(self, sentence: Sentence, subject: str, relation: str, obj: str) -> tuple[Concept, Concept]:
        """The ends of a statement that the sentence has or is to have. Raises CorpusError where nothing has such a name."""
        stated = self.stated(sentence, subject, relation, obj)
        return stated or (self.subject(subject, sentence), self.object(obj, sentence, relation))

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
        text, quoted = _unquoted(words)
        if not quoted and (named := self._labelled(text) or self._mentioned(text, sentence)):
            return named
        node = phrase(text, kind, sentence.clause_id)
        places = (sentence.span.of(self.document.text), *(self._above(sentence) if above else ()))
        return node if node and any(node.label("zh") in _spaced(place) for place in places) else None

    def _labelled(self, words: str) -> Concept | None:
        """The one concept of the vocabulary that has these words as a label."""
        whole = {m.concept for m in self.vocabulary.find_nested(words) if m.span == Span(0, len(words))}
        found = [c for c in map(self.vocabulary.__getitem__, whole) if c.kind not in _MEASURED]
        return found[0] if len(found) == 1 else None

    def _mentioned(self, words: str, sentence: Sentence) -> Concept | None:
        """What the sentence names in just these words."""
        return self.vocabulary.concepts.get(self._mentions.get((sentence.id, words), ""))

    @cached_property
    def _mentions(self) -> dict[tuple[str, str], str]:
        text = self.document.text
        return {(m.sentence_id, _spaced(m.span.of(text))): m.concept for m in reversed(self.document.mentions)}

    @cached_property
    def _statements(self) -> dict[tuple[str, str], list[Statement]]:
        out: dict[tuple[str, str], list[Statement]] = {}
        for s in self.document.statements:
            out.setdefault((s.sentence_id, s.relation), []).append(s)
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


def _is_named(concept: Concept, name: str) -> bool:
    if is_iri(name):
        return concept.iri == name
    words, quoted = _unquoted(name)
    return not (quoted and concept.findable) and words in {_spaced(label.text) for label in concept.labels}


def _unquoted(name: str) -> tuple[str, bool]:
    """The words of a name, and whether they mean themselves."""
    words = _spaced(name)
    quoted = words.startswith(_OPEN) and words.endswith(_CLOSE)
    return (words[1:-1] if quoted else words), quoted


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
