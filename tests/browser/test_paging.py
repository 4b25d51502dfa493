"""A long list of guidelines: its pages, its search and its filter redraw the list alone, and the address and Back keep up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.libraries import library
from tests.browser.conftest import serve
from tests.browser.test_ask import browser

__all__ = ["browser"]
pytestmark = pytest.mark.browser

COUNT = 60


@pytest.fixture(scope="module")
def page(browser: Browser, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("long")
    with serve(library(data, folder, COUNT), folder / "streamlit.log") as address:
        page = browser.new_page(base_url=address)
        yield page
        page.close()


def test_steps_search_and_back(page: Page) -> None:
    page.goto("/library")
    place = page.locator(".pager span:not(.off)")
    expect(place).to_contain_text("1–20")
    page.locator(".pager a").last.click()
    expect(place).to_contain_text("21–40")
    page.wait_for_url(re.compile(r"page=2$"))
    page.go_back()
    expect(place).to_contain_text("1–20")
    page.locator(".pager a").last.click()
    expect(place).to_contain_text("21–40")
    page.locator(".pager a").last.click()
    expect(place).to_contain_text("41–60")
    page.locator(".st-key-holdings-find input").fill("0042")
    page.keyboard.press("Enter")
    expect(page.locator(".holding")).to_have_count(1)
    page.wait_for_url(re.compile(r"\?find=0042$"))
    page.reload()
    expect(page.locator(".holding")).to_have_count(1)
