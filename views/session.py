"""What a visit remembers. The address holds question (?q=) and language (?ui=): a link can be shared."""

from __future__ import annotations

import secrets
from typing import cast

import streamlit as st

from kg.model import Answer, Language
from kg.scope import EVERYWHERE, Scope
from views.port import Assistant

BOX = "question"
TOGGLE = "ui"
_ASKED = "asked"
_ANSWER = "answer"
_VISITOR = "visitor"


def interface() -> Language:
    """The language of the interface: as toggled, else as the address says, else Chinese."""
    if TOGGLE not in st.session_state:
        st.session_state[TOGGLE] = "en" if st.query_params.get("ui") == "en" else "zh"
    return cast("Language", st.session_state[TOGGLE])


def keep_interface() -> None:
    """Write the toggled language into the address."""
    st.query_params["ui"] = st.session_state[TOGGLE]


def question() -> str | None:
    """The question being asked, or None before there is one. A changed address (back, a shared link) wins."""
    shared = st.query_params.get("q") or None
    asked = cast("str | None", st.session_state.get(_ASKED))
    if shared != asked and (shared or (asked or "").strip()):
        st.session_state[_ASKED], st.session_state[BOX] = shared, shared or ""
        return shared
    if asked and BOX not in st.session_state:  # the box was not drawn on another page
        st.session_state[BOX] = asked
    return asked


def visitor() -> str:
    """A random word that stands for this browser: as its cookie says, else a new one, which the page writes there."""
    if _VISITOR not in st.session_state:
        kept = str(st.context.cookies.get("guidegraph_visitor") or "")
        st.session_state[_VISITOR] = kept if kept.isalnum() and len(kept) <= 40 else secrets.token_hex(12)
    return cast("str", st.session_state[_VISITOR])


def filters() -> dict[str, str]:
    """The filters of Ask that were set last, as its address holds them."""
    return cast("dict[str, str]", st.session_state.get("scope", {}))


def last_question() -> str:
    """The question that was asked last, for the way back to it."""
    return str(st.session_state.get(_ASKED) or "").strip()


def submit() -> None:
    """Ask what stands in the box."""
    pose(str(st.session_state.get(BOX) or ""))


def pose(text: str) -> None:
    """Ask a question: it goes into the box and into the address. An empty one leaves the address."""
    st.session_state[_ASKED] = st.session_state[BOX] = text
    if text.strip():
        st.query_params["q"] = text
    else:
        st.query_params.pop("q", None)


def answer(assistant: Assistant, text: str, scope: Scope = EVERYWHERE) -> Answer:
    """The answer, asked for once: toggles and folds redraw it without asking again."""
    key = (assistant.snapshot, text, scope)
    kept = st.session_state.get(_ANSWER)
    if kept is None or kept[0] != key:
        kept = st.session_state[_ANSWER] = (key, assistant.ask(text, scope=scope))
    return cast("Answer", kept[1])
