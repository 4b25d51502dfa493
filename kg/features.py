"""What a sentence has to recommend it as the answer to a question: named features, most between 0 and 1.

A feature that a search gives is its score over the best score of that search, so that it only orders; cosines are taken as
they are. The ranker's weights are by these names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.dense import DenseHit
from kg.lexical import LexicalHit
from kg.library import Book
from kg.model import Intent, Question, Sentence
from kg.vocabulary import Vocabulary

FEATURES = (
    "sentence",  # BM25 of the sentence
    "sentence_en",  # BM25 of its English reading
    "chunk",  # BM25 of the chunk around it
    "chunk_en",
    "heading",  # BM25 of titles and headings above it
    "question",  # BM25 of the best question written for it
    "questions",  # how many questions written for it were found, saturating
    "question_cosine",  # cosine of the nearest question written for it
    "sentence_cosine",
    "chunk_cosine",
    "concepts",  # share of the question's concepts that it names
    "concepts_near",  # share that it names by a broader or narrower concept, or that its chunk names
    "typed",  # it holds what the intent asks for: a duration, an endpoint, a definition
    "bibliography",  # it is an entry of a list of references
    "front",  # it stands on the title page or in a notice
)  # fmt: skip

_DEFINITION = ("是指", "定义为", "一般指", "简称", "是一组", "是针对")
_KINDS: Mapping[Intent, frozenset[str]] = {
    "duration": frozenset({"duration"}),
    "endpoint": frozenset({"endpoint"}),
    "population": frozenset({"population"}),
    "risk": frozenset({"risk"}),
}


class FeatureTable:
    """Collects features by sentence id."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, float]] = {}

    def add_hits(self, name: str, hits: Iterable[LexicalHit | DenseHit], *, scaled: bool) -> None:
        """The best score of each target under a feature's name, over the best of all when scaled."""
        ranked = list(hits)
        best = max((h.score for h in ranked), default=0.0) if scaled else 1.0
        for hit in ranked:
            for target in hit.targets:
                self.add(target, name, hit.score / best if best > 0 else 0.0)

    def add(self, sentence_id: str, name: str, value: float) -> None:
        row = self.rows.setdefault(sentence_id, {})
        row[name] = max(value, row.get(name, 0.0))


def own_features(question: Question, sentence: Sentence, book: Book, vocabulary: Vocabulary) -> dict[str, float]:
    """The features that a sentence has by itself: concepts, type and kind of clause."""
    named = book.concepts_of.get(sentence.id, frozenset())
    kind = book.clauses[sentence.clause_id].kind
    row = {
        "typed": _typed(question.intent, book.text(sentence), named, vocabulary),
        "bibliography": float(kind in ("reference", "references")),
        "front": float(kind in ("front", "notice")),
    }
    if question.concepts:
        row["concepts"] = sum(iri in named for iri in question.concepts) / len(question.concepts)
        near = _near(book, sentence, named, vocabulary)
        row["concepts_near"] = sum(iri in near for iri in question.concepts) / len(question.concepts)
    return row


def _near(book: Book, sentence: Sentence, named: frozenset[str], vocabulary: Vocabulary) -> set[str]:
    near = set(named)
    for iri in named:
        near.update(vocabulary.ancestors(iri))
    chunk_id = book.chunk_of.get(sentence.id)
    for other in book.chunks[chunk_id].sentence_ids if chunk_id else ():
        near |= book.concepts_of.get(other, frozenset())
    return near


def _typed(intent: Intent, text: str, named: frozenset[str], vocabulary: Vocabulary) -> float:
    if intent == "definition":
        return float(any(word in text for word in _DEFINITION))
    wanted = _KINDS.get(intent)
    if not wanted:
        return 0.0
    return float(any(vocabulary[iri].kind in wanted for iri in named if iri in vocabulary))
