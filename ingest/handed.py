"""Limits that a sentence takes from what stands before it: the stem of its list, and the sentence to which 此时 points.

Three rules, all of them narrow. An item of a list holds under what its stem supposes ("对于…的受试者：", "如果…，应：") and nothing
else of the stem; a later sentence of an item that names no disease holds for the disease with which the item begins. A sentence that opens with 此时, 在此情况下, 这种情况下 or 上述情况下 holds under what the sentence before supposes;
where that one supposes nothing, it is itself the situation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.narrowing import without_link
from ingest.passages import Passage

_STEM = re.compile(
    r"(?:对于|针对|如果|如(?!何|下|上)|若|当(?!前)|在(?![^，：:]*基础)[^，：:]+(?:时|前|后|期间|情况下))[^，：:]+"
)
_IN_PRINCIPLE = re.compile("(?:原则上|理想情况下)(?=[^，；。：:]*[：:]\\s*$)")
_ANNOUNCES = re.compile("如下|以下|下列|建议|包括")
_POINTS = re.compile(
    r"(?:但|而|因此|那么)?[，,]?\s*(?:此时|(?:在)?(?:此|这种|该|上述|以上|此类|这样的)(?:种)?情况(?:下|时)?|此种情况下?)"
)
_SUPPOSED = re.compile(
    r"(?:对于|针对|如果|如(?!何|下|上|基于|图)|若|当(?!前)|一旦|在[^，。；]{2,60}(?:时|情况下|前提下)$|[^，。；]{2,60}(?:时|情况下|前提下)$)[^。；]*"
)
_LONGEST = 140
_THEREAFTER = re.compile(r"(?:此后|之后|随后)")  # after the span of which the sentence before speaks
_FIRST_SPAN = re.compile(
    r"在?(?P<t>[^，。；在]{0,30}(?:最初|前|后的)\s*[\d一二三四五六七八九十]+\s*(?:年|个月|周|天))内"
)


def handed_down(passage: Passage, place: int) -> Iterator[str]:
    """The limits of the stem and of the situation to which the sentence points back, in that order."""
    yield from _of_stem(passage.stem)
    if _THEREAFTER.match(passage.text) and (first := _FIRST_SPAN.search(passage.before)):
        yield f"{first['t']}之后"
    if passage.lead:
        yield without_link(passage.lead)
    opens, floor = passage.segment(place).start, passage.stretch(place).start
    for segment in passage.segments:
        if floor - 1 <= segment.start <= opens and _POINTS.match(passage.text[segment.start : segment.end].strip()):
            yield from _situation(passage, segment.start)
            return


def _of_stem(stem: str) -> Iterator[str]:
    """What a list's stem supposes.

    >>> list(_of_stem("对于携带长期存在的载体的受试者，应注意："))
    ['对于携带长期存在的载体的受试者']
    """
    if not stem.rstrip().endswith(("：", ":")):
        return
    if hedge := _IN_PRINCIPLE.search(stem):
        yield hedge[0]
    for part in re.split("[，；。：:]", stem):
        if _STEM.fullmatch(words := without_link(part)) and not _ANNOUNCES.search(words):
            yield words


def _situation(passage: Passage, start: int) -> Iterator[str]:
    """The situation to which 此时 at a place points: in the same sentence, or else in the one before."""
    text = passage.text[:start] or passage.before
    last = re.split("[。；;]", text.strip().rstrip("。；;，,"))[-1].strip()
    parts = [without_link(p) for p in last.split("，") if not p.startswith(("例如", "比如"))]
    words = "，".join(p for p in parts if _SUPPOSED.fullmatch(p)) or (parts[-1] if start and parts else last)
    if 4 <= len(words) <= _LONGEST:
        yield words
