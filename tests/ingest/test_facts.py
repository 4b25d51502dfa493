"""The statements of the corpus against facts written from the texts, against a read sample, and against themselves."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.corpus import read_corpus
from ingest.pipeline import name_concepts, parse, state
from kg.contract import fact_json
from kg.model import Concept, Document
from kg.snapshot import Snapshot
from kg.vocabulary import Vocabulary
from tests.conftest import CORPUS

DATA = Path(__file__).parent.parent / "data"
Json = dict[str, Any]


@cache
def stated() -> tuple[list[Document], tuple[Concept, ...]]:
    corpus = read_corpus(CORPUS)
    parsed = [parse(source) for source in corpus.sources]
    return state(parsed, name_concepts(corpus, parsed), lambda *_: None)


@cache
def facts() -> list[Json]:
    documents, concepts = stated()
    vocabulary = Vocabulary(concepts)
    return [fact_json(d, s, vocabulary) for d in documents for s in d.statements]


def rows(name: str) -> list[Json]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def norm(text: str) -> str:
    return re.sub(r"[\s*]+", "", unicodedata.normalize("NFKC", text)).casefold()


def names(node: Json) -> list[str]:
    return [norm(x) for x in (node["label"], *node["labels"]) if x]


def alike(node: Json, wanted: str) -> bool:
    want = norm(wanted)
    return any(len(x) >= 2 and (x in want or want in x) for x in names(node))


def found(expected: Json) -> list[Json]:
    """Facts at the expected place that join the expected pair."""
    want = norm(expected["quote"])
    here = [f for f in facts() if f["document"] == expected["document"]]
    placed = [f for f in here if want in norm(f["quote"]) or (len(f["quote"]) >= 12 and norm(f["quote"]) in want)]
    both = [f for f in placed if alike(f["subject"], expected["subject"]) and alike(f["object"], expected["object"])]
    turned = [f for f in placed if alike(f["subject"], expected["object"]) and alike(f["object"], expected["subject"])]
    return both + (turned if expected["relation"] == "abbreviation_of" else [])


def test_expected_facts_are_found() -> None:
    expected = rows("expected_facts.jsonl")
    assert len(expected) == 275
    hits = [bool(found(e)) for e in expected]
    strengths = [any(f["strength"] == e["strength"] for f in found(e)) for e in expected]
    assert sum(hits) / len(hits) >= 0.91
    assert sum(strengths) / len(strengths) >= 0.89


def test_read_sample_keeps_its_verdicts() -> None:
    """150 statements of all documents, drawn with random.Random(71), at most 20 of them names and citations, each read
    against its sentence by someone other than the author of the rules: 140 right in subject, relation, object and strength
    together, 0.933. The same reader had read 150 before (seed 31: 0.81), 120 (47: 0.917) and 150 (53: 0.913), and mended the
    rules by cause after each; each draw was fresh. Six of the ten wrong ones have been mended since; those found right stay,
    but for four that a stricter reader rejects: `since` says why."""
    sample = rows("statement_sample.jsonl")
    assert len(sample) == 150
    assert sum(r["verdict"] == "right" for r in sample) / len(sample) >= 0.92
    wrong, kept = _verdicts(sample)
    assert len(wrong) <= 4
    assert kept >= 0.98


def test_strictly_read_sample_stays_mended() -> None:
    """150 statements drawn with seed 97 and read strictly (a lost condition or a neighbouring subject is wrong): 119 right,
    0.793. A wrong one is mended where it is no longer made or now bears a condition that it lacked."""
    sample = rows("strict_sample.jsonl")
    assert len(sample) == 150
    assert sum(r["verdict"] == "right" for r in sample) == 119
    made = {(*_key(f), f["condition"]) for f in facts()}
    wrong = [r for r in sample if r["verdict"] == "wrong" and (*_key(r), r["condition"]) in made]
    assert len(wrong) <= 5
    assert _verdicts(sample)[1] >= 0.98


@pytest.mark.parametrize(
    ("name", "right", "made_still"), [("blind_sample.jsonl", 101, 14), ("second_sample.jsonl", 112, 8)]
)
def test_fresh_samples_keep_their_measure(name: str, right: int, made_still: int) -> None:
    """120 statements each, read as the strict sample was, none of them in an earlier one. The blind one (seed 163) is of clauses
    that nobody had read while the rules were mended: 101 right, 0.842 (95 % interval 0.766 to 0.896). Its causes and those of
    another 120 (seed 173: 106 right, 0.883) were mended; the second one (seed 181), drawn after that from all clauses, has
    112 right, 0.933 (0.874 to 0.966). Most of what it draws from are clauses that had been read in between, so that the
    graph's precision lies between the two."""
    sample = rows(name)
    assert len(sample) == 120
    assert sum(r["verdict"] == "right" for r in sample) == right
    assert all(r.get("why") for r in sample if r["verdict"] == "wrong")
    made = {(*_key(f), f["condition"]) for f in facts()}
    assert sum((*_key(r), r["condition"]) in made for r in sample if r["verdict"] == "wrong") <= made_still
    assert _verdicts(sample)[1] >= 0.98


