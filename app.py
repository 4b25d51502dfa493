"""Guidegraph's screen: ask a question over the guidelines, read the answer where it stands.

Run with `guidegraph app`, or `streamlit run app.py`. What is drawn is in `views`; nothing is computed here.
"""

from __future__ import annotations

import gc
from pathlib import Path

import streamlit as st

from kg.assistant import Assistant
from kg.errors import SnapshotError
from kg.settings import Settings
from kg.snapshot import current_folder
from views import notices, router, session, sidebar, style
from views.records import Page
from views.texts import TEXTS


@st.cache_resource(show_spinner=False, max_entries=2)
def open_assistant(data: Path, snapshot: Path) -> Assistant:
    """The assistant, opened once for all visitors, and anew for a newly built snapshot.

    Streamlit collects garbage after every run of the script. What is loaded once and stays is frozen, or each click would look
    through all of it; what an earlier snapshot left is collected when the next one is opened.
    """
    del snapshot
    gc.unfreeze()
    assistant = Assistant.open(data)
    gc.collect()
    gc.freeze()
    return assistant


def main() -> None:
    """Draw the page for one visitor."""
    st.set_page_config(page_title="Guidegraph", page_icon=str(style.ICON), layout="wide")
    style.apply()
    lang = session.interface()
    texts = TEXTS[lang]
    try:
        with st.spinner(texts.opening):
            data = Settings.from_environment().data
            page = Page(open_assistant(data, current_folder(data)), lang)
    except SnapshotError as error:
        sidebar.masthead(texts, lang)
        with st.sidebar:
            sidebar.top(texts, lang, "")
        notices.no_snapshot(error, texts)
        return
    router.show(page)


if __name__ == "__main__":
    main()
