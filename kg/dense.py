"""The dense index: FAISS over vectors of sentences, chunks and questions, and the encoder that makes a question's vector.

The default encoder is a static embedding trained on the corpus at build time; model2vec runs it without torch. Any
sentence-transformers model can take its place (`kg.transformer` holds the only import of torch at question time).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from kg.errors import SnapshotError
from kg.text import guideline_of, tokens

Vectors = NDArray[np.float32]
STATIC = "static"
_IDS, _INDEX, _MODEL = "entries.tsv", "index.faiss", "model"


class Encoder(Protocol):
    """Texts to unit vectors, float32, shape (number of texts, dimension)."""

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class StaticEncoder:
    """A mean of token vectors, over the tokens of `kg.text`."""

    def __init__(self, folder: Path) -> None:
        from model2vec import StaticModel

        self._model = StaticModel.from_pretrained(str(folder))

        self._last: tuple[tuple[str, ...], Vectors] | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts; those of the last call are kept, since one question is looked for in several indexes."""
        asked, last = tuple(texts), self._last
        if last is None or last[0] != asked:
            joined = [" ".join(tokens(text)) or "∅" for text in asked]
            vectors = normalised(self._model.encode(joined, use_multiprocessing=False, max_length=None))
            self._last = last = (asked, vectors)
        return last[1]


class DenseHit(NamedTuple):
    """A vector's entry with its cosine to the question; hundreds are made for a question, so it is a tuple."""

    id: str
    targets: tuple[str, ...]
    score: float


class DenseIndex:
    """Vectors of entries, each with its id and its targets; search is exact inner product on unit vectors."""

    def __init__(self, folder: Path) -> None:
        self._rows = (folder / _IDS).read_text(encoding="utf-8").splitlines()
        self._index = faiss.read_index(str(folder / _INDEX))

    @classmethod
    def build(cls, folder: Path, rows: Sequence[tuple[str, tuple[str, ...]]], vectors: Vectors) -> None:
        """Writes the index of vectors, shape (number of rows, dimension), unit length; a row is an id and its targets."""
        folder.mkdir(parents=True, exist_ok=True)
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(folder / _INDEX))
        text = "".join(f"{entry_id}\t{' '.join(targets)}\n" for entry_id, targets in rows)
        (folder / _IDS).write_text(text, encoding="utf-8")

    def search(self, vector: Vectors, limit: int, within: Collection[str] = ()) -> list[DenseHit]:
        """The nearest entries of a unit vector, shape (1, dimension), nearest first; of some guidelines only if any are given."""
        if not self._rows:
            return []
        params = faiss.SearchParameters(sel=self._selector(within)) if within else None  # type: ignore[call-arg]
        scores, places = self._index.search(vector, min(limit, self._index.ntotal), params=params)
        pairs = zip(scores[0].tolist(), places[0].tolist(), strict=True)
        return [DenseHit(*_entry(self._rows[p]), score) for score, p in pairs if p >= 0]

    @cached_property
    def _rows_of(self) -> dict[str, list[int]]:
        """Rows by the guidelines that their targets stand in."""
        out: dict[str, list[int]] = {}
        for row, line in enumerate(self._rows):
            for slug in dict.fromkeys(guideline_of(target) for target in _entry(line)[1]):
                out.setdefault(slug, []).append(row)
        return out

    def _selector(self, guidelines: Collection[str]) -> faiss.IDSelector:
        rows = sorted({row for slug in guidelines for row in self._rows_of.get(slug, ())})
        return faiss.IDSelectorBatch(np.array(rows, dtype=np.int64))


def _entry(line: str) -> tuple[str, tuple[str, ...]]:
    """An entry's id and targets, taken apart when it is found: of a large library, few ever are."""
    entry_id, _, targets = line.partition("\t")
    return entry_id, tuple(targets.split(" "))


def normalised(vectors: NDArray[np.floating]) -> Vectors:
    """Rows scaled to unit length; a zero row stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def model_folder(folder: Path) -> Path:
    """Where a snapshot's static model stands below its dense folder."""
    return folder / _MODEL


def open_encoder(folder: Path, model: str) -> Encoder:
    """The encoder of a snapshot: its own static one, or the sentence-transformers model that it was built with."""
    if model == STATIC:
        return StaticEncoder(model_folder(folder))
    try:
        from kg.transformer import TransformerEncoder

        return TransformerEncoder(model)
    except (ImportError, OSError, ValueError) as error:
        raise SnapshotError(f"the embedding model {model} cannot be loaded: {str(error).splitlines()[0]}") from error
