"""Reading corpus/vocabulary/*.ttl: SKOS concept schemes, one file a scheme, refused when anything does not fit.

A scheme states its kind (`gg:kind "endpoint"`). Each concept has one preferred label in Chinese and one in English, and no
label belongs to two concepts of the library. `dcterms:source` says where a definition is from: the id of a clause
(`slug#2.1`) or the name of a published standard ("ICH E9", "CDISC Glossary", "general usage"). Terms that a curator
accepted (`ingest.terms`) are held to the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from pathlib import Path

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from ingest.terms import TERMS, Term, concept_of
from kg.errors import VocabularyError
from kg.model import Concept, Label, LabelRole, Language
from kg.settings import BASE_IRI
from kg.vocabulary import squeeze

KINDS = frozenset(
    [
        "endpoint",
        "population",
        "risk",
        "duration",
        "product",
        "disease",
        "design",
        "comparator",
        "biomarker",
        "procedure",
        "dose",
        "organisation",
        "place",
        "regulatory_artifact",
        "document",
        "quantity",
        "condition",
    ]
)
_KIND = URIRef(f"{BASE_IRI}ontology:kind")
_ROLES: tuple[tuple[URIRef, LabelRole], ...] = (
    (SKOS.prefLabel, "preferred"),
    (SKOS.altLabel, "alternative"),
    (SKOS.hiddenLabel, "hidden"),
)


def read_schemes(folder: Path, terms: Sequence[Term] = ()) -> tuple[Concept, ...]:
    """The concepts of all schemes and the accepted terms, sorted by IRI.

    Raises VocabularyError that names both culprits of a clash.
    """
    places: dict[str, Path] = {}
    concepts: dict[str, Concept] = {}
    for path, concept in (*_written(folder), *_accepted(folder, terms)):
        if concept.iri in concepts:
            raise VocabularyError(f"{path}: {concept.iri} stands in {places[concept.iri].name} already")
        concepts[concept.iri], places[concept.iri] = concept, path
    _check_parents(concepts, places)
    _check_labels(concepts.values(), places)
    return tuple(concepts[iri] for iri in sorted(concepts))


def check_sources(concepts: Iterable[Concept], clauses: Set[str]) -> None:
    """Refuses a definition whose clause is not in its guideline; one of a guideline that is not in the library is let be.

    Raises VocabularyError that names the file, the concept and the clause.
    """
    slugs = {clause.partition("#")[0] for clause in clauses}
    for concept in concepts:
        for source in concept.sources:
            slug, mark, _ = source.partition("#")
            if mark and slug in slugs and source not in clauses:
                raise VocabularyError(
                    f"vocabulary/{concept.source}.ttl: {concept.iri} has the source {source!r}, but {slug} has no such"
                    f" clause; `guidegraph clauses {slug} --json` lists them"
                )


def _written(folder: Path) -> Iterator[tuple[Path, Concept]]:
    for path in sorted(folder.glob("*.ttl")):
        stat = path.stat()
        for concept in _read_once(path, stat.st_mtime_ns, stat.st_size):
            yield path, concept


def _accepted(folder: Path, terms: Iterable[Term]) -> Iterator[tuple[Path, Concept]]:
    for term in terms:
        path = folder.parent / f"{TERMS}, line {term.line}"
        if term.kind not in KINDS:
            raise VocabularyError(f"{path}: the kind is {term.kind!r}, not one of {', '.join(sorted(KINDS))}")
        yield path, concept_of(term)


@lru_cache(maxsize=64)
def _read_once(path: Path, changed: int, size: int) -> tuple[Concept, ...]:
    """A scheme, read again only when its file has changed: whoever accepts terms one by one need not wait."""
    del changed, size
    return tuple(_scheme(path))


def _scheme(path: Path) -> Iterator[Concept]:
    graph = Graph()
    try:
        graph.parse(path, format="turtle")
    except Exception as error:  # rdflib's parser raises errors of several unrelated kinds
        raise VocabularyError(f"{path}: is not valid Turtle ({str(error).splitlines()[0]})") from error
    schemes = list(graph.subjects(RDF.type, SKOS.ConceptScheme))
    if len(schemes) != 1:
        raise VocabularyError(f"{path}: holds {len(schemes)} concept schemes, not one")
    kind = str(graph.value(schemes[0], _KIND))
    if kind not in KINDS:
        raise VocabularyError(f"{path}: the scheme's gg:kind is {kind!r}, not one of {', '.join(sorted(KINDS))}")
    for subject in sorted(map(str, graph.subjects(RDF.type, SKOS.Concept))):
        yield _concept(path, graph, URIRef(subject), kind)


def _concept(path: Path, graph: Graph, iri: URIRef, kind: str) -> Concept:
    labels = tuple(_labels(path, graph, iri))
    for lang in ("zh", "en"):
        if (n := sum(x.role == "preferred" and x.lang == lang for x in labels)) != 1:
            raise VocabularyError(f"{path}: {iri} has {n} preferred labels in {lang}, not one")
    definitions = tuple(Label(str(d), _language(path, d)) for d in _literals(path, graph, iri, SKOS.definition))
    broader = tuple(sorted(str(b) for b in graph.objects(iri, SKOS.broader)))
    sources = tuple(sorted({str(x).strip() for x in _literals(path, graph, iri, DCTERMS.source)}))
    if not all(sources):
        raise VocabularyError(f"{path}: {iri} has an empty dcterms:source; name a clause or a standard, or take it out")
    return Concept(str(iri), kind, labels, broader, definitions, source=path.stem, sources=sources)


def _labels(path: Path, graph: Graph, iri: URIRef) -> Iterator[Label]:
    for predicate, role in _ROLES:
        for literal in _literals(path, graph, iri, predicate):
            yield Label(str(literal), _language(path, literal), role)


def _literals(path: Path, graph: Graph, iri: URIRef, predicate: URIRef) -> list[Literal]:
    found = list(graph.objects(iri, predicate))
    for node in found:
        if not isinstance(node, Literal):
            raise VocabularyError(f"{path}: {iri} has {node} where a text is wanted")
    return sorted((x for x in found if isinstance(x, Literal)), key=lambda x: (str(x.language), str(x)))


def _language(path: Path, literal: Literal) -> Language:
    if literal.language == "zh":
        return "zh"
    if literal.language == "en":
        return "en"
    raise VocabularyError(f"{path}: the text {str(literal)!r} has neither @zh nor @en")


def _check_parents(concepts: dict[str, Concept], places: dict[str, Path]) -> None:
    for concept in concepts.values():
        for parent in concept.broader:
            if parent not in concepts:
                raise VocabularyError(f"{places[concept.iri]}: {concept.iri} is below {parent}, which does not exist")
        _check_cycle(concepts, places, concept)


def _check_cycle(concepts: dict[str, Concept], places: dict[str, Path], start: Concept) -> None:
    seen, queue = {start.iri}, list(start.broader)
    while queue:
        iri = queue.pop()
        if iri == start.iri:
            raise VocabularyError(f"{places[start.iri]}: {start.iri} is broader than itself")
        if iri not in seen:
            seen.add(iri)
            queue += concepts[iri].broader


def _check_labels(concepts: Iterable[Concept], places: dict[str, Path]) -> None:
    owner: dict[str, Concept] = {}
    for concept in concepts:
        for label in concept.labels:
            key, _ = squeeze(label.text)
            other = owner.setdefault(key, concept)
            if other.iri != concept.iri:
                raise VocabularyError(
                    f"{places[concept.iri]}: the label {label.text!r} of {concept.iri}"
                    f" belongs to {other.iri} in {places[other.iri].name} already"
                )
