"""A sentence as the rules see it: its segments between commas, its conditions, its mentions, and what its place supplies.

Chinese guidance puts the topic first, the modal verb before what it binds, and the head of a noun phrase last. So a subject
is looked for before the predicate, a list is split at 、和及或, and an item is what its last words name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kg.model import Concept, Sentence, Span, Strength

_COMMA = re.compile(r"[，；。]|(?<!\d)[,;：:]|[,;：:](?!\s?\d)")
_OPEN, _CLOSE = "（(《“【[", "）)》”】]"
_CONDITION = re.compile(
    r"^(?:但|而|同时|因此|此外|另外|例如)?\s*(?:关于|如果|如(?!何|下|上|基于|图|持续)|当(?!前)|若|对于?|针对|除非|在|就|除|为了?|由于|因为|根据|基于|随着|考虑到|即使|一旦|尽管)"
)
_WHEN = re.compile(
    r"^(?:但|而|同时|因此|此外|另外)?\s*(?:如果|如(?!何|下|上|基于|图|持续)|当(?!前)|若|除非|即使|一旦|在[^，]{2,60}(?:时|后|情况下|前提下|之前|期间|过程中)$|[^，]{2,60}(?:时|情况下|前提下)$|随着)"
)
_REASON = re.compile(r"(?:如果|若|因(?!此)|由于|当(?!前))")
_IF_INSIDE = re.compile(r"[^，]{1,14}如(?=计划|拟|需|采用)")
_SPLIT = re.compile(
    r"、|以及|和/或|和|及(?!时|其)|或者?(?!缺)|与(?!患者|产品|临床|人类|目标|试验|给药|操作|预处理|药|监管|审评|生存|受试)|并(?!发|用)|；|;"
)
_LOOSE_END = re.compile(r"(?:[ ”\"。；也还均仍都]|(?<![原规准细])则)+$")
EMPTY = frozenset(
    {"urn:guidegraph:concept:risk", "urn:guidegraph:concept:risk-factor", "urn:guidegraph:concept:level-of-evidence"}
)
_CASE = re.compile(r"(?:例如|比如|如)[^，。；、]{4,}存在")  # an example that is a sentence of its own
_EXAMPLE = re.compile(r"^(?:例如|比如|如|包括|以及|甚至|或|和|及|主要包括)")


@dataclass(frozen=True, slots=True)
class Named:
    """A concept named in the sentence; offsets count from the sentence's start."""

    concept: Concept
    start: int
    end: int


def _swallows(longer: Named, m: Named) -> bool:
    """Whether a longer mention takes the place of one inside it; a measured value (每年, 两种) is never swallowed."""
    inside = longer.start <= m.start and m.end <= longer.end and (longer.start, longer.end) != (m.start, m.end)
    measured = (m.concept.lower or m.concept.upper) and not (longer.concept.lower or longer.concept.upper)
    return inside and not measured


@dataclass(frozen=True, slots=True)
class Item:
    """A member of a list: its words, and the concept that its last words name."""

    start: int
    end: int
    head: Named | None


