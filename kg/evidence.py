"""Evidence: from ranked sentences to citations, each a verbatim quotation with the sentences that answer marked in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kg.books import Book, Library
from kg.model import Chunk, Citation, Clause, ClauseKind, Language, Question, Sentence, Span
from kg.ranking import Candidate
from kg.text import guideline_of

MAX_CITATIONS = 10
MAX_QUOTE = 600
_AT_LEAST = 5
_CITE_WITHIN = 3.0  # logits behind the best sentence of all
_MARK_WITHIN = 1.2  # logits behind the best sentence of the quotation
_MAX_MARKS = 3
_SPREAD_INTENTS = ("comparison", "crossref")
_SPREAD_WITHIN = 4.0
_HEARD = 4  # citations taken by score alone, before other guidelines are heard
_UNLABELLED: Mapping[ClauseKind, tuple[str, str]] = {
    "front": ("标题页", "Title page"),
    "notice": ("发布通告", "Notice"),
}
_ORDER = ("not", "must", "should", "encouraged", "may", "statement")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A citation with the sentences of its quotation that were found, best first, each with its score in logits."""

    citation: Citation
    ranked: tuple[tuple[float, Sentence], ...]

    @property
    def score(self) -> float:
        return self.ranked[0][0]


def select(question: Question, candidates: Sequence[Candidate], library: Library) -> list[Evidence]:
    """One piece of evidence a chunk, best first; a question about several guidelines hears each of them early."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.chunk_id, []).append(candidate)
    heard = 1 if spreads(question) else _HEARD
    ordered = _spread(list(groups.values()), heard, question.documents)
    found = [_evidence(group, library) for group in ordered[:MAX_CITATIONS]]
    best = max((e.score for e in found), default=0.0)
    return [e for n, e in enumerate(found) if n < _AT_LEAST or e.score >= best - _CITE_WITHIN]


def spreads(question: Question) -> bool:
    """Whether a question asks several guidelines: by its intent, or because it names them."""
    return question.intent in _SPREAD_INTENTS or len(question.documents) > 1


def _spread(groups: list[list[Candidate]], heard: int, named: Collection[str]) -> list[list[Candidate]]:
    """The first `heard` groups, then up to the first five the best of each guideline not yet heard that comes close or
    that the question names."""
    best = groups[0][0].score if groups else 0.0
    head, rest = groups[:heard], groups[heard:]
    slugs = {guideline_of(g[0].sentence_id) for g in head}
    others: dict[str, list[Candidate]] = {}
    for group in rest:
        slug = guideline_of(group[0].sentence_id)
        if slug not in slugs and (group[0].score >= best - _SPREAD_WITHIN or slug in named):
            others.setdefault(slug, group)
    promoted = list(others.values())[: _AT_LEAST - heard]
    kept = [g for g in rest if g not in promoted]
    if heard == 1:
        return [*head, *promoted, *kept]
    room = _AT_LEAST - heard - len(promoted)
    return [*head, *kept[:room], *promoted, *kept[room:]]


def _evidence(group: Sequence[Candidate], library: Library) -> Evidence:
    book = library.book(group[0].sentence_id)
    chunk = book.chunks[group[0].chunk_id]
    close = [c for c in group[:_MAX_MARKS] if c.score >= group[0].score - _MARK_WITHIN]
    marked = tuple(book.sentences[c.sentence_id] for c in close)
    citation = cite(book, chunk, marked, group[0].score)
    ranked = [(c.score, book.sentences[c.sentence_id]) for c in group]
    return Evidence(citation, tuple(x for x in ranked if citation.span.holds(x[1].span)))


def cite(book: Book, chunk: Chunk, sentences: Sequence[Sentence], score: float) -> Citation:
    """The citation of a chunk with some of its sentences marked in it."""
    document = book.document
    span = _quote_span(chunk, sentences)
    inside = [book.sentences[s] for s in chunk.sentence_ids if span.holds(book.sentences[s].span)]
    readings = [r for s in inside if (r := book.reading(s))]
    clause = book.clauses[chunk.clause_id]
    return Citation(
        document=document.slug, clause_id=clause.id, clause=clause_label(clause, document.metadata.language), heading=chunk.headings,
        quote=span.of(document.text), span=span, lines=document.line_range(span),
        strength=min((s.strength for s in sentences), key=_ORDER.index), score=round(score, 3),
        translation=" ".join(readings) or None,
        marks=tuple(sorted(s.span for s in sentences if span.holds(s.span))),
        unit=document.unit, pages=document.page_range(span),
    )  # fmt: skip


def clause_label(clause: Clause, lang: Language) -> str:
    """What a clause is called in citations, in the language of its guideline where it has no label of its own."""
    named = _UNLABELLED.get(clause.kind, ("", ""))[lang == "en"]
    return clause.label or clause.title or named or clause.id.rsplit("#", 1)[-1]


def _quote_span(chunk: Chunk, marked: Sequence[Sentence]) -> Span:
    """The chunk as a whole where it is short enough, else the marked sentences with what lies between."""
    if chunk.span.end - chunk.span.start <= MAX_QUOTE:
        return chunk.span
    start, end = min(s.span.start for s in marked), max(s.span.end for s in marked)
    return Span(start, end) if end - start <= MAX_QUOTE else marked[0].span
