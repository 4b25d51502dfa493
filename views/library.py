"""The Library page: guidelines, adding, curation, snapshots, missing guidance, checks and SPARQL, each with an address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from ingest.curator import Curator
from ingest.desk import Desk
from kg.entries import Missing
from kg.settings import Settings
from views import beside, checks, curation, holdings, rebuilding, shelving, snapshots
from views.bench import Bench
from views.markup import html, join, put
from views.records import Page

SHOWN = 100


@st.cache_resource(show_spinner=False)
def open_desk(settings: Settings) -> Desk:
    """The desk of a library, one for all visitors, so that one job runs at a time."""
    return Desk(settings)


@st.cache_resource(show_spinner=False, max_entries=2)
def open_curator(corpus: Path, snapshot: Path, _page: Page) -> Curator:
    """The curator's table over one snapshot, which remembers the candidates that it has found."""
    del snapshot
    return Curator(corpus, _page.assistant.opened)


def draw(page: Page) -> None:
    """One visit: the part of the page that the address names."""
    settings = Settings.from_environment()
    folder = page.assistant.opened.folder
    bench = Bench(page, open_desk(settings), open_curator(settings.corpus, folder, page))
    parts: dict[str, Callable[[Bench], None]] = {
        "guidelines": holdings.draw, "add": shelving.add, "curation": curation.draw, "snapshots": snapshots.draw,
        "missing": missing, "checks": checks.health, "sparql": checks.sparql,
    }  # fmt: skip
    at = st.query_params.get("part", "guidelines")
    at = at if at in parts else "guidelines"
    with st.container(key="library", gap="small"):
        put(html("<h1>{}</h1>{}", page.texts.pages["library"], menu(at, page)))
        rebuilding.draw(bench)
        parts[at](bench)


def menu(at: str, page: Page) -> Markup:
    """The parts of the page."""
    links = (
        html(
            '<a class="go kindlink" href="{}"{}>{}</a>',
            page.address("library", part=name),
            Markup(' aria-current="true"') if name == at else "",
            words,
        )
        for name, words in page.texts.parts_of_library.items()
    )
    return html('<nav class="kinds" aria-label="{}">{}</nav>', page.texts.pages["library"], join(links))


def missing(bench: Bench) -> None:
    """What the guidelines point to and the library does not hold."""
    page = bench.page
    rows = page.assistant.catalogue.missing
    put(html('<p class="hint">{}</p>', page.texts.missing_hint.format(len(rows))))
    put(html('<ol class="missing">{}</ol>', join(html("<li>{}</li>", absent(m, page)) for m in rows[:SHOWN])))
    if len(rows) > SHOWN:
        put(html('<p class="hint">{}</p>', page.words.first_shown.format(SHOWN, len(rows))))


def absent(found: Missing, page: Page) -> Markup:
    """A document that is not here, and who names it."""
    named = (
        html('{} <span class="title">{}</span>', beside.place(p, page), page.title(p.document)) for p in found.places
    )
    return html("<b>{}</b><ul>{}</ul>", page.original(found.title), join(html("<li>{}</li>", n) for n in named))
