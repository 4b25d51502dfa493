"""Building a snapshot from a corpus: read, link, state, describe, index, and swap in all or nothing."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pyoxigraph

from ingest.alone import alone
from ingest.chunks import chunks
from ingest.corpus import Corpus, Source, hash_corpus, read_corpus
from ingest.indexing import index
from ingest.linking import add_abbreviations, document_concept, introduced_concepts, link, unite_documents
from ingest.overrides import Override, curate_concepts, curate_mentions, curate_statements
from ingest.rdf import document_quads, library_quads, n_quads, relation_labels
from ingest.readers import read_source
from ingest.reading import structure
from ingest.references import find_references
from ingest.schemes import check_sources
from ingest.statements import RELATIONS, extract, merge_concepts
from kg import codec
from kg.dense import STATIC
from kg.errors import CorpusError, SnapshotError
from kg.history import forget_old, identity
from kg.model import Concept, Document
from kg.settings import Settings
from kg.snapshot import DECIDED, FORMAT, SNAPSHOTS, Manifest, Shelf, Snapshot, make_current, sha256
from kg.vocabulary import Vocabulary

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
_PACKAGES = (
    "faiss-cpu",
    "model2vec",
    "networkx",
    "pyoxigraph",
    "rdflib",
    "sentence-transformers",
    "tantivy",
    "torch",
)


_BUILDING = ".building-"


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
        return _built(settings, progress)


def _built(settings: Settings, progress: Progress) -> Snapshot:
    corpus = read_corpus(settings.corpus)
    parsed = [parse(source) for source in _watched(corpus.sources, "read", progress)]
    vocabulary = name_concepts(corpus, parsed, corpus.overrides)
    documents, concepts = state(parsed, vocabulary, progress, corpus.overrides)
    graph = describe(corpus, documents, concepts, progress)
    with _aside(settings.data) as folder:
        write_records(folder, corpus, documents, concepts, graph)
        index(folder, corpus, documents, concepts, settings.embedding_model, progress)
        manifest = certify(folder, corpus, documents, len(concepts), settings)
        return _swap_in(settings, folder, manifest)


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
    introduced = [introduced_concepts(d.slug, d.text, Vocabulary(base)) for d in documents]
    named = merge_concepts([base, *introduced])
    return Vocabulary(add_abbreviations(named, [d.text for d in documents]))


def state(
    documents: Sequence[Document], vocabulary: Vocabulary, progress: Progress, overrides: Sequence[Override] = ()
) -> tuple[list[Document], tuple[Concept, ...]]:
    """The documents with mentions, references and statements, and all concepts that these need."""
    library = {d.slug: d.metadata for d in documents}
    out: list[Document] = []
    groups: list[Iterable[Concept]] = [vocabulary.concepts.values()]
    for parsed in _watched(documents, "link", progress):
        linked = link(parsed, vocabulary)
        known = vocabulary.joined(linked.concepts)
        mentions = curate_mentions(linked.mentions, overrides)
        document = replace(parsed, mentions=mentions, references=find_references(parsed, library))
        said = extract(document, linked, known)
        document = replace(document, statements=said.statements)
        named = known.concepts | {c.iri: c for c in said.concepts}
        out.append(replace(document, statements=curate_statements(document, named, RELATIONS, overrides)))
        groups += [linked.concepts, said.concepts]
    return out, merge_concepts([tuple(group) for group in groups])


def describe(corpus: Corpus, documents: Sequence[Document], concepts: Sequence[Concept], progress: Progress) -> str:
    """The graph as sorted N-Quads."""
    digests = {s.slug: sha256(s.path) for s in corpus.sources}
    clauses = {c.id for d in documents for c in d.clauses}
    quads = list(library_quads(concepts, corpus.folder / "ontology.ttl", clauses))
    for document in _watched(documents, "describe", progress):
        quads += document_quads(document, digests[document.slug])
    return n_quads(quads)


def write_records(
    folder: Path, corpus: Corpus, documents: Sequence[Document], concepts: Sequence[Concept], graph: str
) -> None:
    """Writes documents, concepts and the graph, as N-Quads and as an Oxigraph store."""
    (folder / "documents").mkdir()
    for document in documents:
        (folder / "documents" / f"{document.slug}.json").write_bytes(codec.encode(document))
    (folder / "concepts.json").write_bytes(codec.encode(concepts))
    (folder / "relations.json").write_bytes(codec.encode(relation_labels(corpus.folder / "ontology.ttl")))
    (folder / DECIDED).write_bytes(codec.encode(corpus.decided))
    (folder / "graph.nq").write_text(graph, encoding="utf-8")
    store = pyoxigraph.Store(str(folder / "store"))
    store.bulk_load(graph.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    store.flush()


def certify(folder: Path, corpus: Corpus, documents: Sequence[Document], concepts: int, settings: Settings) -> Manifest:
    """Writes the manifest. The snapshot's id is the hash of what it says, engines' internal files left out."""
    outputs = {p.relative_to(folder).as_posix(): sha256(p) for p in sorted(folder.rglob("*")) if p.is_file()}
    shelves = tuple(map(Shelf.of, documents))
    manifest = Manifest(
        format=FORMAT, id=identity(outputs), inputs=corpus.hashes, outputs=outputs, versions=versions(),
        embedding_model=settings.embedding_model or STATIC, corpus=str(settings.corpus.resolve()), shelves=shelves, concepts=concepts,
    )  # fmt: skip
    (folder / "manifest.json").write_bytes(codec.encode(manifest))
    return manifest


def versions() -> dict[str, str]:
    """Versions of what makes a snapshot: Python, the engines, and the program by the hash of its code."""
    code = hashlib.sha256()
    for package in ("kg", "ingest"):
        for path in sorted((Path(__file__).parent.parent / package).rglob("*.py")):
            code.update(path.relative_to(path.parents[1]).as_posix().encode() + path.read_bytes())
    engines = {name: importlib.metadata.version(name) for name in _PACKAGES}
    return {"python": platform.python_version(), "code": code.hexdigest(), **engines}


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


@contextmanager
def _aside(data: Path) -> Iterator[Path]:
    """A folder beside the snapshots that is gone again unless it was swapped in."""
    (data / SNAPSHOTS).mkdir(parents=True, exist_ok=True)
    for left in (data / SNAPSHOTS).glob(f"{_BUILDING}*"):
        shutil.rmtree(left, ignore_errors=True)  # of a build that was killed; only one runs at a time
    folder = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=data / SNAPSHOTS))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _swap_in(settings: Settings, folder: Path, manifest: Manifest) -> Snapshot:
    data = settings.data
    code = manifest.versions["code"][:6]
    name = f"{manifest.id.removeprefix('sha256:')[:16]}-{code}"
    final = data / SNAPSHOTS / name
    if final.exists():
        shutil.rmtree(final)
    folder.rename(final)
    make_current(data, name)
    forget_old(settings)
    return Snapshot(final)


def _watched(items: Sequence[T], stage: str, progress: Progress) -> Iterator[T]:
    for done, item in enumerate(items):
        progress(stage, done, len(items))
        yield item
    progress(stage, len(items), len(items))
