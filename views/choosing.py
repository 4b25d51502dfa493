"""What the lists of curation share: the guideline that is looked at, the filter by state, and keys for what is drawn."""

from __future__ import annotations

import hashlib

import streamlit as st
from markupsafe import Markup

from views.markup import html, join
from views.records import Page


def states(counts: dict[str, int], at: str, page: Page, **query: str) -> Markup:
    """The states that a list is filtered by, each with its count."""
    links = (
        html(
            '<a class="go kindlink" href="{}"{}>{} <small>{}</small></a>',
            page.address("library", part="curation", **query, state=name),
            Markup(' aria-current="true"') if name == at else "",
            page.words.states[name],
            count,
        )
        for name, count in counts.items()
    )
    return html('<nav class="kinds" aria-label="{}">{}</nav>', page.words.by_state, join(links))


def state(known: tuple[str, ...]) -> str:
    """The state that the address names, else the first."""
    asked = st.query_params.get("state", "")
    return asked if asked in known else known[0]


def guideline(page: Page, key: str) -> str:
    """The guideline that the address names, else the first; another one is chosen from a list."""
    titles = page.titles
    asked = st.query_params.get("doc", "")
    asked = asked if asked in titles else next(iter(titles))
    if st.session_state.get(key) != asked:
        st.session_state[key] = asked
    st.selectbox(
        page.texts.guideline,
        list(titles),
        key=key,
        format_func=titles.__getitem__,
        label_visibility="collapsed",
        on_change=_opened,
        args=(key,),
    )
    return asked


def _opened(key: str) -> None:
    """Another guideline: it goes into the address, what belonged to the one before leaves it."""
    for name in ("page", "clause", "c", "state"):
        st.query_params.pop(name, None)
    st.query_params["doc"] = st.session_state[key]


def tag(*parts: str) -> str:
    """A short key for what is drawn: the same for the same thing, on every server."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:10]
