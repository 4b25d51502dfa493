"""The commands that find and explain answers: ask, why, beir."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.commands.common import STAGES, command
from ingest.console import print_rows, say
from kg.errors import GuidegraphError
from kg.settings import Settings


def add_asking_commands(commands: Any) -> None:
    """The commands that find and explain answers."""
    ask = command(commands, "ask", _ask, "answer a question with cited clauses")
    ask.add_argument("question", nargs="?", help="the question, in Chinese or English")
    ask.add_argument("--lang", choices=["zh", "en"], help="language of the answer (default: the question's)")
    ask.add_argument("--batch", type=Path, metavar="FILE", help='JSON Lines with "id" and "question"')

    why = command(commands, "why", _why, "explain a clause's place among the answers to a question")
    why.add_argument("question", help="the question")
    why.add_argument("--clause", required=True, metavar="ID", help="the clause, as `guidegraph clauses` names it")

    beir = command(commands, "beir", _beir, "run the retrieval over a collection in BEIR form, apart from the library")
    beir.add_argument("folder", type=Path, help="holds corpus.jsonl and queries.jsonl")
    beir.add_argument("--run", dest="output", type=Path, required=True, metavar="FILE", help="the TREC run to write")
    beir.add_argument("--top", type=int, default=100, help="passages a query (default: 100)")


def _ask(arguments: argparse.Namespace, settings: Settings) -> int:
    from kg.assistant import Assistant
    from kg.contract import answer_json

    if (arguments.question is None) == (arguments.batch is None):
        say("guidegraph ask: give either a question or --batch FILE")
        return 2
    assistant = Assistant.open(settings.data)
    if arguments.batch:
        rows = list(_batch(arguments.batch))
        print_rows(answer_json(assistant.ask(row["question"], arguments.lang), row.get("id")) for row in rows)
        return 0
    answer = assistant.ask(arguments.question, arguments.lang)
    if arguments.json:
        print_rows([answer_json(answer)])
    else:
        from ingest.plain import answer_text

        sys.stdout.write(answer_text(answer))
    return 0


def _why(arguments: argparse.Namespace, settings: Settings) -> None:
    from dataclasses import asdict

    from kg.assistant import Assistant

    found = Assistant.open(settings.data).why(arguments.question, arguments.clause)
    if arguments.json:
        print_rows([asdict(found)])
        return
    sys.stdout.write(f"{found.clause_id}: {found.words}.\n")
    for part in found.parts:
        sys.stdout.write(f"  {part.feature:<16} {part.value:7.3f} x {part.weight:7.3f} = {part.adds:7.3f}\n")


def _beir(arguments: argparse.Namespace, settings: Settings) -> None:
    from dataclasses import asdict

    from ingest.beir import run_beir
    from ingest.progress import progress_bars

    with progress_bars(STAGES) as progress:
        timing = run_beir(arguments.folder, arguments.output, arguments.top, settings.embedding_model, progress)
    print_rows([asdict(timing)])


def _batch(path: Path) -> Iterator[dict[str, Any]]:
    """The questions of a JSON Lines file. Raises GuidegraphError naming the line that is not one."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GuidegraphError(f"{path}: cannot be read ({error})") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise GuidegraphError(f"{path}, line {number}: is not JSON ({error.msg})") from error
        if not isinstance(row, dict) or not isinstance(row.get("question"), str):
            raise GuidegraphError(f'{path}, line {number}: has no "question"')
        yield row
