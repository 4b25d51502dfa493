"""The words for relations, as the ontology gives them, written into the snapshot at build time."""

from __future__ import annotations

from pathlib import Path

from kg import codec


def read_relations(path: Path) -> dict[str, tuple[str, str]]:
    """Relation IRI -> (Chinese label, English label)."""
    return codec.decode(path, dict[str, tuple[str, str]])
