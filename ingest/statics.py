"""The static embedding as files that model2vec and sentence-transformers both read, and words that come to it later."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from model2vec import StaticModel
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

from kg.dense import Vectors
from kg.text import tokens

UNKNOWN = "∅"
_RARE = 9.0  # about the inverse document frequency of a word that one text in ten thousand holds


def tokenizer_of(vocabulary: Iterable[str]) -> Tokenizer:
    """A tokenizer whose words are the tokens of `kg.text`, by spaces; the first one stands for all that it does not know."""
    tokenizer = Tokenizer(WordLevel({token: i for i, token in enumerate(vocabulary)}, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    return tokenizer


def save_static(tokenizer: Tokenizer, vectors: Vectors, folder: Path) -> None:
    """As model2vec saves a model; sentence-transformers loads the same folder through StaticEmbedding.from_model2vec."""
    StaticModel(vectors, tokenizer, normalize=False, max_length=None).save_pretrained(str(folder))
    (folder / "README.md").unlink(missing_ok=True)  # a model card that names the moment it was made


def widen(folder: Path, texts: Iterable[str]) -> None:
    """Gives the words of texts that a saved embedding does not know a vector each, after those that it has.

    The vector is drawn by the word itself, so that it is the same in whatever order words come.
    """
    model = StaticModel.from_pretrained(str(folder))
    known = model.tokenizer.get_vocab()
    new = sorted({token for text in texts for token in tokens(text)} - known.keys())
    if new:
        vectors = np.asarray(model.embedding, dtype=np.float32)
        rows = np.stack([_drawn(token, vectors.shape[1]) for token in new])
        words = [*sorted(known, key=known.__getitem__), *new]
        save_static(tokenizer_of(words), np.concatenate([vectors, rows]), folder)


def _drawn(token: str, dimension: int) -> NDArray[np.float32]:
    """A random direction with the length of a rare word, as training starts from."""
    seed = int.from_bytes(hashlib.sha256(token.encode()).digest()[:8])
    noise = np.random.default_rng(seed).standard_normal(dimension)
    return (noise / math.sqrt(dimension) * _RARE).astype(np.float32)
