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

__all__ = ["EN", "LIBRARY_EN", "LIBRARY_WORDS", "LIBRARY_ZH", "TEXTS", "ZH", "LibraryWords", "Texts"]
