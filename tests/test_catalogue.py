"""The doors behind the pages: clause cards, concept cards, neighbourhoods, the list of concepts, what is missing."""

from __future__ import annotations

import pytest

from kg.assistant import Assistant
from kg.catalogue import Catalogue, concept_key
from kg.neighbours import MOST, Around, grow
from kg.scope import Scope
from kg.snapshot import Snapshot
from tests.conftest import SLUGS

LTFU = "gene-therapy-long-term-follow-up-2021"


@pytest.fixture(scope="module")
def catalogue(snapshot: Snapshot) -> Catalogue:
    return Catalogue(snapshot)


def test_a_clause_has_its_statements_questions_and_kin(catalogue: Catalogue) -> None:
    card = catalogue.clause(f"{LTFU}#2.2.3")
    assert card.heading[-1] == "3.长期随访的观察时间"
    assert all(f.place.clause_id.startswith(f"{LTFU}#2.2.3") for f in card.facts)
    assert all(q.clause.startswith(f"{LTFU}#2.2.3") for q in card.questions)
    assert all(e.place.document != LTFU and e.shared for e in card.elsewhere)
    assert len({e.place.clause_id for e in card.elsewhere}) == len(card.elsewhere) > 0


@pytest.mark.parametrize("slug", SLUGS)
def test_every_clause_has_a_card(catalogue: Catalogue, snapshot: Snapshot, slug: str) -> None:
    for clause in snapshot.document(slug).clauses:
        assert catalogue.clause(clause.id).place.clause_id == clause.id


def test_quotes_of_a_concept_are_verbatim(catalogue: Catalogue, snapshot: Snapshot) -> None:
    for fact in catalogue.concept(catalogue.iri("aav-vector") or "").facts:
        assert fact.quote in snapshot.document(fact.place.document).text


def test_durations_are_in_order(catalogue: Catalogue) -> None:
    card = catalogue.concept(catalogue.iri("long-term-follow-up") or "")
    assert [m.days for m in card.moments] == sorted(m.days for m in card.moments)
    moment = catalogue.concept(catalogue.iri("aav-vector") or "").moments[0]
    assert (moment.duration.lower, round(moment.days)) == ("P5Y", 1826)


def test_addresses_lead_back_to_concepts(catalogue: Catalogue, snapshot: Snapshot) -> None:
    assert all(catalogue.iri(concept_key(iri)) == iri for iri in snapshot.vocabulary.concepts)
    assert catalogue.iri("no-such-thing") is None


def test_a_label_in_either_language_finds_its_concept_first(catalogue: Catalogue) -> None:
    for text in ("腺相关病毒载体", "AAV vector", "aav VECTOR"):
        assert concept_key(catalogue.entries(text)[0].concept.iri) == "aav-vector"
    assert {e.concept.kind for e in catalogue.entries(kind="risk")} == {"risk"}
    assert catalogue.entries("没有这样的概念") == ()


def test_holdings_and_missing_guidance_agree_with_the_documents(catalogue: Catalogue, snapshot: Snapshot) -> None:
    assert [h.slug for h in catalogue.holdings] == [s.slug for s in snapshot.manifest.shelves]
    named = sum(r.target is None for s in SLUGS for r in snapshot.document(s).cited)
    assert 0 < len(catalogue.missing) <= named
    assert "中华人民共和国药品管理法" in {m.title for m in catalogue.missing}


def test_the_whole_corpus_never_makes_a_hairball(catalogue: Catalogue, snapshot: Snapshot) -> None:
    for iri in list(snapshot.vocabulary.concepts)[::20]:
        first = catalogue.neighbourhood(iri)
        opened = [n.concept.iri for n in first[1:] if n.more][:4]
        for nodes in (first, catalogue.neighbourhood(iri, opened)):
            assert 1 <= len(nodes) <= MOST
            assert len({n.concept.iri for n in nodes}) == len(nodes)
            assert all(n.parent is None or n.parent < i for i, n in enumerate(nodes))


def test_what_is_opened_stays_and_leaves_give_way() -> None:
    def around(iri: str) -> list[Around]:
        return [Around(f"{iri}{n}", ("r", "r"), forward=True) for n in range(9)]

    shown = [g.iri for g in grow("x", ["x0", "x00"], around)]
    assert len(shown) == MOST
    assert {"x", "x0", "x00", "x000"} <= set(shown)
    assert shown.index("x00") > shown.index("x0")


def test_an_answer_from_some_guidelines_cites_no_other(assistant: Assistant) -> None:
    answer = assistant.ask("AAV 载体的基因治疗产品长期随访要多少年？", scope=Scope(documents=frozenset({LTFU})))
    assert {c.document for c in answer.citations} == {LTFU}
    assert (
        assistant.ask("AAV 载体的基因治疗产品长期随访要多少年？", scope=Scope(documents=frozenset())).status
        == "not_covered"
    )
