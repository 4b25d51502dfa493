"""An encoder that needs no model file: the mean of its terms' vectors, which were trained on the collection itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import scipy.sparse as sp

from kg.bags import Bags
from kg.dense import Vectors, normalised
from kg.terms import passage_terms


class TermVectors:
    """`vectors` has one row a term of the vocabulary; a term outside it counts for nothing."""

    def __init__(self, vocabulary: Mapping[str, int], vectors: Vectors) -> None:
        self._vocabulary, self._vectors = vocabulary, vectors

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (number of texts, dimension); a text without a known term is all zeros."""
        known = self._vocabulary
        found = [[known[term] for term in passage_terms(text) if term in known] for text in texts]
        sums = [self._vectors[ids].sum(axis=0) for ids in found]
        return normalised(np.asarray(sums, dtype=np.float32).reshape(len(texts), self._vectors.shape[1]))

    def encode_bags(self, bags: Bags) -> Vectors:
        """The same for passages whose terms are gathered already, over the same vocabulary."""
        counts: sp.csr_matrix = bags.counts()
        return normalised(np.asarray(counts @ self._vectors))
