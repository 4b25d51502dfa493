"""The command `guidegraph`. Results go to standard output, progress and messages to standard error.

Exit codes: 0 done, 1 failed (one line says why), 2 wrong usage. Heavy parts are imported by the command that needs them, so
that asking a question never loads torch.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from ingest.commands.asking import add_asking_commands
from ingest.commands.content import add_content_commands
from ingest.commands.documents import add_document_commands
from ingest.commands.graph import add_graph_commands
from ingest.commands.snapshots import add_snapshot_commands
from ingest.commands.upkeep import add_upkeep_commands
from ingest.console import say
from kg.errors import GuidegraphError
from kg.settings import Settings


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    arguments = _parser().parse_args(argv)
    settings = Settings.from_environment().with_folders(
        getattr(arguments, "corpus", None), getattr(arguments, "data", None)
    )
    try:
        return int(arguments.run(arguments, settings) or 0)
    except GuidegraphError as error:
        say(f"guidegraph: {error}")
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        say("guidegraph: stopped; nothing was changed")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guidegraph", description="Cited answers from drug-development guidance, on a knowledge graph."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    add_asking_commands(commands)
    add_graph_commands(commands)
    add_document_commands(commands)
    add_content_commands(commands)
    add_upkeep_commands(commands)
    add_snapshot_commands(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
