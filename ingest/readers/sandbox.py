"""Reading a file that may be hostile: in a process of its own, bounded in time and memory.

The process is the same interpreter running `ingest.readers.worker`; it answers with one JSON object on standard output.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from ingest.readers.source import SourceText
from kg.errors import SourceError

TIMEOUT = 120
MEMORY = 2 << 30
_ROOT = Path(__file__).resolve().parent.parent.parent


class Reply(msgspec.Struct):
    """What the worker says: the source, or why there is none."""

    source: SourceText | None = None
    error: str = ""


def read_bounded(path: Path, kind: str, timeout: float = TIMEOUT) -> SourceText:
    """The source of a file, read by the reader of that kind. Raises SourceError with what can be done."""
    data = run_bounded(path, [kind, str(path)], timeout)
    try:
        reply = msgspec.json.decode(data, type=Reply)
    except msgspec.DecodeError as error:
        raise SourceError(f"{path}: {_exhausted(kind)}") from error
    if reply.source is None:
        raise SourceError(f"{path}: {reply.error or _exhausted(kind)}")
    return reply.source


def run_bounded(path: Path, arguments: list[str], timeout: float = TIMEOUT) -> bytes:
    """Standard output of the worker. Raises SourceError when it takes too long."""
    command = [sys.executable, "-m", "ingest.readers.worker", str(MEMORY), str(int(timeout) + 1), *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])}
    try:
        done = subprocess.run(command, capture_output=True, timeout=timeout, env=environment, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise SourceError(
            f"{path}: took more than {timeout:g} s to read and was given up; split it or save it again"
        ) from error
    return done.stdout


def _exhausted(kind: str) -> str:
    return f"could not be read within {MEMORY >> 30} GiB of memory, or is damaged; save it again as {kind.upper()} or as text"
