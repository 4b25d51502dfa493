"""An answer to take away: a Markdown text or a Word memo, with numbered citations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from kg.model import Answer, Citation
from views.compared import Side, columns, sides
from views.records import Page, printed_place

SOURCES = 5


def markdown(answer: Answer, page: Page) -> str:
    """The answer as Markdown; nothing in it is read as markup."""
    texts = page.texts
    lines = [f"# {_plain(answer.question.text)}", "", f"**{_plain(headline(answer, page))}**", ""]
    lines += [x for text in paragraphs(answer) for x in (_plain(text), "")]
    lines += _rows(answer, page)
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
    _table(memo, answer, page)
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
    """What follows the headline; nothing where guidelines are compared, which a table shows."""
    if answer.positions:
        return []
    said = answer.reason or answer.text if answer.status == "not_covered" else answer.text
    return [line for line in said.removeprefix(answer.headline).splitlines() if line.strip()]


def compared(answer: Answer, page: Page) -> list[tuple[str, ...]]:
    """Guidelines side by side as rows of words, the heads first; none where nothing is compared."""
    found = sides(answer, page)
    heads = columns(found, page)
    return [heads, *(_cells(side, page, with_values=page.texts.value in heads) for side in found)] if found else []


def _cells(side: Side, page: Page, *, with_values: bool) -> tuple[str, ...]:
    values = ("; ".join(side.values) or "–",) if with_values else ()
    if side.position is None:
        return (side.name, *values, "–", page.texts.silent)
    said = " ".join(filter(None, (side.said, side.original, f"[{side.number}]" if side.number else "")))
    return (side.name, *values, page.texts.strengths[side.position.strength], said)


def _rows(answer: Answer, page: Page) -> list[str]:
    """The comparison as a table of Markdown."""
    rows = compared(answer, page)
    drawn = [f"| {' | '.join(map(_plain, row))} |" for row in rows]
    return [drawn[0], "|" + " --- |" * len(rows[0]), *drawn[1:], ""] if rows else []


def _table(memo: Any, answer: Answer, page: Page) -> None:
    """The comparison as a table of Word, its heads bold."""
    rows = compared(answer, page)
    if not rows:
        return
    table = memo.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = _clean(words)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True


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
