"""What an English sentence states: the rows of `ingest.english_rules`, definitions, lists under a stem, and duties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.english_duties import english_duties
from ingest.english_phrases import Member, condition, fitting, heads, members, stand_in, telling, trimmed, within, words
from ingest.english_rules import ENGLISH_DEFINITION, ENGLISH_RULES, EnglishRule
from ingest.making import Draft
from ingest.needles import Needles
from ingest.passages import Passage
from ingest.rules import ANY, ORGANISATION
from ingest.strength import modals
from ingest.topics import ANYBODY, inherited
from kg.model import Concept, Span

_NEEDLES = Needles([rule.pattern for rule in ENGLISH_RULES])
_MOST_OBJECTS = 12
_HARMFUL = re.compile(
    r"(?i)risk|toxic|injur|damage|reaction|event|effect|infection|bias|failure|loss|death|heritable|changes?$|alteration|abnormal|tumou?r|cancer|malignan|syndrome|mutagen|disorder|bleed|adverse|respons|reduc|decreas"
)
_STEM = re.compile(r"(?i)\b(?:includ\w+|following|comprise\w*|consists?\s+of|cover|contain)\b[^.;]{0,40}:?\s*$")
_STEM_VERB = re.compile(
    r"(?i)\s+(?:(?:should|must|shall|may|can)\s+)?(?:includ\w+|compris\w+|consists?\s+of|contain\w*|cover\w*|address\w*)\b"
)
_DENIED = re.compile(
    r"(?i)\b(?:not|no|never|without|unlikely|neither)\b(?!\s+(?:limited|less|later|more|longer|shorter|fewer|exceed))"
)
_UNKNOWN = re.compile(
    r"(?i)\b(?:(?:not|un)\s*(?:known|clear|certain|established)|remains\s+to\s+be\s+\w+)\s+(?:whether|if|that)\b"
)
_DENIABLE = frozenset({"excludes", "not_required", "prohibits"})
_MERE = frozenset(f"urn:guidegraph:concept:{key}" for key in ("dose", "administration", "use", "treatment"))
_NEAR = frozenset({"product", "disease"})


def english(passage: Passage) -> Iterator[Draft]:
    """The drafts of an English sentence."""
    for number in _NEEDLES.may_match(passage.text):
        yield from _matched(ENGLISH_RULES[number], passage)
    yield from _discussed(passage)
    yield from _definitions(passage)
    yield from _listed(passage)
    yield from english_duties(passage)


def _matched(rule: EnglishRule, passage: Passage) -> Iterator[Draft]:
    for match in rule.pattern.finditer(passage.text):
        if rule.relation not in _DENIABLE and _denied(passage, match):
            continue
        objects = list(_objects(rule, passage, match))[:_MOST_OBJECTS]
        for subject in _subjects(rule, passage, match) if objects else ():
            for obj, end in objects:
                if obj.iri != subject.iri:
                    pair = (obj, subject) if rule.swap else (subject, obj)
                    yield Draft(
                        rule.name,
                        rule.relation,
                        *pair,
                        _place(passage, match),
                        end,
                        rule.strength,
                        rule.negated,
                        condition(passage, match.start()),
                    )


def _denied(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the words between subject and objects deny what the row states."""
    spans = [match.span(g) for g in ("s", "o") if match.groupdict().get(g)]
    low = min((e for s, e in spans if s == match.start()), default=match.start())
    high = max((s for s, _ in spans if s > match.start()), default=match.end())
    lead = passage.text[passage.segment(match.start()).start : match.start()] if low == match.start() else ""
    verb = passage.text[max(match.start(), low - 12) : low] if low > match.start() else ""  # ...do not | cause
    return bool(_DENIED.search(f"{lead[-40:]} {verb} {passage.text[low:high]}") or _UNKNOWN.search(passage.text[:high]))


def _place(passage: Passage, match: re.Match[str]) -> int:
    """Where the predicate stands: behind the last binding word of the match's own clause."""
    start = match.start("o") if "o" in match.re.groupindex and match["o"] else match.end()
    inside = [m.end for m in modals(passage.text) if match.start() <= m.start < match.end()]
    return max([start, *inside[:1]])


def _objects(rule: EnglishRule, passage: Passage, match: re.Match[str]) -> Iterator[tuple[Concept, int]]:
    if not match["o"]:
        yield from ((c, match.end()) for c in inherited(passage, rule.objects))
        return
    region = trimmed(passage, *match.span("o"))
    if rule.inside:
        measures = [
            m for m in passage.of_kinds(rule.objects) if match.start() <= m.start and region.start < m.end <= region.end
        ]
        yield from ((m.concept, m.end) for m in measures if _measured(rule, m.concept))
        return
    if rule.whole:
        named = _alone(passage, region, rule)
        node = named or words(passage, region.start, region.end, rule.phrase)
        yield from [(node, region.end)] if node else ()
        return
    found = [(c, member.end) for member in members(passage, region) if (c := _object(rule, passage, member))]
    if not found and rule.swap:
        found = [(c, region.end) for c in within(passage, region, rule.objects)[:1]]
    yield from found


def _alone(passage: Passage, region: Span, rule: EnglishRule) -> Concept | None:
    """The concept that a whole region names, where hardly a word more stands there."""
    found = [m for m in heads(passage, region.start, region.end) if m.concept.kind in rule.objects]
    return found[0].concept if found and found[0].end + 4 >= region.end else None


