"""To what kinds of product each sentence applies, for searches that are bounded to some of them.

A sentence applies to the products that it names; one that names none, to those that the nearest heading above it names; one
below no such heading, to what its guideline is about, by its title and by what it says that it applies to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.books import Book
from kg.model import Document
from kg.scope import meets
from kg.vocabulary import Vocabulary, maximal

_PRODUCT = "product"
_LOOKED_AT = 40  # guidelines of a large library, evenly spread, that say which kinds of product there are


class Extent:
    """Knows the products that the guidelines of a library are about; what tells them are titles and statements."""

    def __init__(self, vocabulary: Vocabulary, documents: Iterable[Document]) -> None:
        self._vocabulary = vocabulary
        self._about = {d.slug: frozenset(self._named(d)) for d in documents}
        self._looked_at = [*self._about.values()][:: max(1, len(self._about) // _LOOKED_AT)]
        self._types = frozenset[str]().union(*self._looked_at)
        self._typed = lru_cache(maxsize=None)(self._is_typed)

    def applies(self, book: Book, sentence_id: str) -> frozenset[str]:
        """The products that a sentence of a guideline applies to."""
        if named := self._of_a_type(book.concepts_of.get(sentence_id, ())):
            return named
        clause_id: str | None = book.sentences[sentence_id].clause_id
        while clause_id:
            if named := self._of_a_type(book.heading_concepts.get(clause_id, ())):
                return named
            clause_id = book.clauses[clause_id].parent_id
        return self._about[book.document.slug]

    @property
    def products(self) -> tuple[str, ...]:
        """The products that guidelines are about; first those that most guidelines speak to, the broad before the narrow."""
        met = {iri: sum(any(self._meets(iri, a) for a in about) for about in self._looked_at) for iri in self._types}
        depth = self._vocabulary.ancestors
        return tuple(sorted(met, key=lambda iri: (-met[iri], len(depth(iri)), iri)))

    def _named(self, document: Document) -> Iterator[str]:
        """The products that a guideline is about, by its title and by its statements of what it applies to."""
        for title in (document.metadata.title_zh, document.metadata.title_en):
            # a title as a whole is the label of a document; the products stand inside it
            nested = (m for m in self._vocabulary.find_nested(title) if self._vocabulary[m.concept].kind == _PRODUCT)
            yield from (m.concept for m in maximal(list(nested)))
        stated = (s.object for s in document.statements if s.relation == "applies_to")
        yield from (iri for iri in stated if iri in self._vocabulary and self._vocabulary[iri].kind == _PRODUCT)

    def _of_a_type(self, concepts: Iterable[str]) -> frozenset[str]:
        """Of some concepts the products that are of a type that a guideline is about, or that such a type is of."""
        return frozenset(filter(self._typed, concepts))

    def _is_typed(self, iri: str) -> bool:
        return any(self._meets(kind, iri) for kind in self._types)

    def _meets(self, wanted: str, iri: str) -> bool:
        return meets(self._vocabulary, wanted, iri)
