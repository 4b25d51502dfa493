"""What one sentence, given as text, states: a document of a single clause, linked and read."""

from __future__ import annotations

from functools import cache

from ingest.context import passages
from ingest.corpus import read_corpus
from ingest.linking import link
from ingest.making import made
from ingest.statements import drafts
from kg.model import Clause, Document, Metadata, Sentence, Span
from kg.vocabulary import Vocabulary
from tests.conftest import CORPUS

Said = tuple[str, str, str, str]


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary(read_corpus(CORPUS).concepts)


def said(text: str) -> set[Said]:
    """(subject, relation, object, strength) of every statement, by Chinese labels."""
    whole = Span(0, len(text))
    document = Document(
        "test", Metadata("细则", "Rules", "—", "zh"), text, (), (),
        (Clause("test#1", None, "heading", "", "", "", 1, whole),), (Sentence("test#1/s1", "test#1", whole, 0, "statement"),), (),
    )  # fmt: skip
    linked = link(document, vocabulary())
    known = vocabulary().joined(linked.concepts)
    out = set()
    for passage in passages(document, linked.nested, known):
        for draft in drafts(passage):
            strength = made(draft, passage).strength
            out.add((draft.subject.label("zh"), draft.relation, draft.object.label("zh"), strength))
    return out
