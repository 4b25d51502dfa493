"""How telling a search term or a concept is: its inverse document frequency over the library."""

from __future__ import annotations

import math
from functools import lru_cache

from kg.lexical import LexicalIndex

_KEPT = 100_000


class Rarity:
    """Inverse document frequencies, log(1 + N / (n + 0.5)), of search terms over sentences, their English readings and
    questions, and of concepts over sentences; N is the number of all entries.
    """

    def __init__(self, lexical: LexicalIndex) -> None:
        self._lexical = lexical
        self.term = lru_cache(maxsize=_KEPT)(self._of_term)
        self.concept = lru_cache(maxsize=_KEPT)(self._of_concept)

    def _of_term(self, term: str) -> float:
        return self._inverse(("sentence", "sentence_en", "question"), term)

    def _of_concept(self, iri: str) -> float:
        return self._inverse(("concepts",), iri)

    def _inverse(self, fields: tuple[str, ...], term: str) -> float:
        frequency = sum(self._lexical.document_frequency(field, term) for field in fields)
        return math.log(1 + self._lexical.size / (frequency + 0.5))
