"""The concepts around one, as a tree that is opened step by step: at most twelve, a picture of our own.

Each step is an address, so that the picture can be shared and the back button closes what was opened.
"""

from __future__ import annotations

from markupsafe import Markup

from kg.catalogue import concept_key
from kg.entries import Neighbour
from kg.model import Concept
from views.graph import kind_word, shape, wrap
from views.markup import html, join
from views.records import Page, spoken
from views.texts import counted

ROW, TOP, INDENT, LEFT, WIDTH = 46, 22, 26, 16, 400


def panel(centre: Concept, opened: tuple[str, ...], page: Page) -> Markup:
    """The picture with its legend."""
    catalogue = page.assistant.catalogue
    iris = [iri for iri in map(catalogue.iri, opened) if iri]
    nodes = catalogue.neighbourhood(centre.iri, iris)
    kinds = dict.fromkeys(n.concept.kind for n in nodes)
    legend = (
        html(
            '<span class="kind-{}"><svg viewBox="-14 -14 28 28"><g class="shape">{}</g></svg>{}</span>',
            k,
            shape(k),
            kind_word(k, page),
        )
        for k in kinds
    )
    return html(
        '<section class="panel path around"><h3>{}</h3>{}<div class="legend">{}</div><p class="hint">{}</p></section>',
        page.texts.around, picture(nodes, opened, centre, page), join(legend), page.texts.around_hint,
    )  # fmt: skip


def picture(nodes: tuple[Neighbour, ...], opened: tuple[str, ...], centre: Concept, page: Page) -> Markup:
    """The tree: nodes from top to bottom, each line of it with the word of its relation."""
    depths: list[int] = []
    for node in nodes:
        depths.append(0 if node.parent is None else depths[node.parent] + 1)
    lines = (_line(i, n, depths, page) for i, n in enumerate(nodes))
    drawn = (_node(i, n, depths[i], _step(n, opened, centre, page), page) for i, n in enumerate(nodes))
    return html(
        '<svg class="tree" viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}</svg>',
        WIDTH, TOP * 2 + ROW * (len(nodes) - 1), page.texts.around, join(lines), join(drawn),
    )  # fmt: skip


def _line(place: int, node: Neighbour, depths: list[int], page: Page) -> Markup:
    """From the parent down and across, with the relation's word above the node."""
    if node.parent is None:
        return Markup("")
    x, y = LEFT + INDENT * depths[node.parent], TOP + ROW * place
    word = node.words[0 if page.lang == "zh" else 1]
    arrow = f"{word} →" if node.forward else f"← {word}"
    return html(
        '<g class="edge"><path class="line" d="M{} {}V{}H{}"/><text x="{}" y="{}">{}</text></g>',
        x, TOP + ROW * node.parent + 12, y, x + INDENT - 13, x + INDENT + 18, y - 14, arrow,
    )  # fmt: skip


def _node(place: int, node: Neighbour, depth: int, step: str, page: Page) -> Markup:
    """Shape and name, which lead to the concept, and what opens its own neighbours."""
    x, y = LEFT + INDENT * depth, TOP + ROW * place
    label = wrap(node.concept.label(page.lang))
    name = label[0] + ("…" if len(label) > 1 else "")
    more = html(
        '<a class="go more" href="{}"><title>{}</title><rect x="{}" y="{}" width="38" height="24" rx="12"/><text x="{}" y="{}">+{}</text></a>',
        step, counted(page.texts.open_node, node.more), WIDTH - 42, y - 12, WIDTH - 23, y + 4.5, min(node.more, 99),
    ) if step else ""  # fmt: skip
    return html(
        '<a class="go" href="{}"><title>{} · {}</title><g class="node kind-{}"><rect class="hit" x="{}" y="{}" width="{}" height="34" rx="8"/>'
        '<g class="shape" transform="translate({} {}) scale(.85)">{}</g><text class="label" lang="{}" x="{}" y="{}">{}</text></g></a>{}',
        page.concept_address(node.concept.iri), node.concept.label(page.lang), kind_word(node.concept.kind, page),
        node.concept.kind, x - 12, y - 17, WIDTH - x - 34, x, y, shape(node.concept.kind), spoken(name), x + 18, y + 5, name, more,
    )  # fmt: skip


def _step(node: Neighbour, opened: tuple[str, ...], centre: Concept, page: Page) -> str:
    """The address that opens a node, '' where there is nothing to open."""
    key = concept_key(node.concept.iri)
    if node.parent is None or not node.more or key in opened:
        return ""
    return page.address("concepts", c=concept_key(centre.iri), open=",".join((*opened, key)))
