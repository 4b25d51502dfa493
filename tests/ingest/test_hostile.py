"""Files that are broken, mislabelled or meant to harm: a message that names the file, in bounded time and memory."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.readers import read_source, sandbox
from ingest.readers.package import MAX_PART
from ingest.readers.read import MAX_BYTES
from kg.errors import SourceError

SECONDS = 30
_RELATIONS = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in {"[Content_Types].xml": b"<Types/>", **parts}.items():
            package.writestr(name, data)
    return out.getvalue()


def _docx() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("1. Scope")
    document.save(out)
    return out.getvalue()


def _pdf(draw: Callable[[Canvas], None], **options: object) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, **options)  # type: ignore[arg-type]
    draw(canvas)
    canvas.save()
    return out.getvalue()


def _page_of_text(canvas: Canvas) -> None:
    canvas.drawString(72, 700, "1. Scope of this guideline, which is about example products")


def _picture(canvas: Canvas) -> None:
    canvas.rect(72, 72, 300, 500, fill=1)


def _zip_bomb() -> bytes:
    return _zip({"word/document.xml": _RELATIONS.encode() + b" " * (MAX_PART + 1024)})


def _lying_zip_bomb() -> bytes:
    """A part whose directory entry says that it is small."""
    size = (MAX_PART + 1024).to_bytes(4, "little")
    return _zip_bomb().replace(size, (1024).to_bytes(4, "little"))


def _entities() -> bytes:
    lol = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    return _zip({"word/document.xml": f'<!DOCTYPE x [<!ENTITY a0 "lol">{lol}]><x>&a11;</x>'.encode()})


def _many_objects() -> bytes:
    """A PDF of very many objects, none of which is a page."""
    objects = b"".join(b"%d 0 obj null endobj\n" % i for i in range(3, 1_000_003))
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        + objects
        + b"trailer<</Root 1 0 R/Size 1000003>>\n%%EOF"
    )


CASES: tuple[tuple[str, str, Callable[[], bytes], str], ...] = (
    ("empty", "a.txt", lambda: b"  \n", "is empty"),
    ("noise", "a.txt", lambda: bytes(range(256)) * 4000, "binary data"),
    ("noise-pdf", "a.pdf", lambda: b"\x07\x01\x02" * 1000, "named .pdf but is no such file"),
    ("picture", "a.pdf", lambda: b"\x89PNG\r\n" + b"x" * 99, "is a picture"),
    ("rtf", "a.doc", lambda: b"{\\rtf1 text}", "RTF"),
    ("other-zip", "a.docx", lambda: _zip({"x.csv": b"1"}).replace(b"[Content_Types].xml", b"[Content_Type_].xml"), "ZIP"),
    ("no-document", "a.docx", lambda: _zip({"word/styles.xml": b"<a/>"}), "not a Word document"),
    ("truncated-docx", "a.docx", lambda: _docx()[:-3000], "damaged"),
    ("encrypted-docx", "a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("zip-bomb", "a.docx", _zip_bomb, "unfolds to more than"),
    ("lying-zip-bomb", "a.docx", _lying_zip_bomb, "damaged|unfolds"),
    ("entities", "a.docx", _entities, "declares entities"),
    ("deep-docx", "a.docx", lambda: _zip({"word/document.xml": (_RELATIONS + "<w:p>" * 100_000).encode()}), "damaged"),
    ("truncated-pdf", "a.pdf", lambda: _pdf(_page_of_text)[:300], "damaged|text layer|none of its pages"),
    ("encrypted-pdf", "a.pdf", lambda: _pdf(_page_of_text, encrypt=StandardEncryption("secret", canPrint=0)), "encrypted"),
    ("scan", "a.pdf", lambda: _pdf(_picture), "scan without a text layer|scan in which no text"),
    ("objects", "a.pdf", _many_objects, "text layer|damaged|none of its pages"),
    ("scripts-only", "a.html", lambda: b"<html><script>document.write('x')</script></html>", "without its scripts"),
)  # fmt: skip


def test_cases_are_whole() -> None:
    assert len(CASES) == 18


@pytest.mark.parametrize(("name", "make", "message"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_message_names_the_file(name: str, make: Callable[[], bytes], message: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    start = time.monotonic()
    with pytest.raises(SourceError, match=message) as caught:
        read_source(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert time.monotonic() - start < SECONDS


def test_oversized_text_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(SourceError, match=f"200 MiB is over the limit of {MAX_BYTES >> 20} MiB"):
        read_source(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_source(tmp_path / "none.txt")


def test_deep_html_keeps_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><p>1. Scope</p>" + "<div>" * 50_000 + "</body></html>", encoding="utf-8")
    assert "1. Scope" in read_source(path).text


def test_scripts_never_reach_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><p onclick='alert(1)'>1. Scope</p><script>alert(2)</script><style>p{}</style>"
        "<iframe src='file:///etc/passwd'></iframe><p style='display: none'>hidden</p></body></html>",
        encoding="utf-8",
    )
    assert read_source(path).text == "1. Scope"


def test_deep_markdown_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(">" * 20_000 + " [" * 20_000 + "\n\n1. Scope\n", encoding="utf-8")
    assert read_source(path).text


def test_reader_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(_many_objects())
    with pytest.raises(SourceError, match=r"took more than 0.01 s"):
        sandbox.read_bounded(path, "pdf", timeout=0.01)


def test_reader_that_needs_too_much_memory_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MEMORY", 300 << 20)
    path = tmp_path / "a.docx"
    path.write_bytes(
        _zip({"word/document.xml": (_RELATIONS + "<w:p/>" * 5_000_000 + "</w:body></w:document>").encode()})
    )
    with pytest.raises(SourceError, match="memory"):
        read_source(path)


def test_legacy_word_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(SourceError, match="install LibreOffice"):
        read_source(path)
