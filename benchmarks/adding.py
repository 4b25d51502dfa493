"""What it costs to add one guideline to a library, and to drop it again, against building the library from nothing.

usage: python -m benchmarks.adding [COUNT]      (COUNT: guidelines in the library, default 5)

The library holds the five guidelines of the corpus; beyond five, copies of their texts under other names and titles, without
questions and readings. What is added is such a copy, too. Seconds are of the processor, by stage of the build.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ingest.pipeline import build
from kg.settings import Settings
from kg.snapshot import Snapshot
from tests.conftest import CORPUS, SLUGS


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(Path(name) / "corpus", Path(name) / "data")
        shutil.copytree(CORPUS, settings.corpus)
        for nth in range(len(SLUGS), count):
            copied(settings.corpus, nth)
        _row(f"{count} from nothing", settings)
        added = copied(settings.corpus, count)
        _row("one added", settings)
        shutil.rmtree(added)
        _row("one dropped", settings)


def copied(corpus: Path, nth: int) -> Path:
    """The folder of one more guideline: the text of a real one under another slug and title."""
    slug = SLUGS[nth % len(SLUGS)]
    real, folder = CORPUS / "guidelines" / slug, corpus / "guidelines" / f"copy-{nth}"
    folder.mkdir()
    shutil.copyfile(real / "source.txt", folder / "source.txt")
    said = (real / "guideline.toml").read_text(encoding="utf-8")
    named = re.sub(r"(?m)^(title_zh|title_en) = .*$", rf'\1 = "第{nth:04}号示例指导原则 Guideline {nth:04}"', said)
    named = re.sub(r"(?ms)^(aliases|replaces) = \[.*?\]\n", "", named)
    (folder / "guideline.toml").write_text(re.sub(r"(?m)^number = .*\n", "", named), encoding="utf-8")
    return folder


def _row(name: str, settings: Settings) -> None:
    start, clock = time.process_time(), _Clock()
    snapshot = build(settings, clock.told)
    seconds = time.process_time() - start
    stages = "  ".join(f"{stage} {spent:.1f}" for stage, spent in clock.spent.items())
    print(f"{name:16s} {seconds:7.1f} s   {stages}   {' '.join(_counts(snapshot))}", flush=True)


def _counts(snapshot: Snapshot) -> Iterator[str]:
    for kind, work in sorted(snapshot.manifest.work.items()):
        yield f"{kind} {len(work.made)}/{len(work.made) + len(work.kept)}"


class _Clock:
    """Processor seconds by stage: what passes until a stage is first told of belongs to the one before it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._last = time.process_time()
        self._stage = "start"

    def told(self, stage: str, done: int, total: int) -> None:
        del total
        now, owner = time.process_time(), stage if done else self._stage
        self.spent[owner] = self.spent.get(owner, 0.0) + now - self._last
        self._last, self._stage = now, stage


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
