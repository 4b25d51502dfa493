"""Making a snapshot's indexes, and learning from the corpus's own questions how to use them.

Where it has to be learned, everything is made twice: first without a fifth of the questions (the rehearsal, in a folder that is
thrown away), to learn ranking and abstention on questions that the indexes have not seen; then from all of them. Where
embedding, ranker and judge are kept, only the vectors of new texts are made.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ingest.cache import Cache, digest
from ingest.corpus import Corpus
from ingest.indexes import (
    Asked,
    Row,
    asked,
    chunk_rows,
    entries,
    not_answered,
    question_rows,
    sentence_rows,
    strangers,
    training_pairs,
    training_texts,
)
from ingest.keeping import Kept
from ingest.learning import Learner, Lesson, split
from ingest.progress import Progress
from kg import codec
from kg.abstention import START as START_JUDGE
from kg.abstention import Gauge, Judge
from kg.books import CROSS, Library
from kg.dense import STATIC, DenseIndex, Encoder, Vectors, model_folder, open_encoder
from kg.indexes import DENSE_PARTS, Indexes, open_indexes
from kg.lexical import LexicalIndex
from kg.model import Concept, Document
from kg.ranking import UNTAUGHT, Ranker
from kg.rarity import Rarity
from kg.register import Register
from kg.retrieval import Retriever
from kg.snapshot import LIBRARY, Learned
from kg.text import guideline_of
from kg.understanding import understand
from kg.vocabulary import Vocabulary

_ENOUGH_QUESTIONS = 200
_PROBE = "罕见病基因治疗 long-term follow-up"
Rows = dict[str, list[tuple[Row, str]]]


@dataclass(frozen=True, slots=True)
class Material:
    """What is indexed, and the questions that are learned from: answered, not answered, and asked by strangers."""

    documents: Sequence[Document]
    concepts: Sequence[Concept]
    questions: Sequence[Asked]
    unanswered: Sequence[Asked]
    strangers: Sequence[Asked]

    @classmethod
    def of(cls, corpus: Corpus, documents: Sequence[Document], concepts: Sequence[Concept]) -> Material:
        """The material of a corpus."""
        questions = asked(documents, corpus.cross_questions)
        return cls(documents, concepts, questions, not_answered(corpus.unanswerable), strangers(corpus.calibration))


def index(
    folder: Path, material: Material, embedding_model: str, basis: Kept | Learned, cache: Cache, progress: Progress
) -> Learned:
    """Writes lexical/, dense/, ranker.json and judge.json into a snapshot's folder.

    `basis` is what is taken over from an earlier snapshot, or what there is to learn from; returned is what was learned from.
    """
    cache.note("learn", LIBRARY, kept=isinstance(basis, Kept))
    if isinstance(basis, Kept):
        _take_over(folder, basis, material, embedding_model)
        learned = basis.learned
    else:
        ranker, judge = _rehearse(material, embedding_model, progress)
        (folder / "ranker.json").write_bytes(codec.encode(ranker))
        (folder / "judge.json").write_bytes(codec.encode(judge))
        _train(folder, material, embedding_model, lambda n, of: progress("train", n, of))
        learned = basis
    _fill(folder, material, embedding_model, digest(learned.guidelines, learned.rest), cache, progress)
    return learned


def _take_over(folder: Path, kept: Kept, material: Material, embedding_model: str) -> None:
    """Ranker, judge and embedding of an earlier snapshot; the embedding learns the words of the guidelines that are new."""
    for name in ("ranker.json", "judge.json"):
        shutil.copyfile(kept.folder / name, folder / name)
    if embedding_model:
        return
    from ingest.statics import widen

    model = model_folder(folder / "dense")
    shutil.copytree(model_folder(kept.folder / "dense"), model)
    new = [d for d in material.documents if d.slug not in kept.learned.guidelines]
    if new:
        slugs = {d.slug for d in new}
        questions = [q for q in material.questions if slugs.intersection(map(guideline_of, q.targets))]
        widen(model, training_texts(new, (), questions))


def _rehearse(material: Material, embedding_model: str, progress: Progress) -> tuple[Ranker, Judge]:
    """What held-out questions teach; the starting values where a corpus has too few questions to learn from."""
    kept, held = split(material.questions)
    if len(held) * len(material.unanswered) < _ENOUGH_QUESTIONS:
        return UNTAUGHT, START_JUDGE
    documents = material.documents
    with tempfile.TemporaryDirectory() as name:
        rehearsed = replace(material, questions=kept)
        _train(Path(name), rehearsed, embedding_model, lambda n, of: progress("rehearse", n, of))
        indexes = _fill(Path(name), rehearsed, embedding_model, "", Cache(), lambda *_: None)
        by_slug = {d.slug: d for d in documents}
        library, vocabulary = Library(by_slug.__getitem__), Vocabulary(material.concepts)
        rarity = Rarity(indexes.lexical)
        register = Register(((d.slug, d.metadata) for d in documents), vocabulary)
        learner = Learner(
            lambda ranker: Retriever(vocabulary, indexes, library, ranker, rarity),
            Gauge(vocabulary, indexes, library, rarity, {d.metadata.issuer for d in documents}),
            lambda text, lang: understand(text, vocabulary, register, lang),
        )
        lesson = Lesson(kept, held, material.unanswered, material.strangers)
        return learner.learn(lesson, lambda n, of: progress("learn", n, of))


def _train(folder: Path, material: Material, embedding_model: str, progress: Callable[[int, int], None]) -> None:
    """Trains the embedding below a folder, unless another one is set."""
    if embedding_model:
        return
    from ingest.training import train_static

    progress(0, 1)
    documents, concepts, questions = material.documents, material.concepts, material.questions
    texts = training_texts(documents, concepts, [*questions, *material.unanswered])
    pairs = training_pairs(documents, concepts, questions)
    train_static(texts, pairs, model_folder(folder / "dense"), progress=progress)


def _fill(
    folder: Path, material: Material, embedding_model: str, learned: str, cache: Cache, progress: Progress
) -> Indexes:
    """The lexical index and the vectors below a folder that holds the embedding; `learned` is the hash of its lesson."""
    LexicalIndex.build(folder / "lexical", entries(material.documents, material.questions))
    model = embedding_model or STATIC
    encoder = open_encoder(folder / "dense", model)
    key = digest(model, learned if model == STATIC else encoder.encode([_PROBE]).tobytes())
    parts: dict[str, list[tuple[list[Row], Vectors]]] = {part: [] for part in DENSE_PARTS}
    owners = [*material.documents, None]
    for nth, owner in enumerate(owners):
        progress("index", nth, len(owners))
        rows = _rows(owner, material)
        slug = owner.slug if owner else LIBRARY
        for part, vectors in _vectors(slug, rows, encoder, key, cache).items():
            parts[part].append(([row for row, _ in rows[part]], vectors))
    for part, found in parts.items():
        vectors = np.concatenate([v for _, v in found])
        DenseIndex.build(folder / "dense" / part, [row for rows, _ in found for row in rows], vectors)
    progress("index", len(owners), len(owners))
    return open_indexes(folder, model)


def _rows(owner: Document | None, material: Material) -> Rows:
    """What is embedded of one guideline by index, or of the library as a whole: questions over several, and those unanswered."""
    prefix = f"q:{owner.slug if owner else CROSS}:"
    own = [q for q in material.questions if q.id.startswith(prefix)]
    documents = [owner] if owner else []
    return {
        "sentences": sentence_rows(documents),
        "chunks": chunk_rows(documents),
        "questions": question_rows(own),
        "unanswered": [] if owner else question_rows(material.unanswered),
    }


def _vectors(slug: str, rows: Rows, encoder: Encoder, key: str, cache: Cache) -> dict[str, Vectors]:
    """The vectors of rows by index, encoded together, since what one batch holds may show in the last digits."""
    texts = [text for part in DENSE_PARTS for _, text in rows[part]]
    width = encoder.encode([_PROBE]).shape[1]

    def made() -> bytes:
        return encoder.encode(texts).astype(np.float32).tobytes() if texts else b""

    flat = cache.take("vectors", slug, digest(key, texts), made)
    vectors = np.frombuffer(flat, dtype=np.float32).reshape(len(texts), width)
    ends = np.cumsum([len(rows[part]) for part in DENSE_PARTS])
    return dict(zip(DENSE_PARTS, np.split(vectors, ends[:-1]), strict=True))
