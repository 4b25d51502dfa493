"""Results that are kept from build to build, so that what has not changed is not made again.

cache/<kind>/<key>    a line with the SHA-256 of what follows, then the result, packed

A key is the hash of everything that a result depends on: its inputs and the versions of what made it, the program's code among
them. So an entry is never out of date, only unused, and nothing has to be told to forget anything. What a build made is read
back from its packed form before it is used: a result is the same whether it was made or kept. An entry whose hash does not fit
is made anew. Entries that no kept snapshot was built from are deleted after a build.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec

from kg import codec
from kg.snapshot import Work

T = TypeVar("T")
CACHE = "cache"
_LEVEL = 1  # of compression: records shrink to a tenth at 100 MB a second


def digest(*parts: object) -> str:
    """SHA-256 of records, texts and bytes, in hexadecimal; where one part ends and the next begins counts."""
    out = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else codec.encode(part)
        out.update(b"%d:" % len(data) + data)
    return out.hexdigest()


@dataclass(slots=True)
class Cache:
    """The kept results of a data folder, and the account of what a build made and what it took from there.

    Without a folder nothing is kept. `versions` are those of what makes the results.
    """

    folder: Path | None = None
    versions: str = ""
    used: set[str] = field(default_factory=set)
    _work: dict[str, dict[str, bool]] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Path, versions: object) -> Cache:
        """The cache of a data folder, for results that these versions make."""
        return cls(data / CACHE, digest(versions))

    def take(self, kind: str, name: str, key: str, make: Callable[[], bytes]) -> bytes:
        """A result by its kind and key: the kept one, else the one that is made now. `name` says whose it is."""
        entry = f"{kind}/{digest(self.versions, key)}"
        kept = self._read(entry)
        self.note(kind, name, kept=kept is not None)
        self.used.add(entry)
        if kept is not None:
            return kept
        made = make()
        self._write(entry, made)
        return made

    def record(self, kind: str, name: str, key: str, form: type[T], make: Callable[[], T]) -> T:
        """The same for a record, by way of its JSON form."""
        return msgspec.json.decode(self.take(kind, name, key, lambda: codec.encode(make())), type=form)

    def drop(self, kind: str, key: str) -> None:
        """Forgets a result that was made while its inputs changed."""
        entry = f"{kind}/{digest(self.versions, key)}"
        self.used.discard(entry)
        if self.folder:
            (self.folder / entry).unlink(missing_ok=True)

    @property
    def work(self) -> dict[str, Work]:
        """By kind of result, whose were made and whose were kept."""
        return {
            kind: Work(tuple(n for n, kept in done.items() if not kept), tuple(n for n, kept in done.items() if kept))
            for kind, done in self._work.items()
        }

    def note(self, kind: str, name: str, *, kept: bool) -> None:
        """Puts down whether a result was taken from an earlier build."""
        self._work.setdefault(kind, {})[name] = kept

    def _read(self, entry: str) -> bytes | None:
        """A kept result; None where there is none or it is damaged."""
        try:
            said, _, packed = (self.folder / entry).read_bytes().partition(b"\n") if self.folder else (b"", b"", b"")
        except OSError:
            return None
        return zlib.decompress(packed) if packed and hashlib.sha256(packed).hexdigest().encode() == said else None

    def _write(self, entry: str, made: bytes) -> None:
        """Keeps a result; the file appears whole or not at all."""
        if self.folder is None:
            return
        packed = zlib.compress(made, _LEVEL)
        path = self.folder / entry
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        aside.write_bytes(hashlib.sha256(packed).hexdigest().encode() + b"\n" + packed)
        aside.replace(path)


def sweep(folder: Path, used: Collection[str]) -> None:
    """Deletes all entries of a cache's folder but some, and what writers that were killed left behind."""
    for path in folder.glob("*/*"):
        if path.relative_to(folder).as_posix() not in used:
            path.unlink(missing_ok=True)
