"""The lexical index: tantivy over tokens that `kg.text` makes, one search a field so that each field's part is known.

Three kinds of entries stand in it: sentences (text, English reading), chunks (text, English reading, headings, concepts) and
the questions that sentences answer. Each entry names its target: what a hit on it speaks for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import tantivy

from kg.text import guideline_of, tokens

TEXT_FIELDS = ("sentence", "sentence_en", "chunk", "chunk_en", "heading", "question")
CONCEPT_FIELDS = ("concepts",)
_HEAP = 64_000_000
_MAX_TERMS = 64
_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its own id, the ids that it speaks for, and its texts by field (IRIs, separated, in concept fields)."""

    id: str
    targets: tuple[str, ...]
    fields: Mapping[str, str]


class LexicalHit(NamedTuple):
    """An entry found, with its BM25 score in the field that was searched; hundreds are made for a question."""

    id: str
    targets: tuple[str, ...]
    score: float


class LexicalIndex:
    """A tantivy index on disk, opened for reading. Scores are BM25 (k1 1.2, b 0.75)."""

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        self._searcher = tantivy.Index(self._schema, path=str(folder)).searcher()
        self._entry = lru_cache(maxsize=_KEPT)(self._stored)

    @classmethod
    def build(cls, folder: Path, entries: Iterable[Entry]) -> LexicalIndex:
        """Writes an index of the entries, in their order, as one segment."""
        folder.mkdir(parents=True, exist_ok=True)
        writer = tantivy.Index(_schema(), path=str(folder)).writer(heap_size=_HEAP, num_threads=1)
        for entry in entries:
            document = tantivy.Document()
            document.add_text("id", entry.id)
            document.add_text("targets", " ".join(entry.targets))
            for slug in dict.fromkeys(guideline_of(target) for target in entry.targets):
                document.add_text("guideline", slug)
            for name, text in entry.fields.items():
                document.add_text(name, text if name in CONCEPT_FIELDS else " ".join(tokens(text)))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        return cls(folder)

    def search(
        self, name: str, weights: Mapping[str, float], limit: int, within: Collection[str] = ()
    ) -> list[LexicalHit]:
        """The best entries for weighted terms in one field, best first, ties by id; of some guidelines only if any are given."""
        terms = sorted(weights.items(), key=lambda x: (-x[1], x[0]))[:_MAX_TERMS]
        clauses = [(tantivy.Occur.Should, self._term(name, term, weight)) for term, weight in terms]
        if not clauses:
            return []
        found = self._searcher.search(self._within(tantivy.Query.boolean_query(clauses), within), limit).hits
        hits = [self._hit(score, address) for score, address in found]
        return sorted(hits, key=lambda h: (-h.score, h.id))

    def document_frequency(self, name: str, term: str) -> int:
        """How many entries hold a term in a field."""
        return int(self._searcher.doc_freq(name, term))

    @property
    def size(self) -> int:
        return int(self._searcher.num_docs)

    def _hit(self, score: float, address: tantivy.DocAddress) -> LexicalHit:
        entry_id, targets = self._entry(address.segment_ord, address.doc)
        return LexicalHit(entry_id, targets, score)

    def _stored(self, segment: int, place: int) -> tuple[str, tuple[str, ...]]:
        """An entry's id and targets, kept once read: reading them takes longer than the search."""
        stored = self._searcher.doc(tantivy.DocAddress(segment, place))
        return str(stored["id"][0]), tuple(stored["targets"][0].split(" "))

    def _within(self, query: tantivy.Query, guidelines: Collection[str]) -> tantivy.Query:
        if not guidelines:
            return query
        some = tantivy.Query.term_set_query(self._schema, "guideline", sorted(guidelines))
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, query), (tantivy.Occur.Must, tantivy.Query.const_score_query(some, 0.0))]
        )

    def _term(self, name: str, term: str, weight: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, name, term)
        return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)


def term_weights(text: str, extra: Sequence[tuple[str, float]] = ()) -> dict[str, float]:
    """Weights of a query's terms: how often each stands in the text (at most twice), and extra texts at their weight."""
    weights = {term: float(min(count, 2)) for term, count in Counter(tokens(text)).items()}
    for other, weight in extra:
        for term in set(tokens(other)):
            weights[term] = max(weights.get(term, 0.0), weight)
    return weights


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("id", "targets", "guideline"):
        builder.add_text_field(name, stored=name != "guideline", tokenizer_name="raw", index_option="basic")
    for name in (*TEXT_FIELDS, *CONCEPT_FIELDS):
        builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
