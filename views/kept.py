"""The page of what a visitor kept: starred answers and the history, each to be opened, taken out and put back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import parse_qs, urlsplit

import streamlit as st

from kg.errors import NotebookError, QuestionError
from kg.notebook import Note, Notebook
from views import keeping, memo, scope, session
from views.markup import html, put
from views.records import Page

MOST = 60
_TAKEN = "kept-taken"


def draw(page: Page) -> None:
    """One visit."""
    starred = keeping.read(lambda book: book.starred(session.visitor()))
    others = [n for n in keeping.read(lambda book: book.history(session.visitor(), MOST)) if not n.starred]
    with st.container(key="kept", gap="small"):
        put(html("<h1>{}</h1>", page.texts.pages["kept"]))
        undo(page)
        put(html('<h2 class="part">{} <small>{}</small></h2>', page.texts.starred_answers, len(starred)))
        for place, found in enumerate(starred):
            row(found, f"star-{place}", page)
        if starred:
            st.download_button(
                page.texts.export_starred, partial(export, starred, page), "guidegraph.docx", keeping.WORD,
                key="kept-export", icon=":material/description:", on_click="ignore",
            )  # fmt: skip
        else:
            put(html('<p class="hint">{}</p>', page.texts.nothing_starred))
        put(html('<h2 class="part">{} <small>{}</small></h2>', page.texts.history, len(others)))
        for place, found in enumerate(others):
            row(found, f"asked-{place}", page)
        if others:
            st.button(page.texts.forget, key="kept-clear", type="tertiary", on_click=_take, args=(Notebook.forget,))
        else:
            put(html('<p class="hint">{}</p>', page.texts.nothing_asked))


def row(found: Note, key: str, page: Page) -> None:
    """A note: the question, how it was answered then and when, and the button that takes it out."""
    older = page.texts.older if found.snapshot != page.assistant.snapshot else ""
    with st.container(horizontal=True, key=f"note-{key}", vertical_alignment="center", gap="small"):
        put(
            html(
                '<article class="note"><a class="go" href="{}">{}</a><p>{}</p><small>{}</small></article>',
                keeping.again(found, page), page.original(found.question), page.original(found.headline if found.starred else ""),
                " · ".join(x for x in (keeping.state(found, page), found.at[:10], older) if x),
            )
        )  # fmt: skip
        st.button(
            page.texts.remove, key=f"take-{key}", type="tertiary", icon=":material/close:",
            on_click=_take, args=(partial(_one, found.question),),
        )  # fmt: skip


def undo(page: Page) -> None:
    """What was taken out last, and the button that puts it back."""
    taken: tuple[Note, ...] = st.session_state.get(_TAKEN, ())
    if taken:
        with st.container(horizontal=True, key="kept-undo", vertical_alignment="center", gap="small"):
            put(html('<p role="status">{}</p>', page.texts.taken_out.format(len(taken))), "content")
            st.button(page.texts.undo, key="kept-back", type="tertiary", icon=":material/undo:", on_click=_put_back)


def export(notes: tuple[Note, ...], page: Page) -> bytes:
    """The starred questions, asked again over the library as it is now, as one Word memo."""
    found = []
    for note in notes:
        asked = parse_qs(urlsplit(keeping.again(note, page)).query)
        try:
            found.append(page.assistant.ask(note.question, scope=scope.of(asked, page)))
        except QuestionError:  # what was a question once may be none to a later version
            continue
    return memo.words(found, page)


def _one(question: str, book: Notebook, visitor: str) -> tuple[Note, ...]:
    return book.remove(visitor, question)


def _take(what: Callable[[Notebook, str], tuple[Note, ...]]) -> None:
    """Takes notes out, and remembers them for this visit."""
    try:
        st.session_state[_TAKEN] = what(keeping.notebook(), session.visitor())
    except NotebookError:
        st.session_state[_TAKEN] = ()


def _put_back() -> None:
    keeping.notebook().restore(session.visitor(), st.session_state.pop(_TAKEN, ()))
