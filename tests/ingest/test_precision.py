"""Classes of wrong statements that readers found, each by a sentence of another wording: what is limited keeps its limit, and
what cannot be said of a thing is not said of it."""

from __future__ import annotations

import pytest

from tests.ingest.saying import limited, said

LIMITED = [
    ("对于整合到基因组中的基因治疗产品，建议开展长期随访。", "对于整合到基因组中的基因治疗产品"),
    ("因此，对于存在致瘤性的CAR-T细胞产品，应开展长期随访。", "对于存在致瘤性的CAR-T细胞产品"),
    ("针对基因缺陷引起的罕见病，申请人应对受试者进行基因检测。", "针对基因缺陷引起的罕见病"),
    ("单克隆抗体必要时需开发伴随诊断。", "必要时"),
    ("如采用单臂试验，通常上市后需开展随机对照试验。", "如采用单臂试验，通常，上市后"),
    ("美国《孤儿药法案》将罕见病定义为影响少于20万人的疾病。", "美国《孤儿药法案》"),
    ("部分能够整合的基因治疗载体可能引起感染。", "部分能够整合的基因治疗载体"),
    (
        "在符合质量要求，且安全可控的前提下，罕见病药物可采用单臂试验。",
        "在符合质量要求，且安全可控的前提下",
    ),
    (
        "当试验为非随机对照研究，且采用目标值法时，申请人应与监管机构沟通。",
        "当试验为非随机对照研究，且采用目标值法时",
    ),
    ("因此当计划开展关键研究时，申请人应与监管机构沟通。", "当计划开展关键研究时"),
]
NEVER = [
    ("申办方应设置独立评审委员会或中心实验室对疗效终点进行评估。", "requires", "独立评审委员会"),
    ("对不良反应的监测包括定期联系。", "monitored_by", "监测"),
    ("单臂试验上市后需开展随机对照试验。", "recommended_design", "随机对照试验"),
    ("申办方仍可能需要开展随机对照试验。", "allows", "随机对照试验"),
    ("历史对照和试验人群应尽量一致。", "requires", "尽量一致"),
    ("系统性治疗必须包括抗CD20单抗。", "requires_prior_therapy", "抗CD20单抗"),
    ("为识别、定性描述感染风险，申办方应制定风险管理计划。", "mitigated_by", "风险管理计划"),
    ("选择接近于有效剂量的水平作为起始剂量。", "serves_as", "起始剂量"),
]


@pytest.mark.parametrize(("text", "limit"), LIMITED)
def test_what_limits_a_statement_is_kept(text: str, limit: str) -> None:
    assert limit in limited(text)


@pytest.mark.parametrize(("text", "relation", "obj"), NEVER)
def test_what_cannot_be_said_is_not(text: str, relation: str, obj: str) -> None:
    assert not [s for s in said(text) if s[1] == relation and s[2] == obj]


def test_a_name_in_passing_bears_no_duty() -> None:
    about = {s[0] for s in said("关于肿瘤分类的具体考虑，建议与监管机构进行沟通。")}
    assert "肿瘤" not in about
    used = {s[0] for s in said("对于药物可用于治疗其他多发性骨髓瘤的情况，应开展长期随访。")}
    assert "多发性骨髓瘤" not in used


def test_means_are_not_stated_without_their_action() -> None:
    objects = {s[2] for s in said("建议申办方通过突变负荷检测等方法，在个体水平评估CAR-T细胞产品与继发肿瘤的相关性。")}
    assert not [o for o in objects if o.endswith("等方法")]
    assert [o for o in objects if "等方法，在个体水平评估" in o]


def test_an_example_in_a_bracket_does_not_bind() -> None:
    assert {s[3] for s in said("合并用药应规律使用（例如直至主要疗效判定）。") if s[1] == "lasts_until"} == {"may"}


def test_what_goes_on_from_a_possible_need_is_possible() -> None:
    strengths = {s[3] for s in said("申办方可能需要开展临床研究，优先选择总生存期作为主要终点。")}
    assert strengths == {"may"}
