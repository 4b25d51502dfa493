"""What limits a statement: its subject's phrase, its setting, the stem of its list and the situation to which 此时 points."""

from __future__ import annotations

import pytest

from ingest.handed import handed_down
from ingest.making import exception
from ingest.narrowing import without_link
from ingest.passages import Passage
from kg.model import Sentence, Span
from tests.ingest.saying import limited, said

KEPT = [
    ("对于新型基因治疗产品，可参考数据有限，申请人应开展长期随访。", "对于新型基因治疗产品"),
    ("可以产生持续感染的病毒载体建议观察15年。", "产生持续感染的病毒载体"),
    ("治疗淋巴瘤的临床试验建议采用随机对照设计。", "治疗淋巴瘤的临床试验"),
    ("安全性评价的内容应基于对疾病的了解。", "安全性评价的内容"),
    ("申请人如计划首先在儿童中开展首次人体试验，应充分评估安全性风险。", "如计划首先在儿童中开展首次人体试验"),
    ("建议申办方在递交新药上市申请之前与药审中心沟通。", "在递交新药上市申请之前"),
    ("CAR-T细胞产品上市后必须执行常规药物警戒活动。", "上市后"),
    ("单臂试验通常需开展随机对照试验。", "通常"),
    ("原则上，样本量需要根据统计学设计确定。", "原则上"),
    ("当发病率极低，患者极少，不具备对照条件时，罕见病可采用单臂试验。", "当发病率极低，患者极少，不具备对照条件时"),
    ("如果无法排除相关性，或者观察到风险升高，申办方应开展长期随访。", "如果无法排除相关性，或者观察到风险升高"),
    ("本指导原则适用于自体CAR-T细胞，部分建议也可能适用于异体CAR-T细胞。", "部分建议"),
    ("疾病自然史数据可为历史对照提供依据，但前提是两者的人群一致。", "两者的人群一致"),
    ("如拟将微小残留病作为替代终点，一方面应提供证据；另一方面应开展随机对照试验。", "如拟将微小残留病作为替代终点"),
    ("在标准治疗失败的患者中开展的临床试验通常采用单臂试验。", "在标准治疗失败的患者中开展的临床试验"),
]
FREE = [
    ("对于CAR-T细胞产品，应开展长期随访。", "对于CAR-T细胞产品"),
    ("特别是将产品递送到脑部时，风险更大，因此临床试验通常不纳入健康受试者。", "特别是将产品递送到脑部时"),
    ("申办方应在研发期间安全性更新报告中总结长期随访的结果。", "在研发期间"),
]
BEFORE = [
    ("如果出现严重不良事件，应暂停给药。", "此时应开展安全性监测。", "如果出现严重不良事件"),
    ("重复给药后可能出现免疫应答增强。", "在这种情况下，应监测抗体。", "重复给药后可能出现免疫应答增强"),
    ("当受试者无法随访时，可采用电话随访。", "上述情况下，应记录原因。", "当受试者无法随访时"),
]
STEMS = [
    ("对于携带长期存在的载体的受试者，应注意：", ["对于携带长期存在的载体的受试者"]),
    ("当使用历史数据作为对照时，原则上需同时满足以下条件：", ["原则上", "当使用历史数据作为对照时"]),
    ("针对不同类型的产品建议如下：", []),
    ("如果分析可行，应开展监测。", []),
]


def passage(text: str, before: str = "", stem: str = "", lead: str = "") -> Passage:
    sentence = Sentence("test#1/s1", "test#1", Span(0, len(text)), 0, "statement")
    return Passage(sentence, text, (), before=before, stem=stem, lead=lead)


@pytest.mark.parametrize(("text", "limit"), KEPT)
def test_what_limits_is_kept(text: str, limit: str) -> None:
    assert any(limit in (words or "") for words in limited(text)), limited(text)


@pytest.mark.parametrize(("text", "words"), FREE)
def test_what_limits_nothing_is_left_out(text: str, words: str) -> None:
    assert limited(text)
    assert not any(words in (found or "") for found in limited(text))


@pytest.mark.parametrize(("before", "text", "limit"), BEFORE)
def test_a_sentence_that_points_back_holds_in_that_situation(before: str, text: str, limit: str) -> None:
    assert list(handed_down(passage(text, before), len(text) - 2)) == [limit]


def test_a_sentence_that_does_not_point_back_takes_nothing() -> None:
    text = "申办方应开展安全性监测。"
    assert list(handed_down(passage(text, "如果出现严重不良事件，应暂停给药。"), 4)) == []


