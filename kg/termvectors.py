"""An encoder that needs no model file: the mean of its terms' vectors, which were trained on the collection itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kg.bags import Bags, Ids
from kg.dense import Vectors, normalised
from kg.terms import passage_terms


class TermVectors:
    """`vectors` has a row for each of the `kept` term ids of the vocabulary, ascending; other terms count for nothing."""

    def __init__(self, vocabulary: Mapping[str, int], kept: Ids, vectors: Vectors) -> None:
        rows = np.full(len(vocabulary), -1, dtype=np.int32)
        rows[kept] = np.arange(len(kept), dtype=np.int32)
        self._vocabulary, self._rows, self._kept, self._vectors = vocabulary, rows, kept, vectors

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (number of texts, dimension); a text without a known term is all zeros."""
        sums = [self._vectors[self._rows_of(text)].sum(axis=0) for text in texts]
        return normalised(np.asarray(sums, dtype=np.float32).reshape(len(texts), self._vectors.shape[1]))

    def encode_bags(self, bags: Bags) -> Vectors:
        """The same for passages whose terms are gathered already, over the same vocabulary."""
        counts = bags.counts()[:, self._kept]
        return normalised(np.asarray(counts @ self._vectors))

    def _rows_of(self, text: str) -> list[int]:
        known = self._vocabulary
        rows = (int(self._rows[known[term]]) for term in passage_terms(text) if term in known)
        return [row for row in rows if row >= 0]
