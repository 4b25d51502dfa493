"""The numbers that Word shows before a paragraph and does not keep in its text (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ingest.readers.wordstyles import Look, attribute, tag

_CHINESE = "零一二三四五六七八九"
_LEGAL_CHINESE = ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
                  "japaneseCounting", "ideographDigital", "chineseLegalSimplified")  # fmt: skip
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MAX_LEVEL = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    style: str
    text: str
    tight: bool
    legal: bool


@dataclass(slots=True)
class Numbers:
    """The lists of a document and how far each has counted."""

    tree: Any
    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.tree is None:
            return
        for element in self.tree.iter(tag("abstractNum")):
            self.levels[attribute(element, "abstractNumId") or ""] = dict(map(_level, element.iter(tag("lvl"))))
        for element in self.tree.iter(tag("num")):
            self._number(element)

    def label(self, look: Look) -> tuple[str, bool]:
        """The number or mark of the next paragraph of a list with the space behind it, and whether it is a bullet."""
        abstract = self.abstract.get(look.list_id, "") if look.listed else ""
        level = self.levels.get(abstract, {}).get(look.depth)
        if level is None or level.style == "none":
            return "", False
        counts = self._count(look, abstract, level)
        if level.style == "bullet":
            return "- ", True
        text = re.sub(r"%([1-9])", lambda m: self._one(abstract, counts, int(m[1]) - 1, level), level.text)
        gap = " " if text and text[-1].isascii() and not level.tight else ""
        return text + gap, False

    def _number(self, element: Any) -> None:
        num_id = attribute(element, "numId") or ""
        target = element.find(tag("abstractNumId"))
        self.abstract[num_id] = (attribute(target, "val") or "") if target is not None else ""
        for override in element.iter(tag("lvlOverride")):
            start = override.find(tag("startOverride"))
            if start is not None:
                self.overrides[num_id, _number(attribute(override, "ilvl"))] = _number(attribute(start, "val"))

    def _count(self, look: Look, abstract: str, level: _Level) -> list[int | None]:
        counts = self.counts.setdefault(abstract, [None] * _MAX_LEVEL)
        depth = min(look.depth, _MAX_LEVEL - 1)
        key = (look.list_id, depth)
        fresh = self.overrides.get(key) if key not in self.begun else None
        self.begun.add(key)
        last = counts[depth]
        counts[depth] = fresh if fresh is not None else level.start if last is None else last + 1
        counts[depth + 1 :] = [None] * (_MAX_LEVEL - depth - 1)
        return counts

    def _one(self, abstract: str, counts: list[int | None], depth: int, shown: _Level) -> str:
        level = self.levels[abstract].get(depth)
        if level is None:
            return ""
        count = counts[depth]
        style = "decimal" if shown.legal else level.style
        return formatted(level.start if count is None else count, style)


def _level(element: Any) -> tuple[int, _Level]:
    def value(name: str, default: str) -> str:
        found = element.find(tag(name))
        return default if found is None else attribute(found, "val") or default

    depth = _number(attribute(element, "ilvl"))
    legal = element.find(tag("isLgl")) is not None
    level = _Level(
        _number(value("start", "1")),
        value("numFmt", "decimal"),
        value("lvlText", ""),
        value("suff", "tab") == "nothing",
        legal,
    )
    return depth, level


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0


def formatted(number: int, style: str) -> str:
    """A count as Word writes it in a number style.

    >>> [formatted(12, s) for s in ("decimal", "lowerRoman", "upperLetter", "chineseCounting", "decimalEnclosedCircle")]
    ['12', 'xii', 'L', '十二', '⑫']
    """
    if style in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman.upper() if style == "upperRoman" else roman
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""
        return letter.upper() if style == "upperLetter" else letter
    if style in _LEGAL_CHINESE:
        return _chinese(number)
    if style.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    return f"{number:02d}" if style == "decimalZero" else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _chinese(number: int) -> str:
    if not 0 < number < 100:
        return "".join(_CHINESE[int(d)] for d in str(number))
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _CHINESE[tens]) + ("十" if tens else "") + (_CHINESE[ones] if ones else "")
