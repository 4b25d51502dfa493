"""The concordance: where the library names each concept and what it states of it, made ready when a snapshot is built.

A page about one clause or one concept speaks of the whole library: who else names the same, what all guidelines state of it,
how often. Read from the documents, that takes as long as reading all of them. So it stands in one file of the snapshot,
`concordance.sqlite`, from which a page reads the rows that it shows; a document is opened only to show its own text.

guideline   the guidelines in the order of the library
clause      every clause as it is named elsewhere, with the clause above it
concept     how many sentences and clauses name a concept, and of how many statements it is an end
named       concept -> the clauses that name it, by guideline, in the order of the text
statement   every statement with its quotation and reading;  stated: concept -> its statements, by guideline
around      concept -> the other ends of its statements, those that most statements lead to first
sentence    the strength of every sentence, and the range of products that it applies to;  range: the ranges that there are
product     the kinds of product that guidelines are about, for a scope
absent      the references to guidance that the library does not hold

`ingest.concordance` writes it. Rows are numbered in the order of the library, and nothing in them depends on when or in how
many steps the library was built, so that the same library gives the same bytes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from kg.entries import Place
from kg.errors import SnapshotError
from kg.model import Strength

NAME = "concordance.sqlite"
SCHEMA = """
create table guideline (n integer primary key, slug text not null unique);
create table clause (
    n integer primary key, id text not null unique, parent text, guideline integer not null, label text not null,
    title text not null, english text not null);
create table concept (
    n integer primary key, iri text not null unique, sentences integer not null, clauses integer not null,
    statements integer not null);
create table named (
    concept integer, guideline integer, n integer, clause integer not null,
    primary key (concept, guideline, n)) without rowid;
create table statement (
    n integer primary key, subject integer not null, relation text not null, object integer not null,
    strength text not null, condition text, quote text not null, english text, clause integer not null,
    sentence text not null, rule text not null, exception text);
create table stated (
    concept integer, guideline integer, statement integer, primary key (concept, guideline, statement)) without rowid;
create table around (
    concept integer, n integer, other integer not null, relation text not null, forward integer not null,
    primary key (concept, n)) without rowid;
create table sentence (n integer primary key, id text not null unique, strength text not null, range integer not null);
create table range (n integer primary key, products text not null unique);
create table product (n integer primary key, iri text not null unique);
create table absent (n integer primary key, title text not null, kind text not null, clause integer not null);
create view place as
    select clause.n, slug, id, label, title, english from clause join guideline on guideline.n = clause.guideline;
"""
_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Tally:
    """How many sentences and clauses of the library name a concept, and of how many statements it is an end."""

    sentences: int = 0
    clauses: int = 0
    statements: int = 0


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement as the concordance holds it; subject and object are IRIs."""

    place: Place
    subject: str
    relation: str
    object: str
    strength: Strength
    condition: str | None
    quote: str
    english: str | None
    sentence: str
    rule: str
    exception: str | None


@dataclass(frozen=True, slots=True)
class Voice:
    """A guideline that speaks of a concept: in how many clauses, and how many statements it makes of it."""

    slug: str
    clauses: int
    statements: int


