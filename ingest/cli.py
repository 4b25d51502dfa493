"""The command `guidegraph`. Results go to standard output, progress and messages to standard error.

Exit codes: 0 done, 1 failed (one line says why), 2 wrong usage. Heavy parts are imported by the command that needs them, so
that asking a question never loads torch.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from ingest.commands import run_add, run_references, run_remove
from ingest.console import print_rows as _print
from ingest.console import say as _say
from ingest.content_commands import add_content_commands
from kg.errors import GuidegraphError
from kg.settings import Settings

_STAGES = {
    "embed": "Embedding",
    "search": "Searching",
    "add": "Adding",
    "read": "Reading",
    "link": "Linking",
    "describe": "Describing",
    "train": "Training",
    "index": "Indexing",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    arguments = _parser().parse_args(argv)
    settings = Settings.from_environment().with_folders(
        getattr(arguments, "corpus", None), getattr(arguments, "data", None)
    )
    try:
        return int(arguments.run(arguments, settings) or 0)
    except GuidegraphError as error:
        _say(f"guidegraph: {error}")
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        _say("guidegraph: stopped; nothing was changed")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guidegraph", description="Cited answers from drug-development guidance, on a knowledge graph."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    build = _command(commands, "build", _build, "build a snapshot from the corpus and make it current")
    build.add_argument("--corpus", help="the corpus folder (default: corpus)")
    build.add_argument("--force", action="store_true", help="build again even if nothing has changed")

    _asking_commands(commands)
    _graph_commands(commands)
    _document_commands(commands)
    add_content_commands(partial(_command, commands))
    _maintenance_commands(commands)
    return parser


def _asking_commands(commands: Any) -> None:
    """The commands that find and explain answers."""
    ask = _command(commands, "ask", _ask, "answer a question with cited clauses")
    ask.add_argument("question", nargs="?", help="the question, in Chinese or English")
    ask.add_argument("--lang", choices=["zh", "en"], help="language of the answer (default: the question's)")
    ask.add_argument("--batch", type=Path, metavar="FILE", help='JSON Lines with "id" and "question"')

    why = _command(commands, "why", _why, "explain a clause's place among the answers to a question")
    why.add_argument("question", help="the question")
    why.add_argument("--clause", required=True, metavar="ID", help="the clause, as `guidegraph clauses` names it")

    beir = _command(commands, "beir", _beir, "run the retrieval over a collection in BEIR form, apart from the library")
    beir.add_argument("folder", type=Path, help="holds corpus.jsonl and queries.jsonl")
    beir.add_argument("--run", dest="output", type=Path, required=True, metavar="FILE", help="the TREC run to write")
    beir.add_argument("--top", type=int, default=100, help="passages a query (default: 100)")


def _graph_commands(commands: Any) -> None:
    """The commands that read the graph."""
    facts = _command(commands, "facts", _facts, "list the graph's statements")
    facts.add_argument("--document", metavar="SLUG", help="of one guideline only")

    concept = _command(
        commands, "concept", _concept, "show a concept: labels, definition, neighbours, statements, clauses"
    )
    concept.add_argument("label", help="a label in Chinese or English, or an IRI")

    proposed = _command(commands, "candidates", _candidates, "propose terms that the vocabulary does not hold")
    proposed.add_argument("slug", help="the guideline")

    clauses = _command(commands, "clauses", _clauses, "show the clause tree of a guideline")
    clauses.add_argument("slug", help="the guideline")

    sparql = _command(commands, "sparql", _sparql, "run a read-only SPARQL query")
    sparql.add_argument("query", help="the query; the prefixes gg, c, skos, dcterms, oa, prov are declared")
    sparql.add_argument("--seconds", type=float, default=20.0, help="time limit (default: 20)")
    sparql.add_argument("--rows", type=int, default=10_000, help="row limit (default: 10000)")


def _document_commands(commands: Any) -> None:
    """The commands that change the library's documents or list what these name."""
    add = _command(
        commands,
        "add",
        partial(run_add, rebuild=_build),
        "add guidelines: PDF, DOCX, HTML, Markdown or text files, or folders of them",
    )
    add.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file, or a folder of files")
    add.add_argument("--corpus", help="the corpus folder (default: corpus)")
    add.add_argument("--dry-run", action="store_true", help="only show what would be understood")
    add.add_argument("--slug", help="name of the guideline's folder, for a single file")

    remove = _command(
        commands,
        "remove",
        partial(run_remove, rebuild=_build),
        "take a guideline out of the library; it is moved aside, not deleted",
    )
    remove.add_argument("slug", help="the guideline")
    remove.add_argument("--corpus", help="the corpus folder (default: corpus)")

    references = _command(
        commands, "references", run_references, "list what guidelines refer to, and what of it is here"
    )
    references.add_argument("slug", nargs="?", help="of one guideline only")
    references.add_argument("--unresolved", action="store_true", help="only what is not in the library")


