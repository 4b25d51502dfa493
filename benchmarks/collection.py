"""Retrieval over collections against tantivy's BM25, in one run: recall, precision, time to index and time to ask.

The alternative gets the same help with language that is common practice: character uni- and bigrams for Chinese, tantivy's own
English stemmer for English. Without an argument it measures the readings of the corpus (its sentences, the questions written
for them) in both languages, and the time for 57,800 passages put together from them.

usage: python -m benchmarks.collection [FOLDER]     a collection in BEIR form with qrels/test.tsv
"""

from __future__ import annotations

import json
import math
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from ingest.beir import index_collection
from ingest.beirfiles import read_passages, read_queries
from kg.collection import Passage
from kg.terms import passage_terms
from kg.text import has_chinese

Judged = Mapping[str, frozenset[str]]
Search = Callable[[str], list[str]]
TOP = 10


@dataclass(frozen=True)
class Task:
    """Passages, questions by id, and the passages that answer each."""

    name: str
    passages: Sequence[Passage]
    questions: Sequence[tuple[str, str]]
    judged: Judged


def main() -> None:
    tasks = [folder_task(Path(sys.argv[1]))] if len(sys.argv) > 1 else [*corpus_tasks(), large_task()]
    print(f"{'':26}{'R@10':>8}{'MAP@10':>8}{'nDCG@10':>8}{'index s':>9}{'ms a question':>15}")
    for task in tasks:
        ours = measured(f"{task.name}, guidegraph", task, guidegraph)
        theirs = measured(f"{task.name}, tantivy", task, tantivy_bm25)
        ratios = [a / b if b else math.nan for a, b in zip(ours, theirs, strict=True)]
        shown = "".join(f"{'-' if math.isnan(r) else f'{r:.2f}':>8}" for r in ratios[:3])
        print(f"{'  ratio':26}{shown}{ratios[3]:9.1f}{ratios[4]:15.1f}")


def measured(name: str, task: Task, make: Callable[[Sequence[Passage]], Search]) -> list[float]:
    start = time.process_time()
    search = make(task.passages)
    built = time.process_time()
    found = {query: search(text) for query, text in task.questions}
    asked = 1000 * (time.process_time() - built) / max(len(found), 1)
    figures = [*quality(found, task.judged), built - start, asked]
    print(f"{name:26}" + "".join(f"{f:8.3f}" for f in figures[:3]) + f"{figures[3]:9.1f}{figures[4]:15.2f}", flush=True)
    return figures


def quality(found: Mapping[str, Sequence[str]], judged: Judged) -> tuple[float, float, float]:
    """Mean recall@10, MAP@10 and nDCG@10 over the judged questions, binary gains."""
    sums = [0.0, 0.0, 0.0]
    for query, right in judged.items():
        hits = [n for n, passage in enumerate(found.get(query, ())[:TOP], 1) if passage in right]
        most = min(len(right), TOP)
        sums[0] += len(hits) / len(right)
        sums[1] += sum(nth / rank for nth, rank in enumerate(hits, 1)) / most
        sums[2] += sum(1 / math.log2(r + 1) for r in hits) / sum(1 / math.log2(r + 1) for r in range(1, most + 1))
    size = max(len(judged), 1)
    return sums[0] / size, sums[1] / size, sums[2] / size


def guidegraph(passages: Sequence[Passage]) -> Search:
    collection = index_collection(passages, "", lambda *_: None)
    return lambda question: [hit.id for hit in collection.search(question, TOP)]


def tantivy_bm25(passages: Sequence[Passage]) -> Search:
    chinese = has_chinese(passages[0].whole)
    made = (lambda text: " ".join(passage_terms(text))) if chinese else (lambda text: text)
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="whitespace" if chinese else "en_stem")
    index = tantivy.Index(builder.build(), path=tempfile.mkdtemp())
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for passage in passages:
        writer.add_document(tantivy.Document(id=passage.id, text=made(passage.whole)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> list[str]:
        plain = "".join(c if c.isalnum() else " " for c in made(question).lower())
        query, _ = index.parse_query_lenient(plain, ["text"])
        return [str(searcher.doc(address)["id"][0]) for _, address in searcher.search(query, TOP).hits]

    return search


def folder_task(folder: Path) -> Task:
    judged: dict[str, set[str]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, passage, grade = line.split("\t")
        if int(grade) > 0:
            judged.setdefault(query, set()).add(passage)
    questions = [(key, text) for key, text in read_queries(folder / "queries.jsonl") if key in judged]
    frozen = {query: frozenset(right) for query, right in judged.items()}
    return Task(folder.name, read_passages(folder / "corpus.jsonl"), questions, frozen)


def corpus_tasks() -> list[Task]:
    folders = sorted(path.parent for path in Path("corpus/guidelines").glob("*/questions.jsonl"))
    sentences = [row for folder in folders for row in _rows(folder / "translation.en.jsonl")]
    written = [row for folder in folders for row in _rows(folder / "questions.jsonl")]
    known = {row["id"] for row in sentences}
    tasks = []
    for lang in ("zh", "en"):
        passages = [Passage(row["id"], "", row[lang]) for row in sentences]
        asked = {str(n): row for n, row in enumerate(written) if row["lang"] == lang}
        judged = {key: frozenset(row["sentences"]) & known for key, row in asked.items()}
        questions = [(key, row["question"]) for key, row in asked.items() if judged[key]]
        tasks.append(Task(f"corpus {lang}", passages, questions, {key: judged[key] for key, _ in questions}))
    return tasks


def large_task(size: int = 57_800) -> Task:
    """Passages of three parts of sentences each, for time only: nothing is judged."""
    draw = random.Random(0)
    texts = [passage.text for passage in corpus_tasks()[0].passages]
    parts = [part for text in texts for part in text.split("，") if part]
    passages = [Passage(str(n), f"指导原则第{n % 60 + 1}条", "，".join(draw.choices(parts, k=5))) for n in range(size)]
    return Task("57,800 passages", passages, corpus_tasks()[0].questions[:200], {})


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
