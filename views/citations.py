"""Citation cards: the verbatim quote with its evidence marked, its place, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup, escape

from kg.model import Answer, Citation, Span
from views import original
from views.components import canvas, copy_button
from views.markup import html, join, marked, put
from views.port import Passage
from views.quotation import key as key_of_kinds
from views.quotation import quotation
from views.records import Page, printed_place, status_badge, strength_badge

SOURCES, NEAREST = 5, 3  # cards drawn at once; paths lead to the first five


def cards(answer: Answer, page: Page) -> None:
    """All citations of an answer, in order; where nothing is answered, they are marked as the nearest."""
    if not answer.citations:
        return
    shown = NEAREST if answer.status == "not_covered" else SOURCES
    with st.container(horizontal=True, key="sources", vertical_alignment="bottom", gap="small"):
        put(heading(answer, page), "content")
        canvas(key_of_kinds(answer.citations[:shown], page), "kinds-quoted", "content")
    for number, citation in enumerate(answer.citations[:shown], 1):
        card(citation, number, answer, page)
    if len(answer.citations) > shown:
        _further(shown, answer, page)


@st.fragment
def _further(shown: int, answer: Answer, page: Page) -> None:
    """The citations behind the first few, drawn when they are asked for."""
    if st.session_state.get("further") != _this(answer):
        words = page.texts.further.format(len(answer.citations) - shown)
        icon = ":material/expand_more:"
        st.button(
            words, key="further-open", type="tertiary", icon=icon, on_click=_remember,
            args=("further", _this(answer)),
        )  # fmt: skip
        return
    for number, citation in enumerate(answer.citations[shown:], shown + 1):
        card(citation, number, answer, page)


def heading(answer: Answer, page: Page) -> Markup:
    """What the cards are."""
    texts, count = page.texts, len(answer.citations)
    if answer.status == "not_covered":
        return html('<h3 class="section">{}</h3><p class="warn">{}</p>', texts.nearest, texts.nearest_note)
    words = texts.sources_one if count == 1 else texts.sources.format(count)
    return html('<h3 class="section">{}</h3>', words)


@st.fragment
def card(citation: Citation, number: int, answer: Answer, page: Page) -> None:
    """One card. A fragment, so that opening or verifying redraws this card alone."""
    nearest = answer.status == "not_covered"
    key = f"{'nearest' if nearest else 'cite'}-{number}"
    with st.container(key=f"{key}-card", gap="small"):
        put(face(citation, number, page, reading_open="en" in (answer.question.lang, page.lang)))
        with st.container(horizontal=True, key=f"{key}-actions", vertical_alignment="center", gap="medium"):
            opened = _open_button(key, answer, page)
            put(reader_link(citation, page), "content")
            if original_page := original.link(citation, page):
                put(original_page, "content")
            copy_button(page.texts.copy, copied_text(citation, page), page.texts, f"{key}-copy")
            _verify_button(citation, key, answer, page)
        if opened:
            put(whole_clause(page.assistant.passage(citation.clause_id), citation, page))


def _open_button(key: str, answer: Answer, page: Page) -> bool:
    """The button that unfolds the clause, and whether it is unfolded. A new question folds all."""
    state = f"{key}-open-for"
    opened = bool(st.session_state.get(state) == _this(answer))
    wanted = None if opened else _this(answer)
    label = page.texts.close_clause if opened else page.texts.open_clause
    icon = ":material/unfold_less:" if opened else ":material/menu_book:"
    st.button(label, key=f"{key}-open", type="tertiary", icon=icon, on_click=_remember, args=(state, wanted))
    return opened


def reader_link(citation: Citation, page: Page) -> Markup:
    """The way to the clause in the guideline as a whole."""
    return html(
        '<a class="go act reader" href="{}">{}</a>', page.clause_address(citation.clause_id), page.texts.open_reader
    )


def _this(answer: Answer) -> tuple[str, str]:
    """What an unfolded or verified card belongs to; over another question or snapshot it is forgotten."""
    return answer.snapshot, answer.question.text


def _remember(state: str, value: object) -> None:
    st.session_state[state] = value


def _verify_button(citation: Citation, key: str, answer: Answer, page: Page) -> None:
    """Re-reads the issued file when clicked, and says what was found."""
    if st.button(page.texts.verify, key=f"{key}-verify", type="tertiary", icon=":material/fact_check:"):
        st.session_state[f"{key}-verified"] = (_this(answer), page.assistant.verify(citation))
    asked, holds = st.session_state.get(f"{key}-verified", (None, False))
    if asked == _this(answer):
        put(verdict(page, holds=holds))


def verdict(page: Page, *, holds: bool) -> Markup:
    """What verification found, in words."""
    if holds:
        return html('<span class="verdict ok">✓ {}</span>', page.texts.verified)
    return html('<span class="verdict bad">✗ {}</span>', page.texts.verify_failed)


def face(citation: Citation, number: int, page: Page, *, reading_open: bool) -> Markup:
    """The card itself: head, place, quote and English reading."""
    metadata = page.metadata(citation.document)
    return html(
        '<article class="cite" id="citation-{}"><header><span class="num">{}</span><p>'
        '<span class="title">{}</span> {} {}</p></header>{}<blockquote lang="{}">{}</blockquote>{}</article>',
        number,
        number,
        page.title(citation.document),
        status_badge(metadata, page.texts),
        strength_badge(citation.strength, page.texts),
        place(page.original(citation.clause), trail(citation, page), printed(citation, page)),
        metadata.language if metadata else "zh",
        quotation(citation, page.assistant.terms(citation), page),
        reading(citation.translation, page, is_open=reading_open),
    )


def printed(citation: Citation, page: Page) -> str:
    """Where a quote is printed."""
    return printed_place(citation.lines, page.texts, citation.unit, citation.pages)


def trail(citation: Citation, page: Page) -> Iterable[Markup]:
    """The headings above a quotation; on the English screen, their readings."""
    if page.lang == "zh":
        return map(escape, citation.heading)
    read = page.assistant.headings(citation.clause_id)
    return map(page.original, read or citation.heading)


def place(clause: Markup, headings: Iterable[Markup], lines: str) -> Markup:
    """Clause label, heading path and printed place."""
    trail = join((html("<span>{}</span>", x) for x in headings), '<i aria-hidden="true">›</i>')
    return html(
        '<p class="place"><b>{}</b><span class="lines">{}</span></p><p class="trail">{}</p>',
        clause,
        lines,
        trail,
    )


def reading(translation: str | None, page: Page, *, is_open: bool) -> Markup:
    """The English reading, folded; nothing where there is none."""
    if not translation:
        return Markup("")
    opened = Markup(" open") if is_open else Markup("")
    return html(
        '<details class="reading"{}><summary>{}</summary><p lang="en">{}</p></details>',
        opened,
        page.texts.reading,
        translation,
    )


def whole_clause(passage: Passage, citation: Citation, page: Page) -> Markup:
    """The clause in place, the quote within it marked where it stands in one piece."""
    at = passage.text.find(citation.quote)
    spans = [Span(at, at + len(citation.quote))] if at >= 0 else []
    return html(
        '<section class="clause" aria-label="{}">{}<div class="text" lang="{}">{}</div>{}</section>',
        page.texts.whole_clause,
        place(
            page.original(passage.label), trail(citation, page), printed_place(passage.lines, page.texts, citation.unit)
        ),
        page.language(citation.document),
        marked(passage.text, spans),
        reading(passage.translation, page, is_open=False),
    )


def copied_text(citation: Citation, page: Page) -> str:
    """What goes on the clipboard: quote, guideline, clause, lines."""
    where = f"{page.title(citation.document)}，{citation.clause}，{printed(citation, page)}"
    if page.lang == "en":
        where = where.replace("，", ", ")
    return f"“{citation.quote}”\n— {where}"
