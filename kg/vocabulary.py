"""Concepts by label: which concepts a text names, longest label first, in both languages.

Labels are matched on squeezed text (folded, white space and hyphens out), so that "γ -逆转录病毒", "γ-逆转录病毒",
"adeno associated" and "adeno-associated" are one; the ends of a Latin label must be ends of words in the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

from kg.model import Concept, Span

# abbreviations that are also everyday English words, or too short to be told from one: taken in capitals only
_CAPITALS_ONLY = frozenset({"all", "and", "mas", "pro", "can", "may", "old", "who"})
_KEPT = 64  # texts of which the concepts are remembered: one question is read for several ends
_SKIPPED = frozenset("-‐‑–—_·'’\"")


@dataclass(frozen=True, slots=True)
class Match:
    """A label found in a text; `span` indexes the text as given."""

    concept: str
    span: Span


class Vocabulary:
    """The concepts of a snapshot, found by IRI or in text. Immutable once made."""

    def __init__(self, concepts: Iterable[Concept], labels: ahocorasick.Automaton | None = None) -> None:
        self.concepts = {c.iri: c for c in concepts}
        self._narrower: dict[str, list[str]] = {}
        self._ancestors: dict[str, tuple[str, ...]] = {}
        for concept in self.concepts.values():
            for parent in concept.broader:
                self._narrower.setdefault(parent, []).append(concept.iri)
        self._labels = labels or _automaton(self.concepts.values())
        self._matches = lru_cache(maxsize=_KEPT)(self._found)

    def joined(self, concepts: Iterable[Concept]) -> Vocabulary:
        """This vocabulary with further concepts that are looked up by IRI only; its labels are indexed once."""
        return Vocabulary([*self.concepts.values(), *concepts], self._labels)

    def __getitem__(self, iri: str) -> Concept:
        return self.concepts[iri]

    def __contains__(self, iri: str) -> bool:
        return iri in self.concepts

    def find(self, text: str) -> list[Match]:
        """Concepts named in a text, in order; of overlapping labels only those that no longer one holds."""
        return maximal(self.find_nested(text))

    def find_nested(self, text: str) -> list[Match]:
        """All concepts named in a text, those inside longer labels too, in order of their ends."""
        return list(self._matches(text))

    def _found(self, text: str) -> tuple[Match, ...]:
        squeezed, places = squeeze(text)
        if not squeezed or not len(self._labels):
            return ()
        found = []
        for last, entries in self._labels.iter(squeezed):
            for length, iri, label in entries:
                span = Span(places[last - length + 1], places[last] + 1)
                if _whole_words(text, span) and _case_fits(label, span.of(text)):
                    found.append(Match(iri, span))
        return tuple(found)

    def held(self, text: str) -> set[str]:
        """The IRIs of all concepts that a text, or any part of it, may name: a label stands in it, be it inside a word."""
        squeezed = squeeze(text)[0]
        if not squeezed or not len(self._labels):
            return set()
        return {iri for _, entries in self._labels.iter(squeezed) for _, iri, _ in entries}

    def ancestors(self, iri: str) -> tuple[str, ...]:
        """All broader concepts, nearest first."""
        if iri not in self._ancestors:
            self._ancestors[iri] = self._above(iri)
        return self._ancestors[iri]

    def _above(self, iri: str) -> tuple[str, ...]:
        out: list[str] = []
        queue = list(self.concepts[iri].broader) if iri in self.concepts else []
        while queue:
            parent = queue.pop(0)
            if parent not in out and parent in self.concepts:
                out.append(parent)
                queue += self.concepts[parent].broader
        return tuple(out)

    def narrower(self, iri: str) -> tuple[str, ...]:
        """Concepts directly below one."""
        return tuple(self._narrower.get(iri, ()))


@lru_cache(maxsize=20_000)
def _folded(char: str) -> str:
    return unicodedata.normalize("NFKC", char).casefold()


def squeeze(text: str) -> tuple[str, list[int]]:
    """The text folded, without white space and hyphens, and for each of its characters the place in the text."""
    out: list[str] = []
    places: list[int] = []
    for i, char in enumerate(text):
        if char.isspace() or char in _SKIPPED:
            continue
        folded = _folded(char)
        out.append(folded)
        places.extend([i] * len(folded))
    return "".join(out), places


def _automaton(concepts: Iterable[Concept]) -> ahocorasick.Automaton:
    by_key: dict[str, list[tuple[int, str, str]]] = {}
    for concept in concepts:
        for label in concept.labels if concept.findable else ():
            for key in _numbers(squeeze(label.text)[0]):
                entry = (len(key), concept.iri, label.text)
                if len(key) >= 2 and entry not in by_key.setdefault(key, []):
                    by_key[key].append(entry)
    automaton = ahocorasick.Automaton()
    for key, entries in by_key.items():
        automaton.add_word(key, tuple(entries))
    if by_key:
        automaton.make_automaton()
    return automaton


def _numbers(key: str) -> tuple[str, ...]:
    """A key and the English plural that no s alone makes: antibody, antibodies; analysis, analyses."""
    if not key.isascii() or len(key) < 5:
        return (key,)
    if key.endswith("y") and key[-2] not in "aeiou":
        return key, f"{key[:-1]}ies"
    return (key, f"{key[:-2]}es") if key.endswith("sis") else (key,)


def _whole_words(text: str, span: Span) -> bool:
    """Whether the span's Latin ends are ends of words; a small plural s is let through (CRS is not the plural of CR)."""
    if _latin(text[span.start]) and span.start and _latin(text[span.start - 1]):
        return False
    if not _latin(text[span.end - 1]):
        return True
    rest = text[span.end : span.end + 3]
    return any(rest.startswith(s) and not _latin(rest[len(s) : len(s) + 1]) for s in ("es", "s", ""))


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _case_fits(label: str, found: str) -> bool:
    if not (label.isascii() and label.isupper()):
        return True
    strict = len(label) <= 2 or label.lower() in _CAPITALS_ONLY
    return found.isupper() if strict else True


def maximal(matches: Sequence[Match]) -> list[Match]:
    """Matches that no longer match holds, in order of the text, without doubles."""
    return list(_unheld(sorted(set(matches), key=lambda m: (m.span.start, -m.span.end, m.concept))))


def _unheld(ordered: Sequence[Match]) -> Iterator[Match]:
    longest: Span | None = None
    for match in ordered:
        if longest and longest.holds(match.span) and longest != match.span:
            continue
        if longest is None or match.span.end > longest.end or match.span == longest:
            longest = match.span
            yield match
        elif not longest.holds(match.span):
            yield match
