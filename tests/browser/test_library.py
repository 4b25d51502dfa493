"""A guideline comes in by upload, is read and asked about, over a small corpus of the test's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from ingest.pipeline import build
from kg.settings import Settings
from tests.browser.conftest import ROOT, serve
from tests.browser.test_ask import browser

__all__ = ["browser"]
pytestmark = pytest.mark.browser

TITLE = "外泌体治疗产品临床试验技术指导原则（征求意见稿）"
HOSTILE = "<script>window.hit=1</script><img src=x onerror='window.hit=1'>"
REBUILD = 420_000


@pytest.fixture(scope="module")
def own(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page over a small corpus of its own: the vocabulary and two of the guidelines."""
    del chromium
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    for path in (folder / "corpus" / "guidelines").iterdir():
        if path.name not in ("car-t-risk-management-plan", "gene-therapy-long-term-follow-up-2021"):
            shutil.rmtree(path)
        else:
            questions = (path / "questions.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
            (path / "questions.jsonl").write_text("".join(questions[::4]), encoding="utf-8")
    for name in ("unanswerable.jsonl", "calibration.jsonl", "cross_questions.jsonl"):
        (folder / "corpus" / name).unlink()  # with nothing to learn from, a rebuild is short
    build(Settings(folder / "corpus", folder / "data"))
    with serve(folder / "data", folder / "streamlit.log", folder / "corpus") as url:
        yield url


@pytest.fixture
def page(browser: Browser, own: str) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 1000}, base_url=own)
    page.set_default_timeout(30_000)
    yield page
    page.close()


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


def test_a_docx_is_uploaded_read_and_asked_about(page: Page, upload: Path) -> None:
    page.goto("/library?part=add")
    page.locator("input[type=file]").set_input_files(upload)
    expect(page.locator(".preview")).to_contain_text("随访要求")
    expect(page.locator("input[aria-label='中文标题']")).to_have_value(TITLE)
    page.locator("input[aria-label='英文标题']").fill("Exosome guideline")
    page.get_by_role("button", name="加入文库并重建").click()
    expect(page.locator("[data-testid=stProgress]")).to_be_visible()
    expect(page.locator(".notice.good")).to_contain_text(TITLE, timeout=REBUILD)
    assert_readable(page)
    page.goto(f"/?q={quote('外泌体治疗产品要随访多少年？')}")
    expect(page.locator(".st-key-cite-1-card blockquote")).to_contain_text("至少随访 7 年")


def assert_readable(page: Page) -> None:
    """The new guideline in the reader; its markup is text."""
    page.locator(".notice.good a").click()
    expect(page.locator(".sec").first).to_be_visible()
    expect(page.locator(".text")).to_contain_text("<script>window.hit=1</script>")
    assert page.evaluate("window.hit") is None


def test_a_file_that_cannot_be_read_is_refused(page: Page, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"not a docx")
    page.goto("/library?part=add&ui=en")
    page.locator("input[type=file]").set_input_files(broken)
    expect(page.get_by_role("alert")).to_contain_text("This file cannot be added")
