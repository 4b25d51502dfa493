"""A quotation as it is drawn: word for word, its evidence marked, its concepts underlined in the colours of their kinds.

A concept is a link to its page that carries what explains it (name, kind, definition) in its attributes; the explanation is
shown on hover, focus or tap (terms.js) and is never a part of the quotation, so that what is copied is the source's text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from kg.entries import Term
from kg.model import Citation, Concept, Language, Span
from views.markup import html, join, marked
from views.records import Page

SHOWN = 6  # kinds in the key; the others are on the Help page


def quotation(citation: Citation, terms: Sequence[Term], page: Page) -> Markup:
    """The quote with its evidence marked and its concepts underlined; marks index the document, terms the quote."""
    quote, start = citation.quote, citation.span.start
    evidence = [Span(m.start - start, m.end - start) for m in citation.marks]
    out, at = Markup(""), 0
    named: set[str] = set()
    for term in terms:
        inner = passage(quote, term.span, evidence)
        out += passage(quote, Span(at, term.span.start), evidence)
        out += link(term.concept, inner, page, first=term.concept.iri not in named)
        named.add(term.concept.iri)
        at = term.span.end
    return out + passage(quote, Span(at, len(quote)), evidence)


def passage(text: str, part: Span, evidence: Iterable[Span]) -> Markup:
    """A part of a text with what of the evidence lies in it marked."""
    return marked(part.of(text), [Span(m.start - part.start, m.end - part.start) for m in evidence])


def link(concept: Concept, words: Markup, page: Page, *, first: bool) -> Markup:
    """A concept's name in a quotation; the Tab key stops at the first of several."""
    other: Language = "en" if page.lang == "zh" else "zh"
    name, named = concept.label(page.lang), concept.label(other)
    definition = next((x.text for x in concept.definitions if x.lang == page.lang), "")
    return html(
        '<a class="go m kind-{}" href="{}"{} data-name="{}" data-other="{}" data-lang="{}" data-word="{}" data-definition="{}">{}</a>',
        concept.kind, page.concept_address(concept.iri), Markup("") if first else Markup(' tabindex="-1"'), name,
        "" if named == name else named, other, page.texts.kinds.get(concept.kind, page.texts.other_kind), definition, words,
    )  # fmt: skip


def key(citations: Iterable[Citation], page: Page) -> Markup:
    """The kinds that are underlined most in the quotations, each word underlined as they are; the button hides all lines."""
    counts = Counter(t.concept.kind for c in citations for t in page.assistant.terms(c))
    if not counts:
        return Markup("")
    texts = page.texts
    often = (kind for kind, _ in counts.most_common(SHOWN))
    entries = (html('<span class="kind-{}">{}</span>', k, texts.kinds.get(k, texts.other_kind)) for k in often)
    more = html(
        '<a class="go" href="{}" title="{}">+{}</a>', page.address("help"), texts.kinds_title, len(counts) - SHOWN
    )
    return html(
        '<p class="key"><button type="button" data-tints aria-pressed="true" title="{}">{}</button>{}{}</p>',
        texts.marks["tint"], texts.tint, join(entries), more if len(counts) > SHOWN else "",
    )  # fmt: skip
