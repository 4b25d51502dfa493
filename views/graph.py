"""The path from a concept of the question to a cited clause, as a picture of our own: SVG, nothing fetched.

Nodes stand on a rail from top to bottom, so that long Chinese labels stay legible in a narrow column and on
a phone. A node's kind shows by colour, shape and word; an edge's relation is written beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString
from unicodedata import east_asian_width

from markupsafe import Markup

from kg.errors import GuidegraphError
from kg.model import Answer, Path
from views.components import path_picture
from views.markup import html, join
from views.records import Page, spoken

MOST_NODES = 12
WIDTH, RAIL, ROW, TOP = 330, 26, 74, 24
_LABEL_WIDTH = 34  # in half-width characters
# outlines around (0, 0), about 22 high; a kind that is not here is a small disc
_SHAPES = {
    "product": Markup('<path d="M-12 0L-6 -10.5H6L12 0L6 10.5H-6Z"/>'),
    "duration": Markup('<rect x="-13" y="-9" width="26" height="18" rx="9"/>'),
    "risk": Markup('<path d="M0 -12L12 9.5H-12Z"/>'),
    "population": Markup('<circle r="11"/>'),
    "disease": Markup('<path d="M-4 -11H4V-4H11V4H4V11H-4V4H-11V-4H-4Z"/>'),
    "endpoint": Markup('<path d="M0 -13L13 0L0 13L-13 0Z"/>'),
    "design": Markup('<rect x="-10" y="-10" width="20" height="20"/>'),
    "procedure": Markup('<rect x="-11" y="-11" width="22" height="22" rx="6"/>'),
    "document": Markup('<path d="M-9 -12H4L9 -7V12H-9Z"/>'),
    "clause": Markup('<rect x="-12" y="-10" width="24" height="20" rx="3"/>'),
    "comparator": Markup('<path d="M-11 -10H-2V10H-11ZM2 -10H11V10H2Z"/>'),
    "biomarker": Markup(
        '<path fill-rule="evenodd" d="M-11 0A11 11 0 1 1 11 0A11 11 0 1 1 -11 0ZM-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z"/>'
    ),
    "organisation": Markup('<path d="M0 -12L12 -3L8 11H-8L-12 -3Z"/>'),
    "place": Markup('<path d="M0 13C-4 6 -9 2 -9 -4A9 9 0 1 1 9 -4C9 2 4 6 0 13Z"/>'),
    "regulatory_artifact": Markup('<path d="M-9 -12H9V12L0 5L-9 12Z"/>'),
    "dose": Markup('<path d="M-12 -5H12A12 12 0 0 1 -12 -5Z"/>'),
    "quantity": Markup('<path d="M-11 3H-5V11H-11ZM-3 -4H3V11H-3ZM5 -11H11V11H5Z"/>'),
    "condition": Markup('<path d="M-10 -11H0L11 0L0 11H-10L0 0Z"/>'),
}
_OTHER = Markup('<circle r="9"/>')


@dataclass(frozen=True, slots=True)
class Node:
    """A node as drawn; `number` is the card of a cited clause."""

    iri: str
    label: str
    kind: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between the nodes at two places."""

    start: int
    end: int
    label: str


def panel(answer: Answer, page: Page) -> None:
    """The paths of an answer, one at a time; nothing where there is none."""
    if answer.paths:
        figures = join(figure(path, i, answer, page) for i, path in enumerate(answer.paths))
        path_picture(figures, page.texts, "paths")


def figure(path: Path, place: int, answer: Answer, page: Page) -> Markup:
    """One path: picture, legend, sentence. `place` keeps the ids of several figures apart."""
    nodes, edges = parts(path, answer, page)
    height = TOP + ROW * (len(nodes) - 1) + 34
    said = caption(path, answer, page)
    if answer.understood:
        said = html('{}<br><span class="asked-as">{}</span>', said, page.texts.asked_as.format(answer.understood))
    return html(
        '<figure><svg viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}{}</svg>'
        "{}<figcaption>{}</figcaption></figure>",
        WIDTH,
        height,
        page.texts.path,
        html(_ARROW, place),
        _edges(edges, place),
        join(_node(n, i, page) for i, n in enumerate(nodes)),
        legend(nodes, page),
        said,
    )


def caption(path: Path, answer: Answer, page: Page) -> Markup:
    """The path as a sentence: as it is, or word by word in the language of the interface."""
    if answer.question.lang == page.lang:
        return page.original(path.text)
    words = [_word(path.steps[0].subject, path.steps[0].labels[0], page)]
    for step in path.steps:
        words += [_word(step.predicate, step.labels[1], page), _word(step.object, step.labels[2], page)]
    return join(map(page.original, words), " → ")


def _word(iri: str, label: str, page: Page) -> str:
    """What a step calls a concept or a relation, in the language of the interface where there is a word."""
    return page.assistant.words(iri, page.lang) or label


def parts(path: Path, answer: Answer, page: Page) -> tuple[list[Node], list[Edge]]:
    """Nodes in order of appearance, at most twelve, and the edges between them."""
    numbers = [(c.clause_id, i) for i, c in enumerate(answer.citations, 1)]
    nodes: dict[str, Node] = {}
    for step in path.steps:
        for iri, label in ((step.subject, step.labels[0]), (step.object, step.labels[2])):
            if len(nodes) < MOST_NODES:
                nodes.setdefault(iri, _read(iri, label, numbers, page))
    at = {iri: i for i, iri in enumerate(nodes)}
    steps = (s for s in path.steps if s.subject in at and s.object in at and s.subject != s.object)
    return list(nodes.values()), [
        Edge(at[s.subject], at[s.object], _word(s.predicate, s.labels[1], page)) for s in steps
    ]


