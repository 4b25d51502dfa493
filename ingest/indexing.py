"""Making a snapshot's indexes, and learning from the corpus's own questions how to use them.

Everything is made twice: first without a fifth of the questions (the rehearsal, in a folder that is thrown away), to learn
ranking and abstention on questions that the indexes have not seen; then from all of them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

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
from ingest.learning import Learner, Lesson, split
from kg import codec
from kg.abstention import START as START_JUDGE
from kg.abstention import Gauge, Judge
from kg.books import Library
from kg.dense import STATIC, DenseIndex, Encoder, model_folder, open_encoder
from kg.indexes import Indexes, open_indexes
from kg.lexical import LexicalIndex
from kg.model import Concept, Document
from kg.ranking import UNTAUGHT, Ranker
from kg.register import Register
from kg.retrieval import Retriever
from kg.understanding import understand
from kg.vocabulary import Vocabulary

Progress = Callable[[str, int, int], None]
_ENOUGH_QUESTIONS = 200


def index(
    folder: Path,
    corpus: Corpus,
    documents: Sequence[Document],
    concepts: Sequence[Concept],
    embedding_model: str,
    progress: Progress,
) -> None:
    """Writes lexical/, dense/, ranker.json and judge.json into a snapshot's folder."""
    questions = asked(documents, corpus.cross_questions)
    ranker, judge = _rehearse(corpus, documents, concepts, questions, embedding_model, progress)
    unanswered = not_answered(corpus.unanswerable)
    _make(folder, documents, concepts, questions, unanswered, embedding_model, lambda n, of: progress("train", n, of))
    (folder / "ranker.json").write_bytes(codec.encode(ranker))
    (folder / "judge.json").write_bytes(codec.encode(judge))


def _rehearse(
    corpus: Corpus,
    documents: Sequence[Document],
    concepts: Sequence[Concept],
    questions: Sequence[Asked],
    embedding_model: str,
    progress: Progress,
) -> tuple[Ranker, Judge]:
    """What held-out questions teach; the starting values where a corpus has too few questions to learn from."""
    kept, held = split(questions)
    unanswered = not_answered(corpus.unanswerable)
    if len(held) * len(unanswered) < _ENOUGH_QUESTIONS:
        return UNTAUGHT, START_JUDGE
    with tempfile.TemporaryDirectory() as name:
        indexes = _make(
            Path(name),
            documents,
            concepts,
            kept,
            unanswered,
            embedding_model,
            lambda n, of: progress("rehearse", n, of),
        )
        by_slug = {d.slug: d for d in documents}
        library, vocabulary = Library(by_slug.__getitem__), Vocabulary(concepts)
        register = Register(((d.slug, d.metadata) for d in documents), vocabulary)
        learner = Learner(
            lambda ranker: Retriever(vocabulary, indexes, library, ranker),
            Gauge(vocabulary, indexes, library, {d.metadata.issuer for d in documents}),
            lambda text, lang: understand(text, vocabulary, register, lang),
        )
        lesson = Lesson(kept, held, unanswered, strangers(corpus.calibration))
        return learner.learn(lesson, lambda n, of: progress("learn", n, of))


def _make(
    folder: Path,
    documents: Sequence[Document],
    concepts: Sequence[Concept],
    questions: Sequence[Asked],
    unanswered: Sequence[Asked],
    embedding_model: str,
    progress: Callable[[int, int], None],
) -> Indexes:
    """The lexical index, the embedding (trained unless one is set) and the vectors, below a folder."""
    LexicalIndex.build(folder / "lexical", entries(documents, questions))
    dense = folder / "dense"
    if not embedding_model:
        from ingest.training import train_static

        progress(0, 1)
        texts = training_texts(documents, concepts, [*questions, *unanswered])
        train_static(texts, training_pairs(documents, concepts, questions), model_folder(dense), progress=progress)
    model = embedding_model or STATIC
    encoder = open_encoder(dense, model)
    for part, rows in (
        ("sentences", sentence_rows(documents)),
        ("chunks", chunk_rows(documents)),
        ("questions", question_rows(questions)),
        ("unanswered", question_rows(unanswered)),
    ):
        _embed(dense / part, rows, encoder)
    return open_indexes(folder, model)


def _embed(folder: Path, rows: Sequence[tuple[Row, str]], encoder: Encoder) -> None:
    texts = [text for _, text in rows] or [""]
    DenseIndex.build(folder, [row for row, _ in rows], encoder.encode(texts)[: len(rows)])
