"""What every rule needs to make a statement: a draft with its place, nodes for verbatim phrases, the finished record."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from ingest.limits import limits, without_link
from ingest.passages import Passage
from ingest.strength import modals, strength_at
from kg.iris import term_iri
from kg.model import Concept, Label, Span, Statement, Strength

_EXCEPTION = re.compile(
    r"(?<![排去清删解])除(?:非|了)?(?P<a>[^，。；]{2,60}?)(?:以?外(?!部)|之外|，)|\bunless (?P<b>[^,.;]{3,80})"
)
_PRACTICE = re.compile(r"^(?:通常|一般|原则上)$|，(?:通常|一般|原则上)$")
_BESIDES = re.compile(r"[，,]?[^，。；]{0,30}?(?:还|也|更|均应|同时|鼓励|其他|其它)|[，,][^，。；]{0,10}(?:还|也)")
_TOO = re.compile(r"[，,]\s*(?:也|还|同样)")
_EDGE = " “”\"'、，,。；;：:-"
_SHORTEST, _LONGEST = 2, 160
_SHORT_ITEM = 45


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it has its identity. `place` is where its predicate stands, `end` where its object ends."""

    rule: str
    relation: str
    subject: Concept
    object: Concept
    place: int
    end: int
    strength: Strength | None = None
    negated: bool = False
    condition: str | None = None
    told: str = ""  # what narrows the object or the subject in words that no concept names


def phrase(words: str, kind: str, source: str) -> Concept | None:
    """A node for a verbatim phrase, not found in texts or questions; None where the words are too few or too many."""
    text = re.sub(r"\s+", " ", words).strip(_EDGE)
    if text.count("（") > text.count("）"):
        text = text.rsplit("（", 1)[0].strip(_EDGE)
    if not _SHORTEST <= len(text) <= _LONGEST:
        return None
    digest = hashlib.sha256(f"{kind} {text}".encode()).hexdigest()[:12]
    label = Label(text, "en" if text.isascii() else "zh", "preferred")
    return Concept(term_iri(f"{kind}-{digest}"), kind, (label,), source=source, findable=False)


def made(draft: Draft, passage: Passage) -> Statement:
    """The record of a draft: its strength from the wording that governs it, its condition, exception and place."""
    sentence = passage.sentence
    span = passage.stretch(draft.place)
    if draft.end > span.end:
        span = Span(span.start, passage.stretch(draft.end).end)
    return Statement(
        statement_id(sentence.id, draft.subject.iri, draft.relation, draft.object.iri),
        draft.subject.iri,
        draft.relation,
        draft.object.iri,
        draft.strength or strength_at(passage.text, draft.place, fallback(passage, draft.rule)),
        _condition(draft, passage),
        sentence.clause_id,
        sentence.id,
        Span(sentence.span.start + span.start, sentence.span.start + span.end),
        draft.rule,
        exception(passage.text[span.start : span.end]),
        draft.negated,
    )


def _condition(draft: Draft, passage: Passage) -> str | None:
    """What limits a statement, each limit once; what its object already says is not said again."""
    said = "" if draft.object.findable else draft.object.label("zh")
    found = limits(passage, draft.place, draft.subject, draft.end, said, bound=draft.rule.startswith("duty")) or ""
    if draft.relation == "usually":
        found = _PRACTICE.sub("", found)
    given = without_link(draft.condition) if draft.condition else ""
    said_before = (*given.split("，"), draft.subject.label("zh"))
    rest = "，".join(w for w in found.split("，") if w not in said_before)
    words = [w for w in (given, rest, draft.told if draft.told != said else "") if w]
    kept = [w for n, w in enumerate(words) if not any(w in o and (w != o or m < n) for m, o in enumerate(words))]
    return "，".join(kept) or None


def statement_id(sentence: str, subject: str, relation: str, obj: str) -> str:
    """A statement's id: the same for the same triple of the same sentence in every build."""
    return hashlib.sha256("|".join((sentence, subject, relation, obj)).encode()).hexdigest()[:16]


def fallback(passage: Passage, rule: str) -> Strength:
    """The strength that a sentence without binding words takes from its list's stem, or from a heading that says 可能."""
    listed = rule == "listed" or (len(passage.text) < _SHORT_ITEM and rule != "parts")
    if listed and passage.stem_strength != "statement" and not re.search(r"考虑|注意", passage.stem[-20:]):
        return passage.stem_strength
    if passage.before and passage.text.startswith(("此后", "随后")):  # what goes on is as binding as what it goes on
        return strength_at(passage.before, len(passage.before))
    return "may" if passage.stem == "" and "可能存在" in passage.titles else "statement"


def _adds(text: str, place: int) -> bool:
    """Whether only conditions stand between 除…外 and 也: 除满足 A 外，当 B 时，也可采用 C."""
    too = _TOO.search(text, place)
    return too is not None and not any(place <= m.start < too.start() and not m.conditional for m in modals(text))


def exception(text: str) -> str | None:
    """The words of 除…外 and of unless; 除…外，还 adds to what it names and excepts nothing.

    >>> exception("除危及生命的疾病外，应采用平行对照"), exception("除产品相关因素外，还应考虑靶细胞")
    ('危及生命的疾病', None)
    """
    match = _EXCEPTION.search(text)
    if match is None or _BESIDES.match(text, match.end()) or _adds(text, match.end()):
        return None
    return (match["a"] or match["b"]).strip()
