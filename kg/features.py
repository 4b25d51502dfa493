"""What a sentence has to recommend it as the answer to a question: named features, most between 0 and 1.

A feature that a search gives is its score over the best score of that search, so that it only orders; cosines are taken as
they are. The ranker's weights are by these names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet

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
    "concepts",  # share of the question's concepts, by rarity, that it names
    "concepts_near",  # share that it names by a narrower concept, or that its chunk names
    "duration",  # a duration is asked for and it holds one
    "duration_stated",  # it states a duration of a concept of the question
    "number",  # a number is asked for and it holds one
    "definition",  # a definition is asked for and it defines
    "kind",  # an endpoint, a population or a risk is asked for and it names one
    "stated",  # it states what is asked of a concept of the question
    "bibliography",  # it is an entry of a list of references
    "front",  # it stands on the title page or in a notice
)  # fmt: skip

_DEFINITION = re.compile("是指|定义为|一般指|简称|是一组|是针对|统称")
_NUMBER_ASKED = re.compile(
    r"多少|几(?!乎)|多大|多高|多久|多长|百分之|阈值|比例|例数|how (?:many|much|long|often|high|large)|what (?:dose|percentage|number|ratio)"
    r"|ratio|threshold|maximum|minimum",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百]+(?:个|种|次|例|年|月|周|天|倍|线)")
_KINDS: Mapping[Intent, str] = {
    "duration": "duration",
    "endpoint": "endpoint",
    "population": "population",
    "risk": "risk",
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


class OwnFeatures:
    """The features that a sentence has by itself: concepts, statements, type and kind of clause.

    `rarity` gives a concept's inverse document frequency over sentences, so that AAV counts for more than patient.
    """

    def __init__(self, vocabulary: Vocabulary, rarity: Callable[[str], float]) -> None:
        self._vocabulary, self._rarity = vocabulary, rarity

    def of(self, question: Question, sentence: Sentence, book: Book) -> dict[str, float]:
        named = book.concepts_of.get(sentence.id, frozenset())
        kind = book.clauses[sentence.clause_id].kind
        row = {
            **self._typed(question, book.text(sentence), named),
            "bibliography": float(kind in ("reference", "references")),
            "front": float(kind in ("front", "notice")),
        }
        if question.concepts:
            row["concepts"] = self._share(question, named)
            row["concepts_near"] = self._share(question, self._near(book, sentence, named))
            row["duration_stated" if question.intent == "duration" else "stated"] = self._stated(
                question, sentence, book
            )
        return row

    def _typed(self, question: Question, text: str, named: frozenset[str]) -> dict[str, float]:
        wanted = _KINDS.get(question.intent)
        holds = float(any(self._vocabulary[i].kind == wanted for i in named if i in self._vocabulary))
        row = {"duration" if wanted == "duration" else "kind": holds}
        if question.intent == "definition":
            row["definition"] = float(bool(_DEFINITION.search(text)))
        if _NUMBER_ASKED.search(question.text):
            row["number"] = float(bool(_NUMBER.search(text)))
        return row

    def _share(self, question: Question, named: AbstractSet[str]) -> float:
        weights = {iri: self._rarity(iri) for iri in question.concepts}
        return sum(w for iri, w in weights.items() if iri in named) / (sum(weights.values()) or 1.0)

    def _near(self, book: Book, sentence: Sentence, named: frozenset[str]) -> set[str]:
        """Concepts named by a narrower one, elsewhere in the chunk, or in the headings and the title above."""
        near = set(named) | book.concepts_above(sentence.clause_id)
        for iri in named:
            near.update(self._vocabulary.ancestors(iri))
        chunk_id = book.chunk_of.get(sentence.id)
        for other in book.chunks[chunk_id].sentence_ids if chunk_id else ():
            near |= book.concepts_of.get(other, frozenset())
        return near

    def _stated(self, question: Question, sentence: Sentence, book: Book) -> float:
        """The rarity-weighted share of the question that a fitting statement of the sentence is about."""
        wanted = _KINDS.get(question.intent, "")
        asked, best = set(question.concepts), 0.0
        for statement in book.statements_of.get(sentence.id, ()):
            about = {statement.subject, statement.object} & asked
            kind = self._vocabulary[statement.object].kind if statement.object in self._vocabulary else ""
            if about and (kind == wanted or (not wanted and len(about) == 2)):
                best = max(best, self._share(question, about))
        return best
