"""HTML by lxml: headings, paragraphs, lists with their numbers and tables; scripts, menus and page furniture are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import html
from lxml.etree import ParserError

from ingest.readers.assembly import Assembly, fold
from ingest.readers.source import BlockKind, SourceText
from ingest.readers.text import decoded
from ingest.readers.wordlists import formatted
from kg.errors import SourceError

_LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "select",
        "option",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "head",
        "audio",
        "video",
        "canvas",
        "map",
        "dialog",
        "textarea",
        "input",
        "rt",
        "rp",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "ul",
        "caption",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
    ]
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_OL_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NUMBERED = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)）．]|[（(]\w{1,3}[)）]|[①-⑳●•]|[A-Za-z][.)]\s")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_NOTE_LINK = re.compile(r"#.*(?:fn|note|ref|cite)", re.IGNORECASE)
_FURNITURE = re.compile(
    r"\b(?:breadcrumb|cookie|navbar|sidebar|site-header|site-footer|skip-link|share-)", re.IGNORECASE
)
_FURNITURE_NAME = re.compile(
    r"(?:^|\s)(?:header|footer|menu|nav|crumbs?|copyright|top-?bar|banner|location|position|share|related)(?:\s|$)",
    re.IGNORECASE,
)
_MIN_MAIN = 0.4


def read_html(path: Path, data: bytes) -> SourceText:
    """A page's main text. Raises SourceError where it has none."""
    text = _declared(data) or decoded(path, data)
    try:
        root = html.document_fromstring(
            re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=html.HTMLParser(no_network=True)
        )
    except (ParserError, ValueError) as error:
        raise SourceError(f"{path}: holds no HTML text; save the page again with its content") from error
    walk = _Walk()
    walk.run(_main(root))
    if not walk.assembly.blocks:
        raise SourceError(f"{path}: shows no text without its scripts; save the page from the browser as PDF or text")
    return walk.assembly.source("html")


def _declared(data: bytes) -> str | None:
    """The page in the encoding that it declares, where that is right."""
    match = _CHARSET.search(data[:4096])
    if not match or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None
    name = match[1].decode("ascii").lower()
    try:
        return data.decode({"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(name, name))
    except (UnicodeDecodeError, LookupError):
        return None


def _main(root: Any) -> Any:
    """The part that a page marks as its main one, if that holds most of its words."""
    found = root.xpath("//main|//article|//*[@role='main']")
    whole = len(root.text_content())
    best = max(found, key=lambda e: len(e.text_content()), default=root)
    return best if len(best.text_content()) >= _MIN_MAIN * whole else root


@dataclass(slots=True)
class _List:
    """An open list: how it counts, the next number, and how deep it stands."""

    style: str
    next: int


@dataclass(slots=True)
class _Walk:
    """A walk over a page without recursion, however deep it is nested. `words` are those of the paragraph that is open."""

    assembly: Assembly = field(default_factory=Assembly)
    words: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    mark: str | None = None
    kind: BlockKind = "paragraph"
    level: int = 0

    def run(self, root: Any) -> None:
        stack: list[tuple[Any, bool]] = [(root, True)]
        while stack:
            element, entering = stack.pop()
            if not entering:
                self._leave(element)
                continue
            if self._skipped(element):
                self.words.append(element.tail or "" if element is not root else "")
                continue
            stack.append((element, False))
            if self._enter(element):
                stack += [(child, True) for child in reversed(element)]
        self._flush()

    def _skipped(self, element: Any) -> bool:
        if not isinstance(element.tag, str) or element.tag in _LEFT_OUT or element.get("hidden") is not None:
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        furniture = _FURNITURE.search(names) or (
            _FURNITURE_NAME.search(names) and not element.xpath(".//h1|.//h2|.//table")
        )
        note = element.tag == "sup" and any(_NOTE_LINK.search(a.get("href") or "") for a in element.iter("a"))
        return bool(furniture) or note or bool(_HIDDEN.search(element.get("style") or ""))

    def _enter(self, element: Any) -> bool:
        """Opens an element; False where its children are read already."""
        name = element.tag
        if name in _BLOCKS or name == "br":
            self._flush()
        if name == "table":
            self._table(element)
            return False
        if name in ("ol", "ul"):
            self.lists.append(_ordered(element) if name == "ol" else _List("bullet", 0))
        elif name == "li":
            self._item(element)
        elif re.fullmatch("h[1-6]", name):
            self.kind, self.level = "heading", int(name[1])
        elif name in ("figcaption", "caption"):
            self.kind = "caption"
        self.words.append(element.text or "")
        return True

    def _leave(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self._flush()
        if element.tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        if element.tag == "li":
            self.mark = None
        self.words.append(element.tail or "")

    def _item(self, element: Any) -> None:
        inner = self.lists[-1] if self.lists else _List("bullet", 0)
        if inner.style == "bullet":
            self.mark = "- "
            return
        value = element.get("value") or ""
        number = int(value) if value.isdecimal() and len(value) < 6 else inner.next
        inner.next = number + 1
        self.mark = f"{formatted(number, inner.style)}. "

    def _table(self, table: Any) -> None:
        for caption in table.iter("caption"):
            self.assembly.add(" ".join(caption.itertext()), "caption")
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        self.assembly.table([list(_cells(row)) for row in rows])

    def _flush(self) -> None:
        text = fold("".join(self.words))
        self.words.clear()
        if not text:
            return
        kind, level = self.kind, self.level
        if kind == "paragraph":
            level = len(self.lists)
            if self.mark is not None:
                kind, level = "item", max(len(self.lists) - 1, 0)
                text = text if _NUMBERED.match(text) else self.mark + text
        self.assembly.add(text, kind, level)
        self.kind, self.level, self.mark = "paragraph", 0, None


def _ordered(element: Any) -> _List:
    start = element.get("start") or ""
    return _List(
        _OL_STYLES.get(element.get("type") or "", "decimal"), int(start) if start.isdecimal() and len(start) < 6 else 1
    )


def _cells(row: Any) -> Iterator[str]:
    for cell in row:
        if cell.tag in ("td", "th"):
            yield " ".join(t for t in cell.itertext() if t.strip())
            span = cell.get("colspan") or ""
            yield from [""] * (min(int(span), 64) - 1 if span.isdecimal() and len(span) < 4 else 0)
