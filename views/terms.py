"""Candidate terms with their evidence: accept one with its names, kind and parents, reject it, or leave it for later."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from ingest.curator import Proposal, Quote
from ingest.schemes import KINDS
from ingest.terms import SetAside, Term
from kg.model import Concept
from views import beside
from views.bench import Bench
from views.choosing import guideline, state, states, tag
from views.markup import html, join, marked, put
from views.pager import pager, shown
from views.records import Page
from views.texts import counted

SIZE = 8
_OPEN = "term-open"
_STATES = ("open", "defer", "reject", "accepted")


def draw(bench: Bench) -> None:
    """The candidates of one guideline, in one state."""
    page = bench.page
    slug = guideline(page, "terms-doc")
    proposals = bench.curator.proposals(slug)
    at = state(_STATES)
    counts = {name: sum(p.state == name for p in proposals) for name in _STATES}
    put(states(counts, at, page, what="terms", doc=slug))
    wanted = [p for p in proposals if p.state == at]
    part, number = shown(wanted, SIZE)
    if not wanted:
        put(html('<p class="empty">{}</p>', page.words.no_term if at == "open" else page.words.none_so))
    for proposal in part:
        _card(proposal, bench)
    put(pager(len(wanted), SIZE, number, page, part="curation", what="terms", doc=slug, state=at))


def _card(proposal: Proposal, bench: Bench) -> None:
    page, text = bench.page, proposal.candidate.text
    with st.container(border=True, key=f"term-{tag(text)}", gap="small"):
        opened = st.session_state.get(_OPEN) == text and proposal.decided is None
        with st.container(horizontal=True, key=f"card-term-{tag(text)}"):
            put(evidence(proposal, page))
            if proposal.decided is not None:
                _decided(proposal, bench)
            elif not opened:
                _choices(proposal, bench)
        if opened:
            _form(proposal, bench)


def evidence(proposal: Proposal, page: Page) -> Markup:
    """The term, how often and why it was found, and the sentences that show it, verbatim."""
    candidate = proposal.candidate
    why = page.words.found_defined if candidate.short else counted(page.words.found_often, candidate.count)
    return html(
        '<div class="proposal"><h3>{}</h3> <span class="badge">{}</span><ul class="quotes">{}</ul></div>',
        page.original(candidate.text), why, join(html("<li>{}</li>", quote(q, page)) for q in proposal.quotes[:2]),
    )  # fmt: skip


def quote(found: Quote, page: Page) -> Markup:
    """A sentence with the term marked, and the way to where it stands."""
    place = page.assistant.catalogue.place(found.clause_id)
    named = place.label or place.title
    link = html('<a class="go" href="{}">{}</a>', page.clause_address(found.clause_id), page.texts.open_reader)
    return html(
        '<blockquote class="small" lang="{}">{}</blockquote><p class="source">{}</p>',
        page.language(place.document), marked(found.text, found.marks), beside.place(place, page) if named else link,
    )  # fmt: skip


def _choices(proposal: Proposal, bench: Bench) -> None:
    page, text = bench.page, proposal.candidate.text
    rows = {act: SetAside(text, act, proposal.candidate.sentences[:2]) for act in ("reject", "defer")}
    with st.container(horizontal=True, key=f"acts-term-{tag(text)}", width="content"):
        st.button(
            page.words.accept_term,
            key=f"accept-{text}",
            type="primary",
            icon=":material/check:",
            on_click=_open,
            args=(text,),
        )
        for act, icon in (("reject", ":material/close:"), ("defer", ":material/schedule:")):
            st.button(
                page.words.acts[act], key=f"{act}-{text}", icon=icon,
                on_click=bench.attempt, args=(partial(bench.curator.set_aside, rows[act]),),
            )  # fmt: skip


def _open(text: str | None) -> None:
    st.session_state[_OPEN] = text


def _form(proposal: Proposal, bench: Bench) -> None:
    """Names, kind, parents; Enter accepts."""
    page, candidate = bench.page, proposal.candidate
    words, known = page.words, {c.iri: c for c in bench.curator.parents()}
    key = tag(candidate.text)
    with st.form(f"term-form-{key}", border=False):
        left, right = st.columns(2)
        zh = left.text_input(words.label_zh, candidate.zh, key=f"zh-{key}")
        en = right.text_input(words.label_en, candidate.en, key=f"en-{key}", placeholder=words.label_en_hint)
        kinds = sorted(KINDS, key=lambda k: page.texts.kinds[k])
        index = kinds.index(proposal.kind) if proposal.kind in kinds else None
        kind = left.selectbox(
            words.kind,
            kinds,
            index,
            key=f"kind-{key}",
            format_func=page.texts.kinds.__getitem__,
            placeholder=words.choose,
        )
        broader = right.multiselect(
            words.broader, sorted(known, key=lambda i: known[i].label(page.lang)), [proposal.broader] if proposal.broader in known else [],
            key=f"broader-{key}", format_func=lambda i: named(known[i], page), placeholder=words.choose_broader,
        )  # fmt: skip
        also = st.text_input(words.also, candidate.short, key=f"also-{key}", help=words.also_hint)
        with st.container(horizontal=True):
            done = st.form_submit_button(words.accept, type="primary", icon=":material/check:")
            st.form_submit_button(words.never_mind, on_click=_open, args=(None,), type="tertiary")
    if done:
        names = tuple(
            dict.fromkeys(
                x.strip() for x in also.replace("；", ";").replace("，", ";").replace(",", ";").split(";") if x.strip()
            )
        )
        _accept(
            Term(
                candidate.text, "", kind or "", zh.strip(), en.strip(), names, tuple(broader), candidate.sentences[:3]
            ),
            bench,
        )


def named(concept: Concept, page: Page) -> str:
    """A concept in a list to choose from, with its kind."""
    return f"{concept.label(page.lang)} · {page.texts.kinds.get(concept.kind, concept.kind)}"


def _accept(term: Term, bench: Bench) -> None:
    if not (term.zh and term.en and term.kind):
        st.error(bench.page.words.term_incomplete)
        return
    if bench.attempt(partial(bench.curator.accept, term)):
        _open(None)
        st.rerun()


def _decided(proposal: Proposal, bench: Bench) -> None:
    """What was decided, and the way back."""
    page, row = bench.page, proposal.decided
    if row is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"acts-term-{tag(row.term)}", width="content"):
        put(summary(row, page), "content")
        back = partial(bench.curator.take_back_row, row)
        st.button(
            page.words.take_back, key=f"back-{row.term}", icon=":material/undo:", on_click=bench.attempt, args=(back,)
        )


def summary(row: Term | SetAside, page: Page) -> Markup:
    """A decision about a term in a line."""
    if isinstance(row, SetAside):
        return html('<p class="decided {}"><b>{}</b></p>', row.action, page.words.states[row.action])
    words = page.texts.kinds.get(row.kind, row.kind)
    return html('<p class="decided"><b>{}</b> {} / {} · {}</p>', page.words.states["accepted"], row.zh, row.en, words)
