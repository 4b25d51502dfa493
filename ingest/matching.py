"""A row of the rule table applied to a sentence: where it matches, what it speaks of, and of what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.actions import HEADED_BY
from ingest.making import Draft, phrase
from ingest.passages import Item, Passage
from ingest.rules import CAUSE, PRODUCT, Rule
from ingest.strength import modals, strength_at
from ingest.topics import GENERIC, inherited, introduced, own, subjects
from kg.model import Concept, Span, Strength

_ANYBODY = frozenset({"urn:guidegraph:concept:trial-participant", "urn:guidegraph:concept:patient"})
_ILL = frozenset({"disease"})
_WATCHING = re.compile(r"监测|检测|评估|管理|观察|随访")  # what looks for a risk does not have it
_MAX_OBJECTS = 12
_TRIALS = frozenset({"urn:guidegraph:concept:clinical-trial"})
_RISKY = re.compile(
    r"风险|反应|毒性|损伤|后果|效应|感染|偏倚|异常|失败|复杂性|下降|减少|加重|增强|失控|突变|肿瘤|不良|危害|疾病|改变$"
)
_DENIED = re.compile(r"无需|不需要|不必|不要求|不应|不得|不视为|不纳入|不能")
_BRACKETED = frozenset({"allocation_ratio", "lasts_until", "applies_during"})
_PART_OF = re.compile(r"的(?:内容|范围|时间点|频率|频次|方式)[^，。；的]*$")  # X 的内容基于 Y: not X as such
_IN_EXAMPLE = re.compile(r"[（(]\s*(?:例如|比如)[^（()）]*$")
_CAUSAL = frozenset({"applies_during", "lasts_until"})
_RISK_TAILS = re.compile(
    r"(?:等|的?风险|的?发生|的?增加|的?情况|形成|的可能性|的?产生|出现|数量|的?治疗|患者|，|受试者|的?人群)$"
)
_TAILS = re.compile(
    r"(?:等|方面|方式|的?研究方法|方法|手段|途径|的?数据|的?信息|的?情况|的?研究|的?变化|的?治疗|的?形式之一|之一|的比例|的?成员|的?问题|标准|患者|的?人群|类药物|药物|等药物|受试者|治疗失败)$"
)


def matched(rule: Rule, passage: Passage) -> Iterator[Draft]:
    """The drafts of a row of the table in a sentence."""
    for match in rule.pattern.finditer(passage.text):
        if not _stands(rule, passage, match) or (relation := _relation(rule, passage, match)) is None:
            continue
        objects = list(_objects(rule, passage, match))[:_MAX_OBJECTS]
        for subject in _bearers(rule, _about(rule, passage, match, objects)) if objects else ():
            for obj, end in objects:
                if obj.iri != subject.iri and obj.iri not in _TRIALS:
                    pair = (obj, subject) if rule.swap else (subject, obj)
                    yield Draft(
                        rule.name, relation, *pair, _place(match, rule), end, rule.strength or _maybe(rule, passage, match),
                        negated=relation in ("excludes", "not_required"), told=_told(rule, passage, match, end),
                    )  # fmt: skip


def _told(rule: Rule, passage: Passage, match: re.Match[str], end: int) -> str:
    """The words of a match that narrow what its concepts name: 不短于三个月时的肿瘤缓解, A 和 B 的组合, 整合风险较低."""
    if rule.name == "risk-level":
        return match[0]
    if rule.name == "prior" and re.search("两种|三种|至少|线或以上", match["o"]):
        return match["o"].strip()
    group = {
        "as-primary": "o",
        "primary-of": "o",
        "serves-as": "s",
        "within-first": "o",
        "first-in": "o",
        "first-trial": "o",
        "studied-in": "o",
        "enrolled": "o",
    }.get(rule.name)
    if not group:
        return ""
    words = match[group].strip()
    start, stop = match.span(group)
    whole = {(m.start, m.end) for m in passage.mentions}
    plain = (
        start + len(match[group]) - len(match[group].lstrip()),
        stop - len(match[group]) + len(match[group].rstrip()),
    )
    listed = re.search(r"(?:和|或|、|及)[^，。；]*的组合$", words)
    return words if plain not in whole and ("的" in words or listed) else ""


def _bearers(rule: Rule, named: Sequence[Concept]) -> Sequence[Concept]:
    """The subjects without what only watches for a risk."""
    return [c for c in named if rule.relation != "has_risk" or not _WATCHING.search(c.label("zh"))]


def _stands(rule: Rule, passage: Passage, match: re.Match[str]) -> bool:
    """Whether a match asserts something: not in a supposition, not in a bracket, not under a word that forbids the row."""
    if passage.supposes(match.end()) and rule.relation not in _CAUSAL:
        return False
    if rule.subjects == CAUSE and rule.inherit and "s" not in match.re.groupindex and _another(passage, match):
        return False
    if passage.depths[_cue(match)] and rule.relation not in _BRACKETED:
        return False
    if rule.binding and not _binds(passage, match):
        return False
    if rule.relation == "has_risk" and "s" not in match.re.groupindex and _modifies(passage, match):
        return False
    return not (rule.unless and rule.unless.search(passage.segment(match.start()).of(passage.text)))


def _modifies(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a match opens a relative clause, so that what has the risk stands behind it: 可以产生持续感染的病毒载体."""
    segment = passage.segment(match.start())
    if passage.text[segment.start : match.start()].strip():
        return False
    behind = [m for m in passage.of_kinds(PRODUCT) if match.end() < m.start and m.end <= segment.end]
    return any("的" in passage.text[match.end() : m.start] for m in behind)