@pytest.mark.parametrize(("stem", "limits"), STEMS)
def test_an_item_holds_under_what_its_stem_supposes(stem: str, limits: list[str]) -> None:
    assert list(handed_down(passage("应开展长期随访。", stem=stem), 0)) == limits


def test_a_later_sentence_of_an_item_holds_for_the_disease_with_which_it_begins() -> None:
    assert list(handed_down(passage("建议纳入成人。", lead="因此治疗套细胞淋巴瘤"), 0)) == ["治疗套细胞淋巴瘤"]


def test_besides_is_no_exception() -> None:
    assert exception("除上述临床试验设计以外，鼓励尝试其他设计") is None
    assert exception("除可作为外部对照外，还可用于增加适应症") is None
    assert exception("除危及生命的疾病外，应采用平行对照") == "危及生命的疾病"


BESIDES = "除满足上述条件外，当目标适应症发病率极低时，也可考虑采用单臂试验设计。"


def test_besides_holds_over_a_condition_between() -> None:
    assert exception(BESIDES) is None
    assert exception("除危及生命的疾病外，应采用平行对照，也可采用历史对照") == "危及生命的疾病"


def test_an_effort_is_asked_for_less_strictly() -> None:
    assert {s[3] for s in said("申请人应尽可能收集长期随访的数据。")} == {"should"}
    assert {s[3] for s in said("申请人应收集长期随访的数据。")} == {"must"}


def test_a_permitted_means_does_not_permit_the_whole() -> None:
    text = "可通过电话或问卷等方式，保持每年至少随访受试者一次直至随访期结束。"
    assert {s[3] for s in said(text) if s[1] in ("lasts_until", "min_frequency")} == {"statement"}
    assert not [s for s in said(text) if s[1] == "allows" and "每年" in s[2]]


def test_who_is_meant_is_said_where_the_object_does_not() -> None:
    assert "接受基因治疗的受试者" in limited("有必要对接受基因治疗的受试者开展长期随访。")
    text = "更早期患者通常有标准治疗，CAR-T细胞产品在该人群中开展临床试验时，有必要采用随机对照设计。"
    assert any("更早期患者" in (words or "") for words in limited(text))


@pytest.mark.parametrize(
    ("text", "relation", "obj"),
    [
        ("CAR-T细胞产品可能导致不良反应。", "has_risk", "不良反应"),
        ("申办方可成立安全性评估小组，讨论受试者安全性问题。", "responsible_for", "讨论受试者安全性问题"),
        ("申办方应密切监测该器官功能。", "responsible_for", "密切监测该器官功能"),
        ("申办方可能会选择合适的替代终点来预测临床获益。", "responsible_for", "替代终点"),
        ("便于在后续关键研究中，可以纳入更多患者。", "allows", "纳入更多患者"),
        ("起始剂量的确定应遵循相关指导原则。", "cites", "指导原则"),
        ("建议首先在成人中开展首次人体试验。", "requires", "首次人体试验"),
        ("建议探索病毒排出特征，以评估感染风险并制定防控措施。", "mitigated_by", "病毒排出研究"),
    ],
)
def test_what_would_mislead_is_not_stated(text: str, relation: str, obj: str) -> None:
    assert not [s for s in said(text) if s[1] == relation and s[2] == obj]


def test_what_is_only_pointed_at_is_said_out() -> None:
    text = "建议进行克隆增生的监测，当使用整合性载体时，需要进行这种类型的监测。"
    assert {s[2] for s in said(text) if s[3] == "must"} >= {"进行克隆增生的监测"}


def test_what_an_action_is_for_stays_with_it() -> None:
    objects = {s[2] for s in said("申请人应提供充分的数据，以支持替代终点与临床获益的相关性。")}
    assert "提供充分的数据，以支持替代终点与临床获益的相关性" in objects
    assert "提供充分的数据" not in objects


def test_links_are_no_part_of_a_limit() -> None:
    assert without_link("因此，如果无法随访") == "如果无法随访"


def test_what_is_weighed_is_not_required() -> None:
    found = {(s[1], s[2]) for s in said("基因治疗产品需要考虑开发伴随诊断。")}
    assert ("considers", "伴随诊断") in found
    assert ("requires", "伴随诊断") not in found


def test_what_only_assesses_a_risk_does_not_mitigate_it() -> None:
    found = {s[1] for s in said("建议开展长期随访以评估致瘤性风险。") if s[0] == "致瘤性"}
    assert "mitigated_by" not in found


def test_what_is_only_supposed_is_not_stated() -> None:
    text = "如果一种基因治疗产品具有引起迟发性不良反应的风险，应开展长期随访。"
    assert not [s for s in said(text) if s[1] == "has_risk"]
