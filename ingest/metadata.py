"""guideline.toml: what is known of a document beside its text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, get_args

import msgspec

from kg.errors import MetadataError
from kg.model import Language, Metadata, Status

_REQUIRED = ("title_zh", "title_en", "issuer", "language")
_OPTIONAL = ("status", "issued", "number", "aliases", "replaces", "inferred")


def read_metadata(path: Path) -> Metadata:
    """The metadata of a guideline. Raises MetadataError naming the file and the field that is missing or wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MetadataError(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MetadataError(f"{path}: is not valid TOML ({error})") from error
    _check(path, table)
    return msgspec.convert(table, Metadata)


def _check(path: Path, table: dict[str, Any]) -> None:
    for name in _REQUIRED:
        if not isinstance(table.get(name), str) or not table[name].strip():
            raise MetadataError(f"{path}: the field {name} is missing or empty")
    if unknown := sorted(table.keys() - {*_REQUIRED, *_OPTIONAL}):
        raise MetadataError(f"{path}: unknown field {unknown[0]}; known are {', '.join(_REQUIRED + _OPTIONAL)}")
    _one_of(path, "language", table["language"], get_args(Language))
    if "status" in table:
        _one_of(path, "status", table["status"], get_args(Status))


def _one_of(path: Path, name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise MetadataError(f"{path}: {name} is {value!r}, not one of {', '.join(allowed)}")
