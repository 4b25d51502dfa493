"""The rules by which a sentence becomes statements: a table, each row with the wording that it reads.

A rule fires where its cue stands in a clause of the sentence. Subjects are concepts of the given kinds before the cue (the
nearest one; else one of a heading above; else what the document is about); objects are concepts behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PRODUCT = frozenset({"product"})
_SUBJECT = frozenset({"product", "population", "risk", "disease", "endpoint", "design", "biomarker", "procedure"})
_WORK = frozenset({"procedure", "regulatory_artifact", "document", "dose", "biomarker"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table. `near` is how many characters may lie between cue and object.

    `reverse` swaps subject and object: "用 X 降低 Y" states that Y is mitigated by X. `inherit` lets headings and the
    document supply a subject that the sentence leaves out.
    """

    name: str
    relation: str
    cue: re.Pattern[str]
    subjects: frozenset[str]
    objects: frozenset[str]
    near: int = 60
    reverse: bool = False
    inherit: bool = True
    object_key: str = ""


def _rule(
    name: str, relation: str, cue: str, subjects: frozenset[str], objects: frozenset[str], **more: object
) -> Rule:
    return Rule(name, relation, re.compile(cue), subjects, objects, **more)  # type: ignore[arg-type]


_DURATION = frozenset({"duration"})
_POPULATION = frozenset({"population"})
_DESIGN = frozenset({"design"})

RULES: tuple[Rule, ...] = (
    _rule("follow-up", "recommended_follow_up", r"观察|随访(?!时间超过)", _PRODUCT, _DURATION, near=4, inherit=False),
    _rule("interval", "max_interval", r"间隔", _SUBJECT, _DURATION, near=10, object_key="max-"),
    _rule("frequency", "min_frequency", r"至少|保持|此后|定期", _SUBJECT, _DURATION, near=8, object_key="every-"),
    _rule("minimum", "min_duration", r"不短于|不少于|至少", _SUBJECT, _DURATION, near=2, object_key="min-"),
    _rule("maximum", "max_duration", r"不超过|最多", _SUBJECT, _DURATION, near=2, object_key="max-"),
    _rule("risk", "has_risk", r"可能|引起|导致|产生|诱发|发生|暴露出|带来|存在|增加|风险因素包括", frozenset({"product", "procedure"}),
          frozenset({"risk"}), near=80),
    _rule("must-do", "requires", r"必须|应当|应(?!答|用|对|激)|需要?(?!求)|须", _SUBJECT | {"regulatory_artifact", "organisation"},
          _WORK, near=40),
    _rule("should-do", "requires", r"建议|有必要|推荐", _SUBJECT | {"organisation"}, _WORK, near=40),
    _rule("encouraged", "encourages", r"鼓励|提倡", _SUBJECT | {"organisation"}, _WORK | _DESIGN | {"endpoint"}, near=40),
    _rule("design", "recommended_design", r"推荐|建议|首选|鼓励|金标准|标准设计|需采用|有必要采用", _SUBJECT, _DESIGN, near=40),
    _rule("design-option", "allows", r"可(?:以|考虑)?(?!能)|也可", _SUBJECT, _DESIGN | {"endpoint", "comparator"}, near=30),
    _rule("comparator", "compared_with", r"对照组?|相比|相对于|优于", frozenset({"product", "design"}), frozenset({"comparator"}),
          near=30),
    _rule("excluded", "excludes", r"不纳入|不入组", frozenset({"product", "disease", "design"}), _POPULATION, near=20),
    _rule("first", "first_population", r"首先选择|首先在|首选", frozenset({"product", "disease"}), _POPULATION, near=30),
    _rule("studied", "study_population", r"纳入|入组|入选|在(?=.{2,40}中(?:分别)?开展)", frozenset({"product", "disease", "design"}),
          _POPULATION, near=40),
    _rule("primary", "primary_endpoint", r"(?<=作为).{0,12}主要(?:疗效)?终点|将(?=.{2,30}作为.{0,12}主要(?:疗效)?终点)",
          frozenset({"product", "disease", "population", "design"}), frozenset({"endpoint", "biomarker"}), near=30),
    _rule("surrogate", "surrogate_for", r"作为(?=.{0,16}替代终点)|预测", frozenset({"endpoint", "biomarker"}),
          frozenset({"endpoint"}), near=30, inherit=False),
    _rule("consults", "consults", r"[与和向](?=.{2,24}(?:沟通|讨论|交流))", _SUBJECT | {"organisation", "regulatory_artifact"},
          frozenset({"organisation"}), near=12),
    _rule("reported", "reported_to", r"[向给](?=.{2,20}(?:报告|递交|提交))", frozenset({"risk", "regulatory_artifact", "organisation"}),
          frozenset({"organisation"}), near=12),
    _rule("monitored", "monitored_by", r"监测|检测|观察|随访", frozenset({"risk"}), frozenset({"procedure"}), near=20),
    _rule("mitigated", "mitigated_by", r"降低|减轻|控制|减少|预防|避免|识别", frozenset({"procedure", "regulatory_artifact"}),
          frozenset({"risk"}), near=24, reverse=True),
    _rule("prior-therapy", "requires_prior_therapy", r"(?:至少)?接受过|必须包括", frozenset({"disease", "product", "population"}),
          _PRODUCT, near=40),
    _rule("scope", "applies_to", r"适用于", frozenset({"document"}), frozenset({"product", "disease", "population"}), near=90),
    _rule("parts", "includes", r"包括|包含", frozenset({"regulatory_artifact", "procedure", "design", "endpoint", "biomarker"}),
          frozenset({"regulatory_artifact", "procedure", "endpoint", "biomarker", "design", "risk"}), near=90),
    _rule("assessed", "assessed_by", r"(?:应|可|需).{0,6}设置|成立", frozenset({"endpoint", "risk", "product"}),
          frozenset({"organisation"}), near=20),
)  # fmt: skip

DEFINITION = re.compile(r"(?:通常)?(?:是指|一般指|定义为|被定义为|系指)")
CONDITION = re.compile(
    r"(?:^|(?<=[，；。：]))\s*(?P<condition>(?:如果?|当|若|对于|除非|在(?=[^，。；]{2,40}(?:情况下|前提下|时)))[^，。；]{2,60}?)(?=[，,])"
)
