"""The page of an issued PDF beside the clause in view, over a small corpus of the test's own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.pipeline import build
from ingest.shelve import Understood, add
from kg.settings import Settings
from tests.browser.conftest import PATIENCE, ROOT, serve, settled
from tests.browser.test_ask import ask, browser

__all__ = ["browser"]
pytestmark = pytest.mark.browser

SLOW = PATIENCE  # the first picture is rendered by a process of its own
PAGES = (
    ("外泌体治疗产品临床试验技术指导原则", "（征求意见稿）", "国家药品监督管理局药品审评中心", "2025年3月"),
    ("一、概述", "本指导原则适用于外泌体治疗产品的临床试验。", "二、随访", "外泌体治疗产品的随访时间应当不少于七年。"),
    ("三、剂量", "外泌体治疗产品的起始剂量应当依据非临床数据确定。"),
)


@pytest.fixture(scope="module")
def own(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page over the vocabulary, one guideline as text, and one added as a PDF."""
    del chromium
    folder = tmp_path_factory.mktemp("original")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    for path in (folder / "corpus" / "guidelines").iterdir():
        if path.name != "car-t-risk-management-plan":
            shutil.rmtree(path)
    for name in ("unanswerable.jsonl", "calibration.jsonl", "cross_questions.jsonl"):
        (folder / "corpus" / name).unlink()  # with nothing to learn from, a build is short
    written(folder / "exosome.pdf")
    (added,) = add([folder / "exosome.pdf"], folder / "corpus", slug="exosome")
    assert isinstance(added, Understood)
    assert (added.pages, added.metadata.status) == (3, "draft")
    build(Settings(folder / "corpus", folder / "data"))
    with serve(folder / "data", folder / "streamlit.log", folder / "corpus") as url:
        yield url


@pytest.fixture
def page(browser: Browser, own: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 1000}, base_url=own)
    page.set_default_timeout(PATIENCE)
    yield page
    page.close()


def written(path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=A4)
    for lines in PAGES:
        canvas.setFont("STSong-Light", 12)
        for n, line in enumerate(lines):
            canvas.drawString(72, A4[1] - 100 - 30 * n, line)
        canvas.showPage()
    canvas.save()


def test_the_page_of_the_clause_in_view_stands_beside_it(page: Page) -> None:
    page.goto("/read?doc=exosome&clause=2")
    picture = page.locator(".st-key-original img")
    expect(picture).to_be_visible(timeout=SLOW)
    expect(page.locator(".st-key-original")).to_contain_text("原件第 2 页", timeout=SLOW)
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 800
    page.goto("/read?doc=exosome&clause=3")
    expect(page.locator(".st-key-original")).to_contain_text("原件第 3 页", timeout=SLOW)
    settled(page)
    page.locator(".st-key-original label").first.click()
    expect(picture).to_have_count(0)


def test_a_citation_leads_to_the_page(page: Page) -> None:
    ask(page, "外泌体治疗产品的随访时间是多久？")
    page.locator("[class*='-card'] a.act", has_text="原件第 2 页").first.click()
    page.wait_for_url(re.compile("page=2"))
    expect(page.locator(".st-key-original")).to_contain_text("原件第 2 页", timeout=SLOW)


def test_a_guideline_issued_as_text_has_no_page(page: Page) -> None:
    page.goto("/read?doc=car-t-risk-management-plan")
    expect(page.locator(".beside .handle")).to_be_visible()
    expect(page.locator(".st-key-original")).to_have_count(0)


def test_on_a_phone_the_page_is_in_the_sheet_below(browser: Browser, own: str) -> None:
    phone = browser.new_page(viewport={"width": 390, "height": 844}, base_url=own)
    phone.goto("/read?doc=exosome&clause=2")
    picture = phone.locator(".st-key-original img")
    expect(picture).to_be_attached(timeout=SLOW)
    settled(phone)
    phone.locator(".beside .handle").click()
    expect(picture).to_be_visible(timeout=SLOW)
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_in_viewport()
    box = picture.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    phone.close()
