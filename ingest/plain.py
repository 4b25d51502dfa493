"""An answer as plain text for a terminal."""

from __future__ import annotations

from kg.model import Answer


def answer_text(answer: Answer) -> str:
    """The answer, its citations with their places, and its first path."""
    lines = [answer.text, ""]
    for nth, citation in enumerate(answer.citations[:5], 1):
        first, last = citation.lines
        place = f"{citation.unit}s {first}–{last}" if first != last else f"{citation.unit} {first}"
        lines += [
            f"[{nth}] {citation.document} {citation.clause} ({place}, {citation.strength})",
            f"    {citation.quote}",
        ]
    lines += [f"Path: {path.text}" for path in answer.paths[:1]]
    return "\n".join([*lines, f"Snapshot {answer.snapshot[:19]}…, {answer.latency_ms:g} ms", ""])
