"""axe-core over every page, in both languages, by day and by night: no serious and no critical violation."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.screenshots import PLACES, QUESTIONS, ready
from tests.browser.test_ask import browser

__all__ = ["browser"]
pytestmark = pytest.mark.browser

PATHS = {name: f"?q={quote(question)}" for name, question in QUESTIONS.items()} | PLACES
LOOKS = ("light", "dark")
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module", params=[(ui, look) for ui in ("zh", "en") for look in LOOKS], ids="-".join)
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[tuple[Page, str]]:
    """A page of a browser that prefers a look, and the language of the interface."""
    ui, look = request.param
    context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 1000}, color_scheme=look)
    yield context.new_page(), ui
    context.close()


@pytest.mark.parametrize("name", PATHS)
def test_no_grave_violation(visit: tuple[Page, str], name: str) -> None:
    page, ui = visit
    path = PATHS[name]
    page.goto(f"/{path}{'&' if '?' in path else '?'}ui={ui}")
    ready(page)
    found = Axe().run(page).response["violations"]
    grave = [
        f"{v['id']} ({v['impact']}): {n['html'][:150]} — {n['failureSummary']}"
        for v in found
        if v["impact"] in GRAVE
        for n in v["nodes"]
    ]
    assert grave == []


def test_every_page_was_looked_at() -> None:
    assert len(PATHS) == 21
