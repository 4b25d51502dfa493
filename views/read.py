"""The Read page: a guideline as a document, its outline at the left, at the right what the clause in view says."""

from __future__ import annotations

from functools import partial
from typing import cast

import streamlit as st

from kg.edition import Edition
from kg.errors import SnapshotError
from views import beside, leaf, notices, original
from views.components import reader
from views.markup import put
from views.records import Page

PICKED = "read-doc"
_SEEN, _ADDRESS, _LAST = "read-seen", "read-address", "read-last"


def draw(page: Page) -> None:
    """One visit to the page."""
    titles = page.titles
    last = st.session_state.get(_LAST)
    wanted = st.query_params.get("doc") or (last if last in titles else next(iter(titles)))
    with st.container(key="read", gap="small"):
        pick(titles, wanted, page)
        try:
            edition = page.assistant.catalogue.edition(wanted)
        except SnapshotError:
            notices.not_found(page.texts.unknown_guideline, wanted, page.texts)
            return
        st.session_state[_LAST] = wanted
        spread(edition, page)


def pick(titles: dict[str, str], wanted: str, page: Page) -> None:
    """The list of guidelines; the address says which one is open."""
    if st.session_state.get(PICKED) != wanted:
        st.session_state[PICKED] = wanted if wanted in titles else None
    st.selectbox(
        page.texts.guideline, list(titles), key=PICKED, format_func=titles.__getitem__, on_change=_picked,
        label_visibility="collapsed", placeholder=page.texts.guideline,
    )  # fmt: skip


def _picked() -> None:
    st.query_params["doc"] = st.session_state[PICKED]
    for name in ("clause", "page"):
        st.query_params.pop(name, None)


@st.fragment
def spread(edition: Edition, page: Page) -> None:
    """Text and clause in view. A fragment, so that reading on redraws nothing else."""
    clause = in_view(edition)
    with st.container(key="spread", gap=None):
        with st.container(key="leaf"):
            data = leaf.drawn(edition, page, page.assistant.snapshot)
            reader({**data, "jump": _address(edition)}, page.texts, partial(_chosen, edition.slug))
        with st.container(key="beside"):
            put(beside.panel(clause, edition, page))
            original.draw(clause, page)


def in_view(edition: Edition) -> str:
    """The clause in view: what the address names when it changes, else what the reader scrolled to, else the first."""
    address = _address(edition)
    if st.session_state.get(_ADDRESS) != (edition.slug, address):
        st.session_state[_ADDRESS] = (edition.slug, address)
        st.session_state[_SEEN] = address
    seen = cast("str", st.session_state.get(_SEEN) or "")
    first = next((s.clause_id for s in edition.sections if s.heading), edition.sections[0].clause_id)
    return f"{edition.slug}#{seen}" if seen else first


def _address(edition: Edition) -> str:
    return st.query_params.get("clause", "") if st.query_params.get("doc") in (None, edition.slug) else ""


def _chosen(slug: str) -> None:
    """A clause that was clicked goes into the address; one that was scrolled to is only shown."""
    found = st.session_state["reader"]
    if chosen := found.get("clause"):
        kept = {name: value for name, value in st.query_params.to_dict().items() if name != "page"}
        st.query_params.from_dict({**kept, "doc": slug, "clause": chosen})
        st.session_state[_ADDRESS] = (slug, chosen)
        st.session_state[_SEEN] = chosen
    elif seen := found.get("seen"):
        st.session_state[_SEEN] = seen
