"""The commands about the snapshots that are kept: snapshots, restore."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from ingest.commands.common import command
from ingest.console import print_rows, say
from kg.history import Version
from kg.settings import Settings


def add_snapshot_commands(commands: Any) -> None:
    """Declares them."""
    command(
        commands, "snapshots", _snapshots, "list the snapshots that are kept, the latest first, and what each changed"
    )
    restore = command(commands, "restore", _restore, "return to a snapshot that is kept; the corpus is not changed")
    restore.add_argument("id", help="its name, or the beginning of it, as `guidegraph snapshots` lists it")


def _snapshots(arguments: argparse.Namespace, settings: Settings) -> None:
    from kg.history import history

    versions = history(settings.data)
    if arguments.json:
        print_rows(map(version_json, versions))
    else:
        sys.stdout.writelines(f"{version_text(version)}\n" for version in versions)
        say(f"{len(versions)} snapshots are kept, at most {settings.snapshots} (GUIDEGRAPH_SNAPSHOTS).")


def _restore(arguments: argparse.Namespace, settings: Settings) -> None:
    from ingest.alone import alone
    from kg.history import restore

    with alone(settings.data):
        version = restore(settings.data, arguments.id)
    if arguments.json:
        print_rows([version_json(version)])
    say(f"{version.name} is in use; the corpus was not changed. `guidegraph build` builds the corpus again.")


def version_json(version: Version) -> dict[str, Any]:
    """A line of `guidegraph snapshots --json`."""
    return {
        "name": version.name, "id": version.id, "built": version.built.isoformat(timespec="seconds"),
        "current": version.current, "guidelines": version.guidelines, "statements": version.statements,
        "concepts": version.concepts, "added": list(version.added), "removed": list(version.removed),
        "changed": list(version.changed), "more_statements": version.more_statements,
        "more_concepts": version.more_concepts, "decisions_changed": version.decisions, "program_changed": version.code,
    }  # fmt: skip


def version_text(version: Version) -> str:
    """A snapshot in one line: the one in use is marked."""
    parts = [f"{version.guidelines} guidelines", f"{version.statements} statements", f"{version.concepts} concepts"]
    parts += [f"{sign}{slug}" for sign, slugs in (("+", version.added), ("-", version.removed)) for slug in slugs]
    parts += [f"changed {slug}" for slug in version.changed]
    mark = "*" if version.current else " "
    return f"{mark} {version.name}  {version.built:%Y-%m-%d %H:%M}  {', '.join(parts)}"
