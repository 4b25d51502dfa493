"""The numbering grammar: what a clause of a guideline may begin with.

A marker is taken only where its ordinal follows from those before it, so that "3 个月内…" or "2727.2023" at the start of a
line is never a heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_CN = "[一二三四五六七八九十百]+"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

# style -> (pattern; group 1 is the ordinal, None for a bullet)
_STYLES: dict[str, re.Pattern[str]] = {
    "chapter": re.compile(rf"第({_CN}|\d{{1,3}})[章节部]分?[、.．\s]*"),
    "article": re.compile(rf"第({_CN}|\d{{1,3}})条[、.．\s]*"),
    "cn": re.compile(rf"({_CN})[、.．]\s*"),
    "cn-paren": re.compile(rf"[（(]({_CN})[）)]\s*"),
    "dotted": re.compile(r"(\d{1,2}(?:[.．]\d{1,2})+)[.．、]?(?![\d%])\s*"),
    "number": re.compile(r"(\d{1,2})\s*[.．、](?!\d)\s*"),
    "number-paren": re.compile(r"[（(](\d{1,2})[）)]\s*"),
    "circled": re.compile(rf"([{_CIRCLED}])\s*"),
    "roman": re.compile(r"[（(]?((?:x|ix|iv|v?i{1,3}|v|xi{1,2}))[）)]\s*"),
    "bullet": re.compile(r"(?:[●•■◆▪○·]\s*|[-–—]\s+)"),
}
_REFERENCE = re.compile(r"(?:-\s+)?(?:\[(\d{1,3})\]|(\d{1,3})[.．、](?!\d))\s*")

# how an id shows the styles whose ordinals would clash with plain numbers below the same parent
_ID_PREFIX = {"circled": "c", "roman": "i", "bullet": "b", "soft": "h"}


@dataclass(frozen=True, slots=True)
class Marker:
    """A clause's beginning. `text` is the marker as written (its white space included), `style` names its grammar.

    A hyphen bullet is how text extraction writes a list mark; it is not part of the guideline's words (`drop`).
    """

    style: str
    ordinal: int
    text: str
    prefix: tuple[int, ...] = ()

    @property
    def drop(self) -> bool:
        return self.style == "bullet" and self.text.strip() in ("-", "–", "—")

    @property
    def id_part(self) -> str:
        return f"{_ID_PREFIX.get(self.style, '')}{self.ordinal}"


@dataclass(slots=True)
class Numbering:
    """Finds markers at the start of lines and keeps the ordinals seen, by style and by what they stand under."""

    last: dict[tuple[str, tuple[int, ...]], int] = field(default_factory=dict)

    def find(self, line: str) -> Marker | None:
        """The marker that the line begins with, if its ordinal is the first or the next of its style."""
        for style, pattern in _STYLES.items():
            if match := pattern.match(line):
                marker = _marker(style, match)
                return marker if self._follows(marker) else None
        return None

    def accept(self, marker: Marker) -> None:
        """Counts a marker that begins a clause."""
        self.last[marker.style, marker.prefix] = marker.ordinal

    def _follows(self, marker: Marker) -> bool:
        if marker.style == "bullet":
            return True
        last = self.last.get((marker.style, marker.prefix), 0)
        return marker.ordinal == 1 or last < marker.ordinal <= last + 2


def reference_marker(line: str) -> Marker | None:
    """The marker of an entry in a list of references: [3] or 3."""
    match = _REFERENCE.match(line)
    if not match:
        return None
    return Marker("reference", int(match[1] or match[2]), match[0])


def _marker(style: str, match: re.Match[str]) -> Marker:
    if style == "bullet":
        return Marker(style, 0, match[0])
    if style == "dotted":
        *prefix, ordinal = (int(x) for x in re.split("[.．]", match[1]))
        return Marker(f"dotted-{len(prefix) + 1}", ordinal, match[0], tuple(prefix))
    return Marker(style, _ordinal(match[1]), match[0])


def _ordinal(text: str) -> int:
    """The number that a marker's ordinal writes: 12, 十二, ⑫ or xii."""
    if text.isdecimal():
        return int(text)
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    if text in _ROMAN:
        return _ROMAN.index(text) + 1
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _DIGITS.get(text, 0)
    return 10 * (_DIGITS.get(tens, 1) if tens else 1) + _DIGITS.get(ones, 0)
