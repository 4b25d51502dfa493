"""Which of the markers that a line may be read as is meant: the one whose ordinal goes on with a series that is open.

"3 个月内…", "一、二代 TKI" or "2. 5" at the start of a wrapped line look like headings and are none. A marker counts where its
ordinal is the next of a series that is open, or the first of a new one; a series starts again only below a clause that was
opened after it, or behind a stem ("…包括：").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ingest.numbering import LETTERS, RANKS, ROMANS, Marker, markers

# "sure": the format says that a paragraph begins here; "title": it looks like a heading; "open": a paragraph may begin;
# "wrapped": the line above is full and unfinished
Start = Literal["sure", "title", "open", "wrapped"]

_NEXT, _FIRST, _LATER, _AGAIN, _NOT = 4, 3, 2, 1, 0
NUMBERED = ("number", "plain", "dotted-2", "dotted-3", "dotted-4", "dotted-5", "dotted-6")
_ONES = (1, LETTERS + 1, ROMANS + 1)
_SECTIONS = (*NUMBERED, *RANKS, "cn")
_STATUTE = ("cn-part", "chapter", "cn-section", "article")  # an excerpt may leave some of them out
_POINTED_AT = re.compile(
    r"(?:[的、，,。；;）)]|所[述列规要示]|中[所的规提描]|[项款条节][所中的]|(?:和|及|或|至|到|与)\s*[第\d]|(?:规定|要求)的|部分[所中的]|"
    r"以[上下]|(?:above|below|of|and|or|to|in|is|are|describes?|provides?|applies|apply|shall|should|for|on|the)\b)"
)
_MEASURE = re.compile(
    r"(?:个|年|天|周|月|日|例|名|倍|岁|小时|分钟|种|项|次|万|亿|位|类|条|款|级|期|线|代|"
    r"(?:mg|kg|g|ml|mL|L|µg|μg|mm|cm|years?|months?|weeks?|days?|hours?|fold|times|patients|subjects|percent)\b|%|℃|°)"
)
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{4}\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"[一二三四五六七八九十两]+(?:[、代线级期类种个项型者年次例组]|阶段)")
_NUMERAL = re.compile(r"[\d一二三四五六七八九十两Ⅰ-Ⅻ]")
_BRACKETED = re.compile(r"\s*[（(][^（）()]*[)）]")
_LOWER_WORD = re.compile(r"(?![ivxl]{3,6}[.)])[a-z]{3}")
_PLAIN_WIDTH = 80


@dataclass(slots=True)
class Numbering:
    """The series that are open, outermost first, and the last ordinal of every style that was seen."""

    open: list[Marker] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    fresh: bool = False

    @property
    def started(self) -> bool:
        return bool(self.seen)

    def find(self, line: str, start: Start = "open", *, stem: bool = False) -> Marker | None:
        """The marker that the line begins with, None where it begins with none."""
        if not line or _LOWER_WORD.match(line):
            return None
        readings = [
            (score, -nth, found)
            for nth, marker in enumerate(markers(line))
            for score, found in self._scores(marker, start, again=stem or self.fresh or start == "sure")
            if score and self._plausible(found, line, start, score)
        ]
        return max(readings, key=lambda x: x[:2])[2] if readings else None

    def listed(self, line: str, level: int) -> Marker | None:
        """The marker of an item of a list that the format keeps, `level` lists deep; lists inside one another stay apart."""
        found = self.find(line, "sure")
        if found is None or found.prefix:
            return found
        if found.style == "bullet":
            return replace(found, level=level)
        return found if level == 0 else replace(found, inner=level)

    def accept(self, marker: Marker) -> None:
        """Counts a marker that begins a clause."""
        del self.open[first_closed(self.open, marker) :]
        self.open.append(marker)
        self.seen[marker.style] = marker.ordinal
        self.fresh = False

    def heading(self) -> None:
        """Notes that a heading without a number stands here: series may start again below it."""
        self.fresh = True

    # -- does the ordinal follow? --------------------------------------------------------------------------------

    def _scores(self, marker: Marker, start: Start, *, again: bool) -> Iterator[tuple[int, Marker]]:
        if marker.style == "bullet":
            yield _FIRST, replace(marker, level=self._bullet_level(marker))
        elif marker.prefix:
            yield self._dotted(marker) or (_AGAIN if start in ("sure", "title") else _NOT), marker
        else:
            yield from self._plain(marker, again=again)
            if start == "sure" and marker.style in _SECTIONS:
                yield _AGAIN, marker

    def _bullet_level(self, marker: Marker) -> int:
        """A sign that is open already stands at its level; a lesser sign (○ – -) below a greater one is a level deeper."""
        bullets = [m for m in self.open if m.style == "bullet"]
        same = next((m.level for m in bullets if m.text.strip() == marker.text.strip()), None)
        if same is not None:
            return same
        return bullets[-1].level + 1 if bullets and marker.level else 0

    def _plain(self, marker: Marker, *, again: bool) -> Iterator[tuple[int, Marker]]:
        series = [m for m in self.open if m.style == marker.style]
        for one in series:
            if one.ordinal < marker.ordinal <= one.ordinal + 2:
                following = marker.ordinal == one.ordinal + 1
                yield (_NEXT if following else _LATER), replace(marker, inner=one.inner)
        apart = marker.style in _STATUTE and marker.text[-1:].isspace()
        if not series and marker.ordinal in self._firsts(marker.style):
            yield _FIRST, marker
        elif apart and marker.ordinal > self.seen.get(marker.style, 0):
            yield _LATER, marker
        elif again and marker.ordinal == 1:
            last = series[-1]
            yield _AGAIN, replace(marker, inner=last.inner + (last is not self.open[-1]))

    def _firsts(self, style: str) -> tuple[int, ...]:
        """The ordinals with which a series may begin: the first annex may be what the document itself is issued as."""
        seen = self.seen.get(style, 0)
        return (1, 2, 3) if style == "annex" and not seen else (1, seen + 1)

    def _dotted(self, marker: Marker) -> int:
        paths = [m.path for m in self.open if m.style in NUMBERED or m.path[0] > LETTERS]
        path, parent = marker.path, marker.prefix
        beside = next((p for p in paths if p[:-1] == parent and len(p) == len(path)), None)
        if beside and path[-1] > LETTERS > path[0]:  # 3.2.S, 3.2.P and 3.2.A do not count on
            return _LATER if path != beside else _NOT
        if beside:
            return {1: _NEXT, 2: _LATER}.get(path[-1] - beside[-1], _NOT)
        if path[0] > LETTERS and any(p[0] == path[0] and p < path for p in paths):
            return _LATER
        if not self.seen and not self.open and (path[-1] < LETTERS or len(path) > 2):
            return _FIRST if set(path) == {1} else _LATER
        if not all(x in _ONES for x in path[1:]):
            opens = path[-1] in (0, *_ONES) or path[-1] > LETTERS > path[0]
            return _FIRST if parent in paths and opens else self._under(paths, path)
        first = next((p[0] for p in paths if p[0] < LETTERS), None)
        tops = [1, *(m.ordinal for m in self.open)] if first is None else [first, first + 1]
        return _FIRST if path[0] in tops or path[0] > LETTERS else _NOT

    def _under(self, paths: Sequence[tuple[int, ...]], path: tuple[int, ...]) -> int:
        """Whether a path stands below an open one, whose levels in between were left out."""
        return _LATER if any(path[: len(p)] == p and set(path[len(p) :]) == {1} for p in paths) else _NOT

    # -- does the line look like a clause? -----------------------------------------------------------------------

    def _plausible(self, marker: Marker, line: str, start: Start, score: int) -> bool:
        body = line[len(marker.text) :]
        excerpt = marker.prefix and score == _LATER and not self.seen
        headed = excerpt or (marker.prefix and (marker.ordinal == 0 or (start == "title" and score == _AGAIN)))
        if _MONTH.match(body) or (headed and not _reads_as_title(body)):
            return False
        early_annex = marker.style in ("annex", "annex-only") and not self.started
        if start == "sure":
            return not early_annex
        if not body:
            return marker.style in RANKS and start != "wrapped" and not early_annex
        if start == "wrapped" and not _survives(marker, body, score):
            return False
        if marker.style == "plain":
            return self._plain_heading(line, body, score)
        return not early_annex and not _pointed_at(marker, body)

    def _plain_heading(self, line: str, body: str, score: int) -> bool:
        """A bare number opens a clause ("2 Scope") only as a short title, in a document that numbers no other way."""
        if score < _FIRST or any(m.style in ("number", "cn") for m in self.open):
            return False
        return len(line) <= _PLAIN_WIDTH and not re.search(r"[，,。；;.!?]", body) and not _MEASURE.match(body)


def _reads_as_title(body: str) -> bool:
    """Whether what stands behind a number that does not count on is a heading; what it has in brackets is left aside."""
    body = _BRACKETED.sub("", body)
    return (
        bool(body) and len(body) <= _PLAIN_WIDTH and not re.search(r"[，,。；;!?]|\.$", body) and not body[:1].islower()
    )


def _survives(marker: Marker, body: str, score: int) -> bool:
    """Whether a marker holds against a line above that is full and unfinished."""
    if marker.style == "bullet":
        return not marker.drop
    return score == _NEXT and not _NUMERAL.match(body) and not (marker.style in _SECTIONS and body[0].islower())


def _pointed_at(marker: Marker, body: str) -> bool:
    """Whether a sentence goes on behind the number of a clause that it refers to, or behind a measured value."""
    if (marker.prefix or marker.style in RANKS) and _POINTED_AT.match(body):
        return True
    return bool(marker.prefix) and bool(_MEASURE.match(body) or _COUNTED.match(body))


def first_closed(open_: Sequence[Marker | None], marker: Marker) -> int:
    """Index of the first open clause that a marker closes; their number if it closes none.

    One of a rank closes all that stand below its rank; a dotted number all that is not its prefix; any other its own series.
    """
    rank = RANKS.get(marker.style)
    for i, one in enumerate(open_):
        if one is None:
            continue
        if one.key == marker.key and not marker.prefix:
            return i
        if rank is not None and RANKS.get(one.style, len(RANKS)) >= rank:
            return i
        if marker.style == one.style == "bullet" and one.level >= marker.level:
            return i
        if marker.prefix and _counts_otherwise(one, marker):
            return i
    return _below_prefix(open_, marker) if marker.prefix else len(open_)


def _counts_otherwise(one: Marker, marker: Marker) -> bool:
    """Whether an open clause's number is no beginning of a dotted one; figures do not close letters and Roman figures."""
    if one.style not in NUMBERED:
        return False
    lettered = one.path[0] > LETTERS > marker.path[0]
    return not lettered and not _begins(one, marker)


def _begins(one: Marker, marker: Marker) -> bool:
    """Whether a clause's number begins a dotted one: 3 or 3.2 does 3.2.5, and A. does A.1."""
    numbered = one.style in NUMBERED or one.path[0] > LETTERS
    return numbered and marker.path[: len(one.path)] == one.path


def _below_prefix(open_: Sequence[Marker | None], marker: Marker) -> int:
    """Index behind the deepest open clause whose number begins the marker's, lists inside it closed."""
    above = [i for i, m in enumerate(open_) if m and _begins(m, marker)]
    return above[-1] + 1 if above else len(open_)
