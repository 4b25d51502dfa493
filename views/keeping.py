"""What a visitor keeps of Ask: history and stars that survive a reload, a thumb with a comment, an export."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

import streamlit as st
from markupsafe import Markup

from kg.errors import NotebookError
from kg.model import Answer
from kg.notebook import Note, Notebook
from kg.settings import Settings
from views import memo, session
from views.markup import html, join, put
from views.records import Page

SHOWN = 8
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def notebook() -> Notebook:
    """The notebook of this data folder."""
    return Notebook(Settings.from_environment().data)


def remember(answer: Answer) -> None:
    """Write the question down, once for each time that it is asked."""
    key = (answer.snapshot, answer.question.text)
    if st.session_state.get("remembered") != key:
        st.session_state["remembered"] = key
        with suppress(NotebookError):  # a data folder that is read-only keeps no history, and answers all the same
            notebook().asked(session.visitor(), answer)


def history(page: Page) -> None:
    """The latest questions; nothing on a first visit."""
    notes = _notes(SHOWN)
    if not notes:
        return
    with st.container(key="history", gap="small"):
        put(html("<h4>{}</h4><ul>{}</ul>", page.texts.history, join(note(n, page) for n in notes)))
        if any(not n.starred for n in notes):
            clear = partial(notebook().forget, session.visitor())
            st.button(page.texts.forget, key="history-clear", type="tertiary", on_click=clear)


def _notes(most: int) -> tuple[Note, ...]:
    try:
        return notebook().history(session.visitor(), most)
    except NotebookError:
        return ()


def note(found: Note, page: Page) -> Markup:
    """A question that was asked, and how it was answered then."""
    star = html('<span class="star" title="{}">★</span>', page.texts.starred) if found.starred else ""
    return html(
        '<li><a class="go" href="{}">{}{}</a><small>{}</small></li>',
        page.ask_address(found.question), star, found.question, {str(k): v for k, v in page.texts.states.items()}.get(found.status, ""),
    )  # fmt: skip


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
            _WORD,
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
    notes = _notes(500)
    on = any(n.starred for n in notes if n.question == answer.question.text)
    toggle = partial(notebook().star, session.visitor(), answer.question.text, on=not on)
    label = page.texts.starred if on else page.texts.star
    st.button(
        label, key="star", type="tertiary", icon=":material/star:" if on else ":material/star_border:", on_click=toggle
    )


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
