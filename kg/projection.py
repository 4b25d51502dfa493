"""The networkx projection of one guideline's part of the graph, on which paths are found.

Nodes are IRIs of concepts and clauses; every edge is a triple of the RDF graph (subject, predicate, object), in its own
direction. The projection is made from the records that the RDF was written from, when it is first needed.
"""

from __future__ import annotations

from itertools import pairwise

import networkx as nx

from kg.iris import clause_iri, ontology_iri
from kg.model import Document, Step
from kg.vocabulary import Vocabulary

MENTIONED_IN = ontology_iri("mentionedIn")
STATED_IN = ontology_iri("statedIn")
NARROWER = ontology_iri("narrower")
BROADER = "http://www.w3.org/2004/02/skos/core#broader"

# the lower, the more a step says; a path is as good as the sum of its steps
_COST = {STATED_IN: 0.6, MENTIONED_IN: 1.4, NARROWER: 1.5, BROADER: 1.5}
_STATEMENT_COST = 0.5
CUTOFF = 4.5


class Projection:
    """A directed graph; parallel edges keep the one that says most."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.graph = nx.DiGraph()
        self._ways: dict[str, dict[str, list[str]]] = {}
        clause_of = {s.id: s.clause_id for s in document.sentences}
        for mention in document.mentions:
            self._add(mention.concept, MENTIONED_IN, clause_iri(clause_of[mention.sentence_id]))
        for statement in document.statements:
            self._add(statement.subject, ontology_iri(statement.relation), statement.object)
            self._add(statement.object, STATED_IN, clause_iri(statement.clause_id))
        for iri in [n for n in self.graph if n in vocabulary]:
            for parent in vocabulary[iri].broader:
                self._add(iri, BROADER, parent)
                self._add(parent, NARROWER, iri)
        self._reversed = self.graph.reverse(copy=False)

    def _add(self, subject: str, predicate: str, obj: str) -> None:
        cost = _COST.get(predicate, _STATEMENT_COST)
        old = self.graph.get_edge_data(subject, obj)
        if old is None or (cost, predicate) < (old["cost"], old["predicate"]):
            self.graph.add_edge(subject, obj, predicate=predicate, cost=cost)

    def shortest(self, source: str, target: str) -> list[Step] | None:
        """The cheapest way from a concept to a clause as steps without words, None where it costs more than CUTOFF."""
        nodes = self._ways_to(target).get(source)
        if nodes is None:
            return None
        pairs = pairwise(reversed(nodes))
        return [Step(a, self.graph[a][b]["predicate"], b, ("", "", "")) for a, b in pairs]

    def _ways_to(self, target: str) -> dict[str, list[str]]:
        """For every concept within reach the nodes of its cheapest way, from the clause back to it."""
        if target not in self._ways:
            known = target in self.graph
            self._ways[target] = (
                nx.single_source_dijkstra_path(self._reversed, target, cutoff=CUTOFF, weight="cost") if known else {}
            )
        return self._ways[target]
