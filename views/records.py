"""Small readings of the records that several parts of the page share: titles, badges, places."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from kg.catalogue import concept_key
from kg.model import Language, Metadata, Strength, Unit
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

    def clause_address(self, clause_id: str, **query: str) -> str:
        """Where the reader shows a clause."""
        slug = clause_id.partition("#")[0]
        return self.address("read", doc=slug, clause=clause_id.removeprefix(f"{slug}#"), **query)

    def concept_address(self, iri: str) -> str:
        """A concept's page."""
        return self.address("concepts", c=concept_key(iri))

    def title(self, slug: str) -> str:
        """A guideline's title in the language of the interface, or its slug."""
        metadata = self.metadata(slug)
        return title(metadata, self.lang) if metadata else slug


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
