"""Every word of the interface: one table a language, none with a word missing."""

from __future__ import annotations

from kg.model import Language
from views.texts_en import EN
from views.texts_library_en import LIBRARY_EN
from views.texts_library_zh import LIBRARY_ZH
from views.texts_zh import ZH
from views.wording import Texts
from views.wording_library import LibraryWords

TEXTS: dict[Language, Texts] = {"zh": ZH, "en": EN}
LIBRARY_WORDS: dict[Language, LibraryWords] = {"zh": LIBRARY_ZH, "en": LIBRARY_EN}

__all__ = ["EN", "LIBRARY_EN", "LIBRARY_WORDS", "LIBRARY_ZH", "TEXTS", "ZH", "LibraryWords", "Texts", "counted"]


def counted(words: str, number: int) -> str:
    """A number in words, one or many: "{} place|s" has what is added for many behind the bar, where a language adds any.

    >>> counted("{} place|s", 1), counted("{} place|s", 1411)
    ('1 place', '1,411 places')
    """
    one, _, more = words.partition("|")
    return one.format(f"{number:,}") + (more if number != 1 else "")
