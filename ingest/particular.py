"""Statements that need more than a row of the table: definitions, thresholds, lists under a stem, updates, consultations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ingest.effects import EFFECT_FUNCTIONS
from ingest.making import Draft, phrase
from ingest.passages import EMPTY, Item, Passage
from ingest.risks import RISK_FUNCTIONS
from ingest.rules import ANY, DEFINITION, ORGANISATION, THING, A
from ingest.strength import modals
from ingest.topics import carried, introduced, subjects
from ingest.wholes import completed, qualified
from ingest.wholes import whole as named
from kg.model import Concept, Span

_CONSULT = re.compile(
    rf"(?:与|和|向)(?P<o>{A}{{0,24}}?)(?:及时)?(?:就(?P<t>{A}+?))?(?:预先|及时|积极|进行|开展|加强)*(?:沟通|讨论|交流|提出沟通)(?!.{{0,3}}(?:既|可涉及))"
)
_ABOUT = re.compile(rf"就(?P<t>{A}+?)(?:预先|及时)?(?:与|和|向|进行)")
_UPDATE = re.compile(
    rf"(?:更新|修订|优化|完善|变更|延长或缩短)(?!的|情况|理由)(?P<s>{A}+)|对(?P<t>{A}+?)进行{A}*?更新|(?<=[，,])(?P<u>{A}+?)(?:也)?(?:将|会|应)(?:适时|及时|不断|定期)*(?:进行)?(?:更新|修订)(?=$|[。；，])"
)
_OCCASION = re.compile(
    rf"(?P<c>(?:如果|如(?!何|下)|当|若|随着|一旦){A}{{3,80}}?|(?:如果|如(?!何|下)|当|在){A}{{3,80}}?(?:时|后|变化|信息))[，,]|(?P<e>当{A}{{2,20}}?时)(?=及时|应)|(?P<d>根据{A}{{3,40}}?)(?=及时更新)"
)
_CRITERIA = re.compile(r"^(?P<s>复发或难治性[^，；]{2,20}?)(?:通常)?至少包括")
_STEM = re.compile(r"(?:包括|包含|条件)[^。；，]{0,12}[：:]?$")
_WHOSE = re.compile(
    r"(?P<w>[^，。；：:]{2,20}的(?![^，。；：:]{0,2}(?:内容|方面|范围))[^，。；：:的]{2,12}?)(?:应|需|可|通常|主要)*(?:至少)?(?:包括|包含)[^，。；：:]{0,12}[：:]?$"
)
_RISKS_ABOVE = re.compile(r"可能存在的[^\n]{0,8}风险|相关的风险")
_OR_ELSE = re.compile(r"\s*[；;，,]\s*或")
_TAILS = re.compile(r"(?:等|的?风险|的?发生|的?形成|的?增加|疾病|治疗|\s)$")


def definitions(passage: Passage) -> Iterator[Draft]:
    """X 是指 Y: the definiens, verbatim, and each threshold in it, are what X is defined as."""
    for cue in DEFINITION.finditer(passage.text):
        before = sorted((m for m in passage.mentions if m.end <= cue.start() and m.start >= passage.segment(cue.start()).start),
                        key=lambda m: (m.end, m.end - m.start))  # fmt: skip
        depth = passage.depths[cue.end() - 1]
        stops = (m.start() for m in re.finditer(r"[。；;]", passage.text))
        end = next((n for n in stops if n >= cue.end() and passage.depths[n] <= depth), len(passage.text))
        outer = [m for m in before if passage.depths[m.start] == passage.depths[cue.start()]] or before
        if not outer:
            continue
        subject = outer[-1].concept
        if node := phrase(passage.text[cue.end() : end], "condition", passage.sentence.clause_id):
            yield Draft("definition", "defined_as", subject, node, cue.start(), end, "statement")
        yield from _thresholds(passage, subject, cue.end())


def _thresholds(passage: Passage, subject: Concept, start: int) -> Iterator[Draft]:
    for m in passage.longest:
        if m.start >= start and m.concept.kind == "quantity":
            piece = passage.segment(m.start).of(passage.text).strip(' “”"')
            told = piece if m.start >= passage.segment(start).end else re.split('[“"]|定义为', piece)[-1].strip()
            yield Draft("threshold", "defined_as", subject, m.concept, start, m.end, "statement", told=told)


def criteria(passage: Passage) -> Iterator[Draft]:
    """复发或难治性 X 通常至少包括 A；B，或 C: each criterion, verbatim, is one of those that X takes in."""
    match = _CRITERIA.match(passage.text)
    heads = [m for m in passage.longest if match and m.end <= match.end("s")]
    if not match or not heads:
        return
    start = match.end()
    for piece in re.finditer(r"(?:[^；，。]|，(?!或))+", passage.text[start:]):
        words = re.sub(r"^[，,]?或", "", piece[0])
        if node := phrase(words, "condition", passage.sentence.clause_id):
            yield Draft(
                "criteria",
                "includes",
                heads[-1].concept,
                node,
                start + piece.start(),
                start + piece.end(),
                "statement",
                told="通常" if "通常" in match[0] else "",
            )


def listed(passage: Passage) -> Iterator[Draft]:
    """An item under a stem that ends in 包括 or 以下: what the stem's subject includes, or, under 风险, may cause."""
    first = passage.sentence.id.endswith("/s1")
    if (
        not first
        or not _STEM.search(passage.stem.strip())
        or not passage.stem_topics
        or re.search(r"注意|建议|考虑|获得", passage.stem[-24:])
    ):
        return
    about = [c for c in passage.stem_topics if c.kind in ANY]
    segment = passage.segments[0]
    items = [
        i.head.concept for i in passage.items(segment.start, segment.end, _TAILS)
        if i.head and not passage.depths[i.start] and not qualified(passage, i)
    ]  # fmt: skip
    node = phrase(segment.of(passage.text), "condition", passage.sentence.clause_id)
    relation = "requires" if "条件" in passage.stem else "includes"
    if _OR_ELSE.match(passage.text, segment.end):  # one of two: neither alone is asked for
        items, node = [], phrase(passage.text, "condition", passage.sentence.clause_id)
    told = m["w"].strip() if (m := _WHOSE.search(passage.stem.strip())) else ""
    for obj in [*items, *([node] if node else [])][:4]:
        if obj.iri != about[0].iri:
            yield Draft("listed", relation, about[0], obj, 0, segment.end, told=told)


