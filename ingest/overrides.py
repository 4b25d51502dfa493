"""Curation: corpus/overrides.jsonl, what a person decided about extracted statements, mentions and concepts.

One object a line; it wins over extraction on every rebuild. `action` is one of

reject          drop the statement (subject, relation, object) of a sentence, if a rule finds it
accept          keep it, or add it where no rule found it; `strength`, `condition` and `exception` may be given
correct         the same with what `set` changes: subject, relation, object, strength, condition or exception; the last two
                are taken away with ""
reject-mention  the sentence does not name the concept
merge           `concept` is the same as `into`: its labels move there
split           `label` of `concept` belongs to `into`

A statement's subject and object are IRIs (`urn:…`) or words: a label of the vocabulary, or a phrase that stands verbatim in the
sentence, that of a subject also in a heading or list stem above it; words in 「」 are a phrase always (`ingest.ends`):

{"action": "correct", "sentence": "car-t#3.1/s2", "subject": "urn:guidegraph:concept:sponsor", "relation": "requires",
 "object": "监测", "set": {"object": "更加严格的随访监测", "exception": ""}, "why": "Not just any monitoring."}

Each line is validated before anything is built: unknown sentences, concepts, words and relations are refused with their line.
Rules that are mended later do not make a decision wrong: a rejected statement that no rule finds any more stays away, a corrected
one stands as it was corrected, and the phrases (`term:`) of a rejected statement, or those that a correction replaces, may be gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args

import msgspec

from kg.errors import CorpusError
from kg.model import Concept, Label, Mention, Strength

OVERRIDES = "overrides.jsonl"
Action = Literal["reject", "accept", "correct", "reject-mention", "merge", "split"]
ABOUT_STATEMENTS = ("reject", "accept", "correct")
LIMITS = ("condition", "exception")
_SETTABLE = frozenset({"subject", "relation", "object", "strength", *LIMITS})
_SHORTEST = 2  # characters of a condition or an exception


@dataclass(frozen=True, slots=True)
class Override:
    """A line of the file; `line` is its number, `why` the curator's reason and `at` the day of the decision."""

    action: Action
    why: str = ""
    sentence: str = ""
    subject: str = ""
    relation: str = ""
    object: str = ""
    strength: Strength | None = None
    condition: str | None = None
    exception: str | None = None
    set: dict[str, str] = field(default_factory=dict)
    concept: str = ""
    into: str = ""
    label: str = ""
    at: str = ""
    line: int = 0


def read_overrides(path: Path) -> tuple[Override, ...]:
    """The lines of an overrides file, none where there is no file. Raises CorpusError naming the line that is wrong."""
    if not path.is_file():
        return ()
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            row = msgspec.json.decode(line.encode(), type=Override)
        except msgspec.DecodeError as error:
            raise CorpusError(f"{path}, line {number}: {error}") from error
        if problem := fault(row):
            raise CorpusError(f"{path}, line {number}: {problem}")
        out.append(replace(row, line=number))
    return tuple(out)


def fault(row: Override) -> str | None:
    """What is wrong with the form of a decision, in words."""
    needed: tuple[str, ...] = ("concept", "into") if row.action in ("merge", "split") else ("sentence", "concept")
    if row.action in ABOUT_STATEMENTS:
        needed = ("sentence", "subject", "relation", "object")
    missing = [name for name in (*needed, "why") if not getattr(row, name)]
    if row.action == "split" and not row.label:
        missing.append("label")
    if missing:
        return f"{row.action} needs {', '.join(missing)}"
    return next(_unsettable(row), None)


def _unsettable(row: Override) -> Iterator[str]:
    """What is wrong with the values that a decision gives, in words."""
    for name, value in row.set.items():
        if name not in _SETTABLE:
            yield f"cannot set {name}"
        elif not value.strip() and name not in LIMITS:
            yield f"cannot set {name} to nothing"
    if row.set.get("strength", "must") not in get_args(Strength):
        yield f"no strength {row.set['strength']!r}"
    for name in LIMITS:
        if 0 < len(row.set.get(name) or getattr(row, name) or "") < _SHORTEST:
            yield f"the {name} is one character long"


def curate_concepts(concepts: Sequence[Concept], overrides: Sequence[Override]) -> tuple[Concept, ...]:
    """Concepts merged and split as decided."""
    out = {c.iri: c for c in concepts}
    for row in overrides:
        if row.action not in ("merge", "split"):
            continue
        for iri in (row.concept, row.into):
            if iri not in out:
                raise CorpusError(f"overrides.jsonl, line {row.line}: no concept {iri}")
        if row.action == "merge":
            out[row.into] = _with(out[row.into], out.pop(row.concept).labels)
        else:
            moved = tuple(x for x in out[row.concept].labels if x.text == row.label and x.role != "preferred")
            if not moved:
                raise CorpusError(f"overrides.jsonl, line {row.line}: {row.concept} has no other label {row.label!r}")
            out[row.concept] = replace(
                out[row.concept], labels=tuple(x for x in out[row.concept].labels if x not in moved)
            )
            out[row.into] = _with(out[row.into], moved)
    gone = {r.concept: r.into for r in overrides if r.action == "merge"}
    return tuple(replace(c, broader=tuple(gone.get(b, b) for b in c.broader)) for c in out.values())


def _with(concept: Concept, labels: Iterable[Label]) -> Concept:
    texts = {x.text for x in concept.labels}
    new = tuple(
        replace(x, role="alternative" if x.role == "preferred" else x.role) for x in labels if x.text not in texts
    )
    return replace(concept, labels=(*concept.labels, *new))


def curate_mentions(mentions: Iterable[Mention], overrides: Sequence[Override]) -> tuple[Mention, ...]:
    """Mentions without the rejected ones."""
    wrong = {(r.sentence, r.concept) for r in overrides if r.action == "reject-mention"}
    return tuple(m for m in mentions if (m.sentence_id, m.concept) not in wrong)
