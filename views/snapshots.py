"""The snapshots that are kept: when each was built, what it changed, and the way back to it."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from kg.history import Version, history
from views.bench import Bench
from views.markup import html, join, put
from views.records import Page
from views.sidebar import short

_ASKED = "return-asked"


def draw(bench: Bench) -> None:
    """The list, the latest first."""
    page, settings = bench.page, bench.desk.settings
    versions = history(settings.data)
    put(html('<p class="hint">{}</p>', page.words.snapshots_hint.format(settings.snapshots)))
    with st.container(key="snapshots", gap="small"):
        for version in versions:
            _card(version, bench)


def _card(version: Version, bench: Bench) -> None:
    page = bench.page
    asked = st.session_state.get(_ASKED) == version.name
    with st.container(border=True, key=f"version-{version.name}{'-current' if version.current else ''}", gap="small"):
        with st.container(horizontal=True, key=f"card-version-{version.name}"):
            put(described(version, page))
            if version.usable and not (version.current or asked):
                st.button(
                    page.words.return_here, key=f"return-{version.name}", icon=":material/history:",
                    on_click=_ask, args=(version.name,),
                )  # fmt: skip
        if asked and not version.current:
            _confirm(version, bench)


def _confirm(version: Version, bench: Bench) -> None:
    page = bench.page
    warning = page.words.return_warning.format(f"{version.built:%Y-%m-%d %H:%M}")
    put(html('<p class="warn" role="alert">{}</p>', warning))
    with st.container(horizontal=True):
        act = partial(bench.desk.return_to, version.name)
        st.button(page.words.return_confirm, key="return-confirm", type="primary", on_click=_return, args=(bench, act))
        st.button(page.words.never_mind, key="return-never", type="tertiary", on_click=_ask, args=(None,))


def _ask(name: str | None) -> None:
    st.session_state[_ASKED] = name


def _return(bench: Bench, act: partial[Version]) -> None:
    _ask(None)
    if bench.attempt(act):
        st.toast(bench.page.words.returned, icon=":material/history:")


def described(version: Version, page: Page) -> Markup:
    """Date, id, figures with their differences, and the guidelines that came, went or changed."""
    words = page.words
    badge = html('<span class="badge state-in-force">{}</span>', words.in_use) if version.current else ""
    figures = (
        (version.guidelines, len(version.added) - len(version.removed) if version.more_statements is not None else None, words.of_guidelines),
        (version.statements, version.more_statements, page.texts.statement_count),
        (version.concepts, version.more_concepts, words.of_concepts),
    )  # fmt: skip
    return html(
        '<div class="version"><p><b>{}</b> <code title="{}">{}</code> {}</p><dl>{}</dl>{}</div>',
        f"{version.built:%Y-%m-%d %H:%M}", version.id, short(version.id), badge,
        join(html("<div><dd>{}{}</dd><dt>{}</dt></div>", f"{n:,}", _more(more), w) for n, more, w in figures),
        changes(version, page),
    )  # fmt: skip


def _more(number: int | None) -> Markup:
    """A difference with its sign; nothing where there is none to tell."""
    return html(' <small class="{}">{:+,}</small>', "more" if number > 0 else "less", number) if number else Markup("")


def changes(version: Version, page: Page) -> Markup:
    """What is different from the snapshot before."""
    rows = [
        html('<li class="{}"><b>{}</b> {}</li>', name, words, version.titles[slug][0 if page.lang == "zh" else 1])
        for name, words, slugs in (
            ("added", page.words.came, version.added), ("removed", page.words.went, version.removed), ("changed", page.words.changed, version.changed),
        )
        for slug in slugs
    ]  # fmt: skip
    rows += [
        html("<li>{}</li>", words)
        for words, is_so in (
            (page.words.decisions_differ, version.decisions),
            (page.words.program_differs, version.code),
            (page.words.not_usable, not version.usable),
        )
        if is_so
    ]
    if not rows:
        return html(
            '<p class="hint">{}</p>',
            page.words.oldest if version.more_statements is None else page.words.nothing_differs,
        )
    return html('<ul class="changes">{}</ul>', join(rows))
