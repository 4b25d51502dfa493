"""Statements with their quotes: right, wrong, or to be corrected; of a clause, of a concept, or of a whole guideline."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import get_args

import streamlit as st
from markupsafe import Markup

from ingest.curating import Key
from ingest.decisions import becomes
from ingest.ends import is_iri
from ingest.overrides import LIMITS, Override
from ingest.statements import RELATIONS
from kg.entries import Fact
from kg.errors import SnapshotError
from kg.model import Strength
from views import beside
from views.bench import Bench
from views.choosing import guideline, state, states, tag
from views.markup import html, put
from views.pager import pager, shown
from views.records import Page, native
from views.terms import named

SIZE = 8
_OPEN = "statement-open"
_STATES = ("all", "unread", "read")
Judged = Mapping[Key, Override]


def draw(bench: Bench) -> None:
    """The statements that the address names, in one state of review."""
    page, query = bench.page, {"what": "statements"}
    about = {name: st.query_params[name] for name in ("clause", "c") if name in st.query_params}
    if about:
        facts, words = _about(about, page)
        put(
            html(
                '<p class="about">{} <a class="go" href="{}">{}</a></p>',
                words,
                page.address("library", part="curation", what="statements"),
                page.words.all_statements,
            )
        )
    else:
        about = {"doc": guideline(page, "statements-doc")}
        facts = page.assistant.catalogue.stated_in(about["doc"])
    judged = bench.curator.judged()
    at = state(_STATES)
    read = [f for f in facts if key_of(f) in judged]
    sets = {"all": list(facts), "unread": [f for f in facts if key_of(f) not in judged], "read": read}
    put(states({name: len(found) for name, found in sets.items()}, at, page, **query, **about))
    part, number = shown(sets[at], SIZE)
    if not part:
        put(html('<p class="empty">{}</p>', page.words.no_statement))
    for fact in part:
        _card(fact, judged.get(key_of(fact)), bench)
    put(pager(len(sets[at]), SIZE, number, page, part="curation", **query, **about, state=at))


def _about(about: dict[str, str], page: Page) -> tuple[tuple[Fact, ...], Markup]:
    """The statements of a clause or of a concept, and which one it is; none for an address that leads nowhere."""
    catalogue = page.assistant.catalogue
    try:
        if clause := about.get("clause"):
            card = catalogue.clause(clause)
            return card.facts, html("{} {}", beside.place(card.place, page), page.title(card.place.document))
        iri = catalogue.iri(about["c"])
        if iri:
            return catalogue.concept(iri).facts, beside.concept(catalogue[iri], page)
    except (KeyError, SnapshotError):
        pass
    return (), html("<b>{}</b>", page.words.leads_nowhere)


def key_of(fact: Fact) -> Key:
    """The statement by which a decision names it."""
    return fact.sentence, fact.subject.iri, fact.relation, fact.object.iri


def _card(fact: Fact, judged: Override | None, bench: Bench) -> None:
    key = tag(*key_of(fact))
    with st.container(border=True, key=f"judge-{key}", gap="small"):
        opened = st.session_state.get(_OPEN) == key
        with st.container(horizontal=True, key=f"card-judge-{key}"):
            put(statement(fact, bench.page, judged))
            if not opened:
                _choices(fact, judged, key, bench)
        if opened:
            _form(fact, key, bench)


def statement(fact: Fact, page: Page, judged: Override | None) -> Markup:
    """The statement, its quote and its place, and what was decided about it."""
    reading = fact.english if page.lang == "en" and fact.english else ""
    return html(
        '<div class="judged">{}<blockquote class="small" lang="{}">{}</blockquote>{}<p class="source">{} <span>{}</span></p>{}</div>',
        beside.fact(fact, page), page.language(fact.place.document), fact.quote, html('<p class="aid" lang="en">{}</p>', reading) if reading else "",
        beside.place(fact.place, page), page.title(fact.place.document), verdict(judged, page) if judged else "",
    )  # fmt: skip


def verdict(row: Override, page: Page) -> Markup:
    """A decision in words, with what a correction changes."""
    changes = Markup(" · ").join(_change(name, value, page) for name, value in row.set.items())
    return html('<p class="decided {}"><b>{}</b> {}</p>', row.action, page.words.verdicts[row.action], changes)


def _change(name: str, value: str, page: Page) -> Markup:
    if name == "strength":
        value = {str(k): v for k, v in page.texts.strengths.items()}.get(value, value)
    elif name == "relation":
        value = relation_words(value, page)
    elif name in ("subject", "object"):
        value = label(value, page)
    return html("{} → {}", page.words.parts[name], native(value) or page.words.taken_away)


def label(iri: str, page: Page) -> str:
    """A concept's name, or the end of its IRI where the snapshot does not have it; words stand for themselves."""
    if not is_iri(iri):
        return iri.removeprefix("「").removesuffix("」")
    try:
        return page.assistant.catalogue[iri].label(page.lang)
    except KeyError:
        return iri.rpartition(":")[2]


def relation_words(relation: str, page: Page) -> str:
    """A relation in the language of the interface."""
    return page.assistant.catalogue.relation(relation)[0 if page.lang == "zh" else 1]


