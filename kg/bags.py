"""Bags of terms, a passage each, and their scores by BM25.

BM25 is that of Robertson and Zaragoza (2009, "The Probabilistic Relevance Framework: BM25 and Beyond"), with the idf of
Lucene, ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative. What a term adds to a passage does not depend on the
question, so that it is computed once and a question only adds up columns.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

K1, B = 0.9, 0.75
SHORTEST = 0.3  # of the mean length: what is shorter, such as a heading alone, counts as that long

Ids = NDArray[np.int32]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bags:
    """Term ids of all passages on end; passage n has those from starts[n] to starts[n + 1]."""

    vocabulary: Mapping[str, int]
    ids: Ids
    starts: NDArray[np.int64]

    @classmethod
    def gather(cls, documents: Iterable[Iterable[str]]) -> Bags:
        """Numbers terms in the order in which they are met."""
        vocabulary: dict[str, int] = {}
        ids, starts = array("i"), array("q", [0])
        for document in documents:
            ids.extend([vocabulary.setdefault(term, len(vocabulary)) for term in document])
            starts.append(len(ids))
        return cls(vocabulary, np.frombuffer(ids, dtype=np.int32), np.frombuffer(starts, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, nth: int) -> Ids:
        return self.ids[self.starts[nth] : self.starts[nth + 1]]

    def counts(self) -> sp.csr_matrix:
        """How often each term stands in each passage, shape (passages, terms), float32."""
        shape = (len(self), len(self.vocabulary))
        counts = sp.csr_matrix((np.ones(len(self.ids), dtype=np.float32), self.ids.copy(), self.starts), shape=shape)
        counts.sum_duplicates()
        return counts


class Bm25:
    """Passages by BM25, from the impacts of their terms (see `impacts`)."""

    def __init__(self, vocabulary: Mapping[str, int], impacts: sp.csr_matrix) -> None:
        self._vocabulary, self._size = vocabulary, impacts.shape[0]
        columns = impacts.tocsc()
        self._starts, self._places, self._parts = columns.indptr, columns.indices, columns.data

    def scores(self, weights: Mapping[str, float]) -> Scores:
        """The weighted sum over terms for every passage, 0 where none of them stands."""
        total = np.zeros(self._size, dtype=np.float32)
        for term, weight in weights.items():
            column = self._vocabulary.get(term)
            if column is not None:
                held = slice(self._starts[column], self._starts[column + 1])
                total[self._places[held]] += np.float32(weight) * self._parts[held]
        return total


def inverse_document_frequency(counts: sp.csr_matrix) -> Scores:
    """The idf of every term, natural logarithm."""
    passages, terms = counts.shape
    holding = np.bincount(counts.indices, minlength=terms)
    return np.asarray(np.log1p((passages - holding + 0.5) / (holding + 0.5)), dtype=np.float32)


def impacts(bags: Bags, k1: float = K1, b: float = B) -> sp.csr_matrix:
    """What each term adds to each passage: idf · tf · (k1 + 1) / (tf + k1 · (1 - b + b · length / mean length))."""
    weighed = bags.counts()
    lengths = np.diff(bags.starts).astype(np.float32)
    relative = np.maximum(lengths / max(float(lengths.mean()), 1.0), SHORTEST)
    norms = k1 * (1 - b + b * relative)
    norm = np.repeat(norms, np.diff(weighed.indptr)).astype(np.float32)
    idf = inverse_document_frequency(weighed)
    weighed.data = idf[weighed.indices] * weighed.data * np.float32(k1 + 1) / (weighed.data + norm)
    return weighed
