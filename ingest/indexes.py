"""From documents to what is indexed, and to the pairs that the embedding learns from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kg.lexical import Entry
from kg.model import Chunk, Concept, Document
from kg.vocabulary import Vocabulary

Pair = tuple[str, str]


def entries(documents: Iterable[Document], vocabulary: Vocabulary) -> Iterator[Entry]:
    """One entry a chunk, and one a question that points to the chunk of its first sentence."""
    for document in documents:
        concepts = _concepts_by_sentence(document)
        for chunk in document.chunks:
            named = sorted({iri for s in chunk.sentence_ids for iri in concepts.get(s, ())})
            above = sorted({parent for iri in named for parent in vocabulary.ancestors(iri)} - set(named))
            fields = {
                "text": chunk.span.of(document.text),
                "heading": heading_text(document, chunk),
                "english": english(document, chunk),
                "concepts": " ".join(named),
                "broader": " ".join(above),
            }
            yield Entry(chunk.id, fields)
        yield from _question_entries(document)


def chunk_texts(document: Document) -> list[str]:
    """What is embedded of each chunk: its headings and its text."""
    return [f"{heading_text(document, c)} {c.span.of(document.text)} {english(document, c)}" for c in document.chunks]


def heading_text(document: Document, chunk: Chunk) -> str:
    return " ".join((document.metadata.title_zh, *chunk.headings))


def english(document: Document, chunk: Chunk) -> str:
    """The English reading of a chunk, '' where there is none."""
    return " ".join(filter(None, (document.translations.get(s, "") for s in chunk.sentence_ids)))


def training_texts(documents: Sequence[Document], concepts: Sequence[Concept]) -> list[str]:
    """Every text whose tokens the embedding must know."""
    out = [label.text for concept in concepts for label in concept.labels]
    for document in documents:
        out += chunk_texts(document)
        out += [s.span.of(document.text) for s in document.sentences]
        out += [document.translations[i] for i in sorted(document.translations)]
        out += [q.question for q in document.questions]
    return out


def training_pairs(documents: Sequence[Document], concepts: Sequence[Concept]) -> list[Pair]:
    """Pairs that mean the same, in a fixed order."""
    out = [pair for concept in concepts for pair in _label_pairs(concept)]
    for document in documents:
        texts = {s.id: s.span.of(document.text) for s in document.sentences}
        out += [(texts[i], document.translations[i]) for i in texts if i in document.translations]
        out += [(c.headings[-1], c.span.of(document.text)) for c in document.chunks if c.headings]
        ids = list(texts)
        out += [(texts[a], texts[b]) for a, b in pairwise(ids) if a.split("/")[0] == b.split("/")[0]]
        out += [(q.question, " ".join(texts[s] for s in q.sentences if s in texts)) for q in document.questions]
    return out


def _label_pairs(concept: Concept) -> Iterator[Pair]:
    zh, en = concept.label("zh"), concept.label("en")
    yield zh, en
    for label in concept.labels:
        if label.text not in (zh, en):
            yield (label.text, zh if label.lang == "zh" else en)


def _concepts_by_sentence(document: Document) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for mention in document.mentions:
        out.setdefault(mention.sentence_id, []).append(mention.concept)
    return out


def _question_entries(document: Document) -> Iterator[Entry]:
    chunk_of = {s: chunk.id for chunk in document.chunks for s in chunk.sentence_ids}
    for question in document.questions:
        for chunk_id in dict.fromkeys(chunk_of[s] for s in question.sentences if s in chunk_of):
            yield Entry(chunk_id, {"question": question.question})
