"""The door to the graph, its limits, and the modules whose docstrings run."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import ingest.candidates
import ingest.making
import kg.graph
import kg.quantities
from ingest.candidates import candidates
from kg import Graph
from kg.cards import card_text, concept_json, named
from kg.errors import QueryError
from kg.snapshot import Snapshot


def test_docstrings_run(data: Path) -> None:
    names = {"Snapshot": Snapshot, "data": data}
    for module in (kg.graph, kg.quantities, ingest.candidates, ingest.making):
        assert doctest.testmod(module, extraglobs=names).failed == 0


def test_the_door_is_the_graph() -> None:
    assert Graph is kg.graph.Graph


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "only reading"),
        ("SELECT * WHERE {", "error"),
        ("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }", "rows"),
    ],
)
def test_limits(snapshot: Snapshot, query: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        snapshot.graph.sparql(query)


def test_time_limit(snapshot: Snapshot) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(QueryError, match="longer than"):
        snapshot.graph.sparql(query, seconds=0.5)


def test_card_of_a_concept(snapshot: Snapshot) -> None:
    card = concept_json(named("AAV", snapshot.vocabulary), snapshot.vocabulary, snapshot.concordance)
    assert card["iri"] == "urn:guidegraph:concept:aav-vector"
    assert any(f["relation"] == "recommended_follow_up" for f in card["statements"])
    assert "腺相关病毒" in card_text(card)
    with pytest.raises(QueryError, match="no concept"):
        named("没有这个词", snapshot.vocabulary)


def test_candidates_are_new_terms(snapshot: Snapshot) -> None:
    document = snapshot.document("rare-disease-drug-development-2021")
    found = candidates(document, snapshot.vocabulary, limit=20)
    assert found
    assert all(c.sentences for c in found)
