"""Evidence: which sentences of the retrieved chunks carry the answer, and the citations that quote them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.lexical import LexicalIndex
from kg.model import Chunk, Citation, Clause, Document, Hit, Mention, Question, Sentence, Span
from kg.text import tokens
from kg.vocabulary import Vocabulary

MAX_CITATIONS = 10
MAX_QUOTE = 600
_ORDER = ("not", "must", "should", "encouraged", "may", "statement")
_DEFINITION = ("是指", "定义为", "一般指", "称为", "简称")
_KIND_OF_INTENT = {"duration": "duration", "endpoint": "endpoint", "population": "population", "risk": "risk"}


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with how well it answers, 0 to about 1.5."""

    sentence: Sentence
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """A citation with the chunk behind it and its sentences, best first."""

    citation: Citation
    chunk: Chunk
    ranked: tuple[Scored, ...]
    coverage: float


class EvidenceFinder:
    """Scores sentences by how much of the question's weighted words and concepts they hold."""

    def __init__(self, vocabulary: Vocabulary, lexical: LexicalIndex, document: Callable[[str], Document]) -> None:
        self._vocabulary, self._document = vocabulary, document
        self._idf = lru_cache(maxsize=50_000)(lambda name, term: _idf(lexical, name, term))
        self._mentions: dict[str, dict[str, list[Mention]]] = {}

    def find(
        self, question: Question, hits: Sequence[Hit], terms: tuple[Mapping[str, float], Mapping[str, float]]
    ) -> list[Found]:
        """A citation for each hit, in the order of the hits, with the sentences that carry the evidence marked."""
        best = hits[0].score if hits else 1.0
        return [self._cite(question, hit, terms, hit.score / (best or 1.0)) for hit in hits[:MAX_CITATIONS]]

    def _cite(
        self,
        question: Question,
        hit: Hit,
        terms: tuple[Mapping[str, float], Mapping[str, float]],
        score: float,
    ) -> Found:
        document = self._document(slug_of(hit.chunk_id))
        chunk = next(c for c in document.chunks if c.id == hit.chunk_id)
        sentences = [s for s in document.sentences if s.id in set(chunk.sentence_ids)]
        ranked = sorted(
            (Scored(s, self._score(question, document, s, terms)) for s in sentences),
            key=lambda x: (-x.score, x.sentence.span),
        )
        marked = _marked(ranked)
        span = _quote_span(chunk, marked)
        clause = {c.id: c for c in document.clauses}[chunk.clause_id]
        citation = Citation(
            document=document.slug, clause_id=clause.id, clause=clause_label(clause), heading=chunk.headings,
            quote=span.of(document.text), span=span, lines=document.line_range(span),
            strength=min((s.strength for s in marked), key=_ORDER.index), score=round(score, 4),
            translation=" ".join(document.translations[s] for s in chunk.sentence_ids if s in document.translations) or None,
            marks=tuple(sorted(s.span for s in marked)), unit=document.unit, pages=document.page_range(span),
        )  # fmt: skip
        return Found(citation, chunk, tuple(ranked), max(x.score for x in ranked))

    def _score(
        self,
        question: Question,
        document: Document,
        sentence: Sentence,
        terms: tuple[Mapping[str, float], Mapping[str, float]],
    ) -> float:
        chinese, english = terms
        text = sentence.span.of(document.text)
        covered = self._coverage("text", chinese, text)
        if question.lang == "en" and (reading := document.translations.get(sentence.id)):
            covered = max(covered, self._coverage("english", english, reading))
        mentions = self._sentence_mentions(document).get(sentence.id, [])
        named = {m.concept for m in mentions}
        concepts = sum(iri in named for iri in question.concepts) / max(len(question.concepts), 1)
        return covered + 0.3 * concepts + self._typed(question, text, named)

    def _typed(self, question: Question, text: str, named: set[str]) -> float:
        """What the intent asks for beside words: a duration, an endpoint, a definition."""
        if question.intent == "definition":
            return 0.2 if any(word in text for word in _DEFINITION) else 0.0
        kind = _KIND_OF_INTENT.get(question.intent)
        if kind is None:
            return 0.0
        return 0.2 if any(self._vocabulary[i].kind == kind for i in named if i in self._vocabulary) else 0.0

    def _coverage(self, name: str, terms: Mapping[str, float], text: str) -> float:
        """The share of the terms' weight times idf that a text holds."""
        held = set(tokens(text))
        total = sum(weight * self._idf(name, term) for term, weight in terms.items())
        part = sum(weight * self._idf(name, term) for term, weight in terms.items() if term in held)
        return part / total if total else 0.0

    def _sentence_mentions(self, document: Document) -> dict[str, list[Mention]]:
        if document.slug not in self._mentions:
            grouped: dict[str, list[Mention]] = {}
            for mention in document.mentions:
                grouped.setdefault(mention.sentence_id, []).append(mention)
            self._mentions[document.slug] = grouped
        return self._mentions[document.slug]


def slug_of(chunk_id: str) -> str:
    """The document of a chunk: `<slug>~<number>`."""
    return chunk_id.rpartition("~")[0]


def clause_label(clause: Clause) -> str:
    return clause.label or clause.title or clause.id.rsplit("#", 1)[-1]


def _idf(lexical: LexicalIndex, name: str, term: str) -> float:
    return math.log(1 + (lexical.size + 1) / (lexical.document_frequency(name, term) + 0.5))


def _marked(ranked: Sequence[Scored]) -> list[Sentence]:
    """The best sentence and those that come close to it, three at most."""
    floor = 0.72 * ranked[0].score
    return [x.sentence for x in ranked[:3] if x.score >= floor] or [ranked[0].sentence]


def _quote_span(chunk: Chunk, marked: Sequence[Sentence]) -> Span:
    """The chunk as a whole where it is short enough, else the marked sentences with what lies between."""
    if chunk.span.end - chunk.span.start <= MAX_QUOTE:
        return chunk.span
    start, end = min(s.span.start for s in marked), max(s.span.end for s in marked)
    return Span(start, end) if end - start <= MAX_QUOTE else marked[0].span