def _measured(rule: EnglishRule, concept: Concept) -> bool:
    """Whether a duration is of the sort that a row is about: a bound, an interval or a rhythm."""
    if concept.kind != "duration" or not (concept.lower or concept.upper):
        return rule.name not in ("en-frequency", "en-within", "en-at-least")
    every = ":every-" in concept.iri
    if rule.name in ("en-frequency", "en-interval"):
        return every or rule.name == "en-interval"
    if rule.name == "en-within":
        return concept.lower is None
    return not every and (rule.name != "en-at-least" or concept.lower is not None)


def _object(rule: EnglishRule, passage: Passage, member: Member) -> Concept | None:
    text = passage.text[member.start : member.end]
    concept = fitting(member, rule.objects)
    if concept and concept.iri in ANYBODY and len(text.split()) > 1:
        concept = None  # patients with X are more than patients
    if concept:
        return concept
    if not rule.phrase or (rule.phrase == "risk" and not _HARMFUL.search(text)) or len(text.split()) > 12:
        return None
    return words(passage, member.start, member.end, rule.phrase)


def _subjects(rule: EnglishRule, passage: Passage, match: re.Match[str]) -> Sequence[Concept]:
    group = match.groupdict().get("s")
    if group:
        region = Span(*match.span("s"))
        found = [c for m in members(passage, region) if (c := fitting(m, rule.subjects))]
        if found and all(c.iri in _MERE for c in found):
            found = within(passage, region, _NEAR) or found
        if not found and (meant := stand_in(passage, group, rule.subjects)):
            return [meant]
        if (
            not found
            and rule.subject_phrase
            and (node := words(passage, region.start, region.end, rule.subject_phrase))
        ):
            return [node]
        found = found or within(passage, region, rule.subjects)[-1:]
        if found:
            return telling(found)
    if rule.near and (near := _nearest(passage, match, rule.subjects)):
        return near
    if rule.near and rule.subject_phrase and (node := _clause_subject(passage, match, rule.subject_phrase)):
        return [node]
    return inherited(passage, rule.subjects) if rule.inherit else ()


def _clause_subject(passage: Passage, match: re.Match[str], kind: str) -> Concept | None:
    """The words before the binding word of a match's clause."""
    start = passage.segment(match.start()).start
    stop = next((m.start for m in modals(passage.text) if start <= m.start), 0)
    return words(passage, start, stop, kind) if stop > start else None


def _nearest(passage: Passage, match: re.Match[str], kinds: frozenset[str]) -> list[Concept]:
    """The fitting concepts before a match, else behind it, that are no objects of it."""
    taken = match.span("o") if match.groupdict().get("o") else match.span()
    found = [
        m
        for m in passage.of_kinds(kinds)
        if m.concept.iri not in taken_by(passage)
        and not (taken[0] <= m.start < taken[1] and m.concept.kind == "duration")
    ]
    before = [m.concept for m in found if m.end <= match.start()]
    behind = [m.concept for m in found if m.start >= match.start()]
    return telling(list(dict.fromkeys(before[-1:] or behind[:2])))


def taken_by(passage: Passage) -> frozenset[str]:
    """Concepts that are no subject of anything: the document's own kind of words."""
    return frozenset({"urn:guidegraph:concept:clinical-trial"}) if len(passage.longest) > 2 else frozenset()


def _definitions(passage: Passage) -> Iterator[Draft]:
    """X is defined as Y: the definiens, verbatim, and each threshold in it."""
    for cue in ENGLISH_DEFINITION.finditer(passage.text):
        start = passage.segment(cue.start()).start
        found = (
            heads(passage, start, cue.start())
            or tuple(m for m in passage.longest if start <= m.start and m.end <= cue.start())[-1:]
        )
        subject = found[0].concept if found else words(passage, start, cue.start(), "condition")
        stop = passage.stretch(cue.end()).end
        node = words(passage, cue.end(), stop, "condition")
        if not subject or not node:
            continue
        yield Draft("en-definition", "defined_as", subject, node, cue.start(), stop, "statement")
        for m in passage.longest:
            if m.start >= cue.end() and (m.concept.kind == "quantity" or (m.concept.lower or m.concept.upper)):
                yield Draft("en-threshold", "defined_as", subject, m.concept, cue.start(), m.end, "statement")


_MATTER = re.compile(
    r"(?i)\b(?:discuss|agree\s+on|seek\s+advice\s+on|consult\s+on)\s+(?P<t>[^,;:]{3,80}?)\s+(?:with|from)\s+(?P<o>[^,;:]{2,60})"
)


def _discussed(passage: Passage) -> Iterator[Draft]:
    """Discuss X with O: X too is discussed with O."""
    for match in _MATTER.finditer(passage.text):
        found = [c for m in members(passage, Span(*match.span("t"))) if (c := fitting(m, ANY - ORGANISATION))]
        parties = [c for m in members(passage, trimmed(passage, *match.span("o"))) if (c := fitting(m, ORGANISATION))]
        for subject in found:
            for party in parties:
                yield Draft("en-consults", "consults", subject, party, match.start("o"), match.end("o"))


def _listed(passage: Passage) -> Iterator[Draft]:
    """An item under a stem that ends in "should include the following:": what the stem's subject includes."""
    if not passage.sentence.id.endswith("/s1") or not _STEM.search(passage.stem) or not passage.stem_topics:
        return
    about = next((c for c in passage.stem_topics if c.kind in ANY - ORGANISATION), None)
    region = Span(0, len(passage.text.rstrip(" .;")))
    found = [c for m in members(passage, region) if (c := fitting(m, ANY - ORGANISATION))][:3]
    node = words(passage, region.start, region.end, "condition")
    for obj in (*found, *([node] if node else [])):
        if about and obj.iri != about.iri:
            yield Draft("listed", "includes", about, obj, 0, region.end)
