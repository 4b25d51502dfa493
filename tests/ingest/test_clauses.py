"""The clause trees of the five guidelines, against golden files that were read beside the sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.corpus import read_corpus
from ingest.pipeline import parse
from ingest.readers import read_source
from kg.model import Document
from tests.conftest import CORPUS, ROOT, SLUGS

GOLDEN = ROOT / "tests" / "golden" / "clauses"
SOURCES = {source.slug: source for source in read_corpus(CORPUS).sources}


@pytest.fixture(scope="module", params=SLUGS)
def document(request: pytest.FixtureRequest) -> Document:
    return parse(SOURCES[request.param])


def test_all_guidelines_are_checked() -> None:
    assert len(SLUGS) == 5


def test_clause_tree_is_as_read(document: Document, rewrite_golden: bool) -> None:
    rows = [
        {
            "id": c.id,
            "kind": c.kind,
            "label": c.label,
            "title": c.title,
            "depth": c.depth,
            "lines": document.line_range(c.span),
            "span": [c.span.start, c.span.end],
            "issued": [document.issued_span(c.span).start, document.issued_span(c.span).end],
        }
        for c in document.clauses
    ]
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path = GOLDEN / f"{document.slug}.jsonl"
    if rewrite_golden:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_sentences_and_markers_cover_the_clean_text_once(document: Document) -> None:
    covered = [0] * len(document.text)
    for sentence in document.sentences:
        for i in range(sentence.span.start, sentence.span.end):
            covered[i] += 1
    assert max(covered) == 1
    left = "".join(c if not n else " " for c, n in zip(document.text, covered, strict=True)).split()
    markers = {c.marker.replace(" ", "") for c in document.clauses}
    assert [piece for piece in left if piece not in markers] == []


def test_every_character_is_the_one_in_the_file(document: Document) -> None:
    issued = read_source(Path(SOURCES[document.slug].path)).text
    wrong = [
        i for i, char in enumerate(document.text) if not char.isspace() and issued[document.issued_offset(i)] != char
    ]
    assert wrong == []


def test_every_sentence_maps_back_to_a_place_in_the_file(document: Document) -> None:
    """The place holds the sentence's words in order; what it holds beside them is noise that the cleaner knows."""
    issued = read_source(Path(SOURCES[document.slug].path)).text
    for sentence in document.sentences:
        words = iter(document.issued_span(sentence.span).of(issued))
        assert all(char in words for char in sentence.span.of(document.text) if not char.isspace()), sentence.id


def test_clause_spans_nest(document: Document) -> None:
    by_id = {c.id: c for c in document.clauses}
    for clause in document.clauses:
        if clause.parent_id:
            assert by_id[clause.parent_id].span.holds(clause.span), clause.id


def test_ids_are_unique(document: Document) -> None:
    for records in (document.clauses, document.sentences, document.chunks):
        ids = [record.id for record in records]
        assert len(ids) == len(set(ids))
