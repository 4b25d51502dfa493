"""Which drafts are worth stating: a pair whose kinds or words cannot bear its relation is left out.

The rules find a predicate and what stands around it; now and then what stands there is a fragment, a setting, or a thing
of which the relation cannot be said. Such a statement would mislead whoever reads it without its sentence.
"""

from __future__ import annotations

import re

from ingest.making import Draft
from ingest.topics import ANYBODY, SETTINGS
from ingest.wholes import bare

_RISK = "urn:guidegraph:concept:risk"
_EMPTY_RISK = frozenset({_RISK, "urn:guidegraph:concept:important-potential-risk"})
# that a product has one of these is true of every product
_ANY_RISK = _EMPTY_RISK | {
    f"urn:guidegraph:concept:{key}" for key in ("safety-risk", "adverse-event", "adverse-reaction")
}
_DUTIES = frozenset({"requires", "allows", "encourages", "considers", "adjusts", "recommended_design"})
_OF_A_KIND_OF_PEOPLE = frozenset({"adjusts", "serves_as", "primary_endpoint", "first_population"})
_ABOUT_SETTINGS = frozenset(
    {"recommended_design", "includes", "depends_on", "study_population", "supports", "consults"}
)
_ANY_GUIDELINE = frozenset(
    f"urn:guidegraph:concept:{key}" for key in ("guideline", "clinical-practice-guideline")
)  # what names no document is not cited
_NO_PART_OF_RISK = frozenset({"design", "dose", "procedure", "population", "regulatory_artifact"})
_VAGUE_POPULATIONS = SETTINGS | ANYBODY
_FRAGMENT = re.compile(
    r"[/了].*|到的.*|治疗|研究|内容|数据|(?:以上|上述|这种|该)[^，。]{0,6}|.|.*(?:的申办方|的申请人|可行性(?:\[\d+\])?)"
)
_ET_CETERA = re.compile("等(?!$)")
_KIND_OF_DESIGN = re.compile(r"单臂|历史对照|外部对照")
_ALIKE = re.compile(r"(?:应|尽量|尽可能|保持|基本|具有|高度)*(?:一致|相似|相同|可比|平衡|接近)")
_NO_HARM = re.compile(r"包括|适应症|的(?:细菌|病毒|产品)|^将|^改变$")


def credible(draft: Draft) -> bool:
    """Whether a draft's subject and object can bear its relation."""
    return not (_vague_subject(draft) or _fragment(draft) or _unfit(draft))


def _vague_subject(draft: Draft) -> bool:
    """安全性, 患者, 样本量 or 风险 as such: nothing is required, recommended or part of them."""
    iri = draft.subject.iri
    if draft.subject.label("zh").startswith(("根据", "因此", "些")):
        return True
    if iri in ANYBODY:
        return draft.rule == "design" or draft.relation in _OF_A_KIND_OF_PEOPLE
    if iri == _RISK:
        return draft.relation in ("monitored_by", "includes")
    settings = draft.relation in _ABOUT_SETTINGS and iri in SETTINGS and draft.rule != "depends"
    return settings or (draft.subject.kind == "endpoint" and iri in SETTINGS and draft.relation in _ABOUT_SETTINGS)


def _fragment(draft: Draft) -> bool:
    """A verbatim object that was cut so that it no longer says what the sentence says."""
    words = draft.object.label("zh")
    if draft.relation == "monitored_by" and (bare(words) or draft.subject.iri in _ANY_RISK):
        return True
    return not draft.object.findable and bool(_FRAGMENT.fullmatch(words) or bare(words))


def _misplaced(draft: Draft) -> bool:
    """One design recommended for another, an earlier therapy of what is no person, and what several things must have in
    common said of one of them."""
    if draft.relation == "recommended_design" and draft.rule == "design":
        return draft.subject.kind == draft.object.kind == "design" and bool(
            _KIND_OF_DESIGN.search(draft.subject.label("zh"))
        )
    if draft.relation in ("requires_prior_therapy", "not_required"):
        counted = draft.relation == "not_required" and draft.object.kind == "quantity"  # 至少两种 of nothing
        return counted or draft.subject.kind == "procedure"
    if draft.rule == "complies":
        return draft.object.iri in _ANY_GUIDELINE
    alike = not draft.object.findable and _ALIKE.fullmatch(draft.object.label("zh"))
    return bool(alike)


def _unfit(draft: Draft) -> bool:
    """A pair that the relation cannot join by its kinds: a thing and its own kind, a risk and a person, everybody enrolled."""
    if _misplaced(draft):
        return True
    if draft.relation == "study_population":
        return draft.object.iri in _VAGUE_POPULATIONS
    if draft.relation == "has_risk":
        vague = draft.object.iri in (_ANY_RISK if draft.subject.kind == "product" else _EMPTY_RISK)
        return vague or (not draft.object.findable and bool(_NO_HARM.search(draft.object.label("zh"))))
    if draft.relation == "includes":
        listed = draft.rule == "parts" and not draft.object.findable and _ET_CETERA.search(draft.object.label("zh"))
        risky = draft.subject.kind == "risk" and draft.object.kind in _NO_PART_OF_RISK
        return risky or bool(listed) or draft.object.kind in ("organisation", "population")
    if draft.relation == "has_purpose":
        law = draft.subject.kind == "document" and "指导原则" not in draft.subject.label("zh")
        return law or draft.subject.label("zh").startswith("《")  # a law that is named on the way
    return draft.relation in _DUTIES and (draft.subject.iri in draft.object.broader or _own_plan(draft))


def _own_plan(draft: Draft) -> bool:
    """Whether a thing is only said to have its own plan: 长期随访 and 随访计划."""
    name = re.sub("(?:计划|方案)$", "", draft.object.label("zh"))
    return draft.object.findable and name != draft.object.label("zh") and draft.subject.label("zh").endswith(name)
