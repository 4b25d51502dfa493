"""Which sort of value a question asks for, and whether a text states one of that sort.

"多少年" is not answered by a percentage, nor "多少例" by a year: a passage that holds some number but none of the sort asked for
is a near miss.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.durations import find_durations

_PERCENT = re.compile(r"\d\s*[%％‰]|百分之|\d\s*/\s*\d{2,}|万分之")
_COUNT = re.compile(
    r"(?:\d+|[一二两三四五六七八九十百千万]+)\s*(?:余|多)?\s*(?:万\s*)?(?:例|人|名|位|种|次|线|类|项|份|条|个(?!月)|倍)"
    r"|\b(?:\d+|one|two|three|four|five|six|ten|single|first|second)[ -](?:patients?|subjects?|cases?|types?|lines?|doses?|people|diseases?)\b",
    re.IGNORECASE,
)
_DOSE = re.compile(r"\d\s*(?:vg|mg|g|μg|ug|ml|kg|iu|cells|个细胞|毫克|克)\b|10\s*\^?\s*\d", re.IGNORECASE)
_MONEY = re.compile(r"\d\s*(?:万?元|块钱)|[$¥€]\s*\d|\b(?:rmb|usd|cny)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d")

# the first row that fits decides
_ASKED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"多少钱|费用|收费|价格|报销|\bfees?\b|\bprices?\b|\bcosts?\b|how much (?:is|does|do) ", re.IGNORECASE), lambda t: bool(_MONEY.search(t))),
    (re.compile(r"百分之|多少\s*[%％]|百分比|发生率|缓解率|\bpercent|\bper cent|\bincidence\b|what (?:rate|proportion)", re.IGNORECASE), lambda t: bool(_PERCENT.search(t))),
    (re.compile(r"剂量.{0,6}(?:多少|多大|几)|(?:多少|多大|什么)剂量|多少个?细胞|/kg|\bwhat\b.{0,30}\bdose\b|\bdose (?:is|of what)\b|how many cells", re.IGNORECASE), lambda t: bool(_DOSE.search(t))),
    (re.compile(r"多久|多长时间|(?:多少|几)个?(?:年|月|周|星期|天|日|小时)|期限|时限|频率|频次|how (?:long|often|soon|frequent)|how many (?:years|months|weeks|days|hours)|time limit|deadline", re.IGNORECASE),
     lambda t: any(True for _ in find_durations(t))),
    (re.compile(r"(?:多少|几)(?:例|人|名|位|种|次|线|类|项|份|个)|样本量|how many", re.IGNORECASE), lambda t: bool(_COUNT.search(t))),
    (re.compile(r"阈值|上限|下限|界值|滴度|cut-?off|threshold|titre|titer|\blimit\b|多少|how (?:large|high|low|big)", re.IGNORECASE), lambda t: bool(_NUMBER.search(t))),
)  # fmt: skip


def asked_value(question: str) -> Callable[[str], bool] | None:
    """A test of whether a text states a value of the sort that a question asks for; None where it asks for none.

    >>> states = asked_value("AAV 载体要随访多少年？")
    >>> states("建议观察5年"), states("约80%的罕见病")
    (True, False)
    """
    return next((states for asked, states in _ASKED if asked.search(question)), None)
