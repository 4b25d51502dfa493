"""What a sentence says a subject is, beyond its name: 很多能够整合的载体, CAR-T 细胞产品治疗 B-NHL 的临床试验, 受试者的既往治疗.

A concept is named by the head of a phrase. The words before the head say which of its kind are meant, the words behind it
say what of it; without them a statement would speak of all of it. The phrase is kept, verbatim, as a limit.
"""

from __future__ import annotations

import re

from ingest.passages import Named, Passage
from ingest.strength import modals
from ingest.verbs import ACTION
from kg.model import Concept, Span

_LINK = re.compile(r"^(?:(?:但是?|而|同时|因此|所以|此外|另外|例如|然而|目前|通常认为|且|并且|并|则|也)[，,]?\s*)+")
_WHICH = re.compile(
    r"(?:的|其他|其它|不同|(?:其他|不同|新)(?:类)?型|部分|多数|许多|很多|某些|一些|少数|个别|这类|此类|这些|上述|[^，。；]等)"
    r"\s*(?:[^，。；的（(]{1,24}(?:、|或|和|及|与|/|等)\s*)?$|的[^，。；的（(、]{1,12}$|.{8,}(?:引起|导致)$"
)
_SOME = re.compile(r"(?:很多|许多|部分|某些|一些|少数|个别|多数)(?![^，。；]*(?:情况下|方面)|建议)")
_CLAUSE = re.compile(
    r"^(?:研究)?(?:申办方|申请人|研究者|上市许可持有人)|有助于|建议|(?:情况|前提)下|以降低|以减少|(?:进行|开展|作为|首先)(?!的)|基于|根据|可能从|来评[估价]"
)
_LOOKED_AT = re.compile(
    r"^(?:高度|密切|持续|充分|积极|及时)*(?:重视|关注|监测|评估|考虑|提供|开展|进行|制定|识别|控制|降低)\s*"
)
_POINTS = re.compile(r"(?:该|本|其|各|以上|所有|相关|有关|相应|不同类型)?的?\s*")
_LEADING = re.compile(
    r"^(?:(?:对于?|针对|关于|就|将|把|由于?|为了?|以|通过|根据|基于|结合|采用|使用|选择|与|和|及|向|从|当|如果|若|除|随着|建议|鼓励|推荐)\s*)+"
)
_ACTED = re.compile(
    r"^(?:研究)?(?:申办方|申请人|研究者|上市许可持有人)?(?:还|也|均)?(?:应当?|需要?|必须|可以?|可考虑|建议|鼓励|推荐)"
)
_MADE = re.compile(r"^.*(?:制定|设计|确定|设定)(?!的|与|和)")  # 根据 A 制定 X 的 B: the subject is what is made
_IN = re.compile(r"^在(?![^，]*(?:开展|进行|使用|发生)的)")
_TAIL_ADVERBS = re.compile(r"(?:通常|一般|原则上|还|也|仍|均|都|则|并|且|既|首先|主要)+$")
_SETTING_TAIL = re.compile(r"(?:中|时|前|后|期间|过程中|阶段|之间|方面|除了)$")
_LONGEST = 120
_REASON = re.compile("为了?|由于|因为?|鉴于|考虑到")
_SAID = re.compile("不会|不能|可能|已|是")
_HAS_VERB = re.compile("存在|收集|获取|获得|开展|进行|建立|提供|通过|具有|难以|采用|用于|包括")
_DEPENDS = re.compile("取决于|主要基于|应?根据")
_WHOSE = frozenset({"disease", "population"})


def without_link(words: str) -> str:
    """A condition without the conjunction that ties its sentence to the one before.

    >>> without_link("因此，对于存在此类风险的产品")
    '对于存在此类风险的产品'
    """
    return _LINK.sub("", words.strip())


