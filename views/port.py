"""What the screen needs of the assistant, as protocols, so that a test can stand a fake in its place."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from kg.model import Answer, Citation, Language, Metadata


class Shelf(Protocol):
    """A guideline of the library."""

    @property
    def slug(self) -> str: ...
    @property
    def metadata(self) -> Metadata: ...
    @property
    def clauses(self) -> int: ...
    @property
    def statements(self) -> int: ...


class Passage(Protocol):
    """A whole clause, verbatim."""

    @property
    def label(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def heading(self) -> tuple[str, ...]: ...
    @property
    def document(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def translation(self) -> str | None: ...
    @property
    def lines(self) -> tuple[int, int]: ...


class Assistant(Protocol):
    """The port that the screen draws from; `kg.assistant.Assistant` is the real one."""

    @property
    def library(self) -> tuple[Shelf, ...]: ...
    @property
    def snapshot(self) -> str: ...
    @property
    def concept_count(self) -> int: ...

    def ask(self, text: str, lang: Language | None = None) -> Answer: ...
    def verify(self, citation: Citation) -> bool: ...
    def passage(self, clause_id: str) -> Passage: ...


@runtime_checkable
class KnowsKinds(Protocol):
    """An assistant that can tell a concept's kind; over one that cannot, all concepts are drawn alike."""

    def kind(self, iri: str) -> str | None: ...