class Concordance:
    """Reads the concordance of one snapshot, a few rows at a time. One reader serves all threads."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, Lock()
        self.place = lru_cache(maxsize=_KEPT)(self._place)
        self._number = lru_cache(maxsize=_KEPT)(self._numbered)

    def _place(self, clause_id: str) -> Place | None:
        """A clause as it is named elsewhere, None for one that the library does not hold."""
        rows = self._rows("select slug, id, label, title, english from place where id = ?", clause_id)
        return Place(*rows[0]) if rows else None

    def trail(self, clause_id: str) -> tuple[Place, ...]:
        """A clause and those above it, the topmost first; none for a clause that the library does not hold."""
        found, at = list[Place](), clause_id
        while place := self.place(at):
            found.insert(0, place)
            at = self._rows("select parent from clause where id = ?", at)[0][0] or ""
        return tuple(found)

    def tally(self, iri: str) -> Tally:
        """How often a concept is named and stated."""
        rows = self._rows("select sentences, clauses, statements from concept where iri = ?", iri)
        return Tally(*rows[0]) if rows else Tally()

    @property
    def tallies(self) -> dict[str, Tally]:
        """The same of every concept that the library names or states."""
        rows = self._rows("select iri, sentences, clauses, statements from concept")
        return {iri: Tally(*counts) for iri, *counts in rows}

    def voices(self, iri: str) -> tuple[Voice, ...]:
        """The guidelines that speak of a concept, in the order of the library."""
        number = self._number(iri)
        clauses = dict(self._rows("select guideline, count(*) from named where concept = ? group by guideline", number))
        stated = dict(self._rows("select guideline, count(*) from stated where concept = ? group by guideline", number))
        speaking = sorted({*clauses, *stated})
        return tuple(Voice(self._slugs[n], clauses.get(n, 0), stated.get(n, 0)) for n in speaking)

    def places(self, iri: str, within: Sequence[str] | None = None) -> tuple[Place, ...]:
        """The clauses that name a concept, in the order of the library; of some guidelines only, by slug, if they are given."""
        rows = self._rows(
            "select slug, id, label, title, english from named join place on place.n = named.clause"
            " where concept = ?1 and (?2 is null or slug in (select value from json_each(?2)))"
            " order by guideline, named.n",
            self._number(iri), _listed(within),
        )  # fmt: skip
        return tuple(Place(*row) for row in rows)

    def sayings(self, iri: str, within: Sequence[str] | None = None) -> tuple[Saying, ...]:
        """The statements of which a concept is an end, in the order of the library; of some guidelines only, if they are given."""
        rows = self._rows(
            "select slug, id, label, title, place.english, s.iri, relation, o.iri, strength, condition, quote,"
            " statement.english, sentence, rule, exception from stated join statement on statement.n = stated.statement"
            " join concept s on s.n = subject join concept o on o.n = object join place on place.n = statement.clause"
            " where stated.concept = ?1 and (?2 is null or slug in (select value from json_each(?2)))"
            " order by stated.guideline, stated.statement",
            self._number(iri), _listed(within),
        )  # fmt: skip
        return tuple(Saying(Place(*row[:5]), *row[5:]) for row in rows)

    def around(self, iri: str) -> tuple[tuple[str, str, bool], ...]:
        """The other ends of a concept's statements, each once: its IRI, the relation, and whether it is the object."""
        rows = self._rows(
            "select concept.iri, relation, forward from around join concept on concept.n = around.other"
            " where around.concept = ? order by around.n",
            self._number(iri),
        )
        return tuple((other, relation, bool(forward)) for other, relation, forward in rows)

    def clauses_naming(self, iri: str, without: str) -> list[int]:
        """The numbers of the clauses that name a concept, those of one guideline left out."""
        rows = self._rows(
            "select clause from named where concept = ? and guideline <> (select n from guideline where slug = ?)",
            self._number(iri), without,
        )  # fmt: skip
        return [clause for (clause,) in rows]

    def numbered(self, clauses: Sequence[int]) -> dict[int, Place]:
        """Places by the numbers of their clauses."""
        rows = self._rows(
            "select n, slug, id, label, title, english from place where n in (select value from json_each(?))",
            _listed(clauses),
        )
        return {n: Place(*place) for n, *place in rows}

    @cached_property
    def products(self) -> tuple[str, ...]:
        """The products that guidelines are about; first those that most guidelines speak to, the broad before the narrow."""
        return tuple(iri for (iri,) in self._rows("select iri from product order by n"))

    @cached_property
    def ranges(self) -> dict[int, tuple[str, ...]]:
        """The ranges of products that sentences apply to, by number."""
        return {n: tuple(json.loads(iris)) for n, iris in self._rows("select n, products from range")}

    def sentences(self, strengths: Sequence[str] | None, ranges: Sequence[int]) -> frozenset[str]:
        """The ids of the sentences that apply to one of some ranges of products; of some strengths only, if they are given."""
        rows = self._rows(
            "select id from sentence where (?1 is null or strength in (select value from json_each(?1)))"
            " and range in (select value from json_each(?2))",
            _listed(strengths), _listed(ranges),
        )  # fmt: skip
        return frozenset(sentence for (sentence,) in rows)

    @property
    def absent(self) -> Iterator[tuple[str, str, Place]]:
        """The guidance that the library points to and does not hold: its title, how it is named, and where."""
        rows = self._rows(
            "select absent.title, kind, slug, id, label, place.title, english from absent"
            " join place on place.n = absent.clause order by absent.n"
        )
        return ((title, kind, Place(*place)) for title, kind, *place in rows)

    @cached_property
    def _slugs(self) -> list[str]:
        return [slug for (slug,) in self._rows("select slug from guideline order by n")]

    def _numbered(self, iri: str) -> int:
        """A concept's number; one that no concept has, for a concept that the library does not speak of."""
        rows = self._rows("select n from concept where iri = ?", iri)
        return int(rows[0][0]) if rows else -1

    def _rows(self, query: str, *values: str | int | None) -> list[tuple[Any, ...]]:
        """What a query finds. Raises SnapshotError where the file cannot be read."""
        try:
            with self._lock:
                return self._base.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise SnapshotError(f"{self._path}: cannot be read ({error}); run `guidegraph build`") from error

    @cached_property
    def _base(self) -> sqlite3.Connection:
        """The file, opened for reading only: a snapshot never changes."""
        address = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(address, uri=True, check_same_thread=False)


def _listed(values: Sequence[str] | Sequence[int] | None) -> str | None:
    """Some values as one: a JSON list."""
    return None if values is None else json.dumps(list(values))
