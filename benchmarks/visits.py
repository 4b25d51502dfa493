"""How long the first visit of each page takes the server, with five guidelines and with 1,000.

usage: python -m benchmarks.visits [DATA] [COUNT]      (DATA: a built data folder, default .guidegraph)

Each page is visited in a process of its own, in which nothing but the Help page was drawn before: what a page needs is read then
and there. Given are the seconds of the first visit, by the clock and of the processor, those of a second visit, how many
guidelines were read from their files for both, and the memory of the process after them. The first line is the start of the
program with the Help page, the last a cold `guidegraph ask`. The large library is made by `benchmarks.libraries`, which says
what of it is the worst case; the few real guidelines are the alternative.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from benchmarks.libraries import library
from kg import codec

T = TypeVar("T")

APP = str(Path(__file__).parents[1] / "app.py")
LTFU, CONCEPT = "gene-therapy-long-term-follow-up-2021", "car-t-cell-product"  # stated most of all
AAV = "AAV 载体的基因治疗产品长期随访要多少年？"
COMPARED = "各指导原则对长期随访时间的要求有什么不同？"
VISITS: dict[str, tuple[str, dict[str, str]]] = {
    "the start, with Help": ("help", {}),
    "Read": ("read", {}),
    "Read, a clause": ("read", {"doc": LTFU, "clause": "2.2.3"}),
    "Concepts": ("concepts", {}),
    "Concepts, of one kind": ("concepts", {"kind": "risk"}),
    "a concept": ("concepts", {"c": CONCEPT}),
    "Ask": ("", {}),
    "Ask, a question": ("", {"q": AAV}),
    "Ask, a comparison": ("", {"q": COMPARED}),
    "Ask, of one kind of product": ("", {"q": AAV, "product": "car-t-cell-product"}),
    "Ask, of one strength": ("", {"q": AAV, "strength": "not"}),
    "Library": ("library", {}),
    "Library, what is missing": ("library", {"part": "missing"}),
    "Library, curation": ("library", {"part": "curation", "what": "statements", "c": CONCEPT}),
}


def main(data: Path, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        libraries = (data, library(data, Path(folder), count))
        head = f"{'first':>7s} {'(cpu)':>7s} {'second':>7s} {'read':>5s} {'memory':>8s}"
        print(f"{'seconds':30s} | {head}, few guidelines | {head}, {count:,} of them")
        for name in VISITS:
            rows = [row(visited(name, data)) for data in libraries]
            print(f"{name:30s} | {rows[0]:54s} | {rows[1]}", flush=True)
        few, many = (f"{cold(data):7.2f}" for data in libraries)
        print(f"{'guidegraph ask, cold':30s} | {few:54s} | {many}")


def row(found: dict[str, float]) -> str:
    return "{first:7.2f} {processor:7.2f} {second:7.2f} {read:5.0f} {memory:5.0f} MB".format(**found)


def visited(name: str, data: Path) -> dict[str, float]:
    """The figures of one visit, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.visits", "--visit", name]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "GUIDEGRAPH_DATA": str(data.resolve())}
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def visit(name: str) -> dict[str, float]:
    """Seconds of the first visit and of a second one, guidelines read, and megabytes of memory."""
    path, query = VISITS[name]
    with counted() as read:
        if path != "help":
            draw("help", {})
        spent = time.process_time()
        first, processor = draw(path, query), time.process_time() - spent
        second = draw(path, query)
    return {"first": first, "processor": processor, "second": second, "read": len(read), "memory": memory()}


def memory() -> float:
    """The most memory that this process had, in megabytes; Linux alone tells it without that of the parent."""
    try:
        told = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return float("nan")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1000


def draw(path: str, query: dict[str, str]) -> float:
    """Seconds of one run of a page, without a browser."""
    page = AppTest.from_file(APP, default_timeout=600)
    page._page_hash = calc_hash(path)
    for name, value in query.items():
        page.query_params[name] = value
    start = time.perf_counter()
    page.run()
    if page.exception:
        raise SystemExit(str(page.exception))
    return time.perf_counter() - start


@contextmanager
def counted() -> Iterator[list[str]]:
    """The files of guidelines that are read while the block lasts."""
    read, decode = list[str](), codec.decode

    def watched(path: Path, kind: type[T]) -> T:
        read.extend([path.stem] if path.parent.name == "documents" else [])
        return decode(path, kind)

    with patch.object(codec, "decode", watched):
        yield read


def cold(data: Path) -> float:
    """Seconds of `guidegraph ask` on the command line."""
    command = [sys.executable, "-m", "ingest.cli", "ask", AAV, "--json", "--data", str(data)]
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    if sys.argv[1:2] == ["--visit"]:
        print(json.dumps(visit(sys.argv[2])))
    else:
        main(Path(sys.argv[1] if len(sys.argv) > 1 else ".guidegraph"), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
