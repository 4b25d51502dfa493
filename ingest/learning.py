"""Learning to rank, and when to abstain, from the corpus's own questions.

A fifth of the questions is held out: indexes and embedding are made without them ("rehearsal"), so that a held-out question
meets the library as a stranger's would. On these the ranker's weights are fitted (listwise softmax likelihood of the
sentences that answer, Cao et al., 2007, with a ridge), and, together with questions that the corpus does not answer, the
logistic model of abstention. Both are linear over named features, so that their weights can be read.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from ingest.indexes import Asked
from kg.abstention import SIGNALS, Gauge, Judge
from kg.features import FEATURES
from kg.model import Language, Question
from kg.ranking import START, Candidate, Ranker
from kg.retrieval import Retriever
from kg.text import tokens
from kg.understanding import intent_of
from kg.vocabulary import Vocabulary

_HELD = 0.2
_HIDDEN_UNANSWERED = 0.5
_HIDDEN_SIBLINGS = 0.0
_RIDGE = 0.001
_PARAPHRASE = 0.5
_MAX_CANDIDATES = 120
LANGUAGES: tuple[Language, ...] = ("zh", "en")
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lists:
    """Candidates of one held-out question: features, shape (candidates, features), and which of them answer."""

    features: Floats
    answers: NDArray[np.bool_]


def split(questions: Sequence[Asked]) -> tuple[list[Asked], list[Asked]]:
    """The questions kept and those held out, by the hash of their text."""
    held = [q for q in questions if _fraction(q.text) < _HELD]
    return [q for q in questions if _fraction(q.text) >= _HELD], held


def learn(
    retriever_of: Callable[[Ranker], Retriever],
    gauge: Gauge,
    vocabulary: Vocabulary,
    kept: Sequence[Asked],
    held: Sequence[Asked],
    unanswered: Sequence[Asked],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Ranker, Judge]:
    """The ranker and the judge fitted on held-out questions."""
    start, veil = retriever_of(START), Veil(kept)
    hidden = {q.id: veil.over(q) for q in held}
    found = []
    for nth, question in enumerate(held):
        progress(nth, len(held) * 2)
        asked = understood(question.text, question.lang, vocabulary)
        found.append((question, start.search(asked, hidden[question.id].ids.__contains__)))
    ranker = Ranker({lang: _fit_ranker(found, lang) for lang in LANGUAGES})
    ranked = retriever_of(ranker)
    rows: list[tuple[str, dict[str, float], bool]] = []
    for nth, question in enumerate(held):
        progress(len(held) + nth, len(held) * 2)
        asked = understood(question.text, question.lang, vocabulary)
        veiled = veil.over(question, _HIDDEN_SIBLINGS)
        candidates = ranked.search(asked, veiled.ids.__contains__)
        rows.append((question.lang, gauge.signals(asked, candidates, veiled.texts | {question.text}), True))
    for question, like in zip(unanswered, _alike(unanswered), strict=True):
        asked = understood(question.text, question.lang, vocabulary)
        rows.append((question.lang, gauge.signals(asked, ranked.search(asked), like), False))
    progress(len(held) * 2, len(held) * 2)
    return ranker, _fit_judge(rows)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Questions of the corpus that must not help a held-out one, by entry id and by text."""

    ids: frozenset[str]
    texts: frozenset[str]


class Veil:
    """What is hidden from a held-out question, so that it meets the library as a stranger's would.

    Hidden are its near paraphrases: token sets with a Jaccard index of one half or more. To judge whether the library
    answers at all, most questions with the same answer are hidden too: a stranger's words are further from all of them
    than one writer's dozen are from each other.
    """

    def __init__(self, kept: Iterable[Asked]) -> None:
        self._kept = {q.id: q for q in kept}
        self._grams = {q.id: frozenset(tokens(q.text)) for q in self._kept.values()}
        self._holders: dict[str, list[str]] = {}
        self._siblings: dict[str, list[str]] = {}
        for question in self._kept.values():
            for target in question.targets:
                self._siblings.setdefault(target, []).append(question.id)
        for entry_id, grams in self._grams.items():
            for gram in grams:
                self._holders.setdefault(gram, []).append(entry_id)

    def over(self, question: Asked, siblings: float = 0.0) -> Hidden:
        """What is hidden from a question: its near paraphrases, and a share of those with an answer in common."""
        ids = frozenset(self._paraphrases(question.text)) | {
            entry_id
            for target in question.targets
            for entry_id in self._siblings.get(target, ())
            if _fraction(question.text + entry_id) < siblings
        }
        return Hidden(ids, frozenset(self._kept[i].text for i in ids))

    def _paraphrases(self, text: str) -> Iterator[str]:
        grams = frozenset(tokens(text))
        shared = Counter(entry_id for gram in grams for entry_id in self._holders.get(gram, ()))
        for entry_id, both in shared.items():
            if both >= _PARAPHRASE * (len(grams) + len(self._grams[entry_id]) - both):
                yield entry_id


