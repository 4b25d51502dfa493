"""Durations in Chinese and English text as ISO 8601 values with bounds, so that 6个月, 26 weeks and 半年 compare.

A calendar year or date (2021 年, 8 月) is not a duration. A frequency (每年) is read as the interval between two events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Span

_ZH_NUMBER = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "半": 0.5}
_EN_NUMBER = {
    w: i
    for i, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
        ]
    )
}
_UNIT = {
    "年": "Y", "个月": "M", "周": "W", "星期": "W", "天": "D", "小时": "H",
    "year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H",
}  # fmt: skip
_DAYS = {"Y": 365.25, "M": 30.4375, "W": 7.0, "D": 1.0, "H": 1 / 24}
_UNIT_ZH = {"Y": "年", "M": "个月", "W": "周", "D": "天", "H": "小时"}
_UNIT_EN = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour"}

_ZH = re.compile(
    r"(?P<low>不短于|不少于|不低于|至少|≥|超过)?(?P<high>不超过|不多于|不长于|最多|至多|少于|≤)?\s*(?P<every>每\s*)?"
    r"(?<![第\d])(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九十]|半)?\s*(?P<u>年|个月|月|周|星期|天|小时)(?![龄代度前份])"
    r"(?P<over>以上)?(?P<within>以内|之内|内)?(?P<until>或至[^，。；]{0,12}?不再存在[^，。；（]{0,4}风险)?"
)
_EN = re.compile(
    r"(?:(?P<low>at least|no less than|not less than|no shorter than|minimum of|a minimum of|more than|over)\s+)?"
    r"(?:(?P<high>no more than|not more than|no longer than|no later than|not later than|not exceed(?:ing)?|up to|at most|within|(?:a )?maximum of)\s+)?(?P<every>(?:every|per|each)\s+)?"
    r"\b(?P<n>\d+(?:\.\d+)?|half a|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)?[\s-]*(?:(?:calendar|business|working|consecutive)\s+)?"
    r"\b(?P<u>year|month|week|day|hour)s?\b(?!\s+old)(?P<over>\s+or (?:more|longer))?"
    r"(?P<until>,?\s+or until [^,.;]{0,40}risk)?",
    re.IGNORECASE,
)


_EN_RHYTHM = re.compile(
    r"\b(?P<r>annual(?:ly)?|yearly|quarterly|monthly|weekly|daily)\b|\b(?:once|twice)\s+an?\s+(?P<u>year|month|week|day)\b",
    re.IGNORECASE,
)
_RHYTHMS = {
    "annual": "P1Y",
    "annually": "P1Y",
    "yearly": "P1Y",
    "quarterly": "P3M",
    "monthly": "P1M",
    "weekly": "P1W",
    "daily": "P1D",
}


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time. `lower` and `upper` are ISO 8601; equal for an exact value, one of them None for a bound.

    `until` says that the text lets the time end earlier or later on a condition (until no risk remains), `every` that it
    is the interval of something repeated.
    """

    lower: str | None
    upper: str | None
    until: bool = False
    every: bool = False

    @property
    def key(self) -> str:
        """The readable part of the duration's IRI: P15Y, min-P15Y, max-P6M, P5Y-or-until."""
        if self.every:
            base = f"every-{self.lower}"
        elif self.lower == self.upper:
            base = f"{self.lower}"
        else:
            base = f"min-{self.lower}" if self.lower else f"max-{self.upper}"
        return base + ("-or-until" if self.until else "")

    @property
    def days(self) -> float:
        """Length in days (a month is 30.4375 days, a year 365.25), of the lower bound where there is one."""
        value, unit = _parts(self.lower or self.upper or "P0D")
        return value * _DAYS[unit]

    def label_zh(self) -> str:
        value, unit = _parts(self.lower or self.upper or "P0D")
        bound = "" if self.lower == self.upper else ("不短于" if self.lower else "不超过")
        if self.every:
            return f"每{'' if value == 1 else f'{value:g}'}{_UNIT_ZH[unit]}"
        return f"{bound}{value:g}{_UNIT_ZH[unit]}" + ("或至不再存在风险" if self.until else "")

    def label_en(self) -> str:
        value, unit = _parts(self.lower or self.upper or "P0D")
        bound = "" if self.lower == self.upper else ("at least " if self.lower else "no more than ")
        if self.every:
            return f"every {'' if value == 1 else f'{value:g} '}{_UNIT_EN[unit]}{'' if value == 1 else 's'}"
        return f"{bound}{value:g} {_UNIT_EN[unit]}{'' if value == 1 else 's'}" + (
            " or until no risk remains" if self.until else ""
        )


@lru_cache(maxsize=10_000)
def find_durations(text: str) -> tuple[tuple[Span, Duration], ...]:
    """Durations of a text with their places, in order."""
    rhythms = list(_rhythms(text))
    plain = (x for x in _find(_EN, text) if not any(s.start <= x[0].start and x[0].end <= s.end for s, _ in rhythms))
    return tuple(sorted([*_find(_ZH, text), *plain, *rhythms], key=lambda x: x[0]))


def _rhythms(text: str) -> Iterator[tuple[Span, Duration]]:
    """Annually, monthly, once a year: the interval of something repeated."""
    for match in _EN_RHYTHM.finditer(text):
        iso = _RHYTHMS[match["r"].lower()] if match["r"] else _iso(1, _UNIT[match["u"].lower()])
        if not (match["r"] and match["r"].lower() == "annual" and not text[: match.start()].rstrip().endswith("least")):
            yield Span(match.start(), match.end()), Duration(iso, iso, every=True)


def _find(pattern: re.Pattern[str], text: str) -> Iterator[tuple[Span, Duration]]:
    for match in pattern.finditer(text):
        if duration := _duration(match):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Span(start, match.end()), duration


def _duration(match: re.Match[str]) -> Duration | None:
    number, unit = match["n"], match["u"].lower()
    if number is None and not match["every"]:  # 每年 and every year need no number, all others have one
        return None
    if unit == "月" and not match["every"]:
        return None
    value, code = _number(number or "1"), _UNIT.get(unit, "M")
    return None if code == "Y" and value >= 1000 else _bounded(match, _iso(value, code))


def _bounded(match: re.Match[str], iso: str) -> Duration:
    """The value with the bound that the words around it give."""
    groups = match.groupdict()
    until = bool(match["until"])
    if match["every"]:
        return Duration(iso, iso, every=True)
    if match["low"] or match["over"]:
        return Duration(iso, None, until)
    if match["high"] or groups.get("within"):
        return Duration(None, iso, until)
    return Duration(iso, iso, until)


def _number(text: str) -> float:
    text = text.lower()
    if text == "twenty":
        return 20
    if text in ("half a",):
        return 0.5
    if text in ("a", "an"):
        return 1
    if text in _ZH_NUMBER:
        return _ZH_NUMBER[text]
    return float(_EN_NUMBER.get(text) or text)


def _iso(value: float, unit: str) -> str:
    if value == 0.5 and unit == "Y":
        value, unit = 6, "M"
    return f"PT{value:g}H" if unit == "H" else f"P{value:g}{unit}"


def _parts(iso: str) -> tuple[float, str]:
    body = iso.removeprefix("P").removeprefix("T")
    return float(body[:-1]), body[-1]
