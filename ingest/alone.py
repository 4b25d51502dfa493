"""One at a time: a lock on a file of the data folder or the corpus, held by one process and gone with it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from kg.errors import BusyError

try:
    import fcntl
except ImportError:  # a system without it (Windows) relies on the one desk of the one server
    fcntl = None  # type: ignore[assignment]

BUILDING = "building.lock"
_TURN = threading.Lock()


@contextmanager
def alone(data: Path, name: str = BUILDING) -> Iterator[None]:
    """Holds the lock while the block runs. Raises BusyError at once where another process, or another thread, holds it."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / name).open("a+", encoding="utf-8") as file:
        if not _taken(file.fileno()):
            raise BusyError(f"{data}: the library is being rebuilt{_by(data / name)}; wait until that is done")
        file.truncate(0)
        file.write(f"{os.getpid()} {datetime.now().astimezone().isoformat(timespec='seconds')}\n")
        file.flush()
        yield


@contextmanager
def in_turn(folder: Path) -> Iterator[None]:
    """Waits until no one else changes the files of a folder, and holds the others off while the block runs."""
    with _TURN:
        if fcntl is None:
            yield
            return
        file = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        finally:
            os.close(file)


def busy(data: Path, name: str = BUILDING) -> bool:
    """Whether some process holds the lock."""
    if not (data / name).is_file():
        return False
    with (data / name).open("a+", encoding="utf-8") as file:
        return not _taken(file.fileno())


def _taken(file: int) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _by(path: Path) -> str:
    """Who holds it and since when, as the holder wrote it there."""
    try:
        process, _, since = path.read_text(encoding="utf-8").strip().partition(" ")
    except OSError:
        return ""
    return f" by process {process} since {since[11:16]}" if process.isdecimal() else ""
