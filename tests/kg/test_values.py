"""Which values questions ask for, and which passages state them."""

from __future__ import annotations

import pytest

from kg.values import asked_value, figures

# question, a passage that states such a value, one that holds a value but none of the sort
ASKED = [
    ("AAV 载体产品要随访多少年？", "建议观察 5 年或至数据表明不再存在任何风险", "大约 80%的罕见疾病由基因缺陷导致"),
    ("受试者多久访视一次", "前 5 年应每年至少随访一次", "建议观察不短于 15 年"),
    ("how often are subjects seen", "at least once every year for the first five years", "observe for at least 15 years"),
    ("第一批罕见病目录收了多少种病", "共收录 121 种(类)罕见病", "2018 年 5 月发布"),
    ("关键试验最少要入多少例", "样本量不少于 30 例", "建议采用一种方法，纳入两项研究"),
    ("How many patients are needed?", "at least 30 evaluable patients", "at least three months after infusion"),
    ("How many hospital sites must be certified?", "at least two certified sites", "within two years of approval"),
    ("ORR 的 95%可信区间下限至少要达到百分之多少", "下限不低于 50%", "例如 95%可信区间下限"),
    ("入组年龄上限是几岁", "年龄不超过 65 岁", "随访 15 年"),
    ("这份指导原则什么时候发布的", "2021 年 12 月发布", "随访 15 年"),
    ("starting dose for a child?", "1×10^6 cells/kg", "at least 15 years"),
    ("定期安全性更新报告是半年一交还是一年一交？", "每 6 个月提交一次", "随访 15 年"),
    ("慢病毒随访 15 年还是 5 年？", "建议观察不短于 15 年", "纳入 30 例"),
    ("ICH E1 要求的暴露例数是多少", "不少于 300 例", "原则上需遵循 ICH E1 的要求"),
    ("五年之后的随访频率最低多少", "保持每年至少随访受试者一次", "完成前 5 年的随访后"),
    ("预防用药要多少钱", "每例 2 万元", "每例 2 个疗程"),
]  # fmt: skip
NOT_ASKED = [
    "MRD 类终点有哪几个",
    "过几年药劲儿没了能再打一针吗",
    "活不了多久的病人能入组吗",
    "How is a rare disease defined?",
]


@pytest.mark.parametrize(("question", "states", "silent"), ASKED)
def test_a_passage_states_the_value_asked_for_or_not(question: str, states: str, silent: str) -> None:
    states_one = asked_value(question)
    assert states_one is not None
    assert states_one(states)
    assert not states_one(silent)


@pytest.mark.parametrize("question", NOT_ASKED)
def test_a_question_that_asks_for_no_value_is_not_taken_for_one(question: str) -> None:
    assert asked_value(question) is None


def test_the_lists_are_whole() -> None:
    assert (len(ASKED), len(NOT_ASKED)) == (16, 4)


def test_numbers_in_names_are_no_figures() -> None:
    assert figures("CD19 和 Claudin18.2 CAR-T 随访十五年，第二批目录，两年后，two doses") == {"15", "2", "第二"}
