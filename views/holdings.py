"""The guidelines of the library: found, filtered, sorted and paged, each in figures; taking one out and putting it back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import get_args

import streamlit as st
from markupsafe import Markup

from ingest.propose import UNKNOWN
from kg.entries import Holding
from kg.model import Metadata, Status
from views.bench import Bench
from views.components import paged_list
from views.markup import html, join, put
from views.pager import pager, shown
from views.records import Page, status_badge, title
from views.sidebar import snapshot

SIZE, FEW = 20, 5
FIND, SORT, STATUS, LIST = "holdings-find", "holdings-sort", "holdings-status", "holdings-list"
_ORDER = {None: 3, "final": 0, "trial": 1, "draft": 2}


def draw(bench: Bench) -> None:
    """The list, then removal and undo."""
    page = bench.page
    shelf(page)
    put(snapshot(page))
    remove(bench)


@st.fragment
def shelf(page: Page) -> None:
    """The list and what finds its way in it. A fragment, so that searching and paging redraw nothing else."""
    holdings = page.assistant.catalogue.holdings
    if len(holdings) >= FEW:
        _tools(holdings, page)
    wanted = chosen(holdings, page)
    part, number = shown(wanted, SIZE)
    paged_list(listed(part, wanted, number, page), LIST, _turned)


def _tools(holdings: tuple[Holding, ...], page: Page) -> None:
    """Search, filter by status and order; each stands in the address, so that a list can be sent."""
    words = page.words
    for key, name, default in ((FIND, "find", ""), (SORT, "sort", "title"), (STATUS, "status", "all")):
        given = st.query_params.get(name, default)
        if key not in st.session_state:
            st.session_state[key] = given
    with st.container(key="holdings-tools", horizontal=True, vertical_alignment="center"):
        st.text_input(
            page.texts.find_guideline, key=FIND, label_visibility="collapsed", placeholder=page.texts.find_guideline,
            on_change=_address, args=(FIND, "find", ""),
        )  # fmt: skip
        counts = {
            s: sum((h.metadata.status or "unknown") == s for h in holdings) for s in (*get_args(Status), "unknown")
        }
        options = ["all", *(s for s, n in counts.items() if n)]
        if st.session_state[STATUS] not in options:
            st.session_state[STATUS] = "all"
        st.selectbox(
            words.by_status, options, key=STATUS, label_visibility="collapsed", placeholder=words.any_status, on_change=_address, args=(STATUS, "status", "all"),
            format_func=lambda s: words.any_status if s == "all" else f"{_status(s, page)} · {counts[s]}",
        )  # fmt: skip
        if st.session_state[SORT] not in words.orders:
            st.session_state[SORT] = "title"
        st.selectbox(
            words.order, list(words.orders), key=SORT, label_visibility="collapsed", format_func=words.orders.__getitem__,
            on_change=_address, args=(SORT, "sort", "title"),
        )  # fmt: skip


def _status(status: str, page: Page) -> str:
    return {str(k): v for k, v in page.texts.statuses.items()}.get(status, page.texts.unknown_status)


def _address(key: str, name: str, default: str) -> None:
    """What was chosen goes into the address; a new choice begins on the first page."""
    value = str(st.session_state[key]).strip()
    st.query_params.pop("page", None)
    if value == default:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value


def _turned() -> None:
    """The page that was asked for goes into the address; the first one is not written down."""
    number = str(st.session_state[LIST].get("turned") or "1")
    if number == "1":
        st.query_params.pop("page", None)
    else:
        st.query_params["page"] = number


def chosen(holdings: tuple[Holding, ...], page: Page) -> list[Holding]:
    """The guidelines that the visitor asked for, in the order asked for."""
    words = str(st.session_state.get(FIND, "")).casefold().split()
    status, order = st.session_state.get(STATUS, "all"), str(st.session_state.get(SORT, "title"))
    found = [
        h for h in holdings
        if status in ("all", h.metadata.status or "unknown") and all(w in _searched(h) for w in words)
    ]  # fmt: skip
    return ordered(found, order, page)


def _searched(holding: Holding) -> str:
    """What of a guideline the search looks at: titles in both languages, issuer, number, date."""
    m = holding.metadata
    return " ".join(filter(None, (m.title_zh, m.title_en, m.issuer, m.number, m.issued, holding.slug))).casefold()


def ordered(holdings: list[Holding], order: str, page: Page) -> list[Holding]:
    """By title, the latest first, the oldest first, by status, or the longest first; what is not known comes last."""
    by_title = sorted(holdings, key=lambda h: title(h.metadata, page.lang).casefold())
    if order == "latest":
        return sorted(by_title, key=lambda h: h.metadata.issued or "", reverse=True)
    if order == "oldest":
        return sorted(by_title, key=lambda h: h.metadata.issued or "9999")
    if order == "status":
        return sorted(by_title, key=lambda h: _ORDER[h.metadata.status])
    return sorted(by_title, key=lambda h: -h.statements) if order == "statements" else by_title


def listed(part: Sequence[Holding], wanted: list[Holding], number: int, page: Page) -> Markup:
    """One page of the list; that nothing was found is said."""
    if not wanted:
        return html('<p class="empty">{}</p>', page.words.no_guideline)
    query = {n: v for n in ("find", "sort", "status") if (v := st.query_params.get(n, ""))}
    steps = pager(len(wanted), SIZE, number, page, **query)
    return html('<div class="shelf">{}</div>{}', join(holding(h, page) for h in part), steps)


def holding(found: Holding, page: Page) -> Markup:
    """One guideline: title, status, and its figures."""
    texts, metadata = page.texts, found.metadata
    figures = (
        (found.characters, texts.characters), (found.clauses, texts.clause_count), (found.statements, texts.statement_count),
        (found.questions, texts.question_count),
    )  # fmt: skip
    share = 100 * found.resolved // max(found.references, 1)
    facts = join(
        html("<span>{}</span>", page.original(x))
        for x in (metadata.issued, issuer(metadata, page), metadata.number)
        if x
    )
    return html(
        '<article class="holding"><h2><a class="go" href="{}">{}</a></h2><p>{} {}</p>'
        '<dl>{}<div title="{}"><dd>{}/{}</dd><dt>{}<i class="meter"><b style="width:{}%"></b></i></dt></div></dl></article>',
        page.address("read", doc=found.slug), title(metadata, page.lang), status_badge(metadata, texts), facts,
        join(html("<div><dd>{}</dd><dt>{}</dt></div>", f"{n:,}", w) for n, w in figures),
        texts.resolved_hint, found.resolved, found.references, texts.resolved, share,
    )  # fmt: skip


def issuer(metadata: Metadata, page: Page) -> str | None:
    """Who issued it, by the name that the vocabulary has in the language of the interface, else as it is written."""
    if metadata.issuer == UNKNOWN:
        return None
    known = page.assistant.catalogue.called(metadata.issuer, "organisation")
    return known.label(page.lang) if known else metadata.issuer


def remove(bench: Bench) -> None:
    """Choose, confirm, and what was taken out before, to be put back."""
    page, desk = bench.page, bench.desk
    with st.expander(page.texts.remove_title):
        titles = page.titles
        slug = st.selectbox(
            page.texts.guideline, list(titles), index=None, key="remove-pick", format_func=titles.__getitem__,
            placeholder=page.texts.remove_pick,
        )  # fmt: skip
        if slug:
            put(html('<p class="warn">{}</p>', page.texts.remove_warning.format(page.title(slug))))
            out = partial(desk.take_out, slug)
            st.button(
                page.texts.remove_confirm, key="remove-confirm", type="primary", on_click=_changed, args=(bench, out)
            )
    for path in desk.removed:
        with st.container(horizontal=True, key=f"removed-{path.name}", vertical_alignment="center"):
            put(html('<p class="hint">{} <b>{}</b></p>', page.texts.removed, path.name), "content")
            back = partial(desk.put_back, path.name)
            st.button(
                page.texts.undo, key=f"undo-{path.name}", icon=":material/undo:", on_click=_changed, args=(bench, back)
            )


def _changed(bench: Bench, start: partial[object]) -> None:
    if bench.attempt(start):
        st.session_state.pop("remove-pick", None)
