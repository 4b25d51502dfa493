"""The content: what was written beside the guidelines agrees with them."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from ingest.corpus import Source, read_corpus
from ingest.pipeline import parse
from kg.model import Document
from tests.conftest import CORPUS, SLUGS

CORPUS_READ = read_corpus(CORPUS)
MONTH_NUMBERS = {
    str(number): month
    for number, month in enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        1,
    )
}


@pytest.fixture(scope="module", params=SLUGS)
def both(request: pytest.FixtureRequest) -> tuple[Source, Document]:
    source = next(s for s in CORPUS_READ.sources if s.slug == request.param)
    return source, parse(source)


def test_every_sentence_has_its_english_reading(both: tuple[Source, Document]) -> None:
    source, document = both
    assert [row.id for row in source.translations] == [s.id for s in document.sentences]
    assert all(row.en.strip() for row in source.translations)


def test_numbers_and_abbreviations_agree(both: tuple[Source, Document]) -> None:
    for row in both[0].translations:
        said = numbers(row.en) | {number for number, month in MONTH_NUMBERS.items() if month in row.en}
        said |= {number.removesuffix("0000") for number in said}  # 14 万 is 140,000
        assert numbers(row.zh) <= said, row.id
        for short in re.findall(r"(?<![A-Za-z])[A-Z]{2,}(?![a-z])", row.zh):
            assert short in row.en, (row.id, short)


def numbers(text: str) -> set[str]:
    """Numbers of a text without the marks that group thousands."""
    return set(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d)[, ](?=\d{3}(?!\d))", "", text)))


def test_no_chinese_is_left_in_the_reading(both: tuple[Source, Document]) -> None:
    for row in both[0].translations:
        assert set(re.findall(r"[\u4e00-\u9fff]+", row.en)) <= {"万"}, row.id


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("鼓励", r"encourag"),
        ("建议(?!下|和推荐)", r"recommend|suggest|advis|comment"),
        ("通常不纳入", r"\bnot\b"),
        ("必须", r"\bmust\b"),
        ("不超过", r"no more than"),
        ("不短于", r"no less than|not shorter"),
        ("至少", r"at least"),
    ],
)
def test_strength_words_are_kept(zh: str, en: str) -> None:
    rows = [r for s in CORPUS_READ.sources for r in s.translations if re.search(zh, r.zh)]
    assert rows
    missing = [r.id for r in rows if not re.search(en, r.en, re.IGNORECASE)]
    assert len(missing) <= 0.04 * len(rows), missing


def test_every_clause_that_says_something_has_questions(both: tuple[Source, Document]) -> None:
    source, document = both
    kinds = {c.id: c.kind for c in document.clauses}
    asked = Counter((s, q.lang) for q in source.questions for s in q.sentences)
    for sentence in document.sentences:
        if sentence.heading or kinds[sentence.clause_id] in ("front", "notice", "reference", "references", "caption"):
            continue
        assert asked[sentence.id, "zh"] + asked[sentence.id, "en"] >= 3, sentence.id


def test_questions_name_real_clauses_and_sentences() -> None:
    documents = [parse(s) for s in CORPUS_READ.sources]
    clauses = {c.id for d in documents for c in d.clauses}
    sentences = {s.id for d in documents for s in d.sentences}
    for source in CORPUS_READ.sources:
        for question in source.questions:
            assert question.clause in clauses
            assert set(question.sentences) <= sentences
    for cross in CORPUS_READ.cross_questions:
        assert set(cross.sentences) <= sentences
        assert len({s.partition("#")[0] for s in cross.sentences}) >= 2
    for row in CORPUS_READ.unanswerable:
        assert set(row.nearest) <= clauses


def test_no_question_stands_twice() -> None:
    everything = [q.question for s in CORPUS_READ.sources for q in s.questions]
    everything += [q.question for q in (*CORPUS_READ.cross_questions, *CORPUS_READ.unanswerable)]
    counts = Counter(re.sub(r"[\W_]+", "", q).casefold() for q in everything)
    assert [q for q, n in counts.items() if n > 1] == []
    assert len(everything) >= 3_900
