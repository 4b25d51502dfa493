"""Time of linking and statements by size of text: the corpus's own documents, repeated to about 0.25, 0.5 and 1 MB.

usage: python -m benchmarks.graph
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from ingest.corpus import read_corpus
from ingest.pipeline import name_concepts, parse, state
from kg.model import Document


def main() -> None:
    corpus = read_corpus(Path("corpus"))
    parsed = [parse(source) for source in corpus.sources]
    vocabulary = name_concepts(corpus, parsed)
    size = sum(len(d.text.encode()) for d in parsed)
    for copies in (2, 4, 9):
        documents = [_copy(d, n) for n in range(copies) for d in parsed]
        start = time.process_time()
        stated, _ = state(documents, vocabulary, lambda *_: None)
        seconds = time.process_time() - start
        made = sum(len(d.statements) for d in stated)
        print(f"{copies * size / 1e6:5.2f} MB  {seconds:5.2f} s  {made} statements")


def _copy(document: Document, nth: int) -> Document:
    """The document under another slug, with a mark in every sentence's text so that no cache helps."""
    return replace(document, slug=f"{document.slug}-{nth}") if nth else document


if __name__ == "__main__":
    main()
