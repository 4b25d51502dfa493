"""What English wording asks for, permits or forbids, and of what: should, must, may, is recommended, is encouraged to.

The words behind a modal are the action; its direct object is a concept of its own. The subject before the modal has the duty:
an organisation is responsible for it, anything else requires it; what "For X," opens with, or the headings, is what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.english_phrases import condition, fitting, heads, members, telling, trimmed, within, words
from ingest.making import Draft
from ingest.passages import Passage
from ingest.rules import ANY, THING
from ingest.strength import Modal, modals
from ingest.topics import ANYBODY, GENERIC, SETTINGS, inherited
from kg.model import Concept, Span, Strength

_RELATION: dict[Strength, str] = {
    "must": "requires", "should": "requires", "encouraged": "encourages", "may": "allows", "not": "prohibits", "statement": "usually",
}  # fmt: skip
_HAPPENS = re.compile(
    r"(?:also\s+|not\s+|therefore\s+|adversely\s+|\w+ly\s+)*(?:cause|lead|result|occur|affect|differ|vary|persist|develop|have|contain|increase|decrease|arise|appear|exist|require|remain|become|depend|produce|induce|predict"
    r"|influence|impact|reflect|help|interfere|present|pose|experience|confound|limit|indicate|be\s+(?:associated|difficult|limited|due|possible|related|necessary|needed|affected|present|at\s+risk|subject|at|more|less|higher|lower|caused|observed|present|unable|able|required|delayed|life))\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"(?:also\s+|only\s+|not\s+|\w+ly\s+)*be\s+(?:\w+ly\s+)?(?!able|aware)\w+", re.IGNORECASE)
_ACTIVE = re.compile(
    r"(?:also\s+|only\s+|not\s+|\w+ly\s+)*(?!be\b|have\b|not\b|include\b|contain\b|comprise\b|consist\b|last\b)[a-z]+\b"
)
_VERB = re.compile(r"^(?:(?:also|only|always|not|to|that)\s+|\w+ly\s+)*[a-z]+\s+(?:(?:and|or)\s+[a-z]+\s+)?(?=\S)")
_LOOK = re.compile(
    r"^(?:\w+ly\s+|also\s+)*(?:consider|monitor|evaluate|assess|examine|address|observe|take\s+into\s+account)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"^(?:\w+ly\s+|also\s+)*(?:update|modify|adjust|revise|amend|extend|shorten|optimi[sz]e)\b", re.IGNORECASE
)
_TOPIC = re.compile(
    r"^(?:however,\s+|therefore,\s+|in\s+addition,\s+)?(?:for|in|with\s+respect\s+to|regarding|when\s+\w+ing|if|where|when)\s+(?P<t>[^,]{3,110}),",
    re.IGNORECASE,
)
_THAT = re.compile(
    r"^(?:that\s+)?(?P<who>(?:the\s+|all\s+)?(?:sponsors?|applicants?|investigators?|manufacturers?|you))\s+(?P<act>\w.*)$",
    re.IGNORECASE | re.DOTALL,
)
_THAT_BE = re.compile(r"^that\s+(?P<what>[^,;]{3,90}?)\s+(?P<act>be\s+\w+.*)$", re.IGNORECASE | re.DOTALL)
_SAID = re.compile(r"(?:is|are|be|was|were)(?:\s+\w+ly)?\s*$", re.IGNORECASE)
_TO = re.compile(r"^to\s+(?=[a-z])")
_ROW = re.compile(r"(?i)recommended|required")  # what rows of the table read
_OTHER = re.compile(r"(?i)exceed|be\s+excluded|(?:be\s+)?exclude")  # no actions: bounds and exclusions
_DONE = re.compile(
    r"(?i)be\s+(?:\w+ly\s+)?(?:performed|conducted|carried\s+out|undertaken|used|provided|obtained|collected|included|established|implemented|considered|developed|submitted|specified)\b"
)
_BARE = re.compile(r"(?i)be\s+(?:\w+ly\s+)?\w+(?:\s+out)?")
_PLAIN = frozenset(
    {"urn:guidegraph:concept:clinical-trial", "urn:guidegraph:concept:efficacy", "urn:guidegraph:concept:safety"}
)
_ACTORS = "organisation"
_NEW_CLAUSE = re.compile(r",\s+(?:and\s+|but\s+|or\s+)?(?!which|who)")
_LONGEST = 200


def english_duties(passage: Passage) -> Iterator[Draft]:
    """The drafts of every binding word of an English sentence that governs an action."""
    for modal in modals(passage.text):
        if modal.conditional or _supposed(passage, modal):
            continue
        said = passage.text[modal.start : modal.end].lower()
        if said.startswith(("recommend", "advis")) or said == "preferred":
            yield from _recommended(passage, modal)
        elif said.startswith("encourag") or "required" in said:
            yield from _asked(passage, modal)
        else:
            yield from _bound(passage, modal)


def _supposed(passage: Passage, modal: Modal) -> bool:
    """Whether a modal stands in an if- or which-clause, where it asks for nothing."""
    before = passage.text[passage.segment(modal.start).start : modal.start]
    return bool(
        re.search(
            r"(?i)(?:^|\s)(?:if|when|whether|where|that|which|who|how|because|although|unless|as)\s[^,]*$", before
        )
        and not re.match(r"(?i)\s*(?:if|when|where)\b.*,\s", before)
    )


def _bound(passage: Passage, modal: Modal) -> Iterator[Draft]:
    """S should V: the subject before the modal, and the action behind it."""
    action = _action(passage, modal.end)
    text = action.of(passage.text)
    said = passage.text[modal.start : modal.end]
    if (modal.strength in ("may", "statement") and _HAPPENS.match(text)) or _ROW.search(said) or _OTHER.match(text):
        return
    if not (_PASSIVE.match(text) or _ACTIVE.match(text)):
        return
    region = Span(_clause_start(passage, modal.start), modal.start)
    subjects = _before(passage, region)
    if not subjects and (node := words(passage, region.start, region.end, "condition")):
        subjects = [node]
    if _DONE.match(text):
        yield from _topical(passage, modal, subjects)
    if not _BARE.fullmatch(text):
        yield from _drafts(passage, modal, subjects, action)


def _topical(passage: Passage, modal: Modal, subjects: Sequence[Concept]) -> Iterator[Draft]:
    """For X, Y should be performed: X requires Y."""
    for subject in (_topics(passage, modal) or _above(passage)) if modal.strength != "not" else ():
        for obj in subjects:
            if obj.iri != subject.iri and obj.kind != _ACTORS and obj.findable:
                yield Draft(
                    "en-duty",
                    _RELATION[modal.strength],
                    subject,
                    obj,
                    modal.end,
                    modal.end,
                    modal.strength,
                    condition=condition(passage, modal.end),
                )


def _recommended(passage: Passage, modal: Modal) -> Iterator[Draft]:
    """We recommend that S V, we recommend V-ing, X is recommended for Y."""
    before = passage.text[_clause_start(passage, modal.start) : modal.start]
    if (
        re.search(r"(?i)\bnot\s+\w*\s*$|\bnot\s*$", before)
        or passage.text[modal.start : modal.end].lower() == "preferred"
    ):
        return
    action = _action(passage, modal.end)
    text = passage.text[action.start : action.end]
    if match := _THAT.match(text) or _THAT_BE.match(text):
        start = action.start + match.start("act")
        subject = Span(action.start + match.start(1), action.start + match.end(1))
        yield from _drafts(passage, modal, _before(passage, subject), Span(start, action.end))
    elif _SAID.search(before):
        yield from _passive(passage, modal, before)
    elif re.match(r"(?:\w+ly\s+)?\w+ing\b|(?:an?|the)\s", text):
        yield from _drafts(passage, modal, [], action)


def _passive(passage: Passage, modal: Modal, before: str) -> Iterator[Draft]:
    """X is recommended (for Y): what Y, else what stands above, requires."""
    start = _clause_start(passage, modal.start)
    what = Span(start, start + len(_SAID.sub("", before).rstrip()))
    whom = re.match(r"\s+(?:for|in|to)\s+(?P<y>[^,;.]{3,90})", passage.text[modal.end :])
    found = [c for m in members(passage, what) if (c := fitting(m, ANY - {"organisation"}))]
    about = within(passage, Span(modal.end, modal.end + whom.end()), THING)[:1] if whom else []
    for subject in about or _above(passage):
        for obj in found:
            if obj.iri != subject.iri:
                relation = "recommended_design" if obj.kind == "design" else _RELATION[modal.strength]
                yield Draft("en-duty", relation, subject, obj, modal.end, modal.end, modal.strength)


def _asked(passage: Passage, modal: Modal) -> Iterator[Draft]:
    """S is encouraged to V, S is required to V, we encourage S to V, X is required for Y (a row of the table)."""
    action = _action(passage, modal.end)
    text = passage.text[action.start : action.end]
    region = Span(_clause_start(passage, modal.start), modal.start)
    if to := _TO.match(text):
        bare = re.sub(r"\s*(?:is|are|be)(?:\s+\w+ly)?\s*$", "", region.of(passage.text))
        subjects = _before(passage, Span(region.start, region.start + len(bare)))
        yield from _drafts(passage, modal, subjects, Span(action.start + to.end(), action.end))
    elif match := re.match(r"(?P<who>[^,;]{3,60}?)\s+to\s+(?P<act>[a-z]+\s.*)$", text, re.DOTALL):
        who = Span(action.start + match.start("who"), action.start + match.end("who"))
        yield from _drafts(passage, modal, _before(passage, who), Span(action.start + match.start("act"), action.end))
    elif re.match(r"(?:the\s+)?(?:use|development|inclusion|collection|establishment)\s+of|an?\s|\w+ing\b", text):
        yield from _drafts(passage, modal, [], action)


def _drafts(passage: Passage, modal: Modal, subjects: Sequence[Concept], action: Span) -> Iterator[Draft]:
    text = action.of(passage.text)
    node = words(passage, action.start, action.end, "condition")
    actors = [c for c in subjects if c.kind == _ACTORS]
    things = [c for c in subjects if c.kind != _ACTORS]
    explicit = things or _topics(passage, modal)
    topics = explicit or _above(passage)
    how = "considers" if _LOOK.match(text) else "adjusts" if _CHANGE.match(text) else ""
    relation = _RELATION[modal.strength]
    negated = modal.strength == "not"
    objects = [] if negated else _governed(passage, action)
    when = condition(passage, modal.end)
    for subject in (*actors, *topics[:2]):
        name = "responsible_for" if subject in actors and not negated else relation
        named = [(o, name if name == "responsible_for" else how or relation) for o in objects]
        for obj, said in (*named, *([(node, name)] if node else [])):
            if obj.iri != subject.iri and (subject not in topics or explicit or obj.findable or not actors):
                yield Draft("en-duty", said, subject, obj, modal.end, action.end, modal.strength, negated, when)


def _governed(passage: Passage, action: Span) -> list[Concept]:
    """The heads of the direct objects of an active verb."""
    text = action.of(passage.text)
    verb = _VERB.match(text)
    if not verb or _PASSIVE.match(text):
        return []
    region = trimmed(passage, action.start + verb.end(), action.end)
    comma = passage.text.find(", ", region.start, region.end)
    found = [c for m in members(passage, region) if (c := fitting(m, THING | {"document"}))]
    first = heads(passage, region.start, region.end if comma < 0 else comma)
    return [
        c
        for c in dict.fromkeys([*found, *(m.concept for m in first[:1])])
        if c.iri not in ANYBODY | _PLAIN and c.kind != "organisation"
    ][:6]


def _action(passage: Passage, start: int) -> Span:
    """The words behind a modal up to the next clause."""
    stop = min(passage.stretch(start).end, start + _LONGEST)
    start += len(passage.text[start:stop]) - len(passage.text[start:stop].lstrip(" :,"))
    return trimmed(passage, start, stop) if stop - start > 3 else Span(start, max(start, stop))


def _clause_start(passage: Passage, place: int) -> int:
    """Where the clause of a modal begins: behind the last comma with a new subject, or at the stretch's start."""
    floor = passage.stretch(place).start
    return max([floor, *(m.end() for m in _NEW_CLAUSE.finditer(passage.text, floor, place))])


