"""Abbreviations that a text defines: 中文（English, ABBR）, 中文（ABBR）, English (ABBR) and ABBR (English).

The English long form stands in the bracket. The Chinese one stands before it: a title in 《》, the longest label of the
vocabulary that ends there, or else the words back to the last break (a particle, a conjunction or a common verb). English words
before a bracket are the long form where the letters of the short one stand in them in order, the first at a word's start
(Schwartz and Hearst, Pacific Symposium on Biocomputing 8, 2003).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Span
from kg.vocabulary import Vocabulary

_ABBR = r"[A-Za-z][A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)*\+?"
_BRACKET = re.compile(
    rf"[（(]\s*(?:(?P<long>[A-Za-z][A-Za-z0-9'’, \-/]{{3,160}}?)\s*[，,]\s*)?(?P<abbr>{_ABBR})\s*[）)]"
)
_EXPANDED = re.compile(r"(?<![A-Za-z])(?P<abbr>[A-Z]{2,8})\s*[（(](?P<long>[A-Za-z]+(?:[ -][A-Za-z]+)+)[）)]")
_CHINESE_BEFORE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9 /\-]+$")
_BREAK = re.compile(
    r"的|和|与|及|或|等|为|在|对|将|以|由|从|按照|遵循|参照|采用|递交|提交|检测|选择|设置|综合|包括|例如|如|治疗|抑制剂等|需要|可能"
)
_LATIN_BEFORE = re.compile(r"[A-Za-z]\s?$")
_MIN_ABBR, _MAX_ABBR = 2, 10


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A definition in the text: `short` at `span`, with its long forms as written ('' where none was found)."""

    short: str
    long_zh: str
    long_en: str
    span: Span


def find_abbreviations(text: str, vocabulary: Vocabulary) -> Iterator[Abbreviation]:
    """The definitions of a text, in order. Document names in 《》 before the bracket count as Chinese long forms."""
    yield from _expanded(text)
    for match in _BRACKET.finditer(text):
        short, long_en = match["abbr"], (match["long"] or "").strip()
        if not _MIN_ABBR <= len(short) <= _MAX_ABBR or (
            sum(c.isupper() for c in short) < 2 and not short.endswith("+")
        ):
            continue
        latin = not long_en and _LATIN_BEFORE.search(text[max(0, match.start() - 2) : match.start()])
        if latin and (before := _english_before(text, match.start(), short.removesuffix("s"))):
            yield Abbreviation(short.removesuffix("s"), "", before.of(text), Span(before.start, match.end()))
            continue
        long_zh, start = _chinese_before(text, match.start(), vocabulary)
        if "/" in short and text[start - 1 : start] == "/":  # 药代动力学/药效学（…, PK/PD）: both halves
            first, begins = _chinese_before(text, start - 1, vocabulary)
            long_zh, start = f"{first}/{long_zh}", begins
        if long_zh or long_en:
            yield Abbreviation(short, long_zh, long_en, Span(start, match.end()))


def _expanded(text: str) -> Iterator[Abbreviation]:
    """ABBR（English words）: the words' initials are the short form."""
    for match in _EXPANDED.finditer(text):
        initials = "".join(
            word[0]
            for word in re.findall(r"[A-Za-z]+", match["long"])
            if word.lower() not in ("of", "and", "the", "for")
        )
        if initials.upper() == match["abbr"].upper():
            yield Abbreviation(match["abbr"], "", match["long"], Span(match.start(), match.end()))


def _english_before(text: str, end: int, short: str) -> Span | None:
    """The English words before a bracket that a short form stands for, None where its letters are not all there."""
    stop = len(text[:end].rstrip())
    words = list(re.finditer(r"[A-Za-z0-9][A-Za-z0-9'’-]*", text[max(0, stop - 120) : stop]))
    floor = words[-min(len(words), len(short) + 5, len(short) * 2)].start() + max(0, stop - 120) if words else stop
    place = stop
    for nth, letter in enumerate(reversed([c for c in short.lower() if c.isalnum()])):
        place -= 1
        first = nth == sum(c.isalnum() for c in short) - 1
        while place >= floor and (text[place].lower() != letter or (first and text[place - 1 : place].isalnum())):
            place -= 1
        if place < floor:
            return None
    return Span(place, stop) if stop - place > len(short) else None


def _chinese_before(text: str, end: int, vocabulary: Vocabulary) -> tuple[str, int]:
    """The Chinese term that ends at a bracket: a title in 《》, a known label, else back to the last break."""
    stop = len(text[:end].rstrip())
    if text[:stop].endswith("》"):
        start = text.rfind("《", 0, stop)
        return text[start:stop], start
    before = text[max(0, stop - 40) : stop]
    for match in vocabulary.find(before):
        if match.span.end == len(before):
            return match.span.of(before), stop - len(match.span.of(before))
    words = _CHINESE_BEFORE.search(before[-24:])
    if not words:
        return "", stop
    run = words[0]
    cut = max((m.end() for m in _BREAK.finditer(run)), default=0)
    term = run[cut:].strip()
    return (term, stop - len(term)) if len(term) >= 2 else ("", stop)
