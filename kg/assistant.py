"""The assistant: one question in, one cited answer out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path

from kg.abstention import Gauge, Verdict
from kg.answering import Composer
from kg.books import Library
from kg.catalogue import Catalogue
from kg.clipping import Clipper
from kg.entries import Term
from kg.errors import SnapshotError
from kg.evidence import clause_label, select
from kg.explaining import Explanation, explain
from kg.iris import document_iri
from kg.model import Answer, AnswerStatus, Citation, Clause, Concept, Document, Language, Question, Related, Unit
from kg.model import Path as GraphPath
from kg.paths import MAX_PATHS, PathFinder
from kg.ranking import Candidate
from kg.rarity import Rarity
from kg.relations import read_relations
from kg.retrieval import Retriever
from kg.scope import EVERYWHERE, Bounds, Scope
from kg.snapshot import OPEN, Shelf, Snapshot, sha256
from kg.standing import Fact, asked_facts, tell
from kg.suggestions import Role, Suggestions
from kg.understanding import understand
from kg.verbatim import Issued

_RELATED = 5
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Passage:
    """A whole clause, verbatim, with everything below it."""

    clause_id: str
    document: str
    label: str
    title: str
    heading: tuple[str, ...]
    text: str
    translation: str | None
    lines: tuple[int, int]


class Assistant:
    """Answers questions from one snapshot. Thread-safe: nothing but caches changes after opening."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._relations = read_relations(snapshot.folder / "relations.json")
        self._library = Library(snapshot.document, OPEN)
        rarity = Rarity(snapshot.indexes.lexical)
        self._retriever = Retriever(snapshot.vocabulary, snapshot.indexes, self._library, snapshot.ranker, rarity)
        issuers = {shelf.metadata.issuer for shelf in snapshot.manifest.shelves}
        self._gauge = Gauge(snapshot.vocabulary, snapshot.indexes, self._library, rarity, issuers)
        self._composer = Composer(self._library, Clipper(snapshot.vocabulary, rarity))
        self._bounds = Bounds(snapshot.vocabulary, snapshot.concordance)
        self._finder = lru_cache(maxsize=OPEN)(self._find)
        self._suggestions = Suggestions([shelf.slug for shelf in self.shelves], snapshot.document, self.kind)
        self.suggestions = lru_cache(maxsize=None)(self._suggested)

    @classmethod
    def open(cls, data: Path) -> Assistant:
        """Opens the current snapshot of a data folder. Raises SnapshotError when there is none."""
        return cls(Snapshot.open(data))

    def ask(self, text: str, lang: Language | None = None, scope: Scope = EVERYWHERE) -> Answer:
        """The answer to a question, from the whole library or from a part of it: a scope bounds every search, so that
        what it leaves out crowds out nothing. Raises QuestionError when there is nothing to look for in the question.
        """
        start = time.perf_counter()
        question = understand(text, self._snapshot.vocabulary, self._snapshot.register, lang)
        shelves = self._asked_about(question, scope)
        if shelves and (facts := asked_facts(question, self._snapshot.vocabulary)):
            return self._of_guidelines(question, facts, shelves, start)
        candidates = self._candidates(question, scope)
        evidence = select(question, candidates, self._library)
        signals, absent = self._gauge.signals(question, candidates), self._gauge.absent(question, candidates)
        verdict = self._snapshot.judge.verdict(question, signals, absent)
        words = self._composer.compose if verdict.answered else partial(self._composer.declined, verdict)
        said = words(question, evidence)
        citations = tuple(item.citation for item in evidence)
        paths, understood = self._traced(question, citations) if verdict.answered else ((), None)
        return Answer(
            question=question, status=_status(verdict), reason=verdict.reason or None, text=said.text, headline=said.headline, citations=citations,
            paths=paths, understood=understood, confidence=round(verdict.probability, 3),
            related=self._related(question, citations), snapshot=self._snapshot.id,
            latency_ms=round((time.perf_counter() - start) * 1000, 2), positions=said.positions,
        )  # fmt: skip

    def _of_guidelines(
        self, question: Question, facts: Sequence[Fact], shelves: Sequence[Shelf], start: float
    ) -> Answer:
        """The answer to a question about the status, date, issuer or number of some guidelines."""
        told = tell(question, facts, shelves, self._library, self._snapshot.vocabulary)
        of_documents = replace(question, concepts=tuple(document_iri(c.document) for c in told.citations))
        return Answer(
            question=question, status=told.status, reason=told.reason(question.lang), text=told.text, headline=told.headline,
            citations=told.citations, paths=self._paths(of_documents, told.citations), related=(), snapshot=self._snapshot.id,
            latency_ms=round((time.perf_counter() - start) * 1000, 2), confidence=float(told.known),
        )  # fmt: skip

    def _asked_about(self, question: Question, scope: Scope) -> list[Shelf]:
        """The guidelines of a scope that a question names, all of them where it names none."""
        named = question.documents or tuple(shelf.slug for shelf in self.shelves)
        within = named if scope.documents is None else scope.documents.intersection(named)
        return [shelf for shelf in self.shelves if shelf.slug in within]

    def _candidates(self, question: Question, scope: Scope) -> list[Candidate]:
        """Sentences that may answer, within a scope; a scope of no guideline holds none."""
        if scope.documents is None:
            return self._retriever.search(question, keep=self._bounds.keep(scope))
        inside = replace(scope, documents=None)
        within = frozenset(shelf.slug for shelf in self.shelves) & scope.documents
        return self._retriever.search(question, within=within, keep=self._bounds.keep(inside)) if within else []

    def unit(self, slug: str) -> Unit:
        """What a guideline's places count: printed lines, paragraphs or pages."""
        return self._snapshot.document(slug).unit

    def why(self, text: str, clause_id: str) -> Explanation:
        """Why a clause is or is not cited for a question. Raises QuestionError, and SnapshotError for an unknown clause."""
        question = understand(text, self._snapshot.vocabulary, self._snapshot.register)
        if clause_id not in self._library.book(clause_id).clauses:
            raise SnapshotError(f"no clause {clause_id!r}; `guidegraph clauses SLUG` lists them")
        candidates = self._retriever.search(question)
        evidence = select(question, candidates, self._library)
        return explain(question, clause_id, candidates, evidence, self._snapshot.ranker)

    def passage(self, clause_id: str) -> Passage:
        """A clause as a whole. Raises SnapshotError for an unknown guideline, KeyError for an unknown clause."""
        document = self._snapshot.document(clause_id.partition("#")[0])
        clauses = {c.id: c for c in document.clauses}
        clause = clauses[clause_id]
        readings = [
            document.translations[s.id]
            for s in document.sentences
            if clause.span.holds(s.span) and s.id in document.translations
        ]
        return Passage(
            clause_id, document.slug, clause_label(clause, document.metadata.language), clause.title, _headings(clauses, clause),
            clause.span.of(document.text), "\n".join(readings) or None, document.line_range(clause.span),
        )  # fmt: skip

    def headings(self, clause_id: str) -> tuple[str, ...]:
        """The unofficial English readings of the headings above a clause, its own last; originals where there is none."""
        return tuple(place.english or place.title for place in self.catalogue.trail(clause_id))

    def words(self, iri: str, lang: Language) -> str | None:
        """What a concept or a relation is called, None for anything else."""
        return self.catalogue.words(iri, lang)

    def terms(self, citation: Citation) -> tuple[Term, ...]:
        """The concepts named in a quotation, in the order of its text, none overlapping another."""
        return self.catalogue.terms(citation.document, citation.span)

    def verify(self, citation: Citation) -> bool:
        """Whether the quotation stands in the file as issued, character for character, at its recorded place."""
        document = self._snapshot.document(citation.document)
        try:
            return Issued(self._issued(document), document).holds(citation.span, citation.quote)
        except (OSError, UnicodeDecodeError):
            return False

    def _issued(self, document: Document) -> str:
        """The text as issued: of the file itself, or as it was read from a file that has not changed since."""
        name = f"guidelines/{document.slug}/{document.source}"
        path = Path(self._snapshot.manifest.corpus) / name
        if not document.issued:
            return path.read_text(encoding="utf-8-sig")
        return document.issued if sha256(path) == self._snapshot.manifest.inputs.get(name) else ""

    @property
    def snapshot(self) -> str:
        return self._snapshot.id

    @property
    def corpus(self) -> Path:
        """The folder of documents and vocabulary that the snapshot was made from."""
        return Path(self._snapshot.manifest.corpus)

    @property
    def opened(self) -> Snapshot:
        """The snapshot itself, for checking it."""
        return self._snapshot

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        return self._snapshot.manifest.shelves

    def kind(self, iri: str) -> str | None:
        """The kind of a concept by IRI, None for anything else."""
        concepts = self._snapshot.vocabulary.concepts
        return concepts[iri].kind if iri in concepts else None

    @cached_property
    def catalogue(self) -> Catalogue:
        """The doors behind the pages that read and browse."""
        return Catalogue(self._snapshot)

    @cached_property
    def products(self) -> tuple[Concept, ...]:
        """The kinds of product that guidelines are about, for a scope; what most of them are about first."""
        return tuple(self._snapshot.vocabulary[iri] for iri in self._snapshot.concordance.products)

    def _suggested(self, role: Role, lang: Language) -> tuple[str, ...]:
        """Questions of the corpus's own for a role, in a language."""
        return self._suggestions.by_role(role, lang)

    def follow_ups(self, answer: Answer) -> tuple[str, ...]:
        """Questions that the cited clauses answer beside the one asked."""
        return self._suggestions.after(answer)

    @cached_property
    def concept_count(self) -> int:
        return len(self._snapshot.vocabulary.concepts)

    def _traced(self, question: Question, citations: Sequence[Citation]) -> tuple[tuple[GraphPath, ...], str | None]:
        """Paths from the question's concepts, or else from those of the nearest question that the corpus answers here."""
        if paths := self._paths(question, citations):
            return paths, None
        vocabulary = self._snapshot.vocabulary
        for text in self._retriever.alike(question, citations[:1]):
            concepts = tuple(dict.fromkeys(m.concept for m in vocabulary.find(text)))
            if paths := self._paths(replace(question, concepts=concepts), citations):
                return paths, text
        return (), None

    def _paths(self, question: Question, citations: Sequence[Citation]) -> tuple[GraphPath, ...]:
        """The cheapest paths to the first citations, one a citation, none twice."""
        found: list[tuple[float, GraphPath]] = []
        for nth, citation in enumerate(citations[:5]):
            best = min(self._finder(citation.document).paths(question, citation), key=lambda x: x[0], default=None)
            if best and best[1] not in [path for _, path in found]:
                found.append((best[0] + 0.5 * nth, best[1]))
        return tuple(path for _, path in sorted(found, key=lambda x: x[0])[:MAX_PATHS])

    def _find(self, slug: str) -> PathFinder:
        return PathFinder(self._snapshot.document(slug), self._snapshot.vocabulary, self._relations)

    def _related(self, question: Question, citations: Sequence[Citation]) -> tuple[Related, ...]:
        """Clauses of other guidelines behind the first citations that share a concept with the question."""
        out: dict[str, Related] = {}
        for citation in citations[_SHOWN:]:
            shared = self._shared(question, citation) if citation.document != citations[0].document else ""
            if shared:
                why = ("same concept: " if question.lang == "en" else "同一概念：") + shared
                related = Related(citation.document, citation.clause_id, citation.clause, why)
                out.setdefault(citation.clause_id, related)
        return tuple(out.values())[:_RELATED]

    def _shared(self, question: Question, citation: Citation) -> str:
        book = self._library.book(citation.document)
        inside = [s.id for s in book.sentences.values() if citation.span.holds(s.span)]
        named = set().union(*(book.concepts_of.get(s, frozenset()) for s in inside))
        both = [iri for iri in question.concepts if iri in named]
        return "、".join(self._snapshot.vocabulary[iri].label(question.lang) for iri in both[:2])


def _status(verdict: Verdict) -> AnswerStatus:
    if not verdict.answered:
        return "not_covered"
    return "partial" if verdict.reason else "answered"


def _headings(clauses: dict[str, Clause], clause: Clause) -> tuple[str, ...]:
    out: list[str] = []
    at: Clause | None = clause
    while at:
        if at.title:
            out.insert(0, f"{at.marker}{at.title}")
        at = clauses.get(at.parent_id or "")
    return tuple(out)
