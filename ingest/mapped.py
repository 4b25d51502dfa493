"""Text that knows where each of its characters stands in the file as issued.

Places are kept as runs, not one number a character: cleaning a line costs what the line has of noise, not of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text and its runs (offset in the file, length) in order; NOWHERE is the offset of a joining space.

    >>> Mapped.at("1 概 述", 10).cut(2).without([(1, 2)])
    Mapped(text='概述', runs=((12, 1), (14, 1)))
    """

    text: str
    runs: tuple[tuple[int, int], ...]

    @classmethod
    def at(cls, text: str, offset: int) -> Mapped:
        """Text that stands unbroken in the file."""
        return cls(text, ((offset, len(text)),) if text else ())

    @property
    def start(self) -> int:
        """Offset of the first character in the file, NOWHERE if there is none."""
        return next((offset for offset, _ in self.runs if offset != NOWHERE), NOWHERE)

    def cut(self, start: int, end: int | None = None) -> Mapped:
        """The part from `start` to `end`."""
        stop = len(self.text) if end is None else end
        if start <= 0 and stop >= len(self.text):
            return self
        return Mapped(self.text[start:stop], tuple(_cut(self.runs, start, stop)))

    def without(self, spans: Sequence[tuple[int, int]]) -> Mapped:
        """What is left when the spans, which are in order and apart, are taken out."""
        if not spans:
            return self
        edges = [0, *(edge for span in spans for edge in span), len(self.text)]
        return join(self.cut(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))

    def strip(self) -> Mapped:
        """Without outer white space."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))


def join(parts: Iterable[Mapped]) -> Mapped:
    """The parts one after the other."""
    kept = [part for part in parts if part.text]
    return Mapped("".join(p.text for p in kept), tuple(run for p in kept for run in p.runs))


def space(char: str = " ") -> Mapped:
    """A character that joins two parts and stands nowhere in the file."""
    return Mapped(char, ((NOWHERE, 1),))


def _cut(runs: Iterable[tuple[int, int]], start: int, end: int) -> Iterable[tuple[int, int]]:
    at = 0
    for offset, length in runs:
        first, last = max(start - at, 0), min(end - at, length)
        if first < last:
            yield (offset if offset == NOWHERE else offset + first), last - first
        at += length
