"""One concept: names, definition, place among others, statements with their quotes, clauses, durations."""

from __future__ import annotations

from itertools import groupby

import streamlit as st
from markupsafe import Markup

from kg.catalogue import concept_key
from kg.entries import ConceptCard, Fact, Moment, Place
from kg.model import Concept, Label, Language
from views import beside, neighbours
from views.components import canvas
from views.graph import icon, kind_word
from views.markup import html, join, put
from views.pager import pager, shown
from views.records import Page, status_badge, strength_badge

FACTS, PLACES = 4, 8
GUIDELINES = 8  # whose statements and clauses stand on a page


def draw(iri: str, page: Page) -> None:
    """The concept at the left, its neighbours and durations at the right; where many guidelines speak of it, in pages."""
    voices = page.assistant.catalogue.voices(iri)
    heard, number = shown(voices, GUIDELINES)
    within = [v.slug for v in heard] if len(voices) > GUIDELINES else None
    card = page.assistant.catalogue.concept(iri, within)
    with st.container(key="concept"):
        canvas(head(card, page), "head")
        left, right = st.columns([1.6, 1], gap="medium")
        with right:
            opened = tuple(x for x in st.query_params.get("open", "").split(",") if x)
            canvas(neighbours.panel(card.concept, opened, page), "around")
            if card.moments:
                put(timeline(card.moments, page))
        with left:
            if within:
                put(html('<p class="hint">{}</p>', page.texts.spoken_of.format(f"{len(voices):,}")))
            put(stated(card, page))
            put(clauses(card.clauses, page))
            if within:
                put(pager(len(voices), GUIDELINES, number, page, "concepts", c=concept_key(iri)))


def head(card: ConceptCard, page: Page) -> Markup:
    """Kind, names and definition."""
    concept, other = card.concept, _other(page.lang)
    others = [x.text for x in sorted(concept.labels, key=lambda x: x.lang != page.lang) if x.role != "hidden"]
    named = dict.fromkeys(x for x in others if x not in (concept.label(page.lang), concept.label(other)))
    return html(
        '<header class="concept-head kind-{}"><p class="kindword">{} {}</p><h2>{}</h2>{}{}{}{}</header>',
        concept.kind,
        icon(concept.kind),
        kind_word(concept.kind, page),
        page.name(concept),
        html('<p class="second" lang="{}">{}</p>', other, concept.label(other)),
        html('<p class="also">{}: {}</p>', page.texts.also_called, join(map(page.original, named), " · "))
        if named
        else "",
        join(html('<p class="definition" lang="{}">{}</p>', d.lang, d.text) for d in _definitions(concept, page.lang)),
        relatives(card, page),
    )


def relatives(card: ConceptCard, page: Page) -> Markup:
    """Broader and narrower concepts."""
    rows = ((page.texts.broader, card.broader), (page.texts.narrower, card.narrower))
    return join(
        html(
            '<p class="relatives"><span>{}</span><span class="them">{}</span></p>',
            words,
            join((beside.concept(c, page) for c in found), " "),
        )
        for words, found in rows
        if found
    )


def stated(card: ConceptCard, page: Page) -> Markup:
    """The statements by relation, each with its quote."""
    if not card.facts:
        return html(
            '<section class="block"><h3>{}</h3><p class="hint">{}</p></section>',
            page.texts.statements,
            page.texts.no_statements,
        )
    ordered = sorted(card.facts, key=lambda f: (f.relation == "cites", f.words))
    groups = ((words, list(facts)) for words, facts in groupby(ordered, key=lambda f: f.words))
    drawn = (
        html(
            "<h4>{} <small>{}</small></h4>{}",
            words[0 if page.lang == "zh" else 1],
            len(facts),
            beside.folded([quoted(list(same), page) for _, same in groupby(facts, key=_sentence)], page, FACTS),
        )
        for words, facts in groups
    )
    review = beside.review(page, c=concept_key(card.concept.iri))
    return html('<section class="block facts"><h3>{}</h3>{}{}</section>', page.texts.statements, review, join(drawn))


def _sentence(fact: Fact) -> tuple[str, str]:
    """What a statement is drawn from."""
    return fact.place.clause_id, fact.quote


def quoted(facts: list[Fact], page: Page) -> Markup:
    """The statements of one sentence, its verbatim quote and where it stands."""
    found = facts[0]
    reading = found.english if page.lang == "en" and found.english else ""
    return html(
        '{}<blockquote class="small" lang="{}">{}</blockquote>{}<p class="source">{} <span>{}</span></p>',
        join(beside.fact(f, page) for f in facts),
        page.language(found.place.document),
        found.quote,
        html('<p class="aid" lang="en">{}</p>', reading) if reading else "",
        beside.place(found.place, page),
        page.title(found.place.document),
    )


def clauses(places: tuple[Place, ...], page: Page) -> Markup:
    """The clauses that name it, by guideline."""
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(place.document, []).append(place)
    drawn = (
        html(
            "<h4>{} {} <small>{}</small></h4>{}",
            page.title(slug), status_badge(page.metadata(slug), page.texts), len(found),
            beside.folded([beside.place(p, page) for p in found], page, PLACES),
        )
        for slug, found in groups.items()
    )  # fmt: skip
    title = page.texts.clauses_by
    return html('<section class="block clauses"><h3>{}</h3>{}</section>', title, join(drawn)) if groups else Markup("")


def timeline(moments: tuple[Moment, ...], page: Page) -> Markup:
    """The durations that are stated of it, as bars to scale; each leads to its clause."""
    longest = max(m.days for m in moments) or 1
    once = {(m.duration.iri, m.fact.place.clause_id, m.fact.words): m for m in moments}
    rows = (moment(m, longest, page) for m in once.values())
    return html('<section class="panel timeline"><h3>{}</h3><ol>{}</ol></section>', page.texts.timeline, join(rows))


def moment(found: Moment, longest: float, page: Page) -> Markup:
    """A duration: how long, of what, where it is stated."""
    subject = found.fact.subject if found.fact.object.iri == found.duration.iri else found.fact.object
    words = found.fact.words[0 if page.lang == "zh" else 1]
    return html(
        '<li><div class="bar {}"><i style="width:{}%"></i><b>{}</b></div><p>{} · {} {}</p><p class="source">{} {}</p></li>',
        found.bound, max(3, round(60 * found.days / longest)), page.name(found.duration),
        words, beside.concept(subject, page), strength_badge(found.fact.strength, page.texts),
        beside.place(found.fact.place, page), page.title(found.fact.place.document),
    )  # fmt: skip


def _definitions(concept: Concept, lang: Language) -> list[Label]:
    return sorted(concept.definitions, key=lambda d: d.lang != lang)


def _other(lang: Language) -> Language:
    return "en" if lang == "zh" else "zh"
