"""Pictures of the page for the eye: `python -m tests.browser.screenshots [data folder [state…]]` fills .screenshots/."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS, NO_BROWSER, PATIENCE, ROOT, find_chromium, serve, settled

SIZES = {"wide": (1440, 1000), "phone": (390, 844)}
QUESTIONS = {
    "first": "",
    "chinese": "AAV 载体的基因治疗产品长期随访要多少年？",
    "english": "How long should patients be followed after a lentiviral vector product?",
    "comparison": "What do the two CAR-T guidelines say about long-term follow-up?",
    "compared": "RMP 那份和长期随访那份对随访年限的要求有什么不同？",
    "not-covered": "片剂的溶出度要怎么测？",
    "too-long": "长期随访" * 300,
}

PLACES = {
    "read": "read?doc=gene-therapy-long-term-follow-up-2021&clause=2.2.3",
    "concept": "concepts?c=delayed-adverse-reaction",
    "concepts": "concepts?kind=risk",
    "library": "library",
    "add": "library?part=add",
    "terms": "library?part=curation&what=terms&doc=rare-disease-drug-development-2021",
    "statements": "library?part=curation&what=statements&doc=gene-therapy-long-term-follow-up-2021",
    "decisions": "library?part=curation&what=decisions",
    "snapshots": "library?part=snapshots",
    "missing": "library?part=missing",
    "checks": "library?part=checks",
    "sparql": "library?part=sparql",
    "kept": "kept",
    "help": "help",
}
LANDMARKS = (
    ".welcome, .answer, .notice, .sec, .concept-head, .entries, .holding, .missing, .limits, .kindlink, h2.part, .proposal,"
    " .judged, .version, .empty"
)
LOOKS = ("light", "dark")


def ready(page: Page) -> None:
    """Wait until a page of ours stands: its landmark, its scripts, its fonts, and no run of the server under way."""
    page.wait_for_selector(LANDMARKS, timeout=PATIENCE)
    page.wait_for_selector("[data-testid=stSidebar] .snapshot", state="attached", timeout=PATIENCE)
    page.wait_for_load_state("networkidle", timeout=PATIENCE)
    settled(page)
    page.evaluate("document.fonts.ready.then(() => true)")


def star(page: Page, address: str) -> None:
    """Ask two questions and star the first."""
    for at, name in enumerate(("chinese", "english")):
        page.goto(f"{address}/?{urlencode({'q': QUESTIONS[name]})}")
        ready(page)
        if at == 0:
            page.locator(".st-key-star button").click()
            page.wait_for_function("document.querySelector('.st-key-star button').innerText.includes('已收藏')")


def shoot(browser: Browser, address: str, folder: Path, name: str, ui: str, size: str, look: str) -> None:
    """One state of the page, as a visitor first sees it and in its whole length."""
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=look)
    if name == "kept":  # which is empty before something was asked
        star(page, address)
    path = PLACES.get(name) or f"?{urlencode({'q': QUESTIONS[name]})}"
    page.goto(f"{address}/{path}{'&' if '?' in path else '?'}ui={ui}")
    ready(page)
    page.screenshot(path=folder / f"{name}-{ui}-{size}-{look}.png")
    length = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, min(length, 4000))})
    page.screenshot(path=folder / f"{name}-{ui}-{size}-{look}-whole.png")
    page.close()


def main(data: Path, names: Sequence[str]) -> None:
    """All states, or those named, in every size, language and look."""
    folder = ROOT / ".screenshots"
    folder.mkdir(exist_ok=True)
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit(NO_BROWSER)
    with sync_playwright() as playwright, serve(data, folder / "streamlit.log") as address:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for size, ui, look, name in product(SIZES, ("zh", "en"), LOOKS, names or (*QUESTIONS, *PLACES)):
            shoot(browser, address, folder, name, ui, size, look)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".guidegraph"), sys.argv[2:])
