"""What a curator does, in a real Chromium: terms, statements, decisions, the rebuild, and snapshots there and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from ingest.pipeline import build
from kg.settings import Settings
from tests.browser.conftest import PATIENCE, settled
from tests.browser.test_ask import browser
from tests.browser.test_library import REBUILD, keeper

__all__ = ["browser", "keeper"]
pytestmark = pytest.mark.browser

LTFU, RMP = "gene-therapy-long-term-follow-up-2021", "car-t-risk-management-plan"
TERMS = f"/library?part=curation&what=terms&doc={LTFU}"
STATEMENTS = f"/library?part=curation&what=statements&clause={LTFU}%232.2.3"
DECISIONS = "/library?part=curation&what=decisions"


@pytest.fixture
def page(keeper: Page) -> Page:
    """A curator of a library that is this test's alone."""
    return keeper


@pytest.fixture
def other(browser: Browser, fresh: str) -> Iterator[Page]:
    """A second user of it, with the English interface."""
    page = browser.new_context(viewport={"width": 1440, "height": 1000}, base_url=fresh).new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    page.context.close()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until a button of that name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.matches('button') ? document.activeElement.innerText : ''"):
            return
    raise AssertionError(f"no way to {name} by keyboard")


def card(page: Page, number: int) -> Locator:
    """The card of a statement, by the key that stays with it whatever is decided; the list is whole when it is read."""
    expect(page.locator(".judged").nth(number)).to_be_visible()
    settled(page)
    classes = page.locator("[class*='st-key-judge-']").nth(number).get_attribute("class") or ""
    return page.locator(next(f".{name}" for name in classes.split() if name.startswith("st-key-judge-")))


def test_decisions_are_taken_by_keyboard_wait_and_take_effect(page: Page, other: Page) -> None:
    page.goto(TERMS)
    expect(page.locator(".proposal").first).to_be_visible()
    settled(page)
    term = page.locator(".proposal h3").first.inner_text()
    expect(page.locator(".proposal mark").first).to_have_text(term)
    tab_to(page, "接受…")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="类别")).to_be_visible()
    settled(page)
    page.locator("input[aria-label='英文名称']").fill("curated test term")
    page.get_by_role("combobox", name="类别").fill("生物")
    expect(page.get_by_role("option", name="生物").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("option")).to_have_count(0)
    page.locator("input[aria-label='英文名称']").press("Enter")
    expect(page.locator(".pending")).to_contain_text("1 项决定待生效")

    other.goto(f"{STATEMENTS}&ui=en")
    first, second = card(other, 0), card(other, 1)
    rejected = first.locator(".fact").inner_text()
    first.get_by_role("button", name="Wrong", exact=True).click()
    expect(first.locator(".decided")).to_have_text("Found wrong")
    second.get_by_role("button", name="Correct…").click()
    expect(second.get_by_role("button", name="Save the correction")).to_be_visible()
    settled(other)
    second.locator("input[aria-label='Condition']").fill("where integration is possible")
    second.get_by_role("button", name="Save the correction").click()
    expect(second.locator(".decided")).to_contain_text("where integration is possible")
    expect(other.locator(".pending")).to_contain_text("Decisions that wait: 3")
    rebuilt(page, other)

    page.goto(DECISIONS)
    expect(page.locator(".decision").first).to_contain_text("where integration is possible")
    for latest in page.locator(".decision").all()[:3]:
        expect(latest.locator(".state-in-force")).to_be_visible()
    expect(page.locator(".decision .state-waiting")).to_have_count(0)
    page.goto("/concepts?c=curated-test-term")
    expect(page.locator(".concept-head h2")).to_have_text(term)
    other.goto(f"{STATEMENTS}&ui=en")
    expect(second.locator("em", has_text="where integration is possible")).to_be_visible()
    settled(other)
    assert rejected not in other.locator(".judged .fact").all_inner_texts()


