"""The Ask page: the question box, and below it suggestions, an answer, or what is wrong with the question."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from kg.errors import QuestionError, SnapshotError
from views import answer, keeping, notices, scope, session, suggested
from views.components import focus_box
from views.markup import html, put
from views.records import Page
from views.texts import Texts


def draw(page: Page) -> None:
    """One visit to the page. The box keeps its place from the first visit on, so that it never flickers."""
    question = session.question()
    with st.container(key="front" if question is None else "page"):
        above = st.empty()
        box(page.texts)
        scope.draw(page)
        below = st.container(key="below")
    if question is None:
        with above:
            put(welcome(page.texts))
        with below:
            put(suggested.by_role(page))
            keeping.latest(page)
            focus_box()
    else:
        with below:
            outcome(question, page)


def welcome(texts: Texts) -> Markup:
    """Two lines for a first visitor."""
    return html('<div class="welcome"><h1>{}</h1><p>{}</p></div>', texts.welcome, texts.welcome_more)


def box(texts: Texts) -> None:
    """The question box; Enter asks."""
    with (
        st.form("ask", border=False, enter_to_submit=True),
        st.container(horizontal=True, key="askbox", vertical_alignment="center", gap="small"),
    ):
        st.text_input(
            texts.ask_label,
            key=session.BOX,
            placeholder=texts.placeholder,
            label_visibility="collapsed",
            autocomplete="off",
        )
        st.form_submit_button(texts.ask, type="primary", on_click=session.submit)


def outcome(question: str, page: Page) -> None:
    """The answer, or the one line that says why there can be none."""
    try:
        with st.spinner(page.texts.searching):
            found = session.answer(page.assistant, question, scope.within(page))
    except QuestionError as error:
        notices.wrong_question(error, page.texts)
        put(suggested.by_role(page))
        return
    except SnapshotError as error:
        notices.no_snapshot(error, page.texts)
        return
    keeping.remember(found)
    answer.draw(found, page)
