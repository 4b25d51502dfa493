"""Documents that a text names: entries of its list of references and titles in 《》. What is not in the library is kept as
unresolved, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.model import Clause, Document, Metadata, Reference, Sentence, Span

_TITLE = re.compile(r"《[^《》]{3,80}》")
_ENTRY_TITLE = re.compile(r"^(?:[^，,:：。]{2,40}[，,]\s*)?(?P<title>[^，,。]{4,90}?)(?:[，,.。]\s*\d{4}.*)?$")
_NOISE = re.compile(r"[\s《》（）()“”\"]|试行|征求意见稿")


def find_references(document: Document, library: Mapping[str, Metadata]) -> tuple[Reference, ...]:
    """The documents that a guideline names, each resolved to a slug of the library or to None."""
    kinds = {c.id: c for c in document.clauses}
    titles = {key: slug for slug, metadata in library.items() for key in _keys(metadata)}
    out = []
    for sentence in document.sentences:
        for title, span in _titles(document.text, kinds[sentence.clause_id], sentence):
            target = titles.get(_key(title))
            if target != document.slug:
                out.append(Reference(sentence.clause_id, title, span, target))
    return tuple(out)


def _titles(text: str, clause: Clause, sentence: Sentence) -> Iterator[tuple[str, Span]]:
    line = sentence.span.of(text)
    if clause.kind == "reference" and "《" not in line:
        match = _ENTRY_TITLE.match(line)
        yield (match["title"] if match else line).strip(), sentence.span
        return
    for match in _TITLE.finditer(line):
        start = sentence.span.start + match.start()
        yield match[0].strip("《》"), Span(start, start + len(match[0]))


def _keys(metadata: Metadata) -> Iterator[str]:
    yield _key(metadata.title_zh)
    yield _key(metadata.title_en)


def _key(title: str) -> str:
    return _NOISE.sub("", title).casefold()
