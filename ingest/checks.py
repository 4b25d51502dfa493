"""The checks on what is written beside the guidelines: readings, questions, and how they cover the text.

The same checks are run by `guidegraph coverage`, by `guidegraph enrich` on every row that it is given, and by the tests. A
failure names the file, the line and the id, so that the row can be opened and mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.corpus import Corpus, Source
from ingest.wording import FOREIGN, form_faults, number_faults, short_form_faults, strength_faults, unit_faults
from kg.model import Clause, Document, Language, Sentence
from kg.text import detect_language, fold, has_chinese

TRANSLATION_FILE, QUESTION_FILE = "translation.en.jsonl", "questions.jsonl"
SILENT_KINDS = frozenset({"front", "notice", "reference", "references", "caption"})
BINDING = frozenset({"must", "should", "not"})
_LONGEST_QUESTION = 300

Fault = tuple[str, str]
_READING_CHECKS: tuple[tuple[str, Callable[[str, str], Iterator[str]]], ...] = (
    ("form", form_faults),
    ("numbers", number_faults),
    ("units", unit_faults),
    ("abbreviations", short_form_faults),
    ("strength", strength_faults),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that does not hold. `place` is the file in the corpus and the line (or page) of what `id` names."""

    check: str
    file: str
    place: str
    id: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: {self.id}: {self.message}"


def corpus_failures(corpus: Corpus, documents: Sequence[Document]) -> Iterator[Failure]:
    """Everything that does not hold in a corpus, guideline by guideline, then over all of them."""
    for source, document in zip(corpus.sources, documents, strict=True):
        yield from reading_failures(source, document)
        yield from question_failures(source, document)
    yield from shared_failures(corpus, documents)
    yield from doubles(corpus)


def reading_failures(source: Source, document: Document) -> Iterator[Failure]:
    """A reading names a sentence of the text as it is now, keeps what it says, and leaves no sentence out."""
    file, texts = _file(source, TRANSLATION_FILE), sentence_texts(document)
    lines = line_numbers(source.path.parent / TRANSLATION_FILE)
    for line, row in zip(lines, source.translations, strict=True):
        faults: Iterable[Fault] = reading_faults(row.zh, row.en)
        if row.id not in texts:
            faults = [("ids", "there is no such sentence")]
        elif row.zh != texts[row.id]:
            faults = [("source-text", "the text has changed since it was translated")]
        yield from (Failure(check, file, f"line {line}", row.id, message) for check, message in faults)
    if source.translations:
        done = {row.id for row in source.translations}
        for sentence in to_translate(document):
            if sentence.id not in done:
                yield _missing(source, document, sentence, "translated", "has no English reading")


def question_failures(source: Source, document: Document) -> Iterator[Failure]:
    """A question names a clause and sentences that are there, is of the language it says, and no obligation is unasked."""
    file, texts = _file(source, QUESTION_FILE), sentence_texts(document)
    clauses = {c.id for c in document.clauses}
    for line, row in zip(line_numbers(source.path.parent / QUESTION_FILE), source.questions, strict=True):
        faults = list(question_faults(row.lang, row.question))
        if missing := [i for i in (row.clause, *row.sentences) if i not in texts and i not in clauses]:
            faults.append(("ids", f"there is no {', '.join(missing)}"))
        if not row.sentences:
            faults.append(("ids", "names no sentence that answers it"))
        yield from (Failure(check, file, f"line {line}", row.clause, message) for check, message in faults)
    if source.questions:
        covered = clauses_asked(document)
        for clause, sentence in obligations(document):
            if clause.id not in covered:
                yield _missing(source, document, sentence, "obligations", "states an obligation and has no question")


def shared_failures(corpus: Corpus, documents: Sequence[Document]) -> Iterator[Failure]:
    """Questions over guidelines name sentences of two or more; those without an answer name clauses that are there."""
    sentences = {s.id for d in documents for s in d.sentences}
    clauses = {c.id for d in documents for c in d.clauses}
    named = (
        ("cross_questions.jsonl", [(q.lang, q.question, (*q.sentences, *q.clauses)) for q in corpus.cross_questions]),
        ("unanswerable.jsonl", [(q.lang, q.question, q.nearest) for q in corpus.unanswerable]),
        ("calibration.jsonl", [(q.lang, q.question, q.sentences) for q in corpus.calibration]),
    )
    for file, rows in named:
        for line, (lang, question, ids) in zip(line_numbers(corpus.folder / file), rows, strict=True):
            faults = list(question_faults(lang, question))
            if missing := [i for i in ids if i not in sentences and i not in clauses]:
                faults.append(("ids", f"there is no {', '.join(missing)}"))
            if file.startswith("cross") and len({i.partition("#")[0] for i in ids}) < 2:
                faults.append(("cross", "names sentences of one guideline only"))
            yield from (Failure(check, file, f"line {line}", question, message) for check, message in faults)


