"""What a visitor keeps of Ask: history and stars that survive a reload, a thumb with a comment, an export."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from urllib.parse import parse_qsl, urlencode

import streamlit as st
from markupsafe import Markup

from kg.errors import NotebookError
from kg.model import Answer
from kg.notebook import Note, Notebook
from kg.settings import Settings
from views import memo, session
from views.markup import html, join, put
from views.records import Page

SHOWN = 5
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def notebook() -> Notebook:
    """The notebook of this data folder."""
    return Notebook(Settings.from_environment().data)


def remember(answer: Answer) -> None:
    """Write the question down, once for each time that it is asked."""
    key = (answer.snapshot, answer.question.text, urlencode(session.filters()))
    if st.session_state.get("remembered") != key:
        st.session_state["remembered"] = key
        with suppress(NotebookError):  # a data folder that is read-only keeps no history, and answers all the same
            notebook().asked(session.visitor(), answer, urlencode(session.filters()))


def latest(page: Page) -> None:
    """The latest questions with the way to all that is kept; nothing on a first visit."""
    notes = read(lambda book: book.history(session.visitor(), SHOWN))
    if notes:
        rows = join(note(n, page) for n in notes)
        way = html('<a class="go act" href="{}">{}</a>', page.address("kept"), page.texts.pages["kept"])
        put(html('<section class="latest"><h2>{} {}</h2><ul>{}</ul></section>', page.texts.history, way, rows))


def read(what: Callable[[Notebook], tuple[Note, ...]]) -> tuple[Note, ...]:
    """Notes of the notebook; none where it cannot be opened."""
    try:
        return what(notebook())
    except NotebookError:
        return ()


def note(found: Note, page: Page) -> Markup:
    """A question that was asked, and how it was answered then."""
    star = html('<span class="star" title="{}">★</span>', page.texts.starred) if found.starred else ""
    return html(
        '<li><a class="go" href="{}">{}{}</a><small>{}</small></li>',
        again(found, page), star, page.original(found.question), state(found, page),
    )  # fmt: skip


def again(found: Note, page: Page) -> str:
    """The address that asks a question as it was asked, with its filters."""
    return page.address("", q=found.question, **dict(parse_qsl(found.scope)))


def state(found: Note, page: Page) -> str:
    """How it was answered then, in words."""
    return {str(k): v for k, v in page.texts.states.items()}.get(found.status, "")


@st.fragment
def footer(answer: Answer, page: Page) -> None:
    """Star, export, and whether the answer helped."""
    texts = page.texts
    with st.container(horizontal=True, key="keep-actions", vertical_alignment="center", gap="medium"):
        _star(answer, page)
        name = "guidegraph"
        st.download_button(
            texts.as_word,
            partial(memo.word, answer, page),
            f"{name}.docx",
            WORD,
            key="export-word",
            type="tertiary",
            icon=":material/description:",
            on_click="ignore",
        )
        st.download_button(
            texts.as_markdown,
            memo.markdown(answer, page),
            f"{name}.md",
            "text/markdown",
            key="export-markdown",
            type="tertiary",
            icon=":material/notes:",
            on_click="ignore",
        )
        thumb = st.feedback("thumbs", key=f"thumb-{hash((answer.snapshot, answer.question.text))}")
    if thumb is not None:
        _comment(answer, page, good=bool(thumb))


def _star(answer: Answer, page: Page) -> None:
    asked = answer.question.text
    on = bool(read(lambda book: tuple(n for n in book.starred(session.visitor()) if n.question == asked)))
    icon = ":material/star:" if on else ":material/star_border:"
    label = page.texts.starred if on else page.texts.star
    st.button(label, key="star", type="tertiary", icon=icon, on_click=_set_star, args=(answer,), kwargs={"on": not on})


def _set_star(answer: Answer, *, on: bool) -> None:
    """Stars an answer, which may have been taken out of the history since it was drawn, or takes its star away."""
    with suppress(NotebookError):
        if on:
            notebook().asked(session.visitor(), answer, urlencode(session.filters()))
        notebook().star(session.visitor(), answer.question.text, on=on)


def _comment(answer: Answer, page: Page, *, good: bool) -> None:
    """A comment beside the thumb; both are stored with question, answer and snapshot."""
    sent = (answer.snapshot, answer.question.text)
    if st.session_state.get("rated") == sent:
        put(html('<p class="hint">{}</p>', page.texts.thanks))
        return
    with st.form("comment", border=False):
        words = st.text_input(page.texts.comment, key="comment-words", max_chars=1000)
        if st.form_submit_button(page.texts.send):
            notebook().rate(session.visitor(), answer, words, good=good)
            st.session_state["rated"] = sent
            st.rerun(scope="fragment")
