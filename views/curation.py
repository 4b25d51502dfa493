"""Curation: candidate terms, statements, and the decisions that were taken; three lists, each with an address."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from kg.errors import GuidegraphError
from views import decided, judging, terms
from views.bench import Bench
from views.markup import html, join, put
from views.records import Page
from views.said import said


def draw(bench: Bench) -> None:
    """The list that the address names. A line of a decisions file that is wrong is said, and nothing else is drawn."""
    lists: dict[str, Callable[[Bench], None]] = {
        "terms": terms.draw, "statements": judging.draw, "decisions": decided.draw,
    }  # fmt: skip
    at = st.query_params.get("what", "terms")
    at = at if at in lists else "terms"
    with st.container(key="curation", gap="small"):
        put(tabs(at, bench.page))
        try:
            lists[at](bench)
        except GuidegraphError as error:
            words = said(str(error), bench.page, bench.desk.settings.corpus)
            put(
                html('<div class="notice" role="alert"><b>{}</b><p>{}</p></div>', bench.page.words.cannot_curate, words)
            )


def tabs(at: str, page: Page) -> Markup:
    """The three lists, and what curation is."""
    links = (
        html(
            '<a class="go" href="{}"{}>{}</a>',
            page.address("library", part="curation", what=name),
            Markup(' aria-current="true"') if name == at else "",
            words,
        )
        for name, words in page.words.lists.items()
    )
    hint = page.words.list_hints[at]
    return html(
        '<nav class="tabs" aria-label="{}">{}</nav><p class="hint">{}</p>', page.words.curation, join(links), hint
    )
