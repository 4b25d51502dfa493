"""What other programs turn into text is read like anything else: a scan by OCRmyPDF, a legacy Word file by LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.readers import read_source
from ingest.shelve import Understood, add
from kg.errors import SourceError
from tests.ingest.renderings import read_tree
from tests.ingest.test_samples import outline

A4_AT_200_DPI = (1654, 2339)
PAGES = (
    ("1. INTRODUCTION", "", "This guideline describes how long patients", "should be followed after the last dose."),
    ("2. FOLLOW-UP", "", "Follow-up should last for at least five years", "unless a shorter time is justified."),
)
CHINESE = (
    "第一章 概述",
    "",
    "本指导原则适用于基因治疗产品的长期随访。",
    "",
    "第二章 随访时间",
    "",
    "随访时间应当不少于五年。",
)
NOTO = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def needs(*programs: str) -> None:
    """Skips where a program is not installed; where CI is set, that is a failure."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{missing[0]} is not installed", pytrace=False)
    if missing:
        pytest.skip(f"{missing[0]} is not installed")


def scan(path: Path, pages: tuple[tuple[str, ...], ...], font: ImageFont.FreeTypeFont) -> None:
    """A PDF whose pages are pictures of text."""
    pictures = []
    for lines in pages:
        picture = Image.new("L", A4_AT_200_DPI, "white")
        draw = ImageDraw.Draw(picture)
        for nth, line in enumerate(lines):
            draw.text((200, 250 + 80 * nth), line, fill="black", font=font)
        pictures.append(picture)
    pictures[0].save(path, "PDF", resolution=200, save_all=True, append_images=pictures[1:])


def test_a_scan_is_recognised_with_its_pages(tmp_path: Path) -> None:
    needs("ocrmypdf", "tesseract")
    path = tmp_path / "scan.pdf"
    font = ImageFont.load_default(size=44)
    assert isinstance(font, ImageFont.FreeTypeFont)
    scan(path, PAGES, font)
    source, tree = read_source(path), read_tree(path)
    assert outline(path) == "1. | INTRODUCTION\n2. | FOLLOW-UP\n"
    assert "Follow-up should last for at least five years unless a shorter time is justified." in tree.text
    assert [page for _, page in source.pages] == [1, 2]
    (added,) = add([path], tmp_path / "corpus", slug="scan")
    assert isinstance(added, Understood)
    assert any("OCR" in str(warning) for warning in added.warnings)


def test_a_chinese_scan_is_recognised(tmp_path: Path) -> None:
    needs("ocrmypdf", "tesseract")
    if not NOTO.is_file():
        pytest.skip("there is no Chinese font to draw the scan with")
    scan(tmp_path / "scan.pdf", (CHINESE,), ImageFont.truetype(str(NOTO), 44))
    tree = read_tree(tmp_path / "scan.pdf")
    assert [c.label for c in tree.clauses] == ["第一章", "第二章"]
    assert "不少于五年" in tree.text


def test_a_scan_without_words_is_refused(tmp_path: Path) -> None:
    needs("ocrmypdf", "tesseract")
    Image.new("L", A4_AT_200_DPI, "white").save(tmp_path / "blank.pdf", "PDF", resolution=200)
    with pytest.raises(SourceError, match=r"blank.pdf: is a scan in which no text could be recognised"):
        read_source(tmp_path / "blank.pdf")


def test_without_ocr_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("L", A4_AT_200_DPI, "white").save(tmp_path / "blank.pdf", "PDF", resolution=200)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(SourceError, match=r"scan without a text layer; install OCRmyPDF"):
        read_source(tmp_path / "blank.pdf")


def test_a_legacy_word_file_is_read_through_libreoffice(tmp_path: Path) -> None:
    needs("soffice")
    document = docx.Document()
    document.add_heading("1. Introduction", 1)
    document.add_paragraph("This guideline describes follow-up.")
    document.add_heading("2. Follow-up", 1)
    document.add_paragraph("five years at least;", style="List Bullet")
    document.save(str(tmp_path / "guideline.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(tmp_path / "guideline.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    path = tmp_path / "guideline.doc"
    assert path.read_bytes().startswith(b"\xd0\xcf\x11\xe0")
    assert outline(path) == "1. | Introduction\n2. | Follow-up\n  2. point 1\n"
    assert read_source(path).format == "doc"


def test_without_libreoffice_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(SourceError, match=r"a.doc: is a legacy Word file .* save it as .docx"):
        read_source(tmp_path / "a.doc")
