"""What users do on the pages beside Ask, in a real Chromium: read, look up, browse, switch, go back, on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, glimpsed, settled
from tests.browser.test_ask import AAV, ask, browser, page

__all__ = ["browser", "page"]
pytestmark = pytest.mark.browser

LTFU = "gene-therapy-long-term-follow-up-2021"
CLAUSE = f"/read?doc={LTFU}&clause=2.2.3"


def test_a_citation_opens_in_the_reader_at_its_clause(page: Page) -> None:
    ask(page, AAV)
    page.locator(".st-key-cite-1-card a.act").click()
    expect(page.locator("#clause-2\\.2\\.3")).to_be_in_viewport()
    assert f"doc={LTFU}" in page.url
    expect(page.locator(".beside .handle")).to_contain_text("长期随访的观察时间")
    page.go_back()
    expect(page.locator(".answer h2")).to_be_visible()


def test_a_shared_clause_opens_fresh_and_survives_a_reload(page: Page) -> None:
    page.goto(CLAUSE)
    for _ in range(2):
        expect(page.locator("#clause-2\\.2\\.3")).to_be_in_viewport()
        expect(page.locator(".outline [aria-current]")).to_contain_text("长期随访的观察时间")
        page.reload()


def test_the_outline_leads_to_a_clause_and_into_the_address(page: Page) -> None:
    page.goto(f"/read?doc={LTFU}")
    expect(page.locator(".beside .handle")).to_be_visible()
    settled(page)
    page.locator(".outline a", has_text="知情同意").click()
    expect(page.locator("#clause-2\\.3\\.1")).to_be_in_viewport()
    expect(page.locator(".beside .handle")).to_contain_text("知情同意")
    page.wait_for_url(re.compile("clause=2.3.1"))


def test_languages_tints_and_terms(page: Page) -> None:
    page.goto(CLAUSE)
    expect(page.locator("#clause-2\\.2\\.3")).to_be_in_viewport()
    settled(page)
    expect(page.locator("#clause-2\\.2\\.3 p.en").first).to_be_hidden()
    page.locator(".modes button", has_text="对照").click()
    expect(page.locator("#clause-2\\.2\\.3 p.en").first).to_be_visible()
    page.locator(".tint.kind-risk").click()
    expect(page.locator(".reader")).to_have_class(re.compile("tint-risk"))
    page.locator("#clause-2\\.2\\.3 .m").first.click()
    expect(page.locator(".term:visible")).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_timeout(500)  # longer than a pointer must rest on a term: what it began is called off too
    expect(page.locator(".term:visible")).to_be_hidden()
    page.mouse.move(0, 0)  # a pointer that stays where it is hovers over nothing anew
    page.locator("#clause-2\\.2\\.3 .m").first.hover()
    expect(page.locator(".term:visible")).to_be_visible()
    page.locator(".term:visible a").click()
    expect(page.locator(".concept-head")).to_be_visible()


def test_find_in_text(page: Page) -> None:
    page.goto(CLAUSE)
    page.locator(".find input").fill("知情同意")
    expect(page.locator(".find span")).to_have_text(re.compile(r"1 / \d+"))
    page.keyboard.press("Enter")
    expect(page.locator(".find span")).to_have_text(re.compile(r"2 / \d+"))
    page.locator(".find input").fill("没有这样的字句")
    expect(page.locator(".find span")).to_have_text("无结果")


def test_a_question_that_the_clause_answers_is_asked(page: Page) -> None:
    page.goto(CLAUSE)
    expect(page.locator(".beside .handle")).to_contain_text("长期随访的观察时间")
    settled(page)
    question = page.locator(".beside section", has_text="本条回答的问题").locator("a").first
    words = question.inner_text()
    question.click()
    expect(page.locator(".answer h2")).to_be_visible()
    expect(page.locator(".st-key-askbox input")).to_have_value(words)


def test_a_link_to_the_clause_is_copied(page: Page) -> None:
    page.goto(CLAUSE)
    button = page.locator(".beside button.act")
    expect(page.locator(".beside .handle")).to_contain_text("长期随访的观察时间")
    settled(page)
    words = button.inner_text()
    with glimpsed(page, ".beside button.act", "已复制"):
        button.dblclick()
    expect(button).to_have_text(words)
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/read?doc={LTFU}&clause=2.2.3")


def test_concepts_are_found_opened_and_stepped_through(page: Page) -> None:
    page.goto("/concepts?ui=en")
    expect(page.locator(".entries a").first).to_be_visible()
    settled(page)
    box = page.locator(".st-key-concept-search input")
    box.fill("AAV")
    box.press("Enter")
    expect(page.locator(".entries a").nth(30)).to_have_count(0)  # of the whole list 60 are shown
    settled(page)
    page.locator(".entries a", has_text="adeno-associated virus vector").first.click()
    expect(page.locator(".concept-head h2")).to_have_text("adeno-associated virus vector")
    expect(page.locator(".tree .node").first).to_be_visible()
    settled(page)
    before = page.locator(".tree .node").count()
    page.locator(".tree .more").first.click()
    page.wait_for_url(re.compile("open="))
    expect(page.locator(".tree .node").nth(before)).to_be_visible()
    settled(page)
    assert page.locator(".tree .node").count() <= 12
    page.go_back()
    expect(page.locator(".tree .node")).to_have_count(before)
    settled(page)
    page.locator(".facts .source a").first.click()
    expect(page.locator(".beside")).to_be_visible()


def test_all_pages_are_one_click_away_and_the_language_goes_along(page: Page) -> None:
    page.goto("/?ui=en")
    expect(page.locator(".welcome")).to_be_visible()
    for name, landmark in {"read": ".sec", "concepts": ".entries", "library": ".holding", "help": ".limits"}.items():
        page.locator(f".pages .page-{name}").click()
        expect(page.locator(landmark).first).to_be_visible()
        settled(page)
        assert "ui=en" in page.url
    page.go_back()
    expect(page.locator(".holding").first).to_be_visible()
    page.locator(".pages .page-ask").click()
    expect(page.locator(".welcome")).to_have_text(re.compile("Ask the guidance"))


def test_sparql_and_type_size(page: Page) -> None:
    page.goto("/library?part=sparql")
    expect(page.locator(".st-key-sparql-run button")).to_be_visible()
    settled(page)
    page.locator(".st-key-sparql-run button").click()
    expect(page.locator(".table tbody tr").first).to_be_visible()
    settled(page)
    page.locator(".pages .page-help").click()
    page.locator("[data-size='1.3']").click()
    expect(page.locator("html")).to_have_css("font-size", "20.8px")
    page.reload()
    expect(page.locator("[data-size='1.3']")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(
    "path", [CLAUSE, "/concepts?c=aav-vector", "/concepts", "/library", "/library?part=missing", "/help"]
)
def test_no_page_scrolls_sideways_on_a_phone(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, base_url=address)
    page.goto(path)
    page.wait_for_selector(".sec, .concept-head, .entries, .holding, .missing, .limits", timeout=PATIENCE)
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    main = page.evaluate(
        "(() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth })()"
    )
    assert main <= 0
    page.close()
