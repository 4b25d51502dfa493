"""English noun phrases: the members of a list, the head of each, and what stands before a verb.

The head of an English phrase is the last word before its first preposition or relative pronoun: in "long-term follow-up of
subjects who received a vector" it is "follow-up". A concept is the head where its label ends there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.making import phrase
from ingest.passages import Named, Passage
from ingest.topics import ANYBODY, GENERIC, inherited
from kg.model import Concept, Span

_BEHIND = re.compile(
    r"\s+(?:of|for|in|with|to|after|before|during|by|from|at|on|following|under|among|between|within|through|throughout|via|using"
    r"|based|associated|related|who|which|that|whose|whom|where|when|as|than|because|if|unless|until|without|versus|against"
    r"|receiving|treated|including|such|no\s+(?:later|more|less|longer)|not\s+(?:later|more)|every|administered|being|having|caused|designed|intended|per)\b"
)
_LIGHT = re.compile(
    r"^(?:(?:and|or|both|either|also|the|an?|any|all|each|some|other|such|these|those|this|its|their|appropriate|adequate|additional|potential"
    r"|possible|relevant|further|of|for|in|on|to|with|by|that|at\s+least(?!\s+\w+\s+(?:year|month|week|day))|certain|risks?\s+of|risk\s+for)\s+)+",
    re.IGNORECASE,
)
_NEXT_CLAUSE = re.compile(
    r",?\s+(?:unless|if|when|whenever|where|because|since|so\s+that|which|who|while|although|provided\s+that|in\s+order\s+to|to\s+(?:ensure|minimi[sz]e|reduce|mitigate|allow|assess|determine|establish|support|evaluate|demonstrate|show|detect))\b"
    r"|,\s+(?:and|but|or)\s+(?=[^,]{2,60}\b(?:should|must|shall|may|can|will|is|are)\b)|,\s+(?=[^,]{2,60}\b(?:should|must|shall)\b)"
)
_MEMBERS = re.compile(
    r"\s*[,;]\s*(?:and/or\s+|and\s+|or\s+|as\s+well\s+as\s+)?|\s+(?:and/or|and|or|as\s+well\s+as)\s+|\s*[()]\s*"
)
_THE = re.compile(
    r"(?i)(?:the|this|each|an?|all|any|such)?\s*(?:(?:clinical|proposed)\s+)?(?P<noun>trials?|stud(?:y|ies)|products?|drugs?)"
)
_LATIN = re.compile(r"[A-Za-z]")
_CHINESE = re.compile(r"[㐀-鿿]")
_MOST_WORDS = 16
_TOO_LITTLE = re.compile(
    r"(?i)(?:it|this|that|they|these|those|there|which|e\.?g\.?|i\.?e\.?|such|following|the following.*|others?|etc\.?|.{1,3})"
)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a list, with the concepts that its head names."""

    start: int
    end: int
    heads: tuple[Named, ...]


def is_english(text: str) -> bool:
    """Whether a sentence is read by the English rules."""
    return not _CHINESE.search(text) and bool(_LATIN.search(text))


def trimmed(passage: Passage, start: int, end: int) -> Span:
    """A region up to where its next clause begins."""
    cut = _NEXT_CLAUSE.search(passage.text, start + 2, end)
    stop = cut.start() if cut else end
    return Span(start, start + len(passage.text[start:stop].rstrip(" .,;:")))


def members(passage: Passage, region: Span) -> Iterator[Member]:
    """The members of a list; a name that holds a conjunction or a comma is not torn."""
    at = region.start
    for match in _MEMBERS.finditer(passage.text, region.start, region.end):
        if any(m.start < match.start() < m.end for m in passage.longest):
            continue
        if member := _member(passage, at, match.start()):
            yield member
        at = match.end()
    if member := _member(passage, at, region.end):
        yield member


