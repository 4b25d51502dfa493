"""What every part of the Library page is drawn with: the page, the desk that changes the library, the curator's table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from ingest.curator import Curator
from ingest.desk import Desk
from kg.errors import GuidegraphError
from views.records import Page
from views.said import said


@dataclass(frozen=True, slots=True)
class Bench:
    """One visitor's page over what all visitors share."""

    page: Page
    desk: Desk
    curator: Curator

    def attempt(self, act: Callable[[], object]) -> bool:
        """Does something that may be refused; a refusal is said in the visitor's language. Whether it was done."""
        try:
            act()
        except GuidegraphError as error:
            st.toast(said(str(error), self.page, self.desk.settings.corpus), icon=":material/error:")
            return False
        return True
