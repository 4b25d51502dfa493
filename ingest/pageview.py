"""The page of an issued PDF on which a clause stands, as a picture with the clause's lines marked."""

from __future__ import annotations

from pathlib import Path

from ingest.readers import page_image
from kg.model import Document, Span


def page_view(document: Document, path: Path, page: int, span: Span) -> bytes:
    """A page as PNG, with the lines of a span of the clean text marked. Raises SourceError where it cannot be shown."""
    return page_image(path, page, marked_lines(document, page, span))


def marked_lines(document: Document, page: int, span: Span) -> tuple[str, ...]:
    """The lines of the file that a span stands on, those of one page; a line is marked as a whole."""
    first = next((offset for offset, number in document.pages if number == page), len(document.issued))
    behind = next((offset for offset, number in document.pages if number > page), len(document.issued))
    lines: dict[str, None] = {}
    for segment in document.segments:
        if segment.clean < span.end and segment.clean + segment.length > span.start:
            at = segment.issued + max(span.start - segment.clean, 0)
            end = segment.issued + min(span.end - segment.clean, segment.length)
            lines |= dict.fromkeys(_whole_lines(document.issued, max(at, first), min(end, behind)))
    return tuple(lines)


def _whole_lines(text: str, start: int, end: int) -> list[str]:
    """The lines on which a stretch of text stands, none where it is empty."""
    if start >= end:
        return []
    stop = text.find("\n", end - 1)
    return text[text.rfind("\n", 0, start) + 1 : stop if stop >= 0 else None].split("\n")
