"""Strength against 200 sentences labelled by hand, and at a place inside a sentence."""

from __future__ import annotations

import doctest
import json
from pathlib import Path

import ingest.strength
from ingest.strength import strength_of

LABELLED = Path(__file__).parent.parent / "data" / "strength_sentences.jsonl"


def test_macro_f1() -> None:
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 200
    pairs = [(row["strength"], strength_of(row["text"])) for row in rows]
    scores = []
    for label in ("must", "should", "encouraged", "may", "not", "statement"):
        hit = sum(a == b == label for a, b in pairs)
        scores.append(2 * hit / (sum(a == label for a, _ in pairs) + sum(b == label for _, b in pairs)))
    assert sum(scores) / len(scores) >= 0.93


def test_docstrings_run() -> None:
    assert doctest.testmod(ingest.strength).failed == 0
