"""Beside the text: what the clause in view states, answers, names and refers to, and who else speaks of the same."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from kg.edition import Edition
from kg.entries import ClauseCard, Elsewhere, Fact, Place
from kg.model import Concept, CorpusQuestion, Reference
from views.markup import html, join
from views.records import Page, printed_place, strength_badge

SHOWN, LONG = 5, 72  # LONG in bytes of UTF-8, three a Chinese character


def panel(clause_id: str, edition: Edition, page: Page) -> Markup:
    """The clause in view, or that there is no such clause."""
    try:
        card = page.assistant.catalogue.clause(clause_id)
    except KeyError:
        return html('<aside class="beside"><p class="warn">{}</p></aside>', page.texts.unknown_clause)
    unit = page.assistant.unit(edition.slug)
    where = printed_place(card.lines, page.texts, unit, card.pages)
    return html(
        '<aside class="beside" aria-label="{}">{}<p class="printed">{} <button type="button" class="act" data-copy="{}">'
        "{}</button></p>{}</aside>",
        page.texts.in_view, head(card, page), where, page.clause_address(clause_id), page.texts.clause_link,
        join(sections(card, page)) or html('<p class="hint">{}</p>', page.texts.nothing_here),
    )  # fmt: skip


def head(card: ClauseCard, page: Page) -> Markup:
    """Its number and title; on a phone, the handle that opens the sheet."""
    return html(
        '<button type="button" class="handle" data-toggle="beside-open"><small>{}</small><b>{}</b> {}</button>',
        page.texts.in_view,
        page.original(card.place.label),
        page.heading(card.place),
    )


def sections(card: ClauseCard, page: Page) -> Iterable[Markup]:
    """The parts that have something in them."""
    texts, lang = page.texts, page.lang
    questions = sorted(card.questions, key=lambda q: (q.lang != lang, q.style != "formal"))
    mine = [q for q in questions if q.lang == lang] or questions
    parts = (
        (texts.says, [fact(f, page) for f in card.facts if f.relation != "cites"]),
        (texts.answers, [question(q, page) for q in mine]),
        (texts.others_say, [elsewhere(e, page) for e in card.elsewhere]),
        (texts.points_to, [reference(r, page) for r in card.references]),
    )
    for title, items in parts:
        if items:
            yield section(title, items, page)
        if items and title == texts.says:
            yield review(page, clause=card.place.clause_id)
    if card.concepts:
        yield html("<section><h4>{}</h4>{}</section>", texts.names, chips(card.concepts, page))


def review(page: Page, **about: str) -> Markup:
    """The way to judge the statements of a clause or of a concept."""
    href = page.address("library", part="curation", what="statements", **about)
    return html('<p class="review"><a class="go" href="{}">{}</a></p>', href, page.words.review)


def section(title: str, items: list[Markup], page: Page, shown: int = SHOWN) -> Markup:
    """A titled list, what is beyond the first few folded."""
    return html("<section><h4>{} <small>{}</small></h4>{}</section>", title, len(items), folded(items, page, shown))


def folded(items: list[Markup], page: Page, shown: int = SHOWN) -> Markup:
    """A list of which all but the first few are folded."""
    rest = items[shown:]
    more = html(
        '<details class="reading more"><summary>{}</summary><ul>{}</ul></details>',
        page.texts.show_rest.format(len(rest)),
        join(html("<li>{}</li>", i) for i in rest),
    )
    return html("<ul>{}</ul>{}", join(html("<li>{}</li>", i) for i in items[:shown]), more if rest else "")


def fact(found: Fact, page: Page) -> Markup:
    """A statement: two concepts, the relation between them, how strongly, on what condition, with what exception."""
    words = found.words[0 if page.lang == "zh" else 1]
    limits = ((page.texts.on_condition, found.condition), (page.texts.except_for, found.exception))
    return html(
        '<div class="fact">{} <i class="rel">{}</i> {} {}{}</div>',
        concept(found.subject, page),
        words,
        concept(found.object, page),
        strength_badge(found.strength, page.texts) if found.strength != "statement" else "",
        join(html("<em>{} {}</em>", name, page.original(said)) for name, said in limits if said),
    )


def concept(found: Concept, page: Page) -> Markup:
    """A concept's name as a link to its page; a definition or a passage, which is a text and not a name, as it is."""
    if ":term:definition-" in found.iri or len(found.label("zh").encode()) > LONG:
        return html('<q class="defined">{}</q>', page.name(found))
    return html(
        '<a class="go concept kind-{}" href="{}">{}</a>',
        found.kind,
        page.concept_address(found.iri),
        page.name(found),
    )


def chips(concepts: Iterable[Concept], page: Page) -> Markup:
    """Concepts in a row."""
    return html('<p class="chips">{}</p>', join(concept(c, page) for c in concepts))


def question(found: CorpusQuestion, page: Page) -> Markup:
    """A question, which is asked when it is clicked."""
    return html('<a class="go" href="{}">{}</a>', page.ask_address(found.question), page.original(found.question))


def place(found: Place, page: Page) -> Markup:
    """A clause as a link to where it stands; one without a number or a title (a covering note) by its mark."""
    label = found.label or ("" if found.title else "§")
    words = (html("<b>{}</b>", page.original(label)) if label else "", page.heading(found))
    return html('<a class="go" href="{}">{}</a>', page.clause_address(found.clause_id), join(filter(None, words), " "))


def elsewhere(found: Elsewhere, page: Page) -> Markup:
    """A clause of another guideline, and what it shares with this one."""
    shared = join((page.name(c) for c in found.shared), " · " if page.lang == "en" else "、")
    return html(
        '{}<span class="title">{}</span><span class="why">{}</span>',
        place(found.place, page),
        page.title(found.place.document),
        shared,
    )


def reference(found: Reference, page: Page) -> Markup:
    """What the clause refers to: a link where the library holds it."""
    if found.target is None:
        return html('{} <span class="badge status-unknown">{}</span>', page.original(found.title), page.texts.not_held)
    href = page.clause_address(found.target_clause) if found.target_clause else page.address("read", doc=found.target)
    return html('<a class="go" href="{}">{}</a>', href, page.original(found.title))
