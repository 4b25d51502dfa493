"""A real Chromium over the real page: a snapshot is built from the corpus, `streamlit run app.py` serves it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ingest.pipeline import build
from kg.settings import Settings

ROOT = Path(__file__).parents[2]
PATIENCE = 60_000  # ms: a first page on a busy machine; only a failure waits so long
expect.set_options(timeout=PATIENCE)
NO_BROWSER = "no Chromium found: install one (apt install chromium) or run `python -m playwright install chromium`"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


SETTLED = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  return app?.dataset.testScriptState === "notRunning" && app.dataset.testConnectionState === "CONNECTED" &&
    document.documentElement.classList.contains("wired") &&
    !document.querySelector("[data-stale=true], [data-testid=stSkeleton]");
}"""


def settled(page: Page) -> None:
    """Wait until the page stands still: no run of the server, all of its pieces drawn, none left from a run before.

    A click begins a run a little later: first expect what the click brings, then call this, then read a list.
    """
    page.wait_for_function(SETTLED, timeout=PATIENCE)


WATCH = """([selector, words]) => {
  window.glimpsed = false;
  const look = () => {
    if (![...document.querySelectorAll(selector)].some((node) => node.textContent.includes(words))) return;
    window.glimpsed = true;
    watcher.disconnect();
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}"""


@contextmanager
def glimpsed(page: Page, selector: str, words: str = "") -> Iterator[None]:
    """What the block does makes this appear, if only for a second: the page itself watches for it, however slow the test."""
    page.evaluate(WATCH, [selector, words])
    yield
    page.wait_for_function("window.glimpsed", timeout=PATIENCE)


def find_chromium() -> str | None:
    """A Chromium of the system, else the one that playwright manages."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        managed = playwright.chromium.executable_path
    return managed if Path(managed).is_file() else None


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path. Without a browser: a failure where CI is set, a skip elsewhere."""
    path = find_chromium()
    if path is None and os.environ.get("CI"):
        pytest.fail(NO_BROWSER, pytrace=False)
    if path is None:
        pytest.skip(NO_BROWSER)
    return path


@pytest.fixture(scope="session")
def address(chromium: str, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page is served."""
    del chromium  # no server where there is no browser
    with serve(data, tmp_path_factory.mktemp("log") / "streamlit.log") as url:
        yield url


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus, the vocabulary and two of the guidelines, and the snapshot of it."""
    folder = tmp_path_factory.mktemp("small")
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
    return folder


@pytest.fixture(scope="session")
def own(chromium: str, small: Path) -> Iterator[str]:
    """A page over the small corpus, for what changes nothing in it."""
    del chromium
    with serve(small / "data", small / "streamlit.log", small / "corpus") as url:
        yield url


@pytest.fixture
def copied(small: Path, tmp_path: Path) -> Path:
    """The small corpus and its snapshot for one test alone, which may change them."""
    return Path(shutil.copytree(small, tmp_path / "copied"))


@pytest.fixture
def fresh(chromium: str, copied: Path) -> Iterator[str]:
    """A page over that copy: what a test leaves behind, or breaks off, meets no other."""
    del chromium
    with serve(copied / "data", copied / "streamlit.log", copied / "corpus") as url:
        yield url


class serve:  # noqa: N801 (reads as a verb where it is used)
    """`streamlit run app.py` over a data folder, on a free port of the loopback, while the block lasts."""

    def __init__(self, data: Path, log: Path, corpus: Path = ROOT / "corpus") -> None:
        self.data, self.log, self.corpus = data, log, corpus

    def __enter__(self) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = {"headless": "true", "port": port, "address": "127.0.0.1", "fileWatcherType": "none"}
        flags = [f"--server.{name}={value}" for name, value in options.items()]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", *flags, "--browser.gatherUsageStats=false"],
            cwd=ROOT,
            env={**os.environ, "GUIDEGRAPH_DATA": str(self.data.resolve()), "GUIDEGRAPH_CORPUS": str(self.corpus)},
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
        )
        url = f"http://127.0.0.1:{port}"
        self._wait(url)
        return url

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:  # a rebuild may be under way
            self.process.kill()
            self.process.wait()

    def _wait(self, url: str) -> None:
        """Until the server says that it is well; not beyond its end, nor for more than two minutes."""
        for _ in range(480):
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.25)
        self.process.kill()
        raise TimeoutError(self.log.read_text())
