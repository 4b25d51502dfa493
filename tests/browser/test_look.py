"""Day and night: as the system says, or as it is chosen; Streamlit's own widgets follow, and a reload keeps it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screenshots import ready
from tests.browser.test_ask import browser, page

__all__ = ["browser", "page"]
pytestmark = pytest.mark.browser

PAPER = {"light": "rgb(251, 250, 247)", "dark": "rgb(18, 23, 27)"}


def assert_looks(page: Page, look: str) -> None:
    """Streamlit's theme, our own sheets and the browser agree."""
    ready(page)
    expect(page.locator(".stApp")).to_have_css("background-color", PAPER[look])
    expect(page.locator(".stApp")).to_have_css("color-scheme", look)
    resolved = page.evaluate(
        "(() => { const i = document.createElement('i'); i.style.color = 'var(--paper)';"
        "document.querySelector('.stApp').append(i); const c = getComputedStyle(i).color; i.remove(); return c })()"
    )
    assert resolved == PAPER[look]


@pytest.mark.parametrize("look", PAPER)
def test_as_the_system_says(browser: Browser, address: str, look: str) -> None:
    page = browser.new_page(base_url=address, color_scheme="dark" if look == "dark" else "light")
    page.goto("/")
    assert_looks(page, look)
    page.close()


def test_a_choice_holds_on_every_page_and_after_a_reload(page: Page) -> None:
    page.goto("/help")
    ready(page)
    page.locator("[data-look=dark]").click()
    expect(page.locator("[data-look=dark]")).to_have_attribute("aria-pressed", "true")
    assert_looks(page, "dark")
    for path in ("/read", "/concepts?ui=en", "/library", "/"):
        page.goto(path)
        assert_looks(page, "dark")
    page.locator("[data-look=other]").click()
    expect(page.locator(".stApp")).to_have_css("color-scheme", "light")
    page.goto("/help")
    ready(page)
    expect(page.locator("[data-look=light]")).to_have_attribute("aria-pressed", "true")
    page.emulate_media(color_scheme="dark")
    page.locator("[data-look=system]").click()
    expect(page.locator(".stApp")).to_have_css("color-scheme", "dark")
