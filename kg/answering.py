"""Composing what the user reads first: a headline that begins with what was asked, then the verbatim sentences.

Nothing is phrased by a model: a typed value is read from the text, everything else is quoted. An English question gets the
unofficial English reading first and the Chinese original after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.books import Book, Library
from kg.durations import find_durations
from kg.evidence import Evidence, spreads
from kg.model import Language, Question, Sentence, Strength

MAX_ANSWER = 600
_READINGS, _ORIGINALS = 340, 440  # characters of an English answer: its readings, and the originals behind them
_CITATIONS = 5
_WITHIN = 5.0  # logits behind the best sentence
_LATER = 0.3  # logits that a later citation's sentence loses by rank
_STRENGTH: dict[Strength, tuple[str, str]] = {
    "must": ("应（must）", "Required (must)"),
    "should": ("建议（should）", "Recommended (should)"),
    "encouraged": ("鼓励（encouraged）", "Encouraged"),
    "may": ("可（may）", "Possible (may)"),
    "not": ("不（not）", "No (not)"),
    "statement": ("指导原则的说法", "The guidance says"),
}


def compose(question: Question, evidence: Sequence[Evidence], library: Library) -> tuple[str, str]:
    """The headline and the whole answer text, of about MAX_ANSWER characters at most."""
    chosen = _chosen(question, evidence, library)
    lead = _lead(question, chosen, library)
    originals = [library.book(s.id).text(s) for s in chosen]
    if question.lang == "zh":
        return lead + originals[0], lead + "\n".join(dict.fromkeys(originals))
    readings = [library.book(s.id).reading(s) or library.book(s.id).text(s) for s in chosen]
    said = _fit(readings, _READINGS)
    return lead + readings[0], lead + "\n".join([*said, *(o for o in _fit(originals, _ORIGINALS) if o not in said)])


def strength_words(strength: Strength, lang: Language) -> str:
    return _STRENGTH[strength][lang == "en"]


def _chosen(question: Question, evidence: Sequence[Evidence], library: Library) -> list[Sentence]:
    """Sentences to say: the best first, then as many of the next best as fit, in the order of the citations."""
    pool = _pool(question, evidence)
    taken: dict[str, tuple[int, Sentence]] = {}
    room = MAX_ANSWER if question.lang == "zh" else _ORIGINALS
    for rank, sentence in pool:
        for said in (sentence, *_items(sentence, library.book(sentence.id))):
            length = said.span.end - said.span.start
            if said.id not in taken and (length <= room or not taken):
                taken[said.id] = (rank, said)
                room -= length
    first = pool[0][1]
    rest = sorted(taken.values(), key=lambda x: (x[0], x[1].span))
    return [first, *(s for _, s in rest if s.id != first.id)]


def _pool(question: Question, evidence: Sequence[Evidence]) -> list[tuple[int, Sentence]]:
    """Sentences with the rank of their citation, best first; every guideline's best comes early when several are asked."""
    best = evidence[0].score
    scored = [
        (score - _LATER * rank, rank, sentence)
        for rank, item in enumerate(evidence[:_CITATIONS])
        for score, sentence in item.ranked
        if score >= best - _WITHIN
    ]
    ordered = sorted(scored, key=lambda x: (-x[0], x[2].id))
    if spreads(question):
        heads = {item.citation.document: item for item in reversed(evidence[:_CITATIONS])}
        firsts = {item.ranked[0][1].id for item in heads.values() if item.score >= best - _WITHIN}
        ordered.sort(key=lambda x: x[2].id not in firsts)
    return [(rank, sentence) for _, rank, sentence in ordered]


def _items(stem: Sentence, book: Book) -> Iterator[Sentence]:
    """The first sentence of each list item below a stem (a sentence that ends in a colon), headings included."""
    if not book.text(stem).rstrip().endswith(("：", ":")):
        return
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
