"""When to say that the guidance does not answer: a logistic model over what the best evidence leaves open.

The model is fitted at build time on calibration questions, answerable and not, which are never indexed. It says the
probability that the library answers. A wrong abstention sends a reader away from a clause that stands there, so the bound is
low: ABSTAIN_BELOW is where nine of ten unanswerable questions of two sets written by others are found (tests/data,
development and held-out questions); below it nearly every abstention is right. One model serves both languages: the signals
mean the same in either, and there are twice as many questions to learn from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.books import Library
from kg.indexes import Indexes
from kg.model import Question
from kg.ranking import Candidate
from kg.rarity import Rarity
from kg.text import content_terms, fold, has_chinese, latin_terms, tokens
from kg.values import asked_value
from kg.vocabulary import Vocabulary

SIGNALS = (
    "question_cosine",  # of the nearest question that the corpus answers
    "unanswered_cosine",  # mean of the three nearest questions that are known not to be answered
    "known",  # share, by cosine, of the five nearest known questions that the corpus answers
    "sentence_cosine",  # of the nearest sentence
    "covered",  # share of the question's telling words, by rarity, that the best three chunks or their questions hold
    "unknown",  # share of telling words that stand nowhere in the library
    "concepts",  # share of the question's concepts in the best sentence or near it
    "authority",  # only other authorities than those that issued the guidelines are asked about, and the best three chunks name them not
    "no_value",  # a value is asked for and none of the best sentences states one of its sort
    "names",  # share of the names written in the question (CD30, PSUR, Lugano) that the best three chunks do not hold
    "margin",  # logits between the best and the tenth sentence
    "best",  # score of the best sentence in logits
)
ABSTAIN_BELOW = 0.2
SURE_FROM = 0.5
_OFF_TOPIC = 0.3
_STATED_WITHIN = 2.0  # logits behind the best sentence at which a value is still taken for the one asked for
_KNOWN = 40  # known questions looked at, since those hidden from a held-out one are left out
_SPECIFIC = frozenset({"product", "disease", "place", "document"})
_REASONS = {
    "off-topic": (
        "文库中的指导原则没有涉及这个问题所说的内容。",
        "The guidelines in the library do not speak of what this question is about.",
    ),
    "other": (
        "文库中的指导原则没有就{}回答这个问题。下面是最接近的条款。",
        "The guidelines in the library do not answer this for {}. The nearest clauses follow.",
    ),
    "no-value": (
        "指导原则谈到这一点，但没有给出所问的数值。原文只说：",
        "The guidelines speak of this but give no such value. What they do say:",
    ),
    "no-answer": (
        "指导原则谈到相近的内容，但没有回答这个问题。下面是最接近的条款。",
        "The guidelines speak of related matters but do not answer this question. The nearest clauses follow.",
    ),
    "unsure": (
        "指导原则未必直接回答这个问题，请以引文为准。",
        "The guidelines may not answer this directly; go by the quotations.",
    ),
    "unsure-value": (
        "引文中没有所问的数值，请以引文为准。",
        "The quotations hold no value of the sort asked for; go by what they say.",
    ),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the evidence answers, how sure that is (0 to 1), and why not or how far where there is something to say.

    `kind` is a key of the reasons: off-topic, other (a product, disease or authority that the library does not treat),
    no-value, no-answer; unsure and unsure-value for an answer to be taken with care; "" for a plain answer.
    """

    answered: bool
    probability: float
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights by signal and a bias; `probability` is of being answered by the library."""

    weights: dict[str, float]
    bias: float

    def probability(self, signals: Mapping[str, float]) -> float:
        logit = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in signals.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))

    def verdict(self, question: Question, signals: Mapping[str, float], absent: Sequence[str]) -> Verdict:
        """Whether the library answers, and where it does not, why in words. `absent` are the names of products, diseases
        and organisations that the question asks about and the best passages do not name.
        """
        probability = self.probability(signals)
        answered = probability >= ABSTAIN_BELOW
        if probability >= SURE_FROM:
            return Verdict(True, probability, "", "")
        kind = _caution(signals) if answered else _kind(question, signals, absent)
        names = ("、" if question.lang == "zh" else ", ").join(absent)
        return Verdict(answered, probability, kind, _REASONS[kind][question.lang == "en"].format(names))


def _kind(question: Question, signals: Mapping[str, float], absent: Sequence[str]) -> str:
    if not question.concepts and (signals["unknown"] >= _OFF_TOPIC or not signals["covered"]):
        return "off-topic"
    if absent:
        return "other"
    return "no-value" if signals["no_value"] else "no-answer"


def _caution(signals: Mapping[str, float]) -> str:
    return "unsure-value" if signals["no_value"] else "unsure"


# for a corpus with too few questions to learn from: fitted on the development set over the five guidelines without theirs
START = Judge({"covered": 1.8, "unknown": -1.6, "sentence_cosine": 1.1, "concepts": 2.4, "no_value": -1.6}, -2.0)


class Gauge:
    """Measures the signals of a question against its candidates."""

    def __init__(
        self, vocabulary: Vocabulary, indexes: Indexes, library: Library, rarity: Rarity, issuers: Iterable[str]
    ) -> None:
        self._vocabulary, self._indexes, self._library, self._rarity = vocabulary, indexes, library, rarity
        self._own, self._others = _authorities(vocabulary, issuers)
        self._lexical = indexes.lexical
        self._read: dict[str, _Words] = {}
        self._said = lru_cache(maxsize=None)(self._read_said)

    def signals(
        self, question: Question, candidates: Sequence[Candidate], hidden: frozenset[str] = frozenset()
    ) -> dict[str, float]:
        """All signals; `hidden` are texts and entry ids of questions that must not count (for held-out use)."""
        if not candidates:
            return dict.fromkeys(SIGNALS, 0.0) | {"unknown": 1.0}
        meant = self._meanings(question.text)
        terms = {t: self._rarity.term(t) for t in self._telling(question.text, meant)}
        chunks = _best_chunks(candidates)
        held = [self._words(chunk_id, hidden) for chunk_id in chunks]
        named = self._named(chunks)
        names = _names(question.matter)
        first, tenth = candidates[0], candidates[min(9, len(candidates) - 1)]
        near = max(first.features.get("concepts", 0.0), first.features.get("concepts_near", 0.0))
        return {
            "question_cosine": max(c.features.get("question_cosine", 0.0) for c in candidates),
            **self._nearest_known(question, hidden),
            "sentence_cosine": max(c.features.get("sentence_cosine", 0.0) for c in candidates),
            "covered": _share(terms, lambda t: any(t in words for words in held) or bool(meant.get(t, set()) & named)),
            "unknown": _share(terms, lambda t: not (t in meant or self._known(t))),
            "concepts": near if question.concepts else 0.0,
            "authority": float(self._asks_others(question, chunks)),
            "no_value": float(self._no_value(question, candidates)),
            "names": len(self._unheld(names, chunks)) / (len(names) or 1),
            "margin": first.score - tenth.score,
            "best": first.score,
        }

    def _nearest_known(self, question: Question, hidden: frozenset[str]) -> dict[str, float]:
        """How near known questions are that the corpus does not answer, and which sort the nearest of all are."""
        vector = self._indexes.encoder.encode([question.matter])
        both = (self._indexes.questions, self._indexes.unanswered)
        answered, unanswered = ([h.score for h in x.search(vector, _KNOWN) if h.id not in hidden] for x in both)
        nearest = sorted([*((s, 1) for s in answered), *((s, 0) for s in unanswered)], reverse=True)[:5]
        total = sum(s for s, _ in nearest)
        return {
            "unanswered_cosine": sum(unanswered[:3]) / 3,
            "known": sum(s * sort for s, sort in nearest) / total if total > 0 else 0.0,
        }

    def absent(self, question: Question, candidates: Sequence[Candidate]) -> tuple[str, ...]:
        """The names of what the question asks about and the best passages do not name."""
        chunks = _best_chunks(candidates)
        named = self._named(chunks)
        absent = [iri for iri in self._asked(question) if iri not in named]
        others = [iri for iri in absent if iri in self._others]
        said = others or absent
        labels = [self._vocabulary[iri].label(question.lang) for iri in said]
        names = self._unheld(_names(question.matter), chunks)
        return (*labels, *(n for n in names if not (said and self._meant(n))))

    def _asked(self, question: Question) -> list[str]:
        """The products, diseases and so on that a question asks about, but for those in the names of guidelines."""
        matter = {m.concept for m in self._vocabulary.find_nested(question.matter)}
        concepts = [i for i in question.concepts if i in self._vocabulary and i in matter]
        return [i for i in concepts if self._vocabulary[i].kind in _SPECIFIC or i in self._others]

    def _named(self, chunks: Sequence[str]) -> set[str]:
        """Concepts that chunks or the headings above them name, themselves or by a narrower concept; the titles in a list of
        references name none.
        """
        named: set[str] = set()
        for chunk_id in chunks:
            book = self._library.book(chunk_id)
            if book.clauses[book.chunks[chunk_id].clause_id].kind == "reference":
                continue
            named |= book.concepts_above(book.chunks[chunk_id].clause_id)
            for sentence_id in book.chunks[chunk_id].sentence_ids:
                named |= book.concepts_of.get(sentence_id, frozenset())
        return named | {parent for iri in named for parent in self._vocabulary.ancestors(iri)}

    def _asks_others(self, question: Question, chunks: Sequence[str]) -> bool:
        """Whether another authority is asked about, not along with an own one, and chunks do not name it."""
        asked = set(question.concepts)
        return not asked & self._own and bool(asked & self._others - self._named(chunks))

    def _no_value(self, question: Question, candidates: Sequence[Candidate]) -> bool:
        """Whether a value is asked for and the best three sentences state none of its sort."""
        states = asked_value(question.text)
        if not states:
            return False
        near = [c for c in candidates[:3] if c.score >= candidates[0].score - _STATED_WITHIN]
        read = [(self._library.book(c.sentence_id), c.sentence_id) for c in near]
        return not any(states(book.said(book.sentences[sentence_id])) for book, sentence_id in read)

    def _unheld(self, names: Sequence[str], chunks: Sequence[str]) -> list[str]:
        """The names that chunks do not hold, by the word or by a concept that it stands for."""
        text, named = "\n".join(map(self._said, chunks)), self._named(chunks)
        return [n for n in names if fold(n) not in text and not self._meant(n) & named]

    def _meant(self, name: str) -> set[str]:
        return {m.concept for m in self._vocabulary.find_nested(name)}

    def _read_said(self, chunk_id: str) -> str:
        """A chunk in both languages, folded."""
        book = self._library.book(chunk_id)
        return fold("\n".join(book.said(book.sentences[i]) for i in book.chunks[chunk_id].sentence_ids))

    def _words(self, chunk_id: str, hidden: frozenset[str]) -> _Words:
        """The words of a chunk, its headings, its English reading and the questions written for it."""
        if hidden:
            return self._read_words(chunk_id, hidden)
        if chunk_id not in self._read:
            self._read[chunk_id] = self._read_words(chunk_id, hidden)
        return self._read[chunk_id]

    def _read_words(self, chunk_id: str, hidden: frozenset[str]) -> _Words:
        book = self._library.book(chunk_id)
        chunk = book.chunks[chunk_id]
        texts = [chunk.span.of(book.document.text), book.document.metadata.title_zh, *chunk.headings]
        for sentence_id in chunk.sentence_ids:
            texts.append(book.document.translations.get(sentence_id, ""))
            texts += [q.question for q in book.questions_of.get(sentence_id, ()) if q.question not in hidden]
        return _Words("\n".join(texts))

    def _telling(self, text: str, meant: Collection[str]) -> list[str]:
        """The telling terms of a text, but for unknown pairs of characters at the seam of a known word: of 产品打完, 品打."""
        terms = content_terms(text)
        known = {t for t in terms if t in meant or self._known(t)}
        worded = {character for term in known if has_chinese(term) for character in term}
        return [t for t in terms if t in known or not worded.intersection(t)]

    def _meanings(self, text: str) -> dict[str, set[str]]:
        """The concepts that the terms of a text belong to: what people call a thing need not stand in any guideline."""
        meant: dict[str, set[str]] = {}
        for match in self._vocabulary.find_nested(text):
            for term in tokens(match.span.of(text)):
                meant.setdefault(term, set()).add(match.concept)
        return meant

    def _known(self, term: str) -> bool:
        return any(
            self._lexical.document_frequency(f, term) for f in ("sentence", "sentence_en", "heading", "question")
        )


def _authorities(vocabulary: Vocabulary, issuers: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The issuers of the guidelines, as their names hold them, and the other authorities, under the same broader concept;
    either with the countries that they belong to, since people name the one for the other.
    """
    named = {m.concept for name in issuers for m in vocabulary.find_nested(name)}
    own = {iri for iri in named if vocabulary[iri].kind == "organisation"}
    above = {parent for iri in own for parent in vocabulary[iri].broader}
    others = {iri for parent in above for iri in vocabulary.narrower(parent)} - own
    shared = above & {parent for iri in others for parent in vocabulary[iri].broader}
    foreign = {parent for iri in others for parent in vocabulary[iri].broader}
    return frozenset(own | above - shared), frozenset((others | foreign) - shared)


