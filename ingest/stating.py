"""What the guidelines name and state, one after the other, each from its own text and the concepts that may stand in it.

The vocabulary changes with every guideline, since each brings its title and its abbreviations. A guideline is therefore read
with the part of the vocabulary whose labels its text holds: what another one brings and this one does not name cannot change
what is found here, and the result of an earlier build stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.cache import Cache, digest
from ingest.curating import curate_statements
from ingest.linking import link
from ingest.overrides import Override, curate_mentions
from ingest.progress import Progress, watched
from ingest.references import Shelf, find_references
from ingest.statements import RELATIONS, extract, merge_concepts
from kg.iris import document_iri
from kg.model import Concept, Document, Mention, Reference, Statement
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Stated:
    """What linking and the rules find in a guideline, and the concepts that only it needs."""

    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    concepts: tuple[Concept, ...]


def state(
    documents: Sequence[Document],
    vocabulary: Vocabulary,
    progress: Progress,
    overrides: Sequence[Override] = (),
    cache: Cache | None = None,
) -> tuple[list[Document], tuple[Concept, ...]]:
    """The documents with mentions, references and statements, and all concepts that these need."""
    shelf = Shelf.of({d.slug: d.metadata for d in documents})
    out: list[Document] = []
    groups: list[Iterable[Concept]] = [vocabulary.concepts.values()]
    for parsed in watched(documents, "link", progress):
        references = find_references(parsed, shelf)
        found = _stated(parsed, references, vocabulary, overrides, cache or Cache())
        document = replace(parsed, mentions=found.mentions, references=references, statements=found.statements)
        decided = curate_statements(document, vocabulary.joined(found.concepts), RELATIONS, overrides)
        out.append(replace(document, statements=decided.statements))
        groups += [_needed(found.concepts, decided.statements), decided.concepts]
    return out, merge_concepts([tuple(group) for group in groups])


def _needed(concepts: Iterable[Concept], statements: Iterable[Statement]) -> tuple[Concept, ...]:
    """The concepts without the phrases of statements that were decided away."""
    used = {iri for s in statements for iri in (s.subject, s.object)}
    return tuple(c for c in concepts if c.findable or ":term:" not in c.iri or c.iri in used)


def _stated(
    parsed: Document,
    references: tuple[Reference, ...],
    vocabulary: Vocabulary,
    overrides: Sequence[Override],
    cache: Cache,
) -> Stated:
    """What a guideline names and states, from its text, its references and the concepts that may stand in it."""
    bare = replace(parsed, references=references, translations={}, questions=())
    concepts = _concerned(bare, vocabulary)
    decided = tuple(r for r in overrides if r.action == "reject-mention" and r.sentence.startswith(f"{parsed.slug}#"))
    key = digest(bare, concepts, [replace(r, line=0) for r in decided])
    return cache.record("link", parsed.slug, key, Stated, lambda: _made(bare, Vocabulary(concepts), decided))


def _made(bare: Document, vocabulary: Vocabulary, decided: Sequence[Override]) -> Stated:
    linked = link(bare, vocabulary)
    document = replace(bare, mentions=curate_mentions(linked.mentions, decided))
    said = extract(document, linked, vocabulary.joined(linked.concepts))
    return Stated(document.mentions, said.statements, (*linked.concepts, *said.concepts))


def _concerned(document: Document, vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """The concepts that reading a guideline can meet: those that its texts may name, and itself."""
    own = document_iri(document.slug)
    held = set(vocabulary.held("\n".join(_texts(document)))) | {own}
    return tuple(concept for iri, concept in vocabulary.concepts.items() if iri in held)


def _texts(document: Document) -> Iterator[str]:
    yield document.text
    yield document.metadata.title_zh
    yield from (clause.title for clause in document.clauses)
    yield from (reference.title for reference in document.references)
