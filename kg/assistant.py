"""The assistant: one question in, one cited answer out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.abstention import judge
from kg.answering import compose
from kg.evidence import EvidenceFinder, Found, clause_label
from kg.model import Answer, Citation, Clause, Document, Language, Question, Related
from kg.model import Path as GraphPath
from kg.paths import MAX_PATHS, PathFinder
from kg.relations import read_relations
from kg.retrieval import WEIGHTS, Retriever
from kg.snapshot import Shelf, Snapshot, sha256
from kg.understanding import understand
from kg.verbatim import Issued

_SEARCHED = 24
_RELATED = 5


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
        self._retriever = Retriever(snapshot.vocabulary, snapshot.lexical, snapshot.dense, WEIGHTS)
        self._evidence = EvidenceFinder(snapshot.vocabulary, snapshot.lexical, snapshot.document)
        self._finders: dict[str, PathFinder] = {}

    @classmethod
    def open(cls, data: Path) -> Assistant:
        """Opens the current snapshot of a data folder. Raises SnapshotError when there is none."""
        return cls(Snapshot.open(data))

    def ask(self, text: str, lang: Language | None = None) -> Answer:
        """The answer to a question. Raises QuestionError when there is nothing to look for in it."""
        start = time.perf_counter()
        question = understand(text, self._snapshot.vocabulary, lang)
        hits = self._retriever.search(question, _SEARCHED)
        found = self._evidence.find(question, hits, self._retriever.query_terms(question))
        verdict = judge(question, hits, found, self._cosine(question))
        citations = tuple(item.citation for item in found)
        paths = self._paths(question, citations) if verdict.answered else ()
        headline, body = compose(question, found, self._snapshot.document) if verdict.answered else ("", "")
        return Answer(
            question=question, status="answered" if verdict.answered else "not_covered", reason=verdict.reason,
            text=body or (verdict.reason or ""), headline=headline or (verdict.reason or ""), citations=citations,
            paths=paths, related=self._related(question, found), snapshot=self._snapshot.id,
            latency_ms=round((time.perf_counter() - start) * 1000, 2),
        )  # fmt: skip

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
            clause_id, document.slug, clause_label(clause), clause.title, _headings(clauses, clause),
            clause.span.of(document.text), "\n".join(readings) or None, document.line_range(clause.span),
        )  # fmt: skip

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
    def library(self) -> tuple[Shelf, ...]:
        return self._snapshot.manifest.library

    @cached_property
    def concept_count(self) -> int:
        return len(self._snapshot.vocabulary.concepts)

    def _cosine(self, question: Question) -> float:
        return max(self._snapshot.dense.search(question.text, 1).values(), default=0.0)

    def _paths(self, question: Question, citations: Sequence[Citation]) -> tuple[GraphPath, ...]:
        """The cheapest paths to the first citations, one a citation, none twice."""
        found: list[tuple[float, GraphPath]] = []
        for nth, citation in enumerate(citations[:5]):
            best = min(self._finder(citation.document).paths(question, citation), key=lambda x: x[0], default=None)
            if best and best[1] not in [path for _, path in found]:
                found.append((best[0] + 0.5 * nth, best[1]))
        return tuple(path for _, path in sorted(found, key=lambda x: x[0])[:MAX_PATHS])

    def _finder(self, slug: str) -> PathFinder:
        if slug not in self._finders:
            document: Document = self._snapshot.document(slug)
            self._finders[slug] = PathFinder(document, self._snapshot.vocabulary, self._relations)
        return self._finders[slug]

    def _related(self, question: Question, found: Sequence[Found]) -> tuple[Related, ...]:
        """Clauses of other guidelines among the lower citations that share a concept with the question."""
        first = found[0].citation.document if found else ""
        out: list[Related] = []
        for item in found[1:]:
            citation = item.citation
            shared = self._shared(question, item)
            if citation.document != first and shared and citation.clause_id not in [r.clause_id for r in out]:
                same = "same concept: " if question.lang == "en" else "同一概念："
                out.append(Related(citation.document, citation.clause_id, citation.clause, same + shared))
        return tuple(out[:_RELATED])

    def _shared(self, question: Question, item: Found) -> str:
        document = self._snapshot.document(item.citation.document)
        inside = {m.concept for m in document.mentions if item.chunk.span.holds(m.span)}
        both = [iri for iri in question.concepts if iri in inside]
        return "、".join(self._snapshot.vocabulary[iri].label(question.lang) for iri in both[:2])


def _headings(clauses: dict[str, Clause], clause: Clause) -> tuple[str, ...]:
    out: list[str] = []
    at: Clause | None = clause
    while at:
        if at.title:
            out.insert(0, f"{at.marker}{at.title}")
        at = clauses.get(at.parent_id or "")
    return tuple(out)
