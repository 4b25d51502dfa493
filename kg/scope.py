"""Where to look for an answer: in some guidelines, in clauses of some strength, in what applies to some kind of product.

A sentence applies to the products that it names; one that names none, to those that the nearest heading above it names; one
below no such heading, to what its guideline is about, by its title and by what it says that it applies to. A product is met by
itself, by a narrower one and by a broader one: what holds for gene therapy products holds for gene-edited ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from kg.books import Library
from kg.model import Strength
from kg.vocabulary import Vocabulary, maximal

Keep = Callable[[str], bool]
_PRODUCT = "product"
_LOOKED_AT = 40  # guidelines of a large library, evenly spread, that say which kinds of product there are


@dataclass(frozen=True, slots=True)
class Scope:
    """What to look in; None is no bound. `documents` are slugs, `products` IRIs of concepts of that kind."""

    documents: frozenset[str] | None = None
    strengths: frozenset[Strength] | None = None
    products: frozenset[str] | None = None


EVERYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Subject:
    """What tells what a guideline is about: its titles, and the concepts that it says it applies to."""

    titles: tuple[str, ...]
    applies_to: tuple[str, ...] = ()


class Extent:
    """Says of each sentence of a library whether a scope holds it."""

    def __init__(self, vocabulary: Vocabulary, library: Library, subjects: Mapping[str, Subject]) -> None:
        self._vocabulary, self._library, self._subjects = vocabulary, library, subjects
        self._slugs = [*subjects][:: max(1, len(subjects) // _LOOKED_AT)]
        self.about = lru_cache(maxsize=None)(self._about)
        self._met = lru_cache(maxsize=None)(self._meets)
        self.keep = lru_cache(maxsize=64)(self._keep)

    def _keep(self, scope: Scope) -> Keep | None:
        """A test of sentence ids, None where the scope has no bound."""
        return None if scope == EVERYWHERE else lru_cache(maxsize=None)(partial(self.holds, scope))

    def holds(self, scope: Scope, sentence_id: str) -> bool:
        """Whether a sentence lies in a scope."""
        book = self._library.book(sentence_id)
        sentence = book.sentences[sentence_id]
        return (
            (scope.documents is None or book.document.slug in scope.documents)
            and (scope.strengths is None or sentence.strength in scope.strengths)
            and (scope.products is None or any(self._met(p, a) for p in scope.products for a in self.applies(sentence_id)))
        )  # fmt: skip

    def applies(self, sentence_id: str) -> frozenset[str]:
        """The products that a sentence applies to."""
        book = self._library.book(sentence_id)
        if named := self._typed(book.concepts_of.get(sentence_id, ())):
            return named
        clause_id: str | None = book.sentences[sentence_id].clause_id
        while clause_id:
            if named := self._typed(book.heading_concepts.get(clause_id, ())):
                return named
            clause_id = book.clauses[clause_id].parent_id
        return self.about(book.document.slug)

    def products(self) -> tuple[str, ...]:
        """The products that guidelines are about; first those that most guidelines speak to, the broad before the narrow."""
        abouts = [self.about(slug) for slug in self._slugs]
        met = {iri: sum(any(self._met(iri, a) for a in about) for about in abouts) for iri in self._types}
        depth = self._vocabulary.ancestors
        return tuple(sorted(met, key=lambda iri: (-met[iri], len(depth(iri)), iri)))

    def _about(self, slug: str) -> frozenset[str]:
        """The products that a guideline is about, by its title and by its statements of what it applies to."""
        return frozenset(self._named(self._subjects[slug]))

    def _named(self, subject: Subject) -> Iterator[str]:
        for title in subject.titles:
            # a title as a whole is the label of a document; the products stand inside it
            nested = (m for m in self._vocabulary.find_nested(title) if self._vocabulary[m.concept].kind == _PRODUCT)
            yield from (m.concept for m in maximal(list(nested)))
        known = (iri for iri in subject.applies_to if iri in self._vocabulary)
        yield from (iri for iri in known if self._vocabulary[iri].kind == _PRODUCT)

    def _typed(self, concepts: Iterable[str]) -> frozenset[str]:
        """Of some concepts the products that are of a type that a guideline is about, or that such a type is of."""
        return frozenset(iri for iri in concepts if any(self._met(kind, iri) for kind in self._types))

    @cached_property
    def _types(self) -> frozenset[str]:
        return frozenset().union(*(self.about(slug) for slug in self._slugs))

    def _meets(self, wanted: str, iri: str) -> bool:
        ancestors = self._vocabulary.ancestors
        return iri == wanted or wanted in ancestors(iri) or iri in ancestors(wanted)
