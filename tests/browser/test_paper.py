"""On paper an answer is a memo: question, answer, sources with their readings, by day, with nothing of the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screenshots import PLACES, QUESTIONS, ready
from tests.browser.test_ask import ask, browser, page

__all__ = ["browser", "page"]
pytestmark = pytest.mark.browser

SCREEN = (
    "[data-testid=stSidebar]", ".st-key-askbox", ".st-key-scope", ".key", ".st-key-keep-actions", ".st-key-cite-1-actions",
    ".copy", ".path", ".next",
)  # fmt: skip


def test_an_answer_prints_as_a_memo(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    ask(page, QUESTIONS["chinese"])
    ready(page)
    expect(page.locator(".asked")).to_be_hidden()
    page.locator("blockquote a.m").first.focus()  # its explanation is no part of the memo
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".asked")).to_have_text(QUESTIONS["chinese"])
    expect(page.locator(".asked")).to_be_visible()
    expect(page.locator(".colophon")).to_be_visible()
    expect(page.locator("#citation-1 blockquote")).to_be_visible()
    expect(page.locator("#citation-1 .reading p")).to_be_visible()  # folded on the screen
    expect(page.locator(".answer .more p").last).to_be_visible()
    expect(page.locator(".stApp")).to_have_css("color-scheme", "light")
    for part in SCREEN:
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator(".term")).to_be_hidden()


def test_a_guideline_prints_as_its_text(page: Page) -> None:
    page.goto(f"/{PLACES['read']}")
    ready(page)
    page.emulate_media(media="print")
    expect(page.locator(".sec blockquote, .sec .p").first).to_be_visible()
    for part in (".reader .tools", ".contents", ".beside", "[data-testid=stSidebar]"):
        expect(page.locator(part).first).to_be_hidden()
