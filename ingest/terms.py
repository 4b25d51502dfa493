"""Terms that a curator accepted: corpus/terms.jsonl, a line a term, read beside the schemes of corpus/vocabulary.

The schemes are written by hand and ordered as a reader wants them; a line of this file is one decision, with its reason and
its evidence, and can be taken back without touching anything else. An accepted term is a concept as any other: it has one
preferred label in each language, a kind, parents that exist, and no label that belongs to another concept.

Candidates that were rejected or put off stand in corpus/set_aside.jsonl. No build reads that file, so that it does not make
a snapshot out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from kg.errors import CorpusError
from kg.model import Concept, Label
from kg.settings import BASE_IRI

TERMS, SET_ASIDE = "terms.jsonl", "set_aside.jsonl"
SCHEME = "terms"
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
R = TypeVar("R", "Term", "SetAside")


@dataclass(frozen=True, slots=True)
class Term:
    """An accepted term. `term` is the candidate as it was proposed, `evidence` the sentences that showed it."""

    term: str
    key: str
    kind: str
    zh: str
    en: str
    also: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    why: str = ""
    at: str = ""
    line: int = 0

    @property
    def iri(self) -> str:
        return f"{BASE_IRI}concept:{self.key}"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A candidate that is no term (`reject`), or that is to be decided later (`defer`)."""

    term: str
    action: Literal["reject", "defer"]
    evidence: tuple[str, ...] = ()
    why: str = ""
    at: str = ""
    line: int = 0


def read_terms(path: Path) -> tuple[Term, ...]:
    """The accepted terms, none where there is no file. Raises CorpusError naming the line that is wrong."""
    terms = tuple(_rows(path, Term))
    for term in terms:
        if problem := fault(term):
            raise CorpusError(f"{path}, line {term.line}: {problem}")
    return terms


def read_set_aside(path: Path) -> tuple[SetAside, ...]:
    """The candidates that were rejected or put off."""
    return tuple(_rows(path, SetAside))


def fault(term: Term) -> str | None:
    """What is wrong with a term by itself, in words."""
    missing = [name for name in ("term", "kind", "zh", "en") if not getattr(term, name).strip()]
    if missing:
        return f"a term needs {', '.join(missing)}"
    if not _KEY.fullmatch(term.key):
        return f"the key {term.key!r} is not of small letters, digits and hyphens"
    return None


def concept_of(term: Term) -> Concept:
    """The concept that a term becomes."""
    labels = [Label(term.zh, "zh", "preferred"), Label(term.en, "en", "preferred")]
    labels += [Label(text, "en" if text.isascii() else "zh") for text in dict.fromkeys(term.also)]
    broader = tuple(sorted(b if b.startswith(BASE_IRI) else f"{BASE_IRI}concept:{b}" for b in term.broader))
    return Concept(term.iri, term.kind, tuple(labels), broader, source=SCHEME)


def key_of(english: str) -> str:
    """The key of a concept by its English label.

    >>> key_of("Vector shedding (urine)")
    'vector-shedding-urine'
    """
    return "-".join(re.findall(r"[a-z0-9]+", english.casefold()))


def lines(path: Path) -> tuple[str, ...]:
    """The lines of a file of decisions, comments and empty ones left out; none where there is no file."""
    if not path.is_file():
        return ()
    found = path.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in found if line.strip() and not line.startswith("#"))


def _rows(path: Path, kind: type[R]) -> Iterator[R]:
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                yield replace(msgspec.json.decode(line, type=kind), line=number)
            except msgspec.DecodeError as error:
                raise CorpusError(f"{path}, line {number}: {error}") from error
