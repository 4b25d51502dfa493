"""A fake of kg.assistant.Assistant: four questions it knows, over texts quoted from the corpus."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.entries import Term
from kg.errors import QuestionError, SnapshotError
from kg.model import (
    Answer,
    AnswerStatus,
    Citation,
    Concept,
    Label,
    Language,
    Metadata,
    Question,
    Related,
    Span,
    Step,
    Strength,
)
from kg.model import Path as GraphPath
from kg.scope import EVERYWHERE, Scope
from kg.suggestions import Role

LTFU, RGT, RARE, CART, RMP = (
    "gene-therapy-long-term-follow-up-2021", "rare-disease-gene-therapy-2023-draft",
    "rare-disease-drug-development-2021", "car-t-lymphoid-malignancies-2024-draft", "car-t-risk-management-plan",
)  # fmt: skip
HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)> AAV 随访多久？"
SNAPSHOT = "sha256:3f9a41d07be2c1" + "0" * 50

_HEADS = ("二、基因治疗产品长期随访临床研究设计", "（二）长期随访观察的考虑要素")
_LEAD = "长期随访的持续时间应确保足以观察到受试者因产品特性、暴露情况（生物分布和给药途径）等导致的风险，应不短于迟发性不良反应的预期发生时间。"
_LENTI = "具有基因组整合活性的载体（例如 γ -逆转录病毒和慢病毒载体）和转座子元件建议观察不短于 15 年。"
_AAV = "腺相关病毒载体建议观察 5 年或至数据表明不再存在任何风险。"
_CHANGE = "如果研究申办方认为其基因治疗产品安全性风险较低、无需开展长期随访临床研究，或者希望变更随访时间，应合理说明依据或变更理由并与药品监督管理部门进行沟通。"
CLAUSE = "\n".join((_LEAD, "一般而言，针对不同类型的基因治疗产品建议如下：", _LENTI, _AAV, _CHANGE))
OTHER = "可根据产品特征和疾病信息制定长期随访计划。有关长期随访的临床试验技术评价具体内容要求建议参考相关指导原则。"
DOSE = "如果基因治疗产品单次给药的基因表达或疗效随时间降低，可考虑重复给药。"


@dataclass(frozen=True, slots=True)
class FakeShelf:
    slug: str
    metadata: Metadata
    clauses: int = 40
    statements: int = 120


@dataclass(frozen=True, slots=True)
class FakePassage:
    label: str
    title: str
    heading: tuple[str, ...]
    document: str
    text: str
    translation: str | None
    lines: tuple[int, int]


def _meta(zh: str, en: str, **rest: Any) -> Metadata:
    return Metadata(zh, en, "国家药品监督管理局药品审评中心", "zh", **rest)


LIBRARY = (
    FakeShelf(CART, _meta("嵌合抗原受体 T 细胞治疗淋巴血液系统恶性肿瘤临床试验技术指导原则（征求意见稿）",
        "Technical Guideline for Clinical Trials of Chimeric Antigen Receptor T Cells in Lymphoid Haematological Malignancies (Draft for Comment)",
        status="draft", issued="2024-07")),
    FakeShelf(RMP, _meta("CAR-T 细胞治疗产品申报上市临床风险管理计划技术指导原则",
        "Technical Guideline for the Clinical Risk Management Plan in Marketing Applications for CAR-T Cell Therapy Products")),
    FakeShelf(LTFU, _meta("基因治疗产品长期随访临床研究技术指导原则（试行）",
        "Technical Guideline for Long-Term Follow-Up Clinical Studies of Gene Therapy Products (Trial Implementation)",
        status="trial", issued="2021-12")),
    FakeShelf(RARE, _meta("罕见疾病药物临床研发技术指导原则",
        "Technical Guideline for the Clinical Development of Drugs for Rare Diseases", status="final", issued="2021-12-31")),
    FakeShelf(RGT, _meta("罕见病基因治疗产品临床试验技术指导原则（征求意见稿）",
        "Technical Guideline for Clinical Trials of Gene Therapy Products for Rare Diseases (Draft for Comment)",
        status="draft", issued="2023-09")),
)  # fmt: skip

PASSAGES = {
    f"{LTFU}#2.2.3": FakePassage(
        "二、（二）3.", "长期随访的观察时间", (*_HEADS, "3.长期随访的观察时间"), LTFU, CLAUSE, None, (96, 112)
    ),
    f"{RGT}#3.5": FakePassage(
        "三、5.", "安全性评价", ("三、临床试验设计要点", "5.安全性评价"), RGT, OTHER, None, (195, 197)
    ),
    f"{RGT}#3.3": FakePassage(
        "三、3.", "给药方案", ("三、临床试验设计要点", "3.给药方案"), RGT, DOSE, None, (147, 148)
    ),
}


def cite(quote: str, mark: str, strength: Strength, english: str | None, clause_id: str = f"{LTFU}#2.2.3") -> Citation:
    passage = PASSAGES[clause_id]
    start = 5000 + passage.text.index(quote)
    at = start + quote.index(mark)
    return Citation(
        passage.document, clause_id, passage.label, passage.heading, quote,
        Span(start, start + len(quote)), (104, 105), strength, english, 0.91, (Span(at, at + len(mark)),),
    )  # fmt: skip


def _path(product: tuple[str, str], relation: str, duration: tuple[str, str], sentence: str) -> GraphPath:
    clause = f"urn:guidegraph:clause:{LTFU}#2.2.3"
    return GraphPath(
        (
            Step(f"urn:guidegraph:concept:{product[0]}", "recommended_follow_up", f"urn:guidegraph:duration:{duration[0]}",
                 (product[1], relation, duration[1])),
            Step(f"urn:guidegraph:duration:{duration[0]}", "stated_in", clause, (duration[1], "出处", "二、（二）3.")),
        ),
        sentence,
    )  # fmt: skip


AAV_PATH = _path(("aav-vector", "腺相关病毒载体"), "建议随访", ("P5Y", "5 年"),
                 "腺相关病毒载体 —建议随访→ 5 年 —出处→ 条款 二、（二）3.")  # fmt: skip
BROAD_PATH = GraphPath(
    (
        Step("urn:guidegraph:concept:aav-vector", "broader", "urn:guidegraph:concept:viral-vector", ("腺相关病毒载体", "属于", "病毒载体")),
        Step("urn:guidegraph:concept:viral-vector", "has_risk", "urn:guidegraph:concept:delayed-adverse-event", ("病毒载体", "有风险", "迟发性不良反应")),
        Step("urn:guidegraph:concept:delayed-adverse-event", "monitored_by", "urn:guidegraph:concept:long-term-follow-up", ("迟发性不良反应", "监测方式", "长期随访")),
        Step("urn:guidegraph:concept:long-term-follow-up", "stated_in", f"urn:guidegraph:clause:{LTFU}#2.2.3", ("长期随访", "出处", "二、（二）3.")),
        Step("urn:guidegraph:concept:aav-vector", "mentioned_in", f"urn:guidegraph:clause:{LTFU}#2.2.3", ("腺相关病毒载体", "提及", "二、（二）3.")),
    ),
    "腺相关病毒载体属于病毒载体；病毒载体有迟发性不良反应的风险，以长期随访监测，出处为条款 二、（二）3.",
)  # fmt: skip
RELATED = (
    Related(RGT, f"{RGT}#3.5", "三、5.", "同一概念：长期随访；引用本条所在的指导原则"),
    Related(RGT, f"{RGT}#3.3", "三、3.", "同一概念：基因治疗产品"),
)
KINDS = {
    "aav-vector": "product", "lentiviral-vector": "product", "viral-vector": "product", "P5Y": "duration",
    "P15Y": "duration", "delayed-adverse-event": "risk", "long-term-follow-up": "procedure",
}  # fmt: skip

CONCEPTS = (
    Concept("urn:guidegraph:concept:aav-vector", "product",
            (Label("腺相关病毒载体", "zh", "preferred"), Label("adeno-associated virus vector", "en", "preferred")),
            definitions=(Label("由腺相关病毒改造而成的载体。", "zh"), Label("A vector made from AAV.", "en"))),
    Concept("urn:guidegraph:concept:hostile", "risk", (Label("任何风险", "zh", "preferred"), Label(HOSTILE, "en", "preferred")),
            definitions=(Label(HOSTILE, "zh"), Label(HOSTILE, "en"))),
)  # fmt: skip


def _answer(asked: str, lang: Language, status: AnswerStatus, **rest: Any) -> Answer:
    return Answer(
        question=Question(asked, lang, "duration", ()), status=status, snapshot=SNAPSHOT, latency_ms=12.4,
        **{"reason": None, "paths": (), "related": RELATED, **rest},
    )  # fmt: skip


def _aav(text: str) -> Answer:
    head = "建议观察 5 年，或至数据表明不再存在任何风险 [1]"
    body = f"{head}\n可依产品特性延长或缩短；变更随访时间应说明依据，并与药品监督管理部门沟通 [2]。"
    citations = (
        cite(_AAV, "建议观察 5 年或至数据表明不再存在任何风险", "should",
             "For adeno-associated virus vectors, observation for 5 years is recommended, or until data show that no risk remains."),
        cite(_CHANGE, "应合理说明依据或变更理由并与药品监督管理部门进行沟通", "must", None),
    )  # fmt: skip
    return _answer(text, "zh", "answered", text=body, headline=head, citations=citations, paths=(AAV_PATH, BROAD_PATH))


def _lenti(text: str) -> Answer:
    head = "At least 15 years (不短于 15 年) [1]"
    english = (
        "For vectors with genome-integrating activity (for example gammaretroviral and lentiviral vectors) and transposon "
        "elements, observation for no less than 15 years is recommended."
    )
    path = _path(("lentiviral-vector", "lentiviral vector"), "recommended follow-up", ("P15Y", "15 years"),
                 "lentiviral vector — recommended follow-up → 15 years — stated in → clause 二、（二）3.")  # fmt: skip
    return _answer(text, "en", "answered", text=head, headline=head, paths=(path,),
                   citations=(cite(_LENTI, "建议观察不短于 15 年", "should", english),))  # fmt: skip


def _uncovered(text: str) -> Answer:
    reason = "文库中没有条款谈到“片剂溶出度”；最接近的条款谈的是给药方案。"
    near = cite(
        DOSE,
        "可考虑重复给药",
        "may",
        "If expression or efficacy after a single dose wanes over time, repeat dosing may be considered.",
        f"{RGT}#3.3",
    )
    return _answer(
        text, "zh", "not_covered", reason=reason, text=reason, headline=reason, citations=(near,), related=()
    )


def _many(text: str) -> Answer:
    citations = tuple(cite(_AAV, "5 年", "should", None) for _ in range(8))
    return _answer(text, "zh", "partial", text="5 年：" + _AAV, headline="5 年：" + _AAV, citations=citations)


def _hostile(text: str) -> Answer:
    """Everything that a guideline or the graph may bring, in a hostile form."""
    clean = cite(_AAV, "5 年", "should", HOSTILE)
    bad = replace(clean, clause=HOSTILE, heading=(HOSTILE,), quote=HOSTILE, document=HOSTILE)
    path = GraphPath((Step("urn:a", "p", "urn:b", (HOSTILE, HOSTILE, HOSTILE)),), HOSTILE)
    related = (Related(HOSTILE, f"{RGT}#3.5", HOSTILE, HOSTILE),)
    return _answer(
        text, "en", "answered", text=f"{HOSTILE}\n- {HOSTILE}", headline=HOSTILE, citations=(bad,), paths=(path,),
        related=related,
    )  # fmt: skip


@dataclass
class FakeAssistant:
    """Answers by a word in the question; everything else is not covered. `asked` counts the questions."""

    shelves: tuple[FakeShelf, ...] = LIBRARY
    snapshot: str = SNAPSHOT
    concept_count: int = 1046
    holds: bool = True
    products: tuple[Concept, ...] = ()
    asked: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, data: Path) -> FakeAssistant:
        if not data.is_dir():
            raise SnapshotError(f"{data}: no snapshot here")
        return cls()

    def ask(self, text: str, lang: Language | None = None, scope: Scope = EVERYWHERE) -> Answer:
        if not text.strip():
            raise QuestionError("empty", "the question is empty")
        if len(text) > 500:
            raise QuestionError("too-long", f"the question has {len(text)} characters; at most 500 are read")
        self.asked.append(text)
        known = {"许多": _many, "hostile": _hostile, "AAV": _aav, "lentiviral": _lenti}
        return next((make for word, make in known.items() if word in text), _uncovered)(text)

    def suggestions(self, role: Role, lang: Language) -> tuple[str, ...]:
        return (f"{role} {lang} 1", f"{role} {lang} 2", HOSTILE)

    def follow_ups(self, answer: Answer) -> tuple[str, ...]:
        return (HOSTILE,) if "hostile" in answer.question.text else ("之后问什么？",)

    def headings(self, clause_id: str) -> tuple[str, ...]:
        return ()

    def words(self, iri: str, lang: Language) -> str | None:
        return None

    def terms(self, citation: Citation) -> tuple[Term, ...]:
        found = ((citation.quote.find(c.label("zh")), c) for c in CONCEPTS)
        return tuple(
            Term(Span(at, at + len(c.label("zh"))), c) for at, c in sorted(found, key=lambda x: x[0]) if at >= 0
        )

    def verify(self, citation: Citation) -> bool:
        return self.holds

    def passage(self, clause_id: str) -> FakePassage:
        return PASSAGES[clause_id]

    def kind(self, iri: str) -> str | None:
        return KINDS.get(iri.rsplit(":", 1)[-1])
