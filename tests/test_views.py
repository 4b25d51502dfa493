"""The drawing functions by themselves: escaping, marks, words, the path picture, colours."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from markupsafe import Markup

from ingest.propose import UNKNOWN
from kg.assistant import Assistant
from kg.entries import Term
from kg.model import AnswerStatus, Metadata, Span, Status, Step, Strength
from kg.model import Path as GraphPath
from tests.fakes import AAV_PATH, BROAD_PATH, FakeAssistant
from views import graph, style
from views.answer import duration, following, led, numbered, prose, sentence, valued
from views.citations import reading, whole_clause
from views.markup import html, join, marked, unbroken
from views.quotation import key, quotation
from views.records import Page
from views.shelving import issuer_from_words, issuer_in_words
from views.texts import EN, LIBRARY_EN, LIBRARY_ZH, ZH, LibraryWords, Texts, counted

ROOT = Path(__file__).parents[1]
ANSWER = FakeAssistant().ask("AAV")
HOSTILE = "<script>alert(1)</script>\"'&"


@pytest.fixture
def page() -> Page:
    return Page(FakeAssistant(), "zh")


def braces(words: str) -> list[str]:
    return re.findall(r"\{.*?\}", words)


@pytest.mark.parametrize(
    ("tables", "field"),
    [
        *(((ZH, EN), f.name) for f in dataclasses.fields(Texts)),
        *(((LIBRARY_ZH, LIBRARY_EN), f.name) for f in dataclasses.fields(LibraryWords)),
    ],
)
def test_no_word_is_missing_in_either_language(tables: tuple[object, object], field: str) -> None:
    zh, en = (getattr(table, field) for table in tables)
    if isinstance(zh, dict):
        assert zh.keys() == en.keys()
        assert all([*zh.values(), *en.values()])
    else:
        assert zh.strip()
        assert en.strip()
        assert len(braces(zh)) == len(braces(en))


def test_every_word_is_used() -> None:
    files = [ROOT / "app.py", *(ROOT / "views").glob("*.py")]
    sources = "".join(path.read_text(encoding="utf-8") for path in files)
    fields = (*dataclasses.fields(Texts), *dataclasses.fields(LibraryWords))
    assert [f.name for f in fields if f".{f.name}" not in sources] == []


def test_every_status_and_strength_has_a_word() -> None:
    assert set(ZH.states) == set(get_args(AnswerStatus))
    assert set(ZH.statuses) == set(get_args(Status))
    assert set(ZH.strengths) == set(get_args(Strength))


@pytest.mark.parametrize(
    "made",
    [
        html("<b>{}</b>", HOSTILE),
        html('<b title="{}"></b>', HOSTILE),
        join([HOSTILE, HOSTILE], "<br>"),
        marked(HOSTILE, [Span(0, 8)]),
        marked(HOSTILE, []),
        numbered(f"{HOSTILE} [1]"),
        numbered(f"{HOSTILE} 5 年 [1]", valued),
        prose([HOSTILE, f"- {HOSTILE}"], ANSWER),
        reading(HOSTILE, Page(FakeAssistant(), "en"), is_open=True),
    ],
)
def test_hostile_text_never_becomes_markup(made: Markup) -> None:
    assert "<script" not in made
    assert "&lt;script&gt;" in made or "&lt;script" in made.replace("<mark>", "").replace("</mark>", "")
    assert "\"'" not in made


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([Span(0, 2)], "<mark>ab</mark>cd"),
        ([Span(2, 4), Span(0, 2)], "<mark>ab</mark><mark>cd</mark>"),
        ([Span(0, 3), Span(2, 4)], "<mark>abc</mark><mark>d</mark>"),
        ([Span(-5, 1), Span(3, 99)], "<mark>a</mark>bc<mark>d</mark>"),
        ([Span(9, 12), Span(-4, -1)], "abcd"),
    ],
)
def test_marks(spans: list[Span], expected: str) -> None:
    assert marked("abcd", spans) == expected


def test_citation_marks_are_taken_back_to_the_quote(page: Page) -> None:
    citation = FakeAssistant().ask("AAV").citations[0]
    assert quotation(citation, (), page) == "腺相关病毒载体<mark>建议观察 5 年或至数据表明不再存在任何风险</mark>。"
    assert "<mark>" + citation.quote + "</mark>" in whole_clause(
        page.assistant.passage(citation.clause_id), citation, page
    )


class TestQuotation:
    def test_concepts_are_links_that_explain_themselves_and_leave_the_text_as_it_is(self, page: Page) -> None:
        citation = page.assistant.ask("AAV").citations[0]
        drawn = quotation(citation, page.assistant.terms(citation), page)
        assert drawn.startswith(
            '<a class="go m kind-product" href="./concepts?c=aav-vector" data-name="腺相关病毒载体"'
            ' data-other="adeno-associated virus vector" data-lang="en" data-word="产品"'
            ' data-definition="由腺相关病毒改造而成的载体。">腺相关病毒载体</a><mark>'
        )
        assert "<mark>任何风险</mark></a>" in drawn
        assert drawn.striptags() == citation.quote

    def test_what_explains_a_concept_is_escaped(self) -> None:
        page = Page(FakeAssistant(), "en")
        citation = page.assistant.ask("AAV").citations[0]
        drawn = quotation(citation, page.assistant.terms(citation), page)
        assert "<script" not in drawn
        assert "&lt;script&gt;" in drawn

    def test_a_repeated_concept_is_one_stop_for_the_keyboard(self, page: Page) -> None:
        citation = page.assistant.ask("AAV").citations[0]
        term = page.assistant.terms(citation)[0]
        twice = dataclasses.replace(citation, quote=citation.quote * 2, marks=())
        again = Term(Span(term.span.start + len(citation.quote), term.span.end + len(citation.quote)), term.concept)
        drawn = quotation(twice, (term, again), page)
        assert drawn.count("<a ") == 2
        assert drawn.count('tabindex="-1"') == 1

    def test_the_key_names_the_kinds_that_occur(self, page: Page) -> None:
        drawn = key(page.assistant.ask("AAV").citations, page)
        assert '<span class="kind-product">产品</span><span class="kind-risk">风险</span>' in drawn
        assert "+" not in drawn
        assert key((), page) == ""

    @pytest.mark.parametrize(
        "asked", ["AAV 载体的基因治疗产品长期随访要多少年？", "CAR-T 治疗后的继发肿瘤要怎么监测？", "罕见病的定义"]
    )
    def test_over_the_corpus_every_quotation_stays_word_for_word(self, assistant: Assistant, asked: str) -> None:
        page = Page(assistant, "zh")
        citations = assistant.ask(asked).citations
        assert citations
        for citation in citations:
            terms = assistant.terms(citation)
            assert all(a.span.end <= b.span.start for a, b in pairwise(terms))
            text = HTMLParser()
            heard: list[str] = []
            text.handle_data = heard.append  # type: ignore[method-assign]
            text.feed(quotation(citation, terms, page))
            text.close()
            assert "".join(heard) == citation.quote
        assert sum(len(assistant.terms(c)) for c in citations) > 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 年 [1]", '5 年&NoBreak;<a class="num" href="#citation-1">1</a>'),
        ("见［2］。", '见&NoBreak;<a class="num" href="#citation-2">2</a>。'),
        ("[x] [123]", "[x] [123]"),
    ],
)
def test_numbers_in_the_text_lead_to_their_cards(text: str, expected: str) -> None:
    assert numbered(text) == expected


def test_a_sentence_that_stands_in_a_quote_carries_its_number() -> None:
    for number, citation in enumerate(ANSWER.citations, 1):
        assert f'href="#citation-{number}"' in sentence(citation.quote, ANSWER)
    assert sentence("这句话不在任何引文里。", ANSWER) == "这句话不在任何引文里。"


def test_bullets_become_one_list() -> None:
    assert (
        re.sub(' lang="zh"', "", prose(["先", "- 一", "- 二", "后"], ANSWER))
        == "<p>先</p><ul><li>一</li><li>二</li></ul><p>后</p>"
    )


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("at least 15 years: For vectors", ("At least 15 years", "For vectors")),
        ("5 年：腺相关病毒载体建议观察 5 年。", ("5 年", "腺相关病毒载体建议观察 5 年。")),
        ("主要内容应包括：", ("主要内容应包括：", "")),
        ("如需开展，建议：提供方案。", ("如需开展，建议：提供方案。", "")),
        ("", ("", "")),
    ],
)
def test_a_short_lead_stands_alone(headline: str, expected: tuple[str, str]) -> None:
    assert led(headline) == expected


def test_long_answers_are_folded_but_whole(page: Page) -> None:
    drawn = following("一\n二\n三。\n四。", ANSWER, page)
    places = [drawn.index(words) for words in (">二</p>", "<details", ">三。</p>", ">四。</p>")]
    assert places == sorted(places)


@pytest.mark.parametrize(("ms", "words"), [(0.2, "1 ms"), (12.4, "12 ms"), (1840, "1.8 s")])
def test_latency_in_words(ms: float, words: str) -> None:
    assert duration(ms) == words


class TestPath:
    def test_nodes_in_order_with_kinds_and_the_card_of_the_clause(self, page: Page) -> None:
        nodes, edges = graph.parts(AAV_PATH, page.assistant.ask("AAV"), page)
        assert [(n.kind, n.number) for n in nodes] == [("product", None), ("duration", None), ("clause", 1)]
        assert [(e.start, e.end) for e in edges] == [(0, 1), (1, 2)]

    def test_a_clause_below_the_cited_one_leads_to_its_card(self, page: Page) -> None:
        answer = page.assistant.ask("AAV")
        clause = answer.citations[0].clause_id
        steps = (Step("urn:guidegraph:concept:x", "p", f"urn:guidegraph:clause:{clause}.1", ("x", "p", "c")),)
        nodes, _ = graph.parts(GraphPath(steps, ""), answer, page)
        assert nodes[1].number == 1

    def test_picture_has_legend_sentence_and_every_label(self, page: Page) -> None:
        drawn = graph.figure(BROAD_PATH, 0, page.assistant.ask("AAV"), page)
        for words in (
            "病毒载体",
            "监测方式",
            ZH.kinds["risk"],
            ZH.clause_kind,
            BROAD_PATH.text,
            'href="#citation-1"',
        ):
            assert words in drawn

    def test_no_more_than_twelve_nodes(self, page: Page) -> None:
        steps = tuple(Step(f"u:{i}", "p", f"u:{i + 1}", (f"{i}", "p", f"{i + 1}")) for i in range(30))
        nodes, edges = graph.parts(GraphPath(steps, ""), page.assistant.ask("AAV"), page)
        assert len(nodes) == graph.MOST_NODES
        assert len(edges) == graph.MOST_NODES - 1

    def test_hostile_labels_are_escaped(self, page: Page) -> None:
        path = GraphPath((Step("u:a", "p", "u:b", (HOSTILE, HOSTILE, HOSTILE)),), HOSTILE)
        assert "<script" not in graph.figure(path, 0, page.assistant.ask("AAV"), page)

    @pytest.mark.parametrize(
        ("label", "lines"),
        [
            ("5 年", ["5 年"]),
            ("replication competent lentivirus testing", ["replication competent lentivirus", "testing"]),
            ("长" * 20, ["长" * 17, "长" * 3]),
        ],
    )
    def test_labels_wrap(self, label: str, lines: list[str]) -> None:
        assert graph.wrap(label) == lines

    def test_a_very_long_label_ends_in_an_ellipsis(self) -> None:
        assert graph.wrap("长" * 60)[1].endswith("…")


@pytest.mark.parametrize("name", [*style.SHEETS, *(p.name for p in style.FOLDER.glob("*.js"))])
def test_nothing_is_fetched_from_elsewhere(name: str) -> None:
    assert not re.search(r"https?:|@import|url\(['\"]?//", style.asset(name))


@pytest.mark.parametrize("texts", [ZH, EN])
def test_an_issuer_that_is_not_stated_is_said_in_words_and_kept_as_one(texts: Texts) -> None:
    unknown = Metadata("甲", "A", UNKNOWN, "zh")
    assert issuer_in_words(unknown, texts) == texts.unknown_issuer != UNKNOWN
    assert issuer_from_words(texts.unknown_issuer) == UNKNOWN
    assert issuer_from_words(issuer_in_words(dataclasses.replace(unknown, issuer="FDA"), texts)) == "FDA"


@pytest.mark.parametrize(
    ("words", "number", "expected"),
    [
        ("{} place|s", 1, "1 place"),
        ("{} place|s", 1411, "1,411 places"),
        ("{} 处", 1, "1 处"),
        ("{} row|s", 0, "0 rows"),
    ],
)
def test_one_is_said_as_one(words: str, number: int, expected: str) -> None:
    assert counted(words, number) == expected


def test_a_name_with_a_hyphen_is_not_broken() -> None:
    drawn = unbroken(f"CAR-T, PD-1 and follow-up {HOSTILE}")
    assert drawn.count('<span class="oneline">') == 2
    assert "<script" not in drawn


def test_every_kind_has_a_shape_of_its_own() -> None:
    shapes = {kind: graph.shape(kind) for kind in ZH.kinds}
    assert len(set(shapes.values())) == len(shapes) == 17
