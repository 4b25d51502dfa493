"""The indexes of a snapshot, opened together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.dense import DenseIndex, Encoder, open_encoder
from kg.lexical import LexicalIndex

DENSE_PARTS = ("sentences", "chunks", "questions", "unanswered")


@dataclass(frozen=True, slots=True)
class Indexes:
    """The lexical index, the vectors of sentences, chunks and questions (answered or not), and the encoder that made them."""

    lexical: LexicalIndex
    encoder: Encoder
    sentences: DenseIndex
    chunks: DenseIndex
    questions: DenseIndex
    unanswered: DenseIndex


def open_indexes(folder: Path, model: str) -> Indexes:
    """The indexes below a folder: lexical/, dense/sentences/, dense/chunks/, dense/questions/, dense/unanswered/, dense/model/."""
    dense = folder / "dense"
    parts = [DenseIndex(dense / name) for name in DENSE_PARTS]
    return Indexes(LexicalIndex(folder / "lexical"), open_encoder(dense, model), *parts)
