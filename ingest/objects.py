"""What the object region of a row of the rule table holds: concepts, or the words themselves where no concept says as much."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.actions import HEADED_BY
from ingest.making import phrase
from ingest.passages import Item, Named, Passage
from ingest.rules import Rule
from ingest.strength import modals
from ingest.wholes import completed, joined, whole
from kg.model import Concept, Label

_RISKY = re.compile(
    r"风险|反应|毒性|损伤|后果|效应|感染|偏倚|异常|失败|复杂性|下降|减少|加重|增强|失控|突变|肿瘤|不良|危害|疾病|改变$"
)
_HOW_WATCHED = re.compile(
    r"(?P<h>(?:在(?![^，]*基础)[^，。；在]{2,30}(?:期间|过程中|阶段)|(?:使用|采用)[^，。；]{4,30}方法))$"
)
_AMOUNT = re.compile(r"(?:足量|高剂量|低剂量|标准剂量)(?:的)?$")
_TOGETHER = frozenset({"primary_endpoint", "serves_as"})
# the gloss of a standard's name: 国际骨髓瘤工作组（International Myeloma Working Group, IMWG）标准
_GLOSS = re.compile(r"\s*[（(](?:[A-Za-z ,，.'-]*[,，]\s*)?(?P<short>[A-Za-z-]+)[）)]")
_TAILS = re.compile(
    r"(?:等|方面|方式|的?研究方法|方法|手段|途径|的?数据|的?信息|的?情况|的?研究|的?变化|的?治疗|的?形式之一|之一|的比例|的?成员|的?问题|标准|患者|的?人群|类药物|药物|等药物|受试者|治疗失败)$"
)
RISK_TAILS = re.compile(
    r"(?:等|的?风险|的?发生|的?增加|的?情况|形成|的可能性|的?产生|出现|数量|的?治疗|患者|，|受试者|的?人群)$"
)


def objects(rule: Rule, passage: Passage, match: re.Match[str]) -> Iterator[tuple[Concept, int]]:
    """The objects of a match and where each ends: the members of its object region, or the whole of it."""
    start, end = match.end(), passage.region_end(match.end(), lists=rule.lists)
    if rule.relation == "has_risk":
        end = min([end, *(m.start for m in modals(passage.text) if m.start >= start and passage.depths[m.start] == 0)])
    if "o" in match.re.groupindex:
        start, end = match.span("o")
        if rule.name == "caused" and passage.text[match.start() - 1 : match.start()] == "、":
            end = min([end, *(start + m.start() for m in re.finditer("、", passage.text[start:end]))])
    if rule.anywhere:
        inside = [m for m in passage.of_kinds(rule.objects) if start <= m.start and m.end <= end]
        yield from ((_with_amount(passage, m), m.end) for m in inside)
        return
    if match.groupdict().get("o") and (node := combined(rule, passage, match, "o")):
        yield node, end
        return
    for item in _items(rule, passage, start, end):
        if concept := _object(rule, passage, item):
            yield concept, item.end


def _with_amount(passage: Passage, m: Named) -> Concept:
    """The concept of a mention, or the words with the amount before them: 足量|蒽环类化疗."""
    much = _AMOUNT.search(passage.text[: m.start])
    words = phrase(passage.text[much.start() : m.end], m.concept.kind, passage.sentence.clause_id) if much else None
    return words or m.concept


def combined(rule: Rule, passage: Passage, match: re.Match[str], group: str) -> Concept | None:
    """A phrase where several things count together only: 最佳缓解率和缓解持续时间的组合."""
    words = match[group].strip()
    combined = rule.relation in _TOGETHER and re.search(r"(?:和|与|或|、|及)[^，。；]*的组合$", words)
    words = re.sub(r"^考虑(?:采用|选择|将|以)?", "", words)
    return phrase(words, "endpoint", passage.sentence.clause_id) if combined else None


def _items(rule: Rule, passage: Passage, start: int, end: int) -> Iterable[Item]:
    """The members of a match's object region, or the whole of it where the row asks for that."""
    if not rule.whole:
        tails = RISK_TAILS if rule.relation == "has_risk" else _TAILS
        return completed(passage, list(passage.items(start, end, tails)))
    if rule.lists and HEADED_BY.search(passage.text[start:end]):
        return [Item(start, end, None)]  # PK、PD 和安全性数据: what heads the list is said of all of it
    members = completed(passage, list(passage.items(start, end, _TAILS))) if rule.lists else []
    heads = [i for i in members if i.head or joined(passage, i)]
    return heads or [passage.item(start, end, _TAILS)]


def _object(rule: Rule, passage: Passage, item: Item) -> Concept | None:
    if item.head and item.head.concept.kind in rule.objects:
        return whole(passage, item)
    if not rule.phrase or (item.head and not rule.objects >= {item.head.concept.kind} and rule.phrase == ""):
        return None
    words = passage.text[item.start : item.end]
    if rule.phrase == "risk" and (
        not _RISKY.search(words)
        or re.search(r"^[A-Za-z\\s]+$|^的|措施|载体|人群|患者|受试者|机体|体内|由于", words)
        or item.start > passage.segment(item.start).end
        or len(words) > 24
    ):
        return None
    if rule.name == "monitor":  # 监测 alone says nothing; when or with what it is done does
        how = _HOW_WATCHED.search(passage.text[passage.segment(item.start).start : item.start])
        words = f"{how['h']}{words}" if how else words
    node = phrase(
        _GLOSS.sub("", words) if rule.phrase == "document" else words, rule.phrase, passage.sentence.clause_id
    )
    short = _GLOSS.sub(r"\g<short>", words.removeprefix(words.split("（")[0])) if rule.phrase == "document" else ""
    return replace(node, labels=(*node.labels, Label(short, "zh"))) if node and short else node
