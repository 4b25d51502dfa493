"""What all subcommands share: how one is declared, and the names of the stages that progress is shown for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from kg.settings import Settings

STAGES = {
    "embed": "Embedding",
    "search": "Searching",
    "add": "Adding",
    "read": "Reading",
    "link": "Linking",
    "describe": "Describing",
    "train": "Training",
    "index": "Indexing",
}


def command(
    commands: Any, name: str, run: Callable[[argparse.Namespace, Settings], int | None], text: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument("--data", help="the data folder (default: .guidegraph)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line on standard output")
    parser.set_defaults(run=run)
    return parser
