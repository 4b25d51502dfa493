"""What is said when there is nothing to draw."""

from __future__ import annotations

from kg.errors import QuestionError, SnapshotError
from views.markup import html, put
from views.texts import Texts


def no_snapshot(error: SnapshotError, texts: Texts) -> None:
    """There is no library yet: what is missing, and how to build it."""
    put(
        html(
            '<div class="notice" role="alert"><b>{}</b><p>{}</p><p class="hint">{}</p><pre>make build</pre></div>',
            texts.no_snapshot,
            error,
            texts.no_snapshot_hint,
        )
    )


def not_found(what: str, wanted: str, texts: Texts) -> None:
    """An address that leads nowhere: what was wanted, and what to do."""
    put(
        html(
            '<div class="notice" role="alert"><b>{}</b><p>{}</p><p class="hint">{}</p></div>',
            what,
            wanted,
            texts.pick_other,
        )
    )


def wrong_question(error: QuestionError, texts: Texts) -> None:
    """The question cannot be answered as it stands: why, and what to do, in the language of the screen."""
    why = {"empty": texts.question_empty, "too-long": texts.question_too_long, "no-words": texts.question_no_words}
    put(
        html(
            '<div class="notice" role="alert"><b>{}</b><p>{}</p><p class="hint">{}</p></div>',
            texts.question_wrong,
            why[error.code],
            texts.question_hint,
        )
    )
