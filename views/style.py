"""The look of the page: one style sheet, which also holds every colour."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).parent
ICON = FOLDER / "icon.svg"


def apply() -> None:
    """Send the style sheet; it takes no room on the page."""
    st.html(FOLDER / "page.css")


def asset(name: str) -> str:
    """The text of a style sheet or script that stands beside this file."""
    return (FOLDER / name).read_text(encoding="utf-8")
