"""The pieces that need a script in the browser, self-contained: copy button, path picture, first focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st
from markupsafe import Markup

from kg.model import Language
from views.style import asset
from views.texts import Texts

_ICON = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="8.5" y="8.5" width="11.5" height="12.5" rx="2"/>'
    '<path d="M15.5 8.5V5a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2h2.5"/></svg>'
)
_COPY = st.components.v2.component(
    "guidegraph_copy",
    html='<button type="button" class="copy">' + _ICON + "<span></span></button>",
    js=asset("copy.js"),
    isolate_styles=False,
)
_FOCUS = st.components.v2.component("guidegraph_focus", js=asset("focus.js"), isolate_styles=False)
_WIRES = st.components.v2.component(
    "guidegraph_wires", js=asset("terms.js") + asset("furniture.js") + asset("wires.js"), isolate_styles=False
)
_CANVAS = st.components.v2.component(
    "guidegraph_canvas", html="<div></div>", js=asset("canvas.js"), isolate_styles=False
)
_READER = st.components.v2.component(
    "guidegraph_reader", html=asset("read.html"), js=asset("terms.js") + asset("read.js"), isolate_styles=False
)
_LIST = st.components.v2.component("guidegraph_list", html="<div></div>", js=asset("list.js"), isolate_styles=False)
_PATH = st.components.v2.component(
    "guidegraph_path",
    html=(
        '<section class="path panel"><header><h3></h3><nav hidden><button type="button">‹</button>'
        '<span></span><button type="button">›</button></nav></header><div class="figures"></div></section>'
    ),
    js=asset("path.js"),
    isolate_styles=False,
)


def copy_button(label: str, text: str | None, texts: Texts, key: str) -> None:
    """A button that copies a text, or the page's address where there is no text."""
    data = {"label": label, "text": text, "done": texts.copied, "failed": texts.copy_failed}
    _COPY(data=data, key=key, width="content")


def path_picture(figures: Markup, texts: Texts, key: str) -> None:
    """The figures of one or more paths; `figures` is escaped already, as its type says."""
    data = {"figures": str(figures), "title": texts.path, "back": texts.path_back, "next": texts.path_next}
    _PATH(data=data, key=key)


def reader(data: dict[str, object], texts: Texts, on_change: Callable[[], None]) -> None:
    """A guideline to be read; `clause` is the one that was clicked, `seen` the one that was scrolled to."""
    words = {
        "outline": texts.outline, "zh": texts.only_zh, "en": texts.only_en, "both": texts.side_by_side,
        "show": texts.show_as, "tint": texts.tint, "find": texts.find, "none": texts.find_none,
        "back": texts.find_back, "next": texts.find_next, "more": texts.full_concept, "unofficial": texts.unofficial, "kinds": texts.kinds_title,
    }  # fmt: skip
    _READER(data={**data, "texts": words}, key="reader", on_clause_change=on_change, on_seen_change=on_change)


def wires(texts: Texts, furniture: dict[str, str], lang: Language, visitor: str, key: str) -> None:
    """What no widget does: links that change page without a reload, copying, folding, type size, Streamlit's own words."""
    data = {
        "copied": texts.copied, "more": texts.full_concept, "visitor": visitor, "lang": lang, "furniture": furniture,
    }  # fmt: skip
    _WIRES(data=data, key=key)


def canvas(markup: Markup, key: str, width: Literal["stretch", "content"] = "stretch") -> None:
    """Markup with pictures in it, which `put` would take out; escaped already, as its type says."""
    _CANVAS(data={"html": str(markup)}, key=key, width=width)


def paged_list(markup: Markup, key: str, on_turned: Callable[[], None]) -> None:
    """A list with its pager, escaped already, as its type says; `turned` is the number of the page that was asked for.

    What stands in the fragment around it is drawn anew, and nothing else.
    """
    _LIST(data={"html": str(markup)}, key=key, on_turned_change=on_turned)


def focus_box() -> None:
    """Put the cursor into the question box, so that a visitor can type at once."""
    _FOCUS(key="focus")