def _maintenance_commands(commands: Any) -> None:
    """The commands that check, hand on and show what was built."""
    verify = _command(commands, "verify", _verify, "check every quote, hash and shape against the sources")
    verify.add_argument("--corpus", help="the corpus folder (default: the one that the snapshot was made from)")

    export = _command(commands, "export", _export, "write the graph")
    export.add_argument("file", nargs="?", type=Path, help="where to (default: standard output)")
    export.add_argument("--format", choices=["turtle", "jsonld", "nquads"], required=True)

    app = _command(commands, "app", _app, "open the browser app on an up-to-date snapshot")
    app.add_argument("--corpus", help="the corpus folder (default: corpus)")
    app.add_argument("--port", type=int, default=8501, help="port on localhost (default: 8501)")
    app.add_argument("--headless", action="store_true", help="do not open a browser")


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace, Settings], int | None], text: str
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.add_argument("--data", help="the data folder (default: .guidegraph)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line on standard output")
    parser.set_defaults(run=run)
    return parser


# -- commands --------------------------------------------------------------------------------------------------------


def _build(arguments: argparse.Namespace, settings: Settings) -> None:
    from ingest.pipeline import build
    from ingest.progress import progress_bars

    with progress_bars(_STAGES) as progress:
        snapshot = build(settings, progress, force=arguments.force)
    library = snapshot.manifest.library
    counts = {
        "snapshot": snapshot.id,
        "guidelines": len(library),
        "clauses": sum(shelf.clauses for shelf in library),
        "statements": sum(shelf.statements for shelf in library),
        "concepts": len(snapshot.vocabulary.concepts),
    }
    if arguments.json:
        _print([counts])
    else:
        numbers = ", ".join(f"{value} {name}" for name, value in counts.items() if name != "snapshot")
        _say(f"Snapshot {snapshot.id[:19]}…: {numbers}.")


def _ask(arguments: argparse.Namespace, settings: Settings) -> int:
    from kg.assistant import Assistant
    from kg.contract import answer_json

    if (arguments.question is None) == (arguments.batch is None):
        _say("guidegraph ask: give either a question or --batch FILE")
        return 2
    assistant = Assistant.open(settings.data)
    if arguments.batch:
        rows = list(_batch(arguments.batch))
        _print(answer_json(assistant.ask(row["question"], arguments.lang), row.get("id")) for row in rows)
        return 0
    answer = assistant.ask(arguments.question, arguments.lang)
    if arguments.json:
        _print([answer_json(answer)])
    else:
        from ingest.plain import answer_text

        sys.stdout.write(answer_text(answer))
    return 0


def _why(arguments: argparse.Namespace, settings: Settings) -> None:
    from dataclasses import asdict

    from kg.assistant import Assistant

    found = Assistant.open(settings.data).why(arguments.question, arguments.clause)
    if arguments.json:
        _print([asdict(found)])
        return
    sys.stdout.write(f"{found.clause_id}: {found.words}.\n")
    for part in found.parts:
        sys.stdout.write(f"  {part.feature:<16} {part.value:7.3f} x {part.weight:7.3f} = {part.adds:7.3f}\n")


def _beir(arguments: argparse.Namespace, settings: Settings) -> None:
    from dataclasses import asdict

    from ingest.beir import run_beir
    from ingest.progress import progress_bars

    with progress_bars(_STAGES) as progress:
        timing = run_beir(arguments.folder, arguments.output, arguments.top, settings.embedding_model, progress)
    _print([asdict(timing)])


