"""Retrieval over any collection of passages, Chinese or English, without vocabulary or enrichment.

Three fields of BM25 are added: terms, pairs of neighbouring English stems and character 4-grams of English words. Where
passages stand in the order of their documents, each takes a share of its neighbours' scores, as a rule is read with those
around it, and where titles name documents, a share of what the best passages of its document score (passage and document
evidence together, Callan, 1994). A dense model, where one is given, reorders what the words find: scores of both are
scaled by their best and added (a convex combination, Bruch et al., 2023, "An Analysis of Fusion Functions for Hybrid Retrieval").

Tried on questions over the corpus and on statutes with lay questions, and left out because it lost ground or gained none:
pseudo-relevance feedback (RM3, Lavrenko and Croft, 2001; Abdul-Jaleel et al., 2004), segmented words and character trigrams for
Chinese, latent semantic analysis, a field for titles, reciprocal rank fusion (Cormack et al., 2009).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from kg.bags import Bags, Bm25, Ids, Scores, impacts
from kg.dense import Encoder, Vectors
from kg.terms import document_name, passage_terms, question_weights, term_pairs, word_grams

PAIR_WEIGHT, GRAM_WEIGHT = 0.2, 0.4
NEIGHBOUR_WEIGHT, DOCUMENT_WEIGHT = 0.25, 0.2
DENSE_WEIGHT = 0.2
_DEPTH = 1_000  # passages found by words that are reordered
_SPEAKING = 3  # passages that speak for their document
_COHERENT = 1.5  # neighbours must be this much more alike than passages drawn at random, for a share of their scores
_SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a collection; `title` may be empty."""

    id: str
    title: str
    text: str

    @property
    def whole(self) -> str:
        return f"{self.title} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage's id with its score, higher is better."""

    id: str
    score: float


class Collection:
    """A searchable collection. `bags` are the passages' terms, `vectors` one unit row a passage, both in their order."""

    def __init__(
        self,
        passages: Sequence[Passage],
        bags: Bags | None = None,
        encoder: Encoder | None = None,
        vectors: Vectors | None = None,
    ) -> None:
        bags = bags or gather_terms(passages)
        self._ids = [passage.id for passage in passages]
        self._by_id = np.argsort(np.argsort(np.array(self._ids)))
        self._documents = _document_numbers(passages)
        terms = impacts(bags)
        self.in_order = neighbours_alike(terms) >= _COHERENT
        self._terms = Bm25(bags.vocabulary, terms)
        self._pairs = _field(term_pairs(passage_terms(p.whole)) for p in passages)
        self._grams = _field(word_grams(p.whole) for p in passages)
        self._encoder, self._vectors = encoder, vectors

    def search(self, query: str, top: int) -> list[Ranked]:
        """The best passages for a query, best first; ties by id."""
        found = self._lexical(query)
        if self.in_order:
            found = found + NEIGHBOUR_WEIGHT * _around(found)
        places = _best(found, max(top, _DEPTH))
        if not len(places):
            return []
        scores = found[places]
        if self._documents is not None:
            scores = scores + DOCUMENT_WEIGHT * _of_documents(scores, self._documents[places])
        scores = scores / scores.max()
        if self._encoder is not None and self._vectors is not None:
            scores = scores + DENSE_WEIGHT * _scaled(self._vectors[places] @ self._encoder.encode([query])[0])
        order = np.lexsort((self._by_id[places], -scores))[:top]
        return [Ranked(self._ids[places[n]], float(scores[n])) for n in order]

    def _lexical(self, query: str) -> Scores:
        pairs = dict.fromkeys(term_pairs(passage_terms(query)), PAIR_WEIGHT)
        grams = dict.fromkeys(word_grams(query), GRAM_WEIGHT)
        return self._terms.scores(question_weights(query)) + self._pairs.scores(pairs) + self._grams.scores(grams)


def gather_terms(passages: Iterable[Passage]) -> Bags:
    """The bags of the passages' terms, title and text as one."""
    return Bags.gather(passage_terms(passage.whole) for passage in passages)


def _field(documents: Iterable[Iterable[str]]) -> Bm25:
    bags = Bags.gather(documents)
    return Bm25(bags.vocabulary, impacts(bags))


def _document_numbers(passages: Sequence[Passage]) -> Ids | None:
    """The number of each passage's document by its title, those without one alone; None where no two share a title."""
    names: dict[str, int] = {}
    keys = (document_name(p.title) or f"\0{nth}" for nth, p in enumerate(passages))
    numbers = np.array([names.setdefault(key, len(names)) for key in keys], dtype=np.int32)
    return numbers if len(names) < len(passages) else None


def _of_documents(scores: Scores, documents: Ids) -> Scores:
    """For every passage, what the best passages of its document score on average; one that is missing counts 0."""
    order = np.lexsort((-scores, documents))
    grouped = documents[order]
    first = np.flatnonzero(np.r_[True, grouped[1:] != grouped[:-1]])
    number = np.repeat(np.arange(len(first)), np.diff(np.r_[first, len(grouped)]))
    speaks = np.arange(len(grouped)) - first[number] < _SPEAKING
    sums = np.bincount(number, weights=scores[order] * speaks)
    means = np.empty_like(scores)
    means[order] = sums[number] / _SPEAKING
    return means


def neighbours_alike(weighed: sp.csr_matrix) -> float:
    """How much more alike neighbouring passages are than passages at random: the ratio of their mean cosines, 1 if shuffled."""
    size = weighed.shape[0]
    if size < 3:
        return 0.0
    chance = np.random.default_rng(0)
    first = chance.integers(0, size - 1, _SAMPLE)
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    unit = sp.diags(1 / np.where(lengths == 0, 1, lengths)) @ weighed
    beside, anywhere = (
        float(unit[first].multiply(unit[other]).sum()) for other in (first + 1, chance.integers(0, size, _SAMPLE))
    )
    return beside / max(anywhere, 1e-9)


def _around(scores: Scores) -> Scores:
    """The weighted mean of the scores of the two passages before and after each; the nearer ones count double."""
    padded = np.pad(scores, 2)
    around = padded[1:-3] + padded[3:-1] + 0.5 * (padded[:-4] + padded[4:])
    return np.asarray(around / 3, dtype=np.float32)


def _best(scores: Scores, most: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Places of the highest scores above zero, at most so many, in no order."""
    places = np.argpartition(-scores, most)[:most] if most < len(scores) else np.arange(len(scores))
    return places[scores[places] > 0]


def _scaled(cosines: Scores) -> Scores:
    positive = np.clip(cosines, 0.0, None)
    return positive / (float(positive.max()) or 1.0)
