"""From paragraphs to the clause tree, over one clean text.

A marked paragraph opens a clause below the nearest open clause whose numbering style differs, or beside the open clause of
the same style. A heading keeps what follows it; an item is closed by the next unmarked paragraph, which goes on with the
section that the list stands in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ingest.cleantext import CleanText, Part
from ingest.frontmatter import first_clause, is_opening
from ingest.kinds import BACK_MATTER
from ingest.labels import Labels
from ingest.numbering import RANKS, Marker
from ingest.paragraphs import Paragraph
from ingest.series import NUMBERED, first_closed
from kg.model import Clause, ClauseKind, Segment, Span, Table
from kg.text import detect_language

_NOTICE = ("关于发布", "关于印发", "通告", "公告", "通知")
_APART = ("row", "caption", "note", "footnote")


@dataclass(frozen=True, slots=True)
class ClauseTree:
    """The clean text, its map to the file as issued, its clauses in order of the text, its paragraphs and its tables."""

    text: str
    segments: tuple[Segment, ...]
    clauses: tuple[Clause, ...]
    parts: tuple[Part, ...]
    tables: tuple[Table, ...] = ()


def clause_tree(slug: str, paragraphs: Sequence[Paragraph]) -> ClauseTree:
    """The clause tree of a document. Every character of the clean text but line ends stands in exactly one part."""
    sample = "".join(p.text for p in paragraphs[:200])
    builder = _Builder(slug, english=detect_language(sample) == "en")
    first = first_clause(paragraphs)
    builder.front(paragraphs[:first])
    builder.sections = _with_numbers_below(paragraphs[first:])
    for paragraph in paragraphs[first:]:
        builder.add(paragraph)
    return builder.tree()


def _with_numbers_below(paragraphs: Sequence[Paragraph]) -> set[int]:
    """The numbered paragraphs (by identity) whose number the next one goes on with: 2. before 2.1."""
    out: set[int] = set()
    below: Marker | None = None
    for paragraph in reversed(paragraphs):
        if paragraph.marker and (paragraph.marker.prefix or paragraph.marker.style in NUMBERED):
            if below and below.prefix == paragraph.marker.path:
                out.add(id(paragraph))
            below = paragraph.marker
    return out


@dataclass(frozen=True, slots=True)
class _Open:
    """A clause that goes on: its marker if it has one, and the level of a heading that has none (0 for others)."""

    clause: Clause
    marker: Marker | None = None
    level: int = 0
    soft: bool = False
    section: bool = False

    @property
    def ends_with_its_paragraph(self) -> bool:
        article = self.marker is not None and self.marker.style in ("article", "article-en")
        return self.clause.kind in ("item", "bullet") and not article and not self.section


@dataclass(slots=True)
class _Builder:
    slug: str
    english: bool
    out: CleanText = field(default_factory=CleanText)
    clauses: list[Clause] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    rows: tuple[int, Clause] | None = None
    entries: Clause | None = None
    sections: set[int] = field(default_factory=set)
    labels: Labels = field(init=False)

    def __post_init__(self) -> None:
        self.labels = Labels(self.slug, english=self.english, count=self._count)

    def front(self, paragraphs: Sequence[Paragraph]) -> None:
        """What stands before the first clause: the title page, or the notice that issued the guideline."""
        plain = [p for p in paragraphs if p.kind not in _APART]
        if plain:
            joined = "".join(p.text for p in plain)
            kind: ClauseKind = "notice" if any(word in joined for word in _NOTICE) else "front"
            self._open(_Open(Clause(f"{self.slug}#{kind}", None, kind, "", "", "", 1, Span(0, 0))))
        for paragraph in paragraphs:
            self.out.write(paragraph, self._apart(paragraph) if paragraph.kind in _APART else self.open[0].clause)
        self.open.clear()

    def add(self, paragraph: Paragraph) -> None:
        if paragraph.kind in _APART:
            clause = self._apart(paragraph)
        elif paragraph.kind == "references":
            clause = self._references(paragraph)
        elif paragraph.kind == "reference":
            clause = self._entry(paragraph)
        elif paragraph.marker:
            clause = self._marked(paragraph)
        elif self._names_the_last(paragraph):
            clause = self._named(paragraph)
        elif paragraph.kind == "heading" or (paragraph.kind == "soft-heading" and (self.open or is_opening(paragraph))):
            clause = self._unnumbered(paragraph)
        else:
            self._close_items(paragraph)
            clause = self.open[-1].clause if self.open else self._body()
        self.out.write(paragraph, clause)

    def tree(self) -> ClauseTree:
        out = self.out
        spans = _extents(self.clauses, out.parts)
        clauses = tuple(replace(c, span=spans[c.id]) for c in self.clauses)
        return ClauseTree(out.text, tuple(out.segments), clauses, tuple(out.parts), tuple(out.tables))

    def _names_the_last(self, paragraph: Paragraph) -> bool:
        """Whether a line is the title of the annex or chapter whose number stands alone above it."""
        last = self.open[-1] if self.open else None
        if last is None or last.marker is None or self.clauses[-1] is not last.clause or last.clause.title:
            return False
        return last.marker.style in RANKS and paragraph.kind in ("soft-heading", "heading")

    def _named(self, paragraph: Paragraph) -> Clause:
        last = self.open.pop()
        self.clauses.pop()
        return self._open(replace(last, clause=replace(last.clause, title=paragraph.body.strip())))

    # -- opening and closing -------------------------------------------------------------------------------------

    def _marked(self, paragraph: Paragraph) -> Clause:
        marker = paragraph.marker
        if marker is None:
            raise ValueError("a marked paragraph has a marker")
        level = paragraph.block.level if paragraph.block and paragraph.block.kind == "heading" else 0
        self._close_for(marker, level)
        if paragraph.kind == "heading":
            kind: ClauseKind = "heading"
        else:
            kind = "bullet" if marker.style == "bullet" else "item"
        clause = self._child(paragraph, marker.style, kind)
        return self._open(_Open(clause, marker, level, section=id(paragraph) in self.sections))

    def _close_for(self, marker: Marker, level: int) -> None:
        """Closes what a marker closes, and what the format's own heading level says is over."""
        del self.open[first_closed([o.marker for o in self.open], marker) :]
        if level:
            self._close_levels(level)
        if marker.style != "bullet":
            while self.open and self.open[-1].soft:
                self.open.pop()
        if self.open and self.open[-1].clause.kind in ("references", "reference"):
            self.open.clear()

    def _close_levels(self, level: int) -> None:
        at = next((i for i, o in enumerate(self.open) if o.level >= level), len(self.open))
        del self.open[at:]

    def _unnumbered(self, paragraph: Paragraph) -> Clause:
        """A heading without a number: below the section that is open, or at the level that the format gives it."""
        level = paragraph.block.level if paragraph.kind == "heading" and paragraph.block else 0
        if level:
            self._close_levels(level)
        self._close_items()
        while not level and self.open and self.open[-1].soft:
            self.open.pop()
        back = not level and BACK_MATTER.fullmatch(paragraph.text)
        if back or (self.open and self.open[-1].clause.kind in ("references", "reference")):
            self.open.clear()
        return self._open(_Open(self._child(paragraph, "soft", "heading"), level=level, soft=not level))

    def _child(self, paragraph: Paragraph, style: str, kind: ClauseKind) -> Clause:
        above = [o for o in self.open if not (o.ends_with_its_paragraph and kind in ("caption", "table"))]
        parent = above[-1].clause if above else None
        title = paragraph.body.strip() if kind in ("heading", "caption") else ""
        if paragraph.marker and style != "bullet":
            part, label = self.labels.numbered(paragraph.marker, parent, above[-1].marker if above else None)
        else:
            part, label = self.labels.counted(style, parent, title)
        base = f"{parent.id}.{part}" if parent else f"{self.slug}#{part}"
        depth = parent.depth + 1 if parent else 1
        mark = paragraph.marker.text.strip() if paragraph.marker else ""
        return Clause(self._unique(base), parent.id if parent else None, kind, mark, label, title, depth, Span(0, 0))

    def _references(self, paragraph: Paragraph) -> Clause:
        self.open.clear()
        title = paragraph.body.strip()
        mark = paragraph.marker.text.strip() if paragraph.marker else ""
        clause_id = self._unique(f"{self.slug}#ref")
        self.entries = Clause(clause_id, None, "references", mark, title, title, 1, Span(0, 0))
        return self._open(_Open(self.entries))

    def _entry(self, paragraph: Paragraph) -> Clause:
        if not self.open or self.open[0].clause.kind != "references":
            self.open[:] = [_Open(self.entries or self._body())]
        head = self.open[0].clause
        if paragraph.marker is None:
            return self.open[-1].clause
        del self.open[1:]
        number = paragraph.marker.ordinal
        clause_id = self._unique(f"{head.id}.{number}")
        label = f"{head.label}[{number}]"
        mark = paragraph.marker.text.strip()
        return self._open(_Open(Clause(clause_id, head.id, "reference", mark, label, "", 2, Span(0, 0))))

    def _apart(self, paragraph: Paragraph) -> Clause:
        """The clause of a caption, a table's row or a note, which stand in the text but do not carry it on."""
        if paragraph.kind == "row" and paragraph.block:
            if self.rows and self.rows[0] == paragraph.block.table:
                return self.rows[1]
            clause = self._keep(self._child(paragraph, "table", "table"))
            self.rows = (paragraph.block.table, clause)
            return clause
        if paragraph.kind == "caption":
            return self._keep(self._child(paragraph, "caption", "caption"))
        if paragraph.kind == "note" and self.rows:
            return self._keep(self._note(self.rows[1]))
        nth = self._count(f"{self.slug}/notes")
        label = self.labels.footnote(nth)
        return self._keep(Clause(self._unique(f"{self.slug}#fn{nth}"), None, "footnote", "", label, "", 1, Span(0, 0)))

    def _note(self, table: Clause) -> Clause:
        """A note below a table is a part of the table."""
        nth = self._count(f"{table.id}/notes")
        label = f"{table.label} {self.labels.note(nth)}"
        return Clause(f"{table.id}.n{nth}", table.id, "footnote", "", label, "", table.depth + 1, Span(0, 0))

    def _body(self) -> Clause:
        return self._open(_Open(Clause(self._unique(f"{self.slug}#body"), None, "heading", "", "", "", 1, Span(0, 0))))

    def _close_items(self, paragraph: Paragraph | None = None) -> None:
        """An unmarked paragraph ends the list above it.

        Not so one that the format sets inside a list item, a further paragraph of an article, and what stands under a
        number that no heading is above.
        """
        inside = paragraph.block.level if paragraph and paragraph.block and paragraph.block.kind == "paragraph" else 0
        items = sum(o.clause.kind in ("item", "bullet") for o in self.open)
        kept = 1 if paragraph and self.open and self.open[0].clause.kind != "bullet" else 0
        while len(self.open) > kept and self.open[-1].ends_with_its_paragraph and items > inside:
            self.open.pop()
            items -= 1

    # -- keeping -------------------------------------------------------------------------------------------------

    def _open(self, one: _Open) -> Clause:
        self.open.append(one)
        return self._keep(one.clause)

    def _keep(self, clause: Clause) -> Clause:
        self.clauses.append(clause)
        return clause

    def _count(self, key: str) -> int:
        self.ids[key] += 1
        return self.ids[key]

    def _unique(self, clause_id: str) -> str:
        nth = self._count(clause_id)
        return clause_id if nth == 1 else f"{clause_id}-{nth}"


def _extents(clauses: Sequence[Clause], parts: Iterable[Part]) -> dict[str, Span]:
    """Span of each clause: from its first part to its last, those of the clauses below it included."""
    parent = {c.id: c.parent_id for c in clauses}
    out: dict[str, Span] = {}
    for part in parts:
        at: str | None = part.clause_id
        while at:
            old = out.get(at, part.span)
            out[at] = Span(min(old.start, part.span.start), max(old.end, part.span.end))
            at = parent[at]
    return out
