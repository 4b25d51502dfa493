"""Why a clause stands where it stands among the candidates for a question: features, weights, what put it in or left it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.evidence import Evidence
from kg.model import Question
from kg.ranking import Candidate, Ranker


@dataclass(frozen=True, slots=True)
class Part:
    """A feature of a sentence: its value, its weight, and what it adds to the score in logits."""

    feature: str
    value: float
    weight: float

    @property
    def adds(self) -> float:
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Explanation:
    """A clause's best sentence for a question. `rank` counts sentences from 1, `cited` citations; None where it is neither."""

    clause_id: str
    sentence_id: str | None
    rank: int | None
    cited: int | None
    behind: float
    parts: tuple[Part, ...]
    words: str


def explain(
    question: Question,
    clause_id: str,
    candidates: Sequence[Candidate],
    evidence: Sequence[Evidence],
    ranker: Ranker,
) -> Explanation:
    """The place of a clause, or of the best of the clauses below it, among the candidates."""
    inside = [(n, c) for n, c in enumerate(candidates, 1) if is_below(c.sentence_id, clause_id)]
    if not inside:
        words = "no search found a sentence of this clause among its best"
        return Explanation(clause_id, None, None, None, 0.0, (), words)
    rank, best = inside[0]
    cited = next((n for n, e in enumerate(evidence, 1) if best.chunk_id == _chunk(e, candidates)), None)
    behind = candidates[0].score - best.score
    parts = sorted(_parts(question, best, ranker), key=lambda p: -abs(p.adds))
    return Explanation(clause_id, best.sentence_id, rank, cited, behind, tuple(parts), _words(cited, behind))


def is_below(sentence_id: str, clause_id: str) -> bool:
    """Whether a sentence stands in a clause or in one below it."""
    own = sentence_id.rpartition("/")[0]
    return own == clause_id or own.startswith(f"{clause_id}.")


def _parts(question: Question, candidate: Candidate, ranker: Ranker) -> list[Part]:
    weights = ranker.weights[question.lang]
    return [Part(name, round(v, 4), weights.get(name, 0.0)) for name, v in candidate.features.items() if v]


def _chunk(evidence: Evidence, candidates: Sequence[Candidate]) -> str:
    first = evidence.ranked[0][1].id
    return next(c.chunk_id for c in candidates if c.sentence_id == first)


def _words(cited: int | None, behind: float) -> str:
    if cited == 1:
        return "it is the first citation"
    if cited:
        return f"it is citation {cited}, {behind:.2f} logits behind the best sentence"
    return f"it is not cited: {behind:.2f} logits behind the best sentence, and others came closer"
