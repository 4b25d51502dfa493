"""A Word document's ZIP package, opened with bounds: a small file may not unfold to a large one."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml import etree

from kg.errors import SourceError

MAX_PART = 96 * 1024 * 1024
MAX_PARTS = 10_000
_DAMAGED = "is damaged or was not fetched to its end; fetch it again, or open it in Word and save it again"


class Package:
    """The parts of a package as XML. Raises SourceError naming the file for one that cannot be read."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise SourceError(f"{path}: {_DAMAGED}") from error
        if len(self._zip.infolist()) > MAX_PARTS:
            raise SourceError(f"{path}: holds {len(self._zip.infolist())} parts; this is no document")

    def tree(self, name: str, *, needed: bool = False) -> Any:
        """A part's root element; None for one that is missing and not needed."""
        try:
            info = self._zip.getinfo(name)
        except KeyError as error:
            if needed:
                raise SourceError(f"{self._path}: holds no {name}; it is not a Word document") from error
            return None
        if info.flag_bits & 1:
            raise SourceError(f"{self._path}: is encrypted; save it without a password")
        return self._parse(name, self._unpacked(info))

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        """A part's bytes, never more than MAX_PART whatever the directory says of its size."""
        try:
            with self._zip.open(info) as part:
                data = part.read(MAX_PART + 1)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zlib.error) as error:
            raise SourceError(f"{self._path}: {_DAMAGED}") from error
        if len(data) > MAX_PART:
            raise SourceError(f"{self._path}: unfolds to more than {MAX_PART >> 20} MiB; it is not opened, split it")
        return data

    def _parse(self, name: str, data: bytes) -> Any:
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
            raise SourceError(
                f"{self._path}: declares entities in {name}, which no Word document does; it is not opened"
            )
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if error.code == etree.ErrorTypes.ERR_NO_MEMORY or error.msg == "unknown error":
                raise SourceError(f"{self._path}: needs more memory than is allowed; split the file") from error
            raise SourceError(f"{self._path}: {_DAMAGED} ({name}: {error.msg})") from error
