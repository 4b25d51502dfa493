"""The records that everything else passes around: frozen, slotted, typed, and free of behaviour that needs a file.

Every span indexes `Document.text`, the clean text; `Document.segments` leads back to the file as issued.
Ids are readable and stable: a document is its folder's slug, a clause `<slug>#3.2.5`, a sentence `<clause>/s2`.
"""

from kg.model.answers import Answer, Citation, Path, Position, Question, Related, Step
from kg.model.concepts import Concept, Label, Mention, Statement
from kg.model.documents import Chunk, Clause, CorpusQuestion, Document, Metadata, Reference, Segment, Sentence, Table
from kg.model.words import (
    AnswerStatus,
    ClauseKind,
    Intent,
    LabelRole,
    Language,
    Origin,
    ReferenceKind,
    Span,
    Status,
    Strength,
    Unit,
)

__all__ = [
    "Answer",
    "AnswerStatus",
    "Chunk",
    "Citation",
    "Clause",
    "ClauseKind",
    "Concept",
    "CorpusQuestion",
    "Document",
    "Intent",
    "Label",
    "LabelRole",
    "Language",
    "Mention",
    "Metadata",
    "Origin",
    "Path",
    "Position",
    "Question",
    "Reference",
    "ReferenceKind",
    "Related",
    "Segment",
    "Sentence",
    "Span",
    "Statement",
    "Status",
    "Step",
    "Strength",
    "Table",
    "Unit",
]