@dataclass(frozen=True)
class Passage:
    """A sentence with its mentions (nested ones too) and the topics and strength that stem and headings hand down."""

    sentence: Sentence
    text: str
    mentions: tuple[Named, ...]
    topics: tuple[Concept, ...] = ()
    stem_topics: tuple[Concept, ...] = ()
    previous: tuple[Named, ...] = ()
    stem_strength: Strength = "statement"
    titles: str = ""
    stem: str = ""
    own_title: tuple[Concept, ...] = ()
    scene: tuple[Concept, ...] = ()
    before: str = ""
    lead: str = ""
    kept: dict[str, tuple[object, ...]] = field(default_factory=dict, repr=False)
    _by_kinds: dict[frozenset[str], tuple[Named, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def segments(self) -> tuple[Span, ...]:
        """The stretches between commas and colons that stand in no bracket."""
        depths = self.depths
        cuts = [m.start() for m in _COMMA.finditer(self.text) if depths[m.start()] == 0]
        starts, ends = [0, *(c + 1 for c in cuts)], [*cuts, len(self.text)]
        return tuple(Span(a, b) for a, b in zip(starts, ends, strict=True) if self.text[a:b].strip())

    @cached_property
    def depths(self) -> tuple[int, ...]:
        """For each character, in how many brackets it stands."""
        depth, out = 0, []
        for char in self.text:
            depth = max(0, depth - (char in _CLOSE))
            out.append(depth)
            depth += char in _OPEN
        return tuple(out)

    @cached_property
    def longest(self) -> tuple[Named, ...]:
        """Mentions that no longer mention holds."""
        out: list[Named] = []
        for m in sorted(self.mentions, key=lambda m: (m.start, -m.end)):
            if not any(o.start <= m.start and m.end <= o.end and (o.start, o.end) != (m.start, m.end) for o in out):
                out.append(m)
        return tuple(out)

    def of_kinds(self, kinds: frozenset[str]) -> tuple[Named, ...]:
        """Mentions of some kinds that no longer mention of these kinds holds, in order; modifiers inside a longer name
        (上市许可 in 上市许可持有人) are left out."""
        if kinds not in self._by_kinds:
            out: list[Named] = []
            for m in sorted(self.mentions, key=lambda m: (m.start, -m.end)):
                if m.concept.kind in kinds and not any(_swallows(o, m) for o in (*out, *self._inside_out(m))):
                    out.append(m)
            self._by_kinds[kinds] = tuple(out)
        return self._by_kinds[kinds]

    def _inside_out(self, m: Named) -> Iterator[Named]:
        """The longest mentions that hold a mention but do not end with it: there it is a modifier, not the head."""
        return (o for o in self.longest if o.start <= m.start and m.end < o.end)

    def segment(self, place: int) -> Span:
        """The segment that holds a place."""
        return next((s for s in self.segments if s.start <= place <= s.end), Span(0, len(self.text)))

    def stretch(self, place: int) -> Span:
        """The part of the sentence between full stops and semicolons that holds a place."""
        start = max((m.end() for m in re.finditer(r"[；;]", self.text[:place])), default=0)
        end = next((place + m.end() for m in re.finditer(r"[；;]", self.text[place:])), len(self.text))
        piece = self.text[start:end]
        return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))

    def is_condition(self, segment: Span) -> bool:
        """Whether a segment says when or for what the rest holds; the last segment never does."""
        words = segment.of(self.text).strip()
        return segment != self.segments[-1] and bool(
            _CONDITION.match(words) or _WHEN.match(words) or words.endswith("后")
        )

    def supposes(self, place: int) -> bool:
        """Whether a place stands in an if- or when-segment, where nothing is asserted."""
        segment = self.segment(place)
        words = segment.of(self.text).strip()
        if segment == self.segments[-1]:
            return False
        before = next((s for s in self.segments if s.end + 1 == segment.start), None)
        goes_on = before is not None and words.startswith("或") and _REASON.match(before.of(self.text).strip())
        return bool(_WHEN.match(words) or _IF_INSIDE.match(words) or goes_on)

    def says_when(self, segment: Span) -> bool:
        """Whether a segment is an if- or when-clause."""
        return bool(_WHEN.match(segment.of(self.text).strip()))

    def condition(self, place: int) -> str | None:
        """The conditions of a place, verbatim: those of its stretch that stand before it."""
        stretch = self.stretch(place)
        found = [
            s.of(self.text).strip()
            for s in self.segments
            if stretch.start <= s.start and s.end <= place and _WHEN.match(s.of(self.text).strip())
        ]
        return "，".join(x for x in found if len(x) > 2) or None

    def region_end(self, place: int, *, lists: bool = False) -> int:
        """Where an object region that starts at a place ends: at its segment's end, or, for lists, with the examples that
        the next segments give (如…, 例如…, 以及…)."""
        end = next((s.end for s in self.segments if s.start <= place <= s.end), len(self.text))
        for segment in self.segments if lists else ():
            words = segment.of(self.text).strip()
            if segment.start == end + 1 and (self.text[end] in "：:" or _EXAMPLE.match(words)):
                if _CASE.match(words):
                    break
                end = segment.end
        return end

    def items(self, start: int, end: int, tails: re.Pattern[str]) -> Iterator[Item]:
        """The members of a list in a region, each with its head; bracketed examples count as members of their own."""
        for piece in self._pieces(start, end):
            if item := self._item(piece, tails):
                yield item

    def item(self, start: int, end: int, tails: re.Pattern[str]) -> Item:
        """A whole region as one item."""
        return self._item(Span(start, end), tails) or Item(start, end, None)

    def _pieces(self, start: int, end: int) -> Iterator[Span]:
        held = [m for m in self.longest if m.start < end and m.end > start]
        at = start
        for match in re.finditer(rf"{_SPLIT.pattern}|[（(）)，,：:]", self.text[start:end]):
            place = start + match.start()
            if any(m.start < place < m.end for m in held):
                continue
            yield Span(at, place)
            at = start + match.end()
        yield Span(at, end)

    def _item(self, span: Span, tails: re.Pattern[str]) -> Item | None:
        text = span.of(self.text)
        start = span.start + len(text) - len(text.lstrip(' “"-'))
        start += (
            len(m[0])
            if (m := re.match(r"(?:例如|比如|如|包括|甚至|其他|其它|相应的|可能)", self.text[start : span.end]))
            else 0
        )
        end = span.start + len(_LOOSE_END.sub("", text))
        if start >= end:
            return None
        stop = end
        if (etc := re.search(r"等(?!待|效)(?=[^的]{0,8}$)", self.text[start:end])) and (
            head := self._head(start, start + etc.start())
        ):
            return Item(start, end, head)
        for _ in range(3):
            if head := self._head(start, stop):
                return Item(start, end, head)
            tail = tails.search(self.text[start:stop])
            if not tail:
                break
            stop = start + tail.start()
        return Item(start, end, None)

    def _head(self, start: int, end: int) -> Named | None:
        ending = [m for m in self.mentions if m.end == end and m.start >= start and m.concept.iri not in EMPTY]
        return min(ending, key=lambda m: m.start) if ending else None
