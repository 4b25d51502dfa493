"""What stands above a sentence: the stem of its list, the headings, the title; they supply what the sentence leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.passages import Named, Passage
from ingest.rules import ANY, ORGANISATION
from ingest.strength import strength_at
from ingest.topics import carried, opening, own
from kg.iris import document_iri
from kg.model import Clause, Concept, Document, Mention, Sentence
from kg.vocabulary import Vocabulary, maximal

_SHORT = 16
_SKIPPED = ("reference", "references", "front", "notice", "caption")


@dataclass
class Above:
    """Looks up what the clauses above a sentence hand down; titles and stems are read once."""

    document: Document
    vocabulary: Vocabulary
    _clauses: dict[str, Clause] = field(init=False)
    _by_clause: dict[str, list[Sentence]] = field(init=False)
    _topics: dict[str, tuple[Concept, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._clauses = {c.id: c for c in self.document.clauses}
        self._by_clause = {}
        for sentence in self.document.sentences:
            self._by_clause.setdefault(sentence.clause_id, []).append(sentence)
        self._title = tuple(self._find(self.document.metadata.title_zh))

    def skipped(self, sentence: Sentence) -> bool:
        return sentence.heading or self._clauses[sentence.clause_id].kind in _SKIPPED

    def topics(self, clause_id: str) -> tuple[Concept, ...]:
        """Concepts of the headings above, nearest first, then of the document's title, then the document."""
        if clause_id not in self._topics:
            clause = self._clauses[clause_id]
            own = tuple(self._find(clause.title))
            above = self.topics(clause.parent_id) if clause.parent_id else (*self._title, *self._document())
            self._topics[clause_id] = (*own, *above)
        return self._topics[clause_id]

    def own_title(self, clause_id: str, sentence: Sentence) -> tuple[Concept, ...]:
        """Concepts of a clause's own title; a first sentence of a few words, as in ① 疾病自然史研究。, is one."""
        first = next(iter(self._by_clause.get(clause_id, ())), None)
        words = first.span.of(self.document.text) if first and not first.heading else ""
        lead = words if first is not sentence and len(words) <= _SHORT and words.endswith("。") else ""
        return tuple(self._find(self._clauses[clause_id].title or lead))

    def first(self, sentence: Sentence) -> Sentence:
        """The first sentence of a sentence's clause."""
        return self._by_clause[sentence.clause_id][0]

    def lead(self, sentence: Sentence, named: Mapping[str, tuple[Named, ...]]) -> tuple[Concept, ...]:
        """For a later sentence of a list item, the diseases and populations that the item's first sentence opens with."""
        first = self._by_clause[sentence.clause_id][0]
        if first is sentence or self._clauses[sentence.clause_id].kind not in ("item", "bullet"):
            return ()
        early = (m for m in named.get(first.id, ()) if m.start < _SHORT * 2)
        return tuple(m.concept for m in early if m.concept.kind in ("disease", "population"))

    def titles(self, clause_id: str | None) -> str:
        """The titles above a sentence, nearest first, one a line."""
        out = []
        while clause_id:
            clause = self._clauses[clause_id]
            out.append(clause.title)
            clause_id = clause.parent_id
        return "\n".join(out)

    def stem(self, clause_id: str) -> Sentence | None:
        """The sentence of the parent that introduces an item's list: its last one before the item."""
        clause = self._clauses[clause_id]
        if clause.kind not in ("item", "bullet") or not clause.parent_id:
            return None
        before = [
            s for s in self._by_clause.get(clause.parent_id, ()) if not s.heading and s.span.end <= clause.span.start
        ]
        return before[-1] if before else None

    def _find(self, text: str) -> Iterator[Concept]:
        """Concepts of a title, the longest; documents are left out, or a guideline's title would name itself alone."""
        found = [m for m in self.vocabulary.find_nested(text) if self.vocabulary[m.concept].kind != "document"]
        telling = [m for m in found if self.vocabulary[m.concept].kind in ("product", "disease")]
        named = dict.fromkeys(m.concept for m in (*maximal(found), *maximal(telling)))
        return (self.vocabulary[iri] for iri in named)

    def _document(self) -> tuple[Concept, ...]:
        iri = document_iri(self.document.slug)
        return (self.vocabulary[iri],) if iri in self.vocabulary else ()


