"""The process in which files are read that may be hostile; started by `sandbox`, never imported by it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec

from kg.errors import SourceError


def main(arguments: list[str]) -> None:
    """Reads one file within limits and writes the reply: memory, seconds, kind, path; page and marks of an image."""
    memory, seconds, kind, path, *rest = arguments
    _limit(int(memory), int(seconds))
    if kind == "image":
        from ingest.readers.pdf import page_png

        sys.stdout.buffer.write(page_png(Path(path), int(rest[0]), json.loads(rest[1])))
        return
    sys.stdout.buffer.write(_reply(kind, Path(path)))


def _reply(kind: str, path: Path) -> bytes:
    try:
        return msgspec.json.encode({"source": _read(kind, path)})
    except SourceError as error:
        return msgspec.json.encode({"error": str(error).removeprefix(f"{path}: ")})
    except MemoryError:
        return msgspec.json.encode({"error": "needs more memory than is allowed; split the file"})
    except RecursionError:
        return msgspec.json.encode({"error": "is nested too deeply to be a guideline; save it again as text"})


def _read(kind: str, path: Path) -> object:
    if kind == "pdf":
        from ingest.readers.pdf import read_pdf

        return read_pdf(path)
    data = path.read_bytes()
    if kind == "docx":
        from ingest.readers.docx import read_docx

        return read_docx(path, data)
    if kind == "html":
        from ingest.readers.html import read_html

        return read_html(path, data)
    from ingest.readers.markdown import read_markdown

    return read_markdown(path, data)


def _limit(memory: int, seconds: int) -> None:
    """Bounds this process where the system can; on others the time limit of the caller holds alone."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1:])
