"""A long list in pages: which part of it is shown, and the links to the others, in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st
from markupsafe import Markup

from views.markup import html, join
from views.records import Page

T = TypeVar("T")


def shown(items: Sequence[T], size: int) -> tuple[Sequence[T], int]:
    """The items of the page that the address names, and its number from 1."""
    asked = st.query_params.get("page", "1")
    last = max(1, -(-len(items) // size))
    number = min(max(1, int(asked)), last) if asked.isdecimal() else 1
    return items[(number - 1) * size : number * size], number


def pager(count: int, size: int, number: int, page: Page, **query: str) -> Markup:
    """Back, where we are, on; nothing for a list of one page. `query` is the address without the page's number."""
    last = max(1, -(-count // size))
    if last == 1:
        return Markup("")
    first, end = (number - 1) * size + 1, min(number * size, count)
    steps = (
        _step("‹", page.words.page_back, number - 1, number > 1, page, query),
        html("<span>{}</span>", page.words.from_to.format(first, end, f"{count:,}")),
        _step("›", page.words.page_on, number + 1, number < last, page, query),
    )
    return html('<nav class="pager" aria-label="{}">{}</nav>', page.words.pages, join(steps))


def _step(mark: str, words: str, number: int, possible: bool, page: Page, query: dict[str, str]) -> Markup:
    if not possible:
        return html('<span class="off" aria-hidden="true">{}</span>', mark)
    known = {**query, "page": str(number)} if number > 1 else query
    return html(
        '<a class="go" href="{}" aria-label="{}" title="{}">{}</a>',
        page.address("library", **known),
        words,
        words,
        mark,
    )
