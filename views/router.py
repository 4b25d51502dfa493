"""The pages and the ways between them. Every place has an address; a link of ours changes page without a reload.

Links are plain `<a class="go" href="./read?doc=…">`: they open in a new tab as any other, and without a script too; with
one (wires.js) they change page without a reload.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from views import ask, concepts, guide, kept, library, read, session, sidebar
from views.components import wires
from views.records import Page

Draw = Callable[[Page], None]
_DRAW: dict[str, Draw] = {
    "ask": ask.draw,
    "read": read.draw,
    "concepts": concepts.draw,
    "library": library.draw,
    "kept": kept.draw,
    "help": guide.draw,
}


def show(page: Page) -> None:
    """Draw the page that the address names; a link that was followed leads to another one."""
    pages = {name: _page(name, page) for name in _DRAW}
    home = st.Page(partial(ask.draw, page), title="Guidegraph", url_path="home", default=True)
    current = st.navigation([home, *pages.values()], position="hidden")
    wires(page.texts, page.words.furniture, page.lang, session.visitor(), "wires")
    at = next((name for name, known in pages.items() if known == current), "ask")
    sidebar.masthead(page.texts, page.lang)
    with st.sidebar:
        sidebar.top(page.texts, page.lang, at)
        sidebar.bookcase(page)
    current.run()


def _page(name: str, page: Page) -> st.Page:
    title = f"{page.texts.pages[name]} · Guidegraph"
    return st.Page(partial(_DRAW[name], page), title=title, url_path=name)
