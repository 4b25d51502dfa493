"""Small readings of the records that several parts of the page share: titles, badges, places."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from kg.model import Language, Metadata, Strength
from views.markup import html
from views.port import Assistant, KnowsKinds
from views.texts import TEXTS, Texts


@dataclass(frozen=True, slots=True)
class Page:
    """What every part of the page is drawn with."""

    assistant: Assistant
    lang: Language

    @property
    def texts(self) -> Texts:
        """The words of the interface in its language."""
        return TEXTS[self.lang]

    def metadata(self, slug: str) -> Metadata | None:
        """A guideline's metadata, or None for a slug that is not in the library."""
        return next((shelf.metadata for shelf in self.assistant.library if shelf.slug == slug), None)

    def kind(self, iri: str) -> str:
        """A node's kind, for its colour and shape."""
        known = self.assistant.kind(iri) if isinstance(self.assistant, KnowsKinds) else None
        return known or ("duration" if ":duration:" in iri else "other")

    def title(self, slug: str) -> str:
        """A guideline's title in the language of the interface, or its slug."""
        metadata = self.metadata(slug)
        return title(metadata, self.lang) if metadata else slug


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


def printed_lines(lines: tuple[int, int], texts: Texts) -> str:
    """The printed lines of a quote in words."""
    first, last = lines
    return texts.line.format(first) if first == last else texts.lines.format(first, last)
