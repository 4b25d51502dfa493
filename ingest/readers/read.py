"""One door to all readers: what a file is shows in its first bytes, its name decides among kinds of text only."""

from __future__ import annotations

from pathlib import Path

from ingest.readers.source import SourceText
from ingest.readers.text import read_text
from kg.errors import SourceError

MAX_BYTES = 64 * 1024 * 1024
SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".doc", ".pdf")


def read_source(path: Path) -> SourceText:
    """A source file as text with what its format says of its parts.

    Raises SourceError, which names the file and what can be done, for one that is missing, empty, larger than MAX_BYTES,
    encrypted, scanned, truncated, or of a format that is not read.
    """
    return read_text(path, _bytes(path))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SourceError(f"{path}: {size >> 20} MiB is over the limit of {MAX_BYTES >> 20} MiB; split the file")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror})") from error
