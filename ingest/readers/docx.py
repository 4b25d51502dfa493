"""Word documents (Office Open XML, ECMA-376): paragraphs with their styles and automatic numbers, tables, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.readers.assembly import Assembly
from ingest.readers.package import Package
from ingest.readers.source import SourceText, title_level
from ingest.readers.wordlists import Numbers
from ingest.readers.wordstyles import Styles, attribute, tag

_SKIPPED = frozenset(
    tag(name) for name in ("del", "moveFrom", "instrText", "delText", "txbxContent", "pPr", "rPr", "rt", "object")
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_CHARACTERS = {tag("tab"): "\t", tag("br"): "\n", tag("cr"): "\n", tag("noBreakHyphen"): "-"}
_CAPTION_STYLES = ("caption", "题注", "图表标题")


def read_docx(path: Path, data: bytes) -> SourceText:
    """A Word document's body with its footnotes behind it. Raises SourceError for one that is damaged or a zip bomb."""
    package = Package(path, data)
    styles = Styles(package.tree("word/styles.xml"))
    numbers = Numbers(package.tree("word/numbering.xml"))
    body = package.tree("word/document.xml", needed=True).find(tag("body"))
    walk = _Walk(styles, numbers)
    if body is not None:
        walk.children(body)
    for name in ("footnotes", "endnotes"):
        walk.notes(package.tree(f"word/{name}.xml"), name[:-1])
    return walk.assembly.source("docx")


@dataclass(slots=True)
class _Walk:
    styles: Styles
    numbers: Numbers
    assembly: Assembly = field(default_factory=Assembly)
    cited: list[tuple[str, str]] = field(default_factory=list)

    def children(self, parent: Any) -> None:
        """Every paragraph and table in order; what only wraps them (sdt, ins, customXml) is looked through."""
        stack = list(reversed(parent))
        while stack:
            element = stack.pop()
            if element.tag == tag("p"):
                self.paragraph(element)
            elif element.tag == tag("tbl"):
                self.assembly.table([list(self._cells(row)) for row in element.iter(tag("tr")) if _own(row, element)])
            elif element.tag not in _SKIPPED and element.tag != _FALLBACK and not _is_contents(element):
                stack.extend(reversed(element))

    def paragraph(self, element: Any) -> None:
        look = self.styles.look(element)
        if look.contents or look.hidden:
            return
        text = self._text(element)
        if text.strip() or look.listed:
            label, bullet = self.numbers.label(look) if text.strip() else ("", False)
            kind = "heading" if look.level else "item" if bullet else "paragraph"
            if look.name in _CAPTION_STYLES:
                kind = "caption"
            size = self.styles.set_off(element) if kind == "paragraph" else 0.0
            kind = "title" if size else kind
            levels = {"heading": look.level, "item": look.depth, "title": title_level(size, bold=True)}
            level = levels.get(kind, 0)
            self.assembly.add(label + text, kind, level)  # type: ignore[arg-type]
        for box in element.iter(tag("txbxContent")):
            if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                self.children(box)

    def notes(self, tree: Any, name: str) -> None:
        """The footnotes that the text refers to, in the order in which it does."""
        if tree is None:
            return
        by_id = {attribute(note, "id"): note for note in tree.iter(tag(name))}
        for kind, note_id in self.cited:
            if kind == name and note_id in by_id:
                text = " ".join(self._text(p).strip() for p in by_id[note_id].iter(tag("p")))
                self.assembly.add(text, "footnote")

    def _cells(self, row: Any) -> Iterator[str]:
        """A row's cells; one that goes on from the row above is empty, one that spans columns is followed by empty ones."""
        for cell in row.iter(tag("tc")):
            if not _own(cell, row):
                continue
            merged = cell.find(f"{tag('tcPr')}/{tag('vMerge')}")
            continued = merged is not None and attribute(merged, "val") in (None, "continue")
            yield "" if continued else "\n".join(self._text(p) for p in cell.iter(tag("p")))
            span = cell.find(f"{tag('tcPr')}/{tag('gridSpan')}")
            width = int(attribute(span, "val") or 1) if span is not None else 1
            yield from [""] * (min(width, 64) - 1)

    def _text(self, paragraph: Any) -> str:
        out: list[str] = []
        stack = list(reversed(paragraph))
        while stack:
            element = stack.pop()
            if element.tag in _SKIPPED or element.tag == _FALLBACK or _hidden(element):
                continue
            if element.tag in (tag("t"), _MATH_TEXT):
                out.append(element.text or "")
            elif element.tag in _CHARACTERS:
                out.append(_CHARACTERS[element.tag])
            elif element.tag in (tag("footnoteReference"), tag("endnoteReference")):
                self.cited.append(
                    (str(element.tag).rpartition("}")[2].removesuffix("Reference"), attribute(element, "id") or "")
                )
            elif element.tag == tag("sym"):
                out.append(_symbol(attribute(element, "char") or ""))
            else:
                stack.extend(reversed(element))
        return "".join(out)


def _own(inner: Any, outer: Any) -> bool:
    """Whether a row or cell belongs to this table, not to one inside it."""
    kind = outer.tag
    above = next((a for a in inner.iterancestors() if a.tag == kind), None)
    return above is outer


def _hidden(element: Any) -> bool:
    properties = element.find(tag("rPr")) if element.tag == tag("r") else None
    vanish = properties.find(tag("vanish")) if properties is not None else None
    return vanish is not None and attribute(vanish, "val") not in ("0", "false")


def _is_contents(element: Any) -> bool:
    """Whether a content control is Word's own table of contents."""
    gallery = (
        element.find(f"{tag('sdtPr')}/{tag('docPartObj')}/{tag('docPartGallery')}")
        if element.tag == tag("sdt")
        else None
    )
    return gallery is not None and "contents" in (attribute(gallery, "val") or "").lower()


def _symbol(code: str) -> str:
    """A character that Word writes by its code in a symbol font: the bullets and ticks of Wingdings."""
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else ""
