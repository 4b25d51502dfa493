"""The public JSON of answers, statements and clauses. Kept stable; new keys may be added, none change meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.concordance import Saying
from kg.iris import clause_iri
from kg.model import Answer, Citation, Concept, Document, Path, Statement
from kg.vocabulary import Vocabulary

Json = dict[str, Any]


def answer_json(answer: Answer, question_id: str | None = None) -> Json:
    """An answer as `guidegraph ask --json` prints it."""
    return {
        "id": question_id,
        "question": answer.question.text,
        "language": answer.question.lang,
        "intent": answer.question.intent,
        "abstained": answer.status == "not_covered",
        "reason": answer.reason,
        "confidence": answer.confidence,
        "understood": answer.understood,
        "answer": answer.text,
        "citations": [_citation(c) for c in answer.citations],
        "paths": [_path(p) for p in answer.paths],
        "related": [
            {"document": r.document, "clause_id": r.clause_id, "clause": r.clause, "why": r.why} for r in answer.related
        ],
        "snapshot": answer.snapshot,
        "latency_ms": answer.latency_ms,
    }


def fact_json(document: Document, statement: Statement, vocabulary: Vocabulary) -> Json:
    """A statement as `guidegraph facts --json` prints it."""
    return _fact(statement, document.slug, statement.clause_id, statement.span.of(document.text), vocabulary)


def saying_json(saying: Saying, vocabulary: Vocabulary) -> Json:
    """The same of a statement as the concordance holds it."""
    return _fact(saying, saying.place.document, saying.place.clause_id, saying.quote, vocabulary)


def clause_rows(document: Document) -> Iterator[Json]:
    """A guideline's clauses in order of the text, as `guidegraph clauses --json` prints them."""
    for clause in document.clauses:
        yield {
            "id": clause.id, "iri": clause_iri(clause.id), "parent": clause.parent_id, "kind": clause.kind,
            "label": clause.label, "title": clause.title, "depth": clause.depth,
            "start": clause.span.start, "end": clause.span.end, "lines": list(document.line_range(clause.span)),
            "unit": document.unit, "pages": list(document.page_range(clause.span) or ()) or None,
            "text": clause.span.of(document.text),
        }  # fmt: skip


def _fact(said: Statement | Saying, document: str, clause_id: str, quote: str, vocabulary: Vocabulary) -> Json:
    return {
        "document": document,
        "clause_id": clause_id,
        "quote": quote,
        "relation": said.relation,
        "strength": said.strength,
        "condition": said.condition,
        "subject": _concept(vocabulary[said.subject]),
        "object": _concept(vocabulary[said.object]),
        "rule": said.rule,
    }


def _citation(citation: Citation) -> Json:
    return {
        "document": citation.document, "clause": citation.clause, "clause_id": citation.clause_id,
        "heading": list(citation.heading), "quote": citation.quote,
        "start": citation.span.start, "end": citation.span.end, "lines": list(citation.lines),
        "unit": citation.unit, "pages": list(citation.pages) if citation.pages else None,
        "marks": [[m.start, m.end] for m in citation.marks],
        "strength": citation.strength, "translation": citation.translation, "score": citation.score,
    }  # fmt: skip


def _path(path: Path) -> Json:
    steps = [{"subject": s.subject, "predicate": s.predicate, "object": s.object} for s in path.steps]
    return {"text": path.text, "steps": steps}


def _concept(concept: Concept) -> Json:
    label = concept.label("zh")
    others = [x.text for x in concept.labels if x.text != label and x.role != "hidden"]
    out: Json = {"iri": concept.iri, "label": label, "labels": others, "type": concept.kind}
    if concept.kind == "duration":
        out |= {"min": concept.lower, "max": concept.upper}
    return out
