"""The corpus folder as records: guidelines with their metadata, reading aid and questions, and the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from ingest.metadata import read_metadata
from ingest.overrides import OVERRIDES, Override, read_overrides
from ingest.readers import SUFFIXES
from ingest.schemes import read_schemes
from ingest.terms import SET_ASIDE, TERMS, lines, read_terms
from kg.errors import CorpusError
from kg.model import Concept, CorpusQuestion, Language, Metadata, Origin
from kg.snapshot import sha256

T = TypeVar("T")
GUIDELINES = "guidelines"


@dataclass(frozen=True, slots=True)
class Translation:
    """A row of translation.en.jsonl: `zh` is the sentence that was translated, so that a stale row is noticed."""

    id: str
    zh: str
    en: str
    origin: Origin = "author"


@dataclass(frozen=True, slots=True)
class CrossQuestion:
    """A row of cross_questions.jsonl: a question that sentences of two or more guidelines answer together."""

    clauses: tuple[str, ...]
    sentences: tuple[str, ...]
    lang: Language
    style: str
    intent: str
    question: str
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Unanswerable:
    """A row of unanswerable.jsonl: a question that the corpus does not answer, why, and the nearest clauses."""

    lang: Language
    kind: str
    style: str
    question: str
    why: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CalibrationQuestion:
    """A row of calibration.jsonl: a question as users ask it, never indexed, with the sentences that answer it, if any."""

    lang: Language
    question: str
    sentences: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A guideline's folder as read: everything but its text's structure."""

    slug: str
    path: Path
    metadata: Metadata
    translations: tuple[Translation, ...]
    questions: tuple[CorpusQuestion, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All sources in order of their slugs, the concepts of the schemes, what curators decided, and every file's SHA-256.

    `decided` holds the lines of the curators' files as they stand there.
    """

    folder: Path
    sources: tuple[Source, ...]
    concepts: tuple[Concept, ...]
    overrides: tuple[Override, ...]
    decided: dict[str, tuple[str, ...]]
    cross_questions: tuple[CrossQuestion, ...]
    unanswerable: tuple[Unanswerable, ...]
    calibration: tuple[CalibrationQuestion, ...]
    hashes: dict[str, str]


def read_corpus(folder: Path) -> Corpus:
    """Reads a corpus folder. Raises CorpusError naming the file (and line) that is missing or wrong."""
    hashes = hash_corpus(folder)  # first: what changes while the files are read makes the snapshot out of date
    guidelines = folder / GUIDELINES
    if not guidelines.is_dir():
        raise CorpusError(f"{guidelines}: no such folder; a corpus holds guidelines/<slug>/source.txt")
    sources = tuple(_source(path) for path in sorted(guidelines.iterdir()) if path.is_dir())
    if not sources:
        raise CorpusError(f"{guidelines}: holds no guideline yet; add a folder with source.txt and guideline.toml")
    slugs = {source.slug for source in sources}
    cross = tuple(q for q in _rows(folder / "cross_questions.jsonl", CrossQuestion) if _held(q.sentences, slugs))
    unanswerable = tuple(_rows(folder / "unanswerable.jsonl", Unanswerable))
    asked = _rows(folder / "calibration.jsonl", CalibrationQuestion)
    calibration = tuple(q for q in asked if _held(q.sentences, slugs))
    concepts = read_schemes(folder / "vocabulary", read_terms(folder / TERMS))
    overrides = read_overrides(folder / OVERRIDES)
    decided = {name: lines(folder / name) for name in (OVERRIDES, TERMS)}
    return Corpus(folder, sources, concepts, overrides, decided, cross, unanswerable, calibration, hashes)


def _held(sentences: Iterable[str], slugs: Set[str]) -> bool:
    """Whether all guidelines that a question needs are here; one that was taken out takes its questions along."""
    return all(sentence.partition("#")[0] in slugs for sentence in sentences)


def hash_corpus(folder: Path, *, remember: bool = False) -> dict[str, str]:
    """SHA-256 of every file of the corpus that a build reads, by its path inside it.

    With `remember`, a file whose time and size are as before is not read again: for a page that is drawn often.
    """
    return {
        path.relative_to(folder).as_posix(): _remembered(path) if remember else sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and path.name != SET_ASIDE
    }


def files_of(slug: str, hashes: Mapping[str, str]) -> dict[str, str]:
    """The files of a guideline among those of a corpus, with their hashes."""
    return {name: value for name, value in hashes.items() if name.startswith(f"{GUIDELINES}/{slug}/")}


def _remembered(path: Path) -> str:
    stat = path.stat()
    return _digest(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=20_000)
def _digest(path: Path, changed: int, size: int) -> str:
    del changed, size
    return sha256(path)


def _source(folder: Path) -> Source:
    path = source_file(folder)
    metadata = read_metadata(folder / "guideline.toml")
    translations = tuple(_rows(folder / "translation.en.jsonl", Translation))
    questions = tuple(_rows(folder / "questions.jsonl", CorpusQuestion))
    return Source(folder.name, path, metadata, translations, questions)


def source_file(folder: Path) -> Path:
    """The document as issued in a guideline's folder. Raises CorpusError where there is none or more than one."""
    found = [folder / f"source{suffix}" for suffix in SUFFIXES if (folder / f"source{suffix}").is_file()]
    if len(found) != 1:
        several = f"more than one source: {', '.join(p.name for p in found)}; keep one" if found else "no source file"
        raise CorpusError(f"{folder}: holds {several} ({', '.join(SUFFIXES)})")
    return found[0]


def _rows(path: Path, kind: type[T]) -> Iterator[T]:
    """The rows of a JSON Lines file, none if there is no file. Raises CorpusError with the line that is wrong."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield msgspec.json.decode(line, type=kind)
            except msgspec.DecodeError as error:
                raise CorpusError(f"{path}, line {number}: {error}") from error
