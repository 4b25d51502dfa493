"""IRIs of everything in the graph, and their readable short forms."""

from __future__ import annotations

import re
from urllib.parse import quote

from kg.model import Span
from kg.settings import BASE_IRI


def document_iri(slug: str) -> str:
    return f"{BASE_IRI}document:{slug}"


def clause_iri(clause_id: str) -> str:
    return f"{BASE_IRI}clause:{clause_id}"


def sentence_iri(sentence_id: str) -> str:
    return f"{BASE_IRI}sentence:{sentence_id}"


def statement_iri(statement_id: str) -> str:
    return f"{BASE_IRI}statement:{statement_id}"


def mention_iri(key: str) -> str:
    return f"{BASE_IRI}mention:{key}"


def place_iri(slug: str, span: Span) -> str:
    """A run of a document's clean text, as RFC 5147 writes it: characters from, to."""
    return f"{document_iri(slug)}#char={span.start},{span.end}"


def duration_iri(key: str) -> str:
    return f"{BASE_IRI}duration:{key}"


def quantity_iri(key: str) -> str:
    return f"{BASE_IRI}quantity:{key}"


def term_iri(term: str) -> str:
    """A term that a text introduces and no scheme holds."""
    return f"{BASE_IRI}term:{quote(re.sub(r'[^0-9A-Za-z一-鿿]+', '-', term).strip('-'), safe='-')}"


def ontology_iri(name: str) -> str:
    return f"{BASE_IRI}ontology:{name}"


def graph_iri(slug: str, part: str) -> str:
    """The named graph of a document's part: content, statements or provenance; or of the library: vocabulary."""
    return f"{BASE_IRI}graph:{slug}:{part}"
