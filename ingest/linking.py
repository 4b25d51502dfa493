"""Linking a document to concepts: labels of the vocabulary, terms that the text abbreviates, durations, and itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.abbreviations import Abbreviation, find_abbreviations
from kg.durations import find_durations
from kg.iris import document_iri, duration_iri, quantity_iri, term_iri
from kg.model import Concept, Document, Label, Mention, Metadata, Sentence, Span
from kg.quantities import find_quantities
from kg.vocabulary import Vocabulary, maximal, squeeze

_KIND_BY_HEAD = (
    ("risk", ("综合征", "反应", "毒性", "肿瘤", "syndrome", "toxicity")),
    ("endpoint", ("率", "生存", "时间", "缓解", "rate", "survival", "response")),
    ("disease", ("白血病", "淋巴瘤", "骨髓瘤", "病", "leukemia", "lymphoma", "disease")),
    (
        "organisation",
        (
            "委员会",
            "协调会",
            "工作组",
            "机构",
            "Committee",
            "Council",
            "Group",
            "committee",
            "board",
            "agency",
            "authority",
            "Administration",
            "Agency",
        ),
    ),
    ("document", ("规范", "指导原则", "Practice", "Guideline")),
    ("biomarker", ("DNA", "抗体", "antibody")),
    ("design", ("trial", "study", "design")),
    ("product", ("vector", "product", "cell", "virus")),
    (
        "regulatory_artifact",
        (
            "报告",
            "计划",
            "申请",
            "Report",
            "Plan",
            "Application",
            "report",
            "plan",
            "application",
            "form",
            "brochure",
            "protocol",
            "label",
        ),
    ),
    (
        "procedure",
        (
            "检测",
            "研究",
            "治疗",
            "监测",
            "therapy",
            "monitoring",
            "assay",
            "reaction",
            "testing",
            "analysis",
            "imaging",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking adds to a document: mentions, the concepts that its text introduces, and its abbreviations.

    `nested` has the mentions inside longer ones too; rules look for the head of a phrase there.
    """

    mentions: tuple[Mention, ...]
    concepts: tuple[Concept, ...]
    abbreviations: tuple[tuple[str, Abbreviation], ...]
    nested: tuple[Mention, ...] = ()


def document_concept(slug: str, metadata: Metadata) -> Concept:
    """The document as a concept, so that statements can speak of it."""
    names = [Label(a, "en" if a.isascii() else "zh") for a in metadata.aliases]
    bare = re.sub(r"（[^（）]*）$", "", metadata.title_zh)
    labels = dict.fromkeys(
        (Label(metadata.title_zh, "zh", "preferred"), Label(metadata.title_en, "en", "preferred"),
         *([Label(bare, "zh")] if bare != metadata.title_zh else []), *names)
    )  # fmt: skip
    return Concept(document_iri(slug), "document", tuple(labels), source=slug)


def unite_documents(concepts: Iterable[Concept], own: Sequence[Concept]) -> tuple[Concept, ...]:
    """Concepts in which a guideline of the library and the vocabulary's entry of the same title are one: the library's IRI
    with the labels, definitions and parents of both."""
    by_title = {key: c for c in own for key in _titles(c)}
    kept: list[Concept] = []
    joined = {c.iri: c for c in own}
    for concept in concepts:
        twin = (
            next((by_title[k] for k in _titles(concept) if k in by_title), None) if concept.kind == "document" else None
        )
        if twin is None:
            kept.append(concept)
            continue
        old = joined[twin.iri]
        extra = tuple(replace(x, role="alternative") if x.role == "preferred" else x for x in concept.labels)
        new = tuple(x for x in extra if x.text not in {o.text for o in old.labels})
        joined[twin.iri] = replace(
            old,
            labels=(*old.labels, *new),
            broader=concept.broader,
            definitions=concept.definitions,
            sources=concept.sources,
        )
    return (*kept, *joined.values())


def _titles(concept: Concept) -> set[str]:
    """The titles of a document without marks, status and place, so that two spellings of one title meet."""
    names = (x.text for x in concept.labels if x.role != "hidden" and len(x.text) > 8)
    return {squeeze(re.sub(r"[《》“”]|（[^（）]*）|\([^()]*\)", "", name))[0] for name in names}


