"""Results to standard output, messages to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any


def print_rows(rows: Iterable[dict[str, Any]]) -> None:
    """One JSON object a line."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def say(message: str) -> None:
    """A message for the person at the terminal."""
    sys.stderr.write(message + "\n")
