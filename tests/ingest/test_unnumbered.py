"""Unnumbered headings in Chinese text whose paragraphs are a line each, without empty lines between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.renderings import read_tree

BODY = (
    "示例药物临床试验技术指导原则", "一、概述", "本指导原则适用于示例药物的临床试验，供申请人参考使用。", "二、临床试验设计",
    "受试者选择", "应根据药物的作用机制和既往研究结果选择合适的受试者，并说明理由。", "受试者应签署知情同意书。",
    "对照的选择", "建议采用随机对照设计；难以开展时，可采用单臂试验并说明理由。", "三、随访",
    "建议随访不少于5年，并记录迟发性不良反应。", "随访内容包括安全性和有效性。", "随访由研究者完成。",
    "数据管理", "应建立数据管理计划，并及时更新。", "数据应可溯源。", "四、其他",
    "{line}", "{following}", "申请人可与监管机构沟通，以明确有关要求。", "沟通可以书面进行。", "有关记录应保存。",
)  # fmt: skip

# a line, the one behind it, whether the first is a heading
LINES = (
    ("质量控制", "应建立质量管理体系，明确各方职责。", True),
    ("基因治疗产品（GTP）的质量", "应建立质量管理体系，明确各方职责，并定期评估。", True),
    ("甲医院", "乙医院", False),
    ("申请人应当说明其对", "示例药物的反应，以及剂量调整的理由和依据。", False),
    ("随访时间不少于", "3 个月，必要时延长至12 个月，并记录理由。", False),
    ("包括下列内容：", "应建立质量管理体系，明确各方职责。", False),
    ("安全性，有效性", "应建立质量管理体系，明确各方职责。", False),
    ("质量控制与职责分工", "应明确，并记录。", False),
)


def headings(path: Path, lines: list[str]) -> list[str]:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [c.title for c in read_tree(path).clauses if c.kind == "heading"]


def test_list_is_whole() -> None:
    assert len(LINES) == 8


@pytest.mark.parametrize(("line", "following", "heading"), LINES)
def test_a_few_words_between_sentences(line: str, following: str, heading: bool, tmp_path: Path) -> None:
    found = headings(tmp_path / "a.txt", [x.format(line=line, following=following) for x in BODY])
    assert found[:6] == ["概述", "临床试验设计", "受试者选择", "对照的选择", "随访", "数据管理"]
    assert found[6:] == (["其他", line] if heading else ["其他"])
