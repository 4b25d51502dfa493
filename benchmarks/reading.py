"""Speed of reading plain text into clauses and sentences, against markdown-it-py, which finds paragraphs and lists only.

Run from the repository's root: `python -m benchmarks.reading`. One core; 5 MB of Chinese and of English text, and half of each
to show that time grows with length. The figures are processor time.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from markdown_it import MarkdownIt

from ingest.readers.source import SourceText
from ingest.reading import structure

ROOT = Path(__file__).parent.parent
SIZE = 5_000_000
ENGLISH = (
    "{0}. SECTION {0}\n\n{0}.1 Objectives\n\nThis guideline sets out how example studies are planned, conducted and reported. It\n"
    "should be read with other guidelines, for example those listed in section {0}.1 and in\nthe annex. Follow-up lasts for at "
    "least 5 years after the last dose, unless a shorter\nfollow-up is justified by the sponsor in the protocol.\n\n"
    "The following points are considered:\n\n• the objective of the study and its primary endpoint;\n• the population, including "
    "children and elderly subjects;\n• the risk of the procedure.\n\n{0}.2 Scope\n\nThe principles apply to all studies that are "
    "submitted to a regulatory authority. They may\nalso be applied to other studies where this is scientifically justified.\n\n"
)


def chinese(size: int) -> str:
    """The corpus again and again, up to a size in bytes."""
    texts = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "corpus" / "guidelines").glob("*/source.txt"))]
    return _filled(itertools.cycle(texts), size)


def english(size: int) -> str:
    """Sections of English text, up to a size in bytes."""
    return _filled((ENGLISH.format(1 + n % 90) for n in itertools.count()), size)


def _filled(parts: Iterable[str], size: int) -> str:
    out, total = [], 0
    for part in parts:
        out.append(part)
        total += len(part.encode())
        if total >= size:
            return "".join(out)
    return "".join(out)


def read(text: str) -> object:
    """What `guidegraph` does with a text file."""
    return structure("x", SourceText(text, "text"))


def seconds(work: Callable[[str], object], text: str) -> float:
    """The least processor time of three runs."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work(text)
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Prints a line for each language: speed, growth when the text is doubled, and the ratio to the alternative."""
    other = MarkdownIt("commonmark").parse
    for name, make in (("Chinese", chinese), ("English", english)):
        half, whole = make(SIZE // 2), make(SIZE)
        spent = seconds(read, whole)
        growth = spent / seconds(read, half)
        ratio = seconds(other, whole) / spent
        speed = len(whole.encode()) / 1e6 / spent
        print(
            f"{name}: {speed:.2f} MB/s, {growth:.2f} times the time for twice the text, {ratio:.2f} times as fast as markdown-it-py"
        )


if __name__ == "__main__":
    main()
