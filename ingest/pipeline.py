"""Building a snapshot from a corpus: read, link, state, describe, index, and swap in all or nothing.

What a build makes of one guideline is kept in the data folder (`ingest.cache`) under the hash of all that it depends on: the
clause tree, the statements, the graph and the vectors of a guideline that has not changed are taken from there. A library that
grew by one guideline is thus the same, byte for byte, whether it was built at once or in steps, except for what is learned from
the whole corpus: embedding, ranker and judge are kept while most of what they were learned from is still there (`ingest.keeping`),
and the manifest then says so, from which snapshot and why. `force` learns them anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.alone import alone
from ingest.cache import Cache, digest
from ingest.chunks import chunks
from ingest.concordance import write_concordance
from ingest.corpus import Corpus, Source, files_of, hash_corpus, read_corpus
from ingest.indexing import Material, index
from ingest.keeping import lesson_of, worth_keeping
from ingest.linking import add_abbreviations, document_concept, introduced_concepts, unite_documents
from ingest.overrides import Override, curate_concepts
from ingest.progress import Progress, watched
from ingest.publishing import aside, certify, swap_in, versions
from ingest.rdf import document_quads, library_quads, n_quads, relation_labels
from ingest.readers import read_source
from ingest.reading import structure
from ingest.schemes import check_sources
from ingest.statements import merge_concepts
from ingest.stating import state
from ingest.storing import write_store
from kg import codec
from kg.concordance import NAME as CONCORDANCE
from kg.dense import STATIC
from kg.errors import CorpusError, SnapshotError
from kg.model import Concept, Document
from kg.settings import Settings
from kg.snapshot import DECIDED, Snapshot, sha256
from kg.vocabulary import Vocabulary


def _silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def build(settings: Settings, progress: Progress = _silent, *, force: bool = False) -> Snapshot:
    """A snapshot of the corpus, made current. One that is up to date already is opened as it is, unless `force`.

    Raises CorpusError for a file that cannot be used, BusyError while another process builds; the snapshot in use stays as
    it was.
    """
    if not force and (snapshot := up_to_date(settings)):
        return snapshot
    with alone(settings.data):
        return _built(settings, progress, learn_anew=force)


def _built(settings: Settings, progress: Progress, *, learn_anew: bool) -> Snapshot:
    corpus = read_corpus(settings.corpus)
    cache = Cache.of(settings.data, versions())
    parsed = read_documents(corpus, cache, progress)
    vocabulary = name_concepts(corpus, parsed, corpus.overrides)
    documents, concepts = state(parsed, vocabulary, progress, corpus.overrides, cache)
    graph = describe(corpus, documents, concepts, progress, cache)
    lesson = lesson_of(corpus, documents)
    kept = None if learn_anew else worth_keeping(settings, versions(), lesson)
    with aside(settings.data) as folder:
        write_records(folder, corpus, documents, concepts)
        write_graph(folder, graph, settings.data)
        material = Material.of(corpus, documents, concepts)
        learned = index(folder, material, settings.embedding_model, kept or lesson, cache, progress)
        manifest = certify(folder, corpus, documents, len(concepts), settings, learned, cache)
        return swap_in(settings, folder, manifest)


def up_to_date(settings: Settings) -> Snapshot | None:
    """The current snapshot if it was made from this very corpus by this very code, else None."""
    try:
        snapshot = Snapshot.open(settings.data)
        hashes = hash_corpus(settings.corpus)
    except (SnapshotError, OSError):
        return None
    manifest = snapshot.manifest
    fresh = (manifest.inputs, manifest.versions, manifest.embedding_model) == (
        hashes, versions(), settings.embedding_model or STATIC,
    )  # fmt: skip
    return snapshot if fresh and manifest.corpus == str(settings.corpus.resolve()) else None


def read_documents(corpus: Corpus, cache: Cache, progress: Progress) -> list[Document]:
    """The guidelines of a corpus, parsed; those whose files are as they were in an earlier build are taken from there."""
    return [_read(source, corpus, cache) for source in watched(corpus.sources, "read", progress)]


def _read(source: Source, corpus: Corpus, cache: Cache) -> Document:
    files = files_of(source.slug, corpus.hashes)
    key = digest(source.slug, files)
    document = cache.record("read", source.slug, key, Document, lambda: parse(source))
    if {name: sha256(corpus.folder / name) for name in files} != files:
        cache.drop("read", key)  # a file was changed since it was hashed: this is not what the key says
    return document


def parse(source: Source) -> Document:
    """A guideline's text as a clause tree with sentences and chunks, its reading aid and questions beside it."""
    read = read_source(source.path)
    reading = structure(source.slug, read)
    tree, found = reading.tree, reading.sentences
    _check_rows(source, {s.id: s.span.of(tree.text) for s in found})
    return Document(
        slug=source.slug, metadata=source.metadata, text=tree.text, segments=tree.segments, lines=reading.lines,
        clauses=tree.clauses, sentences=found, chunks=chunks(source.slug, tree.text, tree.clauses, found, tree.tables),
        translations={row.id: row.en for row in source.translations}, questions=source.questions,
        unit=read.unit, pages=read.pages, tables=tree.tables, source=source.path.name,
        issued="" if read.plain else read.text,
    )  # fmt: skip