def row_of(fact: Fact, action: str, why: str, **changes: str) -> Override:
    """The decision about a statement."""
    return Override(
        action, why, fact.sentence, fact.subject.iri, fact.relation, fact.object.iri, set=changes,  # type: ignore[arg-type]
    )  # fmt: skip


def _choices(fact: Fact, judged: Override | None, key: str, bench: Bench) -> None:
    """What can be decided; of what was decided before, the way back."""
    words, curator = bench.page.words, bench.curator
    with st.container(horizontal=True, key=f"acts-judge-{key}", width="content"):
        for action, icon in (("accept", ":material/check:"), ("reject", ":material/close:")):
            if judged is None:
                row = row_of(fact, action, words.default_reasons[action])
                act = partial(curator.judge, row)
                st.button(words.judge[action], key=f"{action}-{key}", icon=icon, on_click=bench.attempt, args=(act,))
        if judged is None or judged.action != "reject":
            st.button(words.judge["correct"], key=f"correct-{key}", icon=":material/edit:", on_click=_open, args=(key,))
        if judged is not None:
            back = partial(curator.take_back_row, judged)
            st.button(words.take_back, key=f"back-{key}", icon=":material/undo:", on_click=bench.attempt, args=(back,))


def _open(key: str | None) -> None:
    st.session_state[_OPEN] = key


def _form(fact: Fact, key: str, bench: Bench) -> None:
    """What is right instead: the ends, the relation, the strength, the condition, and why."""
    page, words = bench.page, bench.page.words
    judged = bench.curator.judged().get(key_of(fact))
    now = _parts(fact, judged)
    with st.form(f"correct-form-{key}", border=False):
        left, right = st.columns(2)
        given = {
            "subject": _concept("subject", now["subject"], key, left, page),
            "object": _concept("object", now["object"], key, right, page),
            "relation": left.selectbox(
                words.parts["relation"], (known := sorted(RELATIONS, key=lambda r: relation_words(r, page))), known.index(now["relation"]),
                key=f"relation-{key}", format_func=lambda r: relation_words(r, page),
            ),
            "strength": right.selectbox(
                words.parts["strength"], get_args(Strength), get_args(Strength).index(now["strength"]),
                key=f"strength-{key}", format_func=page.texts.strengths.__getitem__,
            ),
            "condition": left.text_input(words.parts["condition"], now["condition"], key=f"condition-{key}"),
            "exception": right.text_input(words.parts["exception"], now["exception"], key=f"exception-{key}"),
        }  # fmt: skip
        why = right.text_input(words.why, key=f"why-{key}", placeholder=words.default_reasons["correct"])
        with st.container(horizontal=True):
            done = st.form_submit_button(words.save_correction, type="primary", icon=":material/check:")
            st.form_submit_button(words.never_mind, on_click=_open, args=(None,), type="tertiary")
    if done:
        said = {name: value.strip() for name, value in given.items()}
        changes = {name: value for name, value in said.items() if value != now[name] and (value or name in LIMITS)}
        _correct(fact, changes, why.strip() or words.default_reasons["correct"], bench)


def _parts(fact: Fact, judged: Override | None) -> dict[str, str]:
    """The statement as it is now: as drawn, with what an earlier correction changes."""
    parts: dict[str, str] = {
        "subject": fact.subject.iri, "object": fact.object.iri, "relation": fact.relation, "strength": fact.strength,
        "condition": fact.condition or "", "exception": fact.exception or "",
    }  # fmt: skip
    return parts | (judged.set if judged else {})


def _concept(name: str, iri: str, key: str, column: st.delta_generator.DeltaGenerator, page: Page) -> str:
    """One end, chosen among the concepts that texts are searched for, or typed; what stands there is always among them."""
    catalogue = page.assistant.catalogue
    known = {e.concept.iri: e.concept for e in catalogue.entries() if e.concept.findable}
    if iri in catalogue:
        known.setdefault(iri, catalogue[iri])
    options = sorted(known, key=lambda i: known[i].label(page.lang).casefold())
    if iri not in known:
        options.insert(0, iri)
    chosen = column.selectbox(
        page.words.parts[name], options, options.index(iri), key=f"{name}-{key}", accept_new_options=True,
        format_func=lambda i: named(known[i], page) if i in known else label(i, page), help=page.words.end_help,
    )  # fmt: skip
    return str(chosen or iri)


def _correct(fact: Fact, changes: dict[str, str], why: str, bench: Bench) -> None:
    if not changes:
        st.error(bench.page.words.nothing_changed)
        return
    if bench.attempt(partial(bench.curator.judge, row_of(fact, "correct", why, **changes))):
        _open(None)
        st.rerun()


def triple(row: Override, page: Page) -> Markup:
    """The statement that a decision is about, in words."""
    _, subject, relation, obj = (
        becomes(row) if row.action != "reject" else (row.sentence, row.subject, row.relation, row.object)
    )
    ends = native(label(subject, page)), native(label(obj, page))
    return html('{} <i class="rel">{}</i> {}', ends[0], relation_words(relation, page), ends[1])
