"""Stub."""

from __future__ import annotations

from views.records import Page


def draw(page: Page) -> None:
    """Nothing yet."""
