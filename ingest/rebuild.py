"""A rebuild in a process of its own: torch stays out of the one that answers, and a build can be stopped.

`python -m ingest.rebuild` builds by the settings of its environment and writes a JSON object a line to standard output:
`{"stage", "done", "total"}` as it goes, at the end `{"snapshot"}` or `{"error"}`. All else that it prints goes to standard
error, which `Rebuild` keeps in a log of the data folder. It ends its work even if nobody reads on.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import IO, Any, Protocol

from kg.errors import CorpusError, GuidegraphError
from kg.settings import Settings

Progress = Callable[[str, int, int], None]
LOG = "rebuild.log"
_STOPPED, _PATIENCE = 3, 10.0


class CancelledError(GuidegraphError):
    """The rebuild was stopped by whoever started it."""


class Rebuilding(Protocol):
    """A rebuild that can be followed and stopped."""

    def run(self, progress: Progress) -> None: ...
    def cancel(self) -> None: ...


class Rebuild:
    """The process and what it says. Raises CorpusError with the process's own words, or CancelledError."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[str] | None = None
        self._cancelled = threading.Event()

    def run(self, progress: Progress) -> None:
        """Builds, telling how far it is; returns when the new snapshot is in use."""
        self._settings.data.mkdir(parents=True, exist_ok=True)
        log = self._settings.data / LOG
        with log.open("w", encoding="utf-8") as errors, _start(self._settings, errors) as self._process:
            if self._cancelled.is_set():
                self._process.terminate()
            last = _follow(self._process, progress)
        if self._cancelled.is_set() and "snapshot" not in last:
            raise CancelledError("the rebuild was stopped; nothing was changed")
        if "snapshot" not in last:
            raise CorpusError(str(last.get("error") or _death(self._process.returncode, log)))

    def cancel(self) -> None:
        """Stops the process; one that does not listen is killed after some seconds."""
        self._cancelled.set()
        if self._process and self._process.poll() is None:
            self._process.terminate()
            late = threading.Timer(_PATIENCE, self._process.kill)
            late.daemon = True
            late.start()


def _start(settings: Settings, errors: IO[str]) -> subprocess.Popen[str]:
    root = str(Path(__file__).parents[1])
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH")))),
        "GUIDEGRAPH_CORPUS": str(settings.corpus.resolve()),
        "GUIDEGRAPH_DATA": str(settings.data.resolve()),
        "GUIDEGRAPH_EMBEDDING_MODEL": settings.embedding_model,
        "GUIDEGRAPH_SNAPSHOTS": str(settings.snapshots),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "ingest.rebuild"], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=errors, text=True, encoding="utf-8", start_new_session=True,
    )  # fmt: skip


def _follow(process: subprocess.Popen[str], progress: Progress) -> dict[str, Any]:
    """Hands on every step; the last thing that the process said."""
    last: dict[str, Any] = {}
    for line in process.stdout or ():
        with suppress(ValueError):
            last = json.loads(line)
            if "stage" in last:
                progress(last["stage"], last["done"], last["total"])
    return last


def _death(code: int, log: Path) -> str:
    """What to say of a process that ended without a word."""
    if code < 0:
        return f"the rebuild was stopped by the system (signal {-code}), often for want of memory; see {log}"
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return f"the rebuild ended without a result ({said[-1] if said else code}); see {log}"


def main() -> int:
    """The process itself."""
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print must not stand among the steps

    def tell(**said: object) -> None:
        with suppress(OSError):  # nobody reads on: the page's server has gone
            told.write(json.dumps(said, ensure_ascii=False) + "\n")
            told.flush()

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise SystemExit(_STOPPED)  # so that what stands half-built is cleared away

    signal.signal(signal.SIGTERM, stop)
    try:
        from ingest.pipeline import build

        built = build(Settings.from_environment(), lambda stage, done, total: tell(stage=stage, done=done, total=total))
    except GuidegraphError as error:
        tell(error=str(error))
        return 1
    except Exception as error:
        traceback.print_exc()
        tell(error=f"{type(error).__name__}: {error}")
        return 1
    tell(snapshot=built.folder.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
