"""Training the static embedding on the corpus itself. The one module of a default build that imports torch.

Pairs that mean the same (heading and clause, question and clause, Chinese sentence and its English reading, labels of one
concept, neighbouring sentences) are drawn together, all others of a batch apart (multiple negatives ranking loss, Henderson
et al., 2017). Token vectors start at random with the length of their inverse document frequency, so that words no pair
touches still count as what they are. Training is wide, so that words that start at random get less in each other's way; what
is kept are the principal directions of the texts, in which nearly all that was learned lies (on the development, held-out and
further questions, two to three seeds: reciprocal rank of the evidence 0.962 against 0.954 for 160 trained as such). Seeded, one
thread, so that two builds give the same bytes.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding

from ingest.statics import UNKNOWN, save_static, tokenizer_of
from kg.bags import Ids
from kg.dense import normalised
from kg.text import tokens

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """How the embedding is trained: `scale` is the inverse temperature of the loss, `vocabulary` the most tokens that get a
    vector of their own, the most frequent ones, `kept` the principal directions that remain of `dimension`."""

    dimension: int = 640
    kept: int = 192
    epochs: int = 4
    batch: int = 256
    rate: float = 0.03
    scale: float = 16.0
    seed: int = 20240701
    vocabulary: int = 200_000


COLLECTION_VOCABULARY = 60_000
_STEPS, _MOST_EPOCHS = 250, 40


def train_static(
    texts: Sequence[str],
    pairs: Sequence[Pair],
    folder: Path,
    plan: TrainingPlan | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Trains on pairs and writes the model where model2vec and sentence-transformers both read it."""
    plan = plan or TrainingPlan()
    _be_deterministic(plan.seed)
    documents = [tokens(text) for text in texts]
    module = _start(documents, plan)
    module.embedding.sparse = True  # a batch touches few of the words
    model = SentenceTransformer(modules=[module], device="cpu")
    _fit(model, [(" ".join(tokens(a)), " ".join(tokens(b))) for a, b in pairs], plan, progress)
    vectors = module.embedding.weight.detach().numpy()
    save_static(module.tokenizer, _narrowed(vectors, documents, module.tokenizer.get_vocab(), plan.kept), folder)


def _narrowed(
    vectors: NDArray[np.float32], documents: Sequence[Sequence[str]], rows: Mapping[str, int], kept: int
) -> NDArray[np.float32]:
    """Token vectors in the principal directions of the texts' unit vectors, shape (tokens, at most `kept`)."""
    bags = [[rows[token] for token in document if token in rows] for document in documents]
    held = [bag for bag in bags if bag]
    if not held or kept >= vectors.shape[1]:
        return vectors.astype(np.float32)
    texts = normalised(np.stack([vectors[bag].mean(axis=0) for bag in held])).astype(np.float64)
    _, directions = np.linalg.eigh(texts.T @ texts)
    return np.asarray(vectors @ directions[:, : -kept - 1 : -1], dtype=np.float32)


def _be_deterministic(seed: int) -> None:
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)


def _start(documents: Sequence[Sequence[str]], plan: TrainingPlan) -> StaticEmbedding:
    """The untrained embedding: a word-level tokenizer over all tokens, vectors at random scaled by idf."""
    frequency = Counter(token for document in documents for token in set(document))
    kept = sorted(sorted(frequency, key=lambda t: (-frequency[t], t))[: plan.vocabulary])
    vocabulary = [UNKNOWN, *kept]
    idf = np.array([0.01, *(math.log(1 + len(documents) / frequency[t]) for t in kept)])
    noise = np.random.default_rng(plan.seed).standard_normal((len(vocabulary), plan.dimension))
    weights = noise / math.sqrt(plan.dimension) * idf[:, None]
    return StaticEmbedding(tokenizer_of(vocabulary), embedding_weights=weights.astype(np.float32))


def _fit(
    model: SentenceTransformer,
    pairs: Sequence[Pair],
    plan: TrainingPlan,
    progress: Callable[[int, int], None],
) -> None:
    usable = [(a, b) for a, b in pairs if a and b]
    if len(usable) < 2:
        return
    loss = MultipleNegativesRankingLoss(model, scale=plan.scale)
    optimiser: torch.optim.Optimizer = torch.optim.SparseAdam(list(model.parameters()), lr=plan.rate)
    shuffle = random.Random(plan.seed)  # noqa: S311 - shuffling, not secrecy
    for epoch in range(plan.epochs):
        shuffle.shuffle(usable)
        for start in range(0, len(usable), plan.batch):
            batch = usable[start : start + plan.batch]
            features = [model.preprocess([pair[side] for pair in batch]) for side in (0, 1)]
            optimiser.zero_grad()
            loss(features, torch.zeros(len(batch))).backward()
            optimiser.step()
        progress(epoch + 1, plan.epochs)


def collection_plan(pairs: int) -> TrainingPlan:
    """The plan for a collection: large batches, and rounds enough for about 250 of them, 2 to 40."""
    batch = 512
    epochs = min(_MOST_EPOCHS, max(2, round(_STEPS * batch / max(pairs, 1))))
    return TrainingPlan(dimension=128, epochs=epochs, batch=batch, vocabulary=COLLECTION_VOCABULARY)


def train_bags(
    pairs: Sequence[tuple[Ids, Ids]],
    idf: NDArray[np.float32],
    plan: TrainingPlan,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> NDArray[np.float32]:
    """Vectors of terms, a row each, trained on pairs of bags of term ids by the same loss; for a collection of any size."""
    _be_deterministic(plan.seed)
    noise = np.random.default_rng(plan.seed).standard_normal((len(idf), plan.dimension), dtype=np.float32)
    start = torch.from_numpy(noise * idf[:, None] / np.float32(math.sqrt(plan.dimension)))
    bag = torch.nn.EmbeddingBag.from_pretrained(start, freeze=False, mode="mean")
    optimiser = torch.optim.Adam(bag.parameters(), lr=plan.rate)
    order = np.random.default_rng(plan.seed)
    steps = -(-len(pairs) // plan.batch)
    for epoch in range(plan.epochs):
        shuffled = order.permutation(len(pairs))
        for step in range(steps):
            progress(epoch * steps + step, plan.epochs * steps)
            batch = [pairs[n] for n in shuffled[step * plan.batch : (step + 1) * plan.batch]]
            _draw_together(bag, optimiser, batch, plan.scale)
    progress(plan.epochs * steps, plan.epochs * steps)
    return np.asarray(bag.weight.detach().numpy(), dtype=np.float32)


def _draw_together(
    bag: torch.nn.EmbeddingBag, optimiser: torch.optim.Optimizer, batch: Sequence[tuple[Ids, Ids]], scale: float
) -> None:
    """One step: each pair's two sides together, the other pairs of the batch apart."""
    optimiser.zero_grad()
    ones, others = (_unit(bag, [pair[side] for pair in batch]) for side in (0, 1))
    loss: Any = torch.nn.functional.cross_entropy(scale * ones @ others.T, torch.arange(len(batch)))
    loss.backward()
    optimiser.step()


def _unit(bag: torch.nn.EmbeddingBag, texts: Sequence[Ids]) -> torch.Tensor:
    starts = np.cumsum([0, *(len(text) for text in texts[:-1])])
    vectors = bag(torch.from_numpy(np.concatenate(texts).astype(np.int64)), torch.from_numpy(starts))
    return torch.nn.functional.normalize(vectors)
