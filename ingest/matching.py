"""A row of the rule table applied to a sentence: where it matches, what it speaks of, and of what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.making import Draft, phrase
from ingest.objects import RISK_TAILS, combined, objects
from ingest.passages import Passage
from ingest.rules import CAUSE, PRODUCT, Rule
from ingest.strength import modals, strength_at
from ingest.topics import GENERIC, inherited, introduced, own, subjects
from kg.model import Concept, Span, Strength

_ANYBODY = frozenset({"urn:guidegraph:concept:trial-participant", "urn:guidegraph:concept:patient"})
_ILL = frozenset({"disease"})
_WATCHING = re.compile(r"监测|检测|评估|管理|观察|随访")  # what looks for a risk does not have it
_MAX_OBJECTS = 12
_TRIALS = frozenset({"urn:guidegraph:concept:clinical-trial"})
_DENIED = re.compile(r"无需|不需要|不必|不要求|不应|不得|不视为|不纳入|不能")
_SPACED = frozenset({"procedure", "design"})
_BRACKETED = frozenset({"allocation_ratio", "lasts_until", "applies_during"})
_PART_OF = re.compile(r"的(?:内容|范围|时间点|频率|频次|方式)[^，。；的]*$")  # X 的内容基于 Y: not X as such
_IN_EXAMPLE = re.compile(r"[（(]\s*(?:例如|比如)[^（()）]*$")
_WEAKER: dict[Strength, str] = {"statement": "usually", "encouraged": "encourages"}
_CAUSAL = frozenset({"applies_during", "lasts_until"})


def matched(rule: Rule, passage: Passage) -> Iterator[Draft]:
    """The drafts of a row of the table in a sentence."""
    for match in rule.pattern.finditer(passage.text):
        if not _stands(rule, passage, match) or (relation := _relation(rule, passage, match)) is None:
            continue
        found = list(objects(rule, passage, match))[:_MAX_OBJECTS]
        for subject in _bearers(rule, _about(rule, passage, match, found)) if found else ():
            for obj, end in found:
                if obj.iri != subject.iri and obj.iri not in _TRIALS:
                    pair = (obj, subject) if rule.swap else (subject, obj)
                    yield Draft(
                        rule.name, relation, *pair, _place(match, rule), end, rule.strength or _maybe(rule, passage, match),
                        negated=relation in ("excludes", "not_required"), told=_told(rule, passage, match, end),
                    )  # fmt: skip


def _told(rule: Rule, passage: Passage, match: re.Match[str], end: int) -> str:
    """The words of a match that narrow what its concepts name: 不短于三个月时的肿瘤缓解, A 和 B 的组合, 整合风险较低."""
    if rule.name == "interval":
        spaced = passage.text[passage.segment(match.start()).start : match.end("s")].strip()
        return "" if modals(spaced) else spaced
    if rule.name == "supports" and match[0].startswith("仅"):
        return "仅"
    if rule.name == "prior" and re.search("两种|三种|至少|线或以上", match["o"]):
        return match["o"].strip()
    group = {
        "as-primary": "o",
        "primary-of": "o",
        "serves-as": "s",
        "first-in": "o",
        "first-trial": "o",
        "studied-in": "o",
        "enrolled": "o",
    }.get(rule.name)
    if not group:
        return ""
    words = match[group].strip()
    if combined(rule, passage, match, group):
        return ""
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
        named = tuple(c for c in named if c.kind != "biomarker")
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
    strength = strength_at(passage.text, match.start() + 1)
    if rule.name == "design" and passage.text[: match.start()].endswith("先"):
        return "requires"  # a step before, not the design itself
    if rule.name == "design" and strength in _WEAKER:
        return _WEAKER[strength]
    if rule.name == "design" and strength == "may":
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
    if rule.name == "studied-in" and "考虑" in passage.text[passage.segment(match.start()).start : match.start()]:
        return "may"  # 应审慎地考虑在儿童中开展: weighed, not prescribed
    if rule.relation in _BRACKETED and _IN_EXAMPLE.search(passage.text[: match.start()]):
        return "may"  # （例如直至…）: one way among others
    said = passage.text[max(passage.segment(match.start()).start, match.start() - 3) : match.end()]
    return "may" if rule.relation in ("has_risk", "affects") and "可能" in said else None


def _binds(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a word binds at a match, or 通常 calls it the practice."""
    before = passage.segment(match.end()).of(passage.text)
    return strength_at(passage.text, match.start() + 1) != "statement" or "通常" in before


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
        watched = introduced(passage, place, _SPACED)
        above = (c for c in passage.stem_topics[:1] if c.kind in _SPACED or rule.name == "interval")
        yield from watched if supposed else above
        yield from _spaced(passage, match)
    if rule.relation == "requires_prior_therapy":
        ill = [m.concept for m in passage.of_kinds(frozenset({"disease"})) if m.end <= place]
        yield from ill[-1:] or (() if introduced(passage, place, rule.subjects) else inherited(passage, _ILL))
    if rule.relation == "has_risk" and found:
        if found[0].kind != "product":
            yield from introduced(passage, place, frozenset({"product"}))
        yield from (
            c
            for c in passage.own_title
            if c.kind == "risk" and c.iri not in GENERIC and rule.name not in ("observed-in", "risk-level")
        )


def _spaced(passage: Passage, match: re.Match[str]) -> Iterator[Concept]:
    """The procedure that an interval spaces: 采样 in 采样间隔."""
    if match.groupdict().get("s"):
        inside = [m for m in passage.mentions if m.start >= match.start("s") and m.end <= match.end("s")]
        yield from (m.concept for m in inside if m.concept.kind == "procedure" and m.end < match.end("s"))


def _grouped(rule: Rule, passage: Passage, match: re.Match[str]) -> Sequence[Concept]:
    """The subjects in the pattern's own group: the heads there, else the last fitting mention, else a phrase."""
    start, end = match.span("s")
    if together := combined(rule, passage, match, "s"):
        return [together]
    if rule.exact:
        return _all_of_it(rule, passage, match)
    heads = [i.head.concept for i in passage.items(start, end, RISK_TAILS) if i.head]
    if found := [c for c in heads if c.kind in rule.subjects]:
        return found
    node = phrase(match["s"], rule.subject_phrase, passage.sentence.clause_id) if rule.subject_phrase else None
    named = [node] if node else []
    if rule.strict:
        done = [m.concept for m in passage.of_kinds(rule.subjects) if m.start == start and rule.name == "frequency"]
        return done or named
    inside = [m.concept for m in passage.of_kinds(rule.subjects) if start <= m.start and m.end <= end]
    if inside:
        return inside[-1:]
    return named or (subjects(passage, match.start(), rule.subjects) if rule.inherit else [])


def _all_of_it(rule: Rule, passage: Passage, match: re.Match[str]) -> Sequence[Concept]:
    """The concept that names all of a subject's words, or the words."""
    words = match["s"].strip()
    alone = [
        m.concept
        for m in passage.longest
        if m.start >= match.start("s") and passage.text[m.start : m.end].strip() == words
    ]
    node = phrase(words, rule.subject_phrase, passage.sentence.clause_id)
    return alone[:1] or ([node] if node else [])
