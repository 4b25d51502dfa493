"""Where to look for an answer: in some guidelines, in clauses of some strength, in what applies to some kind of product.

To what products a sentence applies is told when a snapshot is built (`ingest.extent`) and kept with its strength in the
concordance: a bounded search may look at sentences of every guideline, and opens none for it. A product is met by itself, by a
narrower one and by a broader one: what holds for gene therapy products holds for gene-edited ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from kg.concordance import Concordance
from kg.model import Strength
from kg.text import guideline_of
from kg.vocabulary import Vocabulary

Keep = Callable[[str], bool]
_KEPT = 4  # scopes whose sentences are held in memory, as many as there are in the library at most


@dataclass(frozen=True, slots=True)
class Scope:
    """What to look in; None is no bound. `documents` are slugs, `products` IRIs of concepts of that kind."""

    documents: frozenset[str] | None = None
    strengths: frozenset[Strength] | None = None
    products: frozenset[str] | None = None


EVERYWHERE = Scope()


class Bounds:
    """Says of each sentence of a library whether a scope holds it."""

    def __init__(self, vocabulary: Vocabulary, concordance: Concordance) -> None:
        self._vocabulary, self._concordance = vocabulary, concordance
        self._held = lru_cache(maxsize=_KEPT)(self._sentences)

    def keep(self, scope: Scope) -> Keep | None:
        """A test of sentence ids, None where the scope has no bound."""
        if scope == EVERYWHERE:
            return None
        documents = scope.documents
        if scope.strengths is None and scope.products is None:
            return lambda sentence_id: documents is None or guideline_of(sentence_id) in documents
        held = self._held(scope.strengths, scope.products)
        return lambda sentence_id: sentence_id in held and (documents is None or guideline_of(sentence_id) in documents)

    def _sentences(self, strengths: frozenset[Strength] | None, products: frozenset[str] | None) -> frozenset[str]:
        """The sentences of some strengths that apply to some products."""
        ranges = self._concordance.ranges
        fitting = [
            n for n, applies in ranges.items()
            if products is None or any(meets(self._vocabulary, p, a) for p in products for a in applies)
        ]  # fmt: skip
        return self._concordance.sentences(sorted(strengths) if strengths is not None else None, fitting)


def meets(vocabulary: Vocabulary, wanted: str, iri: str) -> bool:
    """Whether one product is another, is of its kind, or the other is of its kind."""
    return iri == wanted or wanted in vocabulary.ancestors(iri) or iri in vocabulary.ancestors(wanted)
