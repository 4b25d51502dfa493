"""Which drafts are worth stating: a pair whose kinds or words cannot bear its relation is left out.

The rules find a predicate and what stands around it; now and then what stands there is a fragment, a setting, or a thing
of which the relation cannot be said. Such a statement would mislead whoever reads it without its sentence.
"""

from __future__ import annotations

import re

from ingest.making import Draft
from ingest.topics import ANYBODY, SETTINGS

_RISK = "urn:guidegraph:concept:risk"
_ANY_RISK = frozenset({_RISK, "urn:guidegraph:concept:important-potential-risk"})
_DUTIES = frozenset({"requires", "allows", "encourages", "considers", "adjusts", "recommended_design"})
_OF_A_KIND_OF_PEOPLE = frozenset({"adjusts", "serves_as", "primary_endpoint", "first_population"})
_ABOUT_SETTINGS = frozenset(
    {"recommended_design", "includes", "depends_on", "study_population", "supports", "consults"}
)
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
    return not draft.object.findable and bool(_FRAGMENT.fullmatch(draft.object.label("zh")))


def _misplaced(draft: Draft) -> bool:
    """One design recommended for another, an earlier therapy of what is no person, and what several things must have in
    common said of one of them."""
    if draft.relation == "recommended_design" and draft.rule == "design":
        return draft.subject.kind == draft.object.kind == "design" and bool(
            _KIND_OF_DESIGN.search(draft.subject.label("zh"))
        )
    if draft.relation == "requires_prior_therapy":
        return draft.subject.kind == "procedure"
    alike = not draft.object.findable and _ALIKE.fullmatch(draft.object.label("zh"))
    return bool(alike)


def _unfit(draft: Draft) -> bool:
    """A pair that the relation cannot join by its kinds: a thing and its own kind, a risk and a person, everybody enrolled."""
    if _misplaced(draft):
        return True
    if draft.relation == "study_population":
        return draft.object.iri in _VAGUE_POPULATIONS
    if draft.relation == "has_risk":
        vague = draft.object.iri in _ANY_RISK
        return vague or (not draft.object.findable and bool(_NO_HARM.search(draft.object.label("zh"))))
    if draft.relation == "includes":
        listed = draft.rule == "parts" and not draft.object.findable and _ET_CETERA.search(draft.object.label("zh"))
        risky = draft.subject.kind == "risk" and draft.object.kind in _NO_PART_OF_RISK
        return risky or bool(listed) or draft.object.kind in ("organisation", "population")
    if draft.relation == "has_purpose":
        law = draft.subject.kind == "document" and "指导原则" not in draft.subject.label("zh")
        return law or draft.subject.label("zh").startswith("《")  # a law that is named on the way
    return draft.relation in _DUTIES and draft.subject.iri in draft.object.broader
