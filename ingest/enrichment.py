"""Enriching a guideline of the corpus: what it lacks is proposed, checked and written beside it, marked as not yet reviewed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.chat import Chat, Usage
from ingest.checks import (
    QUESTION_FILE,
    TRANSLATION_FILE,
    all_questions,
    question_key,
    said_by_clause,
    sentence_texts,
    to_translate,
)
from ingest.corpus import Corpus, Source, Translation
from ingest.coverage import document_of
from ingest.enrich import Notes, Proposed, encoded, propose_rows, write_whole
from ingest.pipeline import name_concepts
from ingest.proposals import Questions, Translations
from ingest.templates import template_questions
from kg.errors import CorpusError
from kg.model import CorpusQuestion
from kg.snapshot import sha256

Watch = Callable[[str, int, int, Usage], None]


@dataclass(frozen=True, slots=True)
class Enriched:
    """What was written to a file beside a guideline, and what was refused."""

    file: Path
    proposed: Proposed
    origin: str


def translate(corpus: Corpus, slug: str, chat: Chat, watch: Watch) -> Enriched:
    """Proposes an English reading for every sentence that has none, or whose machine-made one is of an older text."""
    source = source_of(corpus, slug)
    document = document_of(source)
    texts = sentence_texts(document)
    kept = [row for row in source.translations if texts.get(row.id) == row.zh]
    _refuse_stale(source, [row for row in source.translations if row not in kept])
    done = {row.id for row in kept}
    wanted = [s for s in to_translate(document) if s.id not in done]
    file = source.path.parent / TRANSLATION_FILE
    notes = Notes(_notes_of(file), sha256(source.path), Translation)
    job = Translations(document, name_concepts(corpus, [document]), wanted)
    proposed = propose_rows(job, chat, notes, lambda *at: watch(job.name, *at))
    order = {sentence: n for n, sentence in enumerate(texts)}
    stale = {row.id for row in source.translations} - done
    lines = [line for line in _lines(file) if json.loads(line)["id"] not in stale]
    lines += encoded(row for row in proposed.rows if isinstance(row, Translation) and row.id not in done)
    _write(file, sorted(lines, key=lambda line: order[json.loads(line)["id"]]))
    notes.drop()
    return Enriched(file, proposed, "machine")


def ask_about(corpus: Corpus, slug: str, chat: Chat, watch: Watch) -> Enriched:
    """Proposes questions for every clause that says something and has none but those of templates."""
    source = source_of(corpus, slug)
    document = document_of(source)
    clause_of = {s.id: s.clause_id for s in document.sentences}
    written = [q for q in source.questions if q.origin != "template"]
    asked = {q.clause for q in written} | {clause_of[i] for q in written for i in q.sentences if i in clause_of}
    wanted = {clause: said for clause, said in said_by_clause(document).items() if clause not in asked}
    file = source.path.parent / QUESTION_FILE
    notes = Notes(_notes_of(file), sha256(source.path), CorpusQuestion)
    earlier = (row.question for row in notes.proposed().rows if isinstance(row, CorpusQuestion))
    job = Questions(document, name_concepts(corpus, [document]), wanted, {*_known(corpus), *map(question_key, earlier)})
    proposed = propose_rows(job, chat, notes, lambda *at: watch(job.name, *at))
    _write(file, [*_lines(file), *encoded(proposed.rows)])
    notes.drop()
    return Enriched(file, proposed, "machine")


def ask_by_template(corpus: Corpus, slug: str) -> Enriched:
    """Makes questions without a model, for a guideline whatever questions it has."""
    source = source_of(corpus, slug)
    document = document_of(source)
    rows = tuple(template_questions(document, name_concepts(corpus, [document]), _known(corpus)))
    file = source.path.parent / QUESTION_FILE
    if rows:
        _write(file, [*_lines(file), *encoded(rows)])
    return Enriched(file, Proposed(rows, (), Usage()), "template")


def source_of(corpus: Corpus, slug: str) -> Source:
    """The guideline of a name. Raises CorpusError with the names that there are."""
    for source in corpus.sources:
        if source.slug == slug:
            return source
    raise CorpusError(
        f"{slug}: no such guideline in {corpus.folder}; there are {', '.join(s.slug for s in corpus.sources)}"
    )


def _refuse_stale(source: Source, rows: Sequence[Translation]) -> None:
    """A person's reading of a text that has changed is for a person to mend."""
    for row in rows:
        if row.origin == "author":
            raise CorpusError(
                f"{source.path.parent / TRANSLATION_FILE}: {row.id}: the text has changed; mend this row first"
            )


def _known(corpus: Corpus) -> set[str]:
    return {question_key(question) for _, _, question in all_questions(corpus)}


def _notes_of(file: Path) -> Path:
    """Where a run's notes are: beside the target, hidden, so that they are no part of the corpus."""
    return file.with_name(f".{file.stem}.partial.jsonl")


def _lines(file: Path) -> list[str]:
    """The rows of a file as they are written, so that what a person wrote stays as it is."""
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    return [line for line in text.splitlines() if line.strip()]


def _write(file: Path, lines: Iterable[str]) -> None:
    if text := "".join(f"{line}\n" for line in lines):
        write_whole(file, text.encode())
