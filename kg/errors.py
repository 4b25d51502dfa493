"""Every error that a user may meet. A message names the document and line, and says what can be done.

GuidegraphError
├── CorpusError          a file of the corpus cannot be used
│   ├── SourceError      a guideline's text cannot be read
│   ├── MetadataError    guideline.toml is incomplete or wrong
│   └── VocabularyError  a concept scheme is wrong: duplicates, dangling parents, label clashes
├── SnapshotError        the built data is missing, unreadable or of another version
├── BusyError            another process is changing the library
├── QuestionError        the question is empty or too long
├── EndpointError        a language model's endpoint refuses, or does not answer
├── QueryError           a SPARQL query is not allowed, wrong or too slow
├── NotebookError        history and comments cannot be stored
└── VerificationError    a quote, hash or shape does not hold
"""


class GuidegraphError(Exception):
    """What a user can be told in one line; the command exits 1 with it."""


class CorpusError(GuidegraphError):
    """A file of the corpus cannot be used."""


class SourceError(CorpusError):
    """A guideline's text cannot be read."""


class MetadataError(CorpusError):
    """A guideline.toml is incomplete or wrong."""


class VocabularyError(CorpusError):
    """A concept scheme is wrong."""


class SnapshotError(GuidegraphError):
    """The built data is missing, unreadable or of another version."""


class BusyError(GuidegraphError):
    """Another process is changing the library; wait until it is done."""


class QuestionError(GuidegraphError):
    """The question is empty or too long; `code` (empty, too-long, no-words) lets a screen say it in its own language."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class EndpointError(GuidegraphError):
    """A language model's endpoint refuses, or does not answer."""


class QueryError(GuidegraphError):
    """A SPARQL query is not allowed, wrong or too slow."""


class NotebookError(GuidegraphError):
    """History and comments cannot be stored."""


class VerificationError(GuidegraphError):
    """A quote, hash or shape does not hold."""
