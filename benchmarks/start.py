"""How long a user waits: a cold `guidegraph ask`, and from starting the app to a first and a further answer on the screen.

usage: python -m benchmarks.start [DATA]      (DATA: a built data folder, default .guidegraph)

Each wait is given in seconds and as a ratio to an alternative measured in the same run: a process that only imports torch,
which asking must never do.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS, find_chromium, serve

AAV = "AAV 载体的基因治疗产品长期随访要多少年？"
FURTHER = "CAR-T 治疗后的继发肿瘤要怎么监测？"


def main(data: Path) -> None:
    torch = median(lambda: run([sys.executable, "-c", "import torch"]))
    command = [sys.executable, "-m", "ingest.cli", "ask", AAV, "--json", "--data", str(data)]
    rows = {"import torch (the alternative)": torch, "cold ask on the command line": median(lambda: run(command))}
    rows |= screen(data)
    for name, seconds in rows.items():
        print(f"{name:34s} {seconds:6.2f} s   {seconds / torch:5.2f} x")


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def median(work: object, times: int = 3) -> float:
    """The median of a few timings in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()  # type: ignore[operator]
        taken.append(time.perf_counter() - start)
    return sorted(taken)[times // 2]


def screen(data: Path) -> dict[str, float]:
    """Seconds from starting the server to the first answer in the browser, and from Enter to a further one."""
    chromium = find_chromium()
    if chromium is None:
        return {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as logs:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page()
        start = time.perf_counter()
        with serve(data, Path(logs) / "log") as address:
            page.goto(address)
            ask(page, AAV)
            first = time.perf_counter() - start
            start = time.perf_counter()
            ask(page, FURTHER)
            further = time.perf_counter() - start
            switch = max(switches(page))
            paint = median(lambda: visit(browser, address))
        browser.close()
    return {
        "app started to first answer": first,
        "Enter to a further answer": further,
        "slowest switch of pages": switch,
        "a new visitor's first page painted": paint,
    }


def visit(browser: Browser, address: str) -> None:
    """A first page in a fresh browser context, until its question box and its suggestions stand."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".role")
    context.close()


def switches(page: Page) -> list[float]:
    """Seconds from a click to each of the other pages, after each was visited once."""
    landmarks = {"read": ".sec", "concepts": ".entries", "help": ".limits", "library": ".holding"}
    taken = []
    for name, landmark in [*landmarks.items()] * 2:
        start = time.perf_counter()
        page.locator(f".pages .page-{name}").click()
        page.wait_for_selector(landmark)
        taken.append(time.perf_counter() - start)
    return taken[len(landmarks) :]


def ask(page: Page, question: str) -> None:
    box = page.locator(".st-key-askbox input")
    box.fill(question)
    box.press("Enter")
    page.locator(".answer .asked", has_text=question).wait_for(state="attached")
    page.locator("blockquote").first.wait_for()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".guidegraph"))
