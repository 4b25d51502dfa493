"""Small readings of the records that several parts of the page share: titles, badges, places."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup, escape

from kg.catalogue import concept_key
from kg.entries import Place
from kg.model import Concept, Language, Metadata, Strength, Unit
from kg.text import has_chinese
from views import session
from views.markup import html
from views.port import Assistant, KnowsKinds
from views.texts import LIBRARY_WORDS, TEXTS, LibraryWords, Texts


@dataclass(frozen=True, slots=True)
class Page:
    """What every part of the page is drawn with."""

    assistant: Assistant
    lang: Language

    @property
    def texts(self) -> Texts:
        """The words of the interface in its language."""
        return TEXTS[self.lang]

    @property
    def words(self) -> LibraryWords:
        """The words of the Library page in the language of the interface."""
        return LIBRARY_WORDS[self.lang]

    @property
    def titles(self) -> dict[str, str]:
        """The guidelines' titles in the language of the interface, by slug, in the order of the library."""
        return {shelf.slug: title(shelf.metadata, self.lang) for shelf in self.assistant.shelves}

    def metadata(self, slug: str) -> Metadata | None:
        """A guideline's metadata, or None for a slug that is not in the library."""
        return next((shelf.metadata for shelf in self.assistant.shelves if shelf.slug == slug), None)

    def kind(self, iri: str) -> str:
        """A node's kind, for its colour and shape."""
        known = self.assistant.kind(iri) if isinstance(self.assistant, KnowsKinds) else None
        return known or ("duration" if ":duration:" in iri else "other")

    def address(self, path: str, **query: str) -> str:
        """The address of a page of ours, in the language of the interface."""
        return address(path, self.lang, **query)

    def ask_address(self, question: str = "", *, scoped: bool = True) -> str:
        """Where a question is asked: with the filters that were set last, or without."""
        kept = session.filters() if scoped else {}
        return self.address("", **({"q": question} if question else {}), **kept)

    def clause_address(self, clause_id: str, **query: str) -> str:
        """Where the reader shows a clause."""
        slug = clause_id.partition("#")[0]
        return self.address("read", doc=slug, clause=clause_id.removeprefix(f"{slug}#"), **query)

    def concept_address(self, iri: str) -> str:
        """A concept's page."""
        return self.address("concepts", c=concept_key(iri))

    def language(self, slug: str) -> Language:
        """The language of a guideline; Chinese for one that is not in the library."""
        metadata = self.metadata(slug)
        return metadata.language if metadata else "zh"

    def original(self, text: str) -> Markup:
        """A text of the guidelines: on the English screen, Chinese is marked as Chinese."""
        return native(text) if self.lang == "en" else escape(text)

    def name(self, concept: Concept) -> Markup:
        """A concept's name in the language of the interface, or what there is, marked as what it is."""
        return self.original(concept.label(self.lang))

    def heading(self, place: Place) -> Markup:
        """A clause's title: on the English screen its reading where there is one."""
        return escape(place.english) if self.lang == "en" and place.english else self.original(place.title)

    def title(self, slug: str) -> str:
        """A guideline's title in the language of the interface, or its slug."""
        metadata = self.metadata(slug)
        return title(metadata, self.lang) if metadata else slug


def spoken(text: str) -> Language:
    """The language that a text is to be read in: Chinese as soon as there is any in it."""
    return "zh" if has_chinese(text) else "en"


def native(text: str) -> Markup:
    """A text with its language, where that is Chinese."""
    return html('<span lang="zh">{}</span>', text) if has_chinese(text) else escape(text)


def address(path: str, lang: Language, **query: str) -> str:
    """An address relative to any page of ours; Chinese, the default, is not written down."""
    known = {**({"ui": lang} if lang == "en" else {}), **query}
    return f"./{path}" + (f"?{urlencode(known)}" if known else "")


def title(metadata: Metadata, lang: Language) -> str:
    """A guideline's title in a language."""
    return metadata.title_zh if lang == "zh" else metadata.title_en


def status_badge(metadata: Metadata | None, texts: Texts) -> Markup:
    """Draft, trial or final; where the document does not say so, that is said."""
    status = metadata.status if metadata else None
    words = texts.statuses[status] if status else texts.unknown_status
    return html('<span class="badge status-{}">{}</span>', status or "unknown", words)


def strength_badge(strength: Strength, texts: Texts) -> Markup:
    """How strongly the guidance speaks, in its own word."""
    return html('<span class="badge strength-{}">{}</span>', strength, texts.strengths[strength])


def printed_place(
    lines: tuple[int, int], texts: Texts, unit: Unit = "line", pages: tuple[int, int] | None = None
) -> str:
    """Where a quote is printed, in words: lines, or what the file counts instead, and the page where it has pages."""
    one, many = {
        "line": (texts.line, texts.lines),
        "paragraph": (texts.paragraph_at, texts.paragraphs_at),
        "page": (texts.page_at, texts.pages_at),
    }[unit]
    place = _counted(lines, one, many)
    if pages is None or unit == "page":
        return place
    return f"{_counted(pages, texts.page_at, texts.pages_at)} · {place}"


def _counted(places: tuple[int, int], one: str, many: str) -> str:
    first, last = places
    return one.format(first) if first == last else many.format(first, last)
