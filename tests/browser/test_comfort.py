"""For the hand and the eye: targets under a finger, a page at 200 %, motion that is not wanted, the fonts of two scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screenshots import PLACES, QUESTIONS, ready
from tests.browser.test_ask import ask, browser, page

__all__ = ["browser", "page"]
pytestmark = pytest.mark.browser

# what is tapped, without the words of a running text, that is lower or narrower than a finger needs (WCAG 2.2, 2.5.8)
SMALL = """(least) => [...document.querySelectorAll(
  "[data-testid=stMain] :is(button, summary, a.num, a.kindlink, a.act, .tabs a, .entries a, .next a, .role a)")]
  .filter((node) => node.checkVisibility() && !node.closest(".p, .sec, [hidden]"))
  .map((node) => [node, node.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.height < least || box.width < least))
  .map(([node, box]) => `${node.tagName}.${node.className} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
LEAST = 24


@pytest.fixture
def phone(browser: Browser, address: str) -> Page:
    return browser.new_page(base_url=address, viewport={"width": 390, "height": 844})


@pytest.mark.parametrize(
    "path", [f"?q={QUESTIONS['english']}&ui=en", *(f"{PLACES[n]}" for n in ("concepts", "read", "missing"))]
)
def test_nothing_to_tap_is_too_small_on_a_phone(phone: Page, path: str) -> None:
    phone.goto(f"/{path}")
    ready(phone)
    assert phone.evaluate(SMALL, LEAST) == []
    phone.close()


@pytest.mark.parametrize("path", ["library?part=sparql&ui=en", "library?part=missing&ui=en", "concepts?kind=place"])
def test_on_a_phone_one_sees_which_part_one_is_in(phone: Page, path: str) -> None:
    phone.goto(f"/{path}")
    ready(phone)
    expect(phone.locator(".kinds [aria-current]").first).to_be_in_viewport(ratio=1)
    phone.close()


def test_the_folded_sheet_of_the_reader_cuts_no_line(phone: Page) -> None:
    phone.goto(f"/{PLACES['read']}")
    ready(phone)
    expect(phone.locator(".beside .handle")).to_be_in_viewport(ratio=1)
    expect(phone.locator(".beside .printed")).to_be_hidden()
    phone.locator(".beside .handle").click()
    expect(phone.locator(".beside .printed")).to_be_visible()
    phone.close()


def test_at_200_percent_the_tools_of_the_reader_leave_the_text_its_room(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address, viewport={"width": 720, "height": 500}, device_scale_factor=2)
    page.goto(f"/{PLACES['read']}&ui=en")
    ready(page)
    expect(page.locator(".reader .tools")).to_have_css("position", "static")
    page.close()


def test_motion_is_left_out_where_it_is_not_wanted(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/")
    ready(page)
    moving = (
        "[...document.querySelectorAll('.stApp *')].flatMap((x) => ['', '::before', '::after'].map((y) => getComputedStyle(x, y)))"
        ".filter((s) => s.animationName !== 'none' || s.transitionDuration !== '0s').length"
    )
    assert page.evaluate(moving) == 0


def test_each_script_has_its_font(page: Page) -> None:
    """A Chinese font would set the dots and quotation marks of English wide."""
    ask(page, QUESTIONS["english"])
    page.goto(f"{page.url}&ui=en")
    ready(page)
    first = "(node) => getComputedStyle(node).fontFamily.split(',')[0]"
    assert page.locator(".answer h2").evaluate(first) == '"Source Sans"'
    assert page.locator(".section").evaluate(first) == '"Source Sans"'
    assert page.locator("#citation-1 blockquote").evaluate(first) == '"Noto Sans SC"'


def test_the_kinds_of_the_reader_are_folded_and_open_by_keyboard(page: Page) -> None:
    page.goto(f"/{PLACES['read']}")
    ready(page)
    rest, kinds = page.locator(".tint.rest"), page.locator(".tint:not(.rest)")
    shown = kinds.evaluate_all("(all) => all.filter((x) => x.checkVisibility()).length")
    assert rest.inner_text() == f"+{kinds.count() - shown}"
    rest.focus()
    page.keyboard.press("Enter")
    expect(rest).to_have_count(0)
    expect(kinds.nth(shown)).to_be_focused()
    expect(kinds.last).to_be_visible()


@pytest.mark.parametrize(("width", "beside"), [(1100, False), (1500, True)])
def test_two_languages_stand_side_by_side_where_there_is_room(
    browser: Browser, address: str, width: int, *, beside: bool
) -> None:
    page = browser.new_page(base_url=address, viewport={"width": width, "height": 900})
    page.goto(f"/{PLACES['read']}&ui=en")
    ready(page)
    pair = page.locator(".p:has(> p.en)").first
    tops = [pair.locator(p).bounding_box() for p in ("> p.orig", "> p.en")]
    assert tops[0]
    assert tops[1]
    assert (tops[1]["y"] < tops[0]["y"] + tops[0]["height"]) is beside
    page.close()
