"""Running retrieval over a collection in BEIR form (Thakur et al., 2021), apart from the library.

A collection is a folder with corpus.jsonl ("_id", "title", "text") and queries.jsonl ("_id", "text"). Nothing of its judgments
is read. The dense model is trained on the collection itself: titles with their texts, neighbouring passages, and fragments
with the passage that they are of (inverse cloze, Lee et al., 2019); or one is set.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from ingest.beirfiles import read_passages, read_queries
from kg.bags import Bags, Ids, inverse_document_frequency
from kg.collection import Collection, Passage, gather_terms
from kg.dense import Encoder, Vectors, open_encoder
from kg.errors import CorpusError
from kg.terms import passage_terms
from kg.termvectors import TermVectors

Progress = Callable[[str, int, int], None]
_FRAGMENT = re.compile(r"[^。！？；;，,.!?]{8,80}")
_MOST_PAIRS = 120_000
_BATCH = 2_000
_LONGEST = 192  # terms of a passage that the training looks at


@dataclass(frozen=True, slots=True)
class Timing:
    """How large the run was and how long it took, in seconds and milliseconds a query."""

    passages: int
    queries: int
    index_s: float
    query_ms: float


def run_beir(folder: Path, run: Path, top: int, embedding_model: str, progress: Progress) -> Timing:
    """Writes a TREC run of the `top` best passages for every query. Raises CorpusError naming a wrong file and line."""
    passages, queries = read_passages(folder / "corpus.jsonl"), read_queries(folder / "queries.jsonl")
    start = time.perf_counter()
    collection = index_collection(passages, embedding_model, progress)
    built = time.perf_counter()
    try:
        _write_run(run, collection, queries, top, progress)
    except OSError as error:
        raise CorpusError(f"{run}: cannot be written ({error.strerror})") from error
    asked = time.perf_counter() - built
    return Timing(len(passages), len(queries), round(built - start, 2), round(1000 * asked / max(len(queries), 1), 3))


def index_collection(passages: Sequence[Passage], embedding_model: str, progress: Progress) -> Collection:
    """The collection, ready for questions, with the model that is set or, if that is empty, one trained on itself."""
    bags = gather_terms(_watched(passages, progress))
    if embedding_model:
        encoder = open_encoder(Path(), embedding_model)
        vectors = _embedded(passages, encoder, progress)
        return Collection(passages, bags, encoder, vectors)
    trained = _train(passages, bags, progress)
    return Collection(passages, bags, trained, trained.encode_bags(bags))


def _watched(passages: Sequence[Passage], progress: Progress) -> Iterator[Passage]:
    for nth, passage in enumerate(passages):
        if nth % _BATCH == 0:
            progress("index", nth, len(passages))
        yield passage
    progress("index", len(passages), len(passages))


def training_pairs(passages: Sequence[Passage], bags: Bags) -> Iterator[tuple[Ids, Ids]]:
    """Pairs that mean nearly the same, as term ids, from passages thinned out evenly where a collection is large."""
    step = max(1, round(4 * len(passages) / _MOST_PAIRS))
    for nth, (passage, following) in enumerate(pairwise([*range(len(passages)), -1])):
        if nth % step:
            continue
        of, whole = passages[passage], bags[passage]
        if of.title:
            yield _ids(of.title, bags), _ids(of.text, bags)
        if following >= 0:
            yield whole, bags[following]
        yield from ((_ids(fragment, bags), whole) for fragment in _FRAGMENT.findall(of.text)[:2])


def _train(passages: Sequence[Passage], bags: Bags, progress: Progress) -> TermVectors:
    from ingest.training import COLLECTION_VOCABULARY, collection_plan, train_bags

    idf = inverse_document_frequency(bags.counts())
    kept = np.sort(np.argsort(idf, kind="stable")[:COLLECTION_VOCABULARY]).astype(np.int32)
    rows = np.full(len(idf), -1, dtype=np.int32)
    rows[kept] = np.arange(len(kept))
    mapped = ((_mapped(one, rows), _mapped(other, rows)) for one, other in training_pairs(passages, bags))
    pairs = [pair for pair in mapped if len(pair[0]) and len(pair[1])]
    vectors = train_bags(pairs, idf[kept], collection_plan(len(pairs)), lambda done, of: progress("train", done, of))
    return TermVectors(bags.vocabulary, kept, vectors)


def _mapped(ids: Ids, rows: Ids) -> Ids:
    found = rows[ids[:_LONGEST]]
    return found[found >= 0]


def _embedded(passages: Sequence[Passage], encoder: Encoder, progress: Progress) -> Vectors:
    parts = []
    for at in range(0, len(passages), _BATCH):
        progress("embed", at, len(passages))
        parts.append(encoder.encode([p.whole for p in passages[at : at + _BATCH]]))
    progress("embed", len(passages), len(passages))
    return np.concatenate(parts)


def _ids(text: str, bags: Bags) -> Ids:
    known = bags.vocabulary
    return np.array([known[term] for term in passage_terms(text) if term in known], dtype=np.int32)


def _write_run(
    run: Path, collection: Collection, queries: Sequence[tuple[str, str]], top: int, progress: Progress
) -> None:
    with run.open("w", encoding="utf-8") as out:
        for nth, (query_id, text) in enumerate(queries):
            if nth % 50 == 0:
                progress("search", nth, len(queries))
            for rank, hit in enumerate(collection.search(text, top), 1):
                out.write(f"{query_id} Q0 {hit.id} {rank} {hit.score:.6f} guidegraph\n")
    progress("search", len(queries), len(queries))