def consultations(passage: Passage) -> Iterator[Draft]:
    """与 O 沟通: the actor, and the matter that 就 names, else the topic, are discussed with O."""
    for match in _CONSULT.finditer(passage.text):
        start, end = match.span("o")
        bodies = passage.of_kinds(ORGANISATION)
        parties = [m.concept for m in bodies if start <= m.start and m.end <= end]
        if not parties:
            continue
        actors = [m.concept for m in bodies if m.end <= start][-1:]
        about = _ABOUT.search(passage.text[: match.end()])
        matter = [
            m.concept
            for m in passage.of_kinds(ANY - ORGANISATION)
            if about and about.start() <= m.start < about.end("t")
        ]
        place = _opening(passage, match.start())
        matter += [c for c in _discussed(passage, match.end()) if c not in matter]
        topics = matter[:3] or list(
            introduced(passage, place, THING) or (() if actors else subjects(passage, place, THING))
        )
        for subject in dict.fromkeys([*actors, *topics]):
            if subject.iri != parties[-1].iri:
                yield Draft("consult", "consults", subject, parties[-1], match.start(), match.end())


_MATTER = re.compile(
    r"(?:，(?=明确|确定|讨论))?\s*(?:明确|确定|讨论)?(?:将|就|采用)?(?P<t>[^，。；]{2,40}?)(?=作为|等|的(?:可行性|合理性|必要性)|[，。；（\[]|$)"
)


def _discussed(passage: Passage, place: int) -> Iterator[Concept]:
    """What is discussed where it stands behind the verb: 与监管机构沟通统计分析计划, 沟通，明确非劣效界值."""
    if match := _MATTER.match(passage.text, place):
        for item in passage.items(*match.span("t"), _TAILS):
            if item.head and item.head.concept.kind in THING:
                yield named(passage, item) or item.head.concept


def _opening(passage: Passage, place: int) -> int:
    """Where the predicate around a place begins: at the first binding word of its segment before it."""
    start = passage.segment(place).start
    return min([place, *(m.start for m in modals(passage.text) if start <= m.start < place)])


