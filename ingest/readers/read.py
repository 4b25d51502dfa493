"""One door to all readers: what a file is shows in its first bytes, its name decides among kinds of text only."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest.readers.convert import as_docx, with_text_layer
from ingest.readers.sandbox import read_bounded, run_bounded
from ingest.readers.source import SourceText
from ingest.readers.text import read_text
from kg.errors import SourceError

MAX_BYTES = 64 * 1024 * 1024
_MOST_MARKED = 200
SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".doc", ".pdf")
_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_OLE, _ZIP, _PDF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"%PDF-"
# what else is often mistaken for a guideline, by its first bytes
_OTHERS = (
    (b"{\\rtf", "an RTF file; save it as .docx or PDF"),
    (b"\x89PNG", "a picture; give the document itself, or a PDF with a text layer"),
    (b"\xff\xd8\xff", "a picture; give the document itself, or a PDF with a text layer"),
    (b"Rar!", "an archive; unpack it and add what is in it"),
    (b"7z\xbc\xaf", "an archive; unpack it and add what is in it"),
    (b"\x1f\x8b", "an archive; unpack it and add what is in it"),
)


def read_source(path: Path) -> SourceText:
    """A source file as text with what its format says of its parts.

    Raises SourceError, which names the file and what can be done, for one that is missing, empty, larger than MAX_BYTES,
    encrypted, scanned, truncated, or of a format that is not read.
    """
    data = _bytes(path)
    kind = kind_of(path, data)
    if kind == "text":
        return read_text(path, data)
    if kind == "doc":
        with as_docx(path) as converted:
            return replace(_named(path, converted, "docx"), format="doc")
    source = read_bounded(path, kind)
    if kind == "pdf" and not source.text.strip():
        with with_text_layer(path) as converted:
            recognised = _named(path, converted, "pdf")
        if not recognised.text.strip():
            raise SourceError(
                f"{path}: is a scan in which no text could be recognised; give a PDF with text, or a better scan"
            )
        return replace(recognised, warnings=(*recognised.warnings, "the text was recognised by OCR; check it"))
    return source


def kind_of(path: Path, data: bytes) -> str:
    """pdf, docx, doc, html, markdown or text. Raises SourceError for what is none of them, whatever it is called."""
    if not data.strip():
        raise SourceError(f"{path}: is empty; give the file with its text")
    if _PDF in data[:1024]:
        return "pdf"
    if data.startswith(_ZIP):
        if b"word/" not in data and b"[Content_Types].xml" not in data:
            raise SourceError(f"{path}: is a ZIP archive, not a Word document; unpack it and add what is in it")
        return "docx"
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise SourceError(f"{path}: is encrypted; open it in Word with its password and save it without")
        return "doc"
    for magic, what in _OTHERS:
        if data.startswith(magic):
            raise SourceError(f"{path}: is {what}")
    return _text_kind(path, data)


def _text_kind(path: Path, data: bytes) -> str:
    suffix = path.suffix.lower()
    if suffix in (".html", ".htm", ".xhtml") or _HTML.match(data[:4096]):
        return "html"
    if suffix in (".pdf", ".docx", ".doc"):
        raise SourceError(
            f"{path}: is named {suffix} but is no such file, or its beginning is missing; fetch it again from where it was issued"
        )
    return "markdown" if suffix in (".md", ".markdown") else "text"


def _named(path: Path, converted: Path, kind: str) -> SourceText:
    """Reads a converted file; what is wrong with it is said of the file that the user gave."""
    try:
        return read_bounded(converted, kind)
    except SourceError as error:
        raise SourceError(str(error).replace(str(converted), str(path))) from error


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SourceError(f"{path}: {size >> 20} MiB is over the limit of {MAX_BYTES >> 20} MiB; split the file")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror})") from error


def page_image(path: Path, page: int, marked: Sequence[str] = ()) -> bytes:
    """A page of a PDF as PNG with the lines of some texts marked, for showing a cited place; pages count from 1.

    Raises SourceError where there is no such page.
    """
    picture = run_bounded(path, ["image", str(path), str(page), json.dumps(list(marked[:_MOST_MARKED]))])
    if not picture:
        raise SourceError(f"{path}: page {page} cannot be shown")
    return picture
