"""The verb phrase behind a modal: where it ends, what it governs, and by what relation.

A purpose (以…, 从而…) is no part of it; 可能 before a verb of effect (可能影响) is no action at all. What one does something with
(开展 X, 采用 X) is required; what one looks at (考虑 X, 监测 X) is considered; what one changes (放宽 X, 限定 X) is adjusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.making import phrase
from ingest.passages import Passage
from ingest.strength import Modal, encouraged_by, modals, permits_means
from ingest.verbs import ACTION
from ingest.wholes import shared, unresolved, whole
from kg.model import Concept, Span

_DO = (
    "开展|采用|使用|应用|设置|建立|提供|制定|进行|开发|选用|(?<!剂量)(?<!终点)(?<!治疗)选择|递交|提交|执行|采取|遵循|参照|参考|符合|收集|获得|纳入|撰写"
    "|成立|探索(?!性)|增设|完善|给予|利用|强化|设计|经过"
)
_MIND = "考虑(?!开发|采用|以|将|给予|直接|在|对|基于|通过|增设|是否)|关注|注意|重视|监测|检测|评估|观察"
_ADJUST = "限定|放宽|调整|修改|更新|修订|缩短|延长|优化"
_GOVERNING = re.compile(
    rf"(?<!避免)(?:(?P<do>{_DO})|(?P<mind>{_MIND})|(?P<adjust>{_ADJUST}))(?:和|或|并)?(?:完善|应用|评估)?(?!的|与|为(?!期))"
)
_WORK = frozenset(
    {"procedure", "design", "regulatory_artifact", "comparator", "product", "document", "organisation", "dose", "endpoint",
     "duration", "biomarker", "quantity"}
)  # fmt: skip
_LOOKED_AT = frozenset(
    {
        "risk",
        "biomarker",
        "endpoint",
        "procedure",
        "design",
        "population",
        "disease",
        "condition",
        "dose",
        "product",
        "regulatory_artifact",
    }
)
_EMPTY = frozenset(
    {
        "urn:guidegraph:concept:efficacy",
        "urn:guidegraph:concept:safety",
        "urn:guidegraph:concept:dose",
        "urn:guidegraph:concept:guideline",
        "urn:guidegraph:concept:clinical-practice-guideline",
        "urn:guidegraph:concept:clinical-trial",
        "urn:guidegraph:concept:clinical-trial-protocol",
        "urn:guidegraph:concept:data-quality",
    }
)
HEADED_BY = re.compile(r"(?:、|和|或|及)[^，。；]*?(?:等?的[^的，。；]{2,6}|数据|资料|信息|结果|经验|证据)\s*$")
_MECHANISM = re.compile(
    r"减少|反映|限制|提高|降低|体现|支持|提供[^，]*信息|对应|与[^，]{2,20}相?结合|识别|诱导|产生|导致|覆盖|影响|体现|表达|通过释放|以是|不同"
)
_VAGUE = re.compile(
    r"(?:下列|以下|如下|前述)(?:关键)?(?:因素|几点|条件|方面|内容|途径)|^(?:考虑|注意)$|^\s*在[^，。]{2,24}(?:前|后|中|时|期间|阶段|之初)\s*$"
)
_TIME = re.compile(r"在[^，。；]{2,30}?(?:之前|之后|过程中|期间|[前后时])")
# how it is done, not what is done: 根据产品的特点, 通过文献等方法, 在此基础上
_HOW = re.compile(
    r"(?:[，,\s]*(?:(?:通过|根据|基于|结合|按照|针对)[^，。；]*?(?:研究|分析|方法|方式|途径|手段|特点|特征|特性|进展|现状|类型|原则|要求|因素|情况|信息|方面|数据|原理|机制|分期|关系)等?"
    r"|在[^，。；]*(?:基础上|前提下)|在(?:(?!开展|进行)[^，。；])*(?:研究|试验|阶段)中?))+"
)
_TOO_LITTLE = re.compile(r".{1,3}|.*与[^，]{2,12}相关|在[^，。；]*(?:基础上|前提下)")
_DONE = re.compile(r"(?:进行|开展|采用|获得|建立)了")
_MAY_ACT = re.compile(r"采用|选择|开展|调整|评估|将|基于|根据|设定|作为|使用|参考|交叉接受|避免")
_MAY_HAPPEN = re.compile(r"发生|发展为|出现|导致|影响|产生|引起|存在|干扰|表现|增加(?!随访)|逐渐|危及|传播|难以")
_ACTOR = re.compile(
    r"^\s*(?:(?:建议|鼓励)?(?:研究)?(?:申请人|申办方|研究者|上市许可持有人|监管机构|药品注册申请人|患者(?!登记|报告|访谈)|受试者)(?:或研究者)?)"
)
_PURPOSE = re.compile(r"^\s*(?:以(?!及|下|上)|从而|进而|使|为|确保|如|例如|这样|其|该|而|但|或|包括|用于|即|可见|此后)")
_BREAK = re.compile(
    r"(?<=[^所])以(?!及|上|下|内|外|便|此|患者|适应症|另)|以便|从而|用于|来(?=[证评确预])|直至|并(?!发|用)|且|而|后(?=续)|，|,|（|\(|的同时|确保|作为|不纳入"
)
_TAILS = re.compile(
    r"(?:等|方面|方式|方法|手段|途径|的?相关要求|的?要求|的?内容|情况|的具体内容|工作|的?开发|的?应用|的?研究|的?管理|的?审评|的?治疗|的?特征|的?规定|的?推荐|或更新|资料|类药物|等措施|规划)$"
)
_INHIBITED = re.compile(r"\s*[（(][^（()）]*[）)]\s*抑制剂")  # 布鲁顿酪氨酸激酶（BTK）抑制剂: not the kinase
# heads that are not asked for as such: 确保每位受试者都进行 X, 首先在 A 中开展 X, 开发量表，并进行 X, 直接开展 X
_TELLS_NO_HEAD = re.compile(r"是否|确保|保证|首先|先$|直接|，并$")
_LEVEL = re.compile(r"在[^，]{1,8}(?:水平|层面)上?(?=[^，]{4})")
_PLACED = re.compile(r"在[^，]{2,24}中(?=充分|进行|开展|采用|了解|评估|探索)|对[^，]{2,24}进行[^，]{2,}$")
_OF_THIS_KIND = re.compile(r"(?:这|该|此)(?:种|类)类型的")
_EITHER = re.compile(r"(?<!和/)(?<!或)或者?(?!缺|有)")
_OR_ELSE = re.compile(r"\s*(?:[（(][^（()）]*[）)])?\s*或者?(?!缺|有|更新|调整)")
_BARE_MEANS = re.compile(
    r"[，,\s]*(?:同时|并)?(?:通过[^。；]*等(?:研究|分析|方法|方式|途径|手段)(?:[，,]\s*并[^，。；]{2,20})?|(?:按照|根据|基于|结合)(?:(?!确定|评估|选择|设计|制定|开展|采用|判断|调整|考虑|设定)[^，。；])*)$"
)
_PREFERS = frozenset({"优先"})
_BODY = re.compile(r"(?:成立|设立|组建|建立)[^，。；]*(?:小组|委员会|工作组|团队)[，,]\s*$")
_GOES_WITH = (
    (re.compile(r"提供[^，。；]*(?:数据|证据|依据|资料|信息)$"), re.compile(r"以(?:支持|证明|说明|证实)")),
    (re.compile(r"(?:沟通|讨论|交流|沟通交流)$"), re.compile(r"(?:以)?(?:明确|确定|商定)")),
    (
        re.compile(r"(?:考虑|关注|记录|明确|说明)[^，。；]+$"),
        re.compile(
            r"(?!并|或|且|从而|以|如|例如|包括|在|对|为|确保|其)[^，。；]*(?:和|以及|及)[^，。；]*(?:影响|特征|情况|信息|程度)等?$"
        ),
    ),
    (re.compile(r"(?:开发|建立|设计|制定)"), re.compile(r"并(?:进行|加以|予以)[^，。；的]{2,8}$")),
)
_LIGHT = re.compile(
    r"^(?:并|同时|且|也|还|均|都|再|更|仍|先|能|即|始终|额外|格外|应|适当|持续|密切|进一步|格外|综合|全面|深入|主动|切实|广泛|高度|优先|一并|必要时|充分|或)+"
)


@dataclass(frozen=True, slots=True)
class Governed:
    """What an action comes to: a node, where it ends, and how it is governed ('' for the action itself)."""

    node: Concept
    end: int
    how: str = ""
    verb: str = ""  # the verb that governs it
    choice: bool = False  # one of several that a 或 joins: not it, but one of them is asked for


def actions(passage: Passage, modal: Modal) -> Iterator[Span]:
    """The verb phrase behind a modal, and those of the next segments that it still governs; words that only say how
    (通过文献等方法) are joined to the action that they introduce."""
    held: Span | None = None
    for span in _spans(passage, modal):
        whole = Span(held.start, span.end) if held else span
        held = whole if _HOW.fullmatch(re.sub("^(?:同时|并|且)+", "", whole.of(passage.text).strip())) else None
        if not held:
            yield whole
    if held and not _BARE_MEANS.match(held.of(passage.text).strip()):  # means without the action that they are for
        yield held


def _spans(passage: Passage, modal: Modal) -> Iterator[Span]:
    text, segment = passage.text, passage.segment(modal.start)
    others = [
        m.start for m in modals(text)
        if m.start >= modal.end and not encouraged_by(text, m) and not _in_modifier(passage, m) and not _so_that(text[modal.end : m.start], m)
    ]  # fmt: skip
    start = modal.end + len(m[0]) if (m := _ACTOR.match(text[modal.end : segment.end])) else modal.end
    end = min([segment.end, *(o for o in others if o < segment.end)])
    if not _acts(text[modal.start : modal.end], text[start:end].strip()):
        return
    if text[modal.start : modal.end] in _PREFERS:
        start = modal.start
    first, rest = _extended(passage, Span(start, end))
    yield first
    means = permits_means(text, modal)
    for following in rest:
        words = following.of(text).strip()
        if text[following.start - 1] not in "，," or any(following.start <= o < following.end for o in others):
            return
        if re.match(r"针对|如(?!果)|例如|(?:提高|降低|减少|达到|简化|保护)", words):
            continue
        condition = passage.is_condition(following) and not (_LEVEL.match(words) or _PLACED.match(words))
        if _ends_with_body(text[start : following.start]) or (means and not words.startswith("并")):
            return
        if _PURPOSE.match(words) or not ACTION.match(_LIGHT.sub("", words)) or condition:
            return
        yield following


def _extended(passage: Passage, action: Span) -> tuple[Span, list[Span]]:
    """An action with the segments without which it says too little: 提供数据，以支持 X; 与监管机构沟通，明确 X; 开发量表，并进行验证;
    and the segments behind it."""
    rest = [s for s in passage.segments if s.start >= action.end]
    while rest and rest[0].start == action.end + 1 and passage.text[action.end] in "，,":
        said, words = action.of(passage.text).strip(), rest[0].of(passage.text).strip()
        if not any(before.search(said) and after.match(words) for before, after in _GOES_WITH):
            break
        action = Span(action.start, rest.pop(0).end)
    return action, rest


def _ends_with_body(words: str) -> bool:
    """Whether words end with a body that is set up, who then does what follows: 成立评估小组，讨论安全性问题."""
    return bool(_BODY.search(words))


def _so_that(between: str, modal: Modal) -> bool:
    """Whether 不纳入 goes on with the means before it: 可通过限定入排标准|不纳入高风险人群."""
    return modal.strength == "not" and bool(re.fullmatch(r"\s*通过[^，。；]{2,20}", between))


def _in_modifier(passage: Passage, modal: Modal) -> bool:
    """Whether a 可能 stands in a relative clause, where it does not end the action around it: 不纳入可能产生毒性的人群."""
    rest = passage.text[modal.end : passage.segment(modal.start).end]
    return passage.text[modal.start : modal.end].startswith("可能") and "的" in rest


def _acts(said: str, words: str) -> bool:
    """Whether the words behind a modal are an action; behind 可能 they must be one that somebody chooses."""
    if not words or _DONE.search(words) or (said.endswith(("可", "可以")) and _MECHANISM.match(words)):
        return False
    if "可能" in said and "需" not in said and (_MAY_HAPPEN.search(words) or not _MAY_ACT.search(words)):
        return False
    return bool(ACTION.match(_LIGHT.sub("", words))) or "考虑" in said


def governed(passage: Passage, action: Span) -> Iterator[Governed]:
    """The action itself, verbatim, and the heads of what its verbs govern."""
    text = action.of(passage.text)
    words = re.sub(r"^\s*(?:(?:并|且|同时|还|也|再|仍|均)+(?!列))", "", text)
    words = _resolved(passage, words, action.start)
    node = phrase(re.sub(r"(?:以外|之外)$", "", words), "condition", passage.sentence.clause_id)
    if node and not (_VAGUE.search(words) or unresolved(words) or _TOO_LITTLE.fullmatch(node.label("zh"))):
        yield Governed(node, action.end)
    times = [m.span() for m in _TIME.finditer(text)]
    for verb in _GOVERNING.finditer(text):
        before = text[: verb.start()]
        if any(start <= verb.start() < end for start, end in times) or _TELLS_NO_HEAD.search(before):
            continue
        start = action.start + verb.end()
        cut = _BREAK.search(passage.text[start : action.end])
        end = start + cut.start() if cut else action.end
        weighed = "考虑" in text[: verb.start()] and verb.lastgroup == "do"
        nominal = verb.lastgroup == "mind" and _LIGHT.sub("", text[: verb.start()].strip())
        if not nominal and "是否" not in passage.text[start:end]:
            for found in _heads(passage, start, end, verb):
                if before.endswith("通过"):  # by 限定入排标准: the change is the means
                    yield from _means(passage, found, action.start + verb.start())
                else:
                    yield replace(found, how="weighed") if weighed else found
            if verb.lastgroup == "do":
                yield from _watched(passage, start, action.end if passage.text[end : end + 1] in tuple("（(") else end)


def _resolved(passage: Passage, words: str, place: int) -> str:
    """Words with what 这种类型的 points to in the words before: 进行这种类型的监测 is 进行克隆增生等的监测."""
    points = _OF_THIS_KIND.search(words)
    if not points:
        return words
    verb, noun = words[: points.start()].strip(), re.escape(words[points.end() :].strip())
    named = re.findall(rf"{re.escape(verb)}([^，。；]{{2,40}}?的{noun})", passage.text[:place]) if verb else []
    return f"{verb}{named[-1]}" if named else words


def _means(passage: Passage, found: Governed, start: int) -> Iterator[Governed]:
    if node := phrase(passage.text[start : found.end], found.node.kind, passage.sentence.clause_id):
        yield replace(found, node=node, how="do")


def _watched(passage: Passage, start: int, end: int) -> Iterator[Governed]:
    """What an action on a noun of watching looks at: 开展可复制性病毒（RCR）的检测 is a test for the virus."""
    text = passage.text[start:end]
    if noun := re.search(r"(?:等)?的(?:监测|检测|观察|评估|分析)$", text):
        bare = re.sub(r"\s*[（(][^（()）]*[）)]\s*$", "", text[: noun.start()])
        for item in passage.items(start, start + len(bare), _TAILS):
            if item.head and item.head.concept.kind in ("risk", "biomarker", "endpoint"):
                yield Governed(item.head.concept, end, "mind")


def _heads(passage: Passage, start: int, end: int, verb: re.Match[str]) -> Iterator[Governed]:
    how = verb.lastgroup or "do"
    headed = HEADED_BY.search(passage.text[start:end])
    items = [passage.item(start, end, _TAILS)] if headed else list(passage.items(start, end, _TAILS))
    items = shared(passage, items)
    choice = len([i for i in items if i.head]) > 1 and bool(
        _EITHER.search(passage.text[items[0].start : items[-1].end])
    )
    for item in items:
        if (
            item.head
            and item.head.concept.iri not in _EMPTY
            and not _INHIBITED.match(passage.text, item.head.end)
            and not (how == "adjust" and "要求" in passage.text[item.head.end : item.end])
            and not (item.head.concept.kind == "organisation" and passage.text[start - 2 : start] == "选择")
            and item.head.concept.kind in (_WORK if how == "do" else _LOOKED_AT)
        ):
            node = whole(passage, item) or item.head.concept
            yield Governed(node, item.end, how, verb[0], choice or bool(_OR_ELSE.match(passage.text, item.end)))
