"""The commands about what is written beside the guidelines: coverage, enrich."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from ingest.console import print_rows
from kg.settings import Settings


def add_content_commands(command: Any) -> None:
    """Adds the commands to the parser; `command` makes one (name, what it runs, what it is for)."""
    coverage = command("coverage", run_coverage, "count readings and questions, and check them against the texts")
    coverage.add_argument("--corpus", help="the corpus folder (default: corpus)")


def run_coverage(arguments: argparse.Namespace, settings: Settings) -> int:
    """`guidegraph coverage`: 0 if every check holds, 1 if one does not."""
    from ingest.corpus import read_corpus
    from ingest.coverage import coverage, coverage_json, coverage_text

    found = coverage(read_corpus(settings.corpus))
    if arguments.json:
        print_rows(coverage_json(found))
    else:
        sys.stdout.write(coverage_text(found))
    return 1 if found.failures else 0
