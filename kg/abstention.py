"""When to say that the guidance does not answer.

The rule looks at what the best citation leaves uncovered: a question whose telling words (high inverse document frequency,
or not in the library at all) stand nowhere in the evidence is not answered by it. Thresholds were set on questions of our
own, answerable and not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.evidence import Found
from kg.model import Hit, Language, Question

COVERAGE = 0.33
COSINE = 0.35


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the evidence answers, and in words why not."""

    answered: bool
    reason: str | None = None


_REASONS = {
    "off-topic": (
        "文库中的指导原则没有涉及这个问题所说的内容。",
        "The guidelines in the library do not speak of what this question is about.",
    ),
    "no-answer": (
        "指导原则谈到相近的内容，但没有回答这个问题。下面是最接近的条款。",
        "The guidelines speak of related matters but do not answer this question. The nearest clauses follow.",
    ),
}


def judge(question: Question, hits: Sequence[Hit], found: Sequence[Found], cosine: float) -> Verdict:
    """The verdict on a question, from its best citations and the cosine of its nearest chunk."""
    if not hits or not found:
        return Verdict(answered=False, reason=reason("off-topic", question.lang))
    covered = max(item.coverage for item in found[:3])
    if covered >= COVERAGE and cosine >= COSINE:
        return Verdict(answered=True)
    kind = "off-topic" if not question.concepts else "no-answer"
    return Verdict(answered=False, reason=reason(kind, question.lang))


def reason(kind: str, lang: Language) -> str:
    return _REASONS[kind][lang == "en"]
