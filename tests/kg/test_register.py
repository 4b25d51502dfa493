"""Guidelines by the names that people give them."""

from __future__ import annotations

import pytest

from kg.model import Metadata
from kg.register import Register
from kg.snapshot import Snapshot
from kg.understanding import understand
from kg.vocabulary import Vocabulary

CART, RMP = "car-t-lymphoid-malignancies-2024-draft", "car-t-risk-management-plan"
LTFU = "gene-therapy-long-term-follow-up-2021"
RD, RDGT = "rare-disease-drug-development-2021", "rare-disease-gene-therapy-2023-draft"

NAMED = (
    ("RMP 那份指南要更新几次", {RMP}),
    ("2021 版罕见病药物指导原则什么时候生效", {RD}),
    ("PFS in the CAR-T draft: when does the clock start?", {CART}),
    ("长期随访指导原则与罕见病基因治疗征求意见稿对免疫原性各怎么说", {LTFU, RDGT}),
    ("How do the gene therapy draft and the CAR-T draft deal with blinding?", {RDGT, CART}),
    (
        "insertional oncogenesis in the follow-up, CAR-T risk and rare disease gene therapy guidelines",
        {LTFU, RMP, RDGT},
    ),
    ("两份罕见病指南对自然史的要求", {RD, RDGT}),
    ("Is dose escalation described in the CAR-T lymphoma draft?", {CART}),
    ("直接在儿童身上做首次人体：CAR-T淋巴血液肿瘤、罕见病基因治疗、罕见病药物三份文件分别怎么说？", {CART, RDGT, RD}),
    ("五份文件各在哪些环节建议先沟通？", {CART, RMP, LTFU, RD, RDGT}),
    ("At which points do the five Chinese guidances ask for advice?", {CART, RMP, LTFU, RD, RDGT}),
    ("What long-term safety problems of CAR-T does the RMP guideline name?", {RMP}),
    ("When was the guideline on clinical development of drugs for rare diseases issued?", {RD}),
    ("关于罕见疾病药物临床研发的指导原则是几号通告？", {RD}),
    ("does the GT draft for rare diseases agree with the general rare disease drug guideline?", {RDGT, RD}),
    ("三份文件都提到的终点", set()),
    ("Is the long-term follow-up guideline for gene therapy legally binding on applicants?", {LTFU}),
    ("慢病毒产品要随访多少年？", set()),
    ("这几份指导原则是强制的吗？", set()),
    ("ICH E9 指导原则怎么定义估计目标", set()),
    ("Which guidelines mention autoimmune disease?", set()),
)


def test_there_are_as_many_as_were_written() -> None:
    assert len(NAMED) == 21


@pytest.mark.parametrize(("question", "slugs"), NAMED)
def test_named_guidelines_are_found(snapshot: Snapshot, question: str, slugs: set[str]) -> None:
    assert set(snapshot.register.find(question).slugs) == slugs


def test_the_matter_is_what_is_left_of_a_question(snapshot: Snapshot) -> None:
    text = "RMP 那份指南对患者提示卡怎么要求"
    question = understand(text, snapshot.vocabulary, snapshot.register)
    assert "RMP" not in question.matter
    assert "患者提示卡" in question.matter


def test_an_added_guideline_is_known_by_its_alias() -> None:
    metadata = Metadata("药物临床试验质量管理规范", "Good Clinical Practice", "国家药监局", "zh", aliases=("GCP 2020",))
    other = Metadata("罕见疾病药物临床研发技术指导原则", "Rare Diseases", "国家药监局", "zh")
    register = Register([("gcp", metadata), ("rare", other)], Vocabulary(()))
    assert register.find("GCP 那份怎么说伦理委员会").slugs == ("gcp",)
    assert register.find("伦理委员会怎么组成").slugs == ()
