"""All decisions of the curators, the latest first: in force, waiting for the next rebuild, or taken back; each can be undone."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from ingest.decisions import Decision
from ingest.overrides import Override
from kg.errors import SnapshotError
from views import beside, judging, terms
from views.bench import Bench
from views.choosing import tag
from views.markup import html, put
from views.pager import pager, shown
from views.records import Page, native, spoken

SIZE = 15


def draw(bench: Bench) -> None:
    """The list."""
    page = bench.page
    decisions = bench.curator.listed()
    part, number = shown(decisions, SIZE)
    if not decisions:
        put(html('<p class="empty">{}</p>', page.words.no_decision))
    for decision in part:
        _row(decision, bench)
    put(pager(len(decisions), SIZE, number, page, part="curation", what="decisions"))


def _row(decision: Decision, bench: Bench) -> None:
    key = tag(decision.file, decision.text)
    words = bench.page.words
    undone = decision.state == "undone"
    with st.container(horizontal=True, vertical_alignment="center", key=f"decision-{key}", gap="medium"):
        put(row(decision, bench.page))
        st.button(
            words.take_again if undone else words.take_back, key=f"undo-decision-{key}", type="tertiary",
            icon=":material/redo:" if undone else ":material/undo:",
            on_click=bench.attempt, args=(partial(bench.curator.take_back, decision),),
        )  # fmt: skip


def row(decision: Decision, page: Page) -> Markup:
    """A decision: when, what, about what, why."""
    found = decision.row
    if isinstance(found, Override):
        said, about, where = judging.verdict(found, page), _about(found, page), _place(found.sentence, page)
    else:
        said, about = terms.summary(found, page), html("{}", found.term)
        where = _place(found.evidence[0], page) if found.evidence else Markup("")
    return html(
        '<article class="decision {}"><p><span class="badge state-{}">{}</span> {} {}</p>{}<small>{} <span lang="{}">{}</span></small></article>',
        decision.state, decision.state, page.words.decision_states[decision.state], about, where, said,
        found.at[:16].replace("T", " "), spoken(found.why), found.why,
    )  # fmt: skip


def _about(found: Override, page: Page) -> Markup:
    if found.sentence and found.subject:
        return judging.triple(found, page)
    names = [judging.label(iri, page) for iri in (found.concept, found.into) if iri]
    return Markup(" → ").join(native(name) for name in names)


def _place(sentence: str, page: Page) -> Markup:
    """Where the sentence stands, if the library still has it."""
    try:
        return html(
            '<span class="source">{}</span>',
            beside.place(page.assistant.catalogue.place(sentence.rpartition("/")[0]), page),
        )
    except (KeyError, SnapshotError):
        return Markup("")
