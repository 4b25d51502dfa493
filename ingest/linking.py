"""Linking a document to concepts: labels of the vocabulary, terms that the text abbreviates, durations, and itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.abbreviations import Abbreviation, find_abbreviations
from kg.durations import find_durations
from kg.iris import document_iri, duration_iri, term_iri
from kg.model import Concept, Document, Label, Mention, Metadata, Sentence, Span
from kg.vocabulary import Vocabulary

_KIND_BY_HEAD = (
    ("risk", ("综合征", "反应", "毒性", "肿瘤", "syndrome", "toxicity")),
    ("endpoint", ("率", "生存", "时间", "缓解", "rate", "survival", "response")),
    ("disease", ("白血病", "淋巴瘤", "骨髓瘤", "病", "leukemia", "lymphoma", "disease")),
    ("organisation", ("委员会", "协调会", "工作组", "机构", "Committee", "Council", "Group")),
    ("document", ("规范", "指导原则", "Practice", "Guideline")),
    ("biomarker", ("DNA", "抗体", "antibody")),
    ("regulatory_artifact", ("报告", "计划", "申请", "Report", "Plan", "Application")),
    ("procedure", ("检测", "研究", "治疗", "监测", "therapy", "monitoring")),
)


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking adds to a document: mentions, the concepts that its text introduces, and its abbreviations."""

    mentions: tuple[Mention, ...]
    concepts: tuple[Concept, ...]
    abbreviations: tuple[tuple[str, Abbreviation], ...]


def document_concept(slug: str, metadata: Metadata) -> Concept:
    """The document as a concept, so that statements can speak of it."""
    names = [Label(a, "en" if a.isascii() else "zh") for a in metadata.aliases]
    labels = (
        Label(metadata.title_zh, "zh", "preferred"),
        Label(metadata.title_en, "en", "preferred"),
        *names,
    )
    return Concept(document_iri(slug), "document", labels, source=slug)


def introduced_concepts(slug: str, text: str, vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """Concepts for abbreviations whose long and short forms the vocabulary does not know."""
    out: dict[str, Concept] = {}
    for found in find_abbreviations(text, vocabulary):
        if _known(found, vocabulary) is None and (concept := _term(slug, found)):
            out.setdefault(concept.iri, concept)
    return tuple(out.values())


def link(document: Document, vocabulary: Vocabulary) -> Linked:
    """Mentions of a document's sentences, longest labels first, and the duration concepts that they need."""
    durations: dict[str, Concept] = {}
    mentions: list[Mention] = []
    for sentence in document.sentences:
        text = sentence.span.of(document.text)
        mentions += (_mention(sentence, m.concept, m.span) for m in vocabulary.find(text))
        for span, duration in find_durations(text):
            iri = duration_iri(duration.key)
            labels = (
                Label(duration.label_zh(), "zh", "preferred"),
                Label(duration.label_en(), "en", "preferred"),
            )
            durations[iri] = Concept(iri, "duration", labels, lower=duration.lower, upper=duration.upper)
            mentions.append(_mention(sentence, iri, span))
    found = tuple(_named_abbreviations(document.text, vocabulary))
    ordered = sorted(set(mentions), key=lambda m: (m.span, m.concept))
    return Linked(tuple(ordered), tuple(durations.values()), found)


def add_abbreviations(concepts: Iterable[Concept], document_texts: Iterable[str]) -> tuple[Concept, ...]:
    """The concepts with the short and long forms that the texts give them as further labels."""
    by_iri = {c.iri: c for c in concepts}
    vocabulary = Vocabulary(by_iri.values())
    for text in document_texts:
        for found in find_abbreviations(text, vocabulary):
            iri = _known(found, vocabulary)
            if iri:
                by_iri[iri] = _with_labels(by_iri[iri], found, vocabulary)
    return tuple(by_iri[iri] for iri in sorted(by_iri))


def _mention(sentence: Sentence, concept: str, span: Span) -> Mention:
    start = sentence.span.start
    return Mention(concept, sentence.id, Span(start + span.start, start + span.end))


def _named_abbreviations(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, Abbreviation]]:
    for found in find_abbreviations(text, vocabulary):
        if iri := _known(found, vocabulary):
            yield iri, found


def _known(found: Abbreviation, vocabulary: Vocabulary) -> str | None:
    """The concept that one of the definition's forms names as a whole, the Chinese one first."""
    for form in (found.long_zh.strip("《》"), found.long_en, found.short):
        for match in vocabulary.find(form):
            if match.span == Span(0, len(form)):
                return match.concept
    return None


def _with_labels(concept: Concept, found: Abbreviation, vocabulary: Vocabulary) -> Concept:
    """The concept with the forms that no concept has yet."""
    forms = (Label(found.short, "en"), Label(found.long_en, "en"), Label(found.long_zh.strip("《》"), "zh"))
    new = [x for x in forms if len(x.text) >= 2 and not _taken(x.text, vocabulary) and x not in concept.labels]
    return replace(concept, labels=(*concept.labels, *new))


def _taken(form: str, vocabulary: Vocabulary) -> bool:
    return any(m.span == Span(0, len(form)) for m in vocabulary.find(form))


def _term(slug: str, found: Abbreviation) -> Concept | None:
    """A concept of its own for a term whose kind its head word tells; None where it does not."""
    long_zh = found.long_zh.strip("《》")
    kind = _kind(long_zh, found.long_en)
    if kind is None or not long_zh:
        return None
    labels: Sequence[Label] = (
        Label(long_zh, "zh", "preferred"),
        Label(found.long_en or found.short, "en", "preferred"),
        Label(found.short, "en"),
    )
    return Concept(term_iri(found.short), kind, tuple(dict.fromkeys(labels)), source=slug)


def _kind(long_zh: str, long_en: str) -> str | None:
    for kind, heads in _KIND_BY_HEAD:
        if any(long_zh.endswith(head) or long_en.endswith(head) for head in heads):
            return kind
    return None