def passages(document: Document, mentions: Sequence[Mention], vocabulary: Vocabulary) -> Iterator[Passage]:
    """The sentences of a document that can state something, each with its mentions and what stands above it."""
    above = Above(document, vocabulary)
    named = _by_sentence(document, mentions, vocabulary)
    before: Passage | None = None
    for sentence in document.sentences:
        if above.skipped(sentence):
            continue
        passage = _passage(document, above, sentence, named)
        if before and before.sentence.clause_id == sentence.clause_id:
            same = before.sentence.paragraph == sentence.paragraph
            passage = replace(
                passage, previous=before.longest, before=before.text, scene=_scene(before) if same else ()
            )
        yield passage
        before = passage


def _passage(document: Document, above: Above, sentence: Sentence, named: Mapping[str, tuple[Named, ...]]) -> Passage:
    stem, lead = above.stem(sentence.clause_id), above.lead(sentence, named)
    text = stem.span.of(document.text) if stem else ""
    own_title = above.own_title(sentence.clause_id, sentence)
    topics = _stem_topics(stem, text, named.get(stem.id, ())) if stem else ()
    return Passage(
        sentence, sentence.span.of(document.text), named.get(sentence.id, ()),
        (*own_title, *lead, *above.topics(sentence.clause_id)), topics, (), strength_at(text, len(text)),
        above.titles(sentence.clause_id), text, own_title, lead=_lead(document, above, sentence, named),
    )  # fmt: skip


def _lead(document: Document, above: Above, sentence: Sentence, named: Mapping[str, tuple[Named, ...]]) -> str:
    """For a later sentence of a list item that names no disease or population, the words with which the item's first sentence
    says whom the item is about."""
    people = {m.concept.kind for m in named.get(sentence.id, ())} & {"disease"}
    whom = above.lead(sentence, named)
    if people or not any(c.kind == "disease" for c in whom):
        return ""
    first = above.first(sentence)
    text = first.span.of(document.text)
    early = (m for m in named.get(first.id, ()) if m.concept in whom and m.start < _SHORT * 2)
    ends = [m.end for m in early if m.concept.kind == "disease"]
    return text[: max(ends)].strip() if ends and not re.search(r"[，。；：]", text[: max(ends)]) else ""


def _scene(before: Passage) -> tuple[Concept, ...]:
    """The topics of the sentence before, or those that it had itself from the one before it."""
    return opening(before) or before.scene


def _stem_topics(stem: Sentence, text: str, named: tuple[Named, ...]) -> tuple[Concept, ...]:
    """What a stem is about: the phrase before its 包括, else what it names, in order."""
    passage = Passage(stem, text, named)
    at = max(
        (
            m.start()
            for m in re.finditer(
                r"应?(?:至少)?(?:包括|包含)|如下|应注意|\b(?:(?:should|must|shall|may) )?(?:include|comprise|consist|contain|cover|address)",
                text,
            )
        ),
        default=len(text),
    )
    first = own(passage, at, ANY - ORGANISATION) or carried(passage, at, ANY - ORGANISATION)
    return tuple(dict.fromkeys((*first, *(m.concept for m in passage.longest))))


def _is_this(document: Document, concept: Concept, place: int) -> bool:
    """Whether 本 before a mention makes it the guideline itself: 本指导原则."""
    return concept.kind == "document" and "本" in document.text[max(0, place - 1) : place + 1]


def _by_sentence(
    document: Document, mentions: Sequence[Mention], vocabulary: Vocabulary
) -> Mapping[str, tuple[Named, ...]]:
    starts = {s.id: s.span.start for s in document.sentences}
    own = document_iri(document.slug)
    out: dict[str, list[Named]] = {}
    for m in mentions:
        if m.concept in vocabulary:
            start = starts[m.sentence_id]
            this = own in vocabulary and _is_this(document, vocabulary[m.concept], m.span.start)
            named = Named(vocabulary[own if this else m.concept], m.span.start - start, m.span.end - start)
            out.setdefault(m.sentence_id, []).append(named)
    return {key: tuple(value) for key, value in out.items()}
