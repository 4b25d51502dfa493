"""What visitors keep: the questions they asked, the ones they starred, and what they thought of an answer.

One SQLite file in the data folder, beside the snapshots, so that a rebuild leaves it alone. A visitor is a random word that
the browser keeps; nobody is named.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString

from kg.contract import answer_json
from kg.errors import NotebookError
from kg.model import Answer

NAME = "notebook.sqlite"
_COLUMNS = "question, status, headline, snapshot, at, starred, scope"
_SCHEMA = """
create table if not exists asked (
    visitor text not null, question text not null, status text not null, headline text not null,
    snapshot text not null, at text not null, starred integer not null default 0, scope text not null default '',
    primary key (visitor, question));
create table if not exists thumbs (
    id integer primary key, visitor text not null, question text not null, answer text not null,
    snapshot text not null, good integer not null, comment text not null, at text not null);
"""


@dataclass(frozen=True, slots=True)
class Note:
    """A question that was asked. `at` is the time in UTC, ISO 8601; `scope` the filters, as an address holds them."""

    question: str
    status: str
    headline: str
    snapshot: str
    at: str
    starred: bool
    scope: str = ""


class Notebook:
    """Opens its file for each call, so that any number of visitors and threads can share it."""

    def __init__(self, data: Path) -> None:
        self._path = data / NAME

    def asked(self, visitor: str, answer: Answer, scope: str = "") -> None:
        """Remembers a question; asked again, it moves to the top and keeps its star."""
        row = (visitor, answer.question.text, answer.status, answer.headline, answer.snapshot, _now(), scope)
        with self._open() as base:
            base.execute(
                "insert into asked (visitor, question, status, headline, snapshot, at, scope) values (?, ?, ?, ?, ?, ?, ?)"
                " on conflict do update set status = excluded.status, headline = excluded.headline,"
                " snapshot = excluded.snapshot, at = excluded.at, scope = excluded.scope",
                row,
            )

    def history(self, visitor: str, most: int = 50) -> tuple[Note, ...]:
        """A visitor's questions, the latest first."""
        return self._notes("visitor = ? order by at desc limit ?", visitor, most)

    def starred(self, visitor: str) -> tuple[Note, ...]:
        """A visitor's starred questions, the latest first."""
        return self._notes("visitor = ? and starred order by at desc", visitor)

    def remove(self, visitor: str, question: str) -> tuple[Note, ...]:
        """Takes a question out, with its star. Returns what was there, for `restore`."""
        return self._remove("visitor = ? and question = ?", visitor, question)

    def restore(self, visitor: str, notes: Iterable[Note]) -> None:
        """Puts back what was taken out, as it was; a question that was asked again meanwhile stays as it is."""
        rows = [(visitor, n.question, n.status, n.headline, n.snapshot, n.at, n.starred, n.scope) for n in notes]
        with self._open() as base:
            base.executemany(f"insert or ignore into asked (visitor, {_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 (a constant)

    def star(self, visitor: str, question: str, *, on: bool) -> None:
        """Stars a question, or takes its star away."""
        with self._open() as base:
            base.execute("update asked set starred = ? where visitor = ? and question = ?", (on, visitor, question))

    def forget(self, visitor: str) -> tuple[Note, ...]:
        """Clears a visitor's history; starred questions stay. Returns what was there, for `restore`."""
        return self._remove("visitor = ? and not starred", visitor)

    def rate(self, visitor: str, answer: Answer, comment: str, *, good: bool) -> None:
        """Stores what a visitor thought of an answer, with the answer itself and its snapshot."""
        said = json.dumps(answer_json(answer), ensure_ascii=False)
        row = (visitor, answer.question.text, said, answer.snapshot, good, comment, _now())
        with self._open() as base:
            base.execute(
                "insert into thumbs (visitor, question, answer, snapshot, good, comment, at)"
                " values (?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def _notes(self, where: LiteralString, *values: str | int) -> tuple[Note, ...]:
        with self._open() as base:
            rows = base.execute(f"select {_COLUMNS} from asked where {where}", values).fetchall()  # noqa: S608 (literals)
        return tuple(
            Note(asked, status, head, snap, at, bool(on), scope) for asked, status, head, snap, at, on, scope in rows
        )

    def _remove(self, where: LiteralString, *values: str) -> tuple[Note, ...]:
        notes = self._notes(where, *values)
        with self._open() as base:
            base.execute(f"delete from asked where {where}", values)  # noqa: S608 (literals)
        return notes

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file, made when it is first needed; raises NotebookError where it cannot be written."""
        try:
            with closing(sqlite3.connect(self._path, timeout=5)) as base, base:
                base.executescript(_SCHEMA)
                _renew(base)
                yield base
        except sqlite3.Error as error:
            raise NotebookError(f"{self._path}: cannot be used ({error})") from error


def _renew(base: sqlite3.Connection) -> None:
    """Gives a file of an earlier version the column that it lacks."""
    if "scope" not in [row[1] for row in base.execute("pragma table_info(asked)")]:
        base.execute("alter table asked add column scope text not null default ''")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
