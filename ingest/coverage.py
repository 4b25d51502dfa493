"""How far the corpus is translated and asked about, guideline by guideline, and what does not hold in what was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ingest.checks import Failure, clauses_asked, corpus_failures, said_by_clause, to_translate
from ingest.corpus import Corpus, Source
from ingest.pipeline import parse
from kg.model import Document


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a guideline, or of several added up. `saying` counts clauses that say something, `asked` those of
    them with questions; `open_sentences` counts sentences that need a reading and
    have none."""

    sentences: int
    translated: int
    open_sentences: int
    saying: int
    asked: int
    questions: int
    languages: Mapping[str, int]
    styles: Mapping[str, int]
    intents: Mapping[str, int]
    question_origins: Mapping[str, int]
    reading_origins: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The figures by guideline, the questions that belong to none, and every failed check."""

    guidelines: Mapping[str, Counts]
    cross: int
    unanswerable: Mapping[str, int]
    failures: tuple[Failure, ...]

    @property
    def total(self) -> Counts:
        return _sum(self.guidelines.values())


def coverage(corpus: Corpus) -> Coverage:
    """Counts and checks the whole corpus; needs no build."""
    documents = [document_of(source) for source in corpus.sources]
    counts = {s.slug: count(s, d) for s, d in zip(corpus.sources, documents, strict=True)}
    kinds = Counter(row.kind for row in corpus.unanswerable)
    return Coverage(counts, len(corpus.cross_questions), kinds, tuple(corpus_failures(corpus, documents)))


def document_of(source: Source) -> Document:
    """A guideline with its readings and questions as they are, be they right or not: the checks say what is wrong."""
    read = parse(replace(source, translations=(), questions=()))
    readings = {row.id: row.en for row in source.translations}
    return replace(read, translations=readings, questions=source.questions)


def count(source: Source, document: Document) -> Counts:
    """The figures of one guideline."""
    saying = said_by_clause(document)
    sentences = {s.id for s in document.sentences}
    return Counts(
        sentences=len(document.sentences),
        translated=len(sentences & document.translations.keys()),
        open_sentences=sum(s.id not in document.translations for s in to_translate(document)),
        saying=len(saying),
        asked=len(saying.keys() & clauses_asked(document)),
        questions=len(source.questions),
        languages=Counter(q.lang for q in source.questions),
        styles=Counter(q.style for q in source.questions),
        intents=Counter(q.intent for q in source.questions),
        question_origins=Counter(q.origin for q in source.questions),
        reading_origins=Counter(row.origin for row in source.translations),
    )


def coverage_json(found: Coverage) -> Iterator[dict[str, Any]]:
    """The lines of `guidegraph coverage --json`: one a guideline, then one for all with the failures."""
    for slug, counts in found.guidelines.items():
        yield {"guideline": slug, **_counts_json(counts)}
    yield {
        "guideline": None, **_counts_json(found.total), "cross_questions": found.cross,
        "unanswerable": _sorted(found.unanswerable), "failures": [_failure_json(f) for f in found.failures],
    }  # fmt: skip


def coverage_text(found: Coverage) -> str:
    """The figures as a person reads them, a block a guideline."""
    lines = []
    for slug, counts in found.guidelines.items():
        lines += [slug, *_counts_text(counts)]
    lines += [f"all {len(found.guidelines)} guidelines", *_counts_text(found.total)]
    lines.append(f"  {found.cross} questions over several guidelines")
    unanswerable = sum(found.unanswerable.values())
    lines.append(f"  {unanswerable} questions without an answer: {_listed(found.unanswerable)}".rstrip(": "))
    lines += [str(failure) for failure in found.failures]
    return "\n".join([*lines, f"{len(found.failures)} check failures"]) + "\n"


def _counts_text(counts: Counts) -> Iterator[str]:
    missing = f", {counts.open_sentences} without" if counts.open_sentences else ""
    yield f"  {counts.sentences} sentences, {counts.translated} with an English reading{missing}{_made(counts.reading_origins)}"
    yield f"  {counts.saying} clauses that say something, {counts.asked} with questions"
    yield f"  {counts.questions} questions{_made(counts.question_origins)}"
    for name in ("languages", "styles", "intents"):
        if listed := _listed(getattr(counts, name)):
            yield f"    {listed}"


def _made(origins: Mapping[str, int]) -> str:
    """What is not yet read by a person, '' where everything is."""
    unread = {name: n for name, n in origins.items() if name != "author"}
    return f" (not yet reviewed: {_listed(unread)})" if unread else ""


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in _sorted(counts).items())


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda x: (-x[1], x[0])))


def _counts_json(counts: Counts) -> dict[str, Any]:
    fields = {name: getattr(counts, name) for name in Counts.__dataclass_fields__}
    return {name: value if isinstance(value, int) else _sorted(value) for name, value in fields.items()}


def _failure_json(failure: Failure) -> dict[str, str]:
    return {name: getattr(failure, name) for name in Failure.__dataclass_fields__}


def _sum(parts: Iterable[Counts]) -> Counts:
    """Figures added up; those by name are added name by name."""
    totals: dict[str, Any] = {}
    for counts in parts:
        for name in Counts.__dataclass_fields__:
            value = getattr(counts, name)
            totals[name] = totals[name] + value if name in totals else value
    return Counts(**totals)
