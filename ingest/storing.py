"""The graph as an Oxigraph store: loaded at once, or an earlier store with what came and went since."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph

from kg import codec
from kg.errors import SnapshotError
from kg.snapshot import Manifest, current_folder, sha256

_MUCH = 0.3  # of the graph: from here on loading it at once takes less time
_SWOLLEN = 1.6  # a store's size to that of its graph: what was removed still takes its place
_FORM = pyoxigraph.RdfFormat.N_QUADS


def write_store(folder: Path, lines: Sequence[str], data: Path) -> None:
    """Writes a store of N-Quads lines. It begins as a copy of the store in use, where that one is whole and differs little."""
    if earlier := _usable(data):
        old, new = _lines(earlier / "graph.nq"), set(lines)
        if len(old ^ new) <= _MUCH * len(new):
            shutil.copytree(earlier / "store", folder)
            if _changed(folder, "".join(old - new), "".join(new - old)) == len(new):
                return
            shutil.rmtree(folder)
    store = pyoxigraph.Store(str(folder))
    store.bulk_load("".join(lines).encode(), format=_FORM)
    store.flush()


def _lines(path: Path) -> set[str]:
    """The lines of a file of N-Quads; other characters that end lines elsewhere may stand in them."""
    with path.open(encoding="utf-8", newline="\n") as file:
        return set(file)


def _changed(folder: Path, gone: str, come: str) -> int:
    """Removes quads from a store and adds others; how many it holds then."""
    store = pyoxigraph.Store(str(folder))
    for quad in pyoxigraph.parse(gone.encode(), format=_FORM):
        store.remove(quad)
    store.bulk_load(come.encode(), format=_FORM)
    store.flush()
    return len(store)


def _usable(data: Path) -> Path | None:
    """The snapshot in use, if this version of the engine made its store, no file of it has changed and it is not swollen."""
    try:
        folder = current_folder(data)
        manifest = codec.decode(folder / "manifest.json", Manifest)
        stored = {name: value for name, value in manifest.outputs.items() if name.startswith("store/")}
        size = sum((folder / name).stat().st_size for name in stored)
        if (
            manifest.versions.get("pyoxigraph") != pyoxigraph.__version__
            or size > _SWOLLEN * (folder / "graph.nq").stat().st_size
        ):
            return None
        files = stored | {"graph.nq": manifest.outputs["graph.nq"]}
        return folder if all(sha256(folder / name) == value for name, value in files.items()) else None
    except (SnapshotError, OSError, KeyError):
        return None
