"""Draws statements to be read by a person: a fresh seed each time, so that rules are never judged by what they were mended by.

usage: python -m benchmarks.sample SEED FILE.jsonl [COUNT]

A row has the statement, the text of its sentence and clause, and an empty verdict (right or wrong, of subject, relation,
object and strength together). Names and citations, which are nearly always right, are at most 20.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.corpus import read_corpus
from ingest.pipeline import name_concepts, parse, state
from kg.contract import fact_json
from kg.model import Document
from kg.vocabulary import Vocabulary

_COUNT, _MOST_NAMES = 150, 20
_NAMING = frozenset({"abbreviation_of", "cites"})


def main() -> None:
    seed, path = int(sys.argv[1]), Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else _COUNT
    corpus = read_corpus(Path("corpus"))
    parsed = [parse(source) for source in corpus.sources]
    documents, concepts = state(parsed, name_concepts(corpus, parsed), lambda *_: None)
    rows = [row for d in documents for row in _rows(d, Vocabulary(concepts), seed)]
    random.Random(seed).shuffle(rows)
    names = [r for r in rows if r["relation"] in _NAMING][:_MOST_NAMES]
    drawn = [r for r in rows if r["relation"] not in _NAMING or r in names][:count]
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in drawn), encoding="utf-8")


def _rows(document: Document, vocabulary: Vocabulary, seed: int) -> Iterator[dict[str, Any]]:
    sentences = {s.id: s.span.of(document.text) for s in document.sentences}
    titles = {c.id: c.title for c in document.clauses}
    parents = {c.id: c.parent_id for c in document.clauses}
    for statement in document.statements:
        fact = fact_json(document, statement, vocabulary)
        headings, clause = [], statement.clause_id
        while clause:
            headings.insert(0, titles[clause])
            clause = parents[clause] or ""
        ends = {name: {"iri": fact[name]["iri"], "label": fact[name]["label"]} for name in ("subject", "object")}
        yield {
            "seed": seed, "document": document.slug, "clause_id": statement.clause_id, "relation": statement.relation,
            "strength": statement.strength, "condition": statement.condition, "exception": statement.exception,
            "rule": statement.rule, **ends, "headings": [h for h in headings if h],
            "sentence": sentences[statement.sentence_id], "quote": fact["quote"],
            "clause": " ".join(s.span.of(document.text) for s in document.sentences if s.clause_id == statement.clause_id),
            "verdict": "",
        }  # fmt: skip


if __name__ == "__main__":
    main()
