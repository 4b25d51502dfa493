"""What must, should or may be done: the verb phrase behind a modal, as an action and as the concepts that it governs.

"申请人应根据罕见病的特性制定额外的风险控制措施" requires an action (the words behind 应) and, as the object of 制定, a concept. A
purpose (以…, 从而…) is no duty. 可能 before a verb of effect (可能影响) is no permission.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.making import Draft, phrase
from ingest.passages import Passage
from ingest.rules import THING
from ingest.strength import Modal, modals
from ingest.topics import GENERIC, carried, inherited, own, scene, subjects, target
from kg.model import Concept, Span, Strength

_VERBS = (
    "经过|开展|采用|使用|应用|设置|设计|建立|提供|制定|进行|开发|选择|选用|选取|纳入|入组|递交|提交|执行|采取|遵循|参照|参考|符合|关注|监测|评估|检测|收集|获得|获取"
    "|探索|探求|考虑|明确|说明|记录|报告|告知|更新|修订|优化|完善|分析|确定|确保|总结|注意|沟通|讨论|征求|保持|保证|保障|利用|接受|了解|观察|随访|避免|限定|限制|减少|降低|提高|强化"
    "|延长|缩短|停止|暂停|撰写|培训|结合|给予|成立|序贯|调整|比较|证明|支持|验证|重视|贯穿|落实|增设|尝试|注重|加强|补充|描述|预防|处理|对应|实现|确认|识别|控制|采集|指导|覆盖"
    "|建议|放宽|参与|鼓励|量化|做出|实施|反映|设定|生产|定义|中止|缩小|添加|规划|确证|对照|充分|密切|积极|及时|审慎|合理|基于|根据|通过|针对|按照|从|在|就|对|与|向|将|以|由|首先|定期|继续|直接|同时|尽可能|尽早|尽快|尽量|适时|提前|预先"
)
_ACTION = re.compile(_VERBS)
_GOVERNING = re.compile(
    r"(?:开展|采用|使用|应用|设置|建立|提供|制定|进行|开发|选用|选择|递交|提交|执行|采取|遵循|参照|参考|符合|关注|监测|检测|收集|获得|纳入|探索|限定|放宽|撰写|成立|增设|更新|修订|完善|接受|给予|利用|考虑|强化|设计|避免|明确|重视|避免使用)"
    r"(?:和|或|并)?(?:完善|应用|评估)?(?!的)"
)
_MAY_ACT = re.compile(r"采用|选择|开展|调整|评估|将|基于|根据|设定|作为|使用|参考|交叉接受|避免")
_MAY_HAPPEN = re.compile(r"发生|发展为|出现|导致|影响|产生|引起|存在|干扰|表现|增加(?!随访)|逐渐|危及|传播|难以")
_EFFECT = re.compile(r"^(?:会|也|还|仅|将)?(?:进一步)?(?:影响|导致|引起|产生|增加|诱发|引发|发生|出现|存在|降低疗效|干扰|提示|带来|造成|改变|无法|难以|难|逐渐|来源|从不|反映|具有|有|是|受|传播|对(?!照)|与|在(?!整)|让|不|使|更|因|由于|给患者|显示|预见|从治疗|继续使用|随着|适用|根据产品的存在|需要较|需要一)")
_ACTOR = re.compile(r"^\s*(?:(?:建议|鼓励)?(?:研究)?(?:申请人|申办方|研究者|上市许可持有人|监管机构|药品注册申请人|患者(?!登记|报告|访谈)|受试者)(?:或研究者)?)")
_USUALLY = re.compile(r"(?:通常|一般|原则上)(?!认为|而言|来说|考虑|药物|情况|原则|要求|会|有|是|很|更|在人|包括|定义|指|为|较|比较|与|也)")
_PRACTICE = re.compile(r"设置|采用|获得|开展|选择|提供|遵循")
_NOUN_PHRASE = re.compile(r"(?!因此|此外|同时|如|当|若|对|在|由|为|除|并|但|可|还|也|以|从|通过|根据|鼓励|建议|原则|这|该|其|上述|通常|一般|尽|需)[^，。；]{3,30}(?<![也还均都并])")
_PURPOSE = re.compile(r"^\s*(?:以(?!及|下|上)|从而|进而|使|为|确保|如|例如|这样|其|该|而|但|或|包括|用于|即|可见|此后)")
_BREAK = re.compile(r"(?<=[^所])以(?!及|上|下|内|外|便|此|患者|适应症|另)|以便|从而|用于|来(?=[证评确])|直至|并(?!发|用)|且|而|后(?=续)|，|,|（|\(|的同时|确保")
_TAILS = re.compile(r"(?:等|方面|方式|方法|手段|途径|的?相关要求|的?要求|的?内容|情况|的具体内容|的?数据|的?信息|工作|的?开发|的?应用|的?研究|的?管理|的?审评|的?治疗|的?证据|的?特征|的?规定|的?推荐|或更新|资料|类药物|等措施|规划)$")
_OWNERS = frozenset({"risk", "biomarker", "population", "disease", "product", "regulatory_artifact"})
_RELATION: dict[Strength, str] = {
    "statement": "usually", "must": "requires", "should": "requires", "encouraged": "encourages", "may": "allows", "not": "prohibits",
}  # fmt: skip


def duties(passage: Passage) -> Iterator[Draft]:
    """The drafts of every binding word of a sentence that governs an action, and of what is usually done."""
    for modal in (*modals(passage.text), *_usual(passage)):
        if modal.conditional:
            continue
        actions = list(_actions(passage, modal, passage.segment(modal.start)))
        if actions:
            yield from _drafts(passage, modal, actions)


def _usual(passage: Passage) -> Iterator[Modal]:
    """通常 and 一般 before an action, where no other word binds it: a practice, stated and not prescribed."""
    for match in _USUALLY.finditer(passage.text):
        segment = passage.segment(match.start())
        if not any(segment.start <= m.start < segment.end for m in modals(passage.text)):
            verb = _PRACTICE.search(passage.text, match.end(), segment.end)
            at = verb.start() if verb else match.end()
            yield Modal(at, at, "statement", passage.supposes(match.start()))


def _drafts(passage: Passage, modal: Modal, actions: Sequence[Span]) -> Iterator[Draft]:
    relation = "requires" if "需" in passage.text[modal.start : modal.end] else _RELATION[modal.strength]
    for nth, (subject, name, explicit) in enumerate(_subjects(passage, modal, actions)):
        for action in actions:
            for obj, end in _objects(passage, action):
                if nth == 0 and obj.findable and (owner := _owner(passage, obj, end)) and owner not in (subject, obj):
                    yield Draft("duty-of", relation, owner, obj, modal.start, end, modal.strength)
                if _worth(subject, obj, explicit) and (obj.findable or explicit or nth == 0 or name):
                    yield Draft("duty", name or relation, subject, obj, modal.start, end, modal.strength,
                                negated=modal.strength == "not")  # fmt: skip


def _actions(passage: Passage, modal: Modal, segment: Span) -> Iterator[Span]:
    """The verb phrase behind a modal, and those of the next segments that it still governs."""
    others = [m.start for m in modals(passage.text) if m.start >= modal.end]
    text = passage.text
    start = modal.end + len(m[0]) if (m := _ACTOR.match(text[modal.end : segment.end])) else modal.end
    end = min([segment.end, *(o for o in others if o < segment.end)])
    words = text[start:end].strip()
    said = text[modal.start : modal.end]
    effect = "可能" in said and "需" not in said and (_MAY_HAPPEN.search(words) or not _MAY_ACT.search(words))
    if effect or not (_ACTION.match(_light(words)) or "考虑" in said) or not words:
        return
    yield Span(start, end)
    for following in (s for s in passage.segments if s.start >= segment.end):
        words = following.of(text).strip()
        if text[following.start - 1] not in "，," or any(following.start <= o < following.end for o in others):
            return
        if re.match(r"针对|如(?!果)|例如", words):
            continue
        if _PURPOSE.match(words) or not _ACTION.match(_light(words)) or passage.is_condition(following):
            return
        yield following


def _light(words: str) -> str:
    """The words without the adverbs that may stand before a verb."""
    return re.sub(r"^(?:并|同时|且|也|还|均|都|再|更|仍|先|能|即|始终|额外|格外|应|适当|持续|主动|切实|广泛|高度|优先|一并|必要时|更|充分|或)+", "", words.strip())


def _subjects(passage: Passage, modal: Modal, actions: Sequence[Span]) -> list[tuple[Concept, str, bool]]:
    """The topics of a duty, whom it is done to, and what the headings are about, each with the relation's name where it is
    not the usual one and whether the sentence itself names it; last the actor, who is responsible."""
    actor = _actor(passage, modal)
    explicit = own(passage, modal.start, THING | {"duration"}) or carried(passage, modal.start, THING)
    explicit = explicit or _unnamed(passage, modal)
    patient = (*target(passage, actions[0].start, actions[0].end, THING), *_risk_at_hand(passage, modal))
    above = (*inherited(passage, THING), *inherited(passage, frozenset({"product", "disease"})))
    before = subjects(passage, modal.start, THING) if not explicit else ()
    before = (*before, *scene(passage, THING))
    out = [(c, "", True) for c in dict.fromkeys((*explicit, *patient))]
    out += [(c, "", False) for c in dict.fromkeys((*before, *above)) if c not in (*explicit, *patient)]
    if actor:
        out.append((actor, "" if actor.kind == "population" else "responsible_for", True))
    return out


def _risk_at_hand(passage: Passage, modal: Modal) -> tuple[Concept, ...]:
    """The risk that a supposition before the modal speaks of: 如果…提示存在 R 风险，应… is a duty in face of R."""
    supposed = [s for s in passage.segments if s.end <= modal.start and passage.supposes(s.start)]
    if not supposed:
        return ()
    risks = [m for m in passage.of_kinds(frozenset({"risk"})) if supposed[0].start <= m.start and m.end <= modal.start]
    named = [m.concept for m in risks if m.concept.iri not in GENERIC]
    return tuple(named[-1:])


def _unnamed(passage: Passage, modal: Modal) -> tuple[Concept, ...]:
    """The words before a modal that opens a sentence, where no concept names them: 检测方法的敏感度…应经过验证."""
    first = passage.segments[0]
    words = passage.text[first.start : modal.start].strip()
    if not first.start <= modal.start <= first.end or not _NOUN_PHRASE.fullmatch(words):
        return ()
    if any(m.end <= modal.start for m in passage.mentions if m.concept.kind == "organisation"):
        return ()
    node = phrase(words, "procedure" if "方法" in words else "condition", passage.sentence.clause_id)
    return (node,) if node else ()


def _actor(passage: Passage, modal: Modal) -> Concept | None:
    """Who acts: the organisation or the patients right before the modal, or right behind 建议 and 鼓励."""
    near = [
        m.concept for m in passage.of_kinds(frozenset({"organisation", "population"}))
        if passage.segment(modal.start).start <= m.start
        and (m.end <= modal.start <= m.end + 14 and m.concept.kind == "organisation" or modal.end <= m.start <= modal.end + 1)
    ]  # fmt: skip
    return near[-1] if near else None


def _owner(passage: Passage, obj: Concept, end: int) -> Concept | None:
    """Whose thing a governed object is: 特殊人群用药的研究, 克隆性生长的评估, 预存抗体和抗药抗体的伴随诊断."""
    head = next((m for m in passage.mentions if m.concept == obj and m.end <= end and m.end >= end - 6), None)
    if head is None:
        return None
    owners = [
        m.concept for m in passage.of_kinds(_OWNERS)
        if m.end < head.start and re.fullmatch(r"(?:用药)?的[^，。；的]{0,4}", passage.text[m.end : head.start].strip())
    ]  # fmt: skip
    return owners[-1] if owners else None


def _worth(subject: Concept, obj: Concept, explicit: bool) -> bool:
    """Whether a pair says something: not of itself, nor an action that its inherited subject already names."""
    if subject.iri == obj.iri:
        return False
    words = obj.label("zh")
    return explicit or obj.findable or not any(x.text in words for x in subject.labels if x.role != "hidden")


def _objects(passage: Passage, action: Span) -> Iterator[tuple[Concept, int]]:
    """The action itself, verbatim, and the heads of what its verbs govern."""
    text = action.of(passage.text)
    words = re.sub(r"^\s*(?:(?:并|且|同时|还|也|再|仍|均)+(?!列)|通过(?=[^，。；]{2,30}(?:等方式|等方法|限定))?)", "", text)
    if node := phrase(words, "condition", passage.sentence.clause_id):
        yield node, action.end
    for verb in _GOVERNING.finditer(text):
        start = action.start + verb.end()
        cut = _BREAK.search(passage.text[start : action.end])
        end = start + cut.start() if cut else action.end
        for item in passage.items(start, end, _TAILS):
            if item.head:
                yield item.head.concept, item.end
