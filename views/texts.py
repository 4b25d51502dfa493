"""Every word of the interface: one table a language, none with a word missing."""

from __future__ import annotations

from kg.model import Language
from views.texts_en import EN
from views.texts_zh import ZH
from views.wording import Texts

TEXTS: dict[Language, Texts] = {"zh": ZH, "en": EN}

__all__ = ["EN", "TEXTS", "ZH", "Texts"]
