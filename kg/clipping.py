"""Clipping: of a sentence that is too long to be said whole, the run of phrases that tells most of what was asked.

A run tells the terms and concepts of the question that it holds, each by its rarity, and what is done about them: a phrase
that asks, permits or forbids says more than one that only sets the scene. A run begins and ends where a phrase does; only a
phrase that is too long by itself is cut between words. Dots stand for what is left out; the citation holds the whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import NamedTuple

from kg.model import Question, Span
from kg.rarity import Rarity
from kg.text import content_terms, fold, stem
from kg.vocabulary import Vocabulary

_PHRASE_END = re.compile(r"[,;:](?=\s)|[，；：。、？！]")
_CUT = re.compile(r"(?<!\S)\S|[\u3400-\u9fff]")  # where a phrase may be cut: before a word or a Chinese character
_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?")
_DONE = re.compile(
    r"\b(?:should|must|may|shall|need(?:s|ed)? to|recommend(?:s|ed)?|required?|encouraged?|consider(?:ed)?|can(?:not)?|not)\b"
    r"|应当?|建议|推荐|鼓励|必须|需要?|可以?(?!能)|不得|不[宜应能]|考虑",
    re.IGNORECASE,
)
_DONE_TELLS = 2.0  # as a term in one of eight sentences does
_READ = 0.67  # of the room for both languages, the share of an English reading: it is that much longer
_IN_PLACE = 6.0  # what standing where the reading's run stands in the reading tells, as a rare term
DOTS = "…"


class _Point(NamedTuple):
    """What tells at a place of a text, and how much; what stands twice tells once."""

    span: Span
    what: str
    weight: float


class Clipper:
    """Clips sentences of either language to what tells most of a question."""

    def __init__(self, vocabulary: Vocabulary, rarity: Rarity) -> None:
        self._vocabulary, self._rarity = vocabulary, rarity

    def clip(self, text: str, question: Question, limit: int) -> str:
        """A text of at most `limit` characters: itself, or of a longer one its most telling run."""
        asked = {m.concept for m in self._vocabulary.find(question.matter)}
        return _said(text, self._best(text, asked, content_terms(question.matter), limit))

    def clip_both(self, reading: str, original: str, question: Question, limit: int) -> tuple[str, str]:
        """An English reading and its original, clipped to the same matter, of at most `limit` characters together; either as
        a whole where there is room for it.
        """
        asked = {m.concept for m in self._vocabulary.find(question.matter)}
        room = max(limit - len(original), int(limit * _READ))
        start, end = self._best(reading, asked, content_terms(question.matter), room)
        read = _said(reading, (start, end))
        said = {m.concept for m in self._vocabulary.find(reading[start:end])}
        names = [stem(fold(w[0])) for w in _WORD.finditer(reading[start:end]) if not w[0].islower()]
        place = Span(start * len(original) // len(reading), end * len(original) // len(reading))
        return read, _said(original, self._best(original, said, names, limit - len(read), place))

    def _best(
        self, text: str, asked: Collection[str], terms: Collection[str], limit: int, place: Span | None = None
    ) -> tuple[int, int]:
        """The bounds of the most telling run, dots included in its length; `place` is where it is expected."""
        if len(text) <= limit:
            return 0, len(text)
        points = list(self._points(text, asked, terms))

        def told(run: tuple[int, int]) -> tuple[float, int, int]:
            held = {p.what: p.weight for p in points if run[0] <= p.span.start and p.span.end <= run[1]}
            expected = min(run[1], place.end) - max(run[0], place.start) if place else 0
            near = _IN_PLACE * max(0, expected) / (place.end - place.start) if place else 0.0
            return sum(held.values()) + near, -run[0], run[1]

        return max(_runs(text, limit - 2 * len(f" {DOTS}")), key=told)

    def _points(self, text: str, asked: Collection[str], terms: Collection[str]) -> Iterator[_Point]:
        named = [match for match in self._vocabulary.find_nested(text) if match.concept in asked]
        for match in named:
            yield _Point(match.span, match.concept, self._rarity.concept(match.concept))
        for word in _WORD.finditer(text):
            place = Span(*word.span())
            if (term := stem(fold(word[0]))) in terms and not any(match.span.holds(place) for match in named):
                yield _Point(place, term, self._rarity.term(term))
        for done in _DONE.finditer(text):
            yield _Point(Span(*done.span()), "", _DONE_TELLS)


def _said(text: str, run: tuple[int, int]) -> str:
    """A run of a text, with dots for what is left out."""
    start, end = run
    if run == (0, len(text)):
        return text
    said = text[start:end].strip().rstrip(",;:，；：、")
    return f"{DOTS + ' ' if start else ''}{said}{' ' + DOTS if end < len(text) else ''}"


def _runs(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """For each phrase the longest run of whole phrases that begins with it and fits; of a phrase that does not fit by itself
    the runs of words that do, and of one without spaces, of characters.
    """
    ends = sorted({*(m.end() for m in _PHRASE_END.finditer(text)), len(text)})
    for start in (0, *ends[:-1]):
        fitting = bisect_right(ends, start + limit)
        if fitting and ends[fitting - 1] > start:
            yield start, ends[fitting - 1]
            continue
        phrase = Span(start, ends[bisect_right(ends, start)])
        places = [start + m.start() for m in _CUT.finditer(phrase.of(text))]
        for place in places:
            yield place, max((p for p in (*places, phrase.end) if p <= place + limit), default=phrase.end)
