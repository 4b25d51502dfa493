"""What an English reading must keep of a Chinese sentence: how binding it is, its bounds, numbers, units and short forms.

`STRENGTH_WORDS` is the one table of how binding words are rendered; readings are written by it and checked by it. A word
that only looks binding (反应, 适应症, 相应, 应答 hold 应; 需求 holds 需; 许可 holds 可) is taken out by the row's own pattern.
`BOUNDS` does the same for limits, `UNITS` for what a number counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.text import fold


@dataclass(frozen=True, slots=True)
class Wording:
    """A row: the Chinese pattern, its name, what a reading must hold for it, and the word to use by preference.

    `backwards` is what must stand in the Chinese when the English says `english`: a reading must not bind more than its
    source does.
    """

    name: str
    chinese: re.Pattern[str]
    english: re.Pattern[str]
    preferred: str
    backwards: re.Pattern[str] | None = None


def _row(name: str, chinese: str, english: str, preferred: str, backwards: str = "") -> Wording:
    back = re.compile(backwards) if backwards else None
    return Wording(name, re.compile(chinese), re.compile(rf"\b(?:{english})\b", re.IGNORECASE), preferred, back)


STRENGTH_WORDS: tuple[Wording, ...] = (
    _row("必须", r"(?<!无)(?<!不)必须", r"must", "must", r"必须|务必|不得|禁止|严禁"),
    _row(
        "不应",
        r"不应(?!答)|不得|不宜",
        r"(?:should|shall|must|may)\s+not(?!\s+only)|not be",
        "should not",
        r"不|无|未|非",
    ),
    _row(
        "应",
        r"(?<![适反响效对相供顺呼因感不])应(?:当|该)?(?![答用激对急力届变])",
        r"should|shall",
        "should",
        r"应|须|宜|当|建议",
    ),
    _row("须", r"(?<![必无])须", r"should|shall|must", "should"),
    _row("需", r"(?<![无不所刚])需(?!求)", r"needs?|needed|requires?|required", "needs to / is needed"),
    _row("有必要", r"(?<!没)有必要", r"necessary", "it is necessary"),
    _row("建议", r"建议", r"recommend\w*|suggest\w*|advis\w*|comments?", "it is recommended", ""),
    _row("推荐", r"推荐", r"recommend\w*", "is recommended", r"推荐|建议"),
    _row("鼓励", r"鼓励", r"encourag\w*", "is encouraged", r"鼓励|提倡"),
    _row(
        "可能",
        r"可能(?!预见)",
        r"may|might|possibl[ey]|possibility|possibilities|potential\w*|(?:un)?likely|likelihood",
        "may",
    ),
    _row(
        "可",
        r"(?<![许认不])可(?:以|考虑)?(?![能及行靠比疑操追预重接识测视逆控获信否代])",
        r"may|can|could|able|possible|\w+[ai]ble",
        "may (can where it means ability)",
    ),
    _row("不纳入", r"不纳入", r"not (?:be )?(?:included|enrolled)|not includ\w+|exclud\w+", "is not included"),
)

BOUNDS: tuple[Wording, ...] = (
    _row("至少", r"至少", r"at least", "at least", r"至少|不少于|不低于|不短于|以上|≥|不小于"),
    _row(
        "不超过",
        r"不超过",
        r"no more than|not more than|not exceed\w*",
        "no more than",
        r"不超过|不多于|最多|至多|以内|≤|不高于",
    ),
    _row(
        "不短于",
        r"不短于",
        r"no less than|not less than|no shorter than",
        "no less than",
        r"不短于|不少于|不低于|不小于",
    ),
    _row("不少于", r"不少于", r"no fewer than|no less than|not (?:less|fewer) than|at least", "no fewer than"),
    _row("不低于", r"不低于", r"no less than|no lower than|not (?:less|lower) than|at least", "no less than"),
    _row("最多", r"(?:最|至)多(?!的|见|发)", r"at most|up to|no more than", "at most"),
)

UNITS: tuple[tuple[str, str], ...] = (
    ("周岁|岁", r"years?|aged?"),
    ("年", r"years?|annual\w*|(?:19|20)\d\d"),
    ("个月", r"months?"),
    ("周|星期", r"weeks?"),
    ("天", r"days?"),
    ("小时", r"hours?|h"),
    ("分钟", r"minutes?|min"),
)
_COUNTED = re.compile(
    r"(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九十]+)\s*(?P<u>周岁|岁|年|个月|周|星期|天|小时|分钟)(?![龄代度期])"
)
_LATIN_UNIT = re.compile(r"(?<=[\d\s])(mg|kg|μg|ug|ml|mL|g|L|IU|vg|cells?)(?![A-Za-z])|[%％‰]")
_SHORT = re.compile(r"(?<![A-Za-z])[A-Z]{2,}(?![a-z])")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_GROUPED = re.compile(r"(?<=\d)[, ](?=\d{3}(?!\d))")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
FOREIGN = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+|</?[A-Za-z][^>]*>|```|\]\(", re.ASCII)


def strength_faults(zh: str, en: str) -> Iterator[str]:
    """Binding words and bounds of the source that the reading loses, and those that it adds."""
    for row in (*STRENGTH_WORDS, *BOUNDS):
        there = row.chinese.search(zh)
        if there and not row.english.search(en):
            yield f"{row.name} is not rendered ({row.preferred})"
        if row.backwards and not row.backwards.search(zh) and (said := row.english.search(en)):
            yield f"“{said[0]}” is stronger than the source says"


def number_faults(zh: str, en: str) -> Iterator[str]:
    """Numbers that the reading loses, and numbers that it makes up."""
    said = _numbers(en) | {str(n) for n, month in enumerate(_MONTHS, 1) if month in en}
    said |= {number.removesuffix("0000") for number in said}  # 14 万 is 140,000
    for number in sorted(_numbers(zh) - said):
        yield f"the number {number} is missing"
    for number in sorted(_numbers(en) - _numbers(zh) - set(_spelled(zh))):
        yield f"the number {number} is not in the source"


def unit_faults(zh: str, en: str) -> Iterator[str]:
    """Units, of time and of measure, that the reading loses."""
    for match in _COUNTED.finditer(zh):
        unit = next(english for chinese, english in UNITS if re.fullmatch(chinese, match["u"]))
        if not re.search(rf"\b(?:{unit})\b", en, re.IGNORECASE):
            yield f"the unit of {match[0]} is missing"
    for symbol in sorted({m[0] for m in _LATIN_UNIT.finditer(fold(zh))}):
        if symbol not in fold(en) and not (symbol == "%" and "per cent" in en.replace("percent", "per cent")):
            yield f"the unit {symbol} is missing"


def short_form_faults(zh: str, en: str) -> Iterator[str]:
    """Abbreviations that the reading loses."""
    for short in sorted({m[0] for m in _SHORT.finditer(zh)}):
        if short not in en:
            yield f"the abbreviation {short} is missing"


def form_faults(zh: str, en: str) -> Iterator[str]:
    """Chinese that is left, and what no reading of this sentence can hold: addresses, markup, a text of another length."""
    if left := [run for run in _CHINESE.findall(en) if run != "万"]:
        yield f"Chinese is left: {left[0]}"
    for found in sorted({m[0] for m in FOREIGN.finditer(en)} - {m[0] for m in FOREIGN.finditer(zh)}):
        yield f"{found!r} is not in the source"
    if not en.strip():
        yield "is empty"
    elif not 0.4 * len(zh) - 10 <= len(en) <= 9 * len(zh) + 60:
        yield f"has {len(en)} characters for {len(zh)} of the source"


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(_GROUPED.sub("", fold(text))))


def _spelled(zh: str) -> Iterator[str]:
    """The numbers that Chinese numerals and 万 stand for: 三个月 is 3 months, 14 万 is 140,000."""
    for match in re.finditer(r"(\d+(?:\.\d+)?)\s*万", zh):
        yield f"{float(match[1]) * 10_000:.0f}"
    for digit in re.findall(r"[一二两三四五六七八九十]", zh):
        yield str("零一二三四五六七八九十".find(digit) if digit != "两" else 2)