def _facts(arguments: argparse.Namespace, settings: Settings) -> None:
    from kg.contract import fact_json
    from kg.snapshot import Snapshot

    snapshot = Snapshot.open(settings.data)
    slugs = [arguments.document] if arguments.document else [shelf.slug for shelf in snapshot.manifest.library]
    for document in map(snapshot.document, slugs):
        facts = (fact_json(document, statement, snapshot.vocabulary) for statement in document.statements)
        if arguments.json:
            _print(facts)
        else:
            for fact in facts:
                triple = f"{fact['subject']['label']} → {fact['relation']} → {fact['object']['label']}"
                sys.stdout.write(f"{fact['clause_id']}  {triple}  [{fact['strength']}]\n")


def _concept(arguments: argparse.Namespace, settings: Settings) -> None:
    from kg.cards import card_text, concept_json, named
    from kg.snapshot import Snapshot

    snapshot = Snapshot.open(settings.data)
    documents = (snapshot.document(shelf.slug) for shelf in snapshot.manifest.library)
    card = concept_json(named(arguments.label, snapshot.vocabulary), snapshot.vocabulary, documents)
    if arguments.json:
        _print([card])
    else:
        sys.stdout.write(card_text(card))


def _candidates(arguments: argparse.Namespace, settings: Settings) -> None:
    from dataclasses import asdict

    from ingest.candidates import candidates
    from kg.snapshot import Snapshot

    snapshot = Snapshot.open(settings.data)
    found = candidates(snapshot.document(arguments.slug), snapshot.vocabulary)
    if arguments.json:
        _print(asdict(c) for c in found)
    else:
        sys.stdout.writelines(
            f"{c.score:8.2f}  {c.count:3d}  {c.text}  ({c.why}; {', '.join(c.sentences[:2])})\n" for c in found
        )


def _clauses(arguments: argparse.Namespace, settings: Settings) -> None:
    from kg.contract import clause_rows
    from kg.snapshot import Snapshot

    rows = clause_rows(Snapshot.open(settings.data).document(arguments.slug))
    if arguments.json:
        _print(rows)
    else:
        for row in rows:
            name = f"{row['label']} {row['title']}".strip() or row["kind"]
            sys.stdout.write(f"{'  ' * (row['depth'] - 1)}{name}\n")


def _sparql(arguments: argparse.Namespace, settings: Settings) -> None:
    from kg.snapshot import Snapshot

    sys.stdout.write(
        Snapshot.open(settings.data).graph.sparql(arguments.query, seconds=arguments.seconds, rows=arguments.rows)
        + "\n"
    )


def _verify(arguments: argparse.Namespace, settings: Settings) -> int:
    from ingest.verify import verify
    from kg.snapshot import Snapshot

    report = verify(Snapshot.open(settings.data), Path(arguments.corpus) if arguments.corpus else None)
    if arguments.json:
        _print([{"checked": report.checked, "failures": list(report.failures)}])
    else:
        for failure in report.failures:
            _say(failure)
        done = ", ".join(f"{count} {name}" for name, count in report.checked.items())
        _say(f"Checked {done}: {len(report.failures)} failures.")
    return 1 if report.failures else 0


def _export(arguments: argparse.Namespace, settings: Settings) -> None:
    from ingest.rdf import serialised
    from kg.snapshot import Snapshot

    data = serialised(Snapshot.open(settings.data).folder / "graph.nq", arguments.format)
    if arguments.file:
        arguments.file.write_bytes(data)
        _say(f"Written to {arguments.file}.")
    else:
        sys.stdout.buffer.write(data)


def _app(arguments: argparse.Namespace, settings: Settings) -> int:
    import app as screen
    from ingest.launch import run_app

    _build(arguments=argparse.Namespace(force=False, json=False), settings=settings)
    return run_app(Path(screen.__file__), settings, arguments.port, headless=arguments.headless)


# -- input and output ------------------------------------------------------------------------------------------------


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


if __name__ == "__main__":
    sys.exit(main())