_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[.+-][A-Za-z0-9]+)*")
_EDITION = re.compile(r"第[一二三四五六七八九十\d]+[批版]")


def _names(text: str) -> list[str]:
    """The names of a text by their capitals and digits: CAR-T, CD30, Claudin18.2, and of which edition it speaks: 第二批; a
    word that opens a sentence is none.
    """
    found = _EDITION.findall(text)
    for match in _NAME.finditer(text):
        opens = not text[: match.start()].rstrip(" \"'(") or text[: match.start()].rstrip()[-1:] in ".?!:"
        inner = any(c.isupper() or c.isdigit() for c in match[0][1:])
        if len(match[0]) > 1 and (inner or (match[0][0].isupper() and not opens)):
            found.append(match[0])
    return list(dict.fromkeys(found))


def _best_chunks(candidates: Sequence[Candidate]) -> list[str]:
    return list(dict.fromkeys(c.chunk_id for c in candidates[:30]))[:3]


class _Words:
    """The words of a text: whether it holds a search term, without making all terms of the text."""

    def __init__(self, text: str) -> None:
        self._text = fold(text)
        self._stems = latin_terms(self._text)

    def __contains__(self, term: str) -> bool:
        return term in (self._stems if term.isascii() or not has_chinese(term) else self._text)


def _share(terms: Mapping[str, float], of: Callable[[str], bool]) -> float:
    """The share, by weight, of the terms of which something is so."""
    total = sum(terms.values())
    return sum(weight for term, weight in terms.items() if of(term)) / total if total else 0.0