def narrowed(passage: Passage, place: int, subject: Concept, *, bound: bool = False) -> tuple[int, str] | None:
    """Where the phrase begins that names a subject before a place, and its words, where it says more than the subject's name;
    `bound` where the place is a binding word, so that all before it is the subject's phrase."""
    m = _mention(passage, place, subject)
    if m is None or subject.kind in ("organisation", "document"):
        return None
    segment = passage.segment(m.start)
    which = _which(passage, segment.start, m)
    if _REASON.match(passage.text[segment.start : segment.end].strip()):
        return None
    stop = place if bound else _predicate(passage, m, place)
    if stop > segment.end and _sets_topic(passage, segment, place):
        stop = segment.end
    here = passage.segment(place) == segment or _sets_topic(passage, segment, place)
    aspect = _aspect(passage, m, stop) if here and stop <= segment.end else ""
    if not which and not aspect:
        return None
    words = f"{which}{passage.text[m.start : m.end]}{aspect}".strip()
    return (segment.start, words) if len(words) <= _LONGEST else None


def _predicate(passage: Passage, m: Named, place: int) -> int:
    """Where a subject's phrase ends: at the first binding word behind it, or at what it depends on."""
    bound = next((x.start for x in modals(passage.text) if m.end <= x.start < place), place)
    cue = _DEPENDS.search(passage.text, m.end, place)
    if cue:
        return min(bound, cue.start())
    return bound if bound < place else m.end


def _mention(passage: Passage, place: int, subject: Concept) -> Named | None:
    """The nearest mention of a subject before a place, outside of brackets."""
    named = [
        m for m in passage.mentions if m.concept.iri == subject.iri and m.end <= place and not passage.depths[m.start]
    ]
    return max(named, key=lambda m: (m.end, m.end - m.start), default=None)


def _which(passage: Passage, floor: int, m: Named) -> str:
    """The words before a head that say which of its kind are meant, '' where there are none or they only name the product or
    disease that the headings name."""
    before, acted = _ACTED.subn("", without_link(passage.text[floor : m.start]))
    if acted:
        before = _LOOKED_AT.sub("", before.strip())
    before = _IN.sub("", _LEADING.sub("", _MADE.sub("", before.strip())))
    if some := _SOME.search(before):
        return before[some.start() :]
    if _POINTS.fullmatch(before) or (_CLAUSE.search(before) and not before.endswith(("引起", "导致"))):
        return ""
    if not _WHICH.search(before) and not _compounded(passage, floor, m, before):
        return ""
    bare = re.sub(r"的?\s*$", "", before)
    above = {c.iri for c in passage.topics if c.kind in ("product", "disease")}
    known = {passage.text[x.start : x.end] for x in passage.mentions if x.concept.iri in above}
    return "" if bare in known else before


def _compounded(passage: Passage, floor: int, m: Named, before: str) -> bool:
    """Whether a name before a treatment says whose it is: 套细胞淋巴瘤患者初始|诱导治疗."""
    if m.concept.kind != "procedure" or len(before) > 24 or ACTION.match(before):
        return False
    whose = [x for x in passage.mentions if floor <= x.start and x.end <= m.start and x.concept.kind in _WHOSE]
    return any(m.start - x.end <= 4 for x in whose)


def _aspect(passage: Passage, m: Named, place: int) -> str:
    """What of a subject is spoken of, in the words between it and the binding word behind it: 临床试验|安全性评价的内容."""
    words = re.sub(r"[（(][^（()）]*[）)]", "", passage.text[m.end : place])
    words = _TAIL_ADVERBS.sub("", words.strip())
    if (
        len(words) < 2
        or _SETTING_TAIL.search(words)
        or _SAID.search(words)
        or not re.fullmatch(r"的?[^，。；：:（(]{2,40}", words)
    ):
        return ""
    return _TAIL_ADVERBS.sub("", passage.text[m.end : place].rstrip())


def _sets_topic(passage: Passage, segment: Span, place: int) -> bool:
    """Whether a segment is a mere phrase of which the next one speaks: 不良反应的严重程度，需要基于…"""
    bound = any(segment.start <= m.start < segment.end for m in modals(passage.text))
    plain = not _HAS_VERB.search(passage.text[segment.start : segment.end])
    return plain and not bound and passage.segment(place).start == segment.end + 1 and not passage.is_condition(segment)