def updates(passage: Passage) -> Iterator[Draft]:
    """更新 X: X is updated on the occasion that the sentence names."""
    for match in _UPDATE.finditer(passage.text):
        occasions = list(_OCCASION.finditer(passage.text[: match.start() + 2]))
        group = next(g for g in "stu" if match[g])
        start, end = match.span(group)
        if not occasions or re.search(r"希望|计划|拟$", passage.text[max(0, match.start() - 4) : match.start()]):
            continue
        last = occasions[-1]
        node = phrase(last["c"] or last["d"] or last["e"], "condition", passage.sentence.clause_id)
        for item in passage.items(start, end, re.compile(r"(?:等|相关文件|的?持续时间)$")):
            if (
                node
                and item.head
                and item.head.concept.kind in ("regulatory_artifact", "procedure", "document", "duration")
            ):
                yield Draft(
                    "update",
                    "updated_when",
                    item.head.concept,
                    node,
                    match.start(),
                    item.end,
                    condition=last["c"] or last["e"],
                )


_PARTS = re.compile(
    r"(?:主要|内容)?(?:应|需|可能|至少|通常|均|可同时|还可|也可)*(?:包括|包含|分为)(?:但不限于)?(?!.{0,20}在内)"
)


_PART = re.compile(r"(?!以下|下列|如下).*(?<!等)")


def parts(passage: Passage) -> Iterator[Draft]:
    """X 包括 A、B 和 C: the parts of X; X is what stands before 包括, at the end of the segment before where it opens one."""
    for match in _PARTS.finditer(passage.text):
        segment = passage.segment(match.start())
        if passage.depths[match.start()] or re.search(
            r"接受过|经过|不包括|不仅包括|风险可能包括|靶点", segment.of(passage.text)
        ):
            continue
        whole = _whole(passage, match, segment)
        for item in _members(passage, match.end()) if whole else ():
            node = named(passage, item) if item.head and item.head.concept != whole else None
            node = node or phrase(passage.text[item.start : item.end], "condition", passage.sentence.clause_id)
            if node and whole and node.iri != whole.iri and _PART.fullmatch(node.label("zh")):
                divided = match[0].endswith("分为")  # 可分为 says how it is divided, not what is permitted
                yield Draft("parts", "includes", whole, node, match.end(), item.end, "statement" if divided else None)


def _members(passage: Passage, start: int) -> Iterator[Item]:
    """The members of a list of parts. One without a name of its own, before 的, says with the next of what that one is:
    造血、神经相关的不良反应."""
    end = passage.region_end(start, lists=True)
    opens: int | None = None
    for item in completed(passage, list(passage.items(start, end, _TAILS))):
        words = passage.text[item.start : item.end]
        goes_on = opens is not None and _near(passage, opens, item.start)
        if not item.head and (
            passage.depths[item.start] or ("的" in passage.text[item.end : end] and "的" not in words)
        ):
            opens = opens if goes_on else item.start
        elif item.head and opens is not None and goes_on and "的" in words:
            yield Item(opens, item.end, None)
            opens = None
        else:
            yield item
            opens = None


def _near(passage: Passage, start: int, end: int) -> bool:
    """Whether two places stand in one coordination, without 以及 or a comma between."""
    return not re.search("以及|[，；。：（(）)]", passage.text[start:end])


def _whole(passage: Passage, match: re.Match[str], segment: Span) -> Concept | None:
    """What has the parts."""
    near = [
        m for m in passage.of_kinds(_WHOLES) if segment.start <= m.start and match.start() - 9 <= m.end <= match.start()
    ]
    if near:
        return near[-1].concept if near[-1].concept.iri not in EMPTY else None
    words = passage.text[segment.start : match.start()].strip()
    if words or "内容" in match[0] or segment.start == 0:
        topics = carried(passage, match.start(), _WHOLES) if len(words) < 6 else ()
        opens = all(passage.is_condition(s) for s in passage.segments if s.end <= segment.start)
        ordered = passage.previous if re.search(r"是(?!否)|指", passage.before) else tuple(reversed(passage.previous))
        before = tuple(m.concept for m in ordered if m.concept.kind in _WHOLES) if opens else ()
        return next(iter((*topics, *before)), None)
    if re.search(r"是|指", passage.text[: segment.start]):
        return next(iter(carried(passage, match.start(), _WHOLES)), None)
    ends = [m for m in passage.of_kinds(_WHOLES) if segment.start - 2 <= m.end < segment.start]
    return ends[-1].concept if ends else None


_WHOLES = ANY - ORGANISATION - frozenset({"quantity", "duration", "condition"})
PARTICULAR: tuple[Callable[[Passage], Iterator[Draft]], ...] = (
    definitions,
    criteria,
    listed,
    consultations,
    updates,
    parts,
    *RISK_FUNCTIONS,
    *EFFECT_FUNCTIONS,
)
