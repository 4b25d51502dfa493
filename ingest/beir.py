"""Running the retrieval of `ask` over a collection in BEIR form, apart from the library.

A collection is a folder with corpus.jsonl ("_id", "title", "text") and queries.jsonl ("_id", "text"). Nothing of its judgments
is read. The dense model is trained on the collection itself: titles with their texts, neighbouring passages, and fragments
with the passage that they are of (inverse cloze, Lee et al., 2019); or one is set.
"""

from __future__ import annotations

import json
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from ingest.indexes import Pair
from kg.collection import Collection, Passage
from kg.dense import STATIC, Encoder, Vectors, model_folder, open_encoder
from kg.errors import CorpusError

Progress = Callable[[str, int, int], None]
_FRAGMENT = re.compile(r"[^。！？；;，,.!?]{8,80}")
_MAX_PAIRS = 120_000
_LARGE = 5_000
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Timing:
    """How large the run was and how long it took, in seconds and milliseconds a query."""

    passages: int
    queries: int
    index_s: float
    query_ms: float


def run_beir(folder: Path, run: Path, top: int, embedding_model: str, progress: Progress) -> Timing:
    """Writes a TREC run of the `top` best passages for every query. Raises CorpusError naming a wrong file and line."""
    passages = [
        Passage(str(r["_id"]), str(r.get("title") or ""), str(r["text"])) for r in _rows(folder / "corpus.jsonl")
    ]
    queries = [(str(r["_id"]), str(r["text"])) for r in _rows(folder / "queries.jsonl")]
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        encoder, vectors = _embedded(Path(name), passages, embedding_model, progress)
        collection = Collection.build(Path(name) / "lexical", passages, encoder, vectors)
        built = time.perf_counter()
        with run.open("w", encoding="utf-8") as out:
            for nth, (query_id, text) in enumerate(queries):
                if nth % 50 == 0:
                    progress("search", nth, len(queries))
                for rank, hit in enumerate(collection.search(text, top), 1):
                    out.write(f"{query_id} Q0 {hit.id} {rank} {hit.score:.6f} guidegraph\n")
        progress("search", len(queries), len(queries))
    asked = time.perf_counter() - built
    return Timing(len(passages), len(queries), round(built - start, 2), round(1000 * asked / max(len(queries), 1), 3))


def _embedded(folder: Path, passages: Sequence[Passage], model: str, progress: Progress) -> tuple[Encoder, Vectors]:
    if not model:
        from ingest.training import LARGE, TrainingPlan, train_static

        plan = LARGE if len(passages) > _LARGE else TrainingPlan()
        texts, pairs = [p.whole for p in passages], list(training_pairs(passages))
        train_static(texts, pairs, model_folder(folder), plan, lambda done, of: progress("train", done, of))
    encoder = open_encoder(folder, model or STATIC)
    parts = []
    for at in range(0, len(passages), _BATCH):
        progress("embed", at, len(passages))
        parts.append(encoder.encode([p.whole for p in passages[at : at + _BATCH]]))
    progress("embed", len(passages), len(passages))
    return encoder, np.concatenate(parts)


def training_pairs(passages: Sequence[Passage]) -> Iterator[Pair]:
    """Pairs that mean nearly the same, thinned out evenly where a collection is large."""
    step = max(1, 3 * len(passages) // _MAX_PAIRS)
    for nth, (passage, following) in enumerate(pairwise([*passages, Passage("", "", "")])):
        if nth % step:
            continue
        if passage.title:
            yield passage.title, passage.text
        if following.text:
            yield passage.text, following.text
        yield from ((fragment, passage.whole) for fragment in _FRAGMENT.findall(passage.text)[:2])


def _rows(path: Path) -> Iterator[dict[str, object]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(path, number, line)
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: cannot be read ({error})") from error


def _row(path: Path, number: int, line: str) -> dict[str, object]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise CorpusError(f"{path}, line {number}: is not JSON ({error.msg})") from error
    if not isinstance(row, dict) or "_id" not in row or "text" not in row:
        raise CorpusError(f'{path}, line {number}: has no "_id" or no "text"')
    return row
