"""A first-time user's walk: from the open page to an asked, cited, shared and exported answer; and by keyboard alone."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PATIENCE, glimpsed, settled
from tests.browser.screenshots import ready
from tests.browser.test_ask import AAV, CARD, QUOTE, browser, page

__all__ = ["browser", "page"]
pytestmark = pytest.mark.browser

CLICKS = 4  # to ask, to copy the link, to export, to open the clause in the reader


class Hand:
    """Clicks, and counts them."""

    def __init__(self) -> None:
        self.clicks: list[str] = []

    def click(self, what: Locator) -> None:
        self.clicks.append((what.inner_text().strip() or str(what)).splitlines()[-1])
        what.click()


def test_from_the_first_page_to_a_shared_and_exported_answer(
    page: Page, browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    hand = Hand()
    page.goto("/")
    ready(page)
    hand.click(page.locator(".role a").first)
    expect(page.locator(".state.answered")).to_be_visible()
    ready(page)
    quoted = page.locator(f"{CARD} {QUOTE}").inner_text()
    with glimpsed(page, ".st-key-answer-foot .copy.done"):
        hand.click(page.locator(".st-key-answer-foot .copy"))
    address = page.evaluate("navigator.clipboard.readText()")
    with page.expect_download(timeout=PATIENCE) as download:
        hand.click(page.locator(".st-key-export-word button"))
    memo = docx.Document(BytesIO(Path(download.value.path()).read_bytes()))
    assert " ".join(quoted.split()) in " ".join(" ".join(p.text for p in memo.paragraphs).split())
    assert_opens_fresh(browser, address, quoted)
    hand.click(page.locator(f"{CARD} a.act"))
    expect(page.locator(".sec.visited")).to_be_in_viewport()
    with capsys.disabled():
        sys.stdout.write(f"\n{len(hand.clicks)} clicks: {' → '.join(hand.clicks)}\n")
    assert len(hand.clicks) == CLICKS


def assert_opens_fresh(browser: Browser, address: str, quoted: str) -> None:
    """A colleague who was sent the link sees the same quotation."""
    colleague = browser.new_context().new_page()
    colleague.goto(address, timeout=PATIENCE)
    expect(colleague.locator(f"{CARD} {QUOTE}")).to_have_text(quoted)
    colleague.context.close()


def focused(page: Page) -> str:
    """What has the focus: its words, or what it is."""
    words = (
        "document.activeElement.innerText.trim() || document.activeElement.ariaLabel || document.activeElement.tagName"
    )
    return str(page.evaluate(words))


def ring(page: Page) -> bool:
    """Whether what has the focus shows it: by an outline, a shadow, or a box around it that changes."""
    return bool(
        page.evaluate(
            "(() => { const a = document.activeElement, s = getComputedStyle(a); const box = a.closest('.st-key-askbox');"
            "return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'"
            " || (box !== null && getComputedStyle(box).boxShadow !== 'none')"
            " || a.closest('[data-baseweb]') !== null || a.matches('input[type=radio], input[type=checkbox]') })()"
        )
    )


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    ready(page)
    expect(page.locator(".st-key-askbox input")).to_be_focused()
    page.keyboard.type(AAV)
    page.keyboard.press("Enter")
    expect(page.locator(".state.answered")).to_be_visible()
    ready(page)
    met = []
    for _ in range(30):
        page.keyboard.press("Tab")
        met.append(focused(page))
        assert ring(page), f"no visible focus on {met[-1]!r}"
        if "复制链接" in met[-1]:
            break
    wanted = ("指导原则", "状态", "产品类型", "依据强度", "复制链接")
    assert [w for m in met for w in wanted if m.startswith(w)] == list(wanted)
    with glimpsed(page, ".st-key-answer-foot .copy.done"):
        page.keyboard.press("Enter")


def test_escape_closes_a_filter_and_an_explained_term(page: Page) -> None:
    page.goto("/")
    ready(page)
    filter_button = page.locator(".st-key-scope button").nth(1)
    filter_button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=stPopoverBody]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=stPopoverBody]")).to_be_hidden()
    page.goto("/read?doc=gene-therapy-long-term-follow-up-2021&clause=2.2.3")
    ready(page)
    term = page.locator("#clause-2\\.2\\.3 .m").first
    expect(term).to_have_attribute("tabindex", "0")  # once the clause is the one in view
    term.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".term:visible")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".term:visible")).to_be_hidden()
    expect(term).to_be_focused()


def test_stars_and_history_are_kept_taken_out_and_put_back(page: Page) -> None:
    page.goto(f"/?q={AAV}&status=trial")
    ready(page)
    page.locator(".st-key-star button").click()
    expect(page.locator(".st-key-star button")).to_contain_text("已收藏")
    page.goto("/kept")
    kept = page.locator("[class*=st-key-note-star-]")
    for _ in range(2):
        expect(kept).to_have_count(1)
        expect(kept.locator("a")).to_have_attribute("href", re.compile("status=trial"))
        page.reload()
    ready(page)
    kept.locator("button").click()
    expect(kept).to_have_count(0)
    settled(page)
    page.locator(".st-key-kept-back button").click()
    expect(kept).to_have_count(1)
    settled(page)
    kept.locator("a").click()
    expect(page.locator(".st-key-star button")).to_contain_text("已收藏")
    expect(page).to_have_url(re.compile("status=trial"))


def test_a_filter_is_set_survives_leaving_and_is_cleared_with_one_click(page: Page) -> None:
    page.goto(f"/?q={AAV}")
    ready(page)
    page.locator(".st-key-scope button", has_text="产品类型").click()
    page.locator("[data-testid=stPopoverBody] button", has_text="CAR-T细胞产品").first.click()
    page.wait_for_url(re.compile("product=car-t-cell-product"))
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-filter-product-on")).to_be_visible()
    settled(page)
    page.locator(".pages .page-read").click()
    expect(page.locator(".sec").first).to_be_visible()
    settled(page)
    page.locator(".pages .page-ask").click()
    expect(page.locator(".st-key-filter-product-on")).to_be_visible()
    page.reload()
    ready(page)
    page.locator("a.clear").click()
    expect(page.locator("a.clear")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("product="))


def test_two_users_at_once_do_not_meet(browser: Browser, address: str) -> None:
    anna, bo = (browser.new_context(base_url=address).new_page() for _ in range(2))
    anna.goto(f"/?q={AAV}&status=trial")
    bo.goto("/?q=CRS 的处理要做哪些准备？&strength=must&ui=en")
    for user in (anna, bo):
        ready(user)
        user.locator(".st-key-star button").click()
        expect(user.locator(".st-key-star button")).to_contain_text(re.compile("已收藏|Starred"))
    expect(anna.locator(".st-key-filter-status-on")).to_be_visible()
    expect(anna.locator(".st-key-filter-strength-on")).to_have_count(0)
    expect(bo.locator(".st-key-filter-strength-on")).to_be_visible()
    expect(bo.locator(".st-key-filter-status-on")).to_have_count(0)
    for user, own in ((anna, "AAV"), (bo, "CRS")):
        user.goto("/kept")
        expect(user.locator(".note")).to_have_count(1)
        expect(user.locator(".note")).to_contain_text(own)
        user.context.close()


@pytest.mark.parametrize(
    ("path", "landmark"),
    [
        (f"/?q={AAV}", ".answer h2"), ("/read?doc=car-t-risk-management-plan", ".sec"), ("/concepts?c=aav-vector", ".concept-head"),
        ("/concepts?kind=risk", ".entries"), ("/library", ".holding"), ("/library?part=missing", ".missing"),
        ("/kept", "h2.part"), ("/help", ".limits"),
    ],
)  # fmt: skip
def test_every_page_opens_fresh_reloads_and_is_left_and_come_back_to(page: Page, path: str, landmark: str) -> None:
    page.goto(path)
    expect(page.locator(landmark).first).to_be_visible()
    page.reload()
    expect(page.locator(landmark).first).to_be_visible()
    ready(page)
    other = ".pages .page-concepts" if path == "/help" else ".pages .page-help"
    page.locator(other).click()
    expect(page.locator(".entries" if path == "/help" else ".limits").first).to_be_visible()
    page.go_back()
    expect(page.locator(landmark).first).to_be_visible()
