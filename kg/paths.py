"""Paths: how the graph leads from a concept of the question to a cited clause, step by step, each a triple."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.iris import clause_iri, ontology_iri
from kg.model import Citation, Clause, Concept, Document, Language, Path, Question, Statement, Step
from kg.projection import BROADER, MENTIONED_IN, NARROWER, STATED_IN, Projection
from kg.vocabulary import Vocabulary

MAX_PATHS = 3
_GENERIC = frozenset({"organisation", "place", "document"})
WORDS = {
    MENTIONED_IN: ("见于", "mentioned in"),
    STATED_IN: ("出处", "stated in"),
    NARROWER: ("包含", "narrower"),
    BROADER: ("属于", "broader"),
}


class PathFinder:
    """Finds paths inside one guideline; `relations` gives the words for each relation in Chinese and English."""

    def __init__(self, document: Document, vocabulary: Vocabulary, relations: Mapping[str, tuple[str, str]]) -> None:
        self._document, self._vocabulary, self._relations = document, vocabulary, relations
        self._projection = Projection(document, vocabulary)
        self._clauses = {clause_iri(c.id): c for c in document.clauses}

    def paths(self, question: Question, citation: Citation) -> Iterator[tuple[float, Path]]:
        """Paths from the question's concepts to the citation's clause with their cost; the statements in the quoted
        sentences first, then the cheapest ways through the graph."""
        for statement in self._marked_statements(question, citation):
            steps = self._statement_steps(statement)
            yield 0.5, self._worded(steps, question.lang)
        targets = (clause_iri(citation.clause_id), *self._below(citation))
        for rank, iri in enumerate(self._sources(question)):
            for clause in targets:
                if way := self._projection.shortest(iri, clause):
                    yield len(way) + 1 + 0.1 * rank, self._worded(way, question.lang)
                    break

    def _marked_statements(self, question: Question, citation: Citation) -> list[Statement]:
        """Statements of the evidence sentences whose subject the question names; durations first when asked for."""
        named = set(question.concepts)
        for iri in question.concepts:
            named |= set(self._vocabulary.ancestors(iri)) | set(self._vocabulary.narrower(iri))
        inside = [
            s for s in self._document.statements
            if s.subject in named and any(m.holds(s.span) or s.span.holds(m) for m in citation.marks)
        ]  # fmt: skip
        exact = set(question.concepts)
        return sorted(inside, key=lambda s: (self._off_intent(s, question), s.subject not in exact, s.span))[:2]

    def _off_intent(self, statement: Statement, question: Question) -> bool:
        wanted = {"duration": "duration", "risk": "risk", "endpoint": "endpoint", "population": "population"}
        kind = self._vocabulary[statement.object].kind if statement.object in self._vocabulary else ""
        return wanted.get(question.intent, kind) != kind

    def _statement_steps(self, statement: Statement) -> list[Step]:
        relation, clause = ontology_iri(statement.relation), clause_iri(statement.clause_id)
        blank = ("", "", "")
        return [
            Step(statement.subject, relation, statement.object, blank),
            Step(statement.object, STATED_IN, clause, blank),
        ]

    def _sources(self, question: Question) -> list[str]:
        """The question's concepts, the telling ones first."""
        known = [iri for iri in question.concepts if iri in self._vocabulary]
        return sorted(known, key=lambda iri: self._vocabulary[iri].kind in _GENERIC)

    def _below(self, citation: Citation) -> list[str]:
        """Clauses inside the cited one that hold a part of the quotation."""
        return [
            iri
            for iri, c in self._clauses.items()
            if c.id.startswith(citation.clause_id + ".") and citation.span.holds(c.span)
        ]

    def _worded(self, steps: Sequence[Step], lang: Language) -> Path:
        worded = tuple(replace(s, labels=self._labels(s, lang)) for s in steps)
        parts = [worded[0].labels[0]]
        for step in worded:
            silent = step.predicate in (STATED_IN, MENTIONED_IN)
            parts += [step.labels[2]] if silent else [step.labels[1], step.labels[2]]
        return Path(worded, " → ".join(parts))

    def _labels(self, step: Step, lang: Language) -> tuple[str, str, str]:
        words = WORDS.get(step.predicate) or self._relations.get(step.predicate, ("", ""))
        return self._node(step.subject, lang), words[lang == "en"], self._node(step.object, lang)

    def _node(self, iri: str, lang: Language) -> str:
        if clause := self._clauses.get(iri):
            return clause_name(clause)
        concept = self._vocabulary.concepts.get(iri)
        return shortened(concept, lang) if concept else iri.rsplit(":", 1)[-1]


def shortened(concept: Concept, lang: Language, limit: int = 36) -> str:
    text = concept.label(lang)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def clause_name(clause: Clause) -> str:
    return clause.label or clause.title or clause.id.rsplit("#", 1)[-1]
