"""The closed sets of words that records use, and a span of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
Strength = Literal["must", "should", "encouraged", "may", "not", "statement"]
Status = Literal["draft", "trial", "final"]
Unit = Literal["line", "paragraph", "page"]
ClauseKind = Literal[
    "front", "notice", "heading", "item", "bullet", "caption", "table", "footnote", "references", "reference",
]  # fmt: skip
ReferenceKind = Literal["entry", "title", "mark", "guideline", "part", "section", "ich", "law"]
LabelRole = Literal["preferred", "alternative", "hidden"]
Origin = Literal["author", "machine", "template"]
AnswerStatus = Literal["answered", "partial", "not_covered"]
# fmt: off
Intent = Literal["duration", "definition", "list", "yesno", "condition", "population", "endpoint", "risk", "comparison",
                 "crossref", "how", "fact"]
# fmt: on


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of character offsets into a document's clean text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end
