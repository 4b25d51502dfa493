"""Quantities in Chinese and English text that are no durations: ratios, rates, shares, counts, lines and cycles of therapy.

Each has bounds, as durations have: 低于 1/10 000, 少于 20 万人, 至少两种, 2:1, 二线或以上, 大约 80%. A number is written in the
graph as a decimal with its unit; 14 万 is 140000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Span

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "首": 1}
_N = r"(?P<n>\d+(?:[,，]\d{3})*(?:\.\d+)?|[一二两三四五六七八九十])"
_LOW = r"(?P<low>至少|不少于|不低于|超过|≥|高于)?(?:接受过|包括)?"
_HIGH = r"(?P<high>少于|低于|不超过|不高于|小于|最多|至多|≤|<)?"
_UNITS = "种/类|种|类|人|例|个周期|次|个"
_RATIO = re.compile(r"(?<![\d:：])(?P<a>\d{1,2})\s*[:：]\s*(?P<b>\d{1,2})(?![\d:：])")
_RATE = re.compile(rf"{_HIGH}\s*(?P<a>\d+)\s*/\s*(?P<b>10[ ,]?0{{2,3}}|\d{{3,6}})(?!\d)")
_PER = re.compile(rf"{_HIGH}\s*每\s*(?P<b>\d+(?:[,，]\d{{3}})*)\s*人中\s*(?P<a>\d+)\s*人")
_SHARE = re.compile(r"(?P<about>大?约)?\s*(?P<n>\d+(?:\.\d+)?)\s*[%％]")
_COUNT = re.compile(rf"{_LOW}{_HIGH}\s*{_N}\s*(?P<m>万)?\s*(?P<u>{_UNITS})?")
_LINES = re.compile(r"(?P<n>[一二三四五]|\d)线(?P<over>(?:或|及)以上)?")
_EN_LINES = re.compile(r"\b(?P<n>first|second|third|fourth)[- ]line(?P<over> or (?:later|more))?\b", re.IGNORECASE)
_EN_PRIOR = re.compile(
    r"\b(?:(?P<low>at least|no fewer than)\s+)?(?P<n>one|two|three|four|five|\d)(?P<over>\s+or\s+more)?\s+(?:prior|previous)?\s*lines?\s+of\s+(?:\w+\s+)?(?:therapy|treatment)\b",
    re.IGNORECASE,
)
_EN_PEOPLE = re.compile(
    r"\b(?:(?P<low>at least|no fewer than|more than)|(?P<high>fewer than|less than|no more than|not more than|up to))\s+(?P<n>\d+(?:,\d{3})*)\s+(?:people|persons|patients|subjects|individuals|participants)\b",
    re.IGNORECASE,
)
_EN_DIGITS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
_EN_N = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_BARE = re.compile(r"\d{4}|[一二三四五六七八九十]")
_UNIT_EN = {"种": "kinds", "类": "classes", "人": "people", "例": "cases", "个周期": "cycles", "次": "times", "个": ""}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit and bounds; `lower` equal to `upper` is an exact value."""

    lower: str | None
    upper: str | None
    unit: str

    @property
    def key(self) -> str:
        """The readable part of the quantity's IRI: max-140000-people, 2-1-ratio, min-2-kinds."""
        value = self.lower or self.upper or ""
        bound = "" if self.lower == self.upper else ("min-" if self.lower else "max-")
        unit = {"": "count"}.get(self.unit, self.unit)
        return f"{bound}{re.sub(r'[^0-9.]+', '-', value)}-{unit.replace(' ', '-')}"

    def label_en(self) -> str:
        bound = "" if self.lower == self.upper else ("at least " if self.lower else "less than ")
        return f"{bound}{self.lower or self.upper} {self.unit}".strip()


@lru_cache(maxsize=10_000)
def find_quantities(text: str) -> tuple[tuple[Span, Quantity], ...]:
    """Quantities of a text with their places, in order; of overlapping ones the first that was found.

    >>> [q.key for _, q in find_quantities("患病人数低于 14 万，按 2:1 分配，至少接受过两种药物，患病率低于1/10 000")]
    ['max-140000-count', '2-1-ratio', 'min-2-kinds', 'max-1-10000-rate']
    """
    taken: list[Span] = []
    out: list[tuple[Span, Quantity]] = []
    for span, quantity in _all(text):
        if not any(s.start < span.end and span.start < s.end for s in taken):
            taken.append(span)
            out.append((span, quantity))
    return tuple(sorted(out, key=lambda x: x[0]))


def _all(text: str) -> Iterator[tuple[Span, Quantity]]:
    for match in _RATIO.finditer(text):
        yield _exact(match, f"{match['a']}:{match['b']}", "ratio")
    for pattern in (_RATE, _PER):
        for match in pattern.finditer(text):
            value = f"{match['a']}/{re.sub(r'[ ,，]', '', match['b'])}"
            yield _bounded(match, value, "rate", low=False, high=bool(match["high"]))
    for match in _SHARE.finditer(text):
        yield _exact(match, match["n"], "percent")
    for pattern in (_LINES, _EN_LINES):
        for match in pattern.finditer(text):
            number = match["n"].lower()
            value = str(_EN_N.get(number) or _DIGITS.get(number) or number)
            yield _bounded(match, value, "lines of therapy", low=bool(match["over"]), high=False)
    for match in _EN_PRIOR.finditer(text):
        number = match["n"].lower()
        yield _bounded(
            match,
            _EN_DIGITS.get(number, number),
            "lines of therapy",
            low=bool(match["low"] or match["over"]),
            high=False,
        )
    for match in _EN_PEOPLE.finditer(text):
        yield _bounded(match, match["n"].replace(",", ""), "people", low=bool(match["low"]), high=bool(match["high"]))
    yield from _counts(text)


def _counts(text: str) -> Iterator[tuple[Span, Quantity]]:
    """Counted things: a number with 万 or with a unit; 一 alone and years are no counts."""
    for match in _COUNT.finditer(text):
        if not match["m"] and (match["u"] is None or (match["u"] in ("个", "种", "类", "次") and match["n"] == "一")):
            continue
        if match["u"] in ("个", None) and not match["m"]:
            continue
        number = _DIGITS.get(match["n"]) or float(re.sub(r"[,，]", "", match["n"]))
        value = f"{number * (10_000 if match['m'] else 1):g}" if number < 100 else f"{number:.0f}"
        if match["m"]:
            value = f"{number * 10_000:.0f}"
        unit = _UNIT_EN.get(match["u"] or "个", "kinds")
        yield _bounded(match, value, unit, low=bool(match["low"]), high=bool(match["high"]))


def _exact(match: re.Match[str], value: str, unit: str) -> tuple[Span, Quantity]:
    return Span(*match.span()), Quantity(value, value, unit)


def _bounded(match: re.Match[str], value: str, unit: str, *, low: bool, high: bool) -> tuple[Span, Quantity]:
    lower = None if high else value
    upper = None if low else value
    return Span(*match.span()), Quantity(lower, upper, unit)
