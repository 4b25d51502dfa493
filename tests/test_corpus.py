"""The content: what was written beside the guidelines agrees with them."""

from __future__ import annotations

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
