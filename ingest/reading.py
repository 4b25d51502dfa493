"""From a file as read to its clause tree: clean, find paragraphs, find clauses. Each step is a module of that name."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ingest.clauses import ClauseTree, clause_tree
from ingest.lines import content_lines
from ingest.paragraphs import paragraphs
from ingest.readers import SourceText
from ingest.sentences import sentences
from kg.model import Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's structure; `lines` are the numbers to cite by, pairs (offset in the file, number)."""

    tree: ClauseTree
    lines: tuple[tuple[int, int], ...]
    sentences: tuple[Sentence, ...]


def structure(slug: str, source: SourceText) -> Reading:
    """The clause tree and sentences of a source. Takes time in proportion to its length."""
    with _uncollected():
        lines, numbers = content_lines(source)
        tree = clause_tree(slug, paragraphs(lines))
        return Reading(tree, numbers, sentences(tree))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keeps the collector of reference cycles still: there are none, and looking for them costs half of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
