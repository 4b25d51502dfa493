"""Records to JSON files and back: sorted, compact, byte for byte the same for the same records."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from kg.errors import SnapshotError

T = TypeVar("T")


def encode(record: object) -> bytes:
    return msgspec.json.encode(record, order="deterministic")


def decode(path: Path, kind: type[T]) -> T:
    """The record that a file holds. Raises SnapshotError when the file is missing or of another form."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise SnapshotError(f"{path}: cannot be read ({error.strerror}); run `guidegraph build`") from error
    except msgspec.DecodeError as error:
        raise SnapshotError(f"{path}: is damaged or of another version ({error}); run `guidegraph build`") from error
