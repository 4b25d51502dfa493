"""A guideline comes in by upload, is read and asked about, over a small corpus of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, settled
from tests.browser.test_ask import browser

__all__ = ["browser"]
pytestmark = pytest.mark.browser

TITLE = "外泌体治疗产品临床试验技术指导原则（征求意见稿）"
HOSTILE = "<script>window.hit=1</script><img src=x onerror='window.hit=1'>"
REBUILD = 420_000


@pytest.fixture
def page(browser: Browser, own: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 1000}, base_url=own)
    page.set_default_timeout(PATIENCE)
    yield page
    page.close()


@pytest.fixture
def keeper(browser: Browser, fresh: str) -> Iterator[Page]:
    """A user who may change the library, which is this test's alone."""
    page = browser.new_context(viewport={"width": 1440, "height": 1000}, base_url=fresh).new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    page.context.close()


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    """A DOCX guideline that also holds markup."""
    document = Document()
    for line in (TITLE, "国家药品监督管理局药品审评中心", "2025年3月"):
        document.add_paragraph(line)
    for heading, text in {
        "一、概述": f"本指导原则适用于外泌体治疗产品的临床试验。{HOSTILE}",
        "二、随访要求": "外泌体治疗产品的受试者建议在末次给药后至少随访 7 年。",
        "三、受试者": "首次人体试验应选择常规治疗无效的成人患者。",
    }.items():
        document.add_heading(heading, 1)
        document.add_paragraph(text)
    document.save(tmp_path / "exosome-guideline.docx")
    return tmp_path / "exosome-guideline.docx"


def test_a_docx_is_uploaded_read_and_asked_about(keeper: Page, upload: Path) -> None:
    page = keeper
    page.goto("/library?part=add")
    page.locator("input[type=file]").set_input_files(upload)
    expect(page.locator(".preview")).to_contain_text("随访要求")
    expect(page.locator("input[aria-label='中文标题']")).to_have_value(TITLE)
    settled(page)
    page.locator("input[aria-label='英文标题']").fill("Exosome guideline")
    page.get_by_role("button", name="加入文库并重建").click()
    expect(page.locator("[data-testid=stProgress]")).to_be_visible()
    expect(page.locator(".notice.good")).to_contain_text(TITLE, timeout=REBUILD)
    assert_readable(page)
    page.goto(f"/?q={quote('外泌体治疗产品要随访多少年？')}")
    expect(page.locator(".st-key-cite-1-card blockquote")).to_contain_text("至少随访 7 年")


def assert_readable(page: Page) -> None:
    """The new guideline in the reader; its markup is text."""
    settled(page)
    page.get_by_role("link", name="打开阅读").click()
    expect(page.locator(".sec").first).to_be_visible()
    expect(page.locator(".text")).to_contain_text("<script>window.hit=1</script>")
    assert page.evaluate("window.hit") is None


@pytest.mark.parametrize(
    ("ui", "words"),
    [("zh", ("几乎没有找到编号的条款", "首页没有日期")), ("en", ("hardly any numbered clause", "bears no date"))],
)
def test_what_to_look_at_is_said_in_the_language_of_the_page(
    page: Page, tmp_path: Path, ui: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "bare.txt").write_text("某产品的一段说明。没有编号，也没有日期。", encoding="utf-8")
    page.goto(f"/library?part=add&ui={ui}")
    page.locator("input[type=file]").set_input_files(tmp_path / "bare.txt")
    for said in words:
        expect(page.locator(".preview .notice")).to_contain_text(said)


def test_a_file_that_cannot_be_read_is_refused_in_chinese(page: Page, tmp_path: Path) -> None:
    (tmp_path / "broken.docx").write_bytes(b"not a docx")
    page.goto("/library?part=add")
    page.locator("input[type=file]").set_input_files(tmp_path / "broken.docx")
    expect(page.get_by_role("alert")).to_contain_text("扩展名是 .docx，内容却不是")


def test_a_file_that_cannot_be_read_is_refused(page: Page, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"not a docx")
    page.goto("/library?part=add&ui=en")
    page.locator("input[type=file]").set_input_files(broken)
    expect(page.get_by_role("alert")).to_contain_text("This file cannot be added")