def rebuilt(page: Page, other: Page) -> None:
    """One user starts the rebuild; the other is told; it goes on over a reload and is done for both."""
    page.goto("/library")
    expect(page.get_by_role("button", name="立即重建")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="立即重建").click()
    expect(page.locator(".st-key-job")).to_contain_text("正在重建文库")
    other.get_by_role("button", name="Rebuild now").click()
    expect(other.get_by_test_id("stToast").or_(other.locator(".st-key-job")).first).to_be_visible()
    page.reload()
    expect(page.locator(".st-key-job [data-testid=stProgress]")).to_contain_text(re.compile(r"\d+% · .+ · 已用 \d+ 秒"))
    expect(page.locator(".notice.good")).to_contain_text("文库已重建", timeout=REBUILD)
    settled(page)
    page.get_by_role("button", name="知道了").click()
    expect(page.locator(".notice.good")).to_have_count(0)
    expect(page.locator(".pending")).to_have_count(0)


def test_a_decision_is_undone_and_taken_again(page: Page) -> None:
    page.goto(STATEMENTS)
    card(page, 2).get_by_role("button", name="正确", exact=True).click()
    expect(page.locator(".pending")).to_be_visible()
    page.goto(DECISIONS)
    expect(page.locator(".decision .state-waiting")).to_have_count(1)
    undo(page)
    expect(page.locator(".decision .state-waiting")).to_have_count(0)


def undo(page: Page) -> None:
    """Take back the one decision that waits."""
    expect(page.locator(".decision .state-waiting")).to_have_count(1)
    settled(page)
    page.locator(".decision:has(.state-waiting)").locator(
        "xpath=ancestor::*[contains(@class,'st-key-decision-')][1]"
    ).get_by_role("button", name="撤销").click()


def test_a_rebuild_is_cancelled_and_nothing_is_lost(page: Page) -> None:
    page.goto(STATEMENTS)
    card(page, 2).get_by_role("button", name="正确", exact=True).click()
    expect(page.locator(".pending")).to_contain_text("1 项决定待生效")
    settled(page)
    page.get_by_role("button", name="立即重建").click()
    page.get_by_role("button", name="取消重建").click()
    expect(page.locator(".notice")).to_contain_text("已取消重建", timeout=2 * PATIENCE)
    settled(page)
    page.get_by_role("button", name="知道了").click()
    expect(page.locator(".pending")).to_contain_text("1 项决定待生效")
    page.goto(DECISIONS)
    undo(page)
    expect(page.locator(".pending")).to_have_count(0)


def test_an_earlier_snapshot_is_returned_to_and_left_again(page: Page, copied: Path) -> None:
    questions = copied / "corpus" / "guidelines" / LTFU / "questions.jsonl"
    questions.write_text("".join(questions.read_text(encoding="utf-8").splitlines(keepends=True)[1:]), encoding="utf-8")
    build(Settings(copied / "corpus", copied / "data"))
    page.goto("/library?part=snapshots&ui=en")
    cards = page.locator("[class*='st-key-version-'][data-testid=stVerticalBlock]")
    expect(cards).to_have_count(2)
    settled(page)
    latest = page.locator(".version code").first.inner_text()
    earlier = page.locator(".version code").last.inner_text()
    expect(page.locator(".version", has_text="in use")).to_contain_text(latest)
    return_to(page, cards.filter(has_text=earlier))
    expect(page.locator(".version", has_text="in use")).to_contain_text(earlier)
    expect(page.locator(".pending")).to_contain_text("An earlier snapshot is in use")
    return_to(page, cards.filter(has_text=latest))
    expect(page.locator(".version", has_text="in use")).to_contain_text(latest)
    expect(page.locator(".pending")).to_have_count(0)


def return_to(page: Page, version: Locator) -> None:
    """Ask for a snapshot on its card, and confirm."""
    settled(page)
    version.get_by_role("button", name="Return to this snapshot").click()
    expect(version.get_by_role("alert")).to_contain_text("The corpus folder is not changed")
    settled(page)
    version.get_by_role("button", name="Return to it").click()


@pytest.mark.parametrize("path", ["/library", TERMS, STATEMENTS, DECISIONS, "/library?part=snapshots"])
def test_no_part_scrolls_sideways_on_a_phone(browser: Browser, own: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, base_url=own)
    page.goto(path)
    page.wait_for_selector(".holding, .proposal, .judged, .decision, .version, .empty", timeout=PATIENCE)
    settled(page)
    main = page.evaluate(
        "(() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth })()"
    )
    assert main <= 0
    page.close()
