"""Any sentence-transformers model as an encoder. The one module of the question path that imports torch."""

from __future__ import annotations

from collections.abc import Sequence

from sentence_transformers import SentenceTransformer

from kg.dense import Vectors, normalised


class TransformerEncoder:
    """A model by hub name (BAAI/bge-m3) or folder."""

    def __init__(self, model: str) -> None:
        self._model = SentenceTransformer(model, device="cpu")

    def encode(self, texts: Sequence[str]) -> Vectors:
        return normalised(self._model.encode(list(texts), show_progress_bar=False, convert_to_numpy=True))
