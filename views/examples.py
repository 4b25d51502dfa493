"""Questions that a first visitor can click, grouped by what is asked after, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["durations", "populations", "endpoints", "risks"]


@dataclass(frozen=True, slots=True)
class Example:
    """A group of questions; `group` names the field of Texts that holds its title."""

    group: Group
    zh: tuple[str, ...]
    en: tuple[str, ...]


EXAMPLES = (
    Example(
        "durations",
        ("AAV 载体的基因治疗产品长期随访要多少年？", "发现优势克隆后多久要再次检测？"),
        ("How long should patients be followed after a lentiviral vector product?",),
    ),
    Example(
        "populations",
        ("罕见病药物可以在健康人中开展首次人体试验吗？", "儿童什么时候可以参加基因治疗试验？"),
        ("Which patients should enter the first CAR-T trial?",),
    ),
    Example(
        "endpoints",
        ("罕见病临床试验没有公认终点怎么办？", "CAR-T 确证性试验能用替代终点吗？"),
        ("When may a single-arm trial use a historical control?",),
    ),
    Example(
        "risks",
        ("CAR-T 风险管理计划要包括哪些重要风险？", "基因编辑产品的脱靶风险怎么监测？"),
        ("What late risks of gene therapy call for long-term follow-up?",),
    ),
)
