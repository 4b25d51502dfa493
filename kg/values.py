"""Which sort of value a question asks for, whether a text states one of that sort, and the figures that a text names.

"多少年" is not answered by a percentage, nor "多少例" by a year: a passage that holds some number but none of the sort asked for
is a near miss. Nor does a figure answer that the question itself names: asked how high the lower bound of a 95% confidence
interval must be, a passage that says only "95%" is silent.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import Stemmer

from kg.durations import find_durations

States = Callable[[str], bool]
_N = r"(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千万]+)"
_TERM = rf"(?:半年|一年|季度|{_N}\s*个?[年月周天])"
_PERCENT = re.compile(
    r"\d\s*[%％‰]|百分之|[一二三四五六七八九]成|\d\s*/\s*\d{2,}|万分之|\d\s*(?:per ?cent|in \d)", re.IGNORECASE
)
_PEOPLE = re.compile(
    rf"{_N}\s*(?:余|多)?\s*(?:万\s*)?(?:例|人|名|位)"
    r"|\b(?:\d[\d,]*|one|two|three|four|five|six|ten|twelve|twenty)[ -](?:\w+[ -]){0,2}(?:patients?|subjects?|cases?|people|persons?|participants?)\b",
    re.IGNORECASE,
)
_ONE_TO_TEN = "one two three four five six seven eight nine ten single first second third twice once"
_KINDS = re.compile(r"(?:\d+|[二两三四五六七八九十百]+)\s*(?:余|多)?\s*(?:种|类|项|份|条|家|级|款|个(?!月))")
_TIMES = re.compile(rf"{_N}\s*(?:次|线|倍)")
_DOSE = re.compile(r"\d\s*(?:vg|mg|g|μg|ug|ml|kg|iu|cells|个细胞|毫克|克)\b|10\s*\^?\s*\d", re.IGNORECASE)
_MONEY = re.compile(r"\d\s*(?:万?元|块钱)|[$¥€]\s*\d|\b(?:rmb|usd|cny)\b", re.IGNORECASE)
_AGE = re.compile(rf"{_N}\s*(?:周岁|岁)|\d\s*(?:years? old|years? of age)|aged? \d", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d\s*年|\b(?:19|20)\d\d\b")
_NUMBER = re.compile(
    r"(?<![a-zA-Z])\d|(?<![a-z])(?:two|three|four|five|six|ten)(?![a-z])|[二两三四五六七八九十]+(?=分|级|个|种|线|次)"
)
_FIGURE = re.compile(
    r"(?<![a-z\d.-])\d[\d,]*(?:\.\d+)?|第[一二三四五六七八九十]+(?=批|版|章|代|部)|[一二两三四五六七八九十]+(?=个月|年|周|天|日内|例|%)"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|fifteen)(?= )",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"\bhow many ((?:[a-z-]+ ){0,2}?[a-z-]+)(?= (?:must|should|are|is|does|do|did|has|have|can|may|need|will|would|in|of|for|to|per|at)\b|\W*$)",
    re.IGNORECASE,
)
_stem = Stemmer.Stemmer("english").stemWord


def _finds(pattern: re.Pattern[str]) -> States:
    return lambda text: bool(pattern.search(text))


def _lasts(text: str) -> bool:
    return bool(find_durations(text))


def _recurs(text: str) -> bool:
    return any(duration.every for _, duration in find_durations(text))


# the first row that fits decides: how it is asked, and whether a text states one
_ASKED: tuple[tuple[str, States], ...] = (
    (r"多少钱|费用|收费|价格|报销|\bfees?\b|\bprices?\b|\bcosts?\b|how much (?:is|does|do) ", _finds(_MONEY)),
    (r"百分之[几多]|百分点|几成|多少\s*[%％]|百分比|(?:发生|缓解|患病|应答)率.{0,8}(?:多少|多高|几)|\bwhat per ?cent|\bpercentage\b"
     r"|what (?:\w+ )?(?:rate|share|proportion|incidence|orr)\b", _finds(_PERCENT)),
    (r"剂量.{0,6}(?:多少|多大|几)|(?:多少|多大|什么)剂量|多少个?细胞|/kg|(?:starting|cell|flu/cy) dose|\bdose (?:is|of what)\b"
     r"|how many cells|how much \w+ (?:should|is to) be given", _finds(_DOSE)),
    (r"几岁|年龄.{0,6}(?:多大|多少|上限|下限)|(?:what|upper|lower|minimum|maximum) age|how old", _finds(_AGE)),
    (r"何时(?:发布|生效|施行)|(?:哪年|几几年|什么时候)(?:发布|出台|发的|生效|实施)|when (?:was|were|did) .*(?:publish|issue|adopt|take effect)", _finds(_DATE)),
    (rf"(?:每隔?{_TERM}[^，。？?]{{0,6}}|{_TERM}[一1][次交报查测访评])还是|\bevery [\w-]+ (?:years?|months?|weeks?|days?) or (?:every )?", _recurs),
    (rf"{_TERM}[^，。？?每]{{0,4}}还是\s*{_TERM}", _lasts),
    (r"(?<!活)(?<!活不了)(?:多久|多长时间|(?:多少|(?<!哪)几|隔几)个?(?:年|月|周|星期|天|日|小时)).{0,4}[一1两]次|隔(?:多久|几)|频率[^，。？?]{0,4}(?:多少|多高|多大)"
     r"|多久(?:要)?(?:抽|查|采|测|评|访|更新|递交|提交)|how (?:often|frequent)|(?:what|which) frequency", _recurs),
    (r"(?<!活)(?<!活不了)多久|多长时间|(?:多少|(?<![哪过])几)个?(?:年|月|周|星期|天|日|小时)|期限|时限|how (?:long|soon)"
     r"|how many (?:years|yrs|months|weeks|days|hours)|(?:days|weeks|months|interval) between|time limit|deadline", _lasts),
    (r"(?:多少|(?<!哪)几)个?(?:例|人|名|位|病人|患者|受试者)|(?:人|例)数[^，。？?]{0,10}(?:多少|几)|样本量.{0,8}(?:多少|多大|几)|how many (?:\w+ )?(?:patients?|subjects?|people|participants?|cases?)", _finds(_PEOPLE)),
    (r"多少(?:种|类|项|份|条|家|级|款|个)|(?<![哪这那])几(?:种|类|家|级|款)", _finds(_KINDS)),
    (r"(?:多少|(?<![哪这那])几)(?:次|线|倍)|how many times", _finds(_TIMES)),
    (r"阈值|上限|下限|界值.{0,10}(?:多少|多宽|多大|几)|滴度|打几分|除以几|cut-?off|threshold|titre|titer|\blimit\b|多少|多宽|how (?:large|high|low|big|wide)", _finds(_NUMBER)),
)  # fmt: skip
_WAYS = tuple((re.compile(asked, re.IGNORECASE), states) for asked, states in _ASKED)


@lru_cache(maxsize=1_000)
def asked_value(question: str) -> States | None:
    """A test of whether a text states a value of the sort that a question asks for; None where it asks for none.

    >>> states = asked_value("AAV 载体要随访多少年？")
    >>> states("建议观察5年"), states("约80%的罕见病")
    (True, False)
    >>> asked_value("95%可信区间的下限要达到百分之多少？")("例如95%可信区间下限")
    False
    """
    sort = next((states for asked, states in _WAYS if asked.search(question)), None)
    counted = _HOW_MANY.search(question) if sort is None else None
    if counted:
        sort = _counts(_stem(counted[1].split()[-1].lower()))
    if sort is None:
        return None
    named, states = figures(question), sort
    if not named or states in (_lasts, _recurs):  # two authorities may well ask for the same time
        return states
    return lambda text: states(_FIGURE.sub(lambda m: "" if _plain(m[0]) in named else m[0], text))


def _counts(noun: str) -> States:
    """Whether an English text counts things of that name, at most three words between the number and the noun."""
    number = re.compile(rf"\b(?:\d[\d,]*|{'|'.join(_ONE_TO_TEN.split())})\b((?:\W+[a-z-]+){{1,4}})", re.IGNORECASE)
    return lambda text: any(
        noun in (_stem(w) for w in re.findall(r"[a-z-]+", m[1].lower())) for m in number.finditer(text)
    )


def figures(text: str) -> frozenset[str]:
    """The numbers that a text names, those in names of things (CD19, Claudin18.2) left out; ordinals of editions as 第二.

    >>> sorted(figures("CD19 CAR-T 随访 15 年，第二批目录，两年后"))
    ['15', '2', '第二']
    """
    return frozenset(_plain(found) for found in _FIGURE.findall(text))


_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_DIGITS = (
    {c: str(n) for n, c in enumerate("一二三四五六七八九十", 1)}
    | {word: str(n) for n, word in enumerate(_WORDS, 1)}
    | {"两": "2", "十五": "15", "fifteen": "15"}
)


def _plain(figure: str) -> str:
    return figure if figure.startswith("第") else _DIGITS.get(figure.lower(), figure.replace(",", ""))
