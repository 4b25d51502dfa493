"""The Ask page: the question box, and below it examples, an answer, or what is wrong with the question."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from kg.errors import QuestionError, SnapshotError
from views import answer, keeping, notices, scope, session
from views.components import focus_box
from views.examples import EXAMPLES, Example
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
            keeping.history(page)
            examples(page)
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
    """The answer, or the one line that says why there can be none; then the examples again, folded."""
    try:
        with st.spinner(page.texts.searching):
            found = session.answer(page.assistant, question, scope.within(page))
    except QuestionError as error:
        notices.wrong_question(error, page.texts)
        examples(page)
        return
    except SnapshotError as error:
        notices.no_snapshot(error, page.texts)
        return
    keeping.remember(found)
    answer.draw(found, page)
    with st.expander(page.texts.try_next):
        examples(page)


def examples(page: Page) -> None:
    """Example questions in groups, as chips that ask when clicked."""
    with st.container(key="examples", gap="medium"):
        columns = [*st.columns(2, gap="medium"), *st.columns(2, gap="medium")]
        for column, example in zip(columns, EXAMPLES, strict=True):
            with column:
                _group(example, page)


def _group(example: Example, page: Page) -> None:
    """One group; the interface's own language first."""
    questions = (*example.zh, *example.en) if page.lang == "zh" else (*example.en, *example.zh)
    with st.container(key=f"example-{example.group}", gap="small"):
        put(html('<h4 class="{}">{}</h4>', example.group, getattr(page.texts, example.group)))
        for place, question in enumerate(questions):
            key = f"example-{example.group}-{place}"
            st.button(question, key=key, on_click=session.pose, args=(question,))
