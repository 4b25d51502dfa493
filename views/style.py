"""The look of the pages: palette.css holds every colour, page.css what all share, the others what a page of ours needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).parent
SHEETS = ("palette.css", "page.css", "reader.css", "pages.css", "library.css", "print.css")
ICON = FOLDER / "icon.svg"


def apply() -> None:
    """Send the style sheets; they take no room on the page."""
    st.html(f"<style>{_sheets()}</style>")


@cache
def _sheets() -> str:
    return "\n".join(asset(name) for name in SHEETS)


def asset(name: str) -> str:
    """The text of a style sheet or script that stands beside this file."""
    return (FOLDER / name).read_text(encoding="utf-8")
