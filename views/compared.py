"""Several guidelines side by side: who says what, how strongly, and with which values."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from kg.comparing import short_name
from kg.model import Answer, Position
from views.markup import html, join
from views.records import Page, status_badge, strength_badge


def compared(answer: Answer, page: Page, sentence: Callable[[str], Markup]) -> Markup:
    """A table with a row for each guideline; `sentence` draws what it says with the number of its citation."""
    columns = (page.texts.guideline, page.texts.strength, page.texts.says)
    head = join(html('<th scope="col">{}</th>', words) for words in columns)
    rows = join(_row(position, answer, page, sentence) for position in answer.positions)
    return html('<table class="compared"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>', head, rows)


def _row(position: Position, answer: Answer, page: Page, sentence: Callable[[str], Markup]) -> Markup:
    metadata = page.metadata(position.document)
    english = answer.question.lang == "en" and position.translation
    words = (
        html('<span lang="en">{}</span><small lang="zh">{}</small>', position.translation, sentence(position.quote))
        if english
        else sentence(position.quote)
    )
    return html(
        '<tr><th scope="row"><a class="go" href="{}">{}</a>{}</th><td>{}{}</td><td>{}</td></tr>',
        page.clause_address(position.clause_id),
        short_name(metadata, page.lang) if metadata else position.document,
        status_badge(metadata, page.texts),
        strength_badge(position.strength, page.texts),
        html('<b class="value">{}</b>', " · ".join(position.values)) if position.values else "",
        words,
    )