def _about(
    rule: Rule, passage: Passage, match: re.Match[str], objects: Sequence[tuple[Concept, int]]
) -> Sequence[Concept]:
    """The subjects of a match; where the sentence names none but the objects themselves, what stands above."""
    named = tuple(dict.fromkeys(_subjects(rule, passage, match)))
    if (rule.modifiers or rule.relation == "requires_prior_therapy") and any(c.iri not in _ANYBODY for c in named):
        named = tuple(c for c in named if c.iri not in _ANYBODY)
    if rule.relation == "requires_prior_therapy" and any(c.kind in ("disease", "population") for c in named):
        named = tuple(c for c in named if c.kind != "biomarker" or "阳性" in c.label("zh"))
    if rule.inherit and all(s.iri == o.iri for s in named for o, _ in objects):
        return inherited(passage, rule.subjects, frozenset(o.iri for o, _ in objects))
    return named


def _place(match: re.Match[str], rule: Rule) -> int:
    """Where the predicate stands: at the object's start where the pattern names it, else at the match's end."""
    groups = match.re.groupindex
    named = (
        rule.relation != "has_role" and "o" in groups and match["o"] is not None and match.end("o") >= match.end() - 1
    )
    return match.start("o") if named else match.end()


def _objects(rule: Rule, passage: Passage, match: re.Match[str]) -> Iterator[tuple[Concept, int]]:
    start, end = match.end(), passage.region_end(match.end(), lists=rule.lists)
    if rule.relation == "has_risk":
        end = min([end, *(m.start for m in modals(passage.text) if m.start >= start and passage.depths[m.start] == 0)])
    if "o" in match.re.groupindex:
        start, end = match.span("o")
        if rule.name == "caused" and passage.text[match.start() - 1 : match.start()] == "、":
            end = min([end, *(start + m.start() for m in re.finditer("、", passage.text[start:end]))])
    if rule.anywhere:
        inside = [m for m in passage.of_kinds(rule.objects) if start <= m.start and m.end <= end]
        yield from ((m.concept, m.end) for m in inside)
        return
    for item in _items(rule, passage, start, end):
        if concept := _object(rule, passage, item):
            yield concept, item.end


def _items(rule: Rule, passage: Passage, start: int, end: int) -> Iterable[Item]:
    """The members of a match's object region, or the whole of it where the row asks for that."""
    if not rule.whole:
        return passage.items(start, end, _RISK_TAILS if rule.relation == "has_risk" else _TAILS)
    if rule.lists and HEADED_BY.search(passage.text[start:end]):
        return [Item(start, end, None)]  # PK、PD 和安全性数据: what heads the list is said of all of it
    heads = [i for i in passage.items(start, end, _TAILS) if i.head] if rule.lists else []
    return heads or [passage.item(start, end, _TAILS)]


