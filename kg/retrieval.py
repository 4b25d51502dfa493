"""Retrieval: sentences that may answer, found by words, English reading, own questions, concepts and vectors.

An English question also searches the Chinese text by the Chinese labels of the concepts that it names, and the other way
round. Every search has a limit of its own, so that no method and no language crowds out another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from kg.books import Library
from kg.dense import DenseHit, Vectors
from kg.features import FeatureTable, OwnFeatures
from kg.indexes import Indexes
from kg.lexical import LexicalHit, term_weights
from kg.model import Citation, Label, Question
from kg.ranking import Candidate, Ranker
from kg.text import guideline_of, tokens
from kg.vocabulary import Vocabulary

LIMIT = 80
_RANKED = 60
_QUESTIONS = 80
_EXPANSION = 0.45
_LABELS_EACH = 3
_MANY_QUESTIONS = 4

Skip = Callable[[str], bool]


def nothing(entry_id: str) -> bool:
    """Skips no entry."""
    del entry_id
    return False


class Retriever:
    """All searches as one. Ties are broken by id, so that answers are the same on every run."""

    def __init__(self, vocabulary: Vocabulary, indexes: Indexes, library: Library, ranker: Ranker) -> None:
        self._vocabulary, self._indexes, self._library, self._ranker = vocabulary, indexes, library, ranker
        self._own = OwnFeatures(vocabulary, lru_cache(maxsize=None)(self._rarity))

    def search(self, question: Question, skip: Skip = nothing, within: frozenset[str] = frozenset()) -> list[Candidate]:
        """Candidate sentences, best first; of some guidelines only, by slug, if any are given.

        Guidelines that the question names are searched by themselves as well, so that none is crowded out. `skip` leaves
        out questions of the corpus by entry id (for held-out use).
        """
        table = FeatureTable()
        self._fill(table, question, skip, within)
        if named := frozenset(question.documents) & (within or frozenset(question.documents)):
            self._fill(table, question, skip, named)
        lang, candidates = question.lang, []
        found = sorted(table.rows.items(), key=lambda row: (-self._ranker.score(lang, row[1]), row[0]))
        for sentence_id, row in found[:_RANKED]:
            if within and guideline_of(sentence_id) not in within:
                continue  # the answer to a question over several guidelines, in one that is not asked
            book = self._library.book(sentence_id)
            sentence = book.sentences[sentence_id]
            if not sentence.heading and sentence_id in book.chunk_of:
                features = row | self._own.of(question, sentence, book)
                score = self._ranker.score(lang, features)
                candidates.append(Candidate(sentence_id, book.chunk_of[sentence_id], score, features))
        return sorted(candidates, key=lambda c: (-c.score, c.sentence_id))

    def _fill(self, table: FeatureTable, question: Question, skip: Skip, within: frozenset[str]) -> None:
        vector = self._indexes.encoder.encode([question.matter])
        for name, hits in self._lexical(question, skip, within):
            table.add_hits(name, hits, scaled=name != "questions")
        for name, nearest in self._dense(vector, skip, within):
            table.add_hits(name, nearest, scaled=False)

    def _lexical(
        self, question: Question, skip: Skip, within: frozenset[str]
    ) -> Iterator[tuple[str, list[LexicalHit]]]:
        chinese, english = self.query_terms(question)
        search = partial(self._indexes.lexical.search, within=within)
        yield "sentence", search("sentence", chinese, LIMIT)
        yield "chunk", self._spread(search("chunk", chinese, LIMIT // 2))
        yield "heading", self._spread(search("heading", term_weights(question.text) | chinese, LIMIT // 2))
        if question.lang == "en":
            yield "sentence_en", search("sentence_en", english, LIMIT)
            yield "chunk_en", self._spread(search("chunk_en", english, LIMIT // 2))
        asked = [h for h in search("question", term_weights(question.matter), _QUESTIONS) if not skip(h.id)]
        yield "question", asked
        yield "questions", _counted(asked)

    def _dense(self, vector: Vectors, skip: Skip, within: frozenset[str]) -> Iterator[tuple[str, list[DenseHit]]]:
        indexes = self._indexes
        yield "sentence_cosine", indexes.sentences.search(vector, LIMIT, within)
        chunks = indexes.chunks.search(vector, LIMIT // 2, within)
        yield "chunk_cosine", [_respread(h, self._targets(h.id)) for h in chunks]
        yield "question_cosine", [h for h in indexes.questions.search(vector, _QUESTIONS, within) if not skip(h.id)]

    def alike(self, question: Question, citations: Sequence[Citation]) -> Iterator[str]:
        """Texts of the corpus's own questions nearest to a question that the quoted sentences answer, nearest first."""
        vector = self._indexes.encoder.encode([question.matter])
        for hit in self._indexes.questions.search(vector, _QUESTIONS):
            asked = self._library.question(hit.id)
            if asked and any(
                c.document == guideline_of(t) and c.span.holds(self._library.sentence(t).span)
                for c in citations
                for t in asked.sentences
            ):
                yield asked.question

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

    def _rarity(self, iri: str) -> float:
        """Inverse document frequency of a concept over sentences."""
        lexical = self._indexes.lexical
        return math.log(1 + lexical.size / (lexical.document_frequency("concepts", iri) + 0.5))

    def _spread(self, hits: list[LexicalHit]) -> list[LexicalHit]:
        """Hits on chunks as hits on their sentences."""
        return [LexicalHit(h.id, self._targets(h.id), h.score) for h in hits]

    def _targets(self, chunk_id: str) -> tuple[str, ...]:
        return self._library.book(chunk_id).chunks[chunk_id].sentence_ids


def _respread(hit: DenseHit, targets: tuple[str, ...]) -> DenseHit:
    return DenseHit(hit.id, targets, hit.score)


def _counted(hits: list[LexicalHit]) -> list[LexicalHit]:
    """For each sentence how many of its questions were found, saturating at a few."""
    counts: dict[str, int] = {}
    for hit in hits[: _QUESTIONS // 2]:
        for target in hit.targets:
            counts[target] = counts.get(target, 0) + 1
    return [LexicalHit(t, (t,), min(n, _MANY_QUESTIONS) / _MANY_QUESTIONS) for t, n in counts.items()]
