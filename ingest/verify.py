"""Verification: that everything quoted stands in the sources, that no file has changed, that the graph has its shape."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyshacl import validate
from rdflib import Graph

from ingest.corpus import hash_corpus
from ingest.rdf import dataset
from ingest.readers import read_source
from kg.errors import SnapshotError
from kg.model import Document, Span
from kg.snapshot import Snapshot, sha256
from kg.verbatim import Issued


@dataclass(slots=True)
class Report:
    """How many things of each sort were checked, and what failed, a line each."""

    checked: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def add(self, name: str, failures: Iterator[str | None]) -> None:
        results = list(failures)
        self.checked[name] = len(results)
        self.failures += [failure for failure in results if failure]


def verify(snapshot: Snapshot, corpus: Path | None = None) -> Report:
    """Checks hashes of inputs and outputs, every sentence, mention and statement against the file, and the shapes."""
    folder = corpus or Path(snapshot.manifest.corpus)
    report = Report()
    report.add("outputs", _outputs(snapshot))
    report.add("inputs", _inputs(snapshot, folder))
    for shelf in snapshot.manifest.shelves:
        document = snapshot.document(shelf.slug)
        report.add(f"quotes of {shelf.slug}", _quotes(document, folder))
    report.add("sources", _sources(snapshot))
    report.add("shapes", _shapes(snapshot, folder))
    return report


def _outputs(snapshot: Snapshot) -> Iterator[str | None]:
    for name, digest in snapshot.manifest.outputs.items():
        path = snapshot.folder / name
        if not path.is_file():
            yield f"{path}: is missing"
        elif sha256(path) != digest:
            yield f"{path}: has changed since the snapshot was made"
        else:
            yield None


def _inputs(snapshot: Snapshot, folder: Path) -> Iterator[str | None]:
    if not folder.is_dir():
        raise SnapshotError(f"{folder}: the corpus that the snapshot was made from is not there; name it with --corpus")
    now, then = hash_corpus(folder), snapshot.manifest.inputs
    for name in sorted({*now, *then}):
        same = now.get(name) == then.get(name)
        yield None if same else f"{folder / name}: differs from what the snapshot was made of"


def _quotes(document: Document, folder: Path) -> Iterator[str | None]:
    issued = Issued(read_source(folder / "guidelines" / document.slug / document.source).text, document)
    places: list[tuple[str, Span]] = [(s.id, s.span) for s in document.sentences]
    places += [(f"{m.sentence_id} ({m.concept})", m.span) for m in document.mentions]
    places += [(f"statement {s.id} in {s.sentence_id}", s.span) for s in document.statements]
    for name, span in places:
        held = issued.holds(span, span.of(document.text))
        yield None if held else f"{document.slug}: {name} is not verbatim in the source"


def _sources(snapshot: Snapshot) -> Iterator[str | None]:
    """Whether each definition's clause is there; one of a guideline that is not in the library is let be."""
    clauses = {c.id for shelf in snapshot.manifest.shelves for c in snapshot.document(shelf.slug).clauses}
    slugs = {clause.partition("#")[0] for clause in clauses}
    for concept in snapshot.vocabulary.concepts.values():
        for source in concept.sources:
            slug = source.partition("#")[0]
            missing = "#" in source and slug in slugs and source not in clauses
            yield f"{concept.iri}: its source {source} is no clause of {slug}" if missing else None


def _shapes(snapshot: Snapshot, folder: Path) -> Iterator[str | None]:
    logging.getLogger("pyshacl").setLevel(logging.ERROR)
    data = Graph()
    for triple in dataset((snapshot.folder / "graph.nq").read_text(encoding="utf-8")).quads():
        data.add(triple[:3])
    conforms, _, text = validate(data, shacl_graph=str(folder / "shapes.ttl"), inference="none")
    yield None if conforms else f"the graph breaks a shape: {str(text).strip()[:2000]}"
