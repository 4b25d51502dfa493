"""A large library: what a page says of the whole of it comes from the concordance, and only what it shows is opened."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from benchmarks.libraries import library
from benchmarks.visits import counted
from ingest.cli import main
from ingest.concordance import write_concordance
from ingest.extent import Extent
from kg.assistant import Assistant
from kg.books import book_of
from kg.catalogue import Catalogue, concept_key
from kg.concordance import NAME, Concordance
from kg.entries import Fact
from kg.errors import SnapshotError
from kg.model import Document
from kg.scope import Bounds, Scope, meets
from kg.snapshot import OPEN, Snapshot, make_current
from kg.suggestions import ROLES
from tests.conftest import SLUGS
from views import concept as page_of_concept

APP = str(Path(__file__).parents[1] / "app.py")
LTFU, RARE = "gene-therapy-long-term-follow-up-2021", "rare-disease-drug-development-2021"
AAV = "AAV 载体的基因治疗产品长期随访要多少年？"
COUNT = 80


@pytest.fixture(scope="module")
def documents(snapshot: Snapshot) -> list[Document]:
    return [snapshot.document(slug) for slug in SLUGS]


@pytest.fixture(scope="module")
def one(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the snapshot of the corpus in which but one guideline can be opened."""
    data = tmp_path_factory.mktemp("one")
    folder = data / "snapshots" / snapshot.folder.name
    shutil.copytree(snapshot.folder, folder, copy_function=os.link)
    for slug in SLUGS:
        if slug != LTFU:
            (folder / "documents" / f"{slug}.json").unlink()
    make_current(data, folder.name)
    return data


