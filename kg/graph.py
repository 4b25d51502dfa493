"""The RDF graph of a snapshot: Oxigraph on disk through oxrdflib, opened read-only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from oxrdflib import OxigraphStore
from rdflib import Dataset, Literal, URIRef

from kg.errors import QueryError, SnapshotError
from kg.iris import clause_iri
from kg.model import Step
from kg.settings import BASE_IRI
from kg.sparql import MAX_ROWS, MAX_SECONDS, limited

_PREFIXES = {
    "gg": f"{BASE_IRI}ontology:",
    "c": f"{BASE_IRI}concept:",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_COMMENT_OR_STRING = re.compile(r"#[^\n]*(?![^<>]*>)|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|<[^>\s]*>")
_FORBIDDEN = re.compile(r"\b(insert|delete|load|clear|create|drop|copy|move|add|service)\b", re.IGNORECASE)
_LABELLED = """
SELECT DISTINCT ?concept WHERE {{
  ?concept a skos:Concept ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label
  FILTER(LCASE(STR(?label)) = LCASE({label})) FILTER(!STRSTARTS(STR(?concept), "urn:guidegraph:term:short-"))
}} ORDER BY ?concept LIMIT 1"""
_FACTS = """
SELECT ?subject ?relation ?object ?strength ?condition ?clause ?quote WHERE {{
  ?statement a gg:Statement ; rdf:subject ?s ; rdf:predicate ?r ; rdf:object ?o ; gg:strength ?strength ;
    gg:statedIn ?clause ; gg:quotedAt/oa:exact ?quote .
  OPTIONAL {{ ?statement gg:condition ?condition }}
  {wanted}
  OPTIONAL {{ ?s skos:prefLabel ?sz FILTER(LANG(?sz) = "zh") }} OPTIONAL {{ ?s skos:prefLabel ?se FILTER(LANG(?se) = "en") }}
  OPTIONAL {{ ?o skos:prefLabel ?oz FILTER(LANG(?oz) = "zh") }} OPTIONAL {{ ?o skos:prefLabel ?oe FILTER(LANG(?oe) = "en") }}
  BIND(STR(COALESCE(?sz, ?se)) AS ?subject) BIND(STR(COALESCE(?oz, ?oe)) AS ?object)
  BIND(REPLACE(STR(?r), "^.*:", "") AS ?relation)
}} ORDER BY ?clause ?subject ?relation ?object"""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement as the graph tells it, in words."""

    subject: str
    relation: str
    object: str
    strength: str
    clause: str
    quote: str
    condition: str | None = None


class Graph:
    """Read-only access to the graph. All named graphs are queried together.

    >>> graph = Snapshot.open(data).graph
    >>> graph.concept("AAV")
    'urn:guidegraph:concept:aav-vector'
    >>> [f.object for f in graph.facts(subject="AAV", relation="recommended_follow_up")]
    ['5年或至不再存在风险']
    >>> graph.rows("SELECT (COUNT(*) AS ?n) WHERE { ?g a gg:Guideline }")
    [{'n': '5'}]
    """

    def __init__(self, dataset: Dataset, folder: Path | None = None) -> None:
        self.dataset, self._folder = dataset, folder

    @classmethod
    def open(cls, folder: Path) -> Graph:
        """Opens a store on disk. Raises SnapshotError when it is missing or damaged."""
        try:
            store = pyoxigraph.Store.read_only(str(folder))
        except (OSError, ValueError, RuntimeError) as error:
            raise SnapshotError(f"{folder}: the graph cannot be opened ({error}); run `guidegraph build`") from error
        return cls(Dataset(store=OxigraphStore(store=store), default_union=True), folder)

    def holds(self, step: Step) -> bool:
        """Whether a path's step is a triple of the graph, by an ASK query."""
        triple = " ".join(URIRef(iri).n3() for iri in (step.subject, step.predicate, step.object))
        return bool(self.dataset.query(f"ASK {{ {triple} }}").askAnswer)

    def sparql(self, query: str, *, seconds: float = MAX_SECONDS, rows: int = MAX_ROWS) -> str:
        """The result of a read-only query as SPARQL 1.1 JSON on one line; CONSTRUCT and DESCRIBE give N-Triples in it.

        The usual prefixes (gg, c, skos, dcterms, oa, prov, rdf, xsd) are declared. Raises QueryError for an update, a
        SERVICE call, a syntax error, more rows or more time than allowed.
        """
        if found := _FORBIDDEN.search(_COMMENT_OR_STRING.sub(" ", query)):
            raise QueryError(f"only reading is allowed: the query has {found[0].upper()}")
        if self._folder is None:
            raise QueryError("this graph is not on disk; query its dataset")
        return limited(self._folder.resolve(), query, _PREFIXES, seconds, rows)

    def rows(self, query: str) -> list[dict[str, str]]:
        """The rows of a SELECT query as plain values by variable."""
        table = json.loads(self.sparql(query))
        return [{k: v["value"] for k, v in row.items()} for row in table.get("results", {}).get("bindings", ())]

    def concept(self, label: str) -> str | None:
        """The IRI of the concept that a label names, None where no concept has it."""
        found = self.rows(_LABELLED.format(label=Literal(label).n3()))
        return found[0]["concept"] if found else None

    def sources(self, label: str) -> list[str]:
        """Where the definition of a concept is from: ids of clauses, or names of published standards.

        >>> Snapshot.open(data).graph.sources("没有这个词")
        []
        """
        rows = self.rows(
            f"SELECT ?s WHERE {{ <{self.concept(label) or 'urn:guidegraph:none'}> dcterms:source ?s }} ORDER BY ?s"
        )
        return [row["s"].removeprefix(clause_iri("")) for row in rows]

    def facts(self, subject: str = "", relation: str = "", document: str = "") -> Iterator[Fact]:
        """The statements of the graph, or those about a subject (by label), of a relation, of a guideline (by slug)."""
        wanted = []
        if subject:
            wanted.append(f"FILTER(?s = <{self.concept(subject) or 'urn:guidegraph:none'}>)")
        if relation:
            wanted.append(f"FILTER(STRENDS(STR(?r), {Literal(':' + relation).n3()}))")
        if document:
            wanted.append(f"FILTER(STRSTARTS(STR(?clause), {Literal(clause_iri(document) + '#').n3()}))")
        for row in self.rows(_FACTS.format(wanted=" ".join(wanted))):
            yield Fact(**{**row, "clause": row["clause"].removeprefix(clause_iri(""))})
