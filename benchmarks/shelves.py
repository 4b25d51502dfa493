"""How long the Library page takes with 1,000 guidelines: drawn, searched, filtered, sorted, paged, in a real Chromium.

usage: python -m benchmarks.shelves [DATA] [COUNT]      (DATA: a built data folder, default .guidegraph)

The list is synthetic: the guidelines of the snapshot repeated with other titles, status and dates (`benchmarks.libraries`).
The first visit of each page, Read and Concepts among them, is measured by `benchmarks.visits`. Here, each time is from the click or key to the list that it asked for; the same list of the few real guidelines is the alternative.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.libraries import library
from tests.browser.conftest import FLAGS, find_chromium, serve


def main(data: Path, count: int) -> None:
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("no Chromium found")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        few = measured(browser.new_page(), data, Path(folder) / "few.log", many=False)
        many = measured(browser.new_page(), library(data, Path(folder), count), Path(folder) / "many.log", many=True)
        browser.close()
    for name, seconds in many.items():
        alternative = f"{few[name]:6.2f} s with the real ones" if name in few else ""
        print(f"{name:28s} {seconds:6.2f} s   {alternative}")


def measured(page: Page, data: Path, log: Path, *, many: bool) -> dict[str, float]:
    """Seconds for each thing that a visitor does with the list; each is done twice, the second time counts."""
    with serve(data, log) as address:
        page.goto(f"{address}/help")
        page.wait_for_selector(".limits")
        times = {}
        for _ in range(2):
            page.locator(".pages .page-help").click()
            page.wait_for_selector(".limits")
            times["page opened"] = timed(lambda: page.locator(".pages .page-library").click(), page, ".holding")
            times["sorted, latest first"] = timed(lambda: choose(page, 1, "日期从新到旧"), page, ".holding >> nth=0")
            choose(page, 1, "按标题")
            if many:
                times["next page"] = timed(page.locator(".pager a").last.click, page, "text=21–40")
                times["searched"] = timed(lambda: search(page, "0777"), page, "text=第0777号指导原则")
                search(page, "")
                page.wait_for_selector("text=1–20")
                times["filtered"] = timed(lambda: choose(page, 0, "试行"), page, "text=/1–20 .*2[0-9][0-9] /")
                choose(page, 0, "全部状态")
        return times


def timed(act: Callable[[], None], page: Page, landmark: str) -> float:
    """Seconds from an act to what it leads to, with no more work under way."""
    start = time.perf_counter()
    act()
    page.wait_for_selector(landmark)
    page.wait_for_selector("[data-test-script-state=notRunning]", state="attached")
    return time.perf_counter() - start


def choose(page: Page, nth: int, words: str) -> None:
    page.locator(".st-key-holdings-tools [data-testid=stSelectbox]").nth(nth).click()
    page.get_by_role("option", name=words).first.click()


def search(page: Page, words: str) -> None:
    box = page.locator(".st-key-holdings-find input")
    box.fill(words)
    box.press("Enter")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".guidegraph"), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
