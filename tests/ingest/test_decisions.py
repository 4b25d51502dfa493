"""Curators' decisions: checked before they are written, in force after a rebuild, taken back line by line."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.corpus import hash_corpus, read_corpus
from ingest.curating import curate_statements
from ingest.curator import Curator, Proposal, differing
from ingest.decisions import Decision, Decisions
from ingest.overrides import Override
from ingest.statements import RELATIONS
from ingest.terms import SetAside, Term, read_terms
from kg.errors import CorpusError, VocabularyError
from kg.model import Statement
from kg.snapshot import Snapshot
from tests.conftest import CORPUS

RARE, LTFU = "rare-disease-drug-development-2021", "gene-therapy-long-term-follow-up-2021"
TARGET = Term("目标适应症", "", "condition", "目标适应症", "target indication", ("拟定适应症",))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    shutil.copytree(CORPUS, tmp_path / "corpus")
    return tmp_path / "corpus"


@pytest.fixture
def curator(corpus: Path, snapshot: Snapshot) -> Curator:
    return Curator(corpus, snapshot)


def proposal(curator: Curator, text: str) -> Proposal:
    return next(p for p in curator.proposals(RARE) if p.candidate.text == text)


def row(statement: Statement, action: str, **more: object) -> Override:
    base = Override(action, "test", statement.sentence_id, statement.subject, statement.relation, statement.object)  # type: ignore[arg-type]
    return replace(base, **more)  # type: ignore[arg-type]


def unjudged(snapshot: Snapshot) -> list[Statement]:
    """Statements that no curator has decided about."""
    return [s for s in snapshot.document(LTFU).statements if s.rule != "curation"]


def taken(corpus: Path) -> list[Override]:
    """The decisions that a test took."""
    return [r for r in Decisions(corpus).overrides if r.why == "test"]


def files(corpus: Path) -> dict[str, str]:
    return {p.name: p.read_text(encoding="utf-8") for p in corpus.glob("*.jsonl")}


class TestTerms:
    def test_a_candidate_has_verbatim_evidence(self, curator: Curator, snapshot: Snapshot) -> None:
        text = snapshot.document(RARE).text
        found = curator.proposals(RARE)
        assert len(found) > 10
        for p in found:
            assert p.quotes
            assert all(q.text in text and q.marks for q in p.quotes), p.candidate.text

    def test_no_candidate_is_a_piece_of_a_known_term(self, curator: Curator, snapshot: Snapshot) -> None:
        for slug in (RARE, LTFU):
            document = snapshot.document(slug)
            for p in curator.proposals(slug):
                spans = [
                    m.span
                    for m in document.mentions
                    if snapshot.vocabulary[m.concept].kind not in ("duration", "quantity")
                ]
                at = document.text.find(p.candidate.text)
                cut = [s for s in spans if s.start < at < s.end or s.start < at + len(p.candidate.text) < s.end]
                assert at < 0 or not cut or p.candidate.count > 1, p.candidate.text

    def test_an_accepted_term_is_a_concept_of_the_corpus(self, curator: Curator, corpus: Path) -> None:
        curator.accept(TARGET)
        concept = next(c for c in read_corpus(corpus).concepts if c.iri == "urn:guidegraph:concept:target-indication")
        assert (concept.label("zh"), concept.label("en"), concept.kind) == (
            "目标适应症",
            "target indication",
            "condition",
        )
        assert proposal(curator, "目标适应症").state == "accepted"
        assert curator.waiting() == 1

    @pytest.mark.parametrize(
        ("term", "says"),
        [
            (replace(TARGET, zh="不良事件"), "adverse-event.*already"),
            (replace(TARGET, en="adverse event"), "stands in risks.ttl already"),
            (replace(TARGET, broader=("nothing-such",)), "does not exist"),
            (replace(TARGET, kind="colour"), "the kind is 'colour'"),
            (replace(TARGET, zh=" "), "needs zh"),
            (replace(TARGET, en="？"), "key"),
        ],
    )
    def test_a_term_that_clashes_is_refused_and_not_written(
        self, curator: Curator, corpus: Path, term: Term, says: str
    ) -> None:
        before = files(corpus)
        with pytest.raises(CorpusError, match=says):
            curator.accept(term)
        assert files(corpus) == before

    def test_a_term_is_in_one_state_at_a_time(self, curator: Curator) -> None:
        curator.set_aside(SetAside("目标适应症", "defer"))
        assert proposal(curator, "目标适应症").state == "defer"
        curator.set_aside(SetAside("目标适应症", "reject"))
        assert proposal(curator, "目标适应症").state == "reject"
        curator.accept(TARGET)
        assert proposal(curator, "目标适应症").state == "accepted"
        assert curator.decisions.set_aside == ()

    def test_what_is_set_aside_makes_no_snapshot_out_of_date(self, curator: Curator, corpus: Path) -> None:
        before = hash_corpus(corpus)
        curator.set_aside(SetAside("目标适应症", "reject"))
        assert hash_corpus(corpus) == before
        assert curator.waiting() == 0

    def test_a_wrong_line_is_refused_with_its_number(self, corpus: Path) -> None:
        path = corpus / "terms.jsonl"
        path.write_text('# a comment\n{"term":"x","key":"X y","kind":"risk","zh":"x","en":"x"}\n', encoding="utf-8")
        with pytest.raises(CorpusError, match=r"terms\.jsonl, line 2: the key"):
            read_terms(path)
        path.write_text('{"term":"x","key":"x","kind":"risk","zh":"不良事件","en":"x y"}\n', encoding="utf-8")
        with pytest.raises(VocabularyError, match=r"terms\.jsonl, line 1"):
            read_corpus(corpus)


class TestStatements:
    def test_a_decision_is_written_applied_and_taken_back(
        self, curator: Curator, corpus: Path, snapshot: Snapshot
    ) -> None:
        before = files(corpus)
        document = snapshot.document(LTFU)
        statement = unjudged(snapshot)[0]
        curator.judge(row(statement, "reject"))
        overrides = Decisions(corpus).overrides
        curated = curate_statements(document, snapshot.vocabulary, RELATIONS, overrides)
        assert statement not in curated.statements
        (decision,) = [d for d in curator.listed() if d.state == "waiting"]
        curator.take_back(decision)
        assert files(corpus) == before

    def test_a_second_decision_takes_the_place_of_the_first(
        self, curator: Curator, corpus: Path, snapshot: Snapshot
    ) -> None:
        statement = unjudged(snapshot)[0]
        curator.judge(row(statement, "accept"))
        curator.judge(row(statement, "correct", set={"strength": "may"}))
        curator.judge(row(statement, "correct", set={"relation": "supports"}))
        (found,) = taken(corpus)
        assert found.set == {"strength": "may", "relation": "supports"}
        moved = replace(statement, relation="supports")
        assert (moved.sentence_id, moved.subject, moved.relation, moved.object) in curator.judged()
        curator.judge(row(moved, "reject"))  # of the statement as corrected: about what the rules find
        (found,) = taken(corpus)
        assert (found.action, found.relation, found.set) == ("reject", statement.relation, {})

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"object": "urn:none"}, "no concept urn:none"),
            ({"object": "此句没有的词语"}, "'此句没有的词语' is neither a label of one concept nor verbatim in"),
            ({"object": " "}, "cannot set object to nothing"),
            ({"relation": "likes"}, "no relation likes"),
            ({"strength": "perhaps"}, "no strength"),
            ({"colour": "red"}, "cannot set colour"),
        ],
    )
    def test_a_decision_that_a_rebuild_would_refuse_is_not_written(
        self, curator: Curator, corpus: Path, snapshot: Snapshot, changes: dict[str, str], says: str
    ) -> None:
        before = files(corpus)
        with pytest.raises(CorpusError, match=says):
            curator.judge(row(unjudged(snapshot)[0], "correct", set=changes))
        assert files(corpus) == before


class TestListed:
    def test_states_by_what_the_snapshot_was_made_with(
        self, curator: Curator, corpus: Path, snapshot: Snapshot
    ) -> None:
        def states(applied: Mapping[str, Sequence[str]]) -> dict[str, Decision]:
            found = (
                d for d in Decisions(corpus).listed(applied) if isinstance(d.row, Override) and d.row.why == "test"
            )
            return {d.state: d for d in found}

        first, second = unjudged(snapshot)[:2]
        curator.judge(row(first, "accept"))
        applied = {"overrides.jsonl": tuple(d.text for d in curator.listed())}
        curator.judge(row(second, "accept"))
        assert states(applied).keys() == {"in-force", "waiting"}
        Decisions(corpus).take_back("overrides.jsonl", states(applied)["in-force"].text)
        found = states(applied)
        assert found.keys() == {"undone", "waiting"}
        Decisions(corpus).take_again(found["undone"].file, found["undone"].text)
        assert states(applied).keys() == {"in-force", "waiting"}

    def test_comments_stay(self, curator: Curator, corpus: Path, snapshot: Snapshot) -> None:
        comment = (CORPUS / "overrides.jsonl").read_text(encoding="utf-8").splitlines()[0]
        curator.judge(row(unjudged(snapshot)[0], "accept"))
        assert (corpus / "overrides.jsonl").read_text(encoding="utf-8").splitlines()[0] == comment

    def test_the_corpus_differs_from_the_snapshot_by_name(self, corpus: Path, snapshot: Snapshot) -> None:
        assert differing(corpus, snapshot.manifest) == ()
        (corpus / "terms.jsonl").write_text("# none yet\n", encoding="utf-8")
        (corpus / "shapes.ttl").unlink()
        assert differing(corpus, snapshot.manifest) == ("shapes.ttl", "terms.jsonl")
