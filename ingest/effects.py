"""Statements about what something brings about: what it helps to do, whom it harms, which risk it lessens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ingest.making import Draft, phrase
from ingest.narrowing import without_link
from ingest.passages import Passage
from ingest.rules import CAUSE, RISK, A
from ingest.topics import carried, inherited, own
from ingest.verbs import ACTION
from kg.model import Concept

_HELPS = re.compile(r"\s*(?:会|将|都|也|均|则|从而)*(?:有助于|有利于|利于)(?P<o>[^。；，]+)")
_POINTING = re.compile(r"(?:这|其|该|此)")
_MEANS = re.compile(r"^(?:通过|采用|使用|利用|建立|选择|设置)")
_IMPACT = re.compile(
    rf"(?:可能会?|可能还会|会)(?P<o>对(?={A}*?(?:受试者|患者|人群|人体|健康|安全性|胎儿)){A}{{2,40}}?(?:产生|造成|带来){A}{{0,12}}?(?:风险|影响))(?=$|[，。；])"
)
_LESSENS = re.compile(
    r"(?:^|[，；])\s*(?P<m>(?:通过|使用|采用)[^，。；]{4,30}?)[，,]?\s*(?:可能会?|可以|可|能够?)(?:会)?(?:降低|减少|避免|控制)(?P<s>[^，。；（(]{2,30})"
)
_NEEDED = re.compile(
    r"(?:^|[，；])\s*(?P<o>[^，。；]{6,60}?)(?:都|均|也)?是(?:不可或缺|必不可少|必需|必要)的(?=[，。；]|$)"
)
_RISK_TAILS = re.compile(r"(?:等|的?风险|的?发生|问题)$")


def helped(passage: Passage) -> Iterator[Draft]:
    """开展 A，有助于 B: the action of the segment before helps to B; a noun phrase there does where it is all of it."""
    for n, segment in enumerate(passage.segments):
        match = _HELPS.match(passage.text, segment.start)
        if not match or match.end() > segment.end + 1:
            continue
        subject = _doer(passage, n)
        obj = phrase(match["o"], "condition", passage.sentence.clause_id)
        if subject and obj:
            yield Draft("helped", "helps_to", subject, obj, match.start("o"), match.end("o"), "statement")


def _doer(passage: Passage, n: int) -> Concept | None:
    """What does what a segment says: the action before it, with those that it goes on."""
    before = passage.segments[:n]
    while before and _HELPS.match(passage.text, before[-1].start):  # 有助于 A；有助于 B
        before = before[:-1]
    if not before:
        return None
    words = without_link(before[-1].of(passage.text)).strip()
    if len(before) > 1 and words.startswith(("根据", "并")):
        words = f"{without_link(before[-2].of(passage.text)).strip()}，{words}"
    acts = bool(ACTION.match(words) or _MEANS.match(words))
    if _POINTING.match(words) or not acts or passage.says_when(before[-1]) or re.search("是(?!否)", words):
        return None
    words = words.removeprefix("通过")
    alone = [m.concept for m in passage.longest if passage.text[m.start : m.end].strip() == words]
    return alone[0] if alone else phrase(words, "condition", passage.sentence.clause_id)


def impacts(passage: Passage) -> Iterator[Draft]:
    """X 可能对 A 产生 B 的影响: whom it concerns is part of the harm."""
    for match in _IMPACT.finditer(passage.text):
        if passage.supposes(match.start()):
            continue
        obj = phrase(match["o"], "risk", passage.sentence.clause_id)
        for subject in own(passage, match.start(), CAUSE) or carried(passage, match.start(), CAUSE):
            if obj:
                yield Draft("impact", "has_risk", subject, obj, match.start("o"), match.end("o"), "may")


def lessened(passage: Passage) -> Iterator[Draft]:
    """通过 M，可能会降低 R, 使用 M 可以减少 R: the risk is mitigated by the means."""
    for match in _LESSENS.finditer(passage.text):
        means = phrase(re.sub("^通过", "", match["m"]), "condition", passage.sentence.clause_id)
        for item in passage.items(*match.span("s"), _RISK_TAILS) if means else ():
            if item.head and means and item.head.concept.kind in RISK:
                yield Draft("lessened", "mitigated_by", item.head.concept, means, match.start("s"), item.end, "may")


def needed(passage: Passage) -> Iterator[Draft]:
    """开展 A 是不可或缺的: what the headings are about requires it."""
    for match in _NEEDED.finditer(passage.text):
        obj = phrase(match["o"], "condition", passage.sentence.clause_id)
        about = inherited(passage, frozenset({"product", "disease"}))
        for subject in about if obj and re.search("开展|进行|建立|提供|制定", match["o"]) else ():
            if obj:
                yield Draft("needed", "requires", subject, obj, match.start("o"), match.end("o"), "must")


EFFECT_FUNCTIONS: tuple[Callable[[Passage], Iterator[Draft]], ...] = (helped, impacts, lessened, needed)
