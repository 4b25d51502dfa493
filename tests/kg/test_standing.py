"""Questions about a guideline itself: status, date, issuer, number."""

from __future__ import annotations

import pytest

from kg.assistant import Assistant
from kg.scope import Scope
from kg.snapshot import Snapshot
from kg.standing import asked_facts
from kg.understanding import understand

CART, RDGT = "car-t-lymphoid-malignancies-2024-draft", "rare-disease-gene-therapy-2023-draft"
LTFU, RD = "gene-therapy-long-term-follow-up-2021", "rare-disease-drug-development-2021"

TOLD = (
    ("罕见病基因治疗那份是哪年发布的？", "2023 年 9 月", RDGT),
    ("When was the CAR-T lymphoma draft issued?", "July 2024", CART),
    ("长期随访指导原则是试行的吗？", "试行", LTFU),
    ("Is the long-term follow-up guideline final?", "for trial implementation", LTFU),
    ("罕见疾病药物临床研发技术指导原则是几号通告，什么时候生效？", "2021年第71号", RD),
    ("2021 版罕见病药物指导原则什么时候施行", "自发布之日起施行", RD),
    ("长期随访指导原则有法律约束力吗？", "不具有强制性的法律约束力", LTFU),
    ("Is the CAR-T lymphoma draft legally binding on sponsors?", "not mandatory", CART),
    (
        "Under which notice number was the guideline on clinical development of drugs for rare diseases issued, and from"
        " when does it apply?",
        "2021年第71号",
        RD,
    ),
)
OTHERWISE = (
    "征求意见稿里要求随访多少年？",
    "长期随访指导原则要求什么时候递交方案？",
    "安全性更新报告什么时候发布",
    "罕见病基因治疗征求意见稿何时转正式稿发布",
    "哪些指导原则提到自然史研究？",
    "Which guidelines ask for a draft consent form?",
    "How long is follow-up in the LTFU guideline and the CAR-T draft?",
    "RMP 指导原则里哪些有效性研究是强制性的研究？",
    "Are binding antibodies to be measured according to the gene therapy draft?",
    "From when does the 15-year follow-up of the gene therapy guideline apply?",
    "Is the study drug final formulation needed before the pivotal trial?",
)


def test_there_are_as_many_as_were_written() -> None:
    assert (len(TOLD), len(OTHERWISE)) == (9, 11)


@pytest.mark.parametrize(("question", "words", "slug"), TOLD)
def test_a_guideline_is_told_of_from_its_title_page(assistant: Assistant, question: str, words: str, slug: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert words in answer.headline
    assert [c.document for c in answer.citations] == [slug]
    assert all(assistant.verify(c) for c in answer.citations)
    assert answer.paths[0].steps[-1].object == f"urn:guidegraph:clause:{answer.citations[0].clause_id}"


@pytest.mark.parametrize("question", OTHERWISE)
def test_other_questions_are_looked_up_in_the_clauses(snapshot: Snapshot, question: str) -> None:
    understood = understand(question, snapshot.vocabulary, snapshot.register)
    assert asked_facts(understood, snapshot.vocabulary) == ()


def test_guidelines_of_the_status_asked_for_stand_first(assistant: Assistant) -> None:
    answer = assistant.ask("哪些指导原则还是征求意见稿？")
    assert answer.headline.startswith("征求意见稿 2 份")
    assert {c.document for c in answer.citations[:2]} == {CART, RDGT}


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("文库里这些指导原则有法律约束力吗？", "2 份写明不具有强制性，3 份未写明"),
        ("Are these guidelines legally binding?", "2 said not to be binding, 3 not saying so"),
    ],
)
def test_whether_guidelines_bind_is_told_of_each(assistant: Assistant, question: str, headline: str) -> None:
    answer = assistant.ask(question)
    assert answer.headline == headline
    assert {c.document for c in answer.citations} == {LTFU, CART}
    assert "未写明是否具有强制性" in answer.text or "whether it is binding not stated" in answer.text


def test_what_the_text_does_not_say_is_said_to_be_unknown(assistant: Assistant) -> None:
    answer = assistant.ask("CAR-T 风险管理计划指导原则是哪一年发布的？")
    assert answer.status == "not_covered"
    assert "原文未写明发布日期" in (answer.reason or "")
    assert not answer.citations


def test_what_was_inferred_is_said_to_be_inferred(assistant: Assistant) -> None:
    answer = assistant.ask("Who issued the CAR-T RMP guideline?")
    assert answer.status == "partial"
    assert "inferred" in answer.headline
    assert "does not say so" in (answer.reason or "")


def test_a_scope_bounds_what_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("哪份指导原则最新？", scope=Scope(documents=frozenset({LTFU, RD})))
    assert [c.document for c in answer.citations] == [RD, LTFU]
