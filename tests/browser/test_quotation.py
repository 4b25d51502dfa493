"""Quotations on the cards: concepts that explain themselves, a key that switches them off, and a copy that is word for word."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kg.assistant import Assistant
from tests.browser.screenshots import ready
from tests.browser.test_ask import AAV, CARD, QUOTE, ask, browser, page
from tests.browser.test_axe import GRAVE

__all__ = ["browser", "page"]
pytestmark = pytest.mark.browser

TERM = "#term"
AAV_VECTOR = f"{CARD} {QUOTE} a.m[href*=aav-vector]"
LINE = "text-decoration-line"


@pytest.mark.parametrize(
    ("ui", "words"),
    [
        ("zh", ("腺相关病毒载体", "产品", "adeno-associated virus vector", "查看概念")),
        ("en", ("adeno-associated virus vector", "Product", "腺相关病毒载体", "See the concept")),
    ],
)
def test_a_concept_explains_itself_and_leads_to_its_page(page: Page, ui: str, words: tuple[str, ...]) -> None:
    page.goto(f"/?ui={ui}&q={quote(AAV)}")
    ready(page)  # a name that is hovered over before the page listens explains nothing
    name = page.locator(AAV_VECTOR).first
    name.hover()
    for said in words:
        expect(page.locator(TERM)).to_contain_text(said)
    expect(page.locator(f"{TERM} p")).to_have_text(re.compile(".{10}"))
    page.keyboard.press("Escape")
    expect(page.locator(TERM)).to_be_hidden()
    name.click()
    expect(page.locator(".concept-head h2")).to_have_text(words[0])


def test_by_keyboard_and_with_no_grave_violation(page: Page) -> None:
    ask(page, AAV)
    name = page.locator(AAV_VECTOR).first
    expect(name).to_be_visible()
    page.locator(f"{CARD} button").last.focus()
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('blockquote a.m[href*=aav-vector]')"):
            break
    expect(page.locator(TERM)).to_contain_text("腺相关病毒载体")
    expect(name).to_have_attribute("aria-describedby", "term")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in GRAVE] == []
    page.keyboard.press("Enter")
    expect(page.locator(".concept-head h2")).to_have_text("腺相关病毒载体")


def test_a_finger_is_told_first_and_led_on_second(browser: Browser, address: str) -> None:
    page = browser.new_context(base_url=address, viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto(f"/?q={quote(AAV)}")
    page.locator(AAV_VECTOR).first.tap()
    expect(page.locator(TERM)).to_contain_text("腺相关病毒载体")
    expect(page.locator(TERM)).to_be_in_viewport(ratio=1)
    page.locator(f"{TERM} a").tap()
    expect(page.locator(".concept-head h2")).to_have_text("腺相关病毒载体")
    page.context.close()


def test_a_copied_quotation_is_word_for_word(page: Page, assistant: Assistant) -> None:
    ask(page, AAV)
    expect(page.locator(f"{CARD} {QUOTE}")).to_be_visible()
    page.evaluate(f"window.getSelection().selectAllChildren(document.querySelector('{CARD} {QUOTE}'))")
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == assistant.ask(AAV).citations[0].quote
    kinds = page.evaluate("navigator.clipboard.read().then((all) => all.flatMap((x) => x.types))")
    assert kinds == ["text/plain"]


def test_the_lines_can_be_switched_off_and_stay_off(page: Page) -> None:
    ask(page, AAV)
    name, switch = page.locator(AAV_VECTOR).first, page.locator(".key button")
    expect(page.locator(".key span").first).to_be_visible()
    expect(name).to_have_css(LINE, "underline")
    switch.click()
    expect(name).to_have_css(LINE, "none")
    page.reload()
    expect(name).to_have_css(LINE, "none")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(name).to_have_css(LINE, "underline")
