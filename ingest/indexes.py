"""From documents to what is indexed, and to the pairs that the embedding learns from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.corpus import CalibrationQuestion, CrossQuestion, Unanswerable
from kg.books import CROSS
from kg.lexical import Entry
from kg.model import Chunk, Concept, Document

Pair = tuple[str, str]
Row = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question written for the corpus with the id of its entry and the sentences that answer it."""

    id: str
    text: str
    lang: str
    intent: str
    targets: tuple[str, ...]


def asked(documents: Sequence[Document], cross: Sequence[CrossQuestion]) -> list[Asked]:
    """All questions of the corpus, those over several documents last."""
    out = [
        Asked(f"q:{document.slug}:{n}", q.question, q.lang, q.intent, q.sentences)
        for document in documents
        for n, q in enumerate(document.questions)
    ]
    return out + [Asked(f"q:{CROSS}:{n}", q.question, q.lang, q.intent, q.sentences) for n, q in enumerate(cross)]


def not_answered(rows: Sequence[Unanswerable]) -> list[Asked]:
    """The questions that the corpus is known not to answer; they have no targets."""
    return [Asked(f"u:{n}", row.question, row.lang, "", ()) for n, row in enumerate(rows)]


def strangers(rows: Sequence[CalibrationQuestion]) -> list[Asked]:
    """The calibration questions, without targets where nothing answers them."""
    return [Asked(f"s:{n}", row.question, row.lang, "", row.sentences) for n, row in enumerate(rows)]


def entries(documents: Sequence[Document], questions: Sequence[Asked]) -> Iterator[Entry]:
    """The lexical entries: sentences, chunks and questions."""
    for document in documents:
        concepts = _concepts(document)
        for sentence in document.sentences:
            if not sentence.heading:
                reading = document.translations.get(sentence.id, "")
                texts = {"sentence": sentence.span.of(document.text), "sentence_en": reading}
                yield Entry(sentence.id, (sentence.id,), texts | {"concepts": concepts.get(sentence.id, "")})
        for chunk in document.chunks:
            text = {"chunk": chunk.span.of(document.text), "chunk_en": english(document, chunk)}
            yield Entry(chunk.id, chunk.sentence_ids, text | {"heading": heading_text(document, chunk)})
    yield from (Entry(q.id, q.targets, {"question": q.text}) for q in questions)


def _concepts(document: Document) -> dict[str, str]:
    """The concepts that each sentence names, as one text of IRIs."""
    named: dict[str, set[str]] = {}
    for mention in document.mentions:
        named.setdefault(mention.sentence_id, set()).add(mention.concept)
    return {sentence_id: " ".join(sorted(iris)) for sentence_id, iris in named.items()}


def sentence_rows(documents: Sequence[Document]) -> list[tuple[Row, str]]:
    """What is embedded of each sentence: its text and its English reading, under its id."""
    return [
        ((s.id, (s.id,)), f"{s.span.of(d.text)} {d.translations.get(s.id, '')}")
        for d in documents
        for s in d.sentences
        if not s.heading
    ]


def chunk_rows(documents: Sequence[Document]) -> list[tuple[Row, str]]:
    """What is embedded of each chunk: its headings, its text and its English reading, for its sentences."""
    return [((c.id, c.sentence_ids), chunk_text(d, c)) for d in documents for c in d.chunks]


def question_rows(questions: Sequence[Asked]) -> list[tuple[Row, str]]:
    return [((q.id, q.targets), q.text) for q in questions]


def chunk_text(document: Document, chunk: Chunk) -> str:
    return f"{heading_text(document, chunk)} {chunk.span.of(document.text)} {english(document, chunk)}"


def heading_text(document: Document, chunk: Chunk) -> str:
    return " ".join((document.metadata.title_zh, *chunk.headings))


def english(document: Document, chunk: Chunk) -> str:
    """The English reading of a chunk, '' where there is none."""
    return " ".join(filter(None, (document.translations.get(s, "") for s in chunk.sentence_ids)))


def training_texts(documents: Sequence[Document], concepts: Sequence[Concept], questions: Sequence[Asked]) -> list[str]:
    """Every text whose tokens the embedding must know."""
    out = [label.text for concept in concepts for label in concept.labels]
    for document in documents:
        out += [chunk_text(document, chunk) for chunk in document.chunks]
        out += [s.span.of(document.text) for s in document.sentences]
        out += [document.translations[i] for i in sorted(document.translations)]
    return out + [q.text for q in questions]


def training_pairs(
    documents: Sequence[Document], concepts: Sequence[Concept], questions: Sequence[Asked]
) -> list[Pair]:
    """Pairs that mean the same, in a fixed order."""
    out = [pair for concept in concepts for pair in _label_pairs(concept)]
    texts = {s.id: s.span.of(d.text) for d in documents for s in d.sentences}
    for document in documents:
        out += [(texts[i], document.translations[i]) for i in sorted(document.translations)]
        out += [(c.headings[-1], c.span.of(document.text)) for c in document.chunks if c.headings]
        ids = [s.id for s in document.sentences]
        out += [(texts[a], texts[b]) for a, b in pairwise(ids) if a.split("/")[0] == b.split("/")[0]]
    out += [(q.text, " ".join(texts[s] for s in q.targets)) for q in questions]
    return out + list(_question_pairs(questions))


def _question_pairs(questions: Sequence[Asked]) -> Iterator[Pair]:
    """Neighbouring questions with the same answer, so that ways of asking meet, over languages too."""
    by_target: dict[str, list[Asked]] = {}
    for question in questions:
        by_target.setdefault(question.targets[0], []).append(question)
    for group in by_target.values():
        yield from ((a.text, b.text) for a, b in pairwise(group))
        chinese, english = ([q for q in group if q.lang == lang] for lang in ("zh", "en"))
        yield from ((a.text, b.text) for a, b in zip(chinese, english, strict=False))


def _label_pairs(concept: Concept) -> Iterator[Pair]:
    zh, en = concept.label("zh"), concept.label("en")
    yield zh, en
    for label in concept.labels:
        if label.text not in (zh, en):
            yield (label.text, zh if label.lang == "zh" else en)
