"""What a sentence has to recommend it as the answer to a question: named features, most between 0 and 1.

A feature that a search gives is its score over the best score of that search, so that it only orders; cosines are taken as
they are. The ranker's weights are by these names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kg.books import Book
from kg.dense import DenseHit
from kg.lexical import LexicalHit
from kg.model import Intent, Question, Sentence
from kg.values import asked_value
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
    "value",  # a value is asked for and it states one of its sort
    "definition",  # a definition is asked for and it defines
    "kind",  # an endpoint, a population or a risk is asked for and it names one
    "stated",  # it states what is asked of a concept of the question
    "bibliography",  # it is an entry of a list of references
    "named",  # it stands in a guideline that the question names
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
    """Collects features by sentence id, and the score that they add up to under the given weights."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.rows: dict[str, dict[str, float]] = {}
        self.scores: dict[str, float] = {}
        self._weights = weights

    def add_hits(self, name: str, hits: Iterable[LexicalHit | DenseHit], *, scaled: bool) -> None:
        """The best score of each target under a feature's name, over the best of all when scaled."""
        ranked, rows, scores, weight = list(hits), self.rows, self.scores, self._weights.get(name, 0.0)
        best = max((h.score for h in ranked), default=0.0) if scaled else 1.0
        for hit in ranked:
            value = hit.score / best if best > 0 else 0.0
            for target in hit.targets:
                row = rows.get(target)
                if row is None:
                    rows[target], scores[target] = {name: value}, weight * value
                elif value > (before := row.get(name, 0.0)):
                    row[name] = value
                    scores[target] += weight * (value - before)

    def best(self, count: int) -> list[str]:
        """The sentences with the highest scores, best first, ties by id."""
        scores = self.scores
        return sorted(scores, key=lambda sentence_id: (-scores[sentence_id], sentence_id))[:count]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a sentence is, whoever asks: the concepts that it and its surroundings name, their kinds, and its form."""

    named: frozenset[str]
    near: frozenset[str]
    kinds: frozenset[str]
    number: float
    definition: float
    bibliography: float
    front: float


class OwnFeatures:
    """The features that a sentence has by itself: concepts, statements, type and kind of clause.

    `rarity` gives a concept's inverse document frequency over sentences, so that AAV counts for more than patient.
    """

    def __init__(self, vocabulary: Vocabulary, rarity: Callable[[str], float]) -> None:
        self._vocabulary, self._rarity = vocabulary, rarity
        self._profiles: dict[str, Profile] = {}

    def of(self, question: Question, sentence: Sentence, book: Book) -> dict[str, float]:
        profile = self._profile(sentence, book)
        wanted = _KINDS.get(question.intent, "")
        row = {"bibliography": profile.bibliography, "front": profile.front}
        if question.documents:
            row["named"] = float(book.document.slug in question.documents)
        row["duration" if wanted == "duration" else "kind"] = float(wanted in profile.kinds)
        if question.intent == "definition":
            row["definition"] = profile.definition
        if asks_number(question):
            row["number"] = profile.number
        if states := asked_value(question.text):
            row["value"] = float(states(book.said(sentence)))
        if question.concepts:
            row["concepts"] = self._share(question, profile.named)
            row["concepts_near"] = self._share(question, profile.near)
            row["duration_stated" if wanted == "duration" else "stated"] = self._stated(question, sentence, book)
        return row

    def _profile(self, sentence: Sentence, book: Book) -> Profile:
        if sentence.id not in self._profiles:
            named = book.concepts_of.get(sentence.id, frozenset())
            kind, text = book.clauses[sentence.clause_id].kind, book.text(sentence)
            self._profiles[sentence.id] = Profile(
                named,
                self._near(book, sentence, named),
                frozenset(self._vocabulary[i].kind for i in named if i in self._vocabulary),
                float(bool(_NUMBER.search(text))),
                float(bool(_DEFINITION.search(text))),
                float(kind in ("reference", "references")),
                float(kind in ("front", "notice")),
            )
        return self._profiles[sentence.id]

    def _near(self, book: Book, sentence: Sentence, named: frozenset[str]) -> frozenset[str]:
        """Concepts named by a narrower one, elsewhere in the chunk, or in the headings and the title above."""
        near = set(named) | book.concepts_above(sentence.clause_id)
        for iri in named:
            near.update(self._vocabulary.ancestors(iri))
        chunk_id = book.chunk_of.get(sentence.id)
        for other in book.chunks[chunk_id].sentence_ids if chunk_id else ():
            near |= book.concepts_of.get(other, frozenset())
        return frozenset(near)

    def _share(self, question: Question, named: AbstractSet[str]) -> float:
        total = held = 0.0
        for iri in question.concepts:
            weight = self._rarity(iri)
            total += weight
            held += weight if iri in named else 0.0
        return held / total if total else 0.0

    def _stated(self, question: Question, sentence: Sentence, book: Book) -> float:
        """The rarity-weighted share of the question that a fitting statement of the sentence is about."""
        wanted = _KINDS.get(question.intent, "")
        asked, best = set(question.concepts), 0.0
        for statement in book.statements_of.get(sentence.id, ()):
            about = {statement.subject, statement.object} & asked
            if about and (self._kind(statement.object) == wanted or (not wanted and len(about) == 2)):
                best = max(best, self._share(question, about))
        return best

    def _kind(self, iri: str) -> str:
        return self._vocabulary[iri].kind if iri in self._vocabulary else ""


def asks_number(question: Question) -> bool:
    """Whether the wording asks for a number."""
    return bool(_NUMBER_ASKED.search(question.text))
