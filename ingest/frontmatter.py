"""Where a document's front matter ends: its title page, or the notice that issued it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.paragraphs import Paragraph

_OPENING = re.compile(
    r"(?i:executive summary|summary|foreword|preface|abstract|introduction|background)|前\s*言|引\s*言|摘\s*要|序\s*言"
)
_LONG_FRONT = 40


def first_clause(paragraphs: Sequence[Paragraph]) -> int:
    """Where the front matter ends: at the first number, or at the first heading of a text that is not numbered so early."""
    marked = next((i for i, p in enumerate(paragraphs) if p.marker and p.marker.style != "bullet"), len(paragraphs))
    title = _title(paragraphs)
    headed = next(
        (i for i, p in enumerate(paragraphs) if i and p.kind == "heading" and not p.marker and i != title),
        len(paragraphs),
    )
    if marked > _LONG_FRONT:
        headed = min(headed, next((i for i, p in enumerate(paragraphs) if i > 2 and p.kind == "soft-heading"), headed))
    listed = next((i for i, p in enumerate(paragraphs) if p.kind == "references"), len(paragraphs))
    opening = next((i for i, p in enumerate(paragraphs) if i and is_opening(p)), len(paragraphs))
    first = min(marked, headed, listed, opening)
    return first if first < len(paragraphs) else 0


def _title(paragraphs: Sequence[Paragraph]) -> int | None:
    """The first heading, where its level is the highest and its own: what a page or a Word file has its title in."""
    headings = [
        (i, p.block.level) for i, p in enumerate(paragraphs) if p.kind == "heading" and not p.marker and p.block
    ]
    if not headings or (not any(p.marker for p in paragraphs) and len(headings) < 3):
        return None
    (first, level), others = headings[0], [level for _, level in headings[1:]]
    return first if first < _LONG_FRONT and all(level < other for other in others) else None


def is_opening(paragraph: Paragraph) -> bool:
    """Whether an unnumbered heading opens the text proper, as a summary or a foreword does."""
    return paragraph.kind == "soft-heading" and bool(_OPENING.fullmatch(paragraph.text.strip()))
