"""Markdown by markdown-it (CommonMark and GFM tables): the text as issued is the file itself, marks are skipped over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.mapped import Mapped, join, space
from ingest.readers.source import Block, BlockKind, SourceText
from ingest.readers.text import decoded, is_utf8

_MAX_BYTES = 8 * 1024 * 1024
_LIST_MARK = re.compile(r"[ \t>]*(\d{1,9}[.)][ \t]+)")
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_NOTE, _NOTE_MARK = re.compile(r"\[\^[^\]\s]+\]:\s*"), re.compile(r"\[\^[^\]\s]+\]")
_HAN = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


def read_markdown(path: Path, data: bytes) -> SourceText:
    """A Markdown file as headings, list items, paragraphs and tables; of raw HTML the words are read."""
    text = decoded(path, data)
    tokens = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").parse(text)
    walk = _Walk(text, _line_starts(text))
    for token in tokens:
        walk.see(token)
    places = tuple((start, number) for number, start in enumerate(walk.lines, 1))
    return SourceText(text, "markdown", "line", tuple(walk.blocks), places, plain=is_utf8(data))


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


@dataclass(slots=True)
class _Walk:
    """The tokens' blocks. `mark` is the list mark that the next paragraph begins with."""

    text: str
    lines: list[int]
    blocks: list[Block] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    level: int = 0
    depth: int = 0
    mark: Mapped | None = None
    row: list[Mapped] | None = None
    tables: int = 0

    def see(self, token: Token) -> None:
        if token.type == "heading_open":
            self.kind, self.level = "heading", int(token.tag[1])
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            self.depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.depth -= 1
        elif token.type == "list_item_open":
            self.mark = self._list_mark(token)
        elif token.type == "table_open":
            self.tables += 1
        elif token.type == "tr_open":
            self.row = []
        elif token.type == "tr_close":
            self._row()
        elif token.type == "html_block" and token.map:
            self._html(self.lines[token.map[0]], self._end(token.map[1]))
        elif token.type in ("inline", "fence", "code_block"):
            self._inline(token)

    def _list_mark(self, token: Token) -> Mapped:
        """`3. ` as it stands in the file; a bullet is no word of the guideline, whichever sign the file has for it."""
        start = self.lines[token.map[0]] if token.map else 0
        match = _LIST_MARK.match(self.text, start)
        if match is None or not token.info:
            return join([space("-"), space()])
        return Mapped.at(match[1], match.start(1))

    def _inline(self, token: Token) -> None:
        start, end = (self.lines[token.map[0]], self._end(token.map[1])) if token.map else (0, 0)
        content = join(_aligned(self.text, token.children or [token], start, end)).strip()
        if self.row is not None:
            self.row.append(content)
            return
        kind: BlockKind = self.kind
        note = _NOTE.match(content.text)
        if note:
            self.blocks.append(Block(content.cut(note.end()), "footnote"))
            return
        content = content.without([m.span() for m in _NOTE_MARK.finditer(content.text)])
        level = self.level if kind == "heading" else self.depth
        if self.mark is not None and kind != "heading":
            content, kind, level = join([self.mark, content]), "item", self.depth - 1
        if content.text.strip():
            self.blocks.append(Block(content, kind, level))
        self.kind, self.mark = "paragraph", None

    def _html(self, start: int, end: int) -> None:
        """The words of a raw HTML block, a paragraph between any two tags that stand on lines of their own."""
        for line in re.finditer(r"[^\n]+", self.text[start:end]):
            written = Mapped.at(line[0], start + line.start())
            content = written.without([m.span() for m in _TAG.finditer(line[0])]).strip()
            if content.text:
                self.blocks.append(Block(content, "paragraph"))

    def _row(self) -> None:
        cells, self.row = self.row or [], None
        parts, ranges, at = [], [], 0
        for cell in cells:
            parts += [cell, space("\t")]
            ranges.append((at, at + len(cell.text)))
            at += len(cell.text) + 1
        self.blocks.append(Block(join(parts[:-1]), "row", 0, tuple(ranges), self.tables))

    def _end(self, line: int) -> int:
        return self.lines[line] if line < len(self.lines) else len(self.text)


def _aligned(text: str, tokens: Sequence[Token], start: int, end: int) -> Iterator[Mapped]:
    """The words of inline tokens where they stand in the file; what is written otherwise (an entity) stands nowhere."""
    at = start
    for nth, token in enumerate(tokens):
        if token.type in ("softbreak", "hardbreak") and not _han_break(tokens, nth):
            yield space()
        if token.type not in ("text", "code_inline", "text_special", "fence", "code_block"):
            continue
        found = text.find(token.content, at, end)
        if found >= 0:
            yield Mapped.at(token.content, found)
            at = found + len(token.content)
        else:
            yield from _by_character(text, token.content, at, end)


def _by_character(text: str, content: str, at: int, end: int) -> Iterator[Mapped]:
    """Character by character, for text that the parser has changed a little."""
    for char in content:
        found = text.find(char, at, min(end, at + 40))
        if found >= 0:
            at = found + 1
        yield Mapped.at(char, found) if found >= 0 else Mapped(char, ((-1, 1),))


def _han_break(tokens: Sequence[Token], nth: int) -> bool:
    """Whether a line break stands between two Chinese characters, which need no space."""
    before = next((t.content for t in reversed(tokens[:nth]) if t.content), "")
    after = next((t.content for t in tokens[nth + 1 :] if t.content), "")
    return bool(_HAN.match(before[-1:]) and _HAN.match(after[:1]))
