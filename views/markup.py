"""The one way text becomes HTML: every value is escaped, only the literals of this package are not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, LiteralString

import streamlit as st
from markupsafe import Markup, escape

from kg.model import Span

_HYPHENATED = re.compile(r"(?<![\w-])[A-Za-z]\w*-[A-Z\d]{1,2}(?![\w-])", re.ASCII)


def html(template: LiteralString, /, *args: object, **values: object) -> Markup:
    """A template of ours filled with values; whatever is not already Markup is escaped.

    >>> html("<b>{}</b>", "<script>")
    Markup('<b>&lt;script&gt;</b>')
    """
    return Markup(template).format(*args, **values)  # noqa: S704 (a literal, as its type says)


def join(parts: Iterable[object], between: LiteralString = "") -> Markup:
    """Parts in a row, each escaped unless it is Markup."""
    return Markup(between).join(map(escape, parts))  # noqa: S704 (a literal, as its type says)


def marked(text: str, spans: Iterable[Span]) -> Markup:
    """A text with some of its spans marked. Spans may touch or overlap; what lies outside is left out.

    >>> marked("a<b", [Span(2, 3)])
    Markup('a&lt;<mark>b</mark>')
    """
    out, at = Markup(""), 0
    for span in sorted(spans):
        start, end = max(span.start, at), min(span.end, len(text))
        if start < end:
            out += html("{}<mark>{}</mark>", text[at:start], text[start:end])
            at = end
    return out + text[at:]


def unbroken(text: str) -> Markup:
    """A text in which a short name with a hyphen, CAR-T or PD-1, stands on one line.

    >>> unbroken("a CAR-T cell")
    Markup('a <span class="oneline">CAR-T</span> cell')
    """
    out, at = Markup(""), 0
    for name in _HYPHENATED.finditer(text):
        out += html('{}<span class="oneline">{}</span>', text[at : name.start()], name[0])
        at = name.end()
    return out + text[at:]


def put(markup: Markup, width: Literal["stretch", "content"] = "stretch") -> None:
    """Draw markup on the page, nothing where it is empty. Takes nothing but Markup, so that no bare string slips through."""
    if markup:
        st.html(str(markup), width=width)
