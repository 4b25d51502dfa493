"""Writing the concordance (`kg.concordance`): every guideline's clauses, mentions and statements, turned round by concept.

Of one guideline this takes milliseconds, less than it would take to fetch a kept result, so nothing of it is kept from build to
build. Guidelines are taken in one by one; what is held until the end are numbers.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from ingest.extent import Extent
from kg.books import book_of
from kg.concordance import SCHEMA
from kg.model import Document, Sentence, Statement
from kg.vocabulary import Vocabulary

_QUICK = "pragma journal_mode = off; pragma synchronous = off; pragma secure_delete = on;"  # the file is new, and its free space empty
_Side = tuple[int, str, bool]  # the other end of a statement, its relation, whether it is the object


def write_concordance(path: Path, documents: Iterable[Document], vocabulary: Vocabulary) -> None:
    """Writes the concordance of a library into a new file. The documents are in the library's order, and are gone through twice."""
    extent = Extent(vocabulary, documents)
    with closing(sqlite3.connect(path)) as base:
        base.executescript(_QUICK + SCHEMA)
        with base:
            table = _Table(base, extent)
            for document in documents:
                table.take_in(document)
            table.finish()


class _Table:
    """Numbers guidelines, clauses, concepts and statements as they come."""

    def __init__(self, base: sqlite3.Connection, extent: Extent) -> None:
        self._base, self._extent = base, extent
        self._guidelines = self._clauses = self._statements = 0
        self._concepts: dict[str, int] = {}
        self._ranges: dict[frozenset[str], int] = {}
        self._sentences: Counter[int] = Counter()
        self._named: list[tuple[int, int, int, int]] = []
        self._stated: list[tuple[int, int, int]] = []
        self._sides: dict[int, list[_Side]] = {}

    def take_in(self, document: Document) -> None:
        """Takes in one guideline."""
        guideline = self._guidelines
        self._guidelines += 1
        self._insert("guideline", [(guideline, document.slug)])
        clauses = {c.id: self._clauses + n for n, c in enumerate(document.clauses)}
        self._clauses += len(clauses)
        english = headings(document)
        self._insert(
            "clause",
            (
                (clauses[c.id], c.id, c.parent_id, guideline, c.label, c.title, english.get(c.id, ""))
                for c in document.clauses
            ),
        )
        self._name(document, guideline, clauses)
        self._state(document, guideline, clauses)
        book = book_of(document)
        rows = ((None, s.id, s.strength, self._range(self._extent.applies(book, s.id))) for s in document.sentences)
        self._insert("sentence", rows)
        absent = ((None, r.title, r.kind, clauses[r.clause_id]) for r in document.cited if r.target is None)
        self._insert("absent", absent)

    def finish(self) -> None:
        """Writes what is ordered by concept."""
        clauses, statements = (Counter(row[0] for row in rows) for rows in (self._named, self._stated))
        self._insert(
            "concept",
            ((n, iri, self._sentences[n], clauses[n], statements[n]) for iri, n in self._concepts.items()),
        )
        self._insert("range", ((n, json.dumps(sorted(products))) for products, n in self._ranges.items()))
        self._insert("product", enumerate(self._extent.products))
        self._insert("named", sorted(self._named))
        self._insert("stated", sorted(self._stated))
        self._insert(
            "around",
            ((n, at, *side) for n, sides in sorted(self._sides.items()) for at, side in enumerate(by_weight(sides))),
        )

    def _name(self, document: Document, guideline: int, clauses: dict[str, int]) -> None:
        """The clauses that name each concept, in the order in which they first do."""
        where = {s.id: clauses[s.clause_id] for s in document.sentences}
        naming = dict.fromkeys((self._concept(m.concept), m.sentence_id) for m in document.mentions)
        self._sentences.update(concept for concept, _ in naming)
        pairs = dict.fromkeys((concept, where[sentence]) for concept, sentence in naming)
        self._named += ((concept, guideline, n, clause) for n, (concept, clause) in enumerate(pairs))

    def _state(self, document: Document, guideline: int, clauses: dict[str, int]) -> None:
        rows = [(self._next(), statement) for statement in document.statements]
        self._insert("statement", (self._row(n, s, document, clauses) for n, s in rows))
        for n, statement in rows:
            subject, obj = self._concept(statement.subject), self._concept(statement.object)
            for concept in dict.fromkeys((subject, obj)):
                self._stated.append((concept, guideline, n))
                forward = concept == subject
                if statement.relation != "cites":
                    side = (obj if forward else subject, statement.relation, forward)
                    self._sides.setdefault(concept, []).append(side)

    def _row(self, n: int, statement: Statement, document: Document, clauses: dict[str, int]) -> tuple[object, ...]:
        return (
            n, self._concept(statement.subject), statement.relation, self._concept(statement.object), statement.strength,
            statement.condition, statement.span.of(document.text), document.translations.get(statement.sentence_id),
            clauses[statement.clause_id], statement.sentence_id, statement.rule,
            statement.exception,
        )  # fmt: skip

    def _next(self) -> int:
        self._statements += 1
        return self._statements - 1

    def _concept(self, iri: str) -> int:
        return self._concepts.setdefault(iri, len(self._concepts))

    def _range(self, products: frozenset[str]) -> int:
        return self._ranges.setdefault(products, len(self._ranges))

    def _insert(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        columns = len(self._base.execute(f"select * from {table} limit 0").description)  # noqa: S608 (a constant)
        self._base.executemany(f"insert into {table} values ({', '.join('?' * columns)})", rows)  # noqa: S608 (constants)


def headings(document: Document) -> dict[str, str]:
    """Clause -> the unofficial English reading of its heading."""
    found: Iterator[Sentence] = (s for s in document.sentences if s.heading and s.id in document.translations)
    return {s.clause_id: document.translations[s.id] for s in found}


def by_weight(sides: list[_Side]) -> list[_Side]:
    """Each other end once, with the relation that is stated first; those that most statements lead to first, and of equals
    the one that is stated last after the rest."""
    counts = Counter(other for other, _, _ in sides)
    ordered = sorted(sides, key=lambda side: -counts[side[0]])
    return list({side[0]: side for side in reversed(ordered)}.values())[::-1]
