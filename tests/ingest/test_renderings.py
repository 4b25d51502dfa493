"""Other files of the same guideline give the same clause tree: at least 99 % of clauses by label and text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingest.clauses import ClauseTree, clause_tree
from ingest.paragraphs import Paragraph
from tests.conftest import CORPUS
from tests.ingest import renderings

GUIDELINES = (
    "rare-disease-drug-development-2021",
    "gene-therapy-long-term-follow-up-2021",
    "car-t-risk-management-plan",
    "rare-disease-gene-therapy-2023-draft",
)
FORMATS: tuple[tuple[str, Callable[[Sequence[Paragraph], Path], None]], ...] = (
    ("docx", renderings.as_docx),
    ("md", renderings.as_markdown),
    ("html", renderings.as_html),
    ("pdf", renderings.as_pdf),
)


def test_lists_are_whole() -> None:
    assert (len(GUIDELINES), len(FORMATS)) == (4, 4)


@pytest.mark.parametrize("slug", GUIDELINES)
@pytest.mark.parametrize(("suffix", "render"), FORMATS, ids=[name for name, _ in FORMATS])
def test_same_tree(slug: str, suffix: str, render: Callable[[Sequence[Paragraph], Path], None], tmp_path: Path) -> None:
    found = renderings.original(CORPUS / "guidelines" / slug / "source.txt")
    path = tmp_path / f"source.{suffix}"
    render(found, path)
    wanted, got = _clauses(clause_tree("x", found)), _clauses(renderings.read_tree(path))
    missing = wanted - got
    assert missing.total() <= 0.01 * wanted.total(), list(missing)[:5] + list(got - wanted)[:5]
    assert (got - wanted).total() <= 0.01 * wanted.total(), list(got - wanted)[:5]


def _clauses(tree: ClauseTree) -> Counter[tuple[str, str]]:
    """Labels and texts of all clauses; white space, which formats write as they like, is left out."""
    return Counter(("".join(c.label.split()), "".join(c.span.of(tree.text).split())) for c in tree.clauses)
