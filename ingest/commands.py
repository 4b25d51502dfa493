"""What the commands about documents print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.shelve import Refused, Understood
from kg.model import Document


def added_json(result: Understood | Refused) -> dict[str, Any]:
    """A line of `guidegraph add --json`."""
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