def _before(passage: Passage, region: Span) -> list[Concept]:
    """The subjects of a clause: the heads of the phrase before its verb, else what it names."""
    found = [c for m in members(passage, region) if (c := fitting(m, ANY))]
    found = found or within(passage, region, ANY - {"quantity", "duration"})[:1]
    if len(found) == 1 and found[0].iri in ANYBODY | _PLAIN:
        found = [*found, *within(passage, region, frozenset({"product", "disease"}))[:1]]
    return [c for c in telling(list(dict.fromkeys(found))) if c.iri not in GENERIC]


def _topics(passage: Passage, modal: Modal) -> list[Concept]:
    """What "For X," at the opening of the sentence names."""
    match = _TOPIC.match(passage.text[: modal.start])
    if not match:
        return []
    region = Span(*match.span("t"))
    found = [c for m in members(passage, region) if (c := fitting(m, THING))] or within(passage, region, THING)[:1]
    return [c for c in telling(found) if c.iri not in SETTINGS | _PLAIN]


def _above(passage: Passage) -> list[Concept]:
    """What the headings and the title are about."""
    loose = SETTINGS | ANYBODY | _PLAIN
    near = inherited(passage, THING - {"endpoint"}, loose)
    return list(dict.fromkeys((*near, *inherited(passage, frozenset({"product", "disease"})))))[:2]
