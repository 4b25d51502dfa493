"""Retrieval over any collection of passages: the lexical and dense parts of `ask`, without vocabulary or enrichment.

Chinese is matched by character uni- and bigrams, English by stems and pairs of neighbouring stems; a dense model, where one
is given, reorders what the words find. Scores of both are scaled by their best and added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import tantivy

from kg.dense import Encoder, Vectors
from kg.text import tokens

# weights measured on the questions of the corpus against its sentences, Chinese and English; a field of its own for titles
# lost ground there, so a title is only a part of the text
FIELDS: Mapping[str, float] = {"text": 1.0, "pairs": 0.15}
DENSE_WEIGHT = 0.35
_HEAP = 256_000_000
_MAX_TERMS = 200


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
    """A searchable collection. `vectors` has one unit row a passage, in the order of `ids`."""

    def __init__(self, folder: Path, ids: list[str], encoder: Encoder | None, vectors: Vectors | None) -> None:
        self._schema = _schema()
        self._searcher = tantivy.Index(self._schema, path=str(folder)).searcher()
        self._place = {passage_id: n for n, passage_id in enumerate(ids)}
        self._encoder, self._vectors = encoder, vectors

    @classmethod
    def build(
        cls, folder: Path, passages: Iterable[Passage], encoder: Encoder | None = None, vectors: Vectors | None = None
    ) -> Collection:
        """Indexes passages into a folder, in their order, as one segment."""
        folder.mkdir(parents=True, exist_ok=True)
        writer = tantivy.Index(_schema(), path=str(folder)).writer(heap_size=_HEAP, num_threads=1)
        ids = []
        for passage in passages:
            document = tantivy.Document()
            document.add_text("id", passage.id)
            words = tokens(passage.whole)
            document.add_text("text", " ".join(words))
            document.add_text("pairs", " ".join(_pairs(words)))
            writer.add_document(document)
            ids.append(passage.id)
        writer.commit()
        writer.wait_merging_threads()
        return cls(folder, ids, encoder, vectors)

    def search(self, query: str, top: int, dense_weight: float = DENSE_WEIGHT) -> list[Ranked]:
        """The best passages for a query, best first; ties by id."""
        found = self._lexical(query, top)
        if self._encoder is not None and self._vectors is not None and found:
            found = self._fused(query, found, self._encoder, self._vectors, dense_weight)
        ranked = [Ranked(passage_id, score) for passage_id, score in found.items()]
        return sorted(ranked, key=lambda r: (-r.score, r.id))[:top]

    def _lexical(self, query: str, top: int) -> dict[str, float]:
        words = tokens(query)
        weights = {("text", t): float(min(n, 3)) for t, n in Counter(words).items()}
        weights |= {("pairs", t): FIELDS["pairs"] for t in set(_pairs(words))}
        terms = sorted(weights.items(), key=lambda x: (-x[1], x[0]))[:_MAX_TERMS]
        if not terms:
            return {}
        clauses = [(tantivy.Occur.Should, self._term(name, term, weight)) for (name, term), weight in terms]
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), top).hits
        return {self._searcher.doc(address)["id"][0]: score for score, address in hits}

    def _fused(
        self, query: str, found: dict[str, float], encoder: Encoder, vectors: Vectors, weight: float
    ) -> dict[str, float]:
        """Lexical scores over their best plus the weighted cosine over its best, for the passages that words found."""
        places = [self._place[passage_id] for passage_id in found]
        cosines = np.clip(vectors[places] @ encoder.encode([query])[0], 0.0, None)
        best_word, best_cosine = max(found.values()), float(cosines.max()) or 1.0
        return {
            passage_id: score / best_word + weight * float(cosine) / best_cosine
            for (passage_id, score), cosine in zip(found.items(), cosines, strict=True)
        }

    def _term(self, name: str, term: str, weight: float) -> tantivy.Query:
        return tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, name, term), weight)


def _pairs(words: list[str]) -> Iterator[str]:
    """Pairs of neighbouring Latin words; Chinese has its bigrams already."""
    latin = [w for w in words if w.isascii()]
    return (f"{a}_{b}" for a, b in pairwise(latin))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in FIELDS:
        builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
