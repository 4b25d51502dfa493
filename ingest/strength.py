"""How binding a sentence is, from its deontic wording.

The order of the table is the rule: what forbids or discourages comes before what obliges, and an obligation before an
advice. Words that only look deontic (适应症, 相应, 反应, 应答 hold 应; 必要时 holds 必) are taken out first.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.model import Strength

_NOT_DEONTIC = re.compile(
    r"(?:适|反|响|效|对|相|供|顺|呼|因|感)应(?!当)|应(?:答|用|激|对|急|力|届)|必要时|如?需(?:要)?）|需求|所需|刚需|可(?:及|行|能性|靠|比|操作|追溯|预测|重复|接受|识别|测|视|逆|控)|不可(?:或缺|预测|逆|接受)"
    r"|许可|认可|可疑|建议和推荐|(?:的|相关|上述|有关)建议|推荐(?:剂量|意见)|相应推荐|能够|可信|可获得"
)

_RULES: tuple[tuple[Strength, re.Pattern[str]], ...] = (
    (
        "not",
        re.compile(
            r"不应|不得|不宜|不建议|不推荐|(?:通常|一般|原则上)?不纳入|避免使用|不适合采用|禁止|不能以|不视为|不要求"
            r"|\b(?:should|shall|must|may|can)\s*not\b|\bnot recommended\b|\bcannot\b"
        ),
    ),
    (
        "must",
        re.compile(
            r"必须|应当|应该|须|应|(?<![无不])需要?(?!求)|要求"
            r"|\b(?:shall|must|is required|are required|should|has to|have to|needs? to)\b"
        ),
    ),
    (
        "should",
        re.compile(r"建议|推荐|宜|有必要|优先|首选|\b(?:recommend(?:s|ed)?|advis(?:ed|able)|preferred)\b"),
    ),
    ("encouraged", re.compile(r"鼓励|提倡|\bencourag(?:ed|es?)\b")),
    ("may", re.compile(r"可以?|可能|允许|\b(?:may|might|can|could|consider(?:ed)?)\b")),
)
_ENGLISH_SHOULD = re.compile(r"\bshould\b")


@lru_cache(maxsize=10_000)
def strength_of(text: str) -> Strength:
    """The strength of a sentence: must, should, encouraged, may, not, or statement where no wording binds."""
    cleaned = _NOT_DEONTIC.sub("＿", text)
    for strength, pattern in _RULES:
        if match := pattern.search(cleaned):
            return "should" if _ENGLISH_SHOULD.fullmatch(match[0]) else strength
    return "statement"
