"""Which patterns of a table can match a text at all: each needs one of a few literal strings, found for all in one pass.

The strings are read off the parsed pattern: of a sequence, the element whose strings are longest; of alternatives, those of
each. A pattern that needs no string of its own is tried on every text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import ahocorasick

_MOST = 40  # alternatives beyond which a pattern is simply tried


class Needles:
    """Looks up the numbers of the patterns that may match a text."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._always: set[int] = set()
        owners: dict[str, set[int]] = {}
        for number, pattern in enumerate(patterns):
            needed = _needed(_parser.parse(pattern.pattern, pattern.flags & re.VERBOSE))
            if not needed or pattern.flags & re.IGNORECASE:
                self._always.add(number)
            for needle in needed or ():
                owners.setdefault(needle, set()).add(number)
        self._automaton = ahocorasick.Automaton()
        for needle, numbers in owners.items():
            self._automaton.add_word(needle, frozenset(numbers))
        self._automaton.make_automaton()

    def may_match(self, text: str) -> list[int]:
        """The numbers of the patterns that may match, in order."""
        found = set(self._always)
        for _, numbers in self._automaton.iter(text):
            found |= numbers
        return sorted(found)


def _needed(parsed: Any) -> frozenset[str] | None:
    """Strings of which every match holds at least one, or None where there are none."""
    found = [x for x in _parts(parsed) if x and len(x) <= _MOST]
    return max(found, key=lambda x: (min(map(len, x)), -len(x)), default=None)


def _parts(parsed: Any) -> Iterator[frozenset[str] | None]:
    literal = ""
    for op, value in parsed:
        if op is _constants.LITERAL:
            literal += chr(value)
            continue
        if literal:
            yield frozenset({literal})
        literal = ""
        yield _of(op, value)
    if literal:
        yield frozenset({literal})


def _of(op: Any, value: Any) -> frozenset[str] | None:
    """What a single element needs."""
    if op is _constants.SUBPATTERN:
        return _needed(value[-1])
    if op is _constants.BRANCH:
        branches = [_needed(branch) for branch in value[1]]
        return frozenset().union(*(b for b in branches if b)) if all(branches) else None
    if op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and value[0] > 0:
        return _needed(value[2])
    if op is _constants.IN and all(kind is _constants.LITERAL for kind, _ in value):
        return frozenset(chr(char) for _, char in value)
    return None
