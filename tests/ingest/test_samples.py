"""Guidelines of our own wording, in the manners of several authorities, with the trees that a reader sees in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.renderings import read_tree

FOLDER = Path(__file__).parent / "samples"
SAMPLES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def test_all_samples_are_read() -> None:
    assert len(SAMPLES) == 11


@pytest.mark.parametrize("name", SAMPLES)
def test_tree_is_as_a_reader_sees_it(name: str) -> None:
    assert outline(FOLDER / f"{name}.txt") == (FOLDER / f"{name}.tree").read_text(encoding="utf-8")


def outline(path: Path) -> str:
    """The clause tree, a line each, indented by depth: label and title, or the kind of a clause that has neither."""
    rows = []
    for clause in read_tree(path).clauses:
        name = f"{clause.label} | {clause.title}" if clause.title else clause.label or clause.kind
        rows.append("  " * (clause.depth - 1) + name + "\n")
    return "".join(rows)