def name_concepts(corpus: Corpus, documents: Sequence[Document], overrides: Sequence[Override] = ()) -> Vocabulary:
    """The vocabulary of the corpus: its schemes, its documents, and what its texts abbreviate."""
    check_sources(corpus.concepts, {c.id for d in documents for c in d.clauses})
    own = [document_concept(d.slug, d.metadata) for d in documents]
    base = merge_concepts([curate_concepts(unite_documents(corpus.concepts, own), overrides)])
    known = Vocabulary(base)
    introduced = [introduced_concepts(d.slug, d.text, known) for d in documents]
    named = merge_concepts([base, *introduced])
    return Vocabulary(add_abbreviations(named, [d.text for d in documents]))


def describe(
    corpus: Corpus, documents: Sequence[Document], concepts: Sequence[Concept], progress: Progress, cache: Cache
) -> list[str]:
    """The graph as lines of sorted N-Quads without doubles: every guideline has named graphs of its own."""
    clauses = {c.id for d in documents for c in d.clauses}
    lines = [*n_quads(library_quads(concepts, corpus.folder / "ontology.ttl", clauses))]
    for document in watched(documents, "describe", progress):
        lines += _described(document, corpus.hashes[f"guidelines/{document.slug}/{document.source}"], cache)
    return sorted(lines)


def _described(document: Document, issued: str, cache: Cache) -> tuple[str, ...]:
    """A guideline's quads as sorted lines; `issued` is the SHA-256 of its file."""
    key = digest(document, issued)
    return cache.record(
        "describe", document.slug, key, tuple[str, ...], lambda: n_quads(document_quads(document, issued))
    )


def write_graph(folder: Path, lines: Sequence[str], data: Path) -> None:
    """Writes the graph as N-Quads and as an Oxigraph store."""
    (folder / "graph.nq").write_text("".join(lines), encoding="utf-8")
    write_store(folder / "store", lines, data)


def write_records(folder: Path, corpus: Corpus, documents: Sequence[Document], concepts: Sequence[Concept]) -> None:
    """Writes documents, concepts, the concordance, the names of relations and the curators' decisions."""
    (folder / "documents").mkdir()
    for document in documents:
        (folder / "documents" / f"{document.slug}.json").write_bytes(codec.encode(document))
    write_concordance(folder / CONCORDANCE, documents, Vocabulary(concepts))
    (folder / "concepts.json").write_bytes(codec.encode(concepts))
    (folder / "relations.json").write_bytes(codec.encode(relation_labels(corpus.folder / "ontology.ttl")))
    (folder / DECIDED).write_bytes(codec.encode(corpus.decided))


def _check_rows(source: Source, texts: dict[str, str]) -> None:
    """Refuses reading aid and questions whose sentence is not there, or is no longer what was translated."""
    folder = source.path.parent
    for number, row in enumerate(source.translations, 1):
        if row.id not in texts:
            raise CorpusError(f"{folder / 'translation.en.jsonl'}, line {number}: no sentence {row.id}")
        if row.zh != texts[row.id]:
            raise CorpusError(f"{folder / 'translation.en.jsonl'}, line {number}: the text of {row.id} has changed")
    for number, question in enumerate(source.questions, 1):
        for sentence_id in question.sentences:
            if sentence_id not in texts:
                raise CorpusError(f"{folder / 'questions.jsonl'}, line {number}: no sentence {sentence_id}")
