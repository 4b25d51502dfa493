"""The answer: a headline, the rest of the text, and one line that says how far it can be relied on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

import streamlit as st
from markupsafe import Markup

from kg.clipping import DOTS
from kg.comparing import heading
from kg.model import Answer, Position, Related
from views import graph, keeping, scope, suggested
from views.citations import cards
from views.compared import table
from views.components import copy_button
from views.markup import html, join, put, unbroken
from views.records import Page, spoken, strength_badge
from views.sidebar import short
from views.texts import counted

# bytes of UTF-8, three a Chinese character: from LONG on a headline is set smaller; up to LEAD a lead stands alone
LONG, LEAD = 150, 60
PARAGRAPHS = 2
_NUMBER = re.compile(r"\s*[\[［【](\d{1,2})[\]］】]")
_UNITS = "%|年|个月|月|周|天|日|小时|years?|months?|weeks?|days?|hours?"
_VALUE = re.compile(rf"\d+(?:\.\d+)?\s*(?:{_UNITS})", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-•●·]\s*|\d{1,2}[.)、]\s+)")


def draw(answer: Answer, page: Page) -> None:
    """An answer with its citations on the left, the path and related clauses on the right."""
    with st.container(key="result"):
        if not (answer.paths or answer.related or page.assistant.follow_ups(answer)):
            with st.container(key="alone"):
                _main(answer, page)
            return
        left, right = st.columns([1.95, 1], gap="medium")
        with left:
            _main(answer, page)
        with right:
            _beside(answer, page)


def _main(answer: Answer, page: Page) -> None:
    with st.container(key=f"answer-{answer.status}", gap="small"):
        put(body(answer, page))
        with st.container(horizontal=True, key="answer-foot", vertical_alignment="center", gap="small"):
            put(status_line(answer, page))
            copy_button(page.texts.share, None, page.texts, "share")
        keeping.footer(answer, page)
    if answer.status == "not_covered" and scope.active(page):
        put(bounded(answer, page))
    cards(answer, page)


def bounded(answer: Answer, page: Page) -> Markup:
    """That the filters left something out, and the way to ask without them."""
    href = page.ask_address(answer.question.text, scoped=False)
    words = page.texts.within_scope, href, page.texts.search_all
    return html('<p class="scoped">{} <a class="go act" href="{}">{}</a></p>', *words)


def _beside(answer: Answer, page: Page) -> None:
    graph.panel(answer, page)
    if answer.related:
        put(related_panel(answer.related, page))
    if following_up := suggested.after(answer, page):
        put(following_up)


def body(answer: Answer, page: Page) -> Markup:
    """The question, the headline, and what follows it. That nothing answers it is said before all else."""
    head, rest = answer.headline, answer.text
    if answer.status == "not_covered":
        head, rest = page.texts.not_covered, answer.text or answer.reason or ""
    lead, said = led(head)
    return html(
        '<div class="answer"><p class="colophon">Guidegraph · {}</p><p class="asked" lang="{}">{}</p><h2 class="{}" lang="{}">{}</h2>{}{}</div>',
        colophon(answer, page),
        answer.question.lang,
        answer.question.text,
        "long" if len(lead.encode()) > LONG else "",
        spoken(lead),
        sentence(lead, answer, valued),
        html('<p class="said" lang="{}">{}</p>', spoken(said), sentence(said, answer))
        if said and not answer.positions
        else "",
        following(rest.removeprefix(head).strip(), answer, page),
    )


def colophon(answer: Answer, page: Page) -> str:
    """What is said of the answer on paper alone: its snapshot, and that the quotations are verbatim."""
    return f"{page.texts.snapshot.format(short(answer.snapshot))} · {page.texts.memo_note}"


def led(headline: str) -> tuple[str, str]:
    """A headline's short lead, "15 years: …", apart from the sentence behind it; the whole where none leads."""
    lead, colon, said = headline.replace(": ", "：", 1).partition("：")
    if colon and said.strip() and len(lead.encode()) <= LEAD and not set(lead) & set("，,。；"):
        return lead[:1].upper() + lead[1:], said
    return headline, ""


def following(text: str, answer: Answer, page: Page) -> Markup:
    """What follows the headline: the first paragraphs, or guidelines side by side; the rest folded."""
    beside = bool(answer.positions)
    names = frozenset(_heading(position, answer, page) for position in answer.positions)
    lines = [line for line in text.splitlines() if line.strip() and not _tabled(line, answer)]
    lines = [line for line, after in pairwise([*lines, ""]) if line not in names or (after and after not in names)]
    shown, folded = ([], lines) if beside else (lines[:PARAGRAPHS], lines[PARAGRAPHS:])
    first = table(answer, page) if beside else prose(shown, answer)
    if not folded:
        return first
    return html(
        '{}<details class="reading more"><summary>{}</summary>{}</details>',
        first,
        counted(page.texts.more, sum(line not in names for line in folded)),
        prose(folded, answer, names),
    )


