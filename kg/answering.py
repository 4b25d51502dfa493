"""Composing what the user reads first: a headline that begins with what was asked, then the verbatim sentences.

Nothing is phrased by a model: a typed value is read from the text, everything else is quoted. An English question gets the
unofficial English reading first and the Chinese original after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.durations import find_durations
from kg.evidence import Evidence
from kg.library import Book, Library
from kg.model import Language, Question, Sentence, Strength

MAX_ANSWER = 600
_CITATIONS = 5
_WITHIN = 2.2  # logits behind the best sentence
_STRENGTH: dict[Strength, tuple[str, str]] = {
    "must": ("应（must）", "Required (must)"),
    "should": ("建议（should）", "Recommended (should)"),
    "encouraged": ("鼓励（encouraged）", "Encouraged"),
    "may": ("可（may）", "Possible (may)"),
    "not": ("不（not）", "No (not)"),
    "statement": ("指导原则的说法", "The guidance says"),
}


def compose(question: Question, evidence: Sequence[Evidence], library: Library) -> tuple[str, str]:
    """The headline and the whole answer text, of about MAX_ANSWER characters at most in the question's language."""
    chosen = list(dict.fromkeys(_chosen(evidence, library)))
    lead = _lead(question, chosen, library)
    originals = [library.book(s.id).text(s) for s in chosen]
    if question.lang == "zh":
        return lead + originals[0], lead + "\n".join(_fit(originals, MAX_ANSWER))
    readings = [library.book(s.id).reading(s) or library.book(s.id).text(s) for s in chosen]
    body = [*_fit(readings, MAX_ANSWER), *_fit(originals, MAX_ANSWER // 3)]
    return lead + readings[0], lead + "\n".join(body)


def strength_words(strength: Strength, lang: Language) -> str:
    return _STRENGTH[strength][lang == "en"]


def _chosen(evidence: Sequence[Evidence], library: Library) -> Iterator[Sentence]:
    """Evidence sentences in the order to say them: those marked in the first citations, a list's stem with its items."""
    best = evidence[0].score
    for nth, item in enumerate(evidence[:_CITATIONS]):
        if nth and item.score < best - _WITHIN:
            return
        book = library.book(item.citation.document)
        for sentence in item.sentences[: 3 if nth == 0 else 2]:
            yield sentence
            if book.text(sentence).rstrip().endswith(("：", ":")):
                yield from _items(sentence, book)


def _items(stem: Sentence, book: Book) -> Iterator[Sentence]:
    """The first sentence of each list item below a stem, headings included."""
    seen = {stem.clause_id}
    after = [s for s in book.sentences.values() if s.span.start > stem.span.end]
    for sentence in after:
        parent = book.clauses[sentence.clause_id].parent_id
        if sentence.clause_id == stem.clause_id or (parent != stem.clause_id and parent not in seen):
            return
        if parent == stem.clause_id and sentence.clause_id not in seen:
            seen.add(sentence.clause_id)
            yield sentence


def _lead(question: Question, chosen: Sequence[Sentence], library: Library) -> str:
    """The words before the first sentence: a typed value for a duration, the strength for a yes-or-no question."""
    zh = question.lang == "zh"
    separator = "：" if zh else ": "
    if question.intent == "duration":
        values = find_durations(library.book(chosen[0].id).text(chosen[0]))
        labels = dict.fromkeys(d.label_zh() if zh else d.label_en() for _, d in values)
        return ("；" if zh else "; ").join(labels) + separator if labels else ""
    if question.intent == "yesno":
        return strength_words(chosen[0].strength, question.lang) + separator
    return ""


def _fit(texts: Sequence[str], limit: int) -> list[str]:
    """Texts without doubles up to a number of characters, the first one always."""
    out: list[str] = []
    for text in dict.fromkeys(texts):
        if out and sum(map(len, out)) + len(text) > limit:
            continue
        out.append(text)
    return out
