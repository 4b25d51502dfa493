"""The curator's table: terms to accept with their evidence, statements to judge, and what waits for the next rebuild.

Everything is checked here before it is written, by the rules that a rebuild goes by, so that a decision taken on the screen
does not stop the next build.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from ingest.candidates import Candidate, candidates
from ingest.corpus import hash_corpus
from ingest.curating import Key, resolve, worded
from ingest.decisions import Decision, Decisions, Row, joined
from ingest.ends import Ends
from ingest.overrides import ABOUT_STATEMENTS, Override, fault
from ingest.schemes import read_schemes
from ingest.statements import RELATIONS
from ingest.terms import SetAside, Term, key_of
from ingest.terms import fault as term_fault
from kg.errors import CorpusError, SnapshotError
from kg.model import Concept, Span
from kg.snapshot import Manifest, Snapshot

MOST = 200
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that shows a term, verbatim, and where in it the term stands."""

    clause_id: str
    text: str
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate with its evidence, and what its words suggest for kind and parent."""

    candidate: Candidate
    quotes: tuple[Quote, ...]
    kind: str | None
    broader: str | None
    decided: Term | SetAside | None

    @property
    def state(self) -> str:
        """open, accepted, reject or defer."""
        if self.decided is None:
            return "open"
        return "accepted" if isinstance(self.decided, Term) else self.decided.action


class Curator:
    """Curation over one snapshot and one corpus. What is read of the snapshot is kept; decisions are read anew."""

    def __init__(self, corpus: Path, snapshot: Snapshot) -> None:
        self.corpus = corpus
        self._snapshot = snapshot
        self._proposed = lru_cache(maxsize=32)(self._propose)
        self._ends_of = lru_cache(maxsize=32)(lambda slug: Ends(snapshot.document(slug), snapshot.vocabulary))

    @property
    def decisions(self) -> Decisions:
        """The decisions as the files have them now. Raises CorpusError naming the line that is wrong."""
        return Decisions(self.corpus)

    def listed(self) -> tuple[Decision, ...]:
        """All decisions, the latest first, each with its state."""
        return self.decisions.listed(self._snapshot.decided)

    def waiting(self) -> int:
        """How many decisions take effect at the next rebuild."""
        return sum(d.state != "in-force" for d in self.listed())

    def proposals(self, slug: str) -> tuple[Proposal, ...]:
        """The candidate terms of a guideline, the best first, each with the decision about it if there is one."""
        decisions = self.decisions
        decided: dict[str, Term | SetAside] = {r.term: r for r in decisions.set_aside}
        decided |= {r.term: r for r in decisions.terms}
        return tuple(replace(p, decided=decided.get(p.candidate.text)) for p in self._proposed(slug))

    def accept(self, term: Term) -> None:
        """Accepts a term. Raises CorpusError that says what it clashes with."""
        term = replace(term, key=term.key or key_of(term.en), at=today())
        if problem := term_fault(term):
            raise CorpusError(problem)
        others = [t for t in self.decisions.terms if t.term != term.term]
        read_schemes(self.corpus / "vocabulary", [*others, term])
        self.decisions.write(term)

    def set_aside(self, row: SetAside) -> None:
        """Rejects a candidate or puts it off."""
        self.decisions.write(replace(row, at=today()))

    def judged(self) -> dict[Key, Override]:
        """Decisions about statements, by the statement as extracted and by the statement that it becomes, both by IRIs."""
        out: dict[Key, Override] = {}
        for row in self.decisions.overrides:
            if row.action in ABOUT_STATEMENTS:
                out |= dict.fromkeys(self._keys(row), row)
        return out

    def judge(self, row: Override) -> None:
        """Accepts, rejects or corrects a statement. Raises CorpusError that says what of it is not there."""
        ends = self._ends(row.sentence)
        key = resolve(replace(row, action="reject"), ends, RELATIONS).before
        earlier = self.judged().get(key)
        row = replace(joined(earlier, row) if earlier else worded(row, ends), at=today())
        if problem := fault(row):
            raise CorpusError(problem)
        resolve(row, ends, RELATIONS)
        self.decisions.write(row)

    def _keys(self, row: Override) -> tuple[Key, ...]:
        """What a decision is about and what it makes; none where the guideline or what it names is gone."""
        try:
            found = resolve(row, self._ends(row.sentence), RELATIONS)
        except (CorpusError, SnapshotError):
            return ()
        return found.before, found.after

    def _ends(self, sentence: str) -> Ends:
        return self._ends_of(sentence.partition("#")[0])

    def take_back(self, decision: Decision) -> None:
        """Takes a decision back; one that was taken back is taken again."""
        if decision.state == "undone":
            self.decisions.take_again(decision.file, decision.text)
        else:
            self.decisions.take_back(decision.file, decision.text)

    def take_back_row(self, row: Row) -> None:
        """Takes back the decision that a row is."""
        for decision in self.listed():
            if decision.row == row and decision.state != "undone":
                self.take_back(decision)

    def parents(self) -> tuple[Concept, ...]:
        """What an accepted term can stand below: the concepts of the schemes and the terms accepted before."""
        return read_schemes(self.corpus / "vocabulary", self.decisions.terms)

    def _propose(self, slug: str) -> tuple[Proposal, ...]:
        document, vocabulary = self._snapshot.document(slug), self._snapshot.vocabulary
        sentences = {s.id: s for s in document.sentences}
        out = []
        for candidate in candidates(document, vocabulary, MOST):
            shown = [sentences[i] for i in candidate.sentences[:_SHOWN] if i in sentences]
            quotes = (_quote(s.clause_id, s.span.of(document.text), candidate) for s in shown)
            out.append(Proposal(candidate, tuple(quotes), *self._suggested(candidate), None))
        return tuple(out)

    def _suggested(self, candidate: Candidate) -> tuple[str | None, str | None]:
        """Kind and parent by the known term at the end of the candidate: 临床数据 is a kind of 数据."""
        name = candidate.zh or candidate.en or candidate.text
        found = [m for m in self._snapshot.vocabulary.find(name) if m.span.end == len(name)]
        if not found:
            return None, None
        concept = self._snapshot.vocabulary[found[-1].concept]
        return concept.kind, concept.iri if concept.findable and ":concept:" in concept.iri else None


def differing(corpus: Path, manifest: Manifest) -> tuple[str, ...]:
    """The files of the corpus that are not as the snapshot was made from them: added, removed or changed."""
    now, then = hash_corpus(corpus, remember=True), manifest.inputs
    return tuple(sorted(name for name in {*now, *then} if now.get(name) != then.get(name)))


def today() -> str:
    """The time of a decision, to the second, so that the latest stands first."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _quote(clause_id: str, text: str, candidate: Candidate) -> Quote:
    words = candidate.short or candidate.text
    marks = []
    at = text.casefold().find(words.casefold())
    while at >= 0:
        marks.append(Span(at, at + len(words)))
        at = text.casefold().find(words.casefold(), at + len(words))
    return Quote(clause_id, text, tuple(marks))
