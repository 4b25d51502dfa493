"""The RDF graph of a snapshot: Oxigraph on disk through oxrdflib, opened read-only."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph
from oxrdflib import OxigraphStore
from rdflib import Dataset, URIRef

from kg.errors import QueryError, SnapshotError
from kg.model import Step
from kg.settings import BASE_IRI

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
MAX_ROWS = 10_000


class Graph:
    """Read-only access to the graph. All named graphs are queried together."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset

    @classmethod
    def open(cls, folder: Path) -> Graph:
        """Opens a store on disk. Raises SnapshotError when it is missing or damaged."""
        try:
            store = pyoxigraph.Store.read_only(str(folder))
        except (OSError, ValueError, RuntimeError) as error:
            raise SnapshotError(f"{folder}: the graph cannot be opened ({error}); run `guidegraph build`") from error
        return cls(Dataset(store=OxigraphStore(store=store), default_union=True))

    def holds(self, step: Step) -> bool:
        """Whether a path's step is a triple of the graph, by an ASK query."""
        triple = " ".join(URIRef(iri).n3() for iri in (step.subject, step.predicate, step.object))
        return bool(self.dataset.query(f"ASK {{ {triple} }}").askAnswer)

    def sparql(self, query: str) -> str:
        """The result of a read-only query as SPARQL 1.1 JSON on one line; CONSTRUCT and DESCRIBE give N-Triples in it.

        The usual prefixes (gg, c, skos, dcterms, oa, prov, rdf, xsd) are declared. Raises QueryError for an update, a
        SERVICE call, a syntax error or more than MAX_ROWS rows.
        """
        if found := _FORBIDDEN.search(_COMMENT_OR_STRING.sub(" ", query)):
            raise QueryError(f"only reading is allowed: the query has {found[0].upper()}")
        try:
            result = self.dataset.query(query, initNs=_PREFIXES)
            if result.type in ("CONSTRUCT", "DESCRIBE"):
                return json.dumps({"triples": (result.serialize(format="nt") or b"").decode()}, ensure_ascii=False)
            text = (result.serialize(format="json") or b"").decode()
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"the query is not understood: {error}") from error
        table = json.loads(text)
        if len(table.get("results", {}).get("bindings", ())) > MAX_ROWS:
            raise QueryError(f"more than {MAX_ROWS} rows; add a LIMIT")
        return json.dumps(table, ensure_ascii=False)