def _heading(position: Position, answer: Answer, page: Page) -> str:
    """What the answer's text says over the words of a guideline."""
    metadata = page.metadata(position.document)
    return heading(position, metadata, answer.question.lang) if metadata else ""


def _tabled(line: str, answer: Answer) -> bool:
    """Whether the table of a comparison says a line already, or the sentence that it is clipped from."""
    said = line.replace(DOTS, "").strip()
    return any(said in p.quote or said in (p.translation or "") for p in answer.positions)


def prose(lines: Iterable[str], answer: Answer, names: frozenset[str] = frozenset()) -> Markup:
    """Lines as paragraphs, neighbouring bullets as one list; those that name a guideline stand over what it says."""
    out, items = [], []
    for line in [*lines, ""]:
        if bullet := _BULLET.match(line):
            items.append(html('<li lang="{}">{}</li>', spoken(line), sentence(line[bullet.end() :], answer)))
            continue
        if items:
            out.append(html("<ul>{}</ul>", join(items)))
            items = []
        if line in names:
            out.append(html('<h3 lang="{}">{}</h3>', spoken(line), line))
        elif line:
            out.append(html('<p lang="{}">{}</p>', spoken(line), sentence(line, answer)))
    return join(out)


def sentence(text: str, answer: Answer, draw_text: Callable[[str], Markup] = unbroken) -> Markup:
    """A sentence of the answer with the number of the citation that it stands in, word for word."""
    drawn = numbered(text, draw_text)
    wanted = text.strip()
    if not wanted or answer.status == "not_covered" or _NUMBER.search(text):
        return drawn
    sources = (n for n, c in enumerate(answer.citations, 1) if wanted in c.quote or wanted in (c.translation or ""))
    number = next(sources, None)
    return drawn + numeral(number) if number else drawn


def numeral(number: int) -> Markup:
    """A card's number as a link to it, never parted from the word before it."""
    return html('&NoBreak;<a class="num" href="#citation-{}">{}</a>', number, number)


def numbered(text: str, draw_text: Callable[[str], Markup] = unbroken) -> Markup:
    """A text whose citation marks, [1], are links to the cards."""
    out, at = Markup(""), 0
    for mark in _NUMBER.finditer(text):
        out += draw_text(text[at : mark.start()])
        out += numeral(int(mark[1]))
        at = mark.end()
    return out + draw_text(text[at:])


def valued(text: str) -> Markup:
    """A headline in which durations and percentages catch the eye."""
    out, at = Markup(""), 0
    for value in _VALUE.finditer(text):
        out += html('{}<span class="value">{}</span>', text[at : value.start()], value[0])
        at = value.end()
    return out + text[at:]


def status_line(answer: Answer, page: Page) -> Markup:
    """In words: answered or not, how strongly, how fast."""
    strength = Markup("")
    if answer.citations and answer.status != "not_covered" and not answer.positions:  # a table has one a guideline
        badge = strength_badge(answer.citations[0].strength, page.texts)
        strength = html("<span>{} {}</span>", page.texts.strength, badge)
    return html(
        '<div class="status"><span class="state {}">{}</span>{}<span class="took">{}</span></div>',
        answer.status,
        page.texts.states[answer.status],
        strength,
        page.texts.took.format(duration(answer.latency_ms)),
    )


def duration(milliseconds: float) -> str:
    """A latency in words, at least one millisecond."""
    return f"{milliseconds / 1000:.1f} s" if milliseconds >= 1000 else f"{max(1, round(milliseconds))} ms"


def related_panel(related: tuple[Related, ...], page: Page) -> Markup:
    """Clauses beside the answer, each with the reason why it is here; unfolds to its text."""
    return html(
        '<section class="panel related"><h3>{}</h3>{}</section>',
        page.texts.related,
        join(_related(x, page) for x in related),
    )


def _related(item: Related, page: Page) -> Markup:
    passage = page.assistant.passage(item.clause_id)
    return html(
        '<details><summary><b>{}</b><span class="title">{}</span><span class="why">{}</span></summary>'
        '<div class="text">{}</div></details>',
        page.original(item.clause),
        page.title(item.document),
        page.original(item.why),
        page.original(passage.text),
    )
