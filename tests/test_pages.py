"""Concepts, Library, Help and what is kept of Ask, as Streamlit runs them over the snapshot of the corpus."""

from __future__ import annotations

import gc
import json
import re
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from streamlit.testing.v1 import AppTest

from ingest.verify import verify
from kg.assistant import Assistant
from tests.fakes import HOSTILE, FakeAssistant
from tests.test_read import Visit, visit
from views import checks, holdings, memo
from views.records import Page
from views.texts import EN, LIBRARY_ZH, ZH

__all__ = ["visit"]
AAV = "AAV 载体的基因治疗产品长期随访要多少年？"
LTFU = "gene-therapy-long-term-follow-up-2021"


def drawn(page: AppTest) -> str:
    parts = [json.loads(x.proto.json or "{}") for x in page.get("bidi_component")]
    return "\n".join([*(x.proto.body for x in page.get("html")), *(p["html"] for p in parts if "html" in p)])


class TestConcepts:
    def test_a_concept_has_its_names_statements_clauses_and_neighbours(self, visit: Visit) -> None:
        html = drawn(visit("concepts", c="aav-vector"))
        for words in ("腺相关病毒载体", "adeno-associated virus vector", ZH.timeline, ZH.around, ZH.clauses_by, "5 年"):
            assert words in html
        assert f"./read?doc={LTFU}&amp;clause=" in html

    def test_statements_of_one_sentence_share_its_quotation(self, visit: Visit) -> None:
        groups = drawn(visit("concepts", c="delayed-adverse-reaction")).split("<h4>")[1:]
        quotes = [re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", group) for group in groups]
        assert sum(map(len, quotes)) > 5
        assert all(len(found) == len(set(found)) for found in quotes)

    def test_search_and_kinds(self, visit: Visit) -> None:
        page = visit("concepts", kind="risk", ui="en")
        assert EN.kinds["risk"] in drawn(page)
        page.text_input(key="concept-search").set_value("迟发性不良反应").run()
        assert "delayed adverse reaction" in drawn(page)
        page.text_input(key="concept-search").set_value(HOSTILE).run()
        assert EN.no_concept in drawn(page)

    def test_an_unknown_concept_is_said(self, visit: Visit) -> None:
        html = drawn(visit("concepts", c=HOSTILE))
        assert ZH.unknown_concept in html
        assert "<script" not in html


class TestLibrary:
    def test_guidelines_in_figures(self, visit: Visit) -> None:
        html = drawn(visit("library"))
        for words in (
            "基因治疗产品长期随访临床研究技术指导原则（试行）",
            ZH.clause_count,
            ZH.resolved,
            ZH.statuses["trial"],
        ):
            assert words in html

    @pytest.mark.parametrize(
        ("part", "words"), [("missing", "中华人民共和国药品管理法"), ("add", ZH.add_hint), ("checks", ZH.health_hint)]
    )
    def test_every_part_has_an_address(self, visit: Visit, part: str, words: str) -> None:
        assert words in drawn(visit("library", part=part))

    def test_sparql_runs_every_example_and_refuses_to_write(self, visit: Visit) -> None:
        page = visit("library", part="sparql")
        for name in ZH.sparql_examples:
            page.button(key=f"sparql-{name}").click().run()
            page.button(key="sparql-run").click().run()
            assert not page.exception
            assert "<tbody><tr>" in drawn(page)
        page.text_area(key="sparql-query").set_value("DROP ALL").run()
        page.button(key="sparql-run").click().run()
        assert ZH.query_wrong in drawn(page)


def test_help_says_what_marks_mean_and_where_the_limits_are(visit: Visit) -> None:
    html = drawn(visit("help", ui="en"))
    for words in (*EN.marks.values(), *EN.limits.values(), *EN.sizes.values()):
        assert words in html.replace("&#39;", "'")


class TestKeeping:
    def test_history_survives_in_a_fresh_visit_of_the_same_visitor(
        self, visit: Visit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("views.session.visitor", lambda: "anna-of-the-test")
        visit("ask", q=AAV)
        html = drawn(visit("ask"))
        assert ZH.history in html
        assert AAV in html

    def test_the_scope_is_in_the_address_and_in_the_answer(self, visit: Visit) -> None:
        html = drawn(visit("ask", **{"q": AAV, "in": LTFU}))
        assert 'id="citation-1"' in html
        assert ZH.clear_scope in html

    def test_an_answer_that_the_scope_leaves_out_points_to_the_whole_library(self, visit: Visit) -> None:
        page = visit("ask", **{"q": AAV, "in": "rare-disease-drug-development-2021", "strength": "may"})
        assert ZH.search_all in drawn(page)
        assert page.session_state["scope-strength"] == ["may"]

    def test_a_filter_is_written_into_the_address_and_cleared(self, visit: Visit) -> None:
        page = visit("ask", q=AAV)
        next(x for x in page.get("button_group") if x.key == "scope-product").set_value(["gene-edited-product"]).run()
        assert not page.exception
        assert (
            page.query_params["product"] == ["gene-edited-product"]
            or page.query_params["product"] == "gene-edited-product"
        )
        assert "product=" not in drawn(page).partition('class="go act clear" href="')[2].partition('"')[0]

    def test_an_unknown_filter_in_an_address_is_no_error(self, visit: Visit) -> None:
        assert 'id="citation-1"' in drawn(visit("ask", q=AAV, product=HOSTILE, strength="loud", status="x"))


class TestMemo:
    def test_word_and_markdown_have_quotes_and_places(self, assistant: Assistant) -> None:
        page, answer = Page(assistant, "zh"), assistant.ask(AAV)
        text = memo.markdown(answer, page)
        word = "\n".join(p.text for p in docx.Document(BytesIO(memo.word(answer, page))).paragraphs)
        for citation in answer.citations[: memo.SOURCES]:
            assert citation.quote in word
            assert citation.clause in word
        assert "1. " in text
        assert answer.snapshot in text

    def test_a_hostile_answer_stays_text(self) -> None:
        fake = FakeAssistant()
        page, answer = Page(fake, "en"), fake.ask("hostile")
        assert "\\<script\\>" in memo.markdown(answer, page)
        assert " <script>" not in memo.markdown(answer, page)
        assert HOSTILE in "\n".join(p.text for p in docx.Document(BytesIO(memo.word(answer, page))).paragraphs)


def test_what_is_loaded_once_is_not_looked_through_after_every_run(visit: Visit) -> None:
    gc.unfreeze()
    visit("help")
    assert gc.get_freeze_count() > 100_000


class TestChecks:
    def test_what_was_checked_is_said_in_the_language_of_the_page(self, assistant: Assistant) -> None:
        slug = assistant.shelves[0].slug
        said = [checks.what(name, Page(assistant, "zh")) for name in ("outputs", f"quotes of {slug}", "unheard of")]
        assert said == ["快照中的文件", f"引文 · {assistant.shelves[0].metadata.title_zh}", "unheard of"]

    def test_every_sort_of_check_has_words(self, assistant: Assistant) -> None:
        sorts = {name.partition(" of ")[0] for name in verify(assistant.opened).checked}
        assert sorts == set(LIBRARY_ZH.checked)


def test_an_issuer_has_its_english_name_on_the_english_screen(assistant: Assistant) -> None:
    metadata = assistant.shelves[0].metadata
    assert holdings.issuer(metadata, Page(assistant, "en")) == "Center for Drug Evaluation"
    assert holdings.issuer(metadata, Page(assistant, "zh")) == metadata.issuer
    assert holdings.issuer(replace(metadata, issuer="某机构"), Page(assistant, "en")) == "某机构"