def _member(passage: Passage, start: int, end: int) -> Member | None:
    text = passage.text[start:end]
    start += len(text) - len(text.lstrip())
    if light := _LIGHT.match(passage.text[start:end]):
        held = any(m.start < start + light.end() <= m.end for m in passage.longest)
        start += 0 if held else light.end()
    end = start + len(passage.text[start:end].rstrip(" .,;:"))
    if end - start < 2:
        return None
    return Member(start, end, heads(passage, start, end))


def heads(passage: Passage, start: int, end: int) -> tuple[Named, ...]:
    """The concepts that the head of a phrase names, the longest first."""
    stop = end
    for cut in _BEHIND.finditer(passage.text, start, end):
        if not any(m.start < cut.start() < m.end for m in passage.longest):
            stop = cut.start()
            break
    core = re.sub(r"\s*\([^()]*\)?$", "", passage.text[start:stop])
    ending = [
        m for m in passage.mentions if m.start >= start and _ends(core, m.end - start) and m.concept.iri not in GENERIC
    ]
    return tuple(sorted(ending, key=lambda m: m.start))


def _ends(core: str, place: int) -> bool:
    """Whether a name that ends at a place ends the core; a plural and a weak last word (vector products) may follow."""
    return place <= len(core) and bool(
        re.fullmatch(
            r"(?:e?s|['’]s?)?(?:\s+(?:products?|patients?|subjects?|participants?|therapy|data))?",
            core[place:].rstrip(" .,"),
        )
    )


def fitting(member: Member, kinds: frozenset[str]) -> Concept | None:
    """The concept of a member's head that is of a wanted kind."""
    return next((m.concept for m in member.heads if m.concept.kind in kinds), None)


def within(passage: Passage, region: Span, kinds: frozenset[str]) -> list[Concept]:
    """All concepts of some kinds in a region, in order."""
    found = [m for m in passage.of_kinds(kinds) if region.start <= m.start and m.end <= region.end]
    return list(dict.fromkeys(m.concept for m in found if m.concept.iri not in GENERIC))


def stand_in(passage: Passage, text: str, kinds: frozenset[str]) -> Concept | None:
    """The trial, the product, the study: what stands above that is meant, else the words themselves."""
    match = _THE.fullmatch(text.strip(" .,"))
    if not match:
        return None
    kind = "product" if match["noun"].lower().startswith(("product", "drug", "vector")) else "design"
    above = inherited(passage, frozenset({kind}))
    return above[0] if above else (phrase(match["noun"], kind, passage.sentence.clause_id) if kind in kinds else None)


def telling(found: Sequence[Concept]) -> list[Concept]:
    """Concepts without patients as such, where something else tells more."""
    return [c for c in found if c.iri not in ANYBODY] or list(found)


def words(passage: Passage, start: int, end: int, kind: str) -> Concept | None:
    """A node for a verbatim English phrase; None for one that says nothing by itself."""
    text = re.sub(r"^(?:an?|the)\s+", "", passage.text[start:end].strip(" .,;:"), flags=re.IGNORECASE)
    if _TOO_LITTLE.fullmatch(text) or len(text.split()) > _MOST_WORDS * 2:
        return None
    return phrase(text, kind, passage.sentence.clause_id)


def condition(passage: Passage, place: int) -> str | None:
    """The condition of a place, verbatim: an opening clause of if, when or where, or one that follows."""
    text = passage.text
    opening = re.match(
        r"(?i)\s*((?:if|when|where|once|whenever|in\s+(?:the\s+)?cases?\s+(?:where|of|in\s+which)|unless|in\s+situations)\b[^,]{2,140}),",
        text,
    )
    if opening and opening.end() <= place + 2:
        return opening[1].strip()
    behind = re.search(
        r"(?i)[\s,]((?:if|when|whenever|provided\s+that|in\s+cases\s+where)\s[^,;.]{3,120})", text[place:]
    )
    return behind[1].strip() if behind else None
