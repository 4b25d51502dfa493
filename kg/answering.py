"""Composing what the user reads first: a headline that begins with what was asked, then the verbatim sentences.

Nothing is phrased by a model: a typed value is read from the graph, everything else is quoted. An English question gets the
unofficial English reading first and the Chinese original after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.durations import find_durations
from kg.evidence import Found
from kg.model import Document, Language, Question, Sentence, Strength

MAX_ANSWER = 600
_STRENGTH: dict[Strength, tuple[str, str]] = {
    "must": ("应（must）", "Required (must)"),
    "should": ("建议（should）", "Recommended (should)"),
    "encouraged": ("鼓励（encouraged）", "Encouraged"),
    "may": ("可（may）", "Possible (may)"),
    "not": ("不（not）", "No (not)"),
    "statement": ("指导原则的说法", "The guidance says"),
}


def compose(question: Question, found: Sequence[Found], document: Callable[[str], Document]) -> tuple[str, str]:
    """The headline and the whole answer text, of about MAX_ANSWER characters at most in each language."""
    chosen = list(_chosen(question, found, document))
    originals = [s.span.of(d.text) for s, d in chosen]
    if question.lang == "zh":
        body = _fit(originals, MAX_ANSWER)
        return _headline(question, chosen, "zh"), _joined(_lead(question, chosen, "zh"), body)
    readings = [d.translations.get(s.id, s.span.of(d.text)) for s, d in chosen]
    body = _fit(readings, MAX_ANSWER) + _fit(originals, MAX_ANSWER // 3)
    return _headline(question, chosen, "en"), _joined(_lead(question, chosen, "en"), body)


def strength_words(strength: Strength, lang: Language) -> str:
    return _STRENGTH[strength][lang == "en"]


def _chosen(
    question: Question, found: Sequence[Found], document: Callable[[str], Document]
) -> Iterator[tuple[Sentence, Document]]:
    """Evidence sentences in the order to say them: the marked ones of the first citations, a list with its items."""
    del question
    for nth, item in enumerate(found[:4]):
        source = document(item.citation.document)
        marked = [x.sentence for x in item.ranked if x.sentence.span in item.citation.marks]
        for sentence in marked[: 3 if nth == 0 else 1]:
            yield sentence, source
            if sentence.span.of(source.text).rstrip().endswith(("：", ":")):
                yield from ((s, source) for s in _items(sentence, item, source))


def _items(stem: Sentence, item: Found, source: Document) -> list[Sentence]:
    """The list items behind a stem that the quotation holds."""
    after = [x.sentence for x in item.ranked if x.sentence.span.start > stem.span.end]
    del source
    return sorted((s for s in after if s.clause_id != stem.clause_id), key=lambda s: s.span)


def _headline(question: Question, chosen: Sequence[tuple[Sentence, Document]], lang: Language) -> str:
    """What was asked, first: the value of a duration, else the best sentence."""
    sentence, source = chosen[0]
    text = source.translations.get(sentence.id) if lang == "en" else None
    lead = _lead(question, chosen, lang)
    whole = text or sentence.span.of(source.text)
    return f"{lead}{whole}"


def _lead(question: Question, chosen: Sequence[tuple[Sentence, Document]], lang: Language) -> str:
    """The words before the first sentence: a typed value for a duration, the strength for a yes-or-no question."""
    sentence, source = chosen[0]
    separator = "：" if lang == "zh" else ": "
    if question.intent == "duration":
        values = find_durations(sentence.span.of(source.text))
        labels = [d.label_zh() if lang == "zh" else d.label_en() for _, d in values]
        return "；".join(dict.fromkeys(labels)) + separator if labels else ""
    if question.intent == "yesno":
        return strength_words(sentence.strength, lang) + separator
    return ""


def _fit(texts: Sequence[str], limit: int) -> list[str]:
    """Texts without doubles up to a number of characters, the first one always."""
    out: list[str] = []
    for text in dict.fromkeys(texts):
        if out and sum(map(len, out)) + len(text) > limit:
            continue
        out.append(text)
    return out


def _joined(lead: str, body: Sequence[str]) -> str:
    return lead + "\n".join(body)
