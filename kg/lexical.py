"""The lexical index: tantivy over tokens that `kg.text` makes, one search a field so that each field's part is known.

Chunks are indexed by text, headings, English reading and concepts; the questions that clauses answer are a second kind of
entry, and a chunk is as good as its best question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tantivy

from kg.text import tokens

FIELDS = ("text", "heading", "english", "concepts", "broader", "question")
_HEAP = 64_000_000
_PARALLEL_CLAUSES = 256


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed under a chunk's id: texts by field; `concepts` and `broader` are IRIs, space-separated."""

    chunk_id: str
    fields: Mapping[str, str] = field(default_factory=dict)


class LexicalIndex:
    """A tantivy index on disk, opened for reading. Scores are BM25 (k1 1.2, b 0.75)."""

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        self._searcher = tantivy.Index(self._schema, path=str(folder)).searcher()

    @classmethod
    def build(cls, folder: Path, entries: Iterable[Entry]) -> LexicalIndex:
        """Writes an index of the entries, in their order, as one segment."""
        folder.mkdir(parents=True, exist_ok=True)
        writer = tantivy.Index(_schema(), path=str(folder)).writer(heap_size=_HEAP, num_threads=1)
        for entry in entries:
            document = tantivy.Document()
            document.add_text("id", entry.chunk_id)
            for name, text in entry.fields.items():
                document.add_text(name, text if name in ("concepts", "broader") else " ".join(tokens(text)))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        return cls(folder)

    def search(self, name: str, weights: Mapping[str, float], limit: int) -> dict[str, float]:
        """Chunk id -> score of the best entry of each chunk, for weighted terms in one field."""
        terms = sorted(weights.items(), key=lambda x: (-x[1], x[0]))[:_PARALLEL_CLAUSES]
        clauses = [(tantivy.Occur.Should, self._term(name, term, weight)) for term, weight in terms]
        if not clauses:
            return {}
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), limit).hits
        found: dict[str, float] = {}
        for score, address in hits:
            chunk_id = self._searcher.doc(address)["id"][0]
            found[chunk_id] = max(score, found.get(chunk_id, 0.0))
        return found

    def document_frequency(self, name: str, term: str) -> int:
        """How many entries hold a term in a field."""
        return int(self._searcher.doc_freq(name, term))

    @property
    def size(self) -> int:
        return int(self._searcher.num_docs)

    def _term(self, name: str, term: str, weight: float) -> tantivy.Query:
        return tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, name, term), weight)


def term_weights(text: str, extra: Sequence[tuple[str, float]] = ()) -> dict[str, float]:
    """Weights of a query's terms: how often each stands in the text (at most twice), and extra texts at their weight."""
    weights = {term: float(min(count, 2)) for term, count in Counter(tokens(text)).items()}
    for other, weight in extra:
        for term in set(tokens(other)):
            weights[term] = max(weights.get(term, 0.0), weight)
    return weights


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in FIELDS:
        builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
