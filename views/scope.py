"""Where to look: guidelines, their status, kinds of product, strengths. The address holds the choice, so that it is shared
with a link, and every other page leads back to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

import streamlit as st

from kg.catalogue import concept_key
from kg.model import Status, Strength
from kg.scope import Scope
from views.markup import html, put
from views.records import Page

NAMES = ("in", "status", "product", "strength")
_KEPT = "scope"


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: its name in the address, its words, what there is to choose from, and how a choice is called."""

    name: str
    words: str
    options: tuple[str, ...]
    call: Callable[[str], str]

    @property
    def chosen(self) -> list[str]:
        """What the address says of it, of what there is."""
        return self.known(listed(self.name))

    def known(self, wanted: Iterable[str]) -> list[str]:
        """Of what is wanted, what there is."""
        return [x for x in wanted if x in self.options]


def filters(page: Page) -> tuple[Filter, ...]:
    """The four filters, in the words of the interface."""
    texts, assistant = page.texts, page.assistant
    products = {concept_key(c.iri): c.label(page.lang) for c in assistant.products}
    titles = page.titles
    return (
        Filter("in", texts.guideline, tuple(titles), titles.__getitem__),
        Filter("status", texts.fields["status"], get_args(Status), cast("dict[str, str]", texts.statuses).__getitem__),
        Filter("product", texts.product_type, tuple(products), products.__getitem__),
        Filter("strength", texts.strength, get_args(Strength), cast("dict[str, str]", texts.strengths).__getitem__),
    )


def draw(page: Page) -> None:
    """A row of filters, each a word that unfolds; what is chosen stands in it, and one click clears all."""
    _keep()
    with st.container(horizontal=True, key="scope", vertical_alignment="center", gap="small"):
        for found in filters(page):
            _filter(found, page)
        if active(page):
            href = page.ask_address(st.session_state.get("asked") or "", scoped=False)
            put(html('<a class="go act clear" href="{}">✕ {}</a>', href, page.texts.clear_scope), "content")


def _filter(found: Filter, page: Page) -> None:
    """One filter as a word that unfolds."""
    many: Callable[..., Any]
    call: Callable[[str], str]
    more: dict[str, str]
    key = f"scope-{found.name}"
    chosen = st.session_state[key] = found.chosen
    if found.name == "in":
        many, call, more = st.multiselect, found.call, {"placeholder": page.texts.everywhere}
    else:
        many, call, more = st.pills, lambda x: plain(found.call(x)), {"selection_mode": "multi"}
    with st.popover(_label(found, chosen), type="tertiary", key=f"filter-{found.name}{'-on' if chosen else ''}"):
        many(found.words, found.options, key=key, format_func=call, on_change=_write, args=(found.name,), **more)


def _label(found: Filter, chosen: list[str]) -> str:
    """The filter's word, with what is chosen; of several or long choices only how many."""
    if not chosen:
        return found.words
    name = plain(found.call(chosen[0]))
    return f"{found.words} · {name if len(chosen) == 1 and len(name.encode()) <= 36 else len(chosen)}"


def plain(text: str) -> str:
    """A text in which no character has a meaning to Streamlit's labels, which read Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()<>#|!$~:&" else c for c in text)


def within(page: Page) -> Scope:
    """The scope that the address names; a filter that is not set is no bound."""
    return _scope(*(found.chosen for found in filters(page)), page=page)


def of(query: Mapping[str, list[str]], page: Page) -> Scope:
    """The scope that a query names, as `urllib.parse` reads it."""
    return _scope(*(f.known(",".join(query.get(f.name, ())).split(",")) for f in filters(page)), page=page)


def _scope(docs: list[str], statuses: list[str], products: list[str], strengths: list[str], *, page: Page) -> Scope:
    slugs = frozenset(
        shelf.slug
        for shelf in page.assistant.shelves
        if (not docs or shelf.slug in docs) and (not statuses or shelf.metadata.status in statuses)
    )
    iris = frozenset(c.iri for c in page.assistant.products if concept_key(c.iri) in products)
    return Scope(
        slugs if docs or statuses else None,
        cast("frozenset[Strength]", frozenset(strengths)) if strengths else None,
        iris if products else None,
    )


def active(page: Page) -> bool:
    """Whether any filter is set."""
    return any(found.chosen for found in filters(page))


def listed(name: str) -> list[str]:
    """What the address says of a filter."""
    return [part for part in st.query_params.get(name, "").split(",") if part]


def _write(name: str) -> None:
    """What was chosen goes into the address."""
    chosen = st.session_state.get(f"scope-{name}") or []
    if chosen:
        st.query_params[name] = ",".join(chosen)
    else:
        st.query_params.pop(name, None)


def _keep() -> None:
    """What the address says is remembered, for the links that lead back to Ask."""
    st.session_state[_KEPT] = {name: ",".join(found) for name in NAMES if (found := listed(name))}
