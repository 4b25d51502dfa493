"""The words for the strength of a clause, the status and the date of a guideline, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Language, Status, Strength

_STRENGTH: Mapping[Strength, tuple[str, str]] = {
    "must": ("应（must）", "Required (must)"),
    "should": ("建议（should）", "Recommended (should)"),
    "encouraged": ("鼓励（encouraged）", "Encouraged"),
    "may": ("可（may）", "Possible (may)"),
    "not": ("不（not）", "No (not)"),
    "statement": ("指导原则的说法", "The guidance says"),
}
_STATUS: Mapping[Status, tuple[str, str]] = {
    "draft": ("征求意见稿", "draft for comment"),
    "trial": ("试行", "for trial implementation"),
    "final": ("正式", "final"),
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


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


def status_name(status: Status, lang: Language) -> str:
    """What a guideline's status is called.

    >>> status_name("trial", "zh"), status_name("draft", "en")
    ('试行', 'draft for comment')
    """
    return _STATUS[status][lang == "en"]


def written_date(date: str, lang: Language) -> str:
    """A date of year, month and day, of which the later may be missing, as it is written.

    >>> written_date("2021-12-31", "zh"), written_date("2024-07", "en"), written_date("2020", "en")
    ('2021 年 12 月 31 日', 'July 2024', '2020')
    """
    year, *rest = date.split("-")
    if lang == "zh":
        return " ".join(f"{int(n)} {unit}" for n, unit in zip((year, *rest), "年月日", strict=False))
    words = [str(int(n)) if at else _MONTHS[int(n) - 1] for at, n in enumerate(rest)]
    return " ".join([*reversed(words), year])
