"""Curation: corpus/overrides.jsonl, what a person decided about extracted statements, mentions and concepts.

One object a line; it wins over extraction on every rebuild. `action` is one of

reject          drop the statement (subject, relation, object) of a sentence, if a rule finds it
accept          keep it, or add it where no rule found it; `strength` and `condition` may be given
correct         the same with what `set` changes: subject, relation, object, strength or condition
reject-mention  the sentence does not name the concept
merge           `concept` is the same as `into`: its labels move there
split           `label` of `concept` belongs to `into`

Each line is validated before anything is built: unknown sentences, concepts and relations are refused with their line. Rules
that are mended later do not make a decision wrong: a rejected statement that no rule finds any more stays away, a corrected one
stands as it was corrected, and the verbatim phrases (`term:`) of a rejected statement may be gone.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args

import msgspec

from ingest.making import statement_id
from kg.errors import CorpusError
from kg.model import Concept, Document, Label, Mention, Sentence, Statement, Strength
from kg.settings import BASE_IRI

OVERRIDES = "overrides.jsonl"
Action = Literal["reject", "accept", "correct", "reject-mention", "merge", "split"]
_ABOUT_STATEMENTS = ("reject", "accept", "correct")
_PHRASE = f"{BASE_IRI}term:"
_SETTABLE = frozenset({"subject", "relation", "object", "strength", "condition"})


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
    if row.action in _ABOUT_STATEMENTS:
        needed = ("sentence", "subject", "relation", "object")
    missing = [name for name in (*needed, "why") if not getattr(row, name)]
    if row.action == "split" and not row.label:
        missing.append("label")
    if missing:
        return f"{row.action} needs {', '.join(missing)}"
    if other := row.set.keys() - _SETTABLE:
        return f"cannot set {sorted(other)[0]}"
    if row.set.get("strength", "must") not in get_args(Strength):
        return f"no strength {row.set['strength']!r}"
    return None


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


def curate_statements(
    document: Document, known: Mapping[str, Concept], relations: Iterable[str], overrides: Sequence[Override]
) -> tuple[Statement, ...]:
    """A document's statements with the decisions about them. Raises CorpusError for a decision about what is not there."""
    sentences = {s.id: s for s in document.sentences}
    here = [r for r in overrides if r.action in _ABOUT_STATEMENTS and r.sentence.startswith(f"{document.slug}#")]
    out = {(s.sentence_id, s.subject, s.relation, s.object): s for s in document.statements}
    for row in here:
        if problem := unknown(row, sentences, known, frozenset(relations)):
            raise CorpusError(f"overrides.jsonl, line {row.line}: {problem}")
        old = out.pop((row.sentence, row.subject, row.relation, row.object), None)
        if row.action != "reject":
            new = _decided(row, old, sentences[row.sentence])
            out[(new.sentence_id, new.subject, new.relation, new.object)] = new
    return tuple(sorted(out.values(), key=lambda s: (s.span, s.relation, s.subject, s.object)))


def unknown(row: Override, sentences: Mapping[str, Sentence], known: Container[str], relations: Set[str]) -> str | None:
    """What a decision about a statement names and is not there, in words."""
    if row.sentence not in sentences:
        return f"no sentence {row.sentence}"
    for iri in (row.subject, row.object, row.set.get("subject"), row.set.get("object")):
        if iri and iri not in known and not (row.action == "reject" and iri.startswith(_PHRASE)):
            return f"no concept {iri}"
    for name in (row.relation, row.set.get("relation")):
        if name and name not in relations:
            return f"no relation {name}"
    return None


def _decided(row: Override, old: Statement | None, sentence: Sentence) -> Statement:
    parts = {"subject": row.subject, "relation": row.relation, "object": row.object} | {
        k: v for k, v in row.set.items() if k in ("subject", "relation", "object")
    }
    key = statement_id(sentence.id, parts["subject"], parts["relation"], parts["object"])
    base = old or Statement(
        key, row.subject, row.relation, row.object, sentence.strength, None, sentence.clause_id, sentence.id, sentence.span, "curation"
    )  # fmt: skip
    strength = row.set.get("strength") or row.strength or base.strength
    return replace(
        base, id=key, subject=parts["subject"], relation=parts["relation"], object=parts["object"],
        strength=msgspec.convert(strength, Strength), condition=row.set.get("condition") or row.condition or base.condition,
        rule="curation",
    )  # fmt: skip
