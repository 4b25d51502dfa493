"""Suggestions: the corpus's own questions, for every role and language, all of them answered; the same each time."""

from __future__ import annotations

import pytest

from kg.assistant import Assistant
from kg.model import Language
from kg.suggestions import ROLES, Role
from kg.text import detect_language

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_given_questions_that_the_library_answers(assistant: Assistant, role: Role, lang: Language) -> None:
    asked = assistant.suggestions(role, lang)
    own = {q.question for s in assistant.shelves for q in assistant.opened.document(s.slug).questions}
    assert len(asked) == len(set(asked)) == 4
    assert set(asked) <= own
    assert {detect_language(q) for q in asked} == {lang}
    assert [q for q in asked if assistant.ask(q).status == "not_covered"] == []


def test_roles_are_not_given_the_same(assistant: Assistant) -> None:
    asked = [q for role in ROLES for q in assistant.suggestions(role, "zh")]
    assert len(asked) == len(set(asked)) == 12


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("AAV 载体的基因治疗产品长期随访要多少年？", "zh"),
        ("How long should patients be followed after a lentiviral vector product?", "en"),
    ],
)
def test_follow_ups_are_of_the_cited_clauses_and_not_the_same_again(
    assistant: Assistant, question: str, lang: str
) -> None:
    answer = assistant.ask(question)
    asked = assistant.follow_ups(answer)
    cited = {c.clause_id for c in answer.citations}
    of = {q.question: q.clause for s in assistant.shelves for q in assistant.opened.document(s.slug).questions}
    assert 3 <= len(asked) <= 5
    assert question not in asked
    assert {of[q] for q in asked} <= cited
    assert {detect_language(q) for q in asked} == {lang}
