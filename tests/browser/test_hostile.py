"""A guideline whose title, headings and text hold markup, scripts, Markdown, formulas, emoji names and entities: all of it is
shown as the text that it is, on every page.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from ingest.pipeline import build
from kg.settings import Settings
from tests.browser.conftest import PATIENCE, ROOT, serve
from tests.browser.screenshots import ready
from tests.browser.test_ask import browser

__all__ = ["browser"]
pytestmark = pytest.mark.browser

SCRIPT = "<script>window.hit=1</script><img src=x onerror='window.hit=1'>"
MARKS = "__粗体__ $x^2$ :smile: :red[红] &amp; &lt;b&gt; [链接](javascript:hit=1) `码`"
HEADING = "随访<b>要求</b>"
SLUG = "hostile-guideline"
SOURCE = f"""外泌体{SCRIPT}{MARKS}指导原则

2025年3月

一、概述<i>甲</i>

本指导原则适用于外泌体治疗产品的临床试验。{SCRIPT}

二、{HEADING}

外泌体治疗产品的受试者建议在末次给药后至少随访 7 年，{MARKS}，{SCRIPT}。
"""
ASKED = f"外泌体要随访多少年？{SCRIPT}{MARKS}"


@pytest.fixture(scope="module")
def hostile(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page over the vocabulary and this one guideline."""
    del chromium
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(ROOT / "corpus" / "vocabulary", folder / "corpus" / "vocabulary")
    for name in ("ontology.ttl", "shapes.ttl"):
        shutil.copy(ROOT / "corpus" / name, folder / "corpus")
    write(folder / "corpus" / "guidelines" / SLUG)
    build(Settings(folder / "corpus", folder / "data"))
    with serve(folder / "data", folder / "streamlit.log", folder / "corpus") as url:
        yield url


def write(guideline: Path) -> None:
    """The guideline's folder, with a question of the same kind."""
    guideline.mkdir(parents=True)
    title = f"外泌体{SCRIPT}{MARKS}指导原则"
    (guideline / "source.txt").write_text(SOURCE, encoding="utf-8")
    fields = {"title_zh": title, "title_en": f"Exosome {title}", "issuer": SCRIPT, "language": "zh", "status": "draft"}
    lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
    (guideline / "guideline.toml").write_text("".join(lines), encoding="utf-8")
    row = {
        "clause": f"{SLUG}#2", "sentences": [f"{SLUG}#2/s1"], "lang": "zh", "style": "formal", "intent": "duration",
        "question": f"随访几年？{MARKS[:14]}",
    }  # fmt: skip
    (guideline / "questions.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")


@pytest.fixture
def page(browser: Browser, hostile: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 1000}, base_url=hostile)
    page.set_default_timeout(PATIENCE)
    yield page
    assert page.evaluate("window.hit") is None
    assert page.locator("img[src=x], .katex, a[href^='javascript:'], .stApp strong").count() == 0
    page.close()


@pytest.mark.parametrize("ui", ["zh", "en"])
@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/", ".shelves .title"), (f"/?q={quote('外泌体要随访多少年？')}", "blockquote"), (f"/?q={quote(ASKED)}", ".answer .asked"),
        (f"/?q={quote(ASKED)}", ".cite .title"), (f"/read?doc={SLUG}", ".reader .text"),
        ("/library", ".holding h2"), (f"/?q={quote(ASKED)}&in={SLUG}", ".st-key-scope"), ("/kept", ".st-key-kept"),
    ],
)  # fmt: skip
def test_it_is_shown_as_text(page: Page, path: str, where: str, ui: str) -> None:
    if path == "/kept":
        page.goto(f"/?q={quote(ASKED)}")
        ready(page)
    page.goto(f"{path}{'&' if '?' in path else '?'}ui={ui}")
    ready(page)
    shown = page.locator(where).first
    if where == ".st-key-scope":
        expect(shown).to_contain_text(re.compile("1|外泌体"))
        return
    for words in ("__粗体__", "$x^2$", ":smile:", ":red[红]", "&amp;", "&lt;b&gt;", "[链接](javascript:hit=1)"):
        expect(shown).to_contain_text(words)


def test_its_headings_are_text(page: Page) -> None:
    page.goto(f"/read?doc={SLUG}&ui=en")
    ready(page)
    expect(page.locator(".outline")).to_contain_text(HEADING)
    expect(page.locator(".reader h3").last).to_contain_text(HEADING)


def test_its_filters_and_concepts_hold_no_markup(page: Page) -> None:
    page.goto(f"/?q={quote(ASKED)}&in={SLUG}")
    ready(page)
    page.locator(".st-key-scope button").first.click()
    expect(page.locator("[data-testid=stPopoverBody]")).to_contain_text("__粗体__")
    page.keyboard.press("Escape")
    page.goto("/concepts")
    ready(page)
    page.locator(".st-key-concept-search input").fill(SCRIPT)
    page.locator(".st-key-concept-search input").press("Enter")
    expect(page.locator(".st-key-concepts .hint")).to_be_visible()
