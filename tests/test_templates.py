"""Questions made without a model: what they ask, that they are marked, and that they help to find."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.checks import clauses_asked, obligations
from ingest.cli import main
from ingest.corpus import Corpus, read_corpus
from ingest.coverage import coverage, document_of
from ingest.indexes import asked, entries
from ingest.pipeline import name_concepts
from ingest.templates import template_questions
from kg.lexical import LexicalIndex, term_weights
from kg.model import Document, Language
from tests.conftest import CORPUS

SLUG, OTHER = "gene-therapy-long-term-follow-up-2021", "car-t-lymphoid-malignancies-2024-draft"
DEVELOPMENT = CORPUS.parent / "tests" / "data" / "development_questions.jsonl"
FIELDS = ("sentence", "sentence_en", "question")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(CORPUS)


def bare(corpus: Corpus, slug: str) -> Document:
    """A guideline as if it had just been added."""
    source = next(s for s in corpus.sources if s.slug == slug)
    return document_of(replace(source, translations=(), questions=()))


@pytest.mark.parametrize(
    ("slug", "question"),
    [
        (SLUG, "关于长期随访的观察时间有什么要求？"),
        (SLUG, "How long is it for adeno-associated virus vector?"),
        (SLUG, "长期随访的观察时间：腺相关病毒载体要多长时间？"),
        (OTHER, "CRS是什么的缩写？"),
        (OTHER, "What does MRD stand for?"),
    ],
)
def test_what_is_asked(corpus: Corpus, slug: str, question: str) -> None:
    document = bare(corpus, slug)
    made = list(template_questions(document, name_concepts(corpus, [document]), ()))
    assert question in [q.question for q in made]
    assert {q.origin for q in made} == {"template"}
    assert {q.lang for q in made} == {"zh", "en"}


def test_without_an_endpoint_questions_are_made_once_and_no_translation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "corpus"
    shutil.copytree(CORPUS / "vocabulary", folder / "vocabulary")
    home = folder / "guidelines" / SLUG
    home.mkdir(parents=True)
    for name in ("source.txt", "guideline.toml"):
        shutil.copy(CORPUS / "guidelines" / SLUG / name, home)
    assert main(["enrich", SLUG, "--corpus", str(folder)]) == 0
    first = (home / "questions.jsonl").read_bytes()
    assert main(["enrich", SLUG, "--corpus", str(folder), "--questions", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["written"] == 0
    assert (home / "questions.jsonl").read_bytes() == first
    assert not (home / "translation.en.jsonl").exists()
    found = coverage(read_corpus(folder))
    assert (found.failures, found.total.asked) == ((), found.total.saying)
    assert set(found.total.question_origins) == {"template"}


def test_every_obligation_is_asked_about_by_template(corpus: Corpus) -> None:
    for source in corpus.sources:
        document = bare(corpus, source.slug)
        made = tuple(template_questions(document, name_concepts(corpus, [document]), ()))
        covered = clauses_asked(replace(document, questions=made))
        assert [clause.id for clause, _ in obligations(document) if clause.id not in covered] == []


def test_they_help_to_find(corpus: Corpus, tmp_path: Path) -> None:
    """In a library of two guidelines, one of which nobody has asked about, the words of a search meet the template's."""
    asked_about = document_of(next(s for s in corpus.sources if s.slug == SLUG))
    before = bare(corpus, OTHER)
    after = replace(before, questions=tuple(template_questions(before, name_concepts(corpus, [before]), ())))
    without = found(tmp_path / "without", [asked_about, before])
    with_them = found(tmp_path / "with", [asked_about, after])
    assert with_them["zh"] >= without["zh"] + 5
    assert with_them["en"] >= without["en"] + 3


def found(folder: Path, documents: list[Document]) -> Counter[Language]:
    """How many development questions on the second guideline have a right sentence among the five that words find first."""
    index = LexicalIndex.build(folder, entries(documents, asked(documents, ())))
    hits: Counter[Language] = Counter()
    for row in map(json.loads, DEVELOPMENT.read_text(encoding="utf-8").splitlines()):
        quotes = [e["quote"] for e in row["evidence"] if e.get("document") == documents[1].slug]
        texts = {s.id: s.span.of(documents[1].text) for s in documents[1].sentences}
        right = {i for i, text in texts.items() if any(q[:20] in text or text in q for q in quotes)}
        hits[row["lang"]] += bool(right & set(best(index, row["question"])))
    return hits


def best(index: LexicalIndex, question: str) -> list[str]:
    scores: Counter[str] = Counter()
    for field in FIELDS:
        of_field: dict[str, float] = {}
        for hit in index.search(field, term_weights(question), 50):
            for target in hit.targets:
                of_field[target] = max(of_field.get(target, 0.0), hit.score)
        scores.update(of_field)  # type: ignore[arg-type]
    return sorted(scores, key=lambda i: (-scores[i], i))[:5]
