"""The records as RDF: SKOS concepts, DCTERMS documents and clauses, Web Annotation mentions, PROV-O derivation.

One named graph a document for content, one for statements and mentions, one for provenance, and one for the vocabulary of
the library, so that a document is added or dropped by its graphs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path

from rdflib import RDF, XSD, Dataset, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDFS, SKOS
from rdflib.term import Node

from kg.iris import (
    clause_iri,
    document_iri,
    graph_iri,
    mention_iri,
    ontology_iri,
    place_iri,
    sentence_iri,
    statement_iri,
)
from kg.model import Concept, Document, Mention, Statement

OA = "http://www.w3.org/ns/oa#"
Quad = tuple[Node, Node, Node, URIRef]
_ROLE = {"preferred": SKOS.prefLabel, "alternative": SKOS.altLabel, "hidden": SKOS.hiddenLabel}


def _gg(name: str) -> URIRef:
    return URIRef(ontology_iri(name))


def library_quads(concepts: Sequence[Concept], ontology: Path, clauses: Set[str] = frozenset()) -> Iterator[Quad]:
    """The vocabulary and the ontology, in the library's own graph; a definition from one of `clauses` leads there."""
    graph = URIRef(graph_iri("library", "vocabulary"))
    for triple in Graph().parse(ontology, format="turtle"):
        yield (*triple, graph)
    for concept in concepts:
        yield from ((*triple, graph) for triple in _concept(concept, clauses))


def document_quads(document: Document, digest: str) -> Iterator[Quad]:
    """A document in its three graphs; `digest` is the SHA-256 of the file as issued."""
    content, said, provenance = (
        URIRef(graph_iri(document.slug, part)) for part in ("content", "statements", "provenance")
    )
    yield from ((*t, content) for t in _content(document))
    yield from ((*t, said) for t in _said(document))
    yield from ((*t, provenance) for t in _provenance(document, digest))


def n_quads(quads: Iterable[Quad]) -> tuple[str, ...]:
    """The lines of sorted N-Quads without doubles: the canonical form, as there are no blank nodes."""
    return tuple(sorted({" ".join(node.n3() for node in quad) + " .\n" for quad in quads}))


def relation_labels(ontology: Path) -> dict[str, tuple[str, str]]:
    """IRI of each relation -> its Chinese and its English label, sorted."""
    graph = Graph().parse(ontology, format="turtle")
    out: dict[str, tuple[str, str]] = {}
    for iri in sorted(map(str, graph.subjects(RDF.type, _gg("Relation")))):
        found = [x for x in graph.objects(URIRef(iri), RDFS.label) if isinstance(x, Literal)]
        words = {str(x.language): str(x) for x in found}
        out[iri] = (words.get("zh", ""), words.get("en", ""))
    return out


def serialised(path: Path, form: str) -> bytes:
    """A graph file of sorted N-Quads as `nquads`, `jsonld` or `turtle`; Turtle has the union of the named graphs."""
    if form == "nquads":
        return path.read_bytes()
    quads = dataset(path.read_text(encoding="utf-8"))
    if form == "jsonld":
        return quads.serialize(format="json-ld", encoding="utf-8")
    union = Graph()
    for triple in quads.quads():
        union.add(triple[:3])
    for prefix, namespace in (
        ("gg", ontology_iri("")),
        ("skos", SKOS),
        ("dcterms", DCTERMS),
        ("prov", PROV),
        ("oa", OA),
    ):
        union.bind(prefix, namespace)
    return union.serialize(format="turtle", encoding="utf-8")


def dataset(text: str) -> Dataset:
    """An in-memory dataset of N-Quads."""
    out = Dataset()
    out.parse(data=text, format="nquads")
    return out


def _concept(concept: Concept, clauses: Set[str]) -> Iterator[tuple[Node, Node, Node]]:
    iri = URIRef(concept.iri)
    yield iri, RDF.type, SKOS.Concept
    yield iri, _gg("kind"), Literal(concept.kind)
    for label in concept.labels:
        yield iri, _ROLE[label.role], Literal(label.text, lang=label.lang)
    for definition in concept.definitions:
        yield iri, SKOS.definition, Literal(definition.text, lang=definition.lang)
    for source in concept.sources:
        yield iri, DCTERMS.source, URIRef(clause_iri(source)) if source in clauses else Literal(source)
    for parent in concept.broader:
        yield iri, SKOS.broader, URIRef(parent)
        yield URIRef(parent), _gg("narrower"), iri
    if concept.kind == "quantity" and concept.unit is not None:
        yield from _quantity(iri, concept)
    if concept.kind == "duration" and (concept.lower or concept.upper):
        yield iri, RDF.type, _gg("Duration")
        for name, value in (("lower", concept.lower), ("upper", concept.upper)):
            if value:
                yield iri, _gg(name), Literal(value, datatype=XSD.duration, normalize=False)


def _quantity(iri: URIRef, concept: Concept) -> Iterator[tuple[Node, Node, Node]]:
    """A quantity: decimals as bounds where it is one number; a ratio or rate keeps its written form."""
    yield iri, RDF.type, _gg("Quantity")
    yield iri, _gg("unit"), Literal(concept.unit or "count")
    for name, value in (("minimum", concept.lower), ("maximum", concept.upper)):
        if value and value.replace(".", "", 1).isdigit():
            yield iri, _gg(name), Literal(value, datatype=XSD.decimal, normalize=False)
        elif value:
            yield iri, _gg("ratio"), Literal(value)


