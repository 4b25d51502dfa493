"""Several guidelines side by side: who says what, how strongly, and with which values; also which of them is silent."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from kg.comparing import short_name
from kg.model import Answer, Language, Metadata, Position
from views.markup import html, join, unbroken
from views.records import Page, spoken, status_badge, strength_badge


@dataclass(frozen=True, slots=True)
class Side:
    """One guideline of a comparison: its first sentence as it is read and as it is issued, and the citation that holds it.
    `position` is None for a guideline that the question names and that says nothing near it.
    """

    document: str
    name: str
    position: Position | None = None
    said: str = ""
    original: str = ""
    number: int | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The typed values of the sentence, in words."""
        return self.position.values if self.position else ()


def sides(answer: Answer, page: Page) -> tuple[Side, ...]:
    """The guidelines of a comparison, those that speak before those that are silent; none where nothing is compared."""
    if not answer.positions:
        return ()
    speaking = [_side(position, answer, page) for position in answer.positions]
    known = {position.document for position in answer.positions}
    silent = (slug for slug in answer.question.documents if slug not in known)
    return (*speaking, *(Side(slug, name(slug, page, page.lang)) for slug in silent))


def name(slug: str, page: Page, lang: Language) -> str:
    """What a guideline is called among colleagues."""
    metadata: Metadata | None = page.metadata(slug)
    return short_name(metadata, lang) if metadata else slug


def _side(position: Position, answer: Answer, page: Page) -> Side:
    english = answer.question.lang == "en" and position.translation
    said, original = (position.translation or "", position.quote) if english else (position.quote, "")
    cited = (
        n for n, c in enumerate(answer.citations, 1) if c.document == position.document and position.quote in c.quote
    )
    return Side(
        position.document, name(position.document, page, page.lang), position, said, original, next(cited, None)
    )


def columns(compared: tuple[Side, ...], page: Page) -> tuple[str, ...]:
    """The heads of the table; that of the values only where there are any."""
    texts = page.texts
    values = (texts.value,) if any(side.values for side in compared) else ()
    return (texts.guideline, *values, texts.strength, texts.says_there)


def table(answer: Answer, page: Page) -> Markup:
    """A table with a row for each guideline."""
    found = sides(answer, page)
    heads = columns(found, page)
    return html(
        '<table class="compared"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
        join(html('<th scope="col">{}</th>', words) for words in heads),
        join(_row(side, page, with_values=page.texts.value in heads) for side in found),
    )


def _row(side: Side, page: Page, *, with_values: bool) -> Markup:
    position, lang = side.position, spoken("".join(side.values))
    values = join(html('<b class="value" lang="{}">{}</b>', lang, value) for value in side.values)
    return html(
        '<tr><th scope="row">{}{}</th>{}<td class="how">{}</td><td class="what">{}</td></tr>',
        _named(side, page),
        status_badge(page.metadata(side.document), page.texts),
        html('<td class="values">{}</td>', values or "–") if with_values else "",
        strength_badge(position.strength, page.texts) if position else "–",
        _said(side) if position else html('<span class="silent">{}</span>', page.texts.silent),
    )


def _named(side: Side, page: Page) -> Markup:
    """The guideline as a link to the clause, or to its first page where it says nothing."""
    clause = side.position.clause_id if side.position else ""
    href = page.clause_address(clause) if clause else page.address("read", doc=side.document)
    return html('<a class="go" href="{}">{}</a>', href, page.original(side.name))


def _said(side: Side) -> Markup:
    """The sentence with the number of its citation; under a reading, the original."""
    number = html('&NoBreak;<a class="num" href="#citation-{}">{}</a>', side.number, side.number) if side.number else ""
    original = html('<small lang="zh">{}</small>', side.original) if side.original else ""
    return html('<span lang="{}">{}</span>{}{}', spoken(side.said), unbroken(side.said), number, original)
