"""What must, should or may be done, and by or about what: the statements that binding words make.

"申请人应根据罕见病的特性制定额外的风险控制措施" requires an action (the words behind 应) and, as the object of 制定, a concept, of
what the sentence or the headings above are about; the applicant is responsible for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

from ingest.actions import Governed, actions, governed
from ingest.limits import limits, without_link
from ingest.making import Draft, phrase
from ingest.passages import Passage
from ingest.rules import THING
from ingest.strength import Modal, encouraged_by, modals
from ingest.topics import ANYBODY, GENERIC, SETTINGS, carried, inherited, introduced, own, scene, target
from ingest.verbs import ACTION
from kg.model import Concept, Span, Strength

_USUALLY = re.compile(
    r"(?:通常|一般|原则上)(?!认为|而言|来说|考虑|药物|情况|原则|要求|会|有|是|很|更|在人|包括|定义|指|为|较|比较|与|也)"
)
_PRACTICE = re.compile(r"设置|采用|获得|开展|选择|提供|遵循")
_NOUN_PHRASE = re.compile(
    r"(?!因此|此外|同时|如|当|若|对|在|由|为|除|并|但|可|还|也|以|从|通过|根据|鼓励|建议|原则|这|该|其(?!他|它)|上述|通常|一般|尽|需)[^，。；]{3,30}(?<![也还均都并])"
)
_METHOD = re.compile(r"(?:检测|分析|评估|检查|评价)方法")
_AIM = re.compile("(?:因此|此外)?为了")
_OWNERS = frozenset({"risk", "biomarker", "population", "disease", "product", "regulatory_artifact"})
_OBLIQUE = re.compile(
    r"^(?:因此|此外|同时|而|但|且|也|还|并|故|则|其(?!他|它)|均|都|如需|必要时|在|对|由|为|除|以|从|通过|根据|基于|结合|长期随访中|尽|原则上|一般|通常|就|上市|首要|一方面|另一方面|国内外)"
)
_NEVER = re.compile(r"不应|不得|不宜|不建议|不推荐|禁止|不能以|should not|must not|shall not")
_HAPPENS = frozenset({"可能会", "有可能"})  # what may come to pass, unless somebody is said to do it
_ARISES = re.compile(r"提示|存在|发生|出现|观察到|发现")
_ABOUT = re.compile(r"(?:但|而|因此，?|此外，?|同时，?|另外，?)?(?:对于?|针对|关于)")
_SETTING = re.compile(r"(?:中|期间|过程中|阶段)(?:$|[也还均都，])")
_ABLE = re.compile(r"(?:不仅|这样)[^。；]*$")  # 不仅可以反映…: what it is able to do, not what is permitted
_RELATION: dict[Strength, str] = {
    "statement": "usually", "must": "requires", "should": "requires", "encouraged": "encourages", "may": "allows", "not": "prohibits",
}  # fmt: skip
_SO_THAT = re.compile(r"便于|以便")
_SO = re.compile(r"(?:因此|所以|故)[^，。；]{0,3}$|^\s*(?:由于|因为?(?!此)|基于|鉴于|考虑到)")
_STUDIED = frozenset({"design", "comparator"})
_ILL_OR_GIVEN = frozenset({"disease", "product"})
_EARLY = 12  # characters from a sentence's start within which its reason names whom it is about
_ACTORS = frozenset({"organisation", "population"})
_CHOICE = re.compile(r"选择|选用|参照|参考|遵循|符合")
_HOW = {"mind": "considers", "adjust": "adjusts"}


def duties(passage: Passage) -> tuple[Draft, ...]:
    """The drafts of every binding word of a sentence that governs an action, and of what is usually done; read once."""
    if "duties" not in passage.kept:
        passage.kept["duties"] = tuple(_duties(passage))
    return cast(tuple[Draft, ...], passage.kept["duties"])


def _duties(passage: Passage) -> Iterator[Draft]:
    for modal in (*modals(passage.text), *_usual(passage)):
        words = passage.text[modal.start : modal.end]
        if (
            modal.conditional
            or passage.supposes(modal.start)
            or (modal.strength == "not" and not _NEVER.fullmatch(words))
            or (words in _HAPPENS and _actor(passage, modal) is None)
            or _comes_of_it(passage, modal)
            or _is_aim(passage, modal)
            or encouraged_by(passage.text, modal)
            or (modal.strength == "may" and _ABLE.search(passage.text[: modal.start]))
        ):
            continue
        if done := list(actions(passage, modal)):
            yield from _drafts(passage, modal, done)


def _is_aim(passage: Passage, modal: Modal) -> bool:
    """Whether a word stands in what something is done for: 便于在后续试验中，可以纳入更多患者."""
    here = passage.segment(modal.start)
    opens = not passage.text[here.start : modal.start].strip()
    near = [s for s in passage.segments if s == here or (opens and s.end + 1 == here.start)]
    return any(_SO_THAT.match(s.of(passage.text).strip()) for s in near)


def _comes_of_it(passage: Passage, modal: Modal) -> bool:
    """Whether 可以 opens a segment behind a duty, and so says what comes of it: 应建立监测计划，可以及时记录不良事件."""
    opens = not passage.text[passage.segment(modal.start).start : modal.start].strip()
    before = [m.strength for m in modals(passage.text) if m.end < modal.start and not m.conditional]
    return opens and passage.text.startswith("可以", modal.start) and before[-1:] == ["must"]


def _usual(passage: Passage) -> Iterator[Modal]:
    """通常 and 一般 before an action, where no other word binds it: a practice, stated and not prescribed."""
    for match in _USUALLY.finditer(passage.text):
        segment = passage.segment(match.start())
        if not any(segment.start <= m.start < segment.end for m in modals(passage.text)):
            verb = _PRACTICE.search(passage.text, match.end(), segment.end)
            at = verb.start() if verb else match.end()
            yield Modal(at, at, "statement", passage.supposes(match.start()))


def _drafts(passage: Passage, modal: Modal, done: Sequence[Span]) -> Iterator[Draft]:
    about = _subjects(passage, modal, done)
    condition = _matter(passage, modal, about)
    for nth, (subject, name, explicit) in enumerate(about):
        for g in (g for action in _of_subject(passage, subject, done) for g in governed(passage, action)):
            if name and _CHOICE.match(g.verb):  # who chooses an endpoint is not responsible for it
                continue
            if g.how and (
                modal.strength == "not" or (name and g.how in _HOW) or (g.choice and modal.strength == "must")
            ):
                continue
            relation = _relation(passage, modal, g)
            owners = _owners(passage, g) if g.how else []
            for owner in owners if nth == 0 else ():
                if owner not in (subject, g.node):
                    yield Draft("duty-of", relation, owner, g.node, modal.start, g.end, modal.strength)
            if owners and not explicit:
                continue
            if _done_to(passage, subject, g) or (modal.strength == "must" and _contradicts(subject, passage, modal, g)):
                continue
            if _worth(subject, g.node, explicit, nth == 0) and (g.how or explicit or nth == 0 or name):
                yield Draft("duty" if explicit else "duty-above", name or relation, subject, g.node, modal.start, g.end, modal.strength,
                            modal.strength == "not", condition, _whom(passage, subject, g))  # fmt: skip


def _whom(passage: Passage, subject: Concept, g: Governed) -> str:
    """The words that say which of the people an action is for, where its object does not repeat them: 对接受基因治疗的|受试者."""
    if not g.how or subject.kind != "population":
        return ""
    found = re.search(r"对(?P<t>[^，。；对]{2,40}?)(?:进行|开展|实施)", passage.text[: g.end])
    return found["t"] if found and "的" in found["t"] and found["t"].endswith(subject.label("zh")) else ""


def _done_to(passage: Passage, subject: Concept, g: Governed) -> bool:
    """Whether an action takes its subject, which an earlier condition names, as its object: 将 X 纳入既往治疗要求."""
    words = g.node.label("zh")
    names = [x.text for x in subject.labels if x.lang == "zh"] + [x.text for x in subject.labels if x.lang == "en"]
    taken = re.match(r"(?:将|把)\s*(?P<t>[^，。；]+?)(?:纳入|作为|列入)", words)
    return bool(taken) and not g.how and any(same(taken["t"], n) for n in names) if taken else False


def same(a: str, b: str) -> bool:
    """Whether two wordings differ in spaces only."""
    return re.sub(r"\s", "", a) == re.sub(r"\s", "", b)


def _contradicts(subject: Concept, passage: Passage, modal: Modal, g: Governed) -> bool:
    """Whether what is about the time after marketing is asked for before it: 在上市前应完善 X."""
    before = passage.text[passage.segment(modal.start).start : modal.start]
    last = passage.segment(g.end)
    later = last.start > modal.start and bool(re.search(r"在上市后|上市后[应需]", passage.text[last.start : g.end]))
    return "上市后" in subject.label("zh") and "上市前" in before and not later


def _of_subject(passage: Passage, subject: Concept, done: Sequence[Span]) -> Sequence[Span]:
    """The actions that are about a subject: where one of them names it (在 DSUR 中总结…), that one only."""
    naming = [
        action for action in done
        if any(m.concept == subject and action.start <= m.start < action.end for m in passage.mentions)
    ]  # fmt: skip
    before = any(m.concept == subject and m.end <= done[0].start for m in passage.mentions)
    return done if before or not naming else naming


def _matter(passage: Passage, modal: Modal, about: Sequence[tuple[Concept, str, bool]]) -> str | None:
    """The matter that 对于 sets and no concept names, where only the headings supply the subject: it limits the duty."""
    first = passage.segments[0]
    if any(explicit and not name for _, name, explicit in about) or first.end > modal.start:
        return None
    words = first.of(passage.text).strip()
    matter = words if _ABOUT.match(words) and passage.stretch(modal.start).start <= first.end else None
    limit = limits(passage, modal.start)
    if matter and limit and without_link(matter) in limit:
        return limit
    return "，".join(x for x in (matter, limit) if x) if matter else None


def _relation(passage: Passage, modal: Modal, g: Governed) -> str:
    if g.how in _HOW or (g.how == "weighed" and modal.strength in ("must", "should")):
        return _HOW.get(g.how, "considers")
    return "requires" if "需" in passage.text[modal.start : modal.end] else _RELATION[modal.strength]


def _owners(passage: Passage, g: Governed) -> list[Concept]:
    """Whose thing a governed object is: 特殊人群用药的研究, 克隆性生长的评估, 预存抗体和抗药抗体的伴随诊断."""
    head = next((m for m in passage.mentions if m.concept == g.node and g.end - 6 <= m.end <= g.end), None)
    out: list[Concept] = []
    edge = head.start if head else 0
    for m in reversed([m for m in passage.of_kinds(_OWNERS) if m.end < edge]):
        if re.fullmatch(
            r"\s*(?:、|和|及|或)\s*" if out else r"(?:用药)?的[^，。；的]{0,4}", passage.text[m.end : edge].strip()
        ):
            out.append(m.concept)
            edge = m.start
        elif not out:
            continue
        else:
            break
    return out


def _worth(subject: Concept, obj: Concept, explicit: bool, first: bool) -> bool:
    """Whether a pair says something: not of itself, nor an action that its inherited subject already names."""
    if subject.iri == obj.iri:
        return False
    words = obj.label("zh")
    inside = max((len(x.text) for x in subject.labels if x.role != "hidden" and x.text in words), default=0)
    return explicit or obj.findable or not inside or (first and len(words) - inside > 8)


def _subjects(passage: Passage, modal: Modal, done: Sequence[Span]) -> list[tuple[Concept, str, bool]]:
    """The topics of a duty, whom it is done to, and what the headings are about, each with the relation's name where it is
    not the usual one and whether the sentence itself names it; last the actor, who is responsible."""
    actor = _actor(passage, modal)
    explicit = _explicit(passage, modal, actor)
    done_to = bool(re.search("对|^将", done[0].of(passage.text).strip()))
    named = target(passage, done[0].start, done[0].end, THING)
    patient = named if named and done_to else (*named, *_risk_at_hand(passage, modal))
    if patient and done_to and not own(passage, modal.start, THING | {"duration"}):
        explicit = tuple(c for c in explicit if c.kind != "risk")  # 在出现不良反应时，应对材料进行更新: of the material
    out = [(c, "", done_to or c in explicit or c.kind == "population") for c in dict.fromkeys((*explicit, *patient))]
    if not (actor and actor.kind == "population") and not (patient and done_to and not explicit):
        above = _above(passage, modal) if not explicit else _in_setting(passage, modal, explicit)
        out += [(c, "", False) for c in above if c not in (*explicit, *patient)]
    if actor:
        out.append((actor, "" if actor.kind == "population" else "responsible_for", True))
    return out


def _explicit(passage: Passage, modal: Modal, actor: Concept | None) -> tuple[Concept, ...]:
    """What the sentence itself names as the topic of a duty. A mere setting (安全性, 样本量 in a condition) is none, nor is
    患者 beside a name that tells which."""
    aim = _AIM.match(passage.segment(modal.start).of(passage.text).strip())
    found = () if aim else own(passage, modal.start, THING | {"duration"}) or _unnamed(passage, modal)
    if not found:
        said_by = actor is not None and actor.kind == "organisation" and modal.strength not in ("should", "encouraged")
        carry = introduced if said_by else carried
        found = tuple(c for c in carry(passage, modal.start, THING) if c.iri not in SETTINGS)
    found = tuple(c for c in found if c.iri not in ANYBODY) or found
    papers = [m for m in passage.mentions if m.concept in found and m.concept.kind == "regulatory_artifact"]
    return tuple(c for c in found if not any(_belongs(passage, c, paper.start) for paper in papers)) or found


def _belongs(passage: Passage, c: Concept, place: int) -> bool:
    """Whether a product only says of what a document behind it is: CAR-T 细胞治疗产品申报上市的风险管理计划."""
    last = max((m.end for m in passage.mentions if m.concept == c and m.end <= place), default=-1)
    return c.kind == "product" and last >= 0 and not re.search("[、和及或与，；]", passage.text[last:place])


def _above(passage: Passage, modal: Modal) -> Sequence[Concept]:
    """What the paragraph, the headings and the title are about, the product or disease among them."""
    loose = SETTINGS | ANYBODY
    above = (
        *_reason(passage, modal),
        *scene(passage, THING),
        *inherited(passage, THING - {"endpoint"}, loose),
        *(() if scene(passage, _STUDIED) else inherited(passage, frozenset({"product", "disease"}))),
    )
    beside = passage.text.startswith("除上述")  # what stands beside the heading's matter is not about it
    return tuple(dict.fromkeys(c for c in above if c.iri not in loose and not (beside and c.kind == "design")))


def _reason(passage: Passage, modal: Modal) -> tuple[Concept, ...]:
    """Whose need the sentence gives as its reason: 罕见疾病单病种患者少，因此鼓励建立患者登记系统."""
    text = passage.text[: modal.start]
    if not _SO.search(text):
        return ()
    early = [m for m in passage.of_kinds(_ILL_OR_GIVEN) if m.end <= modal.start and m.start <= _EARLY]
    return tuple(m.concept for m in early[:1] if m.concept.iri not in ANYBODY)


def _in_setting(passage: Passage, modal: Modal, explicit: Sequence[Concept]) -> Sequence[Concept]:
    """The product or disease above, where the sentence names only a setting: 长期随访中应关注脱靶风险."""
    ends = [m.end for m in passage.mentions if m.concept in explicit and m.end <= modal.start]
    words = passage.text[max(ends) : modal.start] if ends and explicit[-1].kind == "procedure" else ""
    return inherited(passage, frozenset({"product", "disease"})) if _SETTING.match(words) else ()


def _actor(passage: Passage, modal: Modal) -> Concept | None:
    """Who acts: the organisation or the patients right before the modal, or right behind 建议 and 鼓励."""
    called = [m.concept for m in passage.mentions if m.concept.kind in _ACTORS and _called(passage, modal, m.start)]
    near = called or [
        m.concept for m in passage.of_kinds(_ACTORS)
        if passage.segment(modal.start).start <= m.start
        and m.end <= modal.start <= m.end + 14 and m.concept.kind == "organisation"
    ]  # fmt: skip
    return near[-1] if near else None


def _called(passage: Passage, modal: Modal, place: int) -> bool:
    """Whether what stands at a place is whom 建议 or 鼓励 addresses."""
    return (
        modal.strength in ("should", "encouraged")
        and not passage.text[modal.end : place].strip()
        and place >= modal.end
    )


def _risk_at_hand(passage: Passage, modal: Modal) -> tuple[Concept, ...]:
    """The risk that a supposition before the modal speaks of: 如果…提示存在 R 风险，应… is a duty in face of R."""
    supposed = [s for s in passage.segments if s.end <= modal.start and passage.supposes(s.start)]
    if not supposed or not _ARISES.search(passage.text[supposed[0].start : modal.start]):
        return ()
    risks = [m for m in passage.of_kinds(frozenset({"risk"})) if supposed[0].start <= m.start and m.end <= modal.start]
    named = [m.concept for m in risks if m.concept.iri not in GENERIC]
    return tuple(named[-1:])


def _unnamed(passage: Passage, modal: Modal) -> tuple[Concept, ...]:
    """The words before a modal in its segment, where no concept names them: 检测方法的敏感度…应经过验证."""
    segment = passage.segment(modal.start)
    words = re.sub(r"(?:通常|一般)$", "", passage.text[segment.start : modal.start].strip())
    if (
        words.endswith(("后", "前", "时"))
        or _OBLIQUE.match(words)
        or (ACTION.match(words) and not _METHOD.match(words))
        or not _NOUN_PHRASE.fullmatch(words)
        or passage.is_condition(segment)
    ):
        return ()
    if any(
        segment.start <= m.start and m.end <= modal.start for m in passage.mentions if m.concept.kind == "organisation"
    ):
        return ()
    node = phrase(words, "procedure" if "方法" in words else "condition", passage.sentence.clause_id)
    return (node,) if node else ()
