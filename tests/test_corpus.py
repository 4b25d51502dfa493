"""The content: what was written beside the guidelines agrees with them."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from ingest.checks import corpus_failures
from ingest.corpus import Source, read_corpus
from ingest.coverage import document_of
from ingest.pipeline import parse
from kg.model import Document
from tests.conftest import CORPUS, SLUGS

CORPUS_READ = read_corpus(CORPUS)


@pytest.fixture(scope="module", params=SLUGS)
def both(request: pytest.FixtureRequest) -> tuple[Source, Document]:
    source = next(s for s in CORPUS_READ.sources if s.slug == request.param)
    return source, parse(source)


def test_every_sentence_has_its_english_reading(both: tuple[Source, Document]) -> None:
    source, document = both
    assert [row.id for row in source.translations] == [s.id for s in document.sentences]


def test_every_check_holds() -> None:
    documents = [document_of(source) for source in CORPUS_READ.sources]
    assert [str(failure) for failure in corpus_failures(CORPUS_READ, documents)] == []


def test_every_clause_that_says_something_has_questions(both: tuple[Source, Document]) -> None:
    source, document = both
    kinds = {c.id: c.kind for c in document.clauses}
    asked = Counter((s, q.lang) for q in source.questions for s in q.sentences)
    for sentence in document.sentences:
        if sentence.heading or kinds[sentence.clause_id] in ("front", "notice", "reference", "references", "caption"):
            continue
        assert asked[sentence.id, "zh"] + asked[sentence.id, "en"] >= 3, sentence.id


def test_the_corpus_is_large_enough() -> None:
    questions = [q for source in CORPUS_READ.sources for q in source.questions]
    assert len(questions) + len(CORPUS_READ.cross_questions) + len(CORPUS_READ.unanswerable) >= 3_900
    assert len(CORPUS_READ.cross_questions) >= 150
    assert len(CORPUS_READ.unanswerable) >= 250


@pytest.mark.parametrize(("name", "size", "least"), [("translations", 100, 0.97), ("questions", 200, 0.95)])
def test_a_sample_was_read_by_another_and_what_was_wrong_is_gone(name: str, size: int, least: float) -> None:
    sample = (CORPUS.parent / "tests" / "data" / f"reviewed_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in sample]
    assert len(rows) == size
    assert sum(row["verdict"] == "right" for row in rows) >= least * size
    now = {row.en for s in CORPUS_READ.sources for row in s.translations}
    now |= {q.question for s in CORPUS_READ.sources for q in s.questions}
    text = "en" if name == "translations" else "question"
    assert not [row[text] for row in rows if row["verdict"] == "wrong" and row[text] in now]
