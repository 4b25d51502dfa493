"""From paragraphs to the clause tree, over one clean text.

A marked paragraph opens a clause below the nearest open clause whose numbering style differs, or beside the open clause of
the same style. A heading keeps what follows it; an item is closed by the next unmarked paragraph, which goes on with the
section that the list stands in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.paragraphs import Paragraph
from kg.model import Clause, ClauseKind, Segment, Span

_NOTICE = ("关于发布", "关于印发", "通告", "公告", "通知")
_FULL_WIDTH = str.maketrans("()．.", "（）..")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph's place in the clean text and the clause that it belongs to; `body` leaves the marker out."""

    clause_id: str
    span: Span
    body: Span
    kind: str


@dataclass(frozen=True, slots=True)
class ClauseTree:
    """The clean text, its map to the file as issued, its clauses in order of the text and its paragraphs."""

    text: str
    segments: tuple[Segment, ...]
    clauses: tuple[Clause, ...]
    parts: tuple[Part, ...]


def clause_tree(slug: str, paragraphs: Sequence[Paragraph]) -> ClauseTree:
    """The clause tree of a document. Every character of the clean text but line ends stands in exactly one part."""
    builder = _Builder(slug)
    first = next((i for i, p in enumerate(paragraphs) if p.marker and p.marker.style != "bullet"), 0)
    builder.front(paragraphs[:first])
    for paragraph in paragraphs[first:]:
        builder.add(paragraph)
    return builder.tree()


