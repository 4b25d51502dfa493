"""The Help page: what the marks mean, what the program cannot do, and the settings."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from views.components import canvas
from views.graph import icon
from views.markup import html, join
from views.records import Page
from views.sidebar import looks, snapshot


def draw(page: Page) -> None:
    """The whole page, which is words."""
    parts = (html("<h1>{}</h1>", page.texts.help_title), settings(page), marks(page), limits(page), snapshot(page))
    with st.container(key="guide"):
        canvas(join(parts), "guide-words")


def marks(page: Page) -> Markup:
    """Marks, statuses, strengths, kinds."""
    texts = page.texts
    statuses = (html('<span class="badge status-{}">{}</span>', s, w) for s, w in texts.statuses.items())
    strengths = (html('<span class="badge strength-{}">{}</span>', s, w) for s, w in texts.strengths.items())
    kinds = (html("<li>{} {}</li>", icon(kind), word) for kind, word in texts.kinds.items())
    return html(
        '<section class="block"><h3>{}</h3><ul class="marks">{}</ul><h4>{}</h4><p class="badges">{} <span class="badge status-unknown">{}</span></p>'
        '<h4>{}</h4><p class="badges">{}</p><p class="hint">{}</p><h4>{}</h4><ul class="kindlist">{}</ul></section>',
        texts.marks_title, join(html('<li class="mark-{}">{}</li>', name, words) for name, words in texts.marks.items()),
        texts.status_title, join(statuses, " "), texts.unknown_status, texts.strength_title, join(strengths, " "),
        texts.strength_note, texts.kinds_title, join(kinds),
    )  # fmt: skip


def limits(page: Page) -> Markup:
    """What to be careful about."""
    items = join(html("<li>{}</li>", words) for words in page.texts.limits.values())
    return html(
        '<section class="block"><h3>{}</h3><ol class="limits">{}</ol></section>', page.texts.limits_title, items
    )


def settings(page: Page) -> Markup:
    """Look and type size, which the browser keeps; where the language is switched."""
    buttons = (
        html('<button type="button" data-size="{}" aria-pressed="{}">{}</button>', size, str(size == "1").lower(), word)
        for size, word in page.texts.sizes.items()
    )
    return html(
        '<section class="block"><h3>{}</h3><h4>{}</h4>{}<h4>{}</h4><div class="modes" role="group" aria-label="{}">{}</div>'
        '<p class="hint">{}</p></section>',
        page.texts.settings_title,
        page.texts.look_title,
        looks(page.texts),
        page.texts.size_title,
        page.texts.size_title,
        join(buttons),
        page.texts.language_note,
    )