@pytest.fixture(scope="module")
def many(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library(data, tmp_path_factory.mktemp("many"), COUNT)


class TestOneCanBeOpened:
    def test_its_clauses_have_the_same_cards(self, one: Path, snapshot: Snapshot) -> None:
        here, everywhere = Catalogue(Snapshot.open(one)), Catalogue(snapshot)
        for clause in snapshot.document(LTFU).clauses:
            assert here.clause(clause.id) == everywhere.clause(clause.id)
            assert here.trail(clause.id) == everywhere.trail(clause.id)

    def test_concepts_have_the_same_cards(self, one: Path, snapshot: Snapshot) -> None:
        here, everywhere = Catalogue(Snapshot.open(one)), Catalogue(snapshot)
        others = set()
        for iri in list(snapshot.vocabulary.concepts)[::15]:
            assert here.concept(iri) == everywhere.concept(iri)
            assert here.neighbourhood(iri) == everywhere.neighbourhood(iri)
            others |= {fact.place.document for fact in here.concept(iri).facts}
        assert others == set(SLUGS)

    def test_lists_are_the_same(self, one: Path, snapshot: Snapshot) -> None:
        here, everywhere = Catalogue(Snapshot.open(one)), Catalogue(snapshot)
        assert here.entries() == everywhere.entries()
        assert here.missing == everywhere.missing
        assert here.holdings == everywhere.holdings

    def test_a_question_within_it_is_answered(self, one: Path) -> None:
        answer = Assistant.open(one).ask(AAV, scope=Scope(documents=frozenset({LTFU})))
        assert (answer.status, {c.document for c in answer.citations}) == ("answered", {LTFU})

    def test_the_command_line_prints_a_concept(self, one: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["concept", "AAV", "--json", "--data", str(one)]) == 0
        card = json.loads(capsys.readouterr().out)
        assert len({clause.partition("#")[0] for clause in card["clauses"]}) > 1

    def test_another_one_cannot_be_read(self, one: Path) -> None:
        with pytest.raises(SnapshotError, match="guidegraph build"):
            Catalogue(Snapshot.open(one)).edition(RARE)


def test_the_concordance_says_what_the_documents_say(snapshot: Snapshot) -> None:
    catalogue = Catalogue(snapshot)
    stated = [fact for slug in SLUGS for fact in catalogue.stated_in(slug)]
    about: dict[str, list[Fact]] = {}
    for fact in stated:
        for iri in {fact.subject.iri, fact.object.iri}:
            about.setdefault(iri, []).append(fact)
    assert any(fact.condition for fact in stated)
    for iri in snapshot.vocabulary.concepts:
        card, voices = catalogue.concept(iri), catalogue.voices(iri)
        assert list(card.facts) == about.get(iri, [])
        assert sum(v.statements for v in voices) == len(card.facts)
        assert sum(v.clauses for v in voices) == len(card.clauses)


def test_organisations_are_known_by_their_names(snapshot: Snapshot) -> None:
    catalogue, count = Catalogue(snapshot), 0
    for entry in catalogue.entries(kind="organisation"):
        for name in {entry.concept.label("zh"), entry.concept.label("en")} if entry.concept.findable else ():
            assert catalogue.called(name, "organisation") == entry.concept, name
            assert catalogue.called(name, "risk") is None
            count += 1
    assert count > 20
    assert catalogue.called("没有这个机构", "organisation") is None


def test_an_exception_is_kept(snapshot: Snapshot, documents: list[Document], tmp_path: Path) -> None:
    first = documents[0].statements[0]
    changed = replace(documents[0], statements=(replace(first, exception="危及生命的疾病"),))
    write_concordance(tmp_path / NAME, [changed], snapshot.vocabulary)
    (saying,) = Concordance(tmp_path / NAME).sayings(first.subject)
    assert (saying.relation, saying.exception) == (first.relation, "危及生命的疾病")


def test_the_same_library_gives_the_same_bytes(snapshot: Snapshot, documents: list[Document], tmp_path: Path) -> None:
    write_concordance(tmp_path / NAME, documents, snapshot.vocabulary)
    assert (tmp_path / NAME).read_bytes() == (snapshot.folder / NAME).read_bytes()


def test_a_damaged_concordance_says_what_to_do(one: Path, tmp_path: Path) -> None:
    folder = tmp_path / "snapshots" / "x"
    shutil.copytree(Snapshot.open(one).folder, folder)
    (folder / NAME).write_bytes(b"no base")
    make_current(tmp_path, "x")
    with pytest.raises(SnapshotError, match=r"concordance\.sqlite: cannot be read"):
        Catalogue(Snapshot.open(tmp_path)).place(f"{LTFU}#1")


@pytest.mark.parametrize("strengths", [None, frozenset({"must"}), frozenset({"not", "should"})])
@pytest.mark.parametrize("product", [None, "gene-edited-product", "car-t-cell-product"])
def test_a_scope_holds_the_sentences_that_the_documents_say(
    snapshot: Snapshot, documents: list[Document], strengths: frozenset[str] | None, product: str | None
) -> None:
    products = frozenset({f"urn:guidegraph:concept:{product}"}) if product else None
    keep = Bounds(snapshot.vocabulary, snapshot.concordance).keep(Scope(strengths=strengths, products=products))
    extent = Extent(snapshot.vocabulary, documents)
    assert (keep is None) == (strengths is None and products is None)
    for document in documents:
        book = book_of(document)
        for sentence in document.sentences:
            applies = extent.applies(book, sentence.id)
            met = products is None or any(meets(snapshot.vocabulary, p, a) for p in products for a in applies)
            fits = strengths is None or sentence.strength in strengths
            assert keep is None or keep(sentence.id) == (met and fits)


class TestMany:
    def test_suggestions_open_a_few(self, many: Path) -> None:
        assistant = Assistant.open(many)
        with counted() as read:
            found = [assistant.suggestions(role, "zh") for role in ROLES]
        assert all(len(questions) == 4 for questions in found)
        assert len(read) < COUNT / 4

    def test_filters_to_choose_from_open_none(self, many: Path, assistant: Assistant) -> None:
        large = Assistant.open(many)
        with counted() as read:
            assert set(large.products) == set(assistant.products)
        assert read == []

    @pytest.mark.parametrize(
        "scope", [Scope(), Scope(strengths=frozenset({"not"})), Scope(products=frozenset({"urn:guidegraph:concept:aav-vector"}))]
    )  # fmt: skip
    def test_a_question_opens_each_guideline_once_at_most(self, many: Path, scope: Scope) -> None:
        assistant = Assistant.open(many)
        with counted() as read:
            answer = assistant.ask(AAV, scope=scope)
        assert answer.citations
        assert len(read) == len(set(read)) <= min(OPEN, COUNT)

    def test_others_say_the_same_in_a_large_library_too(self, many: Path) -> None:
        catalogue = Catalogue(Snapshot.open(many))
        with counted() as read:
            card = catalogue.clause(f"{LTFU}#2.2.3")
        assert len(card.elsewhere) == 8
        assert read == [LTFU]

    def test_a_copy_is_a_guideline_of_its_own(self, many: Path) -> None:
        catalogue = Catalogue(Snapshot.open(many))
        slug = Snapshot.open(many).manifest.shelves[-1].slug
        edition = catalogue.edition(slug)
        assert edition.sections[0].clause_id.startswith(f"{slug}#")
        assert catalogue.clause(edition.sections[3].clause_id).place.document == slug

    def test_a_concept_is_drawn_in_pages_of_guidelines(self, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        visit = visitor(many, monkeypatch)
        voices = Catalogue(Snapshot.open(many)).voices("urn:guidegraph:concept:aav-vector")
        assert len(voices) > 2 * page_of_concept.GUIDELINES
        with counted() as read:
            first, second = (visit("concepts", c="aav-vector", page=n) for n in "12")
        assert read == []
        for html, heard, words in ((first, voices[:8], "1–8 /"), (second, voices[8:16], "9–16 /")):
            assert f"{words} 共 {len(voices)} 条" in html
            shown = {v.slug for v in voices if f"doc={v.slug}&" in html}
            assert shown == {v.slug for v in heard}


def visitor(data: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What is drawn on a visit to a page over a data folder."""
    monkeypatch.setenv("GUIDEGRAPH_DATA", str(data))
    st.cache_resource.clear()

    def visit(path: str, **address: str) -> str:
        page = AppTest.from_file(APP, default_timeout=60)
        page._page_hash = calc_hash(path)
        for name, value in address.items():
            page.query_params[name] = value
        page.run()
        assert not page.exception
        return "\n".join(x.proto.body for x in page.get("html"))

    return visit


def test_few_guidelines_stand_on_one_page(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    html = visitor(data, monkeypatch)("concepts", c=concept_key("urn:guidegraph:concept:aav-vector"))
    assert 'class="pager"' not in html
