"""Plain text in the encodings that Chinese and English guidelines come in."""

from __future__ import annotations

import re
from pathlib import Path

from charset_normalizer import from_bytes

from ingest.readers.source import SourceText
from kg.errors import SourceError

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 64 * 1024
_USUAL = re.compile("[\t\r\n -~\u00a0-\u00ff\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uff65]")
_READABLE = 0.9
# frequent characters of running text in simplified and in traditional script; a wrong decoding has next to none of them
_COMMON = re.compile("[的是在和有为不中人用试验临床药物研究应者及或對與為應試驗臨藥產時後個]")
_TOO_ODD = 0.02
_NEARLY = 0.97


def read_text(path: Path, data: bytes) -> SourceText:
    """The text of a file of lines. Raises SourceError where it is empty or no text."""
    return SourceText(decoded(path, data), "text", plain=is_utf8(data))


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 text."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data


def decoded(path: Path, data: bytes) -> str:
    """Bytes as text, line ends as `\\n`. Raises SourceError naming the file where they are no text."""
    text = _decode(path, data).replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if not text.strip():
        raise SourceError(f"{path}: is empty; give the file with its text")
    return text


def _decode(path: Path, data: bytes) -> str:
    """A byte order mark decides, then UTF-8, then what the bytes look like: UTF-16, GB18030, Big5."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(path, data, encoding)
    if (wide := _utf16(data)) is not None:
        return _strict(path, data, wide)
    _refuse_binary(path, data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _nearly_utf8(data):
            line = data[: error.start].count(b"\n") + 1
            raise SourceError(
                f"{path}, line {line}: holds bytes that are no UTF-8; mend the line, or fetch the file again"
            ) from error
        return _chinese(path, data)


def _nearly_utf8(data: bytes) -> bool:
    """Whether all but a few bytes are UTF-8 with Chinese in it: a damaged file, which must not be read as another encoding."""
    text = data.decode("utf-8", errors="ignore")
    return len(_COMMON.findall(text)) > _TOO_ODD * len(text) and len(text.encode()) > _NEARLY * len(data)


def _strict(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SourceError(f"{path}, line {line}: is not valid {encoding}; save the file as UTF-8 text") from error


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: text has zero bytes in no other encoding; the byte order is the one that reads as text."""
    sample = data[: _SAMPLE & ~1]
    if b"\0" not in sample or len(data) % 2:
        return None
    readings = [(_readable(sample.decode(name, errors="replace")), name) for name in ("utf-16-le", "utf-16-be")]
    share, encoding = max(readings)
    return encoding if share > _READABLE else None


def _readable(text: str) -> float:
    """The share of characters that guidelines are written in: Latin letters, Chinese ones, stops."""
    return len(_USUAL.findall(text)) / max(len(text), 1)


def _refuse_binary(path: Path, data: bytes) -> None:
    sample = data[:_SAMPLE]
    controls = sum(sample.count(c) for c in range(32) if c not in (9, 10, 11, 12, 13, 26, 27))
    if b"\0" in data or controls > _TOO_ODD * max(len(sample), 1):
        raise SourceError(f"{path}: holds binary data; give a PDF, DOCX, HTML, Markdown or text file")


def _chinese(path: Path, data: bytes) -> str:
    """GB18030 or Big5, whichever reads as running Chinese; else a Western one by charset-normalizer.

    What reads as neither is refused: a guess that gives unreadable text helps nobody.
    """
    readings: list[tuple[float, int, str]] = []
    for encoding in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        common = len(_COMMON.findall(text[:_SAMPLE])) / max(len(text[:_SAMPLE]), 1)
        readings.append((common, -len(readings), text))
    if readings and (best := max(readings))[0] > _TOO_ODD:
        return best[2]
    guess = from_bytes(data[:_SAMPLE]).best()
    if guess is not None and guess.encoding.startswith(("cp125", "latin", "iso8859", "mac")):
        readings.append((0.0, 0, _strict(path, data, guess.encoding)))
    for _, _, text in reversed(readings):
        if _readable(text[:_SAMPLE]) > _READABLE:
            return text
    raise SourceError(f"{path}: is neither UTF-8, UTF-16, GB18030 nor Big5; save it as UTF-8 text")
