"""Composing what the user reads first: a headline that begins with what was asked, then the verbatim sentences.

Nothing is phrased by a model: a typed value is read from the text, everything else is quoted. An English question gets the
unofficial English reading first and the Chinese original after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.abstention import Verdict
from kg.books import Book, Library
from kg.clipping import Clipper
from kg.comparing import full_name, heading, positions, summary
from kg.evidence import Evidence, spreads
from kg.model import Position, Question, Sentence
from kg.text import guideline_of
from kg.wording import strength_words

MAX_ANSWER = 600
_READINGS, _ORIGINALS = 340, 440  # characters of an English answer: its readings, and the originals behind them
MOST_BESIDE = 800  # characters of an English comparison with its originals
_BREAKS = 3  # characters between the lines of a guideline
_CITATIONS = 5
_WITHIN = 5.0  # logits behind the best sentence
_GOING_ON = 2.0  # logits that each of the sentences right after the best one stands behind it at most
_LATER = 0.3  # logits that a later citation's sentence loses by rank


@dataclass(frozen=True, slots=True)
class Composed:
    """The headline, the whole text that begins with it, and one position a guideline where several are asked."""

    headline: str
    text: str
    positions: tuple[Position, ...] = ()


class Composer:
    """Composes answers from the evidence, of about MAX_ANSWER characters; comparisons in English of MOST_BESIDE."""

    def __init__(self, library: Library, clipper: Clipper) -> None:
        self._library, self._clipper = library, clipper

    def compose(self, question: Question, evidence: Sequence[Evidence]) -> Composed:
        """The words of an answer."""
        library = self._library
        if spreads(question) and (found := positions(question, evidence, library)):
            return self._side_by_side(question, found, evidence)
        chosen = _chosen(question, evidence, library)
        lead = _lead(question, chosen, library)
        originals = [library.book(s.id).text(s) for s in chosen]
        if question.lang == "zh":
            return Composed(lead + originals[0], lead + "\n".join(dict.fromkeys(originals)))
        readings = [library.book(s.id).reading(s) or library.book(s.id).text(s) for s in chosen]
        readings[0] = self._clipper.clip(readings[0], question, _READINGS)
        said = _fit(readings, _READINGS)
        body = [*said, *(o for o in _fit(originals, _ORIGINALS) if o not in said)]
        return Composed(lead + readings[0], lead + "\n".join(body))

    def declined(self, verdict: Verdict, question: Question, evidence: Sequence[Evidence]) -> Composed:
        """The reason for which nothing answers; where only the value asked for is missing, with what the guidance does say."""
        if verdict.kind != "no-value" or not evidence:
            return Composed(verdict.reason, verdict.reason)
        nearest = evidence[0].ranked[0][1]
        book = self._library.book(nearest.id)
        said = book.text(nearest) if question.lang == "zh" else book.reading(nearest) or book.text(nearest)
        return Composed(verdict.reason, f"{verdict.reason}\n{said}")

    def _side_by_side(self, question: Question, found: Sequence[Position], evidence: Sequence[Evidence]) -> Composed:
        """Whether the guidelines agree, then what each of them says under its name."""
        headline = summary(question, found, self._library)
        chosen = _chosen(question, evidence, self._library)
        own = [self._own(position, chosen) for position in found]
        names = [heading(p, self._library.book(p.document).document.metadata, question.lang) for p in found]
        if question.lang == "zh":
            said = [[self._library.book(s.id).text(s) for s in sentences] for sentences in own]
        else:
            said = self._shared(own, question, MOST_BESIDE - sum(len(line) + _BREAKS for line in (headline, *names)))
        lines = [headline, *(line for name, texts in zip(names, said, strict=True) for line in (name, *texts))]
        return Composed(headline, "\n".join(dict.fromkeys(lines)), tuple(found))

    def _shared(self, own: Sequence[Sequence[Sentence]], question: Question, room: int) -> list[list[str]]:
        """What each guideline says in both languages, in a room that they share: those that need least come first, and what
        they leave is left to the others.
        """
        said = [self._in_both(sentences, question, room) for sentences in own]
        ascending = sorted(range(len(own)), key=lambda nth: _length(said[nth]))
        for left, nth in zip(range(len(own), 0, -1), ascending, strict=True):
            said[nth] = self._in_both(own[nth], question, room // left)
            room -= _length(said[nth])
        return said

    def _own(self, position: Position, chosen: Sequence[Sentence]) -> list[Sentence]:
        """The chosen sentences of a guideline, as many as they are, beginning with the one that stands for its position; an
        entry of a list only beside its stem or a neighbour.
        """
        book = self._library.book(position.document)
        first = book.sentences[position.sentence_id]
        own = [s for s in chosen if guideline_of(s.id) == position.document]
        near = {first.clause_id, book.clauses[first.clause_id].parent_id}
        others = [s for s in own if s.id != first.id]
        apart = {s.id for s in others if book.clauses[s.clause_id].kind == "bullet"}
        apart -= {s.id for s in others if book.clauses[s.clause_id].parent_id in near}
        return [first, *(s for s in others if s.id not in apart)][: max(1, len(own))]

    def _in_both(self, sentences: Sequence[Sentence], question: Question, limit: int) -> list[str]:
        """What a guideline says in English and then as issued: the first sentence clipped to a number of characters, others
        only as a whole."""
        first, *others = sentences
        book = self._library.book(first.id)
        reading, original = book.reading(first), book.text(first)
        clipper = self._clipper
        said = [clipper.clip(original, question, limit)]
        if reading:
            said = list(clipper.clip_both(reading, original, question, limit))
        for sentence in others:
            both = [text for text in (book.reading(sentence), book.text(sentence)) if text]
            if _length([*said, *both]) <= limit:
                said += both
        return said


def _length(texts: Sequence[str]) -> int:
    return sum(map(len, texts))


def _chosen(question: Question, evidence: Sequence[Evidence], library: Library) -> list[Sentence]:
    """Sentences to say: the best first, then as many of the next best as fit, in the order of the citations.

    Where several guidelines are asked, the best of each comes before all others, whatever its length.
    """
    several = spreads(question)
    firsts = {i.citation.document: i.ranked[0][1].id for i in reversed(evidence[:_CITATIONS])} if several else {}
    pool = _pool(evidence, frozenset(firsts.values()), library)
    taken: dict[str, tuple[int, Sentence]] = {}
    room = MAX_ANSWER if question.lang == "zh" else _ORIGINALS
    for rank, sentence in pool:
        for item in (sentence, *_items(sentence, library.book(sentence.id))):
            length = item.span.end - item.span.start
            if item.id not in taken and (length <= room or not taken or item.id in firsts.values()):
                taken[item.id] = (rank, item)
                room -= length
    first = pool[0][1]
    rest = sorted(taken.values(), key=lambda x: (x[0], x[1].span))
    return [first, *(s for _, s in rest if s.id != first.id)]


def _pool(evidence: Sequence[Evidence], firsts: frozenset[str], library: Library) -> list[tuple[int, Sentence]]:
    """Sentences with the rank of their citation, best first, those in `firsts` before all others. What goes on right after
    the best sentence of all is taken for nearly as good, whatever its own score.
    """
    best = evidence[0].score
    found = {s.id: (score, rank, s) for rank, item in enumerate(evidence[:_CITATIONS]) for score, s in item.ranked}
    for nth, sentence in enumerate(_going_on(evidence[0], library), 1):
        score = best - nth * _GOING_ON
        if sentence.id not in found or found[sentence.id][0] < score:
            found[sentence.id] = (score, 0, sentence)
    near = (x for x in found.values() if x[0] >= best - _WITHIN or x[2].id in firsts)
    ordered = sorted(near, key=lambda x: (x[2].id not in firsts, _LATER * x[1] - x[0], x[2].id))
    return [(rank, sentence) for _, rank, sentence in ordered]


def _going_on(item: Evidence, library: Library) -> list[Sentence]:
    """The two sentences after the best one of a citation, as far as they are quoted."""
    book = library.book(item.citation.document)
    first = item.ranked[0][1].id
    ids = book.chunks[book.chunk_of[first]].sentence_ids
    after = [book.sentences[i] for i in ids[ids.index(first) + 1 :][:2]]
    return [s for s in after if item.citation.span.holds(s.span) and not s.heading]


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
        values = library.book(chosen[0].id).durations(chosen[0])
        labels = dict.fromkeys(d.label_zh() if zh else d.label_en() for d in values)
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