@dataclass(slots=True)
class _Builder:
    slug: str
    text: list[str] = field(default_factory=list)
    at: int = 0
    offsets: list[int] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    open: list[tuple[str, Clause]] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)

    def front(self, paragraphs: Sequence[Paragraph]) -> None:
        """What stands before the first clause: the title page, or the notice that issued the guideline."""
        if not paragraphs:
            return
        joined = "".join(p.text for p in paragraphs)
        kind: ClauseKind = "notice" if any(word in joined for word in _NOTICE) else "front"
        clause = self._open("front", Clause(f"{self.slug}#{kind}", None, kind, "", "", "", 1, Span(0, 0)))
        for paragraph in paragraphs:
            self._write(paragraph, clause)
        self.open.clear()

    def add(self, paragraph: Paragraph) -> None:
        if paragraph.kind == "references":
            self._write(paragraph, self._references(paragraph))
        elif paragraph.kind == "reference":
            self._write(paragraph, self._entry(paragraph))
        elif paragraph.kind == "caption":
            self._write(paragraph, self._child(paragraph, "caption", "caption"))
        elif paragraph.marker:
            self._write(paragraph, self._marked(paragraph))
        elif paragraph.kind == "soft-heading" and self.open:
            self._close_items()
            self._close("soft")
            self._write(paragraph, self._child(paragraph, "soft", "heading"))
        else:
            self._close_items()
            self._write(paragraph, self.open[-1][1] if self.open else self._body())

    def tree(self) -> ClauseTree:
        text = "\n".join(self.text)
        spans = _extents(self.clauses, self.parts)
        clauses = tuple(replace(c, span=spans[c.id]) for c in self.clauses)
        return ClauseTree(text, _segments(self.offsets), clauses, tuple(self.parts))

    # -- opening and closing -------------------------------------------------------------------------------------

    def _marked(self, paragraph: Paragraph) -> Clause:
        marker = paragraph.marker
        if marker is None:
            raise ValueError("a marked paragraph has a marker")
        self._close(marker.style)
        if marker.style != "bullet":
            self._close("soft")
        if paragraph.kind == "heading":
            kind: ClauseKind = "heading"
        else:
            kind = "bullet" if marker.style == "bullet" else "item"
        return self._child(paragraph, marker.style, kind)

    def _child(self, paragraph: Paragraph, style: str, kind: ClauseKind) -> Clause:
        parent = self.open[-1][1] if self.open else None
        title = paragraph.body.strip() if kind in ("heading", "caption") else ""
        part, label = self._numbering(paragraph, style, parent, title)
        base = f"{parent.id}.{part}" if parent else f"{self.slug}#{part}"
        depth = parent.depth + 1 if parent else 1
        mark = paragraph.marker.text.strip() if paragraph.marker else ""
        clause = Clause(self._unique(base), parent.id if parent else None, kind, mark, label, title, depth, Span(0, 0))
        return self._open(style, clause) if kind != "caption" else self._keep(clause)

    def _numbering(self, paragraph: Paragraph, style: str, parent: Clause | None, title: str) -> tuple[str, str]:
        """The clause's part of the id and its label: `5` and `三、2.（5）`; a bullet counts below its parent."""
        above = parent.label if parent else ""
        marker = paragraph.marker
        if marker and marker.style != "bullet":
            mark = marker.text.strip().translate(_FULL_WIDTH)
            if style.startswith("dotted") and parent and parent.marker and parent.marker[0].isdecimal():
                above = above.removesuffix(parent.marker.translate(_FULL_WIDTH))
            return marker.id_part, above + mark
        if style == "bullet":
            nth = self._count(f"{parent.id if parent else self.slug}/bullets")
            return f"b{nth}", f"{above} 第{nth}点"
        letter = {"soft": "h", "caption": "f"}.get(style, "p")
        nth = self._count(f"{parent.id if parent else self.slug}/{letter}")
        return f"{letter}{nth}", f"{above} {title}".strip()

    def _references(self, paragraph: Paragraph) -> Clause:
        self.open.clear()
        title = paragraph.body.strip()
        clause = Clause(f"{self.slug}#ref", None, "references", "", title, title, 1, Span(0, 0))
        return self._open("references", clause)

    def _entry(self, paragraph: Paragraph) -> Clause:
        head = self.open[0][1]
        if paragraph.marker is None:
            return self.open[-1][1]
        del self.open[1:]
        number = paragraph.marker.ordinal
        clause_id = self._unique(f"{head.id}.{number}")
        label = f"{head.label}[{number}]"
        entry = Clause(clause_id, head.id, "reference", paragraph.marker.text.strip(), label, "", 2, Span(0, 0))
        return self._open("reference", entry)

    def _body(self) -> Clause:
        clause = Clause(f"{self.slug}#body", None, "heading", "", "", "", 1, Span(0, 0))
        return self._open("body", clause)

    def _close(self, style: str) -> None:
        """Closes the open clause of this style and all below it, if there is one."""
        at = next((i for i, (s, _) in enumerate(self.open) if s == style), None)
        if at is not None:
            del self.open[at:]

    def _close_items(self) -> None:
        while self.open and self.open[-1][1].kind in ("item", "bullet"):
            self.open.pop()

    # -- writing -------------------------------------------------------------------------------------------------

    def _open(self, style: str, clause: Clause) -> Clause:
        self.open.append((style, clause))
        return self._keep(clause)

    def _keep(self, clause: Clause) -> Clause:
        self.clauses.append(clause)
        return clause

    def _write(self, paragraph: Paragraph, clause: Clause) -> None:
        if self.text:
            self.offsets.append(-1)
            self.at += 1
        span = Span(self.at, self.at + len(paragraph.text))
        self.text.append(paragraph.text)
        self.offsets.extend(paragraph.offsets)
        self.at = span.end
        body = Span(span.end - len(paragraph.body), span.end)
        self.parts.append(Part(clause.id, span, body, paragraph.kind))

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


def _segments(offsets: Sequence[int]) -> tuple[Segment, ...]:
    return tuple(_runs(offsets))


def _runs(offsets: Sequence[int]) -> Iterator[Segment]:
    """Runs of clean characters that stand side by side in the file; a joining space (-1) belongs to none."""
    start = 0
    for i in range(1, len(offsets) + 1):
        if i < len(offsets) and offsets[i] == offsets[i - 1] + 1 and offsets[i - 1] >= 0:
            continue
        if offsets[start] >= 0:
            yield Segment(start, offsets[start], i - start)
        start = i
