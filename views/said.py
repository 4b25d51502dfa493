"""What the program says in English, in the language of the interface: by the message's code and what it names."""

from __future__ import annotations

from pathlib import Path

from ingest.messages import recognised
from views.records import Page


def said(message: str, page: Page, corpus: Path | None = None) -> str:
    """An error or a warning in the visitor's language; one that no table knows stays as it is. Paths begin at the corpus."""
    if corpus:
        for folder in (corpus.resolve(), corpus):
            message = message.replace(f"{folder}/", "")
    found = recognised(message)
    if found is None or page.lang == "en":
        return message
    words = page.words.messages[found.code].format(**found.values)
    place = page.words.place_of.format(found.file, found.line) if found.line else found.file
    return page.words.said_of.format(place, words) if place else words
