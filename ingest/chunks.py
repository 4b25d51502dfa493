"""Chunks: what is indexed and quoted.

A chunk holds neighbouring sentences of one section, a list together with its stem where both fit, and never spans two
headings. Headings are indexed with it but stay out of the quotation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import Chunk, Clause, Sentence, Span, Table

TARGET = 260
LIMIT = 520


def chunks(
    slug: str, text: str, clauses: Sequence[Clause], sentences: Sequence[Sentence], tables: Sequence[Table] = ()
) -> tuple[Chunk, ...]:
    """The chunks of a document, in order of the text; each at most about LIMIT characters unless one sentence is longer.

    A table's caption is one of its headings.
    """
    by_id = {c.id: c for c in clauses}
    captions = {table.clause_id: (table.caption.of(text),) for table in tables if table.caption}
    out: list[Chunk] = []
    for section, group in _sections(by_id, sentences):
        for pack in _packs(group, text):
            span = Span(pack[0].span.start, pack[-1].span.end)
            headings = _headings(by_id, section) + captions.get(section, ())
            chunk_id = f"{slug}~{len(out) + 1}"
            out.append(Chunk(chunk_id, _common(by_id, pack), headings, span, tuple(s.id for s in pack)))
    return tuple(out)


def _sections(by_id: dict[str, Clause], sentences: Sequence[Sentence]) -> Iterator[tuple[str, list[Sentence]]]:
    """Runs of sentences, headings left out, that stand under the same heading."""
    group: list[Sentence] = []
    current = ""
    for sentence in sentences:
        section = _section(by_id, sentence.clause_id)
        if section != current and group:
            yield current, group
            group = []
        current = section
        if not sentence.heading:
            group.append(sentence)
    if group:
        yield current, group


def _section(by_id: dict[str, Clause], clause_id: str) -> str:
    """The nearest heading at or above a clause; a reference entry is its own section, a table with its notes too."""
    clause = by_id[clause_id]
    while clause.kind in ("item", "bullet", "caption", "footnote") and clause.parent_id:
        clause = by_id[clause.parent_id]
    return clause.id


def _packs(group: Sequence[Sentence], text: str) -> Iterator[list[Sentence]]:
    """Units packed up to TARGET characters; a unit that would pass LIMIT begins a new pack."""
    pack: list[Sentence] = []
    for unit in _units(group, text):
        if pack and (_size(pack) > TARGET or _size([*pack, *unit]) > LIMIT):
            yield pack
            pack = []
        pack += unit
    if pack:
        yield pack


def _units(group: Sequence[Sentence], text: str) -> Iterator[list[Sentence]]:
    """What is kept together: the sentences of a paragraph, a list with its stem; in pieces where that passes LIMIT."""
    unit: list[Sentence] = []
    for sentence in group:
        joined = unit and (sentence.paragraph == unit[-1].paragraph or _in_list(unit, sentence, text))
        if unit and (not joined or _size([*unit, sentence]) > LIMIT):
            yield unit
            unit = []
        unit.append(sentence)
    if unit:
        yield unit


def _in_list(unit: Sequence[Sentence], sentence: Sentence, text: str) -> bool:
    """Whether a sentence is an item of the list whose stem (a sentence that ends in a colon) the unit holds."""
    stem = next((s for s in unit if s.span.of(text).rstrip().endswith(("：", ":"))), None)
    return stem is not None and sentence.clause_id.startswith(f"{stem.clause_id}.")


def _size(sentences: Sequence[Sentence]) -> int:
    return sentences[-1].span.end - sentences[0].span.start


def _headings(by_id: dict[str, Clause], clause_id: str | None) -> tuple[str, ...]:
    """Headings from the top to a clause, each with its marker."""
    out: list[str] = []
    while clause_id:
        clause = by_id[clause_id]
        if clause.title:
            out.insert(0, f"{clause.marker}{clause.title}")
        clause_id = clause.parent_id
    return tuple(out)


def _common(by_id: dict[str, Clause], pack: Sequence[Sentence]) -> str:
    """The deepest clause that all sentences of a pack stand in."""
    paths = [_path(by_id, s.clause_id) for s in pack]
    shared = [ids[0] for ids in zip(*paths, strict=False) if len(set(ids)) == 1]
    return shared[-1] if shared else pack[0].clause_id


def _path(by_id: dict[str, Clause], clause_id: str | None) -> list[str]:
    out: list[str] = []
    while clause_id:
        out.insert(0, clause_id)
        clause_id = by_id[clause_id].parent_id
    return out