def introduced_concepts(slug: str, text: str, vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """Concepts for abbreviations whose long and short forms the vocabulary does not know."""
    out: dict[str, Concept] = {}
    for found in find_abbreviations(text, vocabulary):
        if _known(found, vocabulary) is None and (concept := _term(slug, found)):
            out.setdefault(concept.iri, concept)
    return tuple(out.values())


def link(document: Document, vocabulary: Vocabulary) -> Linked:
    """Mentions of a document's sentences, longest labels first, and the duration concepts that they need."""
    measures: dict[str, Concept] = {}
    mentions: list[Mention] = []
    nested: list[Mention] = []
    for sentence in document.sentences:
        text = sentence.span.of(document.text)
        found = vocabulary.find_nested(text)
        for span, concept in _measures(text):
            measures[concept.iri] = _joined(measures.get(concept.iri), concept)
            mentions.append(_mention(sentence, concept.iri, span))
        mentions += (_mention(sentence, m.concept, m.span) for m in maximal(found))
        nested += (_mention(sentence, m.concept, m.span) for m in found)
    named = tuple(_named_abbreviations(document.text, vocabulary))
    ordered = sorted(set(mentions), key=_place)
    return Linked(
        tuple(ordered),
        tuple(measures.values()),
        named,
        tuple(sorted({*mentions, *nested}, key=_place)),
    )


def _place(mention: Mention) -> tuple[int, int, str]:
    return mention.span.start, mention.span.end, mention.concept


def _measures(text: str) -> Iterator[tuple[Span, Concept]]:
    """The durations and quantities of a text as concepts; their words as written are further labels."""
    taken: list[Span] = []
    for span, duration in find_durations(text):
        taken.append(span)
        labels = (Label(duration.label_zh(), "zh", "preferred"), Label(duration.label_en(), "en", "preferred"))
        concept = Concept(duration_iri(duration.key), "duration", labels, lower=duration.lower, upper=duration.upper)
        yield span, _with_words(concept, span.of(text))
    for span, quantity in find_quantities(text):
        if any(t.start < span.end and span.start < t.end for t in taken):
            continue
        words = re.sub(r"\s+|接受过|包括", "", span.of(text))
        labels = (Label(words, "zh", "preferred"), Label(quantity.label_en(), "en", "preferred"))
        yield span, Concept(
            quantity_iri(quantity.key), "quantity", labels, lower=quantity.lower, upper=quantity.upper,
            unit=quantity.unit, findable=False,
        )  # fmt: skip


def _with_words(concept: Concept, words: str) -> Concept:
    label = Label(re.sub(r"\s+", "", words), "zh")
    known = {x.text for x in concept.labels}
    return concept if label.text in known or label.text.isascii() else replace(concept, labels=(*concept.labels, label))


def _joined(old: Concept | None, new: Concept) -> Concept:
    """A measure with the labels of all its wordings."""
    if old is None:
        return new
    extra = [replace(x, role="alternative") for x in new.labels if x.text not in {o.text for o in old.labels}]
    return replace(old, labels=(*old.labels, *extra))


def add_abbreviations(concepts: Iterable[Concept], document_texts: Iterable[str]) -> tuple[Concept, ...]:
    """The concepts with the short and long forms that the texts give them as further labels."""
    by_iri = {c.iri: c for c in concepts}
    vocabulary = Vocabulary(by_iri.values())
    documents = [iri for iri in by_iri if iri.startswith(document_iri(""))]
    for text in document_texts:
        for found in find_abbreviations(text, vocabulary):
            iri = _known(found, vocabulary)
            if iri:
                by_iri[iri] = _with_labels(by_iri[iri], found, vocabulary)
            for document in documents:
                by_iri[document] = _with_titles(by_iri[document], found)
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


def _with_titles(concept: Concept, found: Abbreviation) -> Concept:
    """A guideline with its titles in which the short form stands in the place of the long one."""
    long_zh = "".join(found.long_zh.split())
    if len(long_zh) <= 3:
        return concept
    titles = ("".join(x.text.split()) for x in concept.labels)
    short = [t.replace(long_zh, found.short) for t in titles if long_zh in t and found.short not in t]
    new = [Label(t, "zh") for t in dict.fromkeys(short) if t not in {x.text for x in concept.labels}]
    return replace(concept, labels=(*concept.labels, *new)) if new else concept


def _taken(form: str, vocabulary: Vocabulary) -> bool:
    return any(m.span == Span(0, len(form)) for m in vocabulary.find(form))


def _term(slug: str, found: Abbreviation) -> Concept | None:
    """A concept of its own for a term whose kind its head word tells; None where it does not."""
    long_zh = found.long_zh.strip("《》")
    kind = _kind(long_zh, found.long_en)
    if kind is None or not (long_zh or found.long_en):
        return None
    if not long_zh:
        return Concept(
            term_iri(found.short),
            kind,
            (Label(found.long_en, "en", "preferred"), Label(found.short, "en")),
            source=slug,
        )
    labels: Sequence[Label] = (
        Label(long_zh, "zh", "preferred"),
        Label(found.long_en or found.short, "en", "preferred"),
        Label(found.short, "en"),
    )
    return Concept(term_iri(found.short), kind, tuple(dict.fromkeys(labels)), source=slug)


def _kind(long_zh: str, long_en: str) -> str | None:
    long_en = re.sub(r"(?<=[a-z])s$", "", long_en)
    for kind, heads in _KIND_BY_HEAD:
        if any(long_zh.endswith(head) or long_en.endswith(head) for head in heads):
            return kind
    return None
