"""The words for the strength of a clause, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Language, Strength

_STRENGTH: Mapping[Strength, tuple[str, str]] = {
    "must": ("应（must）", "Required (must)"),
    "should": ("建议（should）", "Recommended (should)"),
    "encouraged": ("鼓励（encouraged）", "Encouraged"),
    "may": ("可（may）", "Possible (may)"),
    "not": ("不（not）", "No (not)"),
    "statement": ("指导原则的说法", "The guidance says"),
}


def strength_words(strength: Strength, lang: Language) -> str:
    """How an answer says the strength.

    >>> strength_words("must", "en")
    'Required (must)'
    """
    return _STRENGTH[strength][lang == "en"]


def strength_name(strength: Strength, lang: Language) -> str:
    """The strength by itself, where several stand beside each other.

    >>> strength_name("statement", "zh"), strength_name("must", "zh")
    ('陈述', '应（must）')
    """
    return ("陈述", "statement")[lang == "en"] if strength == "statement" else strength_words(strength, lang)
