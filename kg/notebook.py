"""What visitors keep: the questions they asked, the ones they starred, and what they thought of an answer.

One SQLite file in the data folder, beside the snapshots, so that a rebuild leaves it alone. A visitor is a random word that
the browser keeps; nobody is named.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kg.contract import answer_json
from kg.errors import NotebookError
from kg.model import Answer

NAME = "notebook.sqlite"
_SCHEMA = """
create table if not exists asked (
    visitor text not null, question text not null, status text not null, headline text not null,
    snapshot text not null, at text not null, starred integer not null default 0, primary key (visitor, question));
create table if not exists thumbs (
    id integer primary key, visitor text not null, question text not null, answer text not null,
    snapshot text not null, good integer not null, comment text not null, at text not null);
"""


@dataclass(frozen=True, slots=True)
class Note:
    """A question that was asked. `at` is the time in UTC, ISO 8601."""

    question: str
    status: str
    headline: str
    snapshot: str
    at: str
    starred: bool


class Notebook:
    """Opens its file for each call, so that any number of visitors and threads can share it."""

    def __init__(self, data: Path) -> None:
        self._path = data / NAME

    def asked(self, visitor: str, answer: Answer) -> None:
        """Remembers a question; asked again, it moves to the top and keeps its star."""
        row = (visitor, answer.question.text, answer.status, answer.headline, answer.snapshot, _now())
        with self._open() as base:
            base.execute(
                "insert into asked (visitor, question, status, headline, snapshot, at) values (?, ?, ?, ?, ?, ?)"
                " on conflict do update set status = excluded.status, headline = excluded.headline,"
                " snapshot = excluded.snapshot, at = excluded.at",
                row,
            )

    def history(self, visitor: str, most: int = 50) -> tuple[Note, ...]:
        """A visitor's questions, starred ones first, then the latest."""
        with self._open() as base:
            rows = base.execute(
                "select question, status, headline, snapshot, at, starred from asked where visitor = ?"
                " order by starred desc, at desc limit ?",
                (visitor, most),
            ).fetchall()
        return tuple(
            Note(asked, status, head, snapshot, at, bool(star)) for asked, status, head, snapshot, at, star in rows
        )

    def star(self, visitor: str, question: str, *, on: bool) -> None:
        """Stars a question, or takes its star away."""
        with self._open() as base:
            base.execute("update asked set starred = ? where visitor = ? and question = ?", (on, visitor, question))

    def forget(self, visitor: str) -> None:
        """Clears a visitor's history; starred questions stay."""
        with self._open() as base:
            base.execute("delete from asked where visitor = ? and not starred", (visitor,))

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

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file, made when it is first needed; raises NotebookError where it cannot be written."""
        try:
            with closing(sqlite3.connect(self._path, timeout=5)) as base, base:
                base.executescript(_SCHEMA)
                yield base
        except sqlite3.Error as error:
            raise NotebookError(f"{self._path}: cannot be used ({error})") from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
