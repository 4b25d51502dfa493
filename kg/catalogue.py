"""The doors behind the pages Read, Concepts and Library: what the library holds on a clause, a concept, a guideline.

edition(slug)         the guideline as a reader sees it
clause(clause_id)     a clause's statements, questions and neighbours in other guidelines
concept(iri)          a concept's statements, clauses and durations
terms(slug, span)     the concepts named in a passage
neighbourhood(iri)    the concepts around one, as a tree of at most twelve
entries(...)          the concepts, searched by label or listed by kind
holdings(), missing() the guidelines in figures, and what they point to that is not here
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

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
_ELSEWHERE, _RARE = 8, 0.25


def concept_key(iri: str) -> str:
    """A concept as an address names it: `aav-vector`, `duration:P5Y`."""
    return iri.removeprefix(_CONCEPT).removeprefix(BASE_IRI)


class Catalogue:
    """Looks things up in one snapshot; what is counted over the whole library is counted once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._vocabulary = snapshot.vocabulary
        self._relations = read_relations(snapshot.folder / "relations.json")
        self.edition = lru_cache(maxsize=16)(self._edition)
        self.terms = lru_cache(maxsize=512)(self._terms)
        self.clause = lru_cache(maxsize=256)(self._clause)
        self._rarity = lru_cache(maxsize=None)(self._one_in)

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
        clause = self._clauses(document.slug)[clause_id]
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

    def concept(self, iri: str) -> ConceptCard:
        """A concept with all that is said of it. Raises KeyError for an unknown one."""
        concept = self._vocabulary[iri]
        facts = tuple(self._fact(document, s) for document, s in self._stated.get(iri, ()))
        narrower = [self._vocabulary[x] for x in self._vocabulary.narrower(iri)]
        broader = [self._vocabulary[x] for x in concept.broader if x in self._vocabulary]
        places = tuple(self.place(clause_id) for clause_id in dict.fromkeys(self._where.get(iri, ())))
        moments = (m for m in (self._moment(fact, iri) for fact in facts) if m)
        ordered = tuple(sorted(moments, key=lambda m: (m.days, m.fact.place.clause_id)))
        return ConceptCard(concept, tuple(broader), tuple(narrower), facts, places, ordered)

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
        wanted = squeeze(text)[0]
        found = (
            Entry(c, len(self._where.get(c.iri, ())), len(self._stated.get(c.iri, ())))
            for c in self._vocabulary.concepts.values()
            if kind in (None, c.kind) and any(wanted in label for label in self._squeezed[c.iri])
        )
        exact = {iri for iri, labels in self._squeezed.items() if wanted and wanted in labels}
        return tuple(sorted(found, key=lambda e: (e.concept.iri not in exact, -e.mentions - e.facts, e.concept.iri)))

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
        shelves = (
            s if s.characters else Shelf.of(self._snapshot.document(s.slug)) for s in self._snapshot.manifest.shelves
        )
        return tuple(map(_holding, shelves))

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """Guidance that the library points to and does not hold, what is named most often first."""
        found: dict[str, tuple[str, str, list[Place]]] = {}
        for document in self._documents():
            for reference in document.cited:
                if reference.target is None:
                    key = squeeze(reference.title)[0]
                    _, _, places = found.setdefault(key, (reference.title, reference.kind, []))
                    places.append(self.place(reference.clause_id))
        rows = (Missing(title, kind, tuple(dict.fromkeys(named))) for title, kind, named in found.values())
        return tuple(sorted(rows, key=lambda m: (-len(m.places), m.title)))

    def sparql(self, query: str) -> str:
        """The result of a read-only query as JSON. Raises QueryError."""
        return self._snapshot.graph.sparql(query)

    def place(self, clause_id: str) -> Place:
        """A clause as it is named elsewhere."""
        slug = clause_id.partition("#")[0]
        clause = self._clauses(slug)[clause_id]
        return Place(slug, clause_id, clause.label, clause.title, self._readings(slug).get(clause_id, ""))

    def trail(self, clause_id: str) -> tuple[Place, ...]:
        """The clauses with a title from the top of the guideline down to one. Raises KeyError for an unknown clause."""
        clauses, at = self._clauses(clause_id.partition("#")[0]), clause_id
        found = [self.place(at)]
        while (at := clauses[at].parent_id or "") in clauses:
            found.insert(0, self.place(at))
        return tuple(place for place in found if place.title)

    def _documents(self) -> Iterator[Document]:
        return (self._snapshot.document(shelf.slug) for shelf in self._snapshot.manifest.shelves)

    def _clauses(self, slug: str) -> dict[str, Clause]:
        if slug not in self._by_id:
            self._by_id[slug] = {c.id: c for c in self._snapshot.document(slug).clauses}
        return self._by_id[slug]

    def _readings(self, slug: str) -> dict[str, str]:
        """Clause -> the unofficial English reading of its heading."""
        if slug not in self._headings:
            document = self._snapshot.document(slug)
            headings = (s for s in document.sentences if s.heading and s.id in document.translations)
            self._headings[slug] = {s.clause_id: document.translations[s.id] for s in headings}
        return self._headings[slug]

    @cached_property
    def _headings(self) -> dict[str, dict[str, str]]:
        return {}

    def words(self, iri: str, lang: Language) -> str | None:
        """What a concept or a relation is called, None for anything else."""
        if iri in self._vocabulary:
            return self._vocabulary[iri].label(lang)
        words = WORDS.get(iri) or self._relations.get(iri)
        return words[lang == "en"] if words else None

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Clause]]:
        return {}

    @cached_property
    def _squeezed(self) -> dict[str, tuple[str, ...]]:
        return {c.iri: tuple(squeeze(x.text)[0] for x in c.labels) for c in self._vocabulary.concepts.values()}

    @cached_property
    def _where(self) -> dict[str, list[str]]:
        """Concept -> the clause of every sentence that names it."""
        found: dict[str, list[str]] = {}
        for document in self._documents():
            named = dict.fromkeys((m.concept, m.sentence_id) for m in document.mentions)
            for iri, sentence_id in named:
                found.setdefault(iri, []).append(sentence_id.rpartition("/")[0])
        return found

    @cached_property
    def _stated(self) -> dict[str, list[tuple[Document, Statement]]]:
        """Concept -> the statements of which it is an end."""
        found: dict[str, list[tuple[Document, Statement]]] = {}
        for document in self._documents():
            for statement in document.statements:
                for iri in dict.fromkeys((statement.subject, statement.object)):
                    found.setdefault(iri, []).append((document, statement))
        return found

    def _fact(self, document: Document, statement: Statement) -> Fact:
        """A statement with its words."""
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
        clauses, out = self._clauses(document.slug), [f"{clause.marker}{clause.title}"]
        while clause.parent_id in clauses:
            clause = clauses[clause.parent_id]
            out.insert(0, f"{clause.marker}{clause.title}")
        return tuple(x for x in out if x)

    def _named(self, document: Document, span: Span) -> tuple[str, ...]:
        inside = (m.concept for m in document.mentions if span.holds(m.span) and m.concept in self._vocabulary)
        return tuple(dict.fromkeys(inside))

    def _elsewhere(self, slug: str, named: Iterable[str]) -> Iterator[Elsewhere]:
        """Clauses of other guidelines by what they share with a clause; a concept counts the more the rarer it is."""
        shared: dict[str, list[str]] = {}
        for iri in named:
            for clause_id in dict.fromkeys(self._where.get(iri, ())):
                if not clause_id.startswith(f"{slug}#"):
                    shared.setdefault(clause_id, []).append(iri)
        weights = {clause_id: sum(self._rarity(iri) for iri in iris) for clause_id, iris in shared.items()}
        for clause_id in sorted(shared, key=lambda x: (-weights[x], x))[:_ELSEWHERE]:
            if weights[clause_id] >= _RARE:
                iris = sorted(shared[clause_id], key=lambda iri: (-self._rarity(iri), iri))
                yield Elsewhere(self.place(clause_id), tuple(self._vocabulary[iri] for iri in iris[:3]))

    def _one_in(self, iri: str) -> float:
        return 1 / len(set(self._where[iri]))

    def _around(self, iri: str) -> list[Around]:
        """The neighbours of a concept: broader and narrower ones, and the other ends of its statements."""
        concept = self._vocabulary[iri]
        out = [Around(x, _BROADER[0], forward=True) for x in concept.broader if x in self._vocabulary]
        stated = [self._side(s, iri) for _, s in self._stated.get(iri, ()) if s.relation != "cites"]
        counts: dict[str, int] = {}
        for around in stated:
            counts[around.iri] = counts.get(around.iri, 0) + 1
        out += sorted(stated, key=lambda a: -counts[a.iri])
        out += [Around(x, _BROADER[1], forward=True) for x in self._vocabulary.narrower(iri)]
        return list({a.iri: a for a in reversed(out) if a.iri != iri}.values())[::-1]

    def _side(self, statement: Statement, iri: str) -> Around:
        forward = statement.subject == iri
        other = statement.object if forward else statement.subject
        return Around(other, self._words(statement.relation), forward=forward)


def _holding(shelf: Shelf) -> Holding:
    return Holding(
        shelf.slug, shelf.metadata, shelf.source, shelf.characters, shelf.clauses, shelf.statements, shelf.questions,
        shelf.references, shelf.resolved,
    )  # fmt: skip
