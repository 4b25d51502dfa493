"""An answer to take away: a Markdown text or a Word memo, with numbered citations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from kg.model import Answer, Citation
from views.records import Page, printed_place

SOURCES = 5


def markdown(answer: Answer, page: Page) -> str:
    """The answer as Markdown; nothing in it is read as markup."""
    texts = page.texts
    lines = [f"# {_plain(answer.question.text)}", "", f"**{_plain(headline(answer, page))}**", ""]
    lines += [x for text in paragraphs(answer) for x in (_plain(text), "")]
    lines += [f"## {texts.memo_sources}", ""]
    for number, citation in sources(answer):
        lines += [f"{number}. {_plain(place(citation, page))}", "", f"   > {_plain(citation.quote)}", ""]
        if citation.translation:
            lines += [f"   *{texts.reading}: {_plain(citation.translation)}*", ""]
    return "\n".join([*lines, f"{texts.snapshot.format(answer.snapshot)} · {texts.memo_note}", ""])


def word(answer: Answer, page: Page) -> bytes:
    """The answer as a Word memo."""
    return words([answer], page)


def words(answers: Sequence[Answer], page: Page) -> bytes:
    """Some answers as one Word memo, each with its sources."""
    from docx import Document  # loaded when a memo is asked for

    memo = Document()
    for answer in answers:
        _write(memo, answer, page)
    snapshots = " ".join(dict.fromkeys(answer.snapshot for answer in answers))
    memo.add_paragraph(f"{page.texts.snapshot.format(snapshots)} · {page.texts.memo_note}")
    out = BytesIO()
    memo.save(out)
    return out.getvalue()


def _write(memo: Any, answer: Answer, page: Page) -> None:
    """Question, answer and numbered sources."""
    texts = page.texts
    memo.add_heading(_clean(answer.question.text), 1)
    memo.add_paragraph().add_run(_clean(headline(answer, page))).bold = True
    for text in paragraphs(answer):
        memo.add_paragraph(_clean(text))
    memo.add_heading(texts.memo_sources, 2)
    for number, citation in sources(answer):
        memo.add_paragraph(f"[{number}] {_clean(place(citation, page))}")
        memo.add_paragraph(_clean(citation.quote), style="Intense Quote")
        if citation.translation:
            memo.add_paragraph().add_run(f"{texts.reading}: {_clean(citation.translation)}").italic = True


def headline(answer: Answer, page: Page) -> str:
    """What is read first; that nothing answers the question is said before all else."""
    return page.texts.not_covered if answer.status == "not_covered" else answer.headline


def paragraphs(answer: Answer) -> list[str]:
    """What follows the headline."""
    said = answer.reason or answer.text if answer.status == "not_covered" else answer.text
    return [line for line in said.removeprefix(answer.headline).splitlines() if line.strip()]


def sources(answer: Answer) -> Iterator[tuple[int, Citation]]:
    """The citations with their numbers, as the page shows them first."""
    return enumerate(answer.citations[:SOURCES], 1)


def place(citation: Citation, page: Page) -> str:
    """Guideline, status, clause and printed place."""
    metadata = page.metadata(citation.document)
    status = page.texts.statuses[metadata.status] if metadata and metadata.status else page.texts.unknown_status
    printed = printed_place(citation.lines, page.texts, citation.unit, citation.pages)
    return " · ".join((page.title(citation.document), status, citation.clause, printed))


def _plain(text: str) -> str:
    """A text in one line in which no character has a meaning to Markdown."""
    escaped = "".join(f"\\{c}" if c in "\\`*_{}[]<>#|!" else c for c in text)
    return " ".join(escaped.split())


def _clean(text: str) -> str:
    """A text without the characters that a Word file cannot hold."""
    return "".join(c for c in text if c in "\t\n" or ord(c) >= 32)
