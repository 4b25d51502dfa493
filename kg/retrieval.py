"""Retrieval: sentences that may answer, found by words, English reading, own questions, concepts and vectors.

An English question also searches the Chinese text by the Chinese labels of the concepts that it names, and the other way
round. Every search has a limit of its own, so that no method and no language crowds out another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from kg.books import Library
from kg.dense import DenseHit, Vectors
from kg.features import FeatureTable, OwnFeatures
from kg.indexes import Indexes
from kg.lexical import LexicalHit, term_weights
from kg.model import Citation, Label, Question
from kg.ranking import Candidate, Ranker
from kg.rarity import Rarity
from kg.scope import Keep
from kg.text import guideline_of, tokens
from kg.vocabulary import Vocabulary

LIMIT = 80
_RANKED = 60
_QUESTIONS = 80
_EXPANSION = 0.45
_LABELS_EACH = 3
_MANY_QUESTIONS = 4
_FURTHER, _DEEPEST = 4, 100_000  # how many times deeper a bounded search looks each time, and where it stops

Skip = Callable[[str], bool]
Hit = TypeVar("Hit", LexicalHit, DenseHit)


def nothing(entry_id: str) -> bool:
    """Skips no entry."""
    del entry_id
    return False


class Retriever:
    """All searches as one. Ties are broken by id, so that answers are the same on every run."""

    def __init__(
        self, vocabulary: Vocabulary, indexes: Indexes, library: Library, ranker: Ranker, rarity: Rarity
    ) -> None:
        self._vocabulary, self._indexes, self._library, self._ranker = vocabulary, indexes, library, ranker
        self._own = OwnFeatures(vocabulary, rarity.concept)

    def search(
        self, question: Question, skip: Skip = nothing, within: frozenset[str] = frozenset(), keep: Keep | None = None
    ) -> list[Candidate]:
        """Candidate sentences, best first; of some guidelines only, by slug, if any are given.

        Guidelines that the question names are searched by themselves as well, so that none is crowded out. `skip` leaves
        out questions of the corpus by entry id (for held-out use); `keep` bounds every search to some sentences.
        """
        table = FeatureTable(self._ranker.weights[question.lang])
        self._fill(table, question, skip, within, keep)
        if named := frozenset(question.documents) & (within or frozenset(question.documents)):
            self._fill(table, question, skip, named, keep)
        lang, candidates = question.lang, []
        for sentence_id in table.best(_RANKED):
            if (within and guideline_of(sentence_id) not in within) or (keep and not keep(sentence_id)):
                continue  # the answer to a question over several guidelines, in one that is not asked
            book = self._library.book(sentence_id)
            sentence = book.sentences[sentence_id]
            if not sentence.heading and sentence_id in book.chunk_of:
                features = table.rows[sentence_id] | self._own.of(question, sentence, book)
                score = self._ranker.score(lang, features)
                candidates.append(Candidate(sentence_id, book.chunk_of[sentence_id], score, features))
        return sorted(candidates, key=lambda c: (-c.score, c.sentence_id))

    def _fill(
        self, table: FeatureTable, question: Question, skip: Skip, within: frozenset[str], keep: Keep | None
    ) -> None:
        vector = self._indexes.encoder.encode([question.matter])
        for name, hits in self._lexical(question, skip, within, keep):
            table.add_hits(name, hits, scaled=name != "questions")
        for name, nearest in self._dense(vector, skip, within, keep):
            table.add_hits(name, nearest, scaled=False)

    def _lexical(
        self, question: Question, skip: Skip, within: frozenset[str], keep: Keep | None
    ) -> Iterator[tuple[str, list[LexicalHit]]]:
        chinese, english = self.query_terms(question)
        lexical = self._indexes.lexical

        def search(name: str, terms: dict[str, float], limit: int) -> list[LexicalHit]:
            return bounded(lambda n: lexical.search(name, terms, n, within), limit, keep)

        yield "sentence", search("sentence", chinese, LIMIT)
        yield "chunk", search("chunk", chinese, LIMIT // 2)
        yield "heading", search("heading", term_weights(question.text) | chinese, LIMIT // 2)
        if question.lang == "en":
            yield "sentence_en", search("sentence_en", english, LIMIT)
            yield "chunk_en", search("chunk_en", english, LIMIT // 2)
        asked = [h for h in search("question", term_weights(question.matter), _QUESTIONS) if not skip(h.id)]
        yield "question", asked
        yield "questions", _counted(asked)

    def _dense(
        self, vector: Vectors, skip: Skip, within: frozenset[str], keep: Keep | None
    ) -> Iterator[tuple[str, list[DenseHit]]]:
        indexes = self._indexes

        yield "sentence_cosine", bounded(lambda n: indexes.sentences.search(vector, n, within), LIMIT, keep)
        yield "chunk_cosine", bounded(lambda n: indexes.chunks.search(vector, n, within), LIMIT // 2, keep)
        asked = bounded(lambda n: indexes.questions.search(vector, n, within), _QUESTIONS, keep)
        yield "question_cosine", [h for h in asked if not skip(h.id)]

    def alike(self, question: Question, citations: Sequence[Citation]) -> Iterator[str]:
        """Texts of the corpus's own questions nearest to a question that the quoted sentences answer, nearest first."""
        vector = self._indexes.encoder.encode([question.matter])
        for hit in self._indexes.questions.search(vector, _QUESTIONS):
            if self._quoted(hit.targets, citations) and (asked := self._library.question(hit.id)):
                yield asked.question

    def _quoted(self, sentences: Sequence[str], citations: Sequence[Citation]) -> bool:
        """Whether one of some sentences is quoted; only guidelines that are cited are opened."""
        return any(
            c.document == guideline_of(s) and c.span.holds(self._library.sentence(s).span)
            for c in citations
            for s in sentences
        )

    def query_terms(self, question: Question) -> tuple[dict[str, float], dict[str, float]]:
        """Weighted terms for Chinese text and for English text: the question's own and its concepts' labels."""
        text = question.matter
        own = set(tokens(text))
        zh, en = ([(x.text, _EXPANSION) for x in self._labels(question, lang)] for lang in ("zh", "en"))
        chinese = term_weights(text, zh)
        # single characters that only an expansion brings would meet everything
        chinese = {t: w for t, w in chinese.items() if t in own or len(t) > 1 or t.isascii()}
        return chinese, term_weights(text, en)

    def _labels(self, question: Question, lang: str) -> Iterator[Label]:
        for iri in question.concepts:
            labels = [x for x in self._vocabulary[iri].labels if x.lang == lang and x.role != "hidden"]
            yield from sorted(labels, key=lambda x: x.role != "preferred")[:_LABELS_EACH]


def bounded(find: Callable[[int], list[Hit]], limit: int, keep: Keep | None) -> list[Hit]:
    """The first hits that speak for a sentence that is kept; looks further down until there are enough of them."""
    if keep is None:
        return find(limit)
    reach = limit
    while True:
        hits = find(reach)
        kept = [h._replace(targets=inside) for h in hits if (inside := tuple(t for t in h.targets if keep(t)))]
        if len(kept) >= limit or len(hits) < reach or reach >= _DEEPEST:
            return kept[:limit]
        reach *= _FURTHER


def _counted(hits: list[LexicalHit]) -> list[LexicalHit]:
    """For each sentence how many of its questions were found, saturating at a few."""
    counts: dict[str, int] = {}
    for hit in hits[: _QUESTIONS // 2]:
        for target in hit.targets:
            counts[target] = counts.get(target, 0) + 1
    return [LexicalHit(t, (t,), min(n, _MANY_QUESTIONS) / _MANY_QUESTIONS) for t, n in counts.items()]
