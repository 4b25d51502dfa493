"""The left side: what this is, in which language, over which guidelines, from which snapshot."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from kg.model import Language
from views import session
from views.components import canvas
from views.markup import html, join, put
from views.port import Shelf
from views.records import Page, address, status_badge, title
from views.texts import Texts, counted

SHOWN = 10
_LANGUAGES = {"zh": "中文", "en": "English"}
_HALF_MOON = Markup(
    '<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8.5"/><path d="M12 3.5a8.5 8.5 0 0 1 0 17z"/></svg>'
)


def brand(texts: Texts, lang: Language) -> Markup:
    """Name and line; the name leads back to the first page."""
    return html(
        '<div class="brand"><a class="go" href="{}" title="{}">Guidegraph</a><span>{}</span></div>',
        address("", lang),
        texts.home,
        texts.tagline,
    )


def masthead(texts: Texts, lang: Language) -> None:
    """The name on a phone, where the side is folded away."""
    put(html('<a class="masthead go" href="{}" title="{}">Guidegraph</a>', address("", lang), texts.home))


def top(texts: Texts, lang: Language, at: str) -> None:
    """Name, pages and language, which stand even where there is no library."""
    put(brand(texts, lang))
    put(menu(texts, lang, at))
    with st.container(horizontal=True, key="switches", vertical_alignment="center", gap="small"):
        st.segmented_control(
            texts.language,
            list(_LANGUAGES),
            key=session.TOGGLE,
            format_func=_LANGUAGES.__getitem__,
            required=True,
            on_change=session.keep_interface,
            label_visibility="collapsed",
        )
        canvas(day_or_night(texts), "look")


def looks(texts: Texts) -> Markup:
    """By the system, by day, by night; the browser keeps the choice (wires.js), so none is marked here."""
    buttons = (
        html('<button type="button" data-look="{}" aria-pressed="false">{}</button>', look, word)
        for look, word in texts.looks.items()
    )
    return html('<div class="modes looks" role="group" aria-label="{}">{}</div>', texts.look_title, join(buttons))


def day_or_night(texts: Texts) -> Markup:
    """The button that turns day into night and back."""
    return html('<button type="button" class="look" data-look="other" title="{}" aria-label="{}">{}</button>',
                texts.look_other, texts.look_other, _HALF_MOON)  # fmt: skip


def menu(texts: Texts, lang: Language, at: str) -> Markup:
    """The pages; `at` names the one that is shown. Ask leads back to the question that was asked last."""
    asked = session.last_question()
    query = {"ask": {**({"q": asked} if asked else {}), **session.filters()}}
    items = (
        html(
            '<li><a class="go page-{}" href="{}"{}>{}</a></li>',
            name,
            address("" if name == "ask" else name, lang, **query.get(name, {})),
            Markup(' aria-current="page"') if name == at else "",
            words,
        )
        for name, words in texts.pages.items()
    )
    return html('<nav class="pages" aria-label="{}"><ul>{}</ul></nav>', texts.navigation, join(items))


def bookcase(page: Page) -> None:
    """The guidelines with their status, and at the bottom the snapshot."""
    put(shelves(page))
    put(snapshot(page))


def shelves(page: Page) -> Markup:
    """The guidelines of the library; of a large one the first, and the way to all."""
    known = page.assistant.shelves
    words = counted(page.words.whole_library, len(known))
    whole = html('<a class="go whole" href="{}">{}</a>', page.address("library"), words)
    return html(
        '<nav class="shelves"><h3>{} · {}</h3><ul>{}</ul>{}</nav>',
        page.texts.shelf,
        counted(page.texts.guidelines, len(known)),
        join(_shelf(shelf, page) for shelf in known[:SHOWN]),
        whole if len(known) > SHOWN else "",
    )


def _shelf(shelf: Shelf, page: Page) -> Markup:
    metadata = shelf.metadata
    return html(
        '<li><a class="go title" href="{}" title="{}">{}</a><span class="meta">{}<span>{}</span></span></li>',
        page.address("read", doc=shelf.slug),
        title(metadata, page.lang),
        title(metadata, page.lang),
        status_badge(metadata, page.texts),
        metadata.issued or "",
    )


def snapshot(page: Page) -> Markup:
    """Short hash, counts, and the promise."""
    texts, assistant = page.texts, page.assistant
    counts = counted(texts.guidelines, len(assistant.shelves)), counted(texts.concepts, assistant.concept_count)
    return html(
        '<footer class="snapshot"><span title="{}">{}</span><span>{}</span><span>{}</span></footer>',
        assistant.snapshot,
        texts.snapshot.format(short(assistant.snapshot)),
        " · ".join(counts),
        texts.verbatim,
    )


def short(snapshot: str) -> str:
    """The first digits of a hash, which are enough to tell two snapshots apart."""
    return snapshot.removeprefix("sha256:")[:8]
