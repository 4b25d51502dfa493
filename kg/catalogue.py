"""The doors behind the pages Read, Concepts and Library: what the library holds on a clause, a concept, a guideline.

edition(slug)         the guideline as a reader sees it
clause(clause_id)     a clause's statements, questions and neighbours in other guidelines
concept(iri)          a concept's statements, clauses and durations
voices(iri)           the guidelines that speak of a concept
terms(slug, span)     the concepts named in a passage
neighbourhood(iri)    the concepts around one, as a tree of at most twelve
entries(...)          the concepts, searched by label or listed by kind
holdings(), missing() the guidelines in figures, and what they point to that is not here
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from heapq import nlargest

from kg.concordance import Saying, Tally, Voice
from kg.durations import Duration
from kg.edition import Edition, edition, marks_within
from kg.entries import ClauseCard, ConceptCard, Elsewhere, Entry, Fact, Holding, Missing, Moment, Neighbour, Place, Term
from kg.model import Clause, Concept, Document, Language, Span, Statement
from kg.neighbours import Around, grow
from kg.paths import WORDS
from kg.relations import read_relations
from kg.settings import BASE_IRI
from kg.snapshot import Shelf, Snapshot
from kg.vocabulary import squeeze

_CONCEPT = f"{BASE_IRI}concept:"
_BROADER = (("属于", "broader"), ("包括", "narrower"))
_ELSEWHERE = 8
_RARE = 0.25  # what a clause elsewhere must share at least, in a library of _FEW guidelines or fewer
_FEW = 5


def concept_key(iri: str) -> str:
    """A concept as an address names it: `aav-vector`, `duration:P5Y`."""
    return iri.removeprefix(_CONCEPT).removeprefix(BASE_IRI)


class Catalogue:
    """Looks things up in one snapshot. A guideline is opened to show its own text; what others say is in the concordance."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot, self._concordance = snapshot, snapshot.concordance
        self._vocabulary = snapshot.vocabulary
        self._relations = read_relations(snapshot.folder / "relations.json")
        self.edition = lru_cache(maxsize=16)(self._edition)
        self.terms = lru_cache(maxsize=512)(self._terms)
        self.clause = lru_cache(maxsize=256)(self._clause)
        self._rarity = lru_cache(maxsize=None)(self._one_in)
        self._around = lru_cache(maxsize=256)(self._neighbours)

    def _edition(self, slug: str) -> Edition:
        """A guideline to be read. Raises SnapshotError for one that is not in the library."""
        return edition(self._snapshot.document(slug), self._vocabulary)

    def _terms(self, slug: str, span: Span) -> tuple[Term, ...]:
        """The concepts named in a passage, in the order of its text, none overlapping another."""
        found = marks_within(self._snapshot.document(slug), span, self._vocabulary)
        return tuple(Term(mark.span, self._vocabulary[mark.concept]) for mark in found)

    def iri(self, key: str) -> str | None:
        """The concept that an address names, None where there is none."""
        return next((iri for iri in (_CONCEPT + key, BASE_IRI + key) if iri in self._vocabulary), None)

    def __getitem__(self, iri: str) -> Concept:
        return self._vocabulary[iri]

    def __contains__(self, iri: str) -> bool:
        return iri in self._vocabulary

    def relation(self, name: str) -> tuple[str, str]:
        """A relation in Chinese and in English."""
        return self._words(name)

    def _clause(self, clause_id: str) -> ClauseCard:
        """A clause in view. Raises SnapshotError for an unknown guideline, KeyError for an unknown clause."""
        document = self._snapshot.document(clause_id.partition("#")[0])
        clause = next((c for c in document.clauses if c.id == clause_id), None)
        if clause is None:
            raise KeyError(clause_id)
        named = self._named(document, clause.span)
        return ClauseCard(
            self.place(clause_id), self._heading(document, clause), document.line_range(clause.span),
            document.page_range(clause.span),
            tuple(self._fact(document, s) for s in document.statements if clause.span.holds(s.span)),
            tuple(q for q in document.questions if q.clause == clause_id or q.clause.startswith(f"{clause_id}.")),
            tuple(self._vocabulary[iri] for iri in named),
            tuple(r for r in document.references if clause.span.holds(r.span)),
            tuple(self._elsewhere(document.slug, named)),
        )  # fmt: skip

    def concept(self, iri: str, within: Sequence[str] | None = None) -> ConceptCard:
        """A concept with all that is said of it, in some guidelines only, by slug, if they are given. Raises KeyError for an
        unknown concept.
        """
        concept = self._vocabulary[iri]
        facts = tuple(map(self._said, self._concordance.sayings(iri, within)))
        narrower = [self._vocabulary[x] for x in self._vocabulary.narrower(iri)]
        broader = [self._vocabulary[x] for x in concept.broader if x in self._vocabulary]
        moments = (m for m in (self._moment(fact, iri) for fact in facts) if m)
        ordered = tuple(sorted(moments, key=lambda m: (m.days, m.fact.place.clause_id)))
        places = self._concordance.places(iri, within)
        return ConceptCard(concept, tuple(broader), tuple(narrower), facts, places, ordered)

    def voices(self, iri: str) -> tuple[Voice, ...]:
        """The guidelines that speak of a concept, those that state most of it first, then those that name it most often."""
        return tuple(sorted(self._concordance.voices(iri), key=lambda v: (-v.statements, -v.clauses)))

    def stated_in(self, slug: str) -> tuple[Fact, ...]:
        """All statements of a guideline, in the order of its text."""
        document = self._snapshot.document(slug)
        return tuple(self._fact(document, s) for s in document.statements)

    def neighbourhood(self, iri: str, opened: Sequence[str] = ()) -> tuple[Neighbour, ...]:
        """A concept, those around it, and those around the ones that are opened: at most twelve."""
        grown = grow(iri, opened, self._around)
        return tuple(Neighbour(self._vocabulary[n.iri], n.parent, n.words, n.forward, n.more) for n in grown)

    def entries(self, text: str = "", kind: str | None = None) -> tuple[Entry, ...]:
        """Concepts whose label holds a text, of one kind or of all, the most often named first."""
        wanted, ranked = squeeze(text)[0], self._ranked
        found = ranked if kind is None else [e for e in ranked if e.concept.kind == kind]
        if not wanted:
            return tuple(found)
        labels = self._squeezed
        held = (e for e in found if any(wanted in label for label in labels[e.concept.iri]))
        return tuple(sorted(held, key=lambda e: wanted not in labels[e.concept.iri]))

    def called(self, name: str, kind: str) -> Concept | None:
        """The concept of a kind that a name is the preferred label of, in either language; no list is gone through for it."""
        named = (self._vocabulary[match.concept] for match in self._vocabulary.find_nested(name))
        return next((c for c in named if c.kind == kind and name in (c.label("zh"), c.label("en"))), None)

    @cached_property
    def kinds(self) -> dict[str, int]:
        """How many concepts there are of each kind, the most numerous kind first."""
        counts: dict[str, int] = {}
        for concept in self._vocabulary.concepts.values():
            counts[concept.kind] = counts.get(concept.kind, 0) + 1
        return dict(sorted(counts.items(), key=lambda x: (-x[1], x[0])))

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """The guidelines in figures, in the order of the library."""
        return tuple(map(_holding, self._snapshot.manifest.shelves))

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """Guidance that the library points to and does not hold, what is named most often first."""
        found: dict[str, tuple[str, str, list[Place]]] = {}
        for title, kind, place in self._concordance.absent:
            found.setdefault(squeeze(title)[0], (title, kind, []))[2].append(place)
        rows = (Missing(title, kind, tuple(dict.fromkeys(named))) for title, kind, named in found.values())
        return tuple(sorted(rows, key=lambda m: (-len(m.places), m.title)))

    def sparql(self, query: str) -> str:
        """The result of a read-only query as JSON. Raises QueryError."""
        return self._snapshot.graph.sparql(query)

    def place(self, clause_id: str) -> Place:
        """A clause as it is named elsewhere. Raises SnapshotError for an unknown guideline, KeyError for an unknown clause."""
        place = self._concordance.place(clause_id)
        if place is None:
            self._snapshot.document(clause_id.partition("#")[0])
            raise KeyError(clause_id)
        return place

    def trail(self, clause_id: str) -> tuple[Place, ...]:
        """The clauses with a title from the top of the guideline down to one. Raises as `place` does."""
        self.place(clause_id)
        return tuple(place for place in self._concordance.trail(clause_id) if place.title)

    def words(self, iri: str, lang: Language) -> str | None:
        """What a concept or a relation is called, None for anything else."""
        if iri in self._vocabulary:
            return self._vocabulary[iri].label(lang)
        words = WORDS.get(iri) or self._relations.get(iri)
        return words[lang == "en"] if words else None

    @cached_property
    def _squeezed(self) -> dict[str, tuple[str, ...]]:
        return {c.iri: tuple(squeeze(x.text)[0] for x in c.labels) for c in self._vocabulary.concepts.values()}

    @cached_property
    def _ranked(self) -> tuple[Entry, ...]:
        """All concepts, the most often named and stated first."""
        tallies, never = self._concordance.tallies, Tally()
        counted = ((c, tallies.get(iri, never)) for iri, c in self._vocabulary.concepts.items())
        entries = (Entry(concept, tally.sentences, tally.statements) for concept, tally in counted)
        return tuple(sorted(entries, key=lambda e: (-e.mentions - e.facts, e.concept.iri)))

    def _said(self, saying: Saying) -> Fact:
        """A statement of the library with its words."""
        return Fact(
            self._vocabulary[saying.subject], saying.relation, self._words(saying.relation), self._vocabulary[saying.object],
            saying.strength, saying.condition, saying.quote, saying.english, saying.place, saying.sentence, saying.rule,
            saying.exception,
        )  # fmt: skip

    def _fact(self, document: Document, statement: Statement) -> Fact:
        """A statement of a guideline that is open with its words."""
        return Fact(
            self._vocabulary[statement.subject], statement.relation, self._words(statement.relation),
            self._vocabulary[statement.object], statement.strength, statement.condition,
            statement.span.of(document.text), document.translations.get(statement.sentence_id),
            self.place(statement.clause_id), statement.sentence_id, statement.rule, statement.exception,
        )  # fmt: skip

    def _words(self, relation: str) -> tuple[str, str]:
        known = self._relations.get(f"{BASE_IRI}ontology:{relation}")
        return known or (relation, relation.replace("_", " "))

    def _moment(self, fact: Fact, iri: str) -> Moment | None:
        """The duration that a statement gives a concept; on a duration's own page, the duration itself."""
        duration = fact.object if fact.object.kind == "duration" else fact.subject
        if not (duration.lower or duration.upper) or fact.relation == "applies_during":
            return None
        bound = "exact" if duration.lower == duration.upper else ("min" if duration.lower else "max")
        bound = {"min_duration": "min", "max_duration": "max", "max_interval": "max"}.get(fact.relation, bound)
        return Moment(fact, duration, Duration(duration.lower, duration.upper).days, bound)

    def _heading(self, document: Document, clause: Clause) -> tuple[str, ...]:
        clauses, out = {c.id: c for c in document.clauses}, [f"{clause.marker}{clause.title}"]
        while clause.parent_id in clauses:
            clause = clauses[clause.parent_id]
            out.insert(0, f"{clause.marker}{clause.title}")
        return tuple(x for x in out if x)

    def _named(self, document: Document, span: Span) -> tuple[str, ...]:
        inside = (m.concept for m in document.mentions if span.holds(m.span) and m.concept in self._vocabulary)
        return tuple(dict.fromkeys(inside))

    def _elsewhere(self, slug: str, named: Iterable[str]) -> Iterator[Elsewhere]:
        """Clauses of other guidelines by what they share with a clause; a concept counts the more the rarer it is."""
        shared: dict[int, list[str]] = {}
        for iri in named:
            for clause in self._concordance.clauses_naming(iri, without=slug):
                shared.setdefault(clause, []).append(iri)
        weights = {clause: sum(map(self._rarity, iris)) for clause, iris in shared.items()}
        places = self._concordance.numbered(heaviest(weights, _ELSEWHERE, self._least))
        for clause in sorted(places, key=lambda n: (-weights[n], places[n].clause_id))[:_ELSEWHERE]:
            iris = sorted(shared[clause], key=lambda iri: (-self._rarity(iri), iri))
            yield Elsewhere(places[clause], tuple(self._vocabulary[iri] for iri in iris[:3]))

    @property
    def _least(self) -> float:
        """The least to share: a concept that is named twice as often in a library of twice the size is as telling there."""
        return _RARE * min(1.0, _FEW / len(self._snapshot.manifest.shelves))

    def _one_in(self, iri: str) -> float:
        return 1 / self._concordance.tally(iri).clauses

    def _neighbours(self, iri: str) -> list[Around]:
        """The neighbours of a concept: broader and narrower ones, and the other ends of its statements."""
        concept = self._vocabulary[iri]
        out = [Around(x, _BROADER[0], forward=True) for x in concept.broader if x in self._vocabulary]
        stated = self._concordance.around(iri)
        out += [Around(other, self._words(relation), forward=forward) for other, relation, forward in stated]
        out += [Around(x, _BROADER[1], forward=True) for x in self._vocabulary.narrower(iri)]
        return list({a.iri: a for a in reversed(out) if a.iri != iri}.values())[::-1]


def heaviest(weights: Mapping[int, float], most: int, least: float) -> list[int]:
    """Of some clauses the heaviest, with all that weigh the same as the last of them, none below the least weight."""
    ranked = nlargest(most, weights.values())
    bound = max(ranked[-1], least) if ranked else least
    return [clause for clause, weight in weights.items() if weight >= bound]


def _holding(shelf: Shelf) -> Holding:
    return Holding(
        shelf.slug, shelf.metadata, shelf.source, shelf.characters, shelf.clauses, shelf.statements, shelf.questions,
        shelf.references, shelf.resolved,
    )  # fmt: skip
