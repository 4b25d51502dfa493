"""Retrieval: candidate chunks by words, headings, English reading, own questions, concepts and vectors, fused.

Each method's scores are scaled by its best, so that a method only votes; the weights say how loud. An English question also
searches the Chinese text by the Chinese labels of the concepts that it names, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.dense import DenseIndex
from kg.lexical import LexicalIndex, term_weights
from kg.model import Hit, Label, Question
from kg.text import tokens
from kg.vocabulary import Vocabulary

WEIGHTS: Mapping[str, float] = {
    "text": 1.0, "heading": 0.35, "english": 1.0, "question": 1.2, "concepts": 0.8, "dense": 0.5,
}  # fmt: skip
_CANDIDATES = 60
_EXPANSION = 0.45
_LABELS_EACH = 3


@dataclass(frozen=True, slots=True)
class Retriever:
    """The indexes of a snapshot as one search. Ties are broken by chunk id, so that answers are the same on every run."""

    vocabulary: Vocabulary
    lexical: LexicalIndex
    dense: DenseIndex
    weights: Mapping[str, float]

    def search(self, question: Question, limit: int) -> list[Hit]:
        """The best chunks for a question, best first, each with the part that every method gave it (0 to 1)."""
        parts = {name: _scaled(scores) for name, scores in self._methods(question)}
        ids = {chunk_id for scores in parts.values() for chunk_id in scores}
        hits = [self._hit(chunk_id, parts) for chunk_id in ids]
        return sorted(hits, key=lambda h: (-h.score, h.chunk_id))[:limit]

    def query_terms(self, question: Question) -> tuple[dict[str, float], dict[str, float]]:
        """Weighted terms for Chinese text and for English text: the question's own and its concepts' labels."""
        zh, en = ([(x.text, _EXPANSION) for x in self._labels(question, lang)] for lang in ("zh", "en"))
        return _without_single(term_weights(question.text, zh), question), term_weights(question.text, en)

    def _methods(self, question: Question) -> Iterator[tuple[str, dict[str, float]]]:
        chinese, english = self.query_terms(question)
        own = term_weights(question.text)
        yield "text", self.lexical.search("text", chinese, _CANDIDATES)
        yield "heading", self.lexical.search("heading", chinese, _CANDIDATES)
        yield "english", self.lexical.search("english", english, _CANDIDATES) if question.lang == "en" else {}
        yield "question", self.lexical.search("question", own, _CANDIDATES * 2)
        yield "concepts", self._by_concept(question)
        yield "dense", self.dense.search(question.text, _CANDIDATES)

    def _by_concept(self, question: Question) -> dict[str, float]:
        """Chunks that name the question's concepts, or with less weight broader or narrower ones."""
        exact = self.lexical.search("concepts", dict.fromkeys(question.concepts, 1.0), _CANDIDATES * 2)
        wider = {parent: 0.4 for iri in question.concepts for parent in self.vocabulary.ancestors(iri)[:2]}
        near = self.lexical.search("concepts", wider, _CANDIDATES)
        below = self.lexical.search("broader", dict.fromkeys(question.concepts, 0.5), _CANDIDATES)
        return {
            chunk_id: max(exact.get(chunk_id, 0.0), 0.0) + near.get(chunk_id, 0.0) + below.get(chunk_id, 0.0)
            for chunk_id in {*exact, *near, *below}
        }

    def _labels(self, question: Question, lang: str) -> Iterator[Label]:
        for iri in question.concepts:
            labels = [x for x in self.vocabulary[iri].labels if x.lang == lang and x.role != "hidden"]
            yield from sorted(labels, key=lambda x: x.role != "preferred")[:_LABELS_EACH]

    def _hit(self, chunk_id: str, parts: Mapping[str, Mapping[str, float]]) -> Hit:
        own = {name: scores[chunk_id] for name, scores in parts.items() if chunk_id in scores}
        return Hit(chunk_id, sum(self.weights[name] * value for name, value in own.items()), own)


def _scaled(scores: Mapping[str, float]) -> dict[str, float]:
    best = max(scores.values(), default=0.0)
    return {chunk_id: score / best for chunk_id, score in scores.items()} if best > 0 else {}


def _without_single(weights: dict[str, float], question: Question) -> dict[str, float]:
    """Without single Chinese characters that only an expansion brings: they meet everything."""
    own = set(tokens(question.text))
    return {t: w for t, w in weights.items() if t in own or len(t) > 1 or t.isascii()}
