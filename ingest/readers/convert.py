"""Formats that another program turns into one that is read here: legacy Word by LibreOffice, scanned pages by OCRmyPDF.

Neither is needed for anything else; where one is missing the message says what to do.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import SourceError

_TIMEOUT = 180


@contextmanager
def as_docx(path: Path) -> Iterator[Path]:
    """A legacy Word file as DOCX, in a folder that is gone afterwards."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise SourceError(f"{path}: is a legacy Word file (.doc); install LibreOffice, or save it as .docx")
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        named = Path(folder) / "source.doc"
        shutil.copyfile(path, named)
        _run(path, [program, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(named)])
        yield _made(path, named.with_suffix(".docx"), "LibreOffice")


@contextmanager
def with_text_layer(path: Path) -> Iterator[Path]:
    """A scanned PDF with the text that OCR finds, in a folder that is gone afterwards."""
    program = shutil.which("ocrmypdf")
    if program is None:
        raise SourceError(
            f"{path}: is a scan without a text layer; install OCRmyPDF with the languages chi_sim and eng, or give a PDF with text"
        )
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "source.pdf"
        _run(path, [program, "--skip-text", "--quiet", "-l", "chi_sim+eng", str(path), str(made)])
        yield _made(path, made, "OCRmyPDF")


def _run(path: Path, command: list[str]) -> None:
    try:
        subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise SourceError(
            f"{path}: {Path(command[0]).name} took more than {_TIMEOUT} s; convert the file by hand"
        ) from error


def _made(path: Path, made: Path, program: str) -> Path:
    if not made.is_file():
        raise SourceError(f"{path}: {program} could not convert it; save it as .docx or PDF by hand")
    return made
