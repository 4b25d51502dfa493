"""Pictures of the page for the eye: `python -m tests.browser.screenshots [data folder]` fills .screenshots/."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS, NO_BROWSER, ROOT, find_chromium, serve

SIZES = {"wide": (1440, 1000), "phone": (390, 844)}
QUESTIONS = {
    "first": "",
    "chinese": "AAV 载体的基因治疗产品长期随访要多少年？",
    "english": "How long should patients be followed after a lentiviral vector product?",
    "not-covered": "片剂的溶出度要怎么测？",
    "too-long": "长期随访" * 300,
}

PLACES = {
    "read": "read?doc=gene-therapy-long-term-follow-up-2021&clause=2.2.3",
    "concept": "concepts?c=delayed-adverse-reaction",
    "concepts": "concepts?kind=risk",
    "library": "library",
    "terms": "library?part=curation&what=terms&doc=rare-disease-drug-development-2021",
    "statements": "library?part=curation&what=statements&doc=gene-therapy-long-term-follow-up-2021",
    "decisions": "library?part=curation&what=decisions",
    "snapshots": "library?part=snapshots",
    "missing": "library?part=missing",
    "help": "help",
}
READY = ".welcome, .answer, .notice, .sec, .concept-head, .entries, .holding, .missing, .limits, .proposal, .judged, .version, .empty"


def shoot(browser: Browser, address: str, folder: Path, name: str, ui: str, size: str) -> None:
    """One state of the page, as a visitor first sees it and in its whole length."""
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height})
    path = PLACES.get(name) or f"?{urlencode({'q': QUESTIONS[name]})}"
    page.goto(f"{address}/{path}{'&' if '?' in path else '?'}ui={ui}")
    page.wait_for_selector(READY)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / f"{name}-{ui}-{size}.png")
    length = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, min(length, 4000))})
    page.screenshot(path=folder / f"{name}-{ui}-{size}-whole.png")
    page.close()


def main(data: Path) -> None:
    """All states, sizes and languages."""
    folder = ROOT / ".screenshots"
    folder.mkdir(exist_ok=True)
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit(NO_BROWSER)
    with sync_playwright() as playwright, serve(data, folder / "streamlit.log") as address:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for size in SIZES:
            for ui in ("zh", "en"):
                for name in (*QUESTIONS, *PLACES):
                    shoot(browser, address, folder, name, ui, size)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".guidegraph"))
