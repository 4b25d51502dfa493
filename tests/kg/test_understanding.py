"""Questions as understood: intent by wording, in both languages."""

from __future__ import annotations

import pytest

from kg.understanding import intent_of

ROWS = [
    ("AAV 载体要随访多久？", "duration"),
    ("How often should we sample?", "duration"),
    ("什么是罕见病？", "definition"),
    ("What is bridging therapy?", "definition"),
    ("可以纳入健康受试者吗？", "yesno"),
    ("Can healthy volunteers be enrolled?", "yesno"),
    ("两份指导原则对儿童的要求有什么区别？", "comparison"),
    ("哪些指导原则提到了 RMP？", "crossref"),
    ("单臂试验的主要终点怎么选", "endpoint"),
    ("CAR-T 有哪些风险", "risk"),
    ("什么情况下可以缩短随访", "condition"),
    ("知情同意书要写哪些内容", "list"),
    ("起始剂量如何确定", "how"),
]


def test_rows_are_all_here() -> None:
    assert len(ROWS) == 13


@pytest.mark.parametrize(("text", "intent"), ROWS)
def test_intent(text: str, intent: str) -> None:
    assert intent_of(text) == intent