def _cue(match: re.Match[str]) -> int:
    """Where a match's own words begin, behind a subject that the pattern names."""
    named = "s" in match.re.groupindex and match["s"] is not None and match.start("s") == match.start()
    return min(match.end("s") if named else match.start(), match.end() - 1)


def _relation(rule: Rule, passage: Passage, match: re.Match[str]) -> str | None:
    """The rule's relation; denied wording turns a requirement into one that is not required, and anything else into none; a
    design that may be used is allowed, not recommended."""
    place = _cue(match)
    before = passage.text[passage.segment(place).start : place + 2]
    if _DENIED.search(before) and rule.relation not in ("excludes", "applies_during", "serves_as"):
        return "not_required" if rule.relation == "requires_prior_therapy" else None
    if (
        rule.name == "design"
        and "考虑" in before
        and strength_at(passage.text, match.start() + 1) in ("must", "should")
    ):
        return "considers"
    if rule.name == "design" and strength_at(passage.text, match.start() + 1) == "may":
        said = [m for m in modals(passage.text) if m.start <= match.start()]
        return "requires" if said and "需" in passage.text[said[-1].start : said[-1].end] else "allows"
    return rule.relation


def _another(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the words before a verb of effect name something that no concept names: then nothing above is its subject."""
    segment = passage.segment(match.start())
    member = max((m.end() for m in re.finditer("、(?=或|以及)", passage.text[: match.start()])), default=0)
    segment = Span(max(segment.start, member), segment.end)
    words = re.sub(
        r"^(?:但|而|并|且|也|还|同时|甚至|进而|从而|因此|此外|例如|其|或)+",
        "",
        passage.text[segment.start : match.start()].strip(),
    )
    named = any(
        segment.start <= m.start and m.end <= match.start() and m.concept.kind in CAUSE for m in passage.mentions
    )
    return len(words) > 5 and not named and not re.match(r"在|对|由于|如|当|与|通过", words)


def _maybe(rule: Rule, passage: Passage, match: re.Match[str]) -> Strength | None:
    """A risk that the wording calls possible is possible, whatever the sentence obliges to: 应关注可能出现的风险. A span of
    time binds as the verb behind it does: 最初5年内，随访应记录病史."""
    if rule.name == "within-years":
        return strength_at(passage.text, match.end() + 1)
    if rule.relation in _BRACKETED and _IN_EXAMPLE.search(passage.text[: match.start()]):
        return "may"  # （例如直至…）: one way among others
    said = passage.text[max(passage.segment(match.start()).start, match.start() - 3) : match.end()]
    return "may" if rule.relation in ("has_risk", "affects") and "可能" in said else None


def _binds(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a word binds at a match, or 通常 calls it the practice."""
    before = passage.segment(match.end()).of(passage.text)
    return strength_at(passage.text, match.start() + 1) != "statement" or "通常" in before


def _object(rule: Rule, passage: Passage, item: Item) -> Concept | None:
    if item.head and item.head.concept.kind in rule.objects:
        return item.head.concept
    if not rule.phrase or (item.head and not rule.objects >= {item.head.concept.kind} and rule.phrase == ""):
        return None
    words = passage.text[item.start : item.end]
    if rule.phrase == "risk" and (
        not _RISKY.search(words)
        or re.search(r"^[A-Za-z\\s]+$|^的|措施|载体|人群|患者|受试者|机体|体内|由于", words)
        or item.start > passage.segment(item.start).end
        or len(words) > 24
    ):
        return None
    return phrase(words, rule.phrase, passage.sentence.clause_id)


def _subjects(rule: Rule, passage: Passage, match: re.Match[str]) -> Sequence[Concept]:
    if "s" in match.re.groupindex and match["s"]:
        grouped = _grouped(rule, passage, match)
        return [*grouped, *_more(rule, passage, match, grouped)]
    place = min([match.start(), *(match.start(g) for g in ("o",) if g in match.re.groupindex)])
    if rule.name == "may-cause" and (within := _within(rule, passage, match)):
        return within
    if rule.same:
        part = rule.relation == "depends_on" and _PART_OF.search(passage.text[: match.start()])
        after = re.search("后$", passage.text[: match.start()])  # 免疫化疗后根据…: what comes then depends on it
        return () if part or (after and rule.relation == "depends_on") else own(passage, place, rule.subjects)
    if rule.topic:
        return introduced(passage, place, rule.subjects)
    if rule.near:
        return own(passage, place, rule.subjects) or subjects(passage, place, rule.subjects)
    place = min(
        [
            place,
            *(
                m.start
                for m in modals(passage.text)
                if passage.segment(place).start <= m.start < place and "、或" not in passage.text[m.start : place]
            ),
        ][:2]
    )
    found = subjects(passage, place, rule.subjects, inherit=rule.inherit)
    return [*found, *_more(rule, passage, match, found)]


def _within(rule: Rule, passage: Passage, match: re.Match[str]) -> list[Concept]:
    """The subject between 可能 and the verb: 可能提示 X 存在 R."""
    inside = [m.concept for m in passage.of_kinds(PRODUCT) if match.start() < m.start and m.end <= match.end()]
    return inside[-1:]


def _more(rule: Rule, passage: Passage, match: re.Match[str], found: Sequence[Concept]) -> Iterator[Concept]:
    """The modifiers of a subject phrase where the rule takes them; the risk that an item's own title names."""
    segment = passage.segment(match.start())
    if rule.modifiers:
        before = (m for m in passage.of_kinds(rule.subjects) if segment.start <= m.start and m.end <= match.start())
        yield from (m.concept for m in before if m.concept not in found)
    place = match.start()
    if rule.relation in ("max_interval", "min_frequency"):
        supposed = passage.condition(place) is not None or not passage.stem
        watched = introduced(passage, place, rule.subjects - {"duration", "risk", "biomarker", "population"})
        yield from watched if supposed else passage.stem_topics[:1]
        yield from _spaced(passage, match)
    if rule.relation == "requires_prior_therapy":
        ill = [m.concept for m in passage.of_kinds(frozenset({"disease"})) if m.end <= place]
        yield from ill[-1:] or (() if introduced(passage, place, rule.subjects) else inherited(passage, _ILL))
    if rule.relation == "has_risk" and found:
        if found[0].kind != "product":
            yield from introduced(passage, place, frozenset({"product"}))
        yield from (
            c for c in passage.own_title if c.kind == "risk" and c.iri not in GENERIC and rule.name != "observed-in"
        )


def _spaced(passage: Passage, match: re.Match[str]) -> Iterator[Concept]:
    """The procedure that an interval spaces: 采样 in 采样间隔."""
    if match.groupdict().get("s"):
        inside = [m for m in passage.mentions if m.start >= match.start("s") and m.end <= match.end("s")]
        yield from (m.concept for m in inside if m.concept.kind == "procedure" and m.end < match.end("s"))


def _grouped(rule: Rule, passage: Passage, match: re.Match[str]) -> Sequence[Concept]:
    """The subjects in the pattern's own group: the heads there, else the last fitting mention, else a phrase."""
    start, end = match.span("s")
    heads = [i.head.concept for i in passage.items(start, end, _RISK_TAILS) if i.head]
    if found := [c for c in heads if c.kind in rule.subjects]:
        return found
    if rule.strict:
        node = phrase(match["s"], rule.subject_phrase, passage.sentence.clause_id) if rule.subject_phrase else None
        return [node] if node else []
    inside = [m.concept for m in passage.of_kinds(rule.subjects) if start <= m.start and m.end <= end]
    if inside:
        return inside[-1:]
    if rule.subject_phrase and (node := phrase(match["s"], rule.subject_phrase, passage.sentence.clause_id)):
        return [node]
    return subjects(passage, match.start(), rule.subjects) if rule.inherit else []
