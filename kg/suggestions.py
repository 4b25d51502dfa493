"""What to ask: questions of the corpus's own, by what a reader is here for, and what to ask after an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Literal, get_args

from kg.model import Answer, CorpusQuestion, Document, Language, Span

Role = Literal["scientist", "newcomer", "regulatory"]
ROLES: tuple[Role, ...] = get_args(Role)
_INTENTS: Mapping[Role, tuple[str, ...]] = {
    "scientist": ("duration", "endpoint", "population", "comparison"),
    "newcomer": ("definition", "list", "risk"),
    "regulatory": ("crossref", "condition"),
}
_FILED = frozenset({"regulatory_artifact", "organisation"})  # what questions of regulatory affairs are about
_LENGTH: Mapping[Language, tuple[int, int]] = {"zh": (9, 26), "en": (30, 96)}  # characters that fit on two lines
_LOOKED_AT = 40  # guidelines of a large library, evenly spread


class Suggestions:
    """Chooses questions of a library. The same library suggests the same."""

    def __init__(
        self, slugs: Sequence[str], document: Callable[[str], Document], kind: Callable[[str], str | None]
    ) -> None:
        self._slugs, self._document, self._kind = slugs[:: max(1, len(slugs) // _LOOKED_AT)], document, kind

    def by_role(self, role: Role, lang: Language, most: int = 4) -> tuple[str, ...]:
        """Questions for a role: of each guideline in turn, of each kind of question in turn."""
        found = (self._of(self._document(slug), role, lang, at) for at, slug in enumerate(self._slugs))
        return tuple(islice(_once(q.question for q in _in_turn(found)), most))

    def after(self, answer: Answer, most: int = 5) -> tuple[str, ...]:
        """Questions that the cited clauses answer beside the one asked, those that most is asked about first."""
        marked = {(c.document, m) for c in answer.citations for m in c.marks}
        found = (
            self._beside(self._document(c.document), c.clause_id, answer.question.lang, marked)
            for c in answer.citations[:6]
        )
        questions = _once(q.question for q in _in_turn(found))
        return tuple(islice((q for q in questions if q != answer.question.text), most))

    def _of(self, document: Document, role: Role, lang: Language, turn: int) -> Iterator[CorpusQuestion]:
        """A guideline's questions for a role. Each guideline begins with another kind of question."""
        named = self._filed(document) if role == "regulatory" else None
        asked = [q for q in _plain(document, lang) if named is None or named.intersection(q.sentences)]
        central = _weights(document)
        intents = _INTENTS[role]
        order = intents[turn % len(intents) :] + intents[: turn % len(intents)]
        return _in_turn(
            sorted((q for q in asked if q.intent == intent), key=lambda q: (-central[q.clause], q.clause, q.question))
            for intent in order
        )

    def _filed(self, document: Document) -> set[str]:
        return {m.sentence_id for m in document.mentions if self._kind(m.concept) in _FILED}

    def _beside(
        self, document: Document, clause_id: str, lang: Language, marked: set[tuple[str, Span]]
    ) -> list[CorpusQuestion]:
        """Questions of a clause whose sentences are not the ones that were just read."""
        read = {s.id for s in document.sentences if (document.slug, s.span) in marked}
        asked = [q for q in _plain(document, lang) if q.clause == clause_id and not read.intersection(q.sentences)]
        return list({q.sentences: q for q in reversed(asked)}.values())[::-1]


def _plain(document: Document, lang: Language) -> list[CorpusQuestion]:
    """Questions that read well in a list: formal, of middling length, answered by the text itself."""
    short, long = _LENGTH[lang]
    return [
        q for q in document.questions
        if q.lang == lang and q.style == "formal" and not q.inferred and short <= len(q.question) <= long
    ]  # fmt: skip


def _weights(document: Document) -> dict[str, int]:
    """How central each clause is: how many questions are asked about it."""
    counts: dict[str, int] = {}
    for question in document.questions:
        counts[question.clause] = counts.get(question.clause, 0) + 1
    return counts


def _once(texts: Iterable[str]) -> Iterator[str]:
    """Each text when it first comes."""
    seen: set[str] = set()
    for text in texts:
        if text not in seen:
            seen.add(text)
            yield text


def _in_turn(rows: Iterable[Iterable[CorpusQuestion]]) -> Iterator[CorpusQuestion]:
    """The first of each row, then the second of each, and so on. A row is not begun before its turn: where the first few are
    enough, the guidelines of the others are not opened.
    """
    waiting, begun = map(iter, rows), list[Iterator[CorpusQuestion]]()
    while True:
        left = []
        for row in chain(begun, waiting):
            if (question := next(row, None)) is not None:
                left.append(row)
                yield question
        if not left:
            return
        begun = left
