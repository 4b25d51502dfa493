"""Questions made without a model, from what every guideline has: headings, definitions, durations, lists, abbreviations.

They are plain, and marked "template", but give a guideline that nobody has asked about yet the words in which people look
for it: question words and the vocabulary's other names, in English too, which the text itself does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.checks import question_faults, question_key, said_by_clause
from ingest.linking import link
from ingest.proposals import headings
from ingest.rules import DEFINITION
from kg.durations import find_durations
from kg.model import Concept, CorpusQuestion, Document, Intent, Language, Sentence
from kg.text import has_chinese
from kg.vocabulary import Vocabulary

_LIST = re.compile(r"[：:]\s*$|包括|包含|分为|\b(?:includ(?:es?|ing)|consists? of|the following)\b", re.IGNORECASE)
_NO_SUBJECT = frozenset({"duration", "quantity", "document", "organisation"})
_TIMED = frozenset({"product", "procedure", "endpoint", "population", "disease", "biomarker", "design"})
_MOST_CONCEPTS = 3
_NEAR = 24
_SHORTEST, _LONGEST = 2, 40


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence with its clause, the heading next above it, and the concepts that it names."""

    clause_id: str
    sentence: Sentence
    text: str
    heading: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A question before it is known to be new."""

    lang: Language
    style: str
    intent: Intent
    question: str


def template_questions(document: Document, vocabulary: Vocabulary, known: Iterable[str]) -> Iterator[CorpusQuestion]:
    """Questions for the sentences of a document, in order; none that is in `known` (by its key) and none twice."""
    seen = set(known)
    for place in _places(document, vocabulary):
        for draft in _drafts(place, vocabulary):
            key = question_key(draft.question)
            if key not in seen and not any(question_faults(draft.lang, draft.question)):
                seen.add(key)
                yield CorpusQuestion(
                    place.clause_id, (place.sentence.id,), draft.lang, draft.style, draft.intent, draft.question,
                    origin="template",
                )  # fmt: skip


def _places(document: Document, vocabulary: Vocabulary) -> Iterator[_Place]:
    named: dict[str, list[str]] = {}
    for mention in link(document, vocabulary).mentions:
        named.setdefault(mention.sentence_id, []).append(mention.concept)
    for clause_id, sentences in said_by_clause(document).items():
        above = headings(document, clause_id)
        for sentence in sentences:
            iris = dict.fromkeys(i for i in named.get(sentence.id, ()) if i in vocabulary)
            concepts = tuple(c for c in map(vocabulary.__getitem__, iris) if c.kind not in _NO_SUBJECT)
            text = sentence.span.of(document.text)
            yield _Place(clause_id, sentence, text, _bare(above[-1]) if above else "", concepts)


def _drafts(place: _Place, vocabulary: Vocabulary) -> Iterator[_Draft]:
    yield from _of_heading(place, vocabulary)
    yield from _of_definition(place)
    yield from _of_durations(place)
    yield from _of_list(place)
    yield from _of_abbreviations(place)
    yield from _of_concepts(place)


def _of_heading(place: _Place, vocabulary: Vocabulary) -> Iterator[_Draft]:
    """What is said under the heading: asked of the first sentence that stands there, as doubles are left out."""
    if _SHORTEST < len(place.heading) <= _LONGEST and has_chinese(place.heading):
        yield _Draft("zh", "formal", "fact", f"关于{place.heading}有什么要求？")
        yield _Draft("zh", "keyword", "fact", f"{place.heading} 要求")
        for match in vocabulary.find(place.heading):
            label = vocabulary[match.concept].label("en")
            if not has_chinese(label):
                yield _Draft("en", "formal", "fact", f"What does the guidance say about {label}?")
    elif _SHORTEST < len(place.heading) <= 2 * _LONGEST:
        yield _Draft("en", "formal", "fact", f"What does the guidance say about {place.heading}?")


def _of_definition(place: _Place) -> Iterator[_Draft]:
    """What is X, where the sentence says that X is what follows."""
    cue = DEFINITION.search(place.text)
    if not cue or not place.concepts:
        return
    for concept in place.concepts[:1]:
        if any(label.text in place.text[: cue.start()] for label in concept.labels):
            zh, en = _labels(concept)
            if zh:
                yield _Draft("zh", "formal", "definition", f"{zh}的定义是什么？")
                yield _Draft("zh", "colloquial", "definition", f"什么叫{zh}？")
            if en:
                yield _Draft("en", "formal", "definition", f"What is the definition of {en}?")


def _of_durations(place: _Place) -> Iterator[_Draft]:
    """How long, or how often, for each thing that the sentence speaks of."""
    found = find_durations(place.text)
    if not found:
        return
    often = all(duration.every for _, duration in found)
    zh_asked, en_asked = (
        ("多久一次？", "How often is it required for") if often else ("要多长时间？", "How long is it for")
    )
    for concept in [c for c in place.concepts if c.kind in _TIMED][:_MOST_CONCEPTS]:
        zh, en = _labels(concept)
        if zh:
            about = f"{place.heading}：" if has_chinese(place.heading) and len(place.heading) <= _LONGEST else ""
            yield _Draft("zh", "formal", "duration", f"{about}{zh}{zh_asked}")
        if en:
            yield _Draft("en", "formal", "duration", f"{en_asked} {en}?")


def _of_list(place: _Place) -> Iterator[_Draft]:
    """What belongs to it, where a list follows."""
    if not (cue := _LIST.search(place.text)):
        return
    before = place.text[max(0, cue.start() - _NEAR) : cue.start()]
    named = [c for c in place.concepts if any(label.text in before for label in c.labels)]
    for concept in named[-1:]:
        zh, en = _labels(concept)
        if zh:
            yield _Draft("zh", "formal", "list", f"{zh}包括哪些？")
            yield _Draft("zh", "colloquial", "list", f"{zh}都有哪几种、哪几项？")
        if en:
            yield _Draft("en", "formal", "list", f"What does {en} include?")


def _of_abbreviations(place: _Place) -> Iterator[_Draft]:
    """What a short form stands for, where the sentence gives the long one too."""
    for concept in place.concepts:
        short = next((x.text for x in concept.labels if re.fullmatch(r"[A-Z][A-Za-z0-9/-]*[A-Z0-9]", x.text)), "")
        zh, _ = _labels(concept)
        if short and re.search(rf"[（(][^（）()]*\b{re.escape(short)}\s*[）)]", place.text):
            yield _Draft("zh", "abbreviation", "definition", f"{short}是什么的缩写？")
            yield _Draft("en", "abbreviation", "definition", f"What does {short} stand for?")
            if zh and zh != short:
                yield _Draft("zh", "abbreviation", "fact", f"{zh} {short}")


def _of_concepts(place: _Place) -> Iterator[_Draft]:
    """What binds the things named: several of them together are told from other sentences that name one of them."""
    named = place.concepts[:_MOST_CONCEPTS]
    if place.sentence.strength == "statement":
        return
    zh, en = (
        ([name for name in names if name] for names in zip(*map(_labels, named), strict=True)) if named else ([], [])
    )
    if len(zh) > 1:
        yield _Draft("zh", "keyword", "fact", " ".join(zh))
    elif zh and place.heading:
        yield _Draft("zh", "formal", "fact", f"{place.heading}对{zh[0]}有什么要求？")
    if len(en) > 1:
        yield _Draft("en", "formal", "fact", f"What is expected of {', '.join(en[:-1])} and {en[-1]}?")
    elif en:
        yield _Draft("en", "formal", "fact", f"What is expected of {en[0]}?")


def _labels(concept: Concept) -> tuple[str, str]:
    """The preferred names of a concept, '' where it has none of its own in a language."""
    zh, en = concept.label("zh"), concept.label("en")
    return (zh if has_chinese(zh) else ""), ("" if has_chinese(en) else en)


def _bare(title: str) -> str:
    return title.strip(" ：:。；;")
