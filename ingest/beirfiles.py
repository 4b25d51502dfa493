"""Reading a collection in BEIR form: JSON Lines, every fault named by file and line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.collection import Passage
from kg.errors import CorpusError


def read_passages(path: Path) -> list[Passage]:
    """The passages of corpus.jsonl in their order. Raises CorpusError."""
    return [Passage(key, _text(path, number, row, "title"), text) for number, key, text, row in _rows(path)]


def read_queries(path: Path) -> list[tuple[str, str]]:
    """Id and text of each query of queries.jsonl. Raises CorpusError."""
    return [(key, text) for _, key, text, _ in _rows(path)]


def _rows(path: Path) -> Iterator[tuple[int, str, str, dict[str, Any]]]:
    """Line number, id, text and the whole row of every line that is not blank; at least one, no id twice."""
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        row = _row(path, number, line)
        key = str(row["_id"]).strip()
        if not key:
            raise CorpusError(f'{path}, line {number}: "_id" is empty')
        if key in seen:
            raise CorpusError(f'{path}, line {number}: "_id" {key} stands in line {seen[key]} already; ids must differ')
        seen[key] = number
        yield number, key, _text(path, number, row, "text"), row
    if not seen:
        raise CorpusError(f'{path}: is empty; every line must be an object with "_id" and "text"')


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            yield from ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: cannot be read ({error})") from error


def _row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise CorpusError(f"{path}, line {number}: is not JSON ({error.msg})") from error
    if not isinstance(row, dict) or "_id" not in row or "text" not in row:
        raise CorpusError(f'{path}, line {number}: has no "_id" or no "text"')
    if not isinstance(row["_id"], str | int):
        raise CorpusError(f'{path}, line {number}: "_id" must be a string or a number')
    return row


def _text(path: Path, number: int, row: dict[str, Any], name: str) -> str:
    """A string of a row, "" where it is null or missing; a lone surrogate is replaced, as it cannot be written."""
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise CorpusError(f'{path}, line {number}: "{name}" must be a string')
    return (value or "").encode("utf-8", "replace").decode("utf-8")