def doubles(corpus: Corpus) -> Iterator[Failure]:
    """Questions that stand twice, whatever their marks and letter case; the second one is the failure."""
    first: dict[str, str] = {}
    for file, line, question in all_questions(corpus):
        place = f"{file}, line {line}"
        if (other := first.setdefault(question_key(question), place)) != place:
            yield Failure("doubles", file, f"line {line}", question, f"stands in {other} already")


def reading_faults(zh: str, en: str) -> Iterator[Fault]:
    """What is wrong with an English reading of a sentence, by check."""
    for check, faults in _READING_CHECKS:
        yield from ((check, message) for message in faults(zh, en))


def question_faults(lang: Language, question: str) -> Iterator[Fault]:
    """What is wrong with a question as a text of its own."""
    if not question.strip() or len(question) > _LONGEST_QUESTION:
        yield "form", f"has {len(question)} characters; a question has 1 to {_LONGEST_QUESTION}"
    if foreign := FOREIGN.search(question):
        yield "form", f"holds {foreign[0]!r}"
    if lang == "en" and detect_language(question) == "zh":
        yield "language", "is marked en and is Chinese"
    if lang == "zh" and not has_chinese(question) and re.search(r"[a-z]{3}", question):
        yield "language", "is marked zh and holds no Chinese"


def question_key(question: str) -> str:
    """What makes two questions the same: their letters and digits, folded."""
    return re.sub(r"[\W_]+", "", fold(question))


def to_translate(document: Document) -> list[Sentence]:
    """The sentences of a Chinese guideline that need an English reading: all but entries of its list of references."""
    kinds = {c.id: c.kind for c in document.clauses}
    if document.metadata.language != "zh":
        return []
    return [
        s
        for s in document.sentences
        if has_chinese(s.span.of(document.text)) and kinds[s.clause_id] not in ("reference", "references")
    ]


def said_by_clause(document: Document) -> dict[str, list[Sentence]]:
    """The sentences of each clause that says something: no title page, list of references, caption or mere heading."""
    kinds = {c.id: c.kind for c in document.clauses}
    out: dict[str, list[Sentence]] = {}
    for sentence in document.sentences:
        if not sentence.heading and kinds[sentence.clause_id] not in SILENT_KINDS:
            out.setdefault(sentence.clause_id, []).append(sentence)
    return out


def obligations(document: Document) -> Iterator[tuple[Clause, Sentence]]:
    """The clauses that bind (must, should, must not), each with its first sentence that does."""
    clauses = {c.id: c for c in document.clauses}
    for clause_id, sentences in said_by_clause(document).items():
        if binding := [s for s in sentences if s.strength in BINDING]:
            yield clauses[clause_id], binding[0]


def clauses_asked(document: Document) -> set[str]:
    """The clauses with at least one question about them or about a sentence of theirs."""
    clause_of = {s.id: s.clause_id for s in document.sentences}
    out = {q.clause for q in document.questions}
    return out | {clause_of[i] for q in document.questions for i in q.sentences if i in clause_of}


def sentence_texts(document: Document) -> Mapping[str, str]:
    """The text of each sentence by its id."""
    return {s.id: s.span.of(document.text) for s in document.sentences}


def line_numbers(path: Path) -> list[int]:
    """The numbers of the lines that hold a row, none if there is no file."""
    if not path.is_file():
        return []
    return [n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if line.strip()]


def all_questions(corpus: Corpus) -> Iterator[tuple[str, int, str]]:
    """Every question of the corpus with its file and line."""
    for source in corpus.sources:
        lines = line_numbers(source.path.parent / QUESTION_FILE)
        file = _file(source, QUESTION_FILE)
        yield from ((file, line, q.question) for line, q in zip(lines, source.questions, strict=True))
    shared = (
        ("cross_questions.jsonl", [q.question for q in corpus.cross_questions]),
        ("unanswerable.jsonl", [q.question for q in corpus.unanswerable]),
        ("calibration.jsonl", [q.question for q in corpus.calibration]),
    )
    for file, questions in shared:
        yield from ((file, n, q) for n, q in zip(line_numbers(corpus.folder / file), questions, strict=True))


def _missing(source: Source, document: Document, sentence: Sentence, check: str, message: str) -> Failure:
    place = f"{document.unit} {document.line_range(sentence.span)[0]}"
    return Failure(check, _file(source, source.path.name), place, sentence.id, message)


def _file(source: Source, name: str) -> str:
    return f"guidelines/{source.slug}/{name}"
