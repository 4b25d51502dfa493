"""What curators decided about a document's statements, put in force: rejected, accepted, corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

import msgspec

from ingest.ends import Ends, is_iri
from ingest.making import statement_id
from ingest.overrides import ABOUT_STATEMENTS, Override
from kg.errors import CorpusError
from kg.model import Concept, Document, Sentence, Statement, Strength
from kg.settings import BASE_IRI
from kg.vocabulary import Vocabulary

_PHRASE = f"{BASE_IRI}term:"
_DENYING = frozenset({"excludes", "not_required", "prohibits"})
Key = tuple[str, str, str, str]  # sentence, subject, relation, object


@dataclass(frozen=True, slots=True)
class Curated:
    """A document's statements after the decisions, and the phrases that only these name."""

    statements: tuple[Statement, ...]
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A decision about a statement with its ends found: the statement that it is about, and what that is afterwards; `ends` are
    subject and object of what it makes."""

    before: Key
    after: Key
    ends: tuple[Concept, ...] = ()


def curate_statements(
    document: Document, vocabulary: Vocabulary, relations: Iterable[str], overrides: Sequence[Override]
) -> Curated:
    """A document's statements with the decisions about them; `vocabulary` knows the concepts of those that rules found.

    Raises CorpusError, with the line, for a decision about what is not there.
    """
    here = [r for r in overrides if r.action in ABOUT_STATEMENTS and r.sentence.startswith(f"{document.slug}#")]
    ends, known = Ends(document, vocabulary), frozenset(relations)
    out = {(s.sentence_id, s.subject, s.relation, s.object): s for s in document.statements}
    nodes: dict[str, Concept] = {}
    for row in here:
        try:
            found = resolve(row, ends, known)
        except CorpusError as error:
            raise CorpusError(f"overrides.jsonl, line {row.line}: {error}") from error
        old = out.pop(found.before, None) or out.get(found.after)
        if row.action != "reject":
            out[found.after] = _decided(row, found.after, old, ends.sentences[row.sentence])
            nodes |= {c.iri: c for c in found.ends if c.iri not in vocabulary}
    ordered = sorted(out.values(), key=lambda s: (s.span, s.relation, s.subject, s.object))
    return Curated(tuple(ordered), tuple(nodes.values()))


def resolve(row: Override, ends: Ends, relations: Set[str]) -> Resolved:
    """A decision with its ends found. Raises CorpusError that says what of it is not there."""
    sentence = ends.sentences.get(row.sentence)
    if sentence is None:
        raise CorpusError(f"no sentence {row.sentence}")
    relation = row.set.get("relation") or row.relation
    for name in (row.relation, relation):
        if name not in relations:
            raise CorpusError(f"no relation {name}")
    before = _before(row, ends, sentence)
    if row.action == "reject":
        return Resolved(before, before)
    names = [row.set.get(name) or getattr(row, name) for name in ("subject", "object")]
    subject, obj = ends.pair(sentence, names[0], relation, names[1])
    for name, old, new in (("subject", before[1], subject), ("object", before[3], obj)):
        if (words := row.set.get(name, "")) and new.iri == old and not is_iri(words):
            raise CorpusError(f"{words!r} is another name of what stands there; 「{words}」 means the words themselves")
    if subject.iri == obj.iri:
        raise CorpusError(f"subject and object are both {obj.iri}")
    return Resolved(before, (sentence.id, subject.iri, relation, obj.iri), (subject, obj))


def _before(row: Override, ends: Ends, sentence: Sentence) -> Key:
    """The statement that a decision is about. A phrase that the decision drops or replaces need not be there."""
    if stated := ends.stated(sentence, row.subject, row.relation, row.object):
        return sentence.id, stated[0].iri, row.relation, stated[1].iri
    gone = {n for n in ("subject", "object") if row.action == "reject" or n in row.set}
    subject, obj = (
        words if words.startswith(_PHRASE) and name in gone else _found(words, name, row, ends).iri
        for name, words in (("subject", row.subject), ("object", row.object))
    )  # fmt: skip
    return sentence.id, subject, row.relation, obj


def _found(words: str, name: str, row: Override, ends: Ends) -> Concept:
    sentence = ends.sentences[row.sentence]
    return ends.subject(words, sentence) if name == "subject" else ends.object(words, sentence, row.relation)


def worded(row: Override, ends: Ends) -> Override:
    """The decision with its statement's phrases by their words, where these lead to them: rules that are mended later may make
    another node of the same words."""
    return replace(row, subject=_words(row, "subject", ends), object=_words(row, "object", ends))


def _words(row: Override, name: str, ends: Ends) -> str:
    iri = str(getattr(row, name))
    if not iri.startswith(_PHRASE) or iri not in ends.vocabulary:
        return iri
    words = ends.vocabulary[iri].label("zh")
    try:
        return words if _found(words, name, row, ends).iri.startswith(_PHRASE) else f"「{words}」"
    except CorpusError:
        return iri


def _decided(row: Override, key: Key, old: Statement | None, sentence: Sentence) -> Statement:
    """The statement that a decision makes. One that no rule found, or whose ends change, is quoted with its whole sentence."""
    _, subject, relation, obj = key
    base = old or Statement(
        "", subject, relation, obj, sentence.strength, None, sentence.clause_id, sentence.id, sentence.span, "curation",
        negated=relation in _DENYING,
    )  # fmt: skip
    same = (base.subject, base.relation, base.object) == key[1:]
    return replace(
        base, id=statement_id(*key), subject=subject, relation=relation, object=obj,
        strength=msgspec.convert(row.set.get("strength") or row.strength or base.strength, Strength),
        condition=row.set.get("condition", row.condition or base.condition) or None,
        exception=row.set.get("exception", row.exception or base.exception) or None,
        negated=base.negated if relation == base.relation else relation in _DENYING,
        span=base.span if same else sentence.span, rule="curation",
    )  # fmt: skip
