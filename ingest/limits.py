"""What limits a statement: the words of its sentence that say when, for whom or under whose law it holds.

A subject stands for a whole class of things; "对于整合到基因组中的基因治疗产品，建议…" speaks of some of them only. What narrows the class
is kept, verbatim, as the statement's condition, or the statement would say more than the guidance does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.passages import Named, Passage
from kg.model import Concept, Span

_LINK = re.compile(r"^(?:(?:但是?|而|同时|因此|此外|另外|例如|且|并且|并|则)[，,]?\s*)+")
_JOINED = re.compile(r"^(?:且|并且|并|或)")
_FOR = re.compile(
    r"(?:对于|针对(?![^，]*(?:采取|制定|开展|进行)))[^，]*(?:的|情况)[^，]+|对[^，]+的[^，]*(?:产品|患者|疾病|人群|受试者|药物|载体)"
)
_DURING = re.compile(r"在[^，]{2,60}(?:年|月|周|天)\s*内")
_IF_NEEDED = re.compile(r"必要时|如需要?(?=[，,）)])|如适用|如有必要|(?:有)?需要时")
_PHRASE_ENDS = re.compile(r"\s*(?:的|、|和|或|及|与|等|[（(]|$)")
_BRACKET = re.compile(r"\s*[（(](如需要?|如适用|必要时|如有)[）)]")
_CLOSING = re.compile(_BRACKET.pattern + r"\s*$")
_LAW = re.compile(r"(?:美国|欧盟|欧洲|日本|加拿大|澳大利亚)(?:\s*《[^》]{2,30}》|[^，。；《]{0,10}?(?=将|规定|定义))")
_SOME = re.compile(r"(?:很多|许多|部分|某些|一些|少数|个别|多数)(?![^，。；]*(?:情况下|方面))")
_MARKETED = re.compile(r"^(?:通常|一般|原则上)?(上市[后前])(?=需|应|建议|可|仍)")


def limits(passage: Passage, place: int, subject: Concept | None = None, end: int = 0) -> str | None:
    """The words that limit what is said at a place of a sentence, None where nothing does."""
    found = [*_before(passage, place), *_at(passage, place, end)]
    some = _some(passage, place, subject) if subject else None
    if some and not any(some in words for words in found):
        found.insert(0, some)
    return "，".join(dict.fromkeys(found)) or None


def without_link(words: str) -> str:
    """A condition without the conjunction that ties its sentence to the one before.

    >>> without_link("因此，对于存在此类风险的产品")
    '对于存在此类风险的产品'
    """
    return _LINK.sub("", words.strip())


def not_in_passing(passage: Passage, segment: Span, text: str, inside: Sequence[Named]) -> Sequence[Named]:
    """Without what a condition names in passing: 肿瘤 in 关于肿瘤分类的考虑, and what the verb of 对于…的情况 is done to."""
    if text.strip().startswith("关于"):
        return [m for m in inside if _PHRASE_ENDS.match(passage.text[m.end : segment.end])]
    if text.strip().startswith("对于") and text.rstrip().endswith("的情况"):
        return [m for m in inside if m.start - segment.start <= len("对于") + 1]
    return inside


def _before(passage: Passage, place: int) -> Iterator[str]:
    """The segments before a place, of its stretch or framing the whole sentence, that say when or for what it holds."""
    told = -1
    floor = passage.stretch(place).start
    for n, segment in enumerate(passage.segments):
        raw = segment.of(passage.text).strip()
        words = without_link(raw)
        restricts = bool(_FOR.fullmatch(words))
        if segment.end > place or (segment.start < floor and not (n == 0 and restricts)) or len(words) <= 2:
            continue
        if passage.says_when(segment) and _JOINED.match(raw) and n:
            before = "" if told == n - 1 else f"{without_link(passage.segments[n - 1].of(passage.text))}，"
            yield before + raw
        elif passage.says_when(segment) or restricts or _DURING.fullmatch(words):
            told = n
            yield words


def _at(passage: Passage, place: int, end: int) -> Iterator[str]:
    """What limits the predicate itself: 必要时, 上市后, a bracket (如需) behind its object, the law that it reports."""
    segment = passage.segment(place)
    text = passage.text
    found = (
        _IF_NEEDED.search(text, segment.start, place + 4),
        _MARKETED.match(segment.of(text).strip()) if place > segment.start else None,
        (_BRACKET.match(text, end) or _CLOSING.search(text[place:end])) if end else None,
        _LAW.match(segment.of(text).strip()),
    )
    yield from (m[m.lastindex or 0].strip() for m in found if m)


def _some(passage: Passage, place: int, subject: Concept) -> str | None:
    """The words that pick some of a subject's kind: 很多能够整合的载体（如慢病毒载体）有…"""
    for m in passage.longest:
        if m.concept.iri == subject.iri and m.end <= place and not passage.depths[m.start]:
            start = passage.segment(m.start).start
            picked = _SOME.search(passage.text, start, m.start)
            if picked and m.start - picked.end() > 2:
                return Span(picked.start(), m.end).of(passage.text).strip()
    return None
