"""Streamlit's own words are said in the language of the interface; an issuer that no page names is said in words too."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_ask import browser, page
from views.texts import LIBRARY_WORDS, TEXTS

__all__ = ["browser", "page"]
pytestmark = pytest.mark.browser

UPLOADER = "[data-testid=stFileUploader]"
SOURCE = """外泌体治疗产品临床试验指导原则

一、概述

本指导原则适用于外泌体治疗产品的临床试验。

二、随访

受试者建议在末次给药后至少随访 7 年。

三、其他

申办方应当提交资料。
"""


def test_the_upload_speaks_the_language_of_the_interface_and_so_does_a_missing_issuer(
    page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "exosome.txt"
    file.write_text(SOURCE, encoding="utf-8")
    page.goto("/library?part=add")
    for lang in ("zh", "en"):
        words, texts = LIBRARY_WORDS[lang].furniture, TEXTS[lang]
        expect(page.locator(f"{UPLOADER} button")).to_contain_text(words["Upload"])
        expect(page.locator(UPLOADER)).to_contain_text(words["{}MB per file"].format(200))
        page.locator(f"{UPLOADER} input").set_input_files(str(file))
        expect(page.get_by_role("textbox", name=texts.fields["issuer"])).to_have_value(texts.unknown_issuer)
        expect(page.get_by_role("button", name=words["Remove {}"].format(file.name))).to_be_visible()
        page.get_by_role("radio", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        page.reload()


def test_a_switch_of_language_turns_the_words(page: Page) -> None:
    page.goto("/")
    side = page.locator("[data-testid=stSidebar]")
    expect(side).to_have_attribute("aria-label", "侧栏")
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    page.get_by_role("radio", name="English").click()
    expect(side).to_have_attribute("aria-label", "Sidebar")
    page.get_by_role("radio", name="中文").click()
    expect(side).to_have_attribute("aria-label", "侧栏")
