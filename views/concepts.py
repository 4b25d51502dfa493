"""The Concepts page: search or browse by kind, and one concept with all that the library says of it."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from kg.catalogue import concept_key
from kg.entries import Entry
from kg.model import Language
from views import concept, notices
from views.components import canvas
from views.graph import icon, kind_word
from views.markup import html, join, put
from views.records import Page
from views.texts import counted

SEARCH = "concept-search"
SHOWN = 60


def draw(page: Page) -> None:
    """One visit: the search, and below it a concept or the list."""
    key = st.query_params.get("c", "")
    with st.container(key="concepts", gap="small"):
        put(html("<h1>{}</h1>", page.texts.pages["concepts"]))
        wanted = search(page, key)
        if key and not wanted:
            _one(key, page)
            return
        canvas(kinds(page), "kinds")
        canvas(listing(wanted, st.query_params.get("kind"), page), "entries")


def search(page: Page, key: str) -> str:
    """The search box. What was searched for is forgotten when another concept is opened."""
    if st.session_state.get("concept-open") != key:
        st.session_state["concept-open"] = key
        st.session_state[SEARCH] = ""
    found = st.text_input(
        page.texts.concept_search, key=SEARCH, placeholder=page.texts.concept_search,
        label_visibility="collapsed", autocomplete="off",
    )  # fmt: skip
    return str(found or "").strip()


def _one(key: str, page: Page) -> None:
    iri = page.assistant.catalogue.iri(key)
    if iri is None:
        notices.not_found(page.texts.unknown_concept, key, page.texts)
    else:
        concept.draw(iri, page)


def kinds(page: Page) -> Markup:
    """The kinds as links, each with its shape and how many there are."""
    at = st.query_params.get("kind")
    counts = page.assistant.catalogue.kinds
    everything = html(
        '<a class="go kindlink" href="{}"{}>{} <small>{}</small></a>',
        page.address("concepts"), _current(at is None), page.texts.all_kinds, f"{sum(counts.values()):,}",
    )  # fmt: skip
    links = (
        html(
            '<a class="go kindlink kind-{}" href="{}"{}>{}{} <small>{}</small></a>',
            kind, page.address("concepts", kind=kind), _current(kind == at), icon(kind), kind_word(kind, page), count,
        )
        for kind, count in counts.items()
    )  # fmt: skip
    return html('<nav class="kinds">{}{}</nav>', everything, join(links))


def _current(here: bool) -> Markup:
    return Markup(' aria-current="true"') if here else Markup("")


def listing(wanted: str, kind: str | None, page: Page) -> Markup:
    """The concepts found, the most often named first."""
    found = page.assistant.catalogue.entries(wanted, kind)
    if not found:
        return html('<p class="hint">{}</p>', page.texts.no_concept)
    more = html('<p class="hint">{}</p>', page.texts.first_of.format(SHOWN, len(found)))
    rows = join(entry(e, page) for e in found[:SHOWN])
    return html('<ul class="entries">{}</ul>{}', rows, more if len(found) > SHOWN else "")


def entry(found: Entry, page: Page) -> Markup:
    """A concept in the list: its name in both languages, how often it is named and stated."""
    lang: Language = "en" if page.lang == "zh" else "zh"
    return html(
        '<li><a class="go" href="{}">{}<b>{}</b><span lang="{}">{}</span><small>{}</small></a></li>',
        page.address("concepts", c=concept_key(found.concept.iri)),
        icon(found.concept.kind),
        page.name(found.concept),
        lang,
        found.concept.label(lang),
        frequency(found, page),
    )


def frequency(found: Entry, page: Page) -> str:
    """How often a concept is named and stated; what never occurs is not said."""
    counts = ((page.texts.named, found.mentions), (page.texts.stated, found.facts))
    return " · ".join(counted(words, count) for words, count in counts if count)