def test_the_graph_as_it_is_published_keeps_its_precision(snapshot: Snapshot) -> None:
    """150 of the 1,421 statements of the built graph, decisions of curators among them, drawn with random.Random(5077) after
    all statements had been read and mended by rule or by decision; two readers who had not seen them before judged each
    against its clause: 140 right, 5 wrong, 5 doubtful, 0.933 (95 % interval 0.882 to 0.963)."""
    sample = rows("judged_sample.jsonl")
    assert len(sample) == 150
    assert sum(r["verdict"] == "right" for r in sample) / len(sample) >= 0.92
    assert all(r["why"] for r in sample if r["verdict"] != "right")
    documents = [snapshot.document(shelf.slug) for shelf in snapshot.manifest.shelves]
    made = {(d.slug, s.clause_id, s.subject, s.relation, s.object, s.strength) for d in documents for s in d.statements}
    right = [r for r in sample if r["verdict"] == "right"]
    assert sum(_key(r) in made for r in right) / len(right) >= 0.98


def test_first_sample_stays_mended() -> None:
    """220 statements of the first rules, as their author read them. What was wrong stays away; some that he found right were
    given up with their kind, such as duties of a thing that only a heading names."""
    wrong, kept = _verdicts(rows("precision_sample.jsonl"))
    assert len(wrong) <= 3
    assert kept >= 0.85


def _verdicts(sample: list[Json]) -> tuple[list[Json], float]:
    """The statements found wrong that are still made, and the share of those found right that are."""
    made = {_key(f) for f in facts()}
    right = [r for r in sample if r["verdict"] == "right" and "since" not in r]
    return [r for r in sample if r["verdict"] == "wrong" and _key(r) in made], sum(
        _key(r) in made for r in right
    ) / len(right)


def _key(f: Json) -> tuple[str, ...]:
    return (f["document"], f["clause_id"], f["subject"]["iri"], f["relation"], f["object"]["iri"], f["strength"])


def test_every_statement_is_whole() -> None:
    documents, concepts = stated()
    known = {c.iri for c in concepts}
    for document in documents:
        sentences = {s.id: s for s in document.sentences}
        for s in document.statements:
            assert {s.subject, s.object} <= known
            assert s.subject != s.object
            assert sentences[s.sentence_id].clause_id == s.clause_id
            assert s.span.of(document.text).strip()


def test_two_runs_agree() -> None:
    first = [s for d in stated()[0] for s in d.statements]
    stated.cache_clear()
    assert [s for d in stated()[0] for s in d.statements] == first


@pytest.mark.parametrize(
    ("quote", "never"),
    [
        ("通常不纳入健康受试者", ("study_population", "first_population", "requires")),
        ("不要求患者必须接受", ("requires_prior_therapy", "requires")),
        ("不适合采用单臂试验设计", ("recommended_design", "allows")),
        ("无需开展长期随访临床研究", ("recommended_design",)),
    ],
)
def test_negation_never_turns_into_its_opposite(quote: str, never: tuple[str, ...]) -> None:
    """No statement whose object stands in the denied words has an affirming relation."""
    for f in facts():
        if quote in f["quote"].replace(" ", "") and f["relation"] in never:
            assert f["object"]["label"] not in quote, f
