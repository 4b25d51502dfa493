"""Dense retrieval: the static model, and any sentence-transformers model in its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from ingest.pipeline import build
from ingest.training import TrainingPlan, train_static
from kg.assistant import Assistant
from kg.dense import DenseIndex, StaticEncoder, normalised, open_encoder
from kg.errors import SnapshotError
from kg.settings import Settings
from tests.conftest import CORPUS, SLUGS

PAIRS = [("慢病毒载体", "lentiviral vector"), ("随访", "follow-up"), ("腺相关病毒", "adeno-associated virus")] * 8


def test_training_is_the_same_twice_and_draws_pairs_together(tmp_path: Path) -> None:
    texts = [text for pair in PAIRS for text in pair]
    for name in ("one", "two"):
        train_static(texts, PAIRS, tmp_path / name, TrainingPlan(epochs=20, batch=3))
    assert (tmp_path / "one/model.safetensors").read_bytes() == (tmp_path / "two/model.safetensors").read_bytes()
    vectors = StaticEncoder(tmp_path / "one").encode(["慢病毒载体", "lentiviral vectors", "follow-up"])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_search_gives_the_nearest_first(tmp_path: Path) -> None:
    vectors = normalised(np.eye(4, 8) + 0.01)
    DenseIndex.build(tmp_path, [(f"e{n}", (f"t{n}",)) for n in range(4)], vectors)
    hits = DenseIndex(tmp_path).search(vectors[2:3], 2)
    assert (hits[0].id, hits[0].targets) == ("e2", ("t2",))
    assert hits[0].score >= hits[1].score


def small_transformer(folder: Path) -> Path:
    """A tiny BERT with random weights, saved as sentence-transformers saves one."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    base = folder / "bert"
    base.mkdir(parents=True)
    characters = sorted({c for slug in SLUGS[:1] for c in (CORPUS / "guidelines" / slug / "source.txt").read_text()})
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *(c for c in characters if not c.isspace())]
    (base / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(str(base / "vocab.txt")).save_pretrained(base)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(base)
    module = Transformer(str(base), max_seq_length=64)
    model = SentenceTransformer(modules=[module, Pooling(module.get_embedding_dimension())], device="cpu")
    model.save(str(folder / "model"))
    return folder / "model"


def test_another_model_takes_the_place_of_the_trained_one(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(CORPUS / "guidelines" / SLUGS[1], corpus / "guidelines" / SLUGS[1])
    (corpus / "guidelines" / SLUGS[1] / "questions.jsonl").unlink()
    shutil.copytree(CORPUS / "vocabulary", corpus / "vocabulary")
    shutil.copy(CORPUS / "ontology.ttl", corpus)
    model = small_transformer(tmp_path / "small")
    snapshot = build(Settings(corpus, tmp_path / "data", str(model)))
    assert snapshot.manifest.embedding_model == str(model)
    answer = Assistant.open(tmp_path / "data").ask("CAR-T 的患者提示卡包括什么？")
    assert any("患者提示卡" in c.quote for c in answer.citations[:3])


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="no-such-model"):
        open_encoder(tmp_path, str(tmp_path / "no-such-model"))
