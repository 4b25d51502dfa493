"""When a concept found inside a longer phrase says less than the phrase: then the phrase is the object, not the concept.

更加严格的随访监测 is not 随访, 前瞻性队列研究 is more than 队列研究, and 这种类型的监测 tells nothing where nobody says which. What only
praises (合理的, 科学可行的) limits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.making import phrase
from ingest.passages import Item, Named, Passage
from kg.model import Concept

_QUALIFIES = re.compile(
    r"更(?!新|好)|较(?=[高大低小长短多少强])|最(?!小化|大化|终)|额外|仅|唯一|永久|潜在|前瞻|回顾|足量|充足|强制|难以|[^，。；]{2,}其他|[^，。；]{2,}(?:承诺|要求)的"
)
_IN_NAME = re.compile(r"前瞻|回顾|永久|潜在|强制|增强|足量|额外|更加?|健康成[人年]|上市后|儿童|老年")
_POINTS = re.compile(
    r"(?:这|该|此)(?:种|类)类型的|这些[^，。；]|上述(?=标准|因素|问题|内容)|该(?:器官|部位|组织|系统|问题)"
)
_JOINT = re.compile(r"\s*(?:[、和及与或]|以及|等)?\s*")
_BARE = re.compile(
    r"(?:持续|密切|定期|及时)?(?:监测|检测|观察|评估|随访|处理|分析|分析评估|检查|评价|管理|收集|记录|报告)|(?:实际|具体)情况|情况|程度|发生率|内容|结构"
)


def qualified(passage: Passage, item: Item) -> bool:
    """Whether words before the head of an item limit what the head names."""
    if item.head is None:
        return False
    before = re.split(r"(?:例如|比如|如(?!果))", passage.text[item.start : item.head.start])[-1]
    return bool(_QUALIFIES.search(before)) or _named_loosely(passage, item.head)


def _named_loosely(passage: Passage, head: Named) -> bool:
    """Whether a name in the text limits what the concept it is taken for does not: 前瞻性队列研究, taken for 队列研究."""
    preferred = head.concept.label("zh")
    said = _IN_NAME.search(passage.text[head.start : head.end])
    return said is not None and said[0] not in preferred


def shared(passage: Passage, items: Sequence[Item]) -> list[Item]:
    """Two members of a list as one, where what limits the first limits the second too: 更频繁的疗效评价与安全性监测."""
    if len(items) != 2 or not qualified(passage, items[0]) or items[1].head is None:
        return list(items)
    first, last = items
    plain = items[1].head.start == last.start and "的" in passage.text[first.start : items[1].head.start]
    return [Item(first.start, last.end, first.head)] if plain else [first, last]


def completed(passage: Passage, items: Sequence[Item]) -> list[Item]:
    """The members of a list, the bare ones joined to the one that says of what: 不良事件的收集、处理、随访, 预期时间及发生率."""
    out: list[Item] = []
    for item in items:
        last = out[-1] if out else None
        words = passage.text[item.start : item.end].strip()
        near = last and _JOINT.fullmatch(passage.text[last.end : item.start])
        if last and near and bare(words) and "的" in passage.text[last.start : last.end]:
            out[-1] = Item(last.start, item.end, None)
        else:
            out.append(item)
    return out


def joined(passage: Passage, item: Item) -> bool:
    """Whether an item is one to which a bare one was joined."""
    return bool(
        re.search(rf"的[^，。；]+(?:、|和|及|与|或)\s*(?:{_BARE.pattern})$", passage.text[item.start : item.end])
    )


def whole(passage: Passage, item: Item) -> Concept | None:
    """The concept that an item names, or the item verbatim, of the concept's kind, where other words limit it."""
    if item.head is None:
        return None
    if not qualified(passage, item):
        return item.head.concept
    return phrase(
        re.sub("等$", "", passage.text[item.start : item.end]), item.head.concept.kind, passage.sentence.clause_id
    )


def unresolved(words: str) -> bool:
    """Whether words point at something that they do not name.

    >>> unresolved("密切监测该器官功能"), unresolved("参考该产品的临床数据")
    (True, False)
    """
    return bool(_POINTS.search(words))


def bare(words: str) -> bool:
    """Whether words name an activity or an attribute without saying of what.

    >>> bare("监测"), bare("克隆性生长的监测")
    (True, False)
    """
    return bool(_BARE.fullmatch(words))
