"""Each language by itself: the English screen holds no Chinese but what is marked as Chinese, and the other way round."""

from __future__ import annotations

import dataclasses

import pytest
from playwright.sync_api import Page

from tests.browser.screenshots import ready
from tests.browser.test_ask import browser, page
from tests.browser.test_axe import PATHS
from views.texts import EN

__all__ = ["browser", "page"]
pytestmark = pytest.mark.browser

# visible text with Chinese in it, outside of what says that it is Chinese: originals, quotations, names, the other language
CHINESE = """() => {
  const out = [];
  const walker = document.createTreeWalker(document.querySelector(".stApp"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, box = node.parentElement;
    if (/[\\u4e00-\\u9fff]/.test(node.data) && !box.closest("[lang=zh], style, script, .st-key-ui") && box.checkVisibility())
      out.push(`${box.tagName}.${box.className.baseVal ?? box.className}: ${node.data.trim().slice(0, 60)}`);
  }
  for (const box of document.querySelectorAll(".stApp [aria-label], .stApp [title], .stApp [placeholder]"))
    for (const name of ["aria-label", "title", "placeholder"])
      if (/[\\u4e00-\\u9fff]/.test(box.getAttribute(name) ?? "") && !box.closest("[lang=zh]"))
        out.push(`${box.tagName}[${name}]: ${box.getAttribute(name).slice(0, 60)}`);
  return [...new Set(out)];
}"""

# visible text outside of what says that it is English: readings, and what curators wrote
NOT_ENGLISH = """() => {
  const out = [];
  const walker = document.createTreeWalker(document.querySelector(".stApp"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const box = walker.currentNode.parentElement;
    if (!box.closest("[lang=en], style, script") && box.checkVisibility()) out.push(walker.currentNode.data);
  }
  return out.join("\\n");
}"""


def words() -> set[str]:
    """The longer words of the English interface."""
    values = (getattr(EN, f.name) for f in dataclasses.fields(EN))
    texts = (x for v in values for x in (v.values() if isinstance(v, dict) else [v]))
    return {t for t in texts if len(t) > 9 and "{" not in t and " " in t}


@pytest.mark.parametrize("name", PATHS)
def test_english_holds_no_unmarked_chinese(page: Page, name: str) -> None:
    path = PATHS[name]
    page.goto(f"/{path}{'&' if '?' in path else '?'}ui=en")
    ready(page)
    assert page.evaluate(CHINESE) == []


@pytest.mark.parametrize("name", PATHS)
def test_chinese_holds_no_word_of_the_english_interface(page: Page, name: str) -> None:
    page.goto(f"/{PATHS[name]}")
    ready(page)
    shown = page.evaluate(NOT_ENGLISH)
    assert len(words()) > 80
    assert [w for w in words() if w in shown] == []
