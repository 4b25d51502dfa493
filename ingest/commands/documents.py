"""The commands about documents: add, remove, references. Heavy parts are imported where they are needed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.commands.common import command
from ingest.commands.upkeep import run_build
from ingest.console import print_rows, say
from kg.errors import GuidegraphError
from kg.model import Document
from kg.settings import Settings

if TYPE_CHECKING:
    from ingest.shelve import Refused, Understood

Rebuild = Callable[[argparse.Namespace, Settings], None]


def add_document_commands(commands: Any) -> None:
    """The commands that change the library's documents or list what these name."""
    add = command(
        commands,
        "add",
        partial(run_add, rebuild=run_build),
        "add guidelines: PDF, DOCX, HTML, Markdown or text files, or folders of them",
    )
    add.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a file, or a folder of files")
    add.add_argument("--corpus", help="the corpus folder (default: corpus)")
    add.add_argument("--dry-run", action="store_true", help="only show what would be understood")
    add.add_argument("--slug", help="name of the guideline's folder, for a single file")

    remove = command(
        commands,
        "remove",
        partial(run_remove, rebuild=run_build),
        "take a guideline out of the library; it is moved aside, not deleted",
    )
    remove.add_argument("slug", help="the guideline")
    remove.add_argument("--corpus", help="the corpus folder (default: corpus)")

    references = command(
        commands, "references", run_references, "list what guidelines refer to, and what of it is here"
    )
    references.add_argument("slug", nargs="?", help="of one guideline only")
    references.add_argument("--unresolved", action="store_true", help="only what is not in the library")


def run_add(arguments: argparse.Namespace, settings: Settings, rebuild: Rebuild) -> int:
    """`guidegraph add`: 0 if every file was added, 1 if one was not."""
    from ingest.progress import progress_bars
    from ingest.shelve import Understood, add

    with progress_bars({"add": "Reading"}) as progress:
        results = list(
            add(arguments.files, settings.corpus, slug=arguments.slug, dry_run=arguments.dry_run, progress=progress)
        )
    for result in results:
        if arguments.json:
            print_rows([added_json(result)])
        else:
            say(added_text(result))
    done = [r for r in results if isinstance(r, Understood)]
    if done and not arguments.dry_run:
        _build_again(settings, rebuild)
    say(f"{len(done)} of {len(results)} files {'understood' if arguments.dry_run else 'added'}.")
    return 0 if results and len(done) == len(results) else 1


def run_remove(arguments: argparse.Namespace, settings: Settings, rebuild: Rebuild) -> None:
    """`guidegraph remove`: a library that cannot do without the guideline keeps it."""
    from ingest.shelve import remove, restore

    aside = remove(arguments.slug, settings.corpus, settings.data)
    try:
        _build_again(settings, rebuild)
    except GuidegraphError:
        restore(aside, arguments.slug, settings.corpus)
        raise
    if arguments.json:
        print_rows([{"removed": arguments.slug, "moved_to": str(aside)}])
    back = settings.corpus / "guidelines" / arguments.slug
    say(f"{arguments.slug} was moved to {aside}; to undo, move it back to {back} and run `guidegraph build`.")


def run_references(arguments: argparse.Namespace, settings: Settings) -> None:
    """`guidegraph references`: every reference, and how many of all are resolved."""
    from kg.snapshot import Snapshot

    snapshot = Snapshot.open(settings.data)
    slugs = [arguments.slug] if arguments.slug else [shelf.slug for shelf in snapshot.manifest.shelves]
    rows = [row for slug in slugs for row in reference_rows(snapshot.document(slug))]
    resolved = sum(row["resolved"] for row in rows)
    shown = [row for row in rows if not (arguments.unresolved and row["resolved"])]
    if arguments.json:
        print_rows(shown)
    else:
        for row in shown:
            target = row["target_clause"] or row["target"] or "not in the library"
            sys.stdout.write(f"{row['clause_id']}  {row['kind']}: {row['title']} → {target}\n")
    say(f"{resolved} of {len(rows)} references resolved ({100 * resolved / max(len(rows), 1):.0f} %).")


def _build_again(settings: Settings, rebuild: Rebuild) -> None:
    rebuild(argparse.Namespace(force=False, json=False), settings)


def added_json(result: Understood | Refused) -> dict[str, Any]:
    """A line of `guidegraph add --json`."""
    from ingest.shelve import Refused

    if isinstance(result, Refused):
        return {"file": str(result.file), "added": False, "reason": result.reason}
    metadata = result.metadata
    proposed = {
        n: getattr(metadata, n) for n in ("title_zh", "title_en", "issuer", "language", "status", "issued", "number")
    }
    return {
        "file": str(result.file), "added": True, "slug": result.slug, "format": result.format, "clauses": result.clauses,
        "depth": result.depth, "tables": result.tables, "pages": result.pages, "metadata": proposed,
        "inferred": list(metadata.inferred), "warnings": list(result.warnings),
    }  # fmt: skip


def added_text(result: Understood | Refused) -> str:
    """What was understood of a file, a line for each thing that its owner should look at."""
    from ingest.shelve import Refused

    if isinstance(result, Refused):
        return f"not added: {result.reason}"
    metadata = result.metadata
    counts = [f"{result.clauses} clauses, {result.depth} levels"]
    counts += [f"{number} {name}" for number, name in ((result.tables, "tables"), (result.pages, "pages")) if number]
    known = [metadata.issuer, metadata.status, metadata.issued, metadata.number]
    title = metadata.title_zh if metadata.language == "zh" else metadata.title_en
    lines = [
        f"{result.file} → {result.slug} ({result.format}: {', '.join(counts)})",
        f"    proposed: {title} · {' · '.join(x for x in known if x)}; confirm it in guideline.toml",
    ]
    return "\n".join([*lines, *(f"    look at: {warning}" for warning in result.warnings)])


def reference_rows(document: Document) -> Iterator[dict[str, Any]]:
    """The lines of `guidegraph references --json`."""
    for reference in document.references:
        yield {
            "document": document.slug, "clause_id": reference.clause_id, "kind": reference.kind, "title": reference.title,
            "start": reference.span.start, "end": reference.span.end, "quote": reference.span.of(document.text),
            "resolved": reference.target is not None, "target": reference.target, "target_clause": reference.target_clause,
        }  # fmt: skip