def _content(document: Document) -> Iterator[tuple[Node, Node, Node]]:
    subject, metadata = URIRef(document_iri(document.slug)), document.metadata
    yield subject, RDF.type, _gg("Guideline")
    yield subject, DCTERMS.title, Literal(metadata.title_zh, lang="zh")
    yield subject, DCTERMS.title, Literal(metadata.title_en, lang="en")
    yield subject, DCTERMS.publisher, Literal(metadata.issuer)
    for name, predicate in (
        ("status", _gg("status")),
        ("issued", DCTERMS.issued),
        ("number", DCTERMS.identifier),
    ):
        if value := getattr(metadata, name):
            yield subject, predicate, Literal(value)
    for other in metadata.replaces:
        yield subject, DCTERMS.replaces, URIRef(document_iri(other))
    for clause in document.clauses:
        iri = URIRef(clause_iri(clause.id))
        yield iri, RDF.type, _gg("Clause")
        yield iri, DCTERMS.isPartOf, URIRef(clause_iri(clause.parent_id)) if clause.parent_id else subject
        yield iri, _gg("kind"), Literal(clause.kind)
        yield iri, _gg("start"), Literal(clause.span.start)
        yield iri, _gg("end"), Literal(clause.span.end)
        yield from ((iri, p, Literal(v)) for p, v in ((_gg("label"), clause.label), (DCTERMS.title, clause.title)) if v)
    for sentence in document.sentences:
        iri = URIRef(sentence_iri(sentence.id))
        yield iri, RDF.type, _gg("Sentence")
        yield iri, DCTERMS.isPartOf, URIRef(clause_iri(sentence.clause_id))
        yield iri, _gg("strength"), Literal(sentence.strength)
        yield iri, _gg("quote"), Literal(sentence.span.of(document.text))
    for reference in document.references:
        target = Literal(reference.title) if reference.target is None else URIRef(document_iri(reference.target))
        if reference.target_clause:
            target = URIRef(clause_iri(reference.target_clause))
        yield URIRef(clause_iri(reference.clause_id)), DCTERMS.references, target


def _said(document: Document) -> Iterator[tuple[Node, Node, Node]]:
    clause_of = {s.id: s.clause_id for s in document.sentences}
    for mention in document.mentions:
        yield URIRef(mention.concept), _gg("mentionedIn"), URIRef(clause_iri(clause_of[mention.sentence_id]))
        yield from _annotation(document, mention)
    for statement in document.statements:
        yield from _statement(document, statement)


def _annotation(document: Document, mention: Mention) -> Iterator[tuple[Node, Node, Node]]:
    """A Web Annotation whose target is the place in the document; the place holds its own quotation."""
    key = f"{mention.sentence_id} {mention.span.start} {mention.span.end} {mention.concept}"
    base = mention_iri(hashlib.sha256(key.encode()).hexdigest()[:16])
    iri, target = URIRef(base), place_iri(document.slug, mention.span)
    yield iri, RDF.type, URIRef(OA + "Annotation")
    yield iri, URIRef(OA + "hasBody"), URIRef(mention.concept)
    yield iri, URIRef(OA + "hasTarget"), URIRef(target)
    yield URIRef(target), URIRef(OA + "exact"), Literal(mention.span.of(document.text))


def _statement(document: Document, statement: Statement) -> Iterator[tuple[Node, Node, Node]]:
    iri, clause = URIRef(statement_iri(statement.id)), URIRef(clause_iri(statement.clause_id))
    relation = _gg(statement.relation)
    yield URIRef(statement.subject), relation, URIRef(statement.object)
    yield URIRef(statement.object), _gg("statedIn"), clause
    yield iri, RDF.type, _gg("Statement")
    yield iri, RDF.subject, URIRef(statement.subject)
    yield iri, RDF.predicate, relation
    yield iri, RDF.object, URIRef(statement.object)
    yield iri, _gg("statedIn"), clause
    place = URIRef(place_iri(document.slug, statement.span))
    yield iri, _gg("quotedAt"), place
    yield place, URIRef(OA + "exact"), Literal(statement.span.of(document.text))
    yield iri, _gg("strength"), Literal(statement.strength)
    yield iri, _gg("rule"), Literal(statement.rule)
    yield iri, PROV.wasDerivedFrom, URIRef(sentence_iri(statement.sentence_id))
    for name in ("condition", "exception"):
        if words := getattr(statement, name):
            yield iri, _gg(name), Literal(words)
    if statement.negated:
        yield iri, _gg("negated"), Literal(True)


def _provenance(document: Document, digest: str) -> Iterator[tuple[Node, Node, Node]]:
    subject, source = URIRef(document_iri(document.slug)), URIRef(f"{document_iri(document.slug)}/source")
    yield subject, PROV.wasDerivedFrom, source
    yield source, RDF.type, PROV.Entity
    yield source, DCTERMS.identifier, Literal(f"sha256:{digest}")
    for name in document.metadata.inferred:
        yield subject, _gg("inferred"), Literal(name)
