"""Settings: two folders, a model and a number, from the environment, with defaults that need nothing set."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

BASE_IRI = "urn:guidegraph:"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are, and which embedding model is used.

    `embedding_model` is empty for the model that is trained on the corpus at build time, else a sentence-transformers
    hub name (BAAI/bge-m3) or folder. `snapshots` is how many snapshots are kept, the one in use among them.
    Environment: GUIDEGRAPH_CORPUS, GUIDEGRAPH_DATA, GUIDEGRAPH_EMBEDDING_MODEL, GUIDEGRAPH_SNAPSHOTS.
    """

    corpus: Path = Path("corpus")
    data: Path = Path(".guidegraph")
    embedding_model: str = ""
    snapshots: int = 5

    @classmethod
    def from_environment(cls) -> Settings:
        default = cls()
        return cls(
            corpus=Path(os.environ.get("GUIDEGRAPH_CORPUS", default.corpus)),
            data=Path(os.environ.get("GUIDEGRAPH_DATA", default.data)),
            embedding_model=os.environ.get("GUIDEGRAPH_EMBEDDING_MODEL", ""),
            snapshots=_number("GUIDEGRAPH_SNAPSHOTS", default.snapshots),
        )

    def with_folders(self, corpus: str | None, data: str | None) -> Settings:
        """These settings with the folders that a command line names."""
        return replace(self, corpus=Path(corpus or self.corpus), data=Path(data or self.data))


def _number(name: str, default: int) -> int:
    """A whole number from the environment, at least 1; what is none counts as not set."""
    value = os.environ.get(name, "")
    return max(1, int(value)) if value.isdecimal() else default
