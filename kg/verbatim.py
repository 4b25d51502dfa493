"""Checking a quotation against the file as issued, through the offset map."""

from __future__ import annotations

from kg.model import Document, Span


class Issued:
    """The text of a file as issued, line ends as `\\n`, beside the document that was made of it."""

    def __init__(self, text: str, document: Document) -> None:
        self._document = document
        self._text = text

    def holds(self, span: Span, quote: str) -> bool:
        """Whether the quote is the document's text at the span and each of its characters is the file's at that place.

        Joining spaces and line ends, which the file writes otherwise, are the only characters that may differ.
        """
        if span.of(self._document.text) != quote or not quote:
            return False
        return all(char.isspace() or char == self._at(span.start + i) for i, char in enumerate(quote))

    def _at(self, offset: int) -> str:
        place = self._document.issued_offset(offset)
        return self._text[place : place + 1]
