"""Beside the text, where the guideline was issued as a PDF: the page of the issued file on which the clause in view stands."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from ingest.pageview import page_view
from kg.entries import ClauseCard
from kg.errors import GuidegraphError
from kg.model import Citation, Document
from views.markup import html, put
from views.records import Page

SHOWN = "original-shown"


def draw(clause_id: str, page: Page) -> None:
    """The switch, and under it the page; nothing for a guideline that has none."""
    document = page.assistant.opened.document(clause_id.partition("#")[0])
    try:
        card = page.assistant.catalogue.clause(clause_id)
    except KeyError:
        return
    if not has_pages(document) or card.pages is None:
        return
    with st.container(key="original", gap="small"):
        if st.toggle(page.texts.original, value=True, key=SHOWN):
            number = wanted(card)
            picture(document, clause_id, number, page)


def has_pages(document: Document) -> bool:
    """Whether the file as issued has pages that can be shown."""
    return document.source.lower().endswith(".pdf") and bool(document.pages)


def wanted(card: ClauseCard) -> int:
    """The page that the address names where the clause stands on it, else the clause's first."""
    first, last = card.pages or (1, 1)
    named = st.query_params.get("page", "")
    here = card.place.clause_id.endswith(f"#{st.query_params.get('clause', '')}")
    return int(named) if here and re.fullmatch(r"\d{1,4}", named) and first <= int(named) <= last else first


def picture(document: Document, clause_id: str, number: int, page: Page) -> None:
    """The page as a picture, or why there is none."""
    path = page.assistant.corpus / "guidelines" / document.slug / document.source
    try:
        image = rendered(page.assistant.snapshot, clause_id, str(path), number, document)
    except (GuidegraphError, OSError):
        put(html('<p class="hint">{}</p>', page.texts.original_missing))
        return
    st.image(image, caption=page.texts.original_page.format(number), width="stretch")


@st.cache_data(max_entries=64, show_spinner=False)
def rendered(snapshot: str, clause_id: str, path: str, number: int, _document: Document) -> bytes:
    """A page with the clause's lines marked; rendered once for all visitors."""
    del snapshot  # of another snapshot the marks may stand elsewhere
    span = next(c.span for c in _document.clauses if c.id == clause_id)
    return page_view(_document, Path(path), number, span)


def link(citation: Citation, page: Page) -> Markup:
    """The way from a citation to the page of the issued file, where it has pages."""
    if not citation.pages or not has_pages(page.assistant.opened.document(citation.document)):
        return Markup("")
    number = citation.pages[0]
    href = page.clause_address(citation.clause_id, page=str(number))
    return html('<a class="go act" href="{}">{}</a>', href, page.texts.original_page.format(number))
