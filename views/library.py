"""The Library page: the guidelines in figures, adding and removing them, what is missing, checks, and SPARQL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from ingest.desk import Desk
from kg.entries import Holding, Missing
from kg.settings import Settings
from views import beside, checks, shelving
from views.markup import html, join, put
from views.records import Page, status_badge
from views.sidebar import snapshot

SHOWN = 100


@st.cache_resource(show_spinner=False)
def open_desk(corpus: Path, data: Path, model: str) -> Desk:
    """The desk of a library, one for all visitors, so that one job runs at a time."""
    return Desk(Settings(corpus, data, model))


def draw(page: Page) -> None:
    """One visit: the part of the page that the address names."""
    settings = Settings.from_environment()
    desk = open_desk(page.assistant.corpus, settings.data, settings.embedding_model)
    parts: dict[str, Callable[[Page, Desk], None]] = {
        "guidelines": guidelines, "add": shelving.add, "missing": missing, "checks": checks.health, "sparql": checks.sparql,
    }  # fmt: skip
    at = st.query_params.get("part", "guidelines")
    at = at if at in parts else "guidelines"
    with st.container(key="library", gap="small"):
        put(html("<h1>{}</h1>{}", page.texts.pages["library"], menu(at, page)))
        shelving.running(desk, page)
        parts[at](page, desk)


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
    return html('<nav class="kinds">{}</nav>', join(links))


def guidelines(page: Page, desk: Desk) -> None:
    """The guidelines in figures, then removal and undo."""
    holdings = page.assistant.catalogue.holdings
    wanted = ""
    if len(holdings) > 10:
        wanted = st.text_input(
            page.texts.find_guideline, label_visibility="collapsed", placeholder=page.texts.find_guideline
        )
    found = [h for h in holdings if wanted.casefold() in page.title(h.slug).casefold()]
    put(html('<div class="shelf">{}</div>', join(holding(h, page) for h in found[:SHOWN])))
    if len(found) > SHOWN:
        put(html('<p class="hint">{}</p>', page.texts.first_of.format(SHOWN, len(found))))
    put(snapshot(page))
    shelving.remove(page, desk)


def holding(found: Holding, page: Page) -> Markup:
    """One guideline: title, status, and its figures."""
    texts, metadata = page.texts, found.metadata
    figures = (
        (found.characters, texts.characters), (found.clauses, texts.clause_count), (found.statements, texts.statement_count),
        (found.questions, texts.question_count),
    )  # fmt: skip
    share = 100 * found.resolved // max(found.references, 1)
    return html(
        '<article class="holding"><h2><a class="go" href="{}">{}</a></h2><p>{} <span>{}</span> <span>{}</span> <span>{}</span></p>'
        '<dl>{}<div title="{}"><dd>{}/{}</dd><dt>{}<i class="meter"><b style="width:{}%"></b></i></dt></div></dl></article>',
        page.address("read", doc=found.slug), page.title(found.slug), status_badge(metadata, texts), metadata.issued or "",
        page.original(metadata.issuer), page.original(metadata.number or ""), join(html("<div><dd>{}</dd><dt>{}</dt></div>", f"{n:,}", w) for n, w in figures),
        texts.resolved_hint, found.resolved, found.references, texts.resolved, share,
    )  # fmt: skip


def missing(page: Page, desk: Desk) -> None:
    """What the guidelines point to and the library does not hold."""
    del desk
    rows = page.assistant.catalogue.missing
    put(html('<p class="hint">{}</p>', page.texts.missing_hint.format(len(rows))))
    put(html('<ol class="missing">{}</ol>', join(html("<li>{}</li>", absent(m, page)) for m in rows)))


def absent(found: Missing, page: Page) -> Markup:
    """A document that is not here, and who names it."""
    named = (
        html('{} <span class="title">{}</span>', beside.place(p, page), page.title(p.document)) for p in found.places
    )
    return html("<b>{}</b><ul>{}</ul>", page.original(found.title), join(html("<li>{}</li>", n) for n in named))
