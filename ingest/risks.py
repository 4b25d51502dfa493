"""Statements about risks that need more than a row of the table: headings that speak of risks, measures and their purpose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from ingest.duties import duties
from ingest.making import Draft
from ingest.passages import EMPTY, Passage
from ingest.rules import PRODUCT, RISK, A
from ingest.topics import GENERIC, carried, own
from kg.model import Concept, Span

_ANY_EVENT = frozenset({"urn:guidegraph:concept:adverse-event", "urn:guidegraph:concept:adverse-reaction"})
_CONTROLS = re.compile(r"监测|控制|措施|检测|管理|识别|限定|避免|随访")
_TAILS = re.compile(r"(?:等|的?风险|的?发生|的?形成|的?增加|疾病|治疗|\s)$")
_ASSERTED = re.compile(rf"可能(?:存在|引起|导致|产生|诱发)(?P<s>{A}+)|(?P<t>{A}{{0,6}}风险)较高")
_PURPOSE = re.compile(
    rf"为(?:了|进一步|最大限度地|促进|能)*(?:及早|更好地?)?(?:降低|减轻|控制|减少|识别|预防|避免|确保|发现|、|和|或)+(?P<s>{A}+)"
)
_LESSENS = re.compile(r"降低|减轻|控制|减少|预防|避免|确保|发现")  # to describe a risk is not to lessen it
_WATCHES = re.compile("随访|监测|检测|检查|评估|观察|研究|特征|分析|试验")
_LESSENS_IT = re.compile(
    r"降低|减轻|控制|减少|预防|避免|防控|限制|最小化"
)  # what only finds or weighs a risk does not lessen it
_AIM = re.compile(
    r"(?:以便?|从而|进而)(?:更好地?|及时|客观|最大限度地?)?(?:评估|降低|减轻|控制|减少|预防|避免|识别|保证|防控|限制)"
)
_SO_AS = re.compile(
    r"(?P<o>[^。；]+?)[，,]?\s*(?:以便?|从而|进而)(?:更好地?|及时|客观)?(?:评估|降低|减轻|控制|减少|预防|避免|识别|保证|防控|限制|[、和或]|最大限度地?)+(?P<s>[^，。；]+)"
)


def purposes(passage: Passage) -> Iterator[Draft]:
    """为降低 R，应采取 M, and 采取 M，以降低 R: the risk is mitigated by the measure."""
    for match in _PURPOSE.finditer(passage.text):
        if not _LESSENS.search(match[0]):
            continue
        segment = passage.segment(match.start())
        risks = _heads(passage, *match.span("s"), RISK)
        rest = Span(segment.end + 1, passage.stretch(match.start()).end)
        yield from _measures(passage, risks, [d for d in duties(passage) if rest.start <= d.place < rest.end])
    for match in _SO_AS.finditer(passage.text) if _AIM.search(passage.text) else ():
        risks = _heads(passage, *match.span("s"), RISK)
        found = _measures(passage, risks, [d for d in duties(passage) if match.start() <= d.place < match.start("s")])
        looks = not _LESSENS_IT.search(passage.text[match.end("o") : match.start("s")])
        watched = (replace(d, relation="monitored_by") for d in found if _WATCHES.search(d.object.label("zh")))
        yield from watched if looks else found


def _measures(passage: Passage, risks: list[Concept], done: list[Draft]) -> Iterator[Draft]:
    for risk in risks:
        for d in done:
            if risk.label("zh") not in d.object.label("zh") and d.object.kind in (
                "procedure",
                "regulatory_artifact",
                "condition",
                "design",
                "organisation",
            ):
                yield Draft("purpose", "mitigated_by", risk, d.object, d.place, d.end, d.strength)


def _heads(passage: Passage, start: int, end: int, kinds: frozenset[str]) -> list[Concept]:
    found = [i.head.concept for i in passage.items(start, end, _TAILS) if i.head]
    return [c for c in found if c.kind in kinds]


def risks_above(passage: Passage) -> Iterator[Draft]:
    """Under a heading that speaks of possible risks, every risk that an item names is one of the product's."""
    product = next((c for c in passage.topics if c.kind == "product"), None)
    if product is None or "可能存在的安全性风险" not in passage.titles:
        return
    for m in passage.longest:
        if (
            m.concept.kind in RISK
            and m.concept.iri not in EMPTY | _ANY_EVENT
            and not passage.text[: m.start].endswith("合并")
            and not re.match(r"[^，。；、]{0,6}(?:负荷|细胞|本身)", passage.text[m.end :])
        ):
            yield Draft("risks-above", "has_risk", product, m.concept, m.start, m.end, "may")


def headed_risks(passage: Passage) -> Iterator[Draft]:
    """Under a heading that names a risk, a product of which a sentence says 可能 has that risk."""
    at = passage.text.find("可能")
    if any(passage.supposes(s.start) for s in passage.segments if s.end <= at):
        return  # what comes of the heading's risk, not the risk itself
    risks = [c for c in passage.own_title if c.kind == "risk" and c.iri not in GENERIC]
    if at < 0 or len(risks) != 1 or risks[0].label("zh").endswith("活性"):  # what a product does is no risk of it
        return
    for product in own(passage, at, PRODUCT) or carried(passage, at, PRODUCT):
        yield Draft("headed-risk", "has_risk", product, risks[0], at, passage.segment(at).end, "may")


def responses(passage: Passage) -> Iterator[Draft]:
    """X 可能存在 R，申请人应采取 M: what a sentence asks for after it has named a risk is asked for because of it."""
    for match in _ASSERTED.finditer(passage.text):
        group = "s" if match["s"] else "t"
        risks = _heads(passage, *match.span(group), RISK)
        segment = passage.segment(match.start())
        rest = [d for d in duties(passage) if segment.end < d.place < passage.stretch(match.start()).end]
        yield from _measures(
            passage, risks, [d for d in rest if d.object.findable or _CONTROLS.search(d.object.label("zh"))]
        )


RISK_FUNCTIONS: tuple[Callable[[Passage], Iterator[Draft]], ...] = (risks_above, headed_risks, purposes, responses)