def _read(iri: str, label: str, numbers: list[tuple[str, int]], page: Page) -> Node:
    """A node with its kind; a clause is known by the mark in its id."""
    if "#" in iri:
        clause = iri.rsplit(":", 1)[-1]
        number = next((n for cited, n in numbers if f"{clause}.".startswith(f"{cited}.")), None)
        return Node(iri, f"{label} {_title(clause, page)}".strip(), "clause", number)
    return Node(iri, _word(iri, label, page), page.kind(iri))


def _title(clause: str, page: Page) -> str:
    """A clause's title, which says more than its number."""
    try:
        english = page.assistant.headings(clause)[-1:] if page.lang == "en" else ()
        return english[0] if english else page.assistant.passage(clause).title
    except (KeyError, GuidegraphError):
        return ""


_ARROW: LiteralString = (
    '<defs><marker id="tip-{}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
    'orient="auto"><path d="M0 0.5L7 4L0 7.5Z"/></marker></defs>'
)


def _edges(edges: list[Edge], place: int) -> Markup:
    """All edges; words that fall into one gap stand side by side."""
    taken: dict[int, int] = {}
    out = []
    for edge in edges:
        gap = max(edge.start, edge.end)
        out.append(_edge(edge, RAIL + 14 + taken.get(gap, 0), place))
        taken[gap] = taken.get(gap, 0) + 6 * _width(edge.label) + 14
    return join(out)


def _edge(edge: Edge, x: int, place: int) -> Markup:
    """A line down the rail, or a bow beside it past other nodes; its word stands above the lower node."""
    start, end = _y(edge.start), _y(edge.end)
    down = 1 if end > start else -1
    start, end = start + 15 * down, end - 15 * down
    if abs(edge.start - edge.end) == 1:
        line = f"M{RAIL} {start}V{end}"
    else:
        line = f"M{RAIL - 8} {start}C{-10} {start + 26 * down} {-10} {end - 26 * down} {RAIL - 8} {end}"
    word = max(_y(edge.start), _y(edge.end)) - 30
    return html(
        '<g class="edge" data-ends="n{} n{}" tabindex="0"><path class="hit" d="{}"/>'
        '<path class="line" d="{}" marker-end="url(#tip-{})"/><text lang="{}" x="{}" y="{}">{}</text></g>',
        edge.start, edge.end, line, line, place, spoken(edge.label), x, word, edge.label,
    )  # fmt: skip


def _node(node: Node, place: int, page: Page) -> Markup:
    """Shape, label in at most two lines, kind; a cited clause is a link to its card."""
    lines = wrap(node.label)
    rows = zip([5] if len(lines) == 1 else [-3, 15], lines, strict=True)
    number = html('<text class="no" y="4.5">{}</text>', node.number or "§") if node.kind == "clause" else ""
    drawn = html(
        '<g class="node kind-{}" lang="{}" data-ends="n{}" tabindex="0" transform="translate(0 {})">'
        '<title>{} · {}</title><rect class="hit" x="4" y="-20" width="{}" height="44" rx="10"/>'
        '<g class="shape" transform="translate({} 0)">{}{}</g>{}</g>',
        node.kind, spoken(node.label), place, _y(place), node.label, kind_word(node.kind, page), WIDTH - 8, RAIL,
        shape(node.kind), number, join(html('<text class="label" lang="{}" x="52" y="{}">{}</text>', spoken(line), y, line) for y, line in rows),
    )  # fmt: skip
    return html('<a href="#citation-{}">{}</a>', node.number, drawn) if node.number else drawn


def legend(nodes: list[Node], page: Page) -> Markup:
    """The kinds that occur, each with its shape, colour and word."""
    kinds = dict.fromkeys(n.kind for n in nodes)
    entries = (
        html(
            '<span class="kind-{}"><svg viewBox="-14 -14 28 28"><g class="shape">{}</g></svg>{}</span>',
            kind,
            shape(kind),
            kind_word(kind, page),
        )
        for kind in kinds
    )
    return html('<div class="legend">{}</div>', join(entries))


def shape(kind: str) -> Markup:
    """The outline that stands for a kind."""
    return _SHAPES.get(kind, _OTHER)


def icon(kind: str) -> Markup:
    """A kind's shape in its colour, as large as a word."""
    return html(
        '<svg class="kindicon kind-{}" viewBox="-14 -14 28 28" aria-hidden="true"><g class="shape">{}</g></svg>',
        kind,
        shape(kind),
    )


def kind_word(kind: str, page: Page) -> str:
    """A kind in the language of the interface."""
    if kind == "clause":
        return page.texts.clause_kind
    return page.texts.kinds.get(kind, page.texts.other_kind)


def wrap(label: str) -> list[str]:
    """A label in at most two lines; what is longer ends in an ellipsis (the tooltip has it whole)."""
    first, rest = _fit(label)
    if not rest:
        return [first]
    second, left = _fit(rest.lstrip())
    return [first, second[:-1] + "…" if left else second]


def _fit(text: str) -> tuple[str, str]:
    """As much of a text as fits a line, broken between words where it can be, and what is left of it."""
    width, space = 0, 0
    for i, char in enumerate(text):
        width += _width(char)
        if char == " ":
            space = i
        if width > _LABEL_WIDTH:
            cut = space if space > i / 2 else i
            return text[:cut].rstrip(), text[cut:]
    return text, ""


def _width(text: str) -> int:
    """In half-width characters."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def _y(place: int) -> int:
    return TOP + ROW * place