def _alike(unanswered: Sequence[Asked]) -> Iterator[frozenset[str]]:
    """For each unanswered question the ids of itself, its paraphrases and half of all others: unseen ones are many."""
    veil = Veil(unanswered)
    for question in unanswered:
        others = {q.id for q in unanswered if _fraction(question.id + q.id) < _HIDDEN_UNANSWERED}
        yield veil.over(question).ids | {question.id} | others


def understood(text: str, lang: str, vocabulary: Vocabulary) -> Question:
    """A question of the corpus as the assistant would read it."""
    concepts = tuple(dict.fromkeys(m.concept for m in vocabulary.find(text)))
    return Question(text, cast(Language, lang), intent_of(text), concepts)


def _fraction(text: str) -> float:
    """A fixed number between 0 and 1 for a text, evenly spread."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def _fit_ranker(found: Sequence[tuple[Asked, list[Candidate]]], lang: str) -> dict[str, float]:
    lists = [_lists(question, candidates) for question, candidates in found if question.lang == lang]
    usable = [x for x in lists if x.answers.any() and not x.answers.all()]
    if not usable:
        return dict(START.weights[lang])
    start = np.array([START.weights[lang].get(name, 0.0) for name in FEATURES])
    result = minimize(_loss, start, args=(usable,), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return {name: round(float(value), 3) for name, value in zip(FEATURES, result.x, strict=True)}


def _lists(question: Asked, candidates: Sequence[Candidate]) -> Lists:
    """The best candidates and all that answer, as arrays."""
    targets = set(question.targets)
    kept = [c for n, c in enumerate(candidates) if n < _MAX_CANDIDATES or c.sentence_id in targets]
    features = np.array([[c.features.get(name, 0.0) for name in FEATURES] for c in kept]).reshape(-1, len(FEATURES))
    return Lists(features, np.array([c.sentence_id in targets for c in kept], dtype=bool))


def _loss(weights: Floats, lists: Sequence[Lists]) -> tuple[float, Floats]:
    """Mean negative log share of belief that the answering sentences get, with a ridge, and its gradient."""
    total, gradient = 0.0, np.zeros_like(weights)
    for item in lists:
        scores = item.features @ weights
        belief = np.exp(scores - scores.max())
        belief /= belief.sum()
        right = belief[item.answers].sum()
        total -= float(np.log(right))
        within = np.where(item.answers, belief, 0.0) / right
        gradient += (belief - within) @ item.features
    ridge = _RIDGE * float(weights @ weights)
    return total / len(lists) + ridge, gradient / len(lists) + 2 * _RIDGE * weights


def _fit_judge(rows: Sequence[tuple[str, dict[str, float], bool]]) -> Judge:
    weights: dict[str, dict[str, float]] = {}
    bias: dict[str, float] = {}
    for lang in LANGUAGES:
        own = [(signals, answered) for row_lang, signals, answered in rows if row_lang == lang]
        features = np.array([[signals[name] for name in SIGNALS] for signals, _ in own])
        labels = np.array([answered for _, answered in own])
        model = LogisticRegression(C=10.0, class_weight="balanced", max_iter=2000).fit(features, labels)
        weights[lang] = {n: round(float(v), 4) for n, v in zip(SIGNALS, model.coef_[0], strict=True)}
        bias[lang] = round(float(model.intercept_[0]), 4)
    return Judge(weights, bias)
