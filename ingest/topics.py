"""What a predicate speaks of: the subject phrase before it, the topic that an earlier segment sets, or what stands above.

Chinese drops subjects that the context gives. In order: the phrase before the predicate in its own segment; the thing that
a condition introduces (如拟采用 X, 对于 X, 当观察到 X); the subject of an earlier segment; the previous sentence, where a pronoun
points there; the stem of the list, the headings, the title. A condition that denies (如难以开展 X) sets no topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.limits import not_in_passing
from ingest.passages import Named, Passage
from ingest.verbs import ACTION
from kg.model import Concept, Span

GENERIC = frozenset(
    f"urn:guidegraph:concept:{key}"
    for key in ("risk", "risk-factor", "baseline", "level-of-evidence", "allocation-ratio", "target-cell", "transgene", "exogenous-gene", "data-quality", "mechanism-of-action",
                "study-objective", "post-marketing-period", "pre-marketing-period", "post-approval-stage", "pre-approval-stage", "threshold", "heterogeneity", "comorbidity")
)  # fmt: skip
# what a condition or a heading mentions without being what the sentence is about
SETTINGS = frozenset(
    f"urn:guidegraph:concept:{key}"
    for key in ("safety", "efficacy", "survival-benefit", "clinical-benefit", "durability-of-effect", "age-group", "study-population",
                "target-population", "sample-size", "therapeutic-target", "marketing-authorisation", "benefit-risk-assessment")
)  # fmt: skip
ANYBODY = frozenset({"urn:guidegraph:concept:trial-participant", "urn:guidegraph:concept:patient"})
# classes of products, of which a phrase before them says which: vectors, cells
_CLASSES = frozenset(
    f"urn:guidegraph:concept:{key}"
    for key in ("gene-therapy-product", "gene-therapy-vector", "investigational-product")
)
_MADE_OF = re.compile(r"(?:[（(][^（()）]{0,20}[）)])?\s*(?:(?:等|类)?(?:病毒)?(?:载体)?的|等(?:新型|各类|不同)?)\s*")
_ANY_TRIAL = frozenset({"urn:guidegraph:concept:clinical-trial"})
_NEGATIVE = re.compile(
    r"不及时|无[^，；。]{1,10}可|不是|极少|极低|数量少|缺乏|难以|很难|不能|无法|没有|尚未|不具备|未经|未达|不适合|不可接受|不够|不明确"
)
_ADOPTS = re.compile(
    r"采用|使用|应用|接受(?!过)|存在|观察到|发现|出现|发生|开展|设有|进行|获得|通过|具有|完成|(?<![使作利效应并])用(?!药|于|法|量)|有可用的|需使用|拟将|计划"
)
_PREDICATE = re.compile(
    r"在国内|已有|超出|确定|形成|有所|发生变化|随时间|不会|不可|可能|提示|显示|有(?!效|害|限)|通过|具有|需要|的认知变化|认为"
)
_ABOUT = re.compile(r"^(?:但|而|同时|因此|此外|另外)?\s*(?:对于?|针对|关于|就|基于|在)")
_OBLIQUE = re.compile(
    r"^(?:作为|可能|可|应|需|会|将|能|有可能|建议|鼓励|推荐|必|不|并|同时|且|还|以)?(?:向|将|把|给|与|及时|进行|建立|采用|采取|主动|开展|提供|获得|收集|通过|保护|补充|降低|控制|减少|以|到|利用|明确|选择|结合|根据|或|包括|如|例如|确保|保证|为|有利于|从|从而|进而)"
)
_ANAPHOR = re.compile(
    r"^(?:同时|因此|此外|另外|并且|而|且|但)?[，,]?\s*(?:这|该|此类|此后|其(?!他|它|中)|上述|以上|(?:主要)?包括)"
)
_BARE = re.compile(
    r"^(?:因此|此外|另外|同时|也|还|通常|一般|原则上|首选)?[，,]?\s*(?:上市后)?(?:也|还)?(?:需|应|可|必|组间|在恰当|在[^，]{2,12}情况下)"
)
_SCENIC = frozenset(
    {"design", "comparator", "endpoint", "procedure", "product", "biomarker", "disease", "population", "dose"}
)
_GOES_ON = re.compile(r"^(?:而且|并|且|还|也|同时|甚至|进而|从而|以及|再|此后|随后)")
_NO_SUBJECT = re.compile(
    r"^(?:因此|所以|故|也|同时|还|并|则)?[，,]?\s*(?:建议|鼓励|推荐|提倡|有必要|优先|首先?是?鼓励)"
)
_REASON = re.compile(
    r"\s*在[^，]*(?:前提下|范围内|过程中|阶段|早期|期间|基础上|情况下)\s*$|[^，]*前提下\s*$|\s*(?:除|为了?|由于|因|随着|根据|基于|考虑到|即使|尽管)"
)
_VERB = re.compile(
    r"有(?!效|害|限|复)|具有|是(?!否)|可能|可(?!复|靠|及)|应(?!答|症)|会|需|显示|存在|导致(?!的)|引起(?!的)|更为|较|建议|通常|出现|难|无法|包括|增加|发生|过程中|优先|选择|后(?!续)|的后果|进行|结合|以|从|在|对"
)
_JOINT = re.compile(r"\s*(?:[（(][^（()）]{0,60}[）)])?\s*(?:等|载体)?\s*[、和及与或/]?(?:以及|和/或|及其)?\s*")
_MEASURED = re.compile("的(?:数量|比例|程度|频率|频次|或|、)+$")
_EVIDENCE = re.compile("已经?(?:显示|表明|证明|证实)")  # what has shown something is not what is spoken of
_OF_IT = re.compile(r"\s*的[^，。；的]{2,10}(?:确定|明确)")
_WHEN = re.compile(r"[^，。；]{0,2}[后前](?!续|期)|[^，。；]{0,16}方面")
_EXAMPLES = re.compile(r"[（(](?:例如|如|包括)?")


def subjects(passage: Passage, place: int, kinds: frozenset[str], *, inherit: bool = True) -> tuple[Concept, ...]:
    """What a predicate at a place speaks of, of the given kinds; several where they are coordinated."""
    kept = own(passage, place, kinds) or carried(passage, place, kinds)
    if kept or not inherit:
        return kept
    if _ANAPHOR.match(passage.text):
        before = [m.concept for m in passage.previous if m.concept.kind in kinds and m.concept.iri not in GENERIC]
        if before:
            return (before[0],)
    return scene(passage, kinds) or inherited(passage, kinds)


def scene(passage: Passage, kinds: frozenset[str]) -> tuple[Concept, ...]:
    """The topic that the sentences before set in the same paragraph, for a sentence that opens with what is to be done."""
    if not _BARE.match(passage.text):
        return ()
    return next(((c,) for c in passage.scene if c.kind in kinds and c.iri not in GENERIC), ())


def opening(passage: Passage) -> tuple[Concept, ...]:
    """What a sentence sets as a topic for those behind it: what its first conditions introduce, or its first subject."""
    out: list[Concept] = []
    for segment in passage.segments[:2]:
        out += _topic(passage, segment, _SCENIC)
        if out and not passage.is_condition(segment):
            break
    return tuple(dict.fromkeys(out))


def inherited(passage: Passage, kinds: frozenset[str], without: frozenset[str] = frozenset()) -> tuple[Concept, ...]:
    """The first fitting concept of the stem, the headings and the title, nearest first."""
    above = (*passage.stem_topics, *passage.topics)
    return next(((c,) for c in above if c.kind in kinds and c.iri not in GENERIC | without), ())


def own(passage: Passage, place: int, kinds: frozenset[str]) -> tuple[Concept, ...]:
    """The fitting phrase nearest before a place in its segment, with those coordinated with it or exemplifying it."""
    segment = passage.segment(place)
    depth = passage.depths[min(place, len(passage.depths) - 1)]
    before = [
        m for m in passage.of_kinds(kinds)
        if segment.start <= m.start and m.end <= place and passage.depths[m.start] <= depth and m.concept.iri not in GENERIC
        and not _counted_in(passage, m) and not _in_adverb(passage, m, segment.start, place)
    ]  # fmt: skip
    if not before:
        return ()
    last = max(before, key=lambda m: (m.end, m.end - m.start))
    if passage.depths[last.start] < depth and re.fullmatch(r"[（( 如例的分配比更高]*", passage.text[last.end : place]):
        return (last.concept,)
    if last.concept.kind == "procedure" and passage.text.startswith("后", last.end):  # 产品给药后…: of the product
        given = [m for m in before if m.concept.kind == "product" and not passage.text[m.end : last.start].strip()]
        last = given[-1] if given else last
    chain = _coordinated(passage, _telling(passage, last, segment.start), segment.start, kinds)
    return tuple(dict.fromkeys(m.concept for m in reversed(chain)))


def _telling(passage: Passage, head: Named, floor: int) -> Named:
    """What tells a product apart where its class is the head of the phrase: 腺相关病毒等载体的基因治疗产品, 基因编辑等新型产品."""
    if head.concept.iri not in _CLASSES:
        return head
    before = [m for m in passage.of_kinds(frozenset({"product"})) if floor <= m.start and m.end <= head.start]
    near = max(before, key=lambda m: m.end, default=head)
    return near if _MADE_OF.fullmatch(passage.text[near.end : head.start]) else head


def _counted_in(passage: Passage, m: Named) -> bool:
    """Whether a mention is only one of those that are counted in: 包括 A 和 B 在内的多种疾病."""
    if passage.text.startswith("在内", m.end) or passage.is_condition(passage.segment(m.start)):
        return passage.text.startswith("在内", m.end)
    at = passage.text.rfind("包括", 0, m.start)
    closes = passage.text.find("在内", m.end)
    return closes >= 0 and at >= 0 and not re.search("[，。；]", passage.text[at:closes])


def _in_adverb(passage: Passage, m: Named, floor: int, place: int) -> bool:
    """Whether a mention only says when or in what respect: 在签署知情同意后, 在伴随治疗等方面."""
    before = passage.text[floor : m.start]
    at = before.rfind("在")
    return at >= 0 and bool(_WHEN.match(passage.text[m.end : place])) and not _WHEN.search(before[at:])


def _coordinated(passage: Passage, last: Named, floor: int, kinds: frozenset[str]) -> list[Named]:
    chain = [last, *_examples(passage, last.end, kinds)]
    edge = last.start
    for m in sorted(passage.of_kinds(kinds), key=lambda m: (-m.end, m.start)):
        if floor <= m.start and m.end <= edge and passage.depths[m.start] == passage.depths[last.start]:
            if not _JOINT.fullmatch(passage.text[m.end : edge]):
                break
            chain += [m, *_examples(passage, m.end, kinds)]
            edge = m.start
    return chain


def _examples(passage: Passage, end: int, kinds: frozenset[str]) -> list[Named]:
    """The mentions in a bracket that opens behind a phrase."""
    opener = _EXAMPLES.match(passage.text, end)
    if not opener:
        return []
    close = re.search(r"[）)]", passage.text[end:])
    stop = end + close.start() if close else end
    return [m for m in passage.of_kinds(kinds) if opener.end() <= m.start and m.end <= stop]


def carried(passage: Passage, place: int, kinds: frozenset[str]) -> tuple[Concept, ...]:
    """The topic that the earlier segments of the sentence set.

    A segment that goes on with 并, 还 or 从而 keeps the subject of the plain segment before; otherwise what the conditions
    introduce comes first. 建议 and 鼓励 at a segment's start have no grammatical subject, so none is carried to them.
    """
    segment = passage.segment(place)
    words = segment.of(passage.text).strip()
    floor = passage.stretch(place).start
    earlier = [s for s in reversed(passage.segments) if s.end <= segment.start and s.start >= floor - 1]
    conditions = introduced(passage, place, kinds)
    plain = next((f for s in earlier if not passage.is_condition(s) and (f := _topic(passage, s, kinds))), ())
    if _GOES_ON.match(words) and plain:
        return plain
    if conditions:
        return conditions
    return () if _NO_SUBJECT.match(words) else plain


def introduced(passage: Passage, place: int, kinds: frozenset[str]) -> tuple[Concept, ...]:
    """What the conditions before a place introduce, the nearest first."""
    segment = passage.segment(place)
    floor = passage.stretch(place).start
    earlier = [
        s for s in reversed(passage.segments)
        if s.end <= segment.start and passage.is_condition(s) and (s.start >= floor - 1 or _frames(passage, s))
    ]  # fmt: skip
    return tuple(dict.fromkeys(c for s in earlier for c in _topic(passage, s, kinds)))[:3]


def _frames(passage: Passage, segment: Span) -> bool:
    """Whether a segment opens the sentence and frames all of it, beyond semicolons: 在罕见疾病药物研发中, 对于…的产品."""
    return segment == passage.segments[0] and bool(_ABOUT.match(segment.of(passage.text).strip()))


def _topic(passage: Passage, segment: Span, kinds: frozenset[str]) -> tuple[Concept, ...]:
    text = segment.of(passage.text)
    inside = [m for m in passage.of_kinds(kinds) if segment.start <= m.start and m.end <= segment.end]
    inside = [m for m in inside if m.concept.iri not in GENERIC and passage.depths[m.start] == 0]
    if not inside:
        return ()
    if passage.is_condition(segment):
        return _introduced(passage, segment, text, inside)
    if (
        text.strip().startswith("作为")
        or _OBLIQUE.match(text.strip())
        or ((verb := ACTION.match(text.strip())) and not any(m.start - segment.start < len(verb[0]) for m in inside))
    ):
        return ()
    if _NEGATIVE.search(text) or _goes_on_a_list(passage, segment):
        return ()
    stop = _VERB.search(passage.text, inside[0].end, segment.end)
    if inside[0].start - segment.start > 30:
        return ()
    named = own(passage, stop.start() if stop else segment.end, kinds)
    behind = next((s for s in passage.segments if s.start == segment.end + 1), None)
    if behind and re.match(r"\s*(?:例如|如(?!果))", behind.of(passage.text)):
        named += tuple(m.concept for m in passage.of_kinds(kinds) if behind.start <= m.start and m.end <= behind.end)
    return named


def _goes_on_a_list(passage: Passage, segment: Span) -> bool:
    """Whether a later segment has no verb of its own and so only lengthens the object before it: 应明确 A，B 的数量或比例."""
    words = segment.of(passage.text)
    later = segment.start > passage.stretch(segment.start).start + 1
    return later and bool(_MEASURED.search(words)) and not _VERB.search(words)


def _introduced(passage: Passage, segment: Span, text: str, inside: Sequence[Named]) -> tuple[Concept, ...]:
    """What a condition introduces: the object of 采用, 存在, 观察到; the head behind 对于 and 针对; else its subject."""
    if _REASON.match(text) or _EVIDENCE.search(text):
        return ()
    inside = not_in_passing(passage, segment, text, inside)
    if not inside:
        return ()
    about = _ABOUT.match(text.strip()) and not re.search(r"[时后]\s*$", text)
    if denied := _NEGATIVE.search(text):
        inside = [
            m
            for m in inside
            if about and (m.end <= segment.start + denied.start() or _heads_clause(passage, m, segment))
        ]
    cut = _PREDICATE.search(text) if about else None
    if cut and (held := [m for m in inside if m.end <= segment.start + cut.start()]):
        return (held[-1].concept,)
    if not inside or about:
        return (
            (*_meant_for(passage, inside), *own(passage, inside[-1].end, frozenset(m.concept.kind for m in inside)))
            if inside
            else ()
        )
    for verb in reversed([m.end() + segment.start for m in _ADOPTS.finditer(text)]):
        if behind := [m for m in inside if m.start >= verb and m.concept.iri not in _ANY_TRIAL]:
            return tuple(m.concept for m in _phrase_heads(passage, behind))
    stop = _PREDICATE.search(text)
    before = [m for m in inside if stop and m.end <= segment.start + stop.start()] or list(inside[:1])
    before = [m for m in before[:-1] if passage.text[m.end : m.end + 1] not in ("中", "内")] + before[-1:]
    whose = before[:1] if not _OF_IT.match(passage.text, before[0].end) else []  # 载体的整合位点确定后: of the site
    first = [m.concept for m in whose if m.concept.kind in ("product", "disease", "procedure")]
    return tuple(dict.fromkeys((before[-1].concept, *first)))


def _meant_for(passage: Passage, inside: Sequence[Named]) -> tuple[Concept, ...]:
    """The people for whom what a condition speaks of is meant: 针对儿童的 CAR-T 细胞产品."""
    head = inside[-1]
    people = [m for m in inside if m.concept.kind == "population" and m.end < head.start]
    meant = bool(people) and re.fullmatch(r"(?:人群|患者)?的\s*", passage.text[people[-1].end : head.start])
    if not meant or head.concept.kind != "product":
        return ()
    return tuple(m.concept for m in _coordinated(passage, people[-1], 0, frozenset({"population"})))


def _heads_clause(passage: Passage, m: Named, segment: Span) -> bool:
    """Whether a mention is what a relative clause speaks of: 难以开展对照研究的罕见病."""
    return passage.text[m.start - 1] == "的" and not passage.text[m.end : segment.end].strip()


def _phrase_heads(passage: Passage, behind: Sequence[Named]) -> list[Named]:
    """The heads of the phrase that begins with the first mention: 与 X 相关的 Y ends in Y, X 或 Y has both."""
    heads = [behind[0]]
    for m in behind[1:]:
        gap = passage.text[heads[-1].end : m.start]
        if re.fullmatch(r"[^，。]{0,6}的[^，。]{0,4}", gap):
            heads[-1] = m
        elif re.fullmatch(r"\s*[、或和及]\s*", gap):
            heads.append(m)
        else:
            break
    return heads


def _last(mentions: Sequence[Named]) -> Named:
    return max(mentions, key=lambda m: (m.end, m.end - m.start))


_PLACES = {
    "u": frozenset({"regulatory_artifact", "document"}),
    "v": frozenset({"design", "procedure"}),
    "w": frozenset({"population"}),
}


def target(passage: Passage, start: int, end: int, kinds: frozenset[str]) -> tuple[Concept, ...]:
    """Whom an action is done to or where: 对受试者进行…, 对儿童开展…, 在定期安全性更新报告中总结…, 在 NDA 申报时提供…, 开展特殊人群用药的研究"""
    out = []
    for match in re.finditer(
        r"(?:对于?|将)(?P<t>(?:(?!有)[^，。；对]){2,24}?)(?:进行(?![^，。；]{0,4}(?:说明|描述|介绍|总结))|开展|实施|分阶段)|在(?P<u>[^，。；]{2,30}?)(?:中|申报时)(?=[总说提明记])|开展(?P<w>[^，。；的]{2,16})的(?:临床)?(?:研究|试验)|^在(?P<v>[^，。；]{2,24}?)(?:阶段|期间)?中?[，,]\s*(?=采用|开展|使用|选择|纳入)",
        passage.text[start:end],
    ):
        group = match.lastgroup or "t"
        low, high = start + match.start(group), start + match.end(group if group != "u" else 0)
        wanted = _PLACES.get(group, kinds)
        inside = [m for m in passage.of_kinds(wanted) if low <= m.start and m.end <= high]
        out += [_last(inside).concept] if inside else []
    return tuple(out)
