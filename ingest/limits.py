"""What limits a statement: the words of its sentence that say when, for whom or under whose law it holds.

A subject stands for a whole class of things; "对于整合到基因组中的基因治疗产品，建议…" speaks of some of them only. What narrows the class
is kept, verbatim, as the statement's condition, or the statement would say more than the guidance does. What narrows the
subject by its own phrase is read in `ingest.narrowing`, what stands in the sentence or the stem before in `ingest.handed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.handed import handed_down
from ingest.narrowing import narrowed, without_link
from ingest.passages import Named, Passage
from ingest.strength import modals, strength_at
from kg.model import Concept, Span

__all__ = ["limits", "not_in_passing", "without_link"]

_JOINED = re.compile(r"^(?:且|并且|并|或者?|以及)")
_FOR = re.compile(
    r"(?:对于|关于|针对(?![^，]*(?:采取|制定|开展|进行)))[^，]+|对[^，]+的[^，]*(?:产品|患者|疾病|人群|受试者|药物|载体)"
)
_TIME = r"(?:之初|之前|之后|以前|期间|过程中|情况下|条件下|前提下|(?<![此目当])前(?!述|瞻|期|景|提)|(?<![最此随])后(?!续|期|果)|(?<![及按同此])时(?!间|机|期|点|限))"
_DURING = re.compile(rf"[^，]{{2,80}}{_TIME}|在[^，]{{2,80}}(?:[中内]|阶段|早期|初期)|[^，]{{2,60}}之间")
_HEDGE = re.compile(r"通常|一般情况下|一般来说|一般|原则上|理想情况下|某些情况下")
_PARTLY = re.compile(r"部分(?:建议|内容|要求|原则)")
_ESPECIALLY = re.compile(r"特别是|尤其是?|例如|比如")
_THEM = re.compile(r"该(?:患者|受试者)?(?:人群|群体)|该类(?:患者|人群)")
_PEOPLE = re.compile(r"在[^，。；在]{4,80}(?:人群|患者|受试者)中")
_WHO = re.compile(r"(?:^|[，。；])\s*([^，。；]{2,24}?(?:患者|受试者|人群))(?=通常|一般|有|可|的|，)")
_THIS_KIND = re.compile(r"(?:对于|针对)?\s*(?:这类|此类|该类|这些)\s*")
_BRACKETS = re.compile(r"\s*[（(][^（()）]*[）)]")
_PROVIDED = re.compile(r"(?:但|且)?前提是(?P<p>[^。；]+)")
_ALTERNATIVE = re.compile(r"\s*[（(](?P<a>或(?:者|其他)?[^（()）]{2,40})[）)]")
_OR_ELSE = re.compile(r"或者?(?!缺)[^，。；]{4,60}")
_ENDS_WITH_TIME = re.compile(rf"在[^，。；在]{{2,50}}{_TIME}$")
_EXAMPLE = re.compile(r"^(?:例如|比如)(?P<e>[^，]{4,60})$")
_INSIDE = re.compile(rf"(?:在|当)(?![^，。；]{{0,4}}(?:基础|前提))[^，。；在]{{2,50}}?(?:{_TIME}|早期|初期)")
_AMONG = re.compile(r"在(?!该|此|这)[^，。；在]{2,40}(?:患者|人群|受试者)中(?!的)")
_EARLY = re.compile(r"(?:研发|上市)?早期(?=可|应|建议|通常|需|宜)")
_ITS_TIME = re.compile(rf"(?P<t>[^，。；]{{2,60}}{_TIME})(?:通常|一般|也|还|均|都|才|即)?$")
_IF_NEEDED = re.compile(r"必要时|如需要?(?=[，,）)])|如适用|如有必要|(?:有)?需要时")
_IF_INSIDE = re.compile(r"[^，]{1,14}?(?P<c>如(?=计划|拟|需|采用).+)")
_PHRASE_ENDS = re.compile(r"\s*(?:的|、|和|或|及|与|等|[（(]|$)")
_BRACKET = re.compile(r"\s*[（(](如需要?|如适用|必要时|如有)[）)]")
_CLOSING = re.compile(_BRACKET.pattern + r"\s*$")
_LAW = re.compile(
    r"《[^》]{2,30}》(?=中?将|规定|定义)|(?:美国|欧盟|欧洲|日本|加拿大|澳大利亚)(?:\s*《[^》]{2,30}》|[^，。；《]{0,10}?(?=将|规定|定义))"
)
_MARKETED = re.compile(r"上市[后前](?=需|应|建议|可|仍|必须)")
_USUALLY = re.compile(r"(?:通常|一般情况下|一般|原则上)(?!认为|而言|来说|考虑|药物|原则|要求)")
_OWN_TIME = re.compile(
    "并?在[^，]{2,20}时"
)  # the example's own time is another one: 例如 A 患者初始治疗…，并在挽救治疗时…
_EXAMPLE_PEOPLE = re.compile(".*?(?:患者|受试者)")
_NEW_DUTY = re.compile(r"(?:建议|鼓励|推荐)|(?:申请人|申办方|研究者)(?:应|可|需)")
_BOTH = re.compile(r"一方面")


def limits(
    passage: Passage, place: int, subject: Concept | None = None, end: int = 0, said: str = "", *, bound: bool = False
) -> str | None:
    """The words that limit what is said at a place of a sentence, None where nothing does; words that the object itself
    repeats (`said`) are left out; `bound` where the place is that of a binding word."""
    found = sorted([*_before(passage, place, subject), *_at(passage, place, end)])
    found = sorted([*found, *_scene(passage, place, subject)])
    about = narrowed(passage, place, subject, bound=bound) if subject else None
    if about and not any(about[1] in words for _, words in found):
        found = sorted([*((at, w) for at, w in found if w not in about[1]), about])
    words = [*handed_down(passage, place), *(w for _, w in found)]
    words = [_told_which(passage, w, subject) for w in words]
    words += _pointed_at(passage, place, "，".join((said, *words)))
    kept = [w for w in dict.fromkeys(words) if w not in said and not any(w != o and w in o for o in words)]
    return "，".join(kept) or None


def _pointed_at(passage: Passage, place: int, said: str) -> Iterator[str]:
    """The people to whom 该患者人群 in an object points, where an earlier segment names them."""
    if them := _THEM.search(said):
        floor, until = passage.stretch(place).start, passage.text.find(them[0])
        people = [*_PEOPLE.finditer(passage.text, floor, until)] or [*_WHO.finditer(passage.text, floor, until)]
        yield from (m[m.lastindex or 0] for m in people[-1:])


def _told_which(passage: Passage, words: str, subject: Concept | None) -> str:
    """Words that open with 这类, with the phrase of the sentence before to which they point: 对于快速进展的罕见病，… 对于这类罕见病…"""
    if subject is None or not (points := _THIS_KIND.match(words)):
        return words
    name = re.escape(words[points.end() :].split("的", maxsplit=1)[0])
    found = re.findall(rf"(?:^|[，。；])\s*(?:对于|针对)?([^，。；]{{4,60}}?的\s*{name})(?=[，。；]|$)", passage.before)
    return found[-1] if found else words


def not_in_passing(passage: Passage, segment: Span, text: str, inside: Sequence[Named]) -> Sequence[Named]:
    """Without what a condition names in passing: 肿瘤 in 关于肿瘤分类的考虑, and what the verb of 对于…的情况 is done to."""
    if text.strip().startswith("关于"):
        return [m for m in inside if _PHRASE_ENDS.match(passage.text[m.end : segment.end])]
    if text.strip().startswith("对于") and text.rstrip().endswith("的情况"):
        return [m for m in inside if m.start - segment.start <= len("对于") + 1]
    return inside


def _before(passage: Passage, place: int, subject: Concept | None) -> Iterator[tuple[int, str]]:
    """The segments before a place, of its stretch or framing the whole sentence, that say when or for what it holds."""
    told = -1
    floor = passage.stretch(place).start
    if passage.supposes(place):
        held = passage.segment(place)
        yield held.start, without_link(held.of(passage.text))
    for n, segment in enumerate(passage.segments):
        raw = segment.of(passage.text).strip()
        words = without_link(raw)
        if segment.end <= place and (_HEDGE.fullmatch(words) or _PARTLY.match(words)) and segment.start >= floor:
            yield segment.start, (_PARTLY.match(words) or _HEDGE.match(words))[0]  # type: ignore[index]
        if (
            segment.end > place
            or len(words) <= 2
            or _ESPECIALLY.match(words)
            or (segment.start < floor and not (n == 0 and _frames(passage, words)))
        ):
            continue
        if supposed := _IF_INSIDE.match(words):
            told = n
            yield segment.start, supposed["c"]
        elif told == n - 1 and n and _goes_on(passage, n, place):
            told = n
            yield segment.start, raw
        elif _tells_when(passage, segment, words) or (_FOR.fullmatch(words) and not _names_only(words, subject)):
            told = n
            joined = _JOINED.match(raw) and n
            yield segment.start, f"{without_link(passage.segments[n - 1].of(passage.text))}，{raw}" if joined else words


def _frames(passage: Passage, words: str) -> bool:
    """Whether an opening segment limits what stands behind a semicolon too: 对于 X 的…；如 X，一方面…；另一方面…"""
    return bool(_FOR.fullmatch(words) or (_BOTH.search(passage.text) and re.match("如|当|若", words)))


def _tells_when(passage: Passage, segment: Span, words: str) -> bool:
    if passage.says_when(segment) or (words.startswith(("如果", "当", "若")) and not words.startswith("当前")):
        return True
    bound = any(segment.start <= m.start < segment.end and not m.conditional for m in modals(passage.text))
    return bool(_DURING.fullmatch(_BRACKETS.sub("", words))) and (not bound or words.startswith("在"))


def _goes_on(passage: Passage, n: int, place: int) -> bool:
    """Whether a segment goes on with the condition before it: 如果 A，或者 B; 当 A，B，C 时."""
    segment = passage.segments[n]
    if any(segment.start <= m.start < segment.end for m in modals(passage.text) if m.strength != "may"):
        return False
    opened = re.match("当|在|如果|若|对于|针对", without_link(passage.segments[n - 1].of(passage.text).strip()))
    words = segment.of(passage.text).strip()
    if re.match("或者?|且|并且", words) or (words.endswith("情况") and _opened_for(passage, n)):
        return True
    closes = (s.of(passage.text).strip() for s in passage.segments[n + 1 :] if s.end <= place)
    return (
        bool(opened)
        and not words.endswith(("时", "后", "下", "情况"))
        and any(w.endswith(("时", "情况下", "前提下", "情况")) and not re.match("当|在|如|若|对于", w) for w in closes)
    )


def _scene(passage: Passage, place: int, subject: Concept | None) -> Iterator[tuple[int, str]]:
    """Of what an earlier segment speaks, where a treatment named behind it is meant in that setting only: 治疗 B-NHL 的试验建议…，
    系统性治疗必须包括…"""
    floor = passage.stretch(place).start
    first = next((s for s in passage.segments if s.start >= floor), None)
    if (
        subject is None
        or subject.kind != "procedure"
        or first is None
        or first.end >= place
        or passage.is_condition(first)
    ):
        return
    given = [m for m in passage.mentions if first.start <= m.start < first.start + 2 and m.concept.kind == "product"]
    if given and passage.text.startswith("除", max(m.end for m in given)):  # 基因编辑产品除了…外，长期随访中还应…
        yield first.start, passage.text[first.start : max(m.end for m in given)]
        return
    said = next((m.start for m in modals(passage.text) if first.start <= m.start < first.end), first.start)
    inside = [m for m in passage.mentions if first.start <= m.start and m.end <= said]
    above = {c.iri for c in passage.topics}
    if any(m.concept.iri == subject.iri for m in inside) or not any(
        m.concept.kind in ("disease", "population") and m.concept.iri not in above for m in inside
    ):
        return
    yield first.start, without_link(passage.text[first.start : said])


def _opened_for(passage: Passage, n: int) -> bool:
    return any(re.match("对于|针对", without_link(s.of(passage.text).strip())) for s in passage.segments[:n])


def _names_only(words: str, subject: Concept | None) -> bool:
    """Whether 对于 names the subject and nothing more: then it limits nothing."""
    name = re.sub(r"^(?:对于?|针对|关于)\s*", "", words)
    return subject is not None and re.sub(r"\s", "", name) in {re.sub(r"\s", "", x.text) for x in subject.labels}


def _at(passage: Passage, place: int, end: int) -> Iterator[tuple[int, str]]:
    """What limits the predicate itself: 必要时, 上市后, 通常, 在…之前, a bracket (如需) behind its object, the law that it
    reports, the example of which it speaks, what is provided for behind it (但前提是…)."""
    segment = passage.segment(place)
    text = passage.text
    found = (
        _USUALLY.search(text, segment.start, place + 2),
        _PARTLY.match(text, segment.start),
        (_BRACKET.match(text, end) or _CLOSING.search(text[place:end]) or _ALTERNATIVE.match(text, end))
        if end
        else None,
        _LAW.match(segment.of(text).strip()),
        _PROVIDED.search(text, place, passage.stretch(place).end),
    )
    yield from ((m.start(), m[m.lastindex or 0].strip()) for m in found if m)
    yield from _timed(passage, segment, place, end)
    yield from _governed(passage, segment, place)
    behind = next((s for s in passage.segments if s.start > max(place, end)), None)
    obliged = strength_at(text, place + 1) == "must"
    if behind and obliged and (other := _OR_ELSE.match(behind.of(text).strip())):
        yield behind.start, other[0]
    floor = passage.stretch(place).start
    before = [s for s in passage.segments if floor <= s.start and s.end <= segment.start]
    framed = any(passage.says_when(s) for s in before)
    opens = _NEW_DUTY.match(segment.of(text).strip())
    if before and not framed and not opens and (example := _EXAMPLE.match(before[-1].of(text).strip())):
        words = _bare(example["e"])
        people = _EXAMPLE_PEOPLE.match(words) if _OWN_TIME.match(segment.of(text).strip()) else None
        yield before[-1].start, people[0] if people else words


def _governed(passage: Passage, segment: Span, place: int) -> Iterator[tuple[int, str]]:
    """What limits the binding word of an earlier segment that still governs a place: 通常需参考 A，开展 B; 在 X 过程中，加强 C."""
    floor = passage.stretch(place).start
    before = [m for m in modals(passage.text) if floor <= m.start < place and not m.conditional]
    if not before or before[-1].start >= segment.start:
        return
    ruling = passage.segment(before[-1].start)
    if usual := _USUALLY.search(passage.text, ruling.start, before[-1].start):
        yield usual.start(), usual[0]
    if ruling.end + 1 == segment.start and (closing := _ENDS_WITH_TIME.search(ruling.of(passage.text).rstrip())):
        yield ruling.start, closing[0]


def _bare(words: str) -> str:
    """The words of an example up to what is said of it: 套细胞淋巴瘤患者初始诱导治疗|可能选择…"""
    said = next((m.start for m in modals(words)), len(words))
    return words[:said].strip()


def _timed(passage: Passage, segment: Span, place: int, end: int) -> Iterator[tuple[int, str]]:
    """When it is done, in the segment of its object where that has its own time: 上市前应完善 A，并在上市后执行 B."""
    text = passage.text
    last = passage.segment(end) if end > segment.end else segment
    for part in dict.fromkeys((last, segment)):
        stop = min(max(place + 4, end), part.end)
        times = [*_INSIDE.finditer(text, part.start, stop), *_IF_NEEDED.finditer(text, part.start, stop)]
        times += [
            m
            for m in (_EARLY.match(text, part.start), _AMONG.search(text, part.start, max(place, min(end, part.end))))
            if m and not m.start() <= end <= m.end()
        ]
        times += _MARKETED.finditer(text, part.start, stop) if place > part.start else []
        own = [m for m in times if not passage.depths[m.start()] and not _cuts_name(passage, m.end())]
        if own:
            yield from ((m.start(), m[0]) for m in own)
            return
    bound = next((m.start for m in modals(text) if segment.start <= m.start < place), place)
    if own_time := _ITS_TIME.fullmatch(without_link(text[segment.start : bound].rstrip())):
        yield segment.start, own_time["t"].strip()


def _cuts_name(passage: Passage, place: int) -> bool:
    """Whether a place stands inside a name: 在研发期间|定期安全性更新报告."""
    return any(m.start < place < m.end for m in passage.longest)
