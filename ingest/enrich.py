"""Proposing readings and questions for a guideline, batch by batch, so that a run that stops goes on where it was.

A batch whose answer is cut off or is not JSON is asked again in halves; a row that a check refuses is asked for once more
with the reasons, then listed and left out. What is done is noted beside the target after every batch.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ingest.chat import Chat, Usage
from ingest.corpus import Translation
from ingest.proposals import Job, Judged, Rejected, Unit
from kg.errors import CorpusError
from kg.model import CorpusQuestion

Row = Translation | CorpusQuestion
Watch = Callable[[int, int, Usage], None]
_TRIES = 3


class Note(msgspec.Struct):
    """A line of the notes: the units that a batch settled, the rows that came of it, what was refused, what it cost."""

    settled: list[str]
    rows: list[msgspec.Raw] = msgspec.field(default_factory=list)
    rejected: list[Rejected] = msgspec.field(default_factory=list)
    tokens_in: int = 0
    tokens_out: int = 0


class _Head(msgspec.Struct):
    """The first line of the notes: for which text they were taken."""

    source: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a run came to: rows that passed every check, the rows refused, and the tokens, earlier runs included."""

    rows: tuple[Row, ...]
    rejected: tuple[Rejected, ...]
    usage: Usage


class Notes:
    """The partial file of a run: one line a batch, so that a run killed in between loses at most one."""

    def __init__(self, path: Path, source: str, kind: type[Row]) -> None:
        self._path, self._kind = path, kind
        self.notes: list[Note] = []
        lines = path.read_bytes().splitlines(keepends=True) if path.is_file() else []
        if lines and _is_of(lines[0], source):
            self.notes = list(_whole(lines[1:]))
        self._rewrite(source)

    @property
    def settled(self) -> set[str]:
        return {unit for note in self.notes for unit in note.settled}

    @property
    def usage(self) -> Usage:
        return Usage(sum(n.tokens_in for n in self.notes), sum(n.tokens_out for n in self.notes))

    def add(self, note: Note) -> None:
        self.notes.append(note)
        with self._path.open("ab") as file:
            file.write(msgspec.json.encode(note) + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def proposed(self) -> Proposed:
        rows = tuple(msgspec.json.decode(raw, type=self._kind) for note in self.notes for raw in note.rows)
        return Proposed(rows, tuple(r for note in self.notes for r in note.rejected), self.usage)

    def drop(self) -> None:
        self._path.unlink(missing_ok=True)

    def _rewrite(self, source: str) -> None:
        """The file again, without a last line that was cut off and without notes on another text."""
        lines = [msgspec.json.encode(_Head(source)), *map(msgspec.json.encode, self.notes)]
        write_whole(self._path, b"".join(line + b"\n" for line in lines))


@dataclass(slots=True)
class _Run:
    """Where a run stands: batches to ask, and for each unit how often it was asked alone and why it was refused."""

    queue: list[list[Unit]]
    tries: dict[str, int] = field(default_factory=dict)
    refused: dict[str, list[Rejected]] = field(default_factory=dict)


def propose_rows(
    job: Job, chat: Chat, notes: Notes, watch: Watch, *, batch_units: int = 12, batch_size: int = 1500
) -> Proposed:
    """Asks for everything that the notes do not settle yet. Raises EndpointError where the endpoint gives no answer;
    what was settled until then stays noted."""
    pending = [unit for unit in job.units if unit.id not in notes.settled]
    run = _Run(list(batches(pending, batch_units, batch_size)))
    while run.queue:
        watch(len(notes.settled), len(job.units), notes.usage)
        batch = run.queue.pop(0)
        faults = {unit.id: [f for r in run.refused.get(unit.id, ()) for f in r.faults] for unit in batch}
        reply = chat.ask(job.task, job.data(batch, {unit: why for unit, why in faults.items() if why}))
        judged = job.judge(batch, reply.value) if reply.value is not None else Judged()
        note = _settle(run, batch, judged, reply.why or "the answer leaves it out")
        note.tokens_in, note.tokens_out = reply.usage.tokens_in, reply.usage.tokens_out
        notes.add(note)
    watch(len(notes.settled), len(job.units), notes.usage)
    return notes.proposed()


def batches(units: Iterable[Unit], most: int, size: int) -> Iterator[list[Unit]]:
    """Units in order, at most so many and so large together; a unit that is larger goes alone."""
    batch: list[Unit] = []
    for unit in units:
        if batch and (len(batch) >= most or sum(u.size for u in batch) + unit.size > size):
            yield batch
            batch = []
        batch.append(unit)
    if batch:
        yield batch


def _settle(run: _Run, batch: Sequence[Unit], judged: Judged, why: str) -> Note:
    """Notes what a batch settles, and queues the rest: in halves, or refused ones alone with the reasons."""
    note = Note([])
    left = []
    for unit in batch:
        if rows := judged.rows.get(unit.id):
            note.settled.append(unit.id)
            note.rows += [msgspec.Raw(msgspec.json.encode(row)) for row in rows]
            note.rejected += judged.rejected.get(unit.id, [])
        elif len(batch) > 1 and unit.id not in judged.rejected:
            left.append(unit)
        else:
            _again(run, unit, judged, why, note)
    middle = (len(left) + 1) // 2
    run.queue[:0] = [half for half in (left[:middle], left[middle:]) if half]
    return note


def _again(run: _Run, unit: Unit, judged: Judged, why: str, note: Note) -> None:
    """Queues a unit alone, or gives it up after the last try with what was wrong."""
    run.tries[unit.id] = run.tries.get(unit.id, 0) + 1
    refused = judged.rejected.get(unit.id) or [Rejected(unit.id, "", (why,))]
    if run.tries[unit.id] < _TRIES:
        if unit.id in judged.rejected:
            run.refused[unit.id] = refused
        run.queue.insert(0, [unit])
    else:
        note.settled.append(unit.id)
        note.rejected += refused


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that it is there as a whole or as it was."""
    aside = path.with_name(f".{path.name.lstrip('.')}.writing")
    aside.write_bytes(data)
    aside.replace(path)


def encoded(rows: Iterable[Row]) -> list[str]:
    """Rows as lines of their file."""
    return [msgspec.json.encode(row).decode() for row in rows]


def _is_of(line: bytes, source: str) -> bool:
    try:
        return msgspec.json.decode(line, type=_Head).source == source
    except msgspec.DecodeError:
        return False


def _whole(lines: Sequence[bytes]) -> Iterator[Note]:
    """The notes of a file. The last line may be cut off; one before it that cannot be read is an error."""
    for number, line in enumerate(lines, 2):
        try:
            yield msgspec.json.decode(line, type=Note)
        except msgspec.DecodeError as error:
            if number <= len(lines):
                raise CorpusError(
                    f"notes of an earlier run, line {number}: {error}; delete them to begin anew"
                ) from error
