"""What a clause is called: its part of an id and the label that it is cited by, from its marker and the clauses above."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.numbering import LETTERS, Marker
from kg.model import Clause

_WORD, _WORD_END = re.compile(r"[A-Z0-9]"), re.compile(r"[A-Za-z0-9]$")
_FULL_WIDTH = str.maketrans("()．.", "（）..")
_CHINESE = {"bullet": "第{}点", "table": "表{}", "footnote": "脚注{}", "note": "注{}"}
_ENGLISH = {"bullet": "point {}", "table": "table {}", "footnote": "note {}", "note": "note {}"}
_LETTERS_OF_STYLES = {"soft": "h", "caption": "f", "table": "t"}


class Labels:
    """Names clauses in the language of their document. `count` gives the next number for a key."""

    def __init__(self, slug: str, *, english: bool, count: Callable[[str], int]) -> None:
        self._slug, self._count = slug, count
        self._words = _ENGLISH if english else _CHINESE

    def numbered(self, marker: Marker, parent: Clause | None, above: Marker | None) -> tuple[str, str]:
        """Id part and label of a numbered clause: `5` and `三、2.（5）`; `above` is the parent's marker."""
        mark = marker.label.translate(_FULL_WIDTH)
        label = parent.label if parent else ""
        if marker.prefix and parent:
            label = _without_prefix(label, parent.marker.translate(_FULL_WIDTH), mark, above)
        gap = " " if _WORD_END.search(label) and _WORD.match(mark) else ""
        continues = above is not None and above.path == marker.path[: len(above.path)]
        lone = marker.prefix and marker.path[0] > LETTERS and not continues
        return mark.strip(".") if lone else marker.id_part, label + gap + mark

    def counted(self, style: str, parent: Clause | None, title: str) -> tuple[str, str]:
        """Id part and label of a clause without a number: a bullet, a soft heading, a caption, a table."""
        above, key = (parent.label, parent.id) if parent else ("", self._slug)
        if style == "bullet":
            nth = self._count(f"{key}/bullets")
            return f"b{nth}", f"{above} {self._words['bullet'].format(nth)}"
        letter = _LETTERS_OF_STYLES.get(style, "p")
        nth = self._count(f"{key}/{letter}")
        return f"{letter}{nth}", f"{above} {title or self._words.get(style, '').format(nth)}".strip()

    def footnote(self, nth: int) -> str:
        return self._words["footnote"].format(nth)

    def note(self, nth: int) -> str:
        return self._words["note"].format(nth)


def _without_prefix(label: str, own: str, mark: str, above: Marker | None) -> str:
    """The label above a dotted number without what the number says again: 3.2 of 3.2.1, Appendix A of A.1."""
    if above and above.style == "annex" and re.search(rf"\b{re.escape(mark[0])}\W*$", own):
        return ""
    number = own.rstrip(" .、:：")
    goes_on = number and re.match(rf"{re.escape(number)}(?:\.|[a-z]\b)", mark)
    return label.removesuffix(own.rstrip(" :：")) if goes_on else label
