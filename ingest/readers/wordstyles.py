"""What a Word paragraph looks like: its style with what it is based on, its outline level, its place in a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])")
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d*|toc heading|table of figures|图表目录")
_BODY_LEVEL = 9
_USUAL_SIZE = 11.0


def tag(name: str) -> str:
    """A WordprocessingML name with its namespace."""
    return _W + name


def attribute(element: Any, name: str) -> str | None:
    """The value of a WordprocessingML attribute."""
    value = element.get(_W + name)
    return None if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Look:
    """`level` is the outline level from 1, 0 for text; `list_id` and `depth` say which list and how deep, "0" for none."""

    name: str
    level: int
    list_id: str
    depth: int
    contents: bool
    hidden: bool

    @property
    def listed(self) -> bool:
        return self.list_id not in ("", "0")


class Styles:
    """The style sheet of a document."""

    def __init__(self, tree: Any) -> None:
        elements = [] if tree is None else list(tree.iter(tag("style")))
        self._styles = {attribute(e, "styleId") or "": e for e in elements if attribute(e, "type") == "paragraph"}
        self._default = next((i for i, e in self._styles.items() if attribute(e, "default") == "1"), "")

    def look(self, paragraph: Any) -> Look:
        """How a paragraph looks: its own properties first, then its style's, then those of the styles below that."""
        chain = [paragraph, *self._chain(_value(paragraph, "pPr/pStyle") or self._default)]
        names = [(_value(e, "name") or "").lower() for e in chain[1:]]
        outline = next((v for e in chain if (v := _value(e, "pPr/outlineLvl")) is not None), None)
        named = next((int(m[1]) for n in names if (m := _HEADING.fullmatch(n))), 0)
        level = int(outline) + 1 if outline and outline.isdecimal() and int(outline) < _BODY_LEVEL else named
        list_id = next((v for e in chain if (v := _value(e, "pPr/numPr/numId")) is not None), "")
        depth = next((v for e in chain if (v := _value(e, "pPr/numPr/ilvl")) is not None), "0")
        contents = any(_CONTENTS.fullmatch(n) for n in names)
        name = names[0] if names else ""
        vanish = paragraph.find("/".join(map(tag, ("pPr", "rPr", "vanish")))) is not None and not list(
            paragraph.iter(tag("t"))
        )
        return Look(name, min(level, _BODY_LEVEL), list_id, int(depth) if depth.isdecimal() else 0, contents, vanish)

    def set_off(self, paragraph: Any) -> float:
        """The size in points of a paragraph that is bold throughout, as headings without a style are; 0 for others."""
        runs = [r for r in paragraph.iter(tag("r")) if any((t.text or "").strip() for t in r.iter(tag("t")))]
        chain = self._chain(_value(paragraph, "pPr/pStyle") or self._default)
        styled = any(_bold(style) for style in chain)
        if not runs or not all(styled if (own := _bold(run)) is None else own for run in runs):
            return 0.0
        sizes = (_value(e, "rPr/sz") for e in (*runs, *chain))
        half = next((size for size in sizes if size and size.isdecimal()), "")
        return int(half) / 2 if half else _USUAL_SIZE

    def _chain(self, style_id: str) -> list[Any]:
        """A style and those that it is based on; a circle ends where it closes."""
        chain: list[Any] = []
        seen: set[str] = set()
        while style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            chain.append(self._styles[style_id])
            style_id = _value(self._styles[style_id], "basedOn") or ""
        return chain


def _bold(element: Any) -> bool | None:
    """Whether a run or a style is bold, None where it does not say."""
    found = element.find("/".join(map(tag, ("rPr", "b"))))
    return None if found is None else attribute(found, "val") not in ("0", "false", "none")


def _value(element: Any, path: str) -> str | None:
    found = element.find("/".join(tag(name) for name in path.split("/")))
    return None if found is None else attribute(found, "val")
