"""Where to look: in all guidelines, or in some of them, or in those of one status. The address holds the choice."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from kg.model import Status
from views.records import Page

DOCS, STATUSES = "scope-docs", "scope-status"


def draw(page: Page) -> None:
    """The choice, folded into one line that says what it is."""
    slugs = [shelf.slug for shelf in page.assistant.shelves]
    _recall(slugs)
    chosen = within(page)
    label = page.texts.everywhere if chosen is None else page.texts.scope_some.format(len(chosen), len(slugs))
    with st.popover(label, icon=":material/filter_list:", type="tertiary", key="scope"):
        st.pills(
            page.texts.status_title, get_args(Status), selection_mode="multi", key=STATUSES,
            format_func=page.texts.statuses.__getitem__, on_change=_keep,
        )  # fmt: skip
        st.multiselect(
            page.texts.guideline, slugs, key=DOCS, format_func=page.title, on_change=_keep,
            placeholder=page.texts.everywhere,
        )  # fmt: skip


def within(page: Page) -> frozenset[str] | None:
    """The guidelines to look in, None for all."""
    docs, statuses = _listed("in"), _listed("status")
    if not docs and not statuses:
        return None
    return frozenset(
        shelf.slug
        for shelf in page.assistant.shelves
        if (not docs or shelf.slug in docs) and (not statuses or shelf.metadata.status in statuses)
    )


def _recall(slugs: list[str]) -> None:
    """What the address says goes into the widgets."""
    st.session_state[DOCS] = [slug for slug in _listed("in") if slug in slugs]
    st.session_state[STATUSES] = [status for status in _listed("status") if status in get_args(Status)]


def _keep() -> None:
    """What was chosen goes into the address."""
    for name, key in (("in", DOCS), ("status", STATUSES)):
        chosen = st.session_state.get(key) or []
        if chosen:
            st.query_params[name] = ",".join(chosen)
        else:
            st.query_params.pop(name, None)


def _listed(name: str) -> list[str]:
    return [part for part in st.query_params.get(name, "").split(",") if part]
