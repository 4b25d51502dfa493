"""A large library made of a small one: its guidelines repeated under other names, with all that a snapshot holds of them.

Each copy is a guideline of its own: its clauses, sentences, chunks and verbatim phrases have their own ids, it stands in the
concordance, and its sentences and chunks, with the first of its questions, in the indexes. Only graph.nq and store/, which no
page reads, are those of the small library. Copies say the same, so that a question finds the same sentence in as many
guidelines as there are copies: for what has to be opened, that is the worst case.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

import faiss
import numpy as np

from ingest.concordance import write_concordance
from ingest.indexes import asked, entries
from kg import codec
from kg.concordance import NAME as CONCORDANCE
from kg.dense import DenseIndex
from kg.lexical import Entry, LexicalIndex
from kg.model import Concept, Document, Status
from kg.snapshot import Manifest, Shelf, current_folder, make_current
from kg.text import guideline_of
from kg.vocabulary import Vocabulary

QUESTIONS = 60  # of each copy, as many as templates make
_PHRASE = re.compile(r"urn:guidegraph:term:[^\"]+")
_MADE = ("manifest.json", "concepts.json", CONCORDANCE, "lexical", "documents", "sentences", "chunks", "questions")
Copies = Sequence[tuple[str, Shelf]]  # each with the slug of what it is a copy of


def library(data: Path, folder: Path, count: int) -> Path:
    """A data folder below `folder` whose snapshot holds `count` guidelines: those of another one first, then copies of them."""
    real = current_folder(data)
    copy = folder / "data" / "snapshots" / real.name
    shutil.copytree(real, copy, copy_function=os.link, ignore=shutil.ignore_patterns(*_MADE))
    manifest = codec.decode(real / "manifest.json", Manifest)
    copies = copies_of(manifest.shelves, count)
    shelves = tuple(shelf for _, shelf in copies)
    (copy / "manifest.json").write_bytes(codec.encode(replace(manifest, shelves=shelves)))
    _write_texts(real, copy, copies)
    held = [codec.decode(real / "documents" / f"{shelf.slug}.json", Document) for shelf in manifest.shelves]
    LexicalIndex.build(copy / "lexical", _entries(held, copies))
    for part in ("sentences", "chunks", "questions"):
        _write_vectors(real / "dense" / part, copy / "dense" / part, copies)
    make_current(folder / "data", real.name)
    return folder / "data"


def copies_of(real: tuple[Shelf, ...], count: int) -> Copies:
    """The real guidelines first, then copies of them under other names."""
    statuses = (*get_args(Status), None)
    copies = (
        (shelf.slug, replace(
            shelf, slug=f"{shelf.slug}-copy-{n}",
            metadata=replace(
                shelf.metadata, title_zh=f"第{n:04}号指导原则", title_en=f"Guideline {n:04}", aliases=(),
                status=statuses[n % 4], issued=f"{2000 + n % 25}-{1 + n % 12:02}",
            ),
        ))
        for n in range(count - len(real)) for shelf in [real[(n + n // 25) % len(real)]]
    )  # fmt: skip
    return [*((shelf.slug, shelf) for shelf in real[:count]), *copies]


def _write_texts(real: Path, copy: Path, copies: Copies) -> None:
    """Documents, the concordance over them, and the vocabulary with the phrases of each copy."""
    (copy / "documents").mkdir()
    concepts = codec.decode(real / "concepts.json", tuple[Concept, ...])
    phrases, own = {c.iri: c for c in concepts if not c.findable}, dict[str, Concept]()

    paths = [copy / "documents" / f"{shelf.slug}.json" for _, shelf in copies]
    for (origin, shelf), path in zip(copies, paths, strict=True):
        text = (real / "documents" / f"{origin}.json").read_text(encoding="utf-8")
        renamed = text if shelf.slug == origin else _renamed(text, origin, shelf.slug, phrases, own)
        path.write_text(renamed, encoding="utf-8")
    write_concordance(copy / CONCORDANCE, _Documents(paths), Vocabulary(concepts))
    (copy / "concepts.json").write_bytes(codec.encode([*concepts, *own.values()]))


class _Documents:
    """Documents that are read one at a time, as often as they are gone through."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths

    def __iter__(self) -> Iterator[Document]:
        return (codec.decode(path, Document) for path in self._paths)


def _renamed(text: str, origin: str, slug: str, phrases: dict[str, Concept], own: dict[str, Concept]) -> str:
    """A document with the ids of a copy, and with verbatim phrases of its own; a term that all texts share stays."""

    def phrase(match: re.Match[str]) -> str:
        if match[0] not in phrases:
            return match[0]
        iri = f"{match[0]}-{slug.rpartition('-')[2]}"
        own.setdefault(iri, replace(phrases[match[0]], iri=iri))
        return iri

    text = re.sub(rf'"{re.escape(origin)}([#~"])', rf'"{slug}\1', text)
    return _PHRASE.sub(phrase, text)


def _entries(held: Sequence[Document], copies: Copies) -> Iterator[Entry]:
    """The lexical entries of the copies, each with the first of its questions."""
    few = [replace(d, questions=d.questions[:QUESTIONS]) for d in held]
    of = {d.slug: list(entries([d], asked([d], ()))) for d in few}
    for origin, shelf in copies:
        for entry in of[origin]:
            targets = tuple(t.replace(origin, shelf.slug) for t in entry.targets)
            yield Entry(entry.id.replace(origin, shelf.slug), targets, entry.fields)


def _write_vectors(real: Path, copy: Path, copies: Copies) -> None:
    """An index of vectors in which each copy has those of its original."""
    index = faiss.read_index(str(real / "index.faiss"))
    vectors = index.reconstruct_n(0, index.ntotal)
    of: dict[str, list[tuple[int, list[str]]]] = {}
    for n, line in enumerate((real / "entries.tsv").read_text(encoding="utf-8").splitlines()):
        entry_id, _, targets = line.partition("\t")
        if not entry_id.startswith("q:") or int(entry_id.rpartition(":")[2]) < QUESTIONS:
            of.setdefault(guideline_of(targets), []).append((n, [entry_id, *targets.split(" ")]))
    rows = [(n, [x.replace(origin, shelf.slug) for x in ids]) for origin, shelf in copies for n, ids in of[origin]]
    (copy / "entries.tsv").unlink(missing_ok=True)
    DenseIndex.build(
        copy, [(ids[0], tuple(ids[1:])) for _, ids in rows], np.ascontiguousarray(vectors[[n for n, _ in rows]])
    )
