"""A snapshot: one immutable folder that holds all that answering needs, named by the hash of what it says.

snapshots/<hash>/
    manifest.json    hashes of every input and output, versions of what made them
    documents/       one file a guideline, read when it is first needed
    concepts.json    the vocabulary with what the texts add
    concordance.sqlite  where the library names each concept and what it states of it, so that no page reads all documents
    decisions.json   the curators' decisions that went into it, as the lines of their files
    graph.nq         the graph as sorted N-Quads;  store/  the same in Oxigraph
    lexical/ dense/  the indexes and the embedding model
current              the name of the snapshot that is in use; swapped by an atomic rename
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg import codec
from kg.abstention import Judge
from kg.concordance import NAME as CONCORDANCE
from kg.concordance import Concordance
from kg.errors import SnapshotError
from kg.indexes import Indexes, open_indexes
from kg.model import Concept, Document, Metadata
from kg.ranking import Ranker
from kg.register import Register
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from kg.graph import Graph

FORMAT = 3
CURRENT, SNAPSHOTS, DECIDED = "current", "snapshots", "decisions.json"
OPEN = 64  # guidelines that are held in memory at a time, those that were needed last
LIBRARY = "library"  # in the place of a slug: what belongs to no single guideline


@dataclass(frozen=True, slots=True)
class Shelf:
    """A guideline as the library lists it. A list is drawn from these figures, without opening a guideline."""

    slug: str
    metadata: Metadata
    clauses: int
    statements: int
    characters: int = 0
    questions: int = 0
    references: int = 0
    resolved: int = 0
    source: str = ""

    @classmethod
    def of(cls, document: Document) -> Shelf:
        """The figures of a guideline."""
        return cls(
            document.slug, document.metadata, len(document.clauses), len(document.statements), len(document.text),
            len(document.questions), len(document.references), sum(r.target is not None for r in document.references),
            document.source,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """What a build made anew and what it took over from earlier builds, by slug; results of the whole library under `library`."""

    made: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Learned:
    """What embedding, ranker and judge were learned from.

    `guidelines` holds the hash of each guideline's files, `characters` the length of its text, `rest` the hash of all other
    files of the corpus. `origin` is empty where that is the snapshot's own corpus, so that a build from nothing gives the same;
    else it is the id of the earlier snapshot that they were learned for, and `why` says why they were kept.
    """

    guidelines: dict[str, str]
    characters: dict[str, int]
    rest: str
    origin: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot was made of and by. Hashes are SHA-256 in hexadecimal, by path.

    `work` says by kind of result whose were made and whose were kept, `entries` names the kept results that it is made of.
    """

    format: int
    id: str
    inputs: dict[str, str]
    outputs: dict[str, str]
    versions: dict[str, str]
    embedding_model: str
    corpus: str
    shelves: tuple[Shelf, ...]
    concepts: int = 0
    learned: Learned | None = None
    work: dict[str, Work] = field(default_factory=dict)
    entries: tuple[str, ...] = ()


class Snapshot:
    """An opened snapshot. Its parts are read when they are first used; of the guidelines, the last ones are held in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = codec.decode(folder / "manifest.json", Manifest)
        if self.manifest.format != FORMAT:
            raise SnapshotError(f"{folder}: was made by another version of the program; run `guidegraph build`")
        self.document = lru_cache(maxsize=OPEN)(self._document)

    @classmethod
    def open(cls, data: Path) -> Snapshot:
        """The current snapshot of a data folder. Raises SnapshotError when there is none or it cannot be read."""
        return cls(current_folder(data))

    @property
    def id(self) -> str:
        return self.manifest.id

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(codec.decode(self.folder / "concepts.json", tuple[Concept, ...]))

    @cached_property
    def concordance(self) -> Concordance:
        return Concordance(self.folder / CONCORDANCE)

    @cached_property
    def decided(self) -> dict[str, tuple[str, ...]]:
        """The lines of the curators' files that went into it; none for a snapshot from before they were kept."""
        path = self.folder / DECIDED
        return codec.decode(path, dict[str, tuple[str, ...]]) if path.is_file() else {}

    @cached_property
    def indexes(self) -> Indexes:
        """Raises SnapshotError when an index or the embedding model cannot be read."""
        try:
            return open_indexes(self.folder, self.manifest.embedding_model)
        except (OSError, RuntimeError, ValueError) as error:
            raise SnapshotError(
                f"{self.folder}: the indexes cannot be read ({error}); run `guidegraph build`"
            ) from error

    @cached_property
    def register(self) -> Register:
        return Register(((shelf.slug, shelf.metadata) for shelf in self.manifest.shelves), self.vocabulary)

    @cached_property
    def ranker(self) -> Ranker:
        return codec.decode(self.folder / "ranker.json", Ranker)

    @cached_property
    def judge(self) -> Judge:
        return codec.decode(self.folder / "judge.json", Judge)

    @cached_property
    def graph(self) -> Graph:
        from kg.graph import Graph  # rdflib takes its time, and a question needs no graph store

        return Graph.open(self.folder / "store")

    def _document(self, slug: str) -> Document:
        """A guideline by slug. Raises SnapshotError when the library does not hold it."""
        if slug not in {shelf.slug for shelf in self.manifest.shelves}:
            known = ", ".join(shelf.slug for shelf in self.manifest.shelves)
            raise SnapshotError(f"no guideline {slug!r} in the library; there are {known}")
        return codec.decode(self.folder / "documents" / f"{slug}.json", Document)


def current_folder(data: Path) -> Path:
    """The folder of the snapshot in use. Raises SnapshotError when nothing was built yet."""
    try:
        name = (data / CURRENT).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SnapshotError(f"{data}: holds no snapshot yet; run `guidegraph build` (or `make build`)") from error
    folder = data / SNAPSHOTS / name
    if not name or not (folder / "manifest.json").is_file():
        raise SnapshotError(f"{folder}: the current snapshot is missing; run `guidegraph build` (or `make build`)")
    return folder


def make_current(data: Path, name: str) -> None:
    """Points `current` at a snapshot in one step: readers see the old one or the new one."""
    aside = data / f".{CURRENT}.{os.getpid()}"
    aside.write_text(name + "\n", encoding="utf-8")
    aside.replace(data / CURRENT)


def sha256(path: Path) -> str:
    """SHA-256 of a file's bytes in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
