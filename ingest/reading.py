"""Reading a file as issued into text. Formats beyond plain text join here, one function a format."""

from __future__ import annotations

from pathlib import Path

from kg.errors import SourceError

MAX_BYTES = 64 * 1024 * 1024
_ENCODINGS = ("utf-8-sig", "gb18030")


def read_source(path: Path) -> str:
    """The text of a source file, line ends as `\\n`.

    Raises SourceError when the file is missing, empty, larger than MAX_BYTES or not text.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror})") from error
    if size > MAX_BYTES:
        raise SourceError(f"{path}: {size >> 20} MiB is over the limit of {MAX_BYTES >> 20} MiB; split the file")
    if b"\0" in data:
        raise SourceError(f"{path}: holds binary data; save the guideline as UTF-8 text")
    text = _decode(path, data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise SourceError(f"{path}: is empty")
    return text


def _decode(path: Path, data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceError(f"{path}: is neither UTF-8 nor GB18030; save it as UTF-8 text")
