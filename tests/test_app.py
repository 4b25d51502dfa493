"""The Ask page as Streamlit runs it, over a fake assistant: what is drawn, shared, opened and verified."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kg.errors import SnapshotError
from kg.snapshot import current_folder
from tests.fakes import HOSTILE, FakeAssistant
from views.texts import EN, ZH

APP = str(Path(__file__).parents[1] / "app.py")
AAV = "AAV 载体的基因治疗产品长期随访要多少年？"
LENTI = "How long should patients be followed after a lentiviral vector product?"
ELSEWHERE = "片剂的溶出度要怎么测？"


@pytest.fixture
def assistant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeAssistant:
    """The fake in the place of the real one, over a data folder that exists."""
    fake = FakeAssistant()
    monkeypatch.setenv("GUIDEGRAPH_DATA", str(tmp_path))
    monkeypatch.setattr("kg.snapshot.current_folder", lambda data: data)
    monkeypatch.setattr("kg.assistant.Assistant.open", lambda data: fake)
    st.cache_resource.clear()
    return fake


def visit(**address: str) -> AppTest:
    """A fresh visit to an address."""
    page = AppTest.from_file(APP, default_timeout=20)
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def ask(page: AppTest, question: str) -> AppTest:
    page.text_input(key="question").set_value(question)
    next(b for b in page.button if b.label in (ZH.ask, EN.ask)).click()
    page.run()
    assert not page.exception
    return page


def drawn(page: AppTest) -> str:
    """All HTML on the page, and what the components were given."""
    html = [x.proto.body for x in page.get("html")]
    parts = [x.proto.json for x in page.get("bidi_component")]
    return "\n".join(html + parts)


def click(page: AppTest, key: str) -> AppTest:
    page.button(key=key).click().run()
    assert not page.exception
    return page


@pytest.mark.usefixtures("assistant")
class TestFirstVisit:
    def test_says_what_this_is_and_suggests_questions_for_every_role_in_both_languages(self) -> None:
        html = drawn(visit())
        assert ZH.welcome in html
        for role, words in ZH.roles.items():
            for asked in (words, f"{role} zh 1", f"{role} zh 2", f"{role} en 1"):
                assert asked in html
            assert f"{role} en 2" not in html

    def test_a_suggestion_is_a_link_that_asks(self, assistant: FakeAssistant) -> None:
        assert './?q=newcomer+zh+1"' in drawn(visit())
        assert assistant.asked == []

    def test_side_lists_guidelines_with_their_status_and_the_snapshot(self) -> None:
        html = drawn(visit())
        for words in (
            "基因治疗产品长期随访临床研究技术指导原则（试行）",
            *ZH.statuses.values(),
            ZH.unknown_status,
        ):
            assert words in html
        assert "3f9a41d0" in html
        assert "1,046" in html


@pytest.mark.usefixtures("assistant")
class TestAnswer:
    def test_headline_status_strength_and_citations(self) -> None:
        html = drawn(ask(visit(), AAV))
        assert '建议观察 <span class="value">5 年</span>' in html
        assert ZH.states["answered"] in html
        assert ZH.strengths["should"] in html
        assert "<mark>建议观察 5 年或至数据表明不再存在" in html
        assert '<a class="num" href="#citation-2">2</a>' in html
        assert ZH.lines.format(104, 105) in html

    def test_the_rest_of_the_text_does_not_repeat_the_headline(self) -> None:
        assert drawn(ask(visit(), AAV)).count("或至数据表明不再存在任何风险<a") <= 1

    def test_english_question_opens_the_english_reading(self) -> None:
        html = drawn(ask(visit(ui="en"), LENTI))
        assert '<details class="reading" open>' in html
        assert EN.reading in html
        assert "Trial Implementation" in html

    def test_chinese_question_leaves_it_folded(self) -> None:
        assert '<details class="reading"><summary>' in drawn(ask(visit(), AAV))

    def test_paths_and_related_clauses_stand_beside_it(self) -> None:
        html = drawn(ask(visit(), AAV))
        assert html.count("<figure>") == 2
        assert "kind-duration" in html
        assert "同一概念：长期随访" in html

    def test_a_clause_opens_in_place_with_the_quote_marked_and_closes_again(self) -> None:
        page = click(ask(visit(), AAV), "cite-1-open")
        assert "<mark>腺相关病毒载体建议观察 5 年或至数据表明不再存在任何风险。</mark>" in drawn(page)
        assert 'class="clause"' not in drawn(click(page, "cite-1-open"))

    def test_further_citations_are_drawn_when_asked_for(self) -> None:
        page = ask(visit(), "许多")
        assert ZH.states["partial"] in drawn(page)
        assert 'id="citation-5"' in drawn(page)
        assert 'id="citation-6"' not in drawn(page)
        assert ZH.further.format(3) in {b.label for b in page.button}
        assert 'id="citation-8"' in drawn(click(page, "further-open"))

    def test_another_question_folds_the_clause(self) -> None:
        page = click(ask(visit(), AAV), "cite-1-open")
        assert 'class="clause"' not in drawn(ask(page, LENTI))

    @pytest.mark.parametrize(("holds", "words"), [(True, ZH.verified), (False, ZH.verify_failed)])
    def test_verify_now_says_what_was_found(self, assistant: FakeAssistant, holds: bool, words: str) -> None:
        assistant.holds = holds
        page = ask(visit(), AAV)
        assert words not in drawn(page)
        assert words in drawn(click(page, "cite-1-verify"))

    def test_copied_text_has_quote_guideline_clause_and_lines(self) -> None:
        page = ask(visit(), AAV)
        texts = [json.loads(x.proto.json or "{}").get("text") for x in page.get("bidi_component")]
        copied = next(t for t in texts if t)
        for words in ("建议观察 5 年", "基因治疗产品长期随访临床研究技术指导原则", "二、（二）3.", "104–105"):
            assert words in copied


@pytest.mark.usefixtures("assistant")
class TestNoAnswer:
    def test_not_covered_says_so_with_the_reason_and_marks_the_nearest_clauses(self) -> None:
        html = drawn(ask(visit(), ELSEWHERE))
        for words in (
            ZH.not_covered,
            "片剂溶出度",
            ZH.nearest_note,
            ZH.states["not_covered"],
            "可考虑重复给药",
        ):
            assert words in html
        assert ZH.sources_one not in html

    def test_empty_question(self) -> None:
        page = ask(visit(), "   ")
        assert ZH.question_wrong in drawn(page)
        assert "q" not in page.query_params

    def test_too_long_question(self) -> None:
        assert ZH.question_too_long in drawn(ask(visit(), "长" * 501))

    def test_snapshot_that_vanishes_under_the_page(
        self, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def vanish(text: str, scope: object = None) -> None:
            raise SnapshotError("gone")

        monkeypatch.setattr(assistant, "ask", vanish)
        assert ZH.no_snapshot in drawn(visit(q=AAV))

    def test_missing_snapshot_says_how_to_build_one(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("GUIDEGRAPH_DATA", str(tmp_path / "nowhere"))
        monkeypatch.setattr("kg.snapshot.current_folder", current_folder)
        html = drawn(visit())
        assert ZH.no_snapshot in html
        assert "make build" in html


@pytest.mark.usefixtures("assistant")
class TestAddress:
    def test_a_shared_link_opens_with_its_answer_and_language(self, assistant: FakeAssistant) -> None:
        page = visit(q=LENTI, ui="en")
        assert assistant.asked == [LENTI]
        assert EN.states["answered"] in drawn(page)
        assert page.text_input(key="question").value == LENTI

    def test_typing_a_question_changes_the_address(self) -> None:
        assert ask(visit(q=AAV), LENTI).query_params["q"] == LENTI

    def test_the_language_is_kept_in_the_address_and_redraws_without_asking_again(
        self, assistant: FakeAssistant
    ) -> None:
        page = ask(visit(), AAV)
        next(x for x in page.get("button_group") if x.key == "ui").set_value("en").run()
        assert not page.exception
        assert page.query_params["ui"] == "en"
        assert EN.states["answered"] in drawn(page)
        assert assistant.asked == [AAV]


@pytest.mark.usefixtures("assistant")
def test_markup_in_a_question_is_shown_as_text() -> None:
    html = drawn(ask(visit(), HOSTILE))
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<img" not in html


@pytest.mark.usefixtures("assistant")
def test_markup_in_a_guideline_is_shown_as_text() -> None:
    page = click(ask(visit(), "hostile"), "cite-1-open")
    html = "\n".join(x.proto.body for x in page.get("html"))
    figures = [json.loads(x.proto.json or "{}").get("figures", "") for x in page.get("bidi_component")]
    assert html.count("&lt;script&gt;") >= 6
    assert "&lt;script&gt;" in "".join(figures)
    for drawn_html in (html, *figures):
        assert "<script" not in drawn_html
        assert "<img" not in drawn_html
