"""The curators' decisions as lines of three files: taken, listed, taken back.

overrides.jsonl     about statements (`ingest.overrides`)
terms.jsonl         candidate terms that were accepted (`ingest.terms`)
set_aside.jsonl     candidate terms that were rejected or put off; no build reads it

A file is written whole and swapped in, so that whoever reads it sees all of a decision or nothing. A decision about
something that was decided before takes the place of the earlier one. Comments stay.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from ingest.alone import in_turn
from ingest.overrides import ABOUT_STATEMENTS, OVERRIDES, Override, read_overrides
from ingest.terms import SET_ASIDE, TERMS, SetAside, Term, lines, read_set_aside, read_terms
from kg.errors import CorpusError

Row = Override | Term | SetAside
State = Literal["in-force", "waiting", "undone"]
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it stands in its file.

    `waiting` is one that the snapshot in use does not have yet, `undone` one that it has and the file no longer has: both
    take effect at the next rebuild.
    """

    file: str
    text: str
    row: Row
    state: State


class Decisions:
    """All decisions of a corpus, read once; `write` and `take_back` change the files, after which one reads anew."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus

    @cached_property
    def overrides(self) -> tuple[Override, ...]:
        return read_overrides(self._corpus / OVERRIDES)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        return read_terms(self._corpus / TERMS)

    @cached_property
    def set_aside(self) -> tuple[SetAside, ...]:
        return read_set_aside(self._corpus / SET_ASIDE)

    def listed(self, applied: Mapping[str, Sequence[str]]) -> tuple[Decision, ...]:
        """All decisions, the latest first; `applied` holds the lines that the snapshot in use was made with."""
        found: list[Decision] = []
        files: dict[str, Sequence[Row]] = {OVERRIDES: self.overrides, TERMS: self.terms, SET_ASIDE: self.set_aside}
        for name, rows in files.items():
            here, then = lines(self._corpus / name), applied.get(name, ())
            for text, row in zip(here, rows, strict=True):
                waits = name != SET_ASIDE and text not in then
                found.append(Decision(name, text, row, "waiting" if waits else "in-force"))
            gone = (text for text in then if text not in here)
            found += [Decision(name, text, _row(name, text), "undone") for text in gone]
        return tuple(sorted(found, key=lambda d: d.row.at, reverse=True))

    def write(self, row: Row) -> None:
        """Writes a decision down. Raises CorpusError where the file cannot be written."""
        name = file_of(row)
        with in_turn(self._corpus):
            _rewrite(self._corpus / name, lambda old: [*_without(name, old, row), encode(row)])
            if not isinstance(row, Override):  # a term stands in one file or in the other
                other = SET_ASIDE if name == TERMS else TERMS
                _rewrite(self._corpus / other, lambda old: _without(other, old, row))

    def take_back(self, file: str, text: str) -> None:
        """Takes a line out of its file; one that is not there any more is gone already."""
        with in_turn(self._corpus):
            _rewrite(self._corpus / file, lambda old: [line for line in old if line != text])

    def take_again(self, file: str, text: str) -> None:
        """Puts a line back that was taken out."""
        self.write(_row(file, text))


def extracted(row: Override) -> Key:
    """The statement that a decision is about, as the rules find it."""
    return row.sentence, row.subject, row.relation, row.object


def becomes(row: Override) -> Key:
    """The statement that it is after the decision."""
    parts = (row.set.get(name) or getattr(row, name) for name in ("subject", "relation", "object"))
    return (row.sentence, *parts)  # type: ignore[return-value]


def joined(earlier: Override, later: Override) -> Override:
    """A decision about a statement that was decided before: about what the rules find, with what both set."""
    changes = earlier.set | later.set if later.action == "correct" else later.set
    about = {name: getattr(earlier, name) for name in ("subject", "relation", "object")}
    return replace(later, **about, set=changes)


def encode(row: Row) -> str:
    """A decision as the line of its file."""
    parts = {name: value for name, value in asdict(row).items() if value and name != "line"}
    return msgspec.json.encode(parts).decode()


def file_of(row: Row) -> str:
    """The file that a decision belongs into."""
    if isinstance(row, Override):
        return OVERRIDES
    return TERMS if isinstance(row, Term) else SET_ASIDE


def _row(file: str, text: str) -> Row:
    kinds: dict[str, type[Row]] = {OVERRIDES: Override, TERMS: Term, SET_ASIDE: SetAside}
    try:
        return msgspec.json.decode(text, type=kinds[file])
    except msgspec.DecodeError as error:
        raise CorpusError(f"{file}: {error}") from error


def _without(file: str, old: Sequence[str], row: Row) -> list[str]:
    """The lines without the decision about the same statement or term."""
    return [line for line in old if not line.strip() or line.startswith("#") or not _same(_row(file, line), row)]


def _same(one: Row, other: Row) -> bool:
    if isinstance(one, Override) or isinstance(other, Override):
        both = isinstance(one, Override) and isinstance(other, Override)
        return both and one.action in ABOUT_STATEMENTS and extracted(one) == extracted(other)  # type: ignore[union-attr,arg-type]
    return one.term == other.term


def _rewrite(path: Path, change: Callable[[list[str]], list[str]]) -> None:
    old = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    new = change(old)
    if new == old:
        return
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_text("".join(f"{line}\n" for line in new), encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        raise CorpusError(f"{path}: cannot be written ({error.strerror}); the decision was not kept") from error
