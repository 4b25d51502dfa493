"""Ranking: a linear model over named features, one a language, learned at build time from the corpus's own questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Language


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights by feature, by language. A score is a logit: a difference of one is a factor of e in belief."""

    weights: dict[str, dict[str, float]]

    def score(self, lang: Language, features: Mapping[str, float]) -> float:
        weights, score = self.weights[lang], 0.0
        for name, value in features.items():
            score += weights.get(name, 0.0) * value
        return score


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with its features and score."""

    sentence_id: str
    chunk_id: str
    score: float
    features: dict[str, float]


# where ranking starts before anything is learned
START = Ranker(
    {
        lang: {
            "sentence": 1.5, "sentence_en": 1.5, "chunk": 1.0, "chunk_en": 0.5, "heading": 0.5, "question": 2.5,
            "questions": 0.5, "question_cosine": 2.0, "sentence_cosine": 1.0, "chunk_cosine": 0.5, "concepts": 1.0,
            "concepts_near": 0.5, "duration": 1.0, "duration_stated": 1.0, "number": 0.5, "value": 0.5, "definition": 0.5, "kind": 0.3, "stated": 0.5, "bibliography": -1.0, "front": -1.0, "named": 2.0,
        }
        for lang in ("zh", "en")
    }
)  # fmt: skip

# for a corpus with too few questions to learn from: near to what the five guidelines teach, with less trust in questions
# that only some of its guidelines have
UNTAUGHT = Ranker(
    {
        lang: {
            "sentence": 2.8, "sentence_en": 3.2, "chunk": 0.9, "chunk_en": 1.1, "heading": 0.4, "question": 0.4,
            "questions": 0.2, "question_cosine": 3.0, "sentence_cosine": 6.0, "chunk_cosine": 3.2, "concepts": 0.8,
            "concepts_near": 1.5, "duration": 1.0, "duration_stated": 0.2, "number": 1.0, "value": 0.5, "definition": 1.0, "kind": 0.9,
            "stated": 0.3, "named": 2.0,
        }
        for lang in ("zh", "en")
    }
)  # fmt: skip
