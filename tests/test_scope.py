"""A scope bounds the search itself: what lies outside crowds out nothing, and nothing outside is cited."""

from __future__ import annotations

import pytest

from ingest.extent import Extent
from kg.assistant import Assistant
from kg.books import book_of
from kg.lexical import LexicalHit
from kg.model import Answer
from kg.retrieval import bounded
from kg.scope import EVERYWHERE, Bounds, Scope
from kg.snapshot import Snapshot

LTFU, RARE, CART = (
    "gene-therapy-long-term-follow-up-2021", "rare-disease-drug-development-2021", "car-t-lymphoid-malignancies-2024-draft",
)  # fmt: skip
CONCEPT = "urn:guidegraph:concept:"
FOLLOW_UP = "长期随访要多少年？"


def cited(answer: Answer) -> set[str]:
    return {c.document for c in answer.citations}


@pytest.fixture(scope="module")
def extent(snapshot: Snapshot) -> Extent:
    return Extent(snapshot.vocabulary, [snapshot.document(shelf.slug) for shelf in snapshot.manifest.shelves])


def test_without_a_bound_the_answer_is_the_same(assistant: Assistant) -> None:
    assert assistant.ask(FOLLOW_UP, scope=Scope()).citations == assistant.ask(FOLLOW_UP).citations


@pytest.mark.parametrize("slug", [LTFU, RARE, CART])
def test_only_the_guidelines_in_scope_are_cited(assistant: Assistant, slug: str) -> None:
    answer = assistant.ask(FOLLOW_UP, scope=Scope(documents=frozenset({slug})))
    assert cited(answer) == {slug}
    assert len(answer.citations) >= 5


def test_a_guideline_that_is_silent_says_so_within_its_scope(assistant: Assistant) -> None:
    assert assistant.ask(FOLLOW_UP, scope=Scope(documents=frozenset({RARE}))).status == "not_covered"


@pytest.mark.parametrize("strength", ["must", "should"])
def test_only_sentences_of_a_strength_carry_the_answer(assistant: Assistant, strength: str) -> None:
    answer = assistant.ask("CRS 的处理要做哪些准备？", scope=Scope(strengths=frozenset({strength})))
    assert {c.strength for c in answer.citations} == {strength}


def test_a_sentence_applies_to_what_it_names_else_to_what_stands_above(assistant: Assistant, extent: Extent) -> None:
    document = assistant.opened.document(LTFU)
    book = book_of(document)
    named = {s.span.of(document.text): extent.applies(book, s.id) for s in document.sentences}
    aav = next(found for text, found in named.items() if text.startswith("腺相关病毒载体建议观察 5 年"))
    assert aav == {f"{CONCEPT}aav-vector"}
    lead = next(found for text, found in named.items() if text.startswith("长期随访的持续时间应确保"))
    assert lead == {f"{CONCEPT}gene-therapy-product"}  # by the heading of its part


def test_products_are_met_by_narrower_and_broader_ones_and_by_no_other(assistant: Assistant) -> None:
    edited = Scope(products=frozenset({f"{CONCEPT}gene-edited-product"}))
    quoted = "".join(
        m.of(assistant.opened.document(c.document).text)
        for c in assistant.ask("基因编辑产品要随访多少年？", scope=edited).citations
        for m in c.marks
    )
    assert "基因编辑产品建议观察 15 年" in quoted
    assert "腺相关病毒载体建议观察 5 年" not in quoted


def test_the_products_to_choose_from_begin_with_the_broad(assistant: Assistant) -> None:
    names = [c.label("zh") for c in assistant.products]
    assert names[0] == "基因治疗产品"
    assert {"CAR-T细胞产品", "基因编辑产品", "罕见疾病药物"} <= set(names)


def test_a_bounded_search_looks_further_until_it_has_enough() -> None:
    asked: list[int] = []

    def find(limit: int) -> list[LexicalHit]:
        asked.append(limit)
        return [LexicalHit(str(n), (f"{'in' if n % 10 == 0 else 'out'}#{n}",), -n) for n in range(min(limit, 1000))]

    hits = bounded(find, 20, lambda target: target.startswith("in"))
    assert [h.id for h in hits] == [str(10 * n) for n in range(20)]
    assert asked == [20, 80, 320]
    assert len(bounded(find, 200, lambda target: target == "in#990")) == 1


def test_no_bound_is_no_test(snapshot: Snapshot) -> None:
    assert Bounds(snapshot.vocabulary, snapshot.concordance).keep(EVERYWHERE) is None
