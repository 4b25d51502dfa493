"""What to ask: for a first visitor by role, for a reader of an answer what comes after it. All are the corpus's own questions."""

from __future__ import annotations

from markupsafe import Markup

from kg.model import Answer, Language
from kg.suggestions import ROLES, Role
from views.markup import html, join, unbroken
from views.records import Page

MOST, OTHERS = 4, 1  # of the interface's language, and of the other one


def by_role(page: Page) -> Markup:
    """A card a role, each with questions that are asked when they are clicked."""
    return html('<div class="roles">{}</div>', join(card(role, page) for role in ROLES))


def card(role: Role, page: Page) -> Markup:
    """The questions of a role; the last is in the other language, so that one sees that it may be."""
    other: Language = "en" if page.lang == "zh" else "zh"
    own = page.assistant.suggestions(role, page.lang)[:MOST]
    asked = [(q, page.lang) for q in own] + [(q, other) for q in page.assistant.suggestions(role, other)[:OTHERS]]
    rows = join(html("<li>{}</li>", question(q, lang, page)) for q, lang in asked)
    words = page.texts.roles[role]
    return html('<section class="role {}"><h2>{}</h2><ul>{}</ul></section>', role, words, rows) if asked else Markup("")


def after(answer: Answer, page: Page) -> Markup:
    """Questions that the cited clauses answer beside the one asked."""
    asked, lang = page.assistant.follow_ups(answer), answer.question.lang
    rows = join(html("<li>{}</li>", question(q, lang, page)) for q in asked)
    title = page.texts.follow_ups
    return html('<section class="panel next"><h3>{}</h3><ul>{}</ul></section>', title, rows) if asked else Markup("")


def question(text: str, lang: Language, page: Page) -> Markup:
    """A question as a link that asks it."""
    return html('<a class="go" href="{}" lang="{}">{}</a>', page.ask_address(text), lang, unbroken(text))
