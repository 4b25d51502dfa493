"""The commands that make, check, hand on and show a snapshot: build, verify, export, app."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ingest.commands.common import STAGES, command
from ingest.console import print_rows, say
from kg.settings import Settings


def add_upkeep_commands(commands: Any) -> None:
    """Declares them."""
    build = command(commands, "build", run_build, "build a snapshot from the corpus and make it current")
    build.add_argument("--corpus", help="the corpus folder (default: corpus)")
    build.add_argument("--force", action="store_true", help="build again even if nothing has changed, and learn anew")

    verify = command(commands, "verify", _verify, "check every quote, hash and shape against the sources")
    verify.add_argument("--corpus", help="the corpus folder (default: the one that the snapshot was made from)")

    export = command(commands, "export", _export, "write the graph")
    export.add_argument("file", nargs="?", type=Path, help="where to (default: standard output)")
    export.add_argument("--format", choices=["turtle", "jsonld", "nquads"], required=True)

    app = command(commands, "app", _app, "open the browser app on an up-to-date snapshot")
    app.add_argument("--corpus", help="the corpus folder (default: corpus)")
    app.add_argument("--port", type=int, default=8501, help="port on localhost (default: 8501)")
    app.add_argument("--headless", action="store_true", help="do not open a browser")


def run_build(arguments: argparse.Namespace, settings: Settings) -> None:
    from ingest.pipeline import build
    from ingest.progress import progress_bars

    with progress_bars(STAGES) as progress:
        snapshot = build(settings, progress, force=arguments.force)
    library = snapshot.manifest.shelves
    counts = {
        "snapshot": snapshot.id,
        "guidelines": len(library),
        "clauses": sum(shelf.clauses for shelf in library),
        "statements": sum(shelf.statements for shelf in library),
        "concepts": len(snapshot.vocabulary.concepts),
    }
    if arguments.json:
        print_rows([counts])
    else:
        numbers = ", ".join(f"{value} {name}" for name, value in counts.items() if name != "snapshot")
        say(f"Snapshot {snapshot.id[:19]}…: {numbers}.")


def _verify(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.verify import verify
    from kg.snapshot import Snapshot

    report = verify(Snapshot.open(settings.data), Path(arguments.corpus) if arguments.corpus else None)
    if arguments.json:
        print_rows([{"checked": report.checked, "failures": list(report.failures)}])
    else:
        for failure in report.failures:
            say(failure)
        done = ", ".join(f"{count} {name}" for name, count in report.checked.items())
        say(f"Checked {done}: {len(report.failures)} failures.")
    return 1 if report.failures else 0


def _export(arguments: argparse.Namespace, settings: Settings) -> None:
    from ingest.rdf import serialised
    from kg.snapshot import Snapshot

    data = serialised(Snapshot.open(settings.data).folder / "graph.nq", arguments.format)
    if arguments.file:
        arguments.file.write_bytes(data)
        say(f"Written to {arguments.file}.")
    else:
        sys.stdout.buffer.write(data)


def _app(arguments: argparse.Namespace, settings: Settings) -> int:
    import app as screen
    from ingest.launch import run_app
    from kg.history import returned

    if returned(settings.data):
        say("An earlier snapshot is in use, to which somebody returned; `guidegraph build` builds the corpus again.")
    else:
        run_build(arguments=argparse.Namespace(force=False, json=False), settings=settings)
    return run_app(Path(screen.__file__), settings, arguments.port, headless=arguments.headless)
