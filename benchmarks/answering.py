"""What each part of finding adds, and how long a question takes, on the development questions of the tests.

usage: python -m benchmarks.answering [DATA]

Parts are added one after the other under the weights that ranking starts from; the last row has the learned weights. Recall is
the share of the evidence that the first five citations hold. Times are of the process's processor, after one round to warm up,
against one BM25 search of the sentences alone.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from kg.assistant import Assistant
from kg.lexical import term_weights
from kg.ranking import START, Ranker
from kg.retrieval import LIMIT
from kg.snapshot import Snapshot
from tests.test_answers import ANSWERABLE, recall

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("lexical", ("sentence", "sentence_en", "chunk", "chunk_en", "heading", "bibliography", "front")),
    ("+ own questions", ("question", "questions")),
    ("+ dense", ("question_cosine", "sentence_cosine", "chunk_cosine")),
    ("+ graph and types", ("concepts", "concepts_near", "duration", "duration_stated", "number", "definition", "kind", "stated", "named")),
)  # fmt: skip


class Ranked(Snapshot):
    """A snapshot whose ranker is another."""

    ranker = START

    def with_ranker(self, ranker: Ranker) -> Ranked:
        self.__dict__["ranker"] = ranker
        return self


def main() -> None:
    data = Path(sys.argv[1] if len(sys.argv) > 1 else ".guidegraph")
    folder = Snapshot.open(data).folder
    kept: tuple[str, ...] = ()
    for name, features in PARTS:
        kept += features
        weights = {lang: {f: w for f, w in row.items() if f in kept} for lang, row in START.weights.items()}
        _row(name, Assistant(Ranked(folder).with_ranker(Ranker(weights))))
    assistant = Assistant.open(data)
    _row("+ learned weights", assistant)
    whole = _times(assistant.ask)
    lexical = assistant.opened.indexes.lexical
    alone = _times(lambda text: lexical.search("sentence", term_weights(text), LIMIT))
    for name, times in (("question", whole), ("one BM25 search", alone)):
        print(
            f"{name:18s} p50 {times[len(times) // 2] * 1e3:6.2f} ms  p95 {times[int(len(times) * 0.95)] * 1e3:6.2f} ms"
        )
    print(f"ratio of medians   {whole[len(whole) // 2] / alone[len(alone) // 2]:6.1f}")


def _row(name: str, assistant: Assistant) -> None:
    shares = []
    for lang in ("zh", "en"):
        values = [recall(row, assistant.ask(row["question"])) for row in ANSWERABLE if row["lang"] == lang]
        shares.append(f"{lang} {sum(values) / len(values):.3f}")
    print(f"{name:18s} recall@5 {'  '.join(shares)}", flush=True)


def _times(do: Callable[[str], object]) -> list[float]:
    out = []
    for measured in (False, True):
        for row in ANSWERABLE:
            start = time.process_time()
            do(row["question"])
            if measured:
                out.append(time.process_time() - start)
    return sorted(out)


if __name__ == "__main__":
    main()
