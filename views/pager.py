"""A long list in pages: which part of it is shown, and the links to the others, in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def pager(count: int, size: int, number: int, page: Page, path: str = "library", **query: str) -> Markup:
    """Back, where we are, on; nothing for a list of one page. `path` and `query` are the address without the page's number."""
    last = max(1, -(-count // size))
    if last == 1:
        return Markup("")
    first, end = (number - 1) * size + 1, min(number * size, count)

    def to(number: int) -> str:
        return page.address(path, **query, **({"page": str(number)} if number > 1 else {}))

    steps = (
        _step("‹", page.words.page_back, number - 1 if number > 1 else 0, to),
        html("<span>{}</span>", page.words.from_to.format(first, end, f"{count:,}")),
        _step("›", page.words.page_on, number + 1 if number < last else 0, to),
    )
    return html('<nav class="pager" aria-label="{}">{}</nav>', page.words.pages, join(steps))


def _step(mark: str, words: str, number: int, to: Callable[[int], str]) -> Markup:
    """A step to a page; 0 is none."""
    if not number:
        return html('<span class="off" aria-hidden="true">{}</span>', mark)
    return html('<a class="go" href="{}" aria-label="{}" title="{}">{}</a>', to(number), words, words, mark)
