"""The library's desk: a file is looked at, confirmed and shelved, a guideline taken out or put back, one job at a time.

A job changes the corpus and rebuilds the snapshot in a process of its own; it goes on whether or not a page is open, and
whoever asks sees how far it is. If it fails or is cancelled, the corpus is as it was before.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ingest.alone import alone, busy
from ingest.propose import toml
from ingest.readers import read_source
from ingest.reading import structure
from ingest.rebuild import CancelledError, Rebuild, Rebuilding
from ingest.shelve import REMOVED, Refused, Understood, add, remove, restore
from kg.errors import BusyError, CorpusError, GuidegraphError
from kg.history import Version
from kg.history import restore as return_to
from kg.model import Metadata
from kg.settings import Settings

UPLOADS = "uploads"
# how much of a rebuild each stage takes, in order
_WEIGHTS = {
    "start": 0.03,
    "read": 0.04,
    "link": 0.1,
    "describe": 0.06,
    "train": 0.3,
    "rehearse": 0.25,
    "learn": 0.15,
    "index": 0.07,
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What was understood of an uploaded file; `outline` holds depth, label and title of its clauses."""

    understood: Understood
    outline: tuple[tuple[int, str, str], ...]


@dataclass(slots=True)
class Job:
    """Work that is being done. `error` says why it failed, `cancelled` that it was stopped; nothing was changed then.

    `started` is a time in seconds since the epoch.
    """

    kind: str
    slug: str
    stage: str = "start"
    share: float = 0.0
    finished: bool = False
    error: str | None = None
    cancelled: bool = False
    started: float = field(default_factory=time.time)
    _done: dict[str, float] = field(default_factory=dict)

    def watch(self, stage: str, done: int, total: int) -> None:
        """How far a stage of the rebuild is."""
        self.stage = stage if stage in _WEIGHTS else self.stage
        self._done[stage] = done / max(total, 1)
        reached = list(_WEIGHTS).index(self.stage)
        before = sum(list(_WEIGHTS.values())[:reached])
        self.share = max(self.share, before + _WEIGHTS[self.stage] * self._done.get(self.stage, 0.0))


class Desk:
    """The one place where the library changes while the screen runs. Thread-safe."""

    def __init__(self, settings: Settings, rebuild: Callable[[Settings], Rebuilding] = Rebuild) -> None:
        self.settings = settings
        self.job: Job | None = None
        self._rebuild = rebuild
        self._rebuilding: Rebuilding | None = None
        self._lock = threading.Lock()

    @property
    def elsewhere(self) -> bool:
        """Whether a process that is not this desk's builds: a command line, or a server that has gone since."""
        return not (self.job and not self.job.finished) and busy(self.settings.data)

    def rebuild(self) -> Job:
        """Builds the corpus as it stands, with the decisions that wait."""
        return self._start(Job("rebuild", ""), lambda: None, lambda: None)

    def cancel(self) -> None:
        """Stops the job that runs; the corpus will be as it was before it."""
        if self._rebuilding:
            self._rebuilding.cancel()

    def return_to(self, name: str) -> Version:
        """Makes an earlier snapshot the one in use. Raises BusyError during a rebuild, SnapshotError for a damaged one."""
        with self._lock, alone(self.settings.data):
            return return_to(self.settings.data, name)

    def look(self, name: str, content: bytes) -> Preview | Refused:
        """What would be understood of a file; it is kept aside until it is confirmed."""
        folder = self.settings.data / UPLOADS
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / Path(name).name
        file.write_bytes(content)
        found = next(add([file], self.settings.corpus, dry_run=True))
        if isinstance(found, Refused):
            return Refused(found.file, found.reason.replace(f"{file}: ", ""))
        clauses = structure("new", read_source(file)).tree.clauses
        return Preview(found, tuple((c.depth, c.label, c.title) for c in clauses if c.label or c.title))

    def shelve(self, preview: Preview, metadata: Metadata) -> Job:
        """Adds a confirmed file and rebuilds. Raises BusyError while another job runs."""
        understood = preview.understood
        folder = self.settings.corpus / "guidelines" / understood.slug

        def work() -> None:
            found = next(add([understood.file], self.settings.corpus, slug=understood.slug))
            if isinstance(found, Refused):
                raise CorpusError(found.reason)
            (folder / "guideline.toml").write_text(toml(metadata), encoding="utf-8")
            understood.file.unlink(missing_ok=True)

        return self._start(Job("add", understood.slug), work, lambda: shutil.rmtree(folder, ignore_errors=True))

    def take_out(self, slug: str) -> Job:
        """Moves a guideline aside and rebuilds."""
        moved: list[Path] = []

        def work() -> None:
            moved.append(remove(slug, self.settings.corpus, self.settings.data))

        def undo() -> None:
            for aside in moved:
                restore(aside, slug, self.settings.corpus)

        return self._start(Job("remove", slug), work, undo)

    def put_back(self, name: str) -> Job:
        """Moves back what was taken out, by the name of its folder among what was removed."""
        aside = next(path for path in self.removed if path.name == name)
        slug = name if not name.rpartition("-")[2].isdigit() else _stem(name, self.settings.corpus)

        def undo() -> None:
            shutil.move(self.settings.corpus / "guidelines" / slug, aside)

        return self._start(Job("restore", slug), lambda: restore(aside, slug, self.settings.corpus), undo)

    @property
    def removed(self) -> tuple[Path, ...]:
        """What was taken out and is not back in the library, the latest first."""
        folder = self.settings.data / REMOVED
        shelved = self.settings.corpus / "guidelines"
        found = [p for p in folder.glob("*") if (p / "guideline.toml").is_file() and not (shelved / p.name).exists()]
        return tuple(sorted(found, key=lambda p: p.stat().st_mtime, reverse=True))

    def _start(self, job: Job, work: Callable[[], None], undo: Callable[[], None]) -> Job:
        with self._lock:
            if (self.job and not self.job.finished) or busy(self.settings.data):
                raise BusyError("the library is being rebuilt; wait until that is done")
            self.job, self._rebuilding = job, self._rebuild(self.settings)
        threading.Thread(target=self._run, args=(job, self._rebuilding, work, undo), daemon=True).start()
        return job

    def _run(self, job: Job, rebuilding: Rebuilding, work: Callable[[], None], undo: Callable[[], None]) -> None:
        try:
            work()
            rebuilding.run(job.watch)
        except Exception as error:
            undo()  # whatever went wrong: a corpus that cannot be built must not stay
            job.cancelled = isinstance(error, CancelledError)
            job.error = str(error) if isinstance(error, GuidegraphError) else f"{type(error).__name__}: {error}"
        finally:
            job.share, job.finished = 1.0, True


def _stem(name: str, corpus: Path) -> str:
    """The slug of a guideline that was removed more than once: its folder's name without the number behind it."""
    stem = name.rpartition("-")[0]
    return stem if len(name) - len(stem) == 2 and not (corpus / "guidelines" / stem).exists() else name
