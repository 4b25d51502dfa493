"""Learning to rank, and when to abstain, from the corpus's own questions.

A fifth of the questions is held out: indexes and embedding are made without them ("rehearsal"), so that a held-out question
meets the library as a stranger's would. On these and on the calibration questions, which are never indexed, the ranker's
weights are fitted (listwise softmax likelihood of the sentences that answer, Cao et al., 2007, with a ridge); on the
calibration questions, answered or not, the logistic model of abstention. Both are linear over named features, so that their weights can be read.
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

_HELD = 0.2
_HIDDEN_UNANSWERED = 0.5
_ENOUGH_STRANGERS = 40
_RIDGE = 0.001
_JUDGE_C = 0.1
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


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learned from: questions kept in the indexes, held out of them, known not to be answered, and asked by
    strangers (without targets where the library does not answer)."""

    kept: Sequence[Asked]
    held: Sequence[Asked]
    unanswered: Sequence[Asked]
    strangers: Sequence[Asked]


class Learner:
    """Fits the ranker, then with it the judge, on questions that the indexes have not seen."""

    def __init__(
        self, retriever_of: Callable[[Ranker], Retriever], gauge: Gauge, read: Callable[[str, Language], Question]
    ) -> None:
        self._retriever_of, self._gauge, self._read = retriever_of, gauge, read

    def learn(self, lesson: Lesson, progress: Callable[[int, int], None]) -> tuple[Ranker, Judge]:
        ranker = self._ranker(lesson, progress)
        return ranker, self._judge(lesson, ranker, progress)

    def _ranker(self, lesson: Lesson, progress: Callable[[int, int], None]) -> Ranker:
        start, veil = self._retriever_of(START), Veil(lesson.kept)
        questions = [*lesson.held, *(q for q in lesson.strangers if q.targets)]
        found = []
        for nth, question in enumerate(questions):
            progress(nth, len(questions))
            found.append((question, start.search(self._understood(question), veil.over(question).ids.__contains__)))
        return Ranker({lang: _fit_ranker(found, lang) for lang in LANGUAGES})

    def _judge(self, lesson: Lesson, ranker: Ranker, progress: Callable[[int, int], None]) -> Judge:
        """Strangers' questions teach when to abstain; a corpus without them has its held-out and unanswered ones."""
        retriever, veil = self._retriever_of(ranker), Veil(lesson.kept)
        asked = lesson.strangers if _enough(lesson.strangers) else (*lesson.held, *lesson.unanswered)
        alike = dict(zip((q.id for q in lesson.unanswered), _alike(lesson.unanswered), strict=True))
        rows: list[tuple[dict[str, float], bool]] = []
        for nth, question in enumerate(asked):
            progress(nth, len(asked))
            hidden = veil.over(question)
            unseen = hidden.texts | hidden.ids | {question.text} | alike.get(question.id, frozenset())
            understood = self._understood(question)
            candidates = retriever.search(understood, hidden.ids.__contains__)
            rows.append((self._gauge.signals(understood, candidates, unseen), bool(question.targets)))
        progress(len(asked), len(asked))
        return _fit_judge(rows)

    def _understood(self, question: Asked) -> Question:
        """A question as the assistant would read it."""
        return self._read(question.text, cast(Language, question.lang))


@dataclass(frozen=True, slots=True)
class Hidden:
    """Questions of the corpus that must not help a held-out one, by entry id and by text."""

    ids: frozenset[str]
    texts: frozenset[str]


class Veil:
    """What is hidden from a held-out question, so that it meets the library as a stranger's would.

    Hidden are its near paraphrases: token sets with a Jaccard index of one half or more.
    """

    def __init__(self, kept: Iterable[Asked]) -> None:
        self._kept = {q.id: q for q in kept}
        self._grams = {q.id: frozenset(tokens(q.text)) for q in self._kept.values()}
        self._holders: dict[str, list[str]] = {}
        for entry_id, grams in self._grams.items():
            for gram in grams:
                self._holders.setdefault(gram, []).append(entry_id)

    def over(self, question: Asked) -> Hidden:
        ids = frozenset(self._paraphrases(question.text))
        return Hidden(ids, frozenset(self._kept[i].text for i in ids))

    def _paraphrases(self, text: str) -> Iterator[str]:
        grams = frozenset(tokens(text))
        shared = Counter(entry_id for gram in grams for entry_id in self._holders.get(gram, ()))
        for entry_id, both in shared.items():
            if both >= _PARAPHRASE * (len(grams) + len(self._grams[entry_id]) - both):
                yield entry_id


def _enough(strangers: Sequence[Asked]) -> bool:
    """Whether both languages have enough questions of both sorts to fit a judge on."""
    counts = Counter((q.lang, bool(q.targets)) for q in strangers)
    return all(counts[lang, answered] >= _ENOUGH_STRANGERS for lang in LANGUAGES for answered in (True, False))


def _alike(unanswered: Sequence[Asked]) -> Iterator[frozenset[str]]:
    """For each unanswered question the ids of itself, its paraphrases and half of all others: unseen ones are many."""
    veil = Veil(unanswered)
    for question in unanswered:
        others = {q.id for q in unanswered if _fraction(question.id + q.id) < _HIDDEN_UNANSWERED}
        yield veil.over(question).ids | {question.id} | others


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


def _fit_judge(rows: Sequence[tuple[dict[str, float], bool]]) -> Judge:
    """A ridge logistic model on standardised signals, said in the signals' own units."""
    features = np.array([[signals[name] for name in SIGNALS] for signals, _ in rows])
    labels = np.array([answered for _, answered in rows])
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=_JUDGE_C, class_weight="balanced", max_iter=2000).fit(
        (features - mean) / scale, labels
    )
    weights = model.coef_[0] / scale
    bias = float(model.intercept_[0] - (weights * mean).sum())
    return Judge({n: round(float(v), 4) for n, v in zip(SIGNALS, weights, strict=True)}, round(bias, 4))
