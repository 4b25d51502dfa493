"""Sentences: the unit of evidence, of strength and of the English reading aid."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ingest.clauses import ClauseTree
from ingest.cleantext import Part
from ingest.strength import strength_of
from kg.model import Sentence, Span

# a Chinese stop always ends a sentence; a Latin one only before a space and a capital, never after an initial (U.S., J.
# Smith) or an abbreviation
_NO_END = ("e.g.", "i.e.", "vs.", "No.", "Nos.", "Dr.", "Fig.", "cf.", "et al.")
_END = re.compile(
    r"[。！？!?][”’」』）)]*|\.(?=\s+[A-Z“(])(?<!\b[A-Z]\.)" + "".join(rf"(?<!\b{re.escape(word)})" for word in _NO_END)
)


def sentences(tree: ClauseTree) -> tuple[Sentence, ...]:
    """The sentences of a document in order; with line ends and markers they cover the clean text."""
    counts: Counter[str] = Counter()
    out = []
    for nth, part in enumerate(tree.parts):
        heading = part.kind in ("heading", "soft-heading", "references", "caption")
        whole = heading or part.kind in ("reference", "row")
        for span in [part.body] if whole else _split(tree.text, part):
            if span.start == span.end:
                continue
            counts[part.clause_id] += 1
            sentence_id = f"{part.clause_id}/s{counts[part.clause_id]}"
            strength = "statement" if heading or part.kind == "reference" else strength_of(span.of(tree.text))
            out.append(Sentence(sentence_id, part.clause_id, span, nth, strength, heading))
    return tuple(out)


def _split(text: str, part: Part) -> Iterator[Span]:
    """The sentences of a paragraph, without the white space between them."""
    start = part.body.start
    for match in _END.finditer(part.body.of(text)):
        end = part.body.start + match.end()
        yield _trim(text, Span(start, end))
        start = end
    if text[start : part.body.end].strip():
        yield _trim(text, Span(start, part.body.end))


def _trim(text: str, span: Span) -> Span:
    if not text[span.start : span.start + 1].isspace() and not text[span.end - 1 : span.end].isspace():
        return span
    piece = span.of(text)
    return Span(span.start + len(piece) - len(piece.lstrip()), span.end - len(piece) + len(piece.rstrip()))
