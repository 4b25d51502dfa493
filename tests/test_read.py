"""The Read page: the edition that it draws, the page over the real corpus, and a guideline that means harm."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from kg.assistant import Assistant
from kg.edition import Edition, Line, Section, edition
from kg.model import Document
from kg.snapshot import Snapshot
from tests.conftest import SLUGS
from views import leaf
from views.records import Page
from views.texts import EN, ZH

APP = str(Path(__file__).parents[1] / "app.py")
LTFU = "gene-therapy-long-term-follow-up-2021"
HOSTILE = "<script>window.hit=1</script><img src=x onerror=window.hit=1>"
Visit = Callable[..., AppTest]


@pytest.fixture
def visit(data: Path, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """A fresh visit to one of the pages, over the snapshot of the corpus."""
    monkeypatch.setenv("GUIDEGRAPH_DATA", str(data))
    monkeypatch.setattr("kg.assistant.Assistant.open", lambda data: assistant)
    st.cache_resource.clear()

    def go(path: str, **address: str) -> AppTest:
        page = AppTest.from_file(APP, default_timeout=20)
        page._page_hash = calc_hash(path)
        for name, value in address.items():
            page.query_params[name] = value
        page.run()
        assert not page.exception
        return page

    return go


def drawn(page: AppTest) -> str:
    return "\n".join(x.proto.body for x in page.get("html"))


def reader(page: AppTest) -> dict[str, str]:
    """What the reader's script was given."""
    parts = [json.loads(x.proto.json or "{}") for x in page.get("bidi_component")]
    return next((p for p in parts if "outline" in p), {})


def lines(section: Section) -> list[Line]:
    return [*([section.heading] if section.heading else []), *(x for p in section.paragraphs for x in p)]


class TestEdition:
    @pytest.mark.parametrize("slug", SLUGS)
    def test_every_sentence_stands_in_it_once_in_the_order_of_the_text(self, snapshot: Snapshot, slug: str) -> None:
        document = snapshot.document(slug)
        read = [x.id for s in edition(document, snapshot.vocabulary).sections for x in lines(s)]
        assert read == [s.id for s in sorted(document.sentences, key=lambda s: s.span.start)]

    @pytest.mark.parametrize("slug", SLUGS)
    def test_every_clause_has_one_place(self, snapshot: Snapshot, slug: str) -> None:
        document = snapshot.document(slug)
        found = [s.clause_id for s in edition(document, snapshot.vocabulary).sections if not s.continued]
        assert sorted(found) == sorted(c.id for c in document.clauses)

    @pytest.mark.parametrize("slug", SLUGS)
    def test_marks_and_references_do_not_overlap(self, snapshot: Snapshot, slug: str) -> None:
        for section in edition(snapshot.document(slug), snapshot.vocabulary).sections:
            for line in lines(section):
                spans = sorted(x.span for x in (*line.marks, *line.links))
                assert all(a.end <= b.start for a, b in pairwise(spans))


class TestPage:
    def test_opens_the_clause_that_the_address_names(self, visit: Visit) -> None:
        page = visit("read", doc=LTFU, clause="2.2.3")
        assert reader(page)["jump"] == "2.2.3"
        for words in (ZH.says, ZH.answers, ZH.others_say, "长期随访的观察时间", ZH.lines.format(113, 127)):
            assert words in drawn(page)

    def test_without_an_address_the_first_guideline_is_open(self, visit: Visit) -> None:
        assert 'id="clause-1"' in reader(visit("read"))["body"]

    def test_english_interface_has_the_reading_aid(self, visit: Visit) -> None:
        page = visit("read", doc=LTFU, ui="en")
        assert 'class="en" lang="en"' in reader(page)["body"]
        assert EN.says in drawn(page)

    def test_text_strength_and_unresolved_references_are_drawn(self, visit: Visit) -> None:
        body = reader(visit("read", doc=LTFU))["body"]
        for words in ("腺相关病毒载体", '<span class="st should">建议</span>', 'class="ref none"', ZH.not_held):
            assert words in body

    def test_another_guideline_is_picked(self, visit: Visit) -> None:
        page = visit("read", doc=LTFU, clause="2.2.3")
        page.selectbox(key="read-doc").set_value(SLUGS[0]).run()
        assert page.query_params["doc"] == SLUGS[0]
        assert "clause" not in page.query_params

    @pytest.mark.parametrize(
        ("address", "words"),
        [({"doc": HOSTILE}, ZH.unknown_guideline), ({"doc": LTFU, "clause": HOSTILE}, ZH.unknown_clause)],
    )
    def test_an_address_that_leads_nowhere_says_so(self, visit: Visit, address: dict[str, str], words: str) -> None:
        html = drawn(visit("read", **address))
        assert words in html
        assert "<script" not in html


def hostile(document: Document) -> Edition:
    """A guideline in which every text is markup."""
    line = Line("x/s1", HOSTILE, HOSTILE, "must", (), ())
    where = {"lines": (1, 1), "pages": None}
    sections = (
        Section(f"{HOSTILE}#1", "heading", HOSTILE, HOSTILE, HOSTILE, 1, line, ((line,),), (), **where),
        Section(f"{HOSTILE}#2", "table", "", "", "", 1, None, (), ((HOSTILE,), (HOSTILE,)), **where),
    )
    metadata = replace(document.metadata, title_zh=HOSTILE)
    return Edition("x", metadata, sections, translated=True)


def test_a_hostile_guideline_is_shown_as_text(snapshot: Snapshot, assistant: Assistant) -> None:
    drawn = leaf.Leaf(hostile(snapshot.document(LTFU)), Page(assistant, "zh"))
    for html in (drawn.body(), drawn.outline()):
        assert "&lt;script&gt;" in html
        assert "<script" not in html
        assert "<img" not in html
