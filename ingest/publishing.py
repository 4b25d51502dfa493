"""From a folder of files to the snapshot in use: the manifest, the atomic rename, and what goes when a new one comes."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.cache import CACHE, Cache, sweep
from ingest.corpus import Corpus
from kg import codec
from kg.dense import STATIC
from kg.history import forget_old, identity, kept_entries
from kg.model import Document
from kg.settings import Settings
from kg.snapshot import FORMAT, SNAPSHOTS, Learned, Manifest, Shelf, Snapshot, make_current, sha256

# what a snapshot's bytes depend on: engines, and the readers of files
_PACKAGES = (
    "charset-normalizer",
    "faiss-cpu",
    "lxml",
    "markdown-it-py",
    "model2vec",
    "msgspec",
    "networkx",
    "numpy",
    "pyahocorasick",
    "pyoxigraph",
    "pypdfium2",
    "pystemmer",
    "python-docx",
    "rdflib",
    "scikit-learn",
    "scipy",
    "sentence-transformers",
    "tantivy",
    "tokenizers",
    "torch",
)
_BUILDING = ".building-"


def versions() -> dict[str, str]:
    """Versions of what makes a snapshot: Python, the engines, and the program by the hash of its code."""
    code = hashlib.sha256()
    for package in ("kg", "ingest"):
        for path in sorted((Path(__file__).parent.parent / package).rglob("*.py")):
            code.update(path.relative_to(path.parents[1]).as_posix().encode() + path.read_bytes())
    engines = {name: importlib.metadata.version(name) for name in _PACKAGES}
    engines["sqlite"] = sqlite3.sqlite_version
    return {"python": platform.python_version(), "code": code.hexdigest(), **engines}


def certify(
    folder: Path,
    corpus: Corpus,
    documents: Sequence[Document],
    concepts: int,
    settings: Settings,
    learned: Learned,
    cache: Cache,
) -> Manifest:
    """Writes the manifest. The snapshot's id is the hash of what it says, engines' internal files left out."""
    outputs = {p.relative_to(folder).as_posix(): sha256(p) for p in sorted(folder.rglob("*")) if p.is_file()}
    shelves = tuple(map(Shelf.of, documents))
    manifest = Manifest(
        format=FORMAT, id=identity(outputs), inputs=corpus.hashes, outputs=outputs, versions=versions(),
        embedding_model=settings.embedding_model or STATIC, corpus=str(settings.corpus.resolve()), shelves=shelves, concepts=concepts,
        learned=learned, work=cache.work, entries=tuple(sorted(cache.used)),
    )  # fmt: skip
    (folder / "manifest.json").write_bytes(codec.encode(manifest))
    return manifest


@contextmanager
def aside(data: Path) -> Iterator[Path]:
    """A folder beside the snapshots that is gone again unless it was swapped in."""
    (data / SNAPSHOTS).mkdir(parents=True, exist_ok=True)
    for left in (data / SNAPSHOTS).glob(f"{_BUILDING}*"):
        shutil.rmtree(left, ignore_errors=True)  # of a build that was killed; only one runs at a time
    folder = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=data / SNAPSHOTS))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def swap_in(settings: Settings, folder: Path, manifest: Manifest) -> Snapshot:
    """Makes a finished folder the snapshot in use; old snapshots go, and the kept results that none is made of."""
    data = settings.data
    code = manifest.versions["code"][:6]
    name = f"{manifest.id.removeprefix('sha256:')[:16]}-{code}"
    final = data / SNAPSHOTS / name
    if final.exists():
        shutil.rmtree(final)
    folder.rename(final)
    make_current(data, name)
    forget_old(settings)
    sweep(data / CACHE, kept_entries(data))
    return Snapshot(final)
