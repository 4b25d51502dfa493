"""Composing what the user reads first: a headline that begins with what was asked, then the verbatim sentences.

Nothing is phrased by a model: a typed value is read from the text, everything else is quoted. An English question gets the
unofficial English reading first and the Chinese original after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kg.abstention import Verdict
from kg.books import Book, Library
from kg.comparing import full_name, positions, short_name, summary
from kg.durations import find_durations
from kg.evidence import Evidence, spreads
from kg.model import Position, Question, Sentence
from kg.text import content_terms, guideline_of, tokens
from kg.wording import strength_words

MAX_ANSWER = 600
_READINGS, _ORIGINALS = 340, 440  # characters of an English answer: its readings, and the originals behind them
_FEWER = 100  # characters of originals less where each guideline's reading is given
_READINGS_BESIDE = 240  # characters of all guidelines' readings where several are asked,
_READING_EACH = 100  # of which each has no less than this
_MOST = 800  # characters of an English comparison with its originals
_CITATIONS = 5
_PHRASE = re.compile(r"[,;:](?=\s)")
_WITHIN = 5.0  # logits behind the best sentence
_LATER = 0.3  # logits that a later citation's sentence loses by rank


@dataclass(frozen=True, slots=True)
class Composed:
    """The headline, the whole text that begins with it, and one position a guideline where several are asked."""

    headline: str
    text: str
    positions: tuple[Position, ...] = ()


def compose(question: Question, evidence: Sequence[Evidence], library: Library) -> Composed:
    """The answer's words, of about MAX_ANSWER characters at most."""
    if spreads(question) and (found := positions(question, evidence, library)):
        return _side_by_side(question, found, evidence, library)
    chosen = _chosen(question, evidence, library)
    lead = _lead(question, chosen, library)
    originals = [library.book(s.id).text(s) for s in chosen]
    if question.lang == "zh":
        return Composed(lead + originals[0], lead + "\n".join(dict.fromkeys(originals)))
    readings = [library.book(s.id).reading(s) or library.book(s.id).text(s) for s in chosen]
    readings[0] = _clipped(readings[0], question, _READINGS)
    said = _fit(readings, _READINGS)
    body = [*said, *(o for o in _fit(originals, _ORIGINALS) if o not in said)]
    return Composed(lead + readings[0], lead + "\n".join(body))


def declined(verdict: Verdict, question: Question, evidence: Sequence[Evidence], library: Library) -> Composed:
    """The reason for which nothing answers; where only the value asked for is missing, with what the guidance does say."""
    if verdict.kind != "no-value" or not evidence:
        return Composed(verdict.reason, verdict.reason)
    nearest = evidence[0].ranked[0][1]
    book = library.book(nearest.id)
    said = book.text(nearest) if question.lang == "zh" else book.reading(nearest) or book.text(nearest)
    return Composed(verdict.reason, f"{verdict.reason}\n{said}")


def _side_by_side(
    question: Question, found: Sequence[Position], evidence: Sequence[Evidence], library: Library
) -> Composed:
    """Whether the guidelines agree, then what each of them says under its name."""
    headline = summary(question, found, library)
    chosen = _chosen(question, evidence, library)
    lines: list[str] = [headline]
    originals: list[list[str]] = []
    for position in found:
        book = library.book(position.document)
        own = _beginning(book.sentences[position.sentence_id], chosen)
        texts = [book.text(s) for s in own]
        if question.lang == "en":
            originals.append(texts)
            texts = _read(own, question, max(_READINGS_BESIDE // len(found), _READING_EACH), book) or texts
        lines += [short_name(book.document.metadata, question.lang), *texts]
    in_turn = [text for texts in zip_longest(*originals) for text in texts if text]
    shown = _fit([*lines, *in_turn], _MOST) if originals else lines
    return Composed(headline, "\n".join(dict.fromkeys(shown)), tuple(found))


def _beginning(first: Sentence, chosen: Sequence[Sentence]) -> list[Sentence]:
    """The chosen sentences of a guideline, as many as they are, beginning with the one that stands for its position."""
    own = [s for s in chosen if guideline_of(s.id) == guideline_of(first.id)]
    return [first, *(s for s in own if s.id != first.id)][: max(1, len(own))]


def _read(sentences: Sequence[Sentence], question: Question, limit: int, book: Book) -> list[str]:
    """The readings of sentences up to a number of characters: the first to its telling phrases, others as a whole."""
    readings = list(filter(None, map(book.reading, sentences)))
    return _fit([_clipped(r, question, limit) if r == readings[0] else r for r in readings], limit)


def _clipped(reading: str, question: Question, limit: int) -> str:
    """A reading up to a number of characters: of a longer one the run of whole phrases that shares most words with the
    question, the earlier one of equals, with dots for what is left out; the citation holds the whole.
    """
    if len(reading) <= limit:
        return reading
    ends = [m.end() for m in _PHRASE.finditer(reading)]
    starts, asked = [0, *ends], set(content_terms(question.text))
    runs = [(s, max((e for e in (*ends, len(reading)) if s < e <= s + limit), default=0)) for s in starts]
    whole = [(s, e) for s, e in runs if e] or [(0, reading.rfind(" ", 0, limit))]
    start, end = max(whole, key=lambda run: (len(asked & set(tokens(reading[run[0] : run[1]]))), -run[0]))
    said = reading[start:end].strip().rstrip(",;:")
    return f"{'… ' if start else ''}{said}{' …' if end < len(reading) else ''}"


def _chosen(question: Question, evidence: Sequence[Evidence], library: Library) -> list[Sentence]:
    """Sentences to say: the best first, then as many of the next best as fit, in the order of the citations.

    Where several guidelines are asked, the best of each comes before all others, whatever its length.
    """
    several = spreads(question)
    firsts = {i.citation.document: i.ranked[0][1].id for i in reversed(evidence[:_CITATIONS])} if several else {}
    pool = _pool(evidence, frozenset(firsts.values()))
    taken: dict[str, tuple[int, Sentence]] = {}
    room = MAX_ANSWER if question.lang == "zh" else _ORIGINALS - several * _FEWER
    for rank, sentence in pool:
        for item in (sentence, *_items(sentence, library.book(sentence.id))):
            length = item.span.end - item.span.start
            if item.id not in taken and (length <= room or not taken or item.id in firsts.values()):
                taken[item.id] = (rank, item)
                room -= length
    first = pool[0][1]
    rest = sorted(taken.values(), key=lambda x: (x[0], x[1].span))
    return [first, *(s for _, s in rest if s.id != first.id)]


def _pool(evidence: Sequence[Evidence], firsts: frozenset[str]) -> list[tuple[int, Sentence]]:
    """Sentences with the rank of their citation, best first, those in `firsts` before all others."""
    best = evidence[0].score
    scored = [
        (sentence.id not in firsts, _LATER * rank - score, rank, sentence)
        for rank, item in enumerate(evidence[:_CITATIONS])
        for score, sentence in item.ranked
        if score >= best - _WITHIN or sentence.id in firsts
    ]
    return [(rank, sentence) for _, _, rank, sentence in sorted(scored, key=lambda x: (*x[:2], x[3].id))]


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
    """The words before the first sentence: a typed value for a duration, the strength for a yes-or-no question, the
    guideline for a question which one it is.
    """
    zh = question.lang == "zh"
    separator = "：" if zh else ": "
    if question.intent == "crossref":
        return full_name(library.book(chosen[0].id).document.metadata, question.lang) + separator
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
