"""Answers on questions written from the guidelines by people who had not seen how they would be searched.

The floors are what is reached, less a small margin: a change that loses ground fails here.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from kg.answering import MOST_BESIDE
from kg.assistant import Assistant
from kg.clipping import DOTS
from kg.iris import document_iri
from kg.model import Answer
from kg.snapshot import Snapshot
from kg.text import has_chinese
from kg.understanding import understand
from tests.conftest import ROOT

Row = dict[str, Any]
ROWS: list[Row] = [
    json.loads(line)
    for line in (ROOT / "tests/data/development_questions.jsonl").read_text(encoding="utf-8").splitlines()
]
ANSWERABLE = [row for row in ROWS if row["kind"] != "unanswerable"]
TOP = 5


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> dict[str, Answer]:
    return {row["id"]: assistant.ask(row["question"]) for row in ROWS}


@cache
def folded(text: str) -> str:
    return re.sub(r"[\s*]+", "", unicodedata.normalize("NFKC", text)).casefold()


def recall(row: Row, answer: Answer) -> float:
    """Share of the evidence entries that one of the first citations of the same document holds."""
    cited = [(c.document, folded(c.quote)) for c in answer.citations[:TOP]]
    held = [
        any(
            x["document"] == document and folded(x["quote"]) in quote
            for x in e.get("any", [e])
            for document, quote in cited
        )
        for e in row["evidence"]
    ]
    return sum(held) / len(held)


@pytest.mark.parametrize(("lang", "floor"), [("zh", 0.95), ("en", 0.94)])
def test_recall_at_5(answers: dict[str, Answer], lang: str, floor: float) -> None:
    values = [recall(row, answers[row["id"]]) for row in ANSWERABLE if row["lang"] == lang]
    assert len(values) >= 50
    assert sum(values) / len(values) >= floor


def test_abstention(answers: dict[str, Answer]) -> None:
    said = [row for row in ROWS if answers[row["id"]].status == "not_covered"]
    unanswerable = [row for row in ROWS if row["kind"] == "unanswerable"]
    right = [row for row in said if row["kind"] == "unanswerable"]
    assert len(right) / len(said) >= 0.92
    assert len(right) / len(unanswerable) >= 0.82


def test_confidence_is_borne_out(answers: dict[str, Answer]) -> None:
    """What is said without reserve is answered by the guidance; between that and silence stands what is doubtful."""
    share = {
        status: sum(row["kind"] != "unanswerable" for row in rows) / len(rows)
        for status in ("answered", "partial", "not_covered")
        if (rows := [row for row in ROWS if answers[row["id"]].status == status])
    }
    assert share["answered"] >= 0.95
    assert share["not_covered"] < share["partial"] < share["answered"]


def test_confidence_is_calibrated(answers: dict[str, Answer]) -> None:
    """Expected calibration error over five bins of equal width (Naeini et al., 2015)."""
    pairs = [(answers[row["id"]].confidence, row["kind"] != "unanswerable") for row in ROWS]
    error = 0.0
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        inside = [(p, truth) for p, truth in pairs if low <= p < low + 0.2 or (low == 0.8 and p == 1.0)]
        if inside:
            gap = sum(p for p, _ in inside) / len(inside) - sum(truth for _, truth in inside) / len(inside)
            error += abs(gap) * len(inside) / len(pairs)
    assert error <= 0.15


ABSTENTIONS = (
    ("今天晚饭吃什么好？", "没有涉及这个问题"),
    ("美国FDA对CAR-T患者要求随访多少年？", "美国食品药品监督管理局"),
    ("首例患者和第二例之间最少隔几天", "没有给出所问的数值"),
    ("Which REMS elements does the FDA impose on CAR-T products?", "REMS"),
    ("英国对 CAR-T 产品的长期随访有什么规定？", "英国"),
    ("Does Japan ask for vector shedding studies with AAV products?", "Japan"),
    ("CD70 CAR-T 的受试者要不要做 HLA 配型", "CD70、HLA"),
)


@pytest.mark.parametrize(("question", "reason"), ABSTENTIONS)
def test_an_abstention_tells_one_kind_from_another(assistant: Assistant, question: str, reason: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_covered"
    assert reason in (answer.reason or "")


@pytest.mark.parametrize(
    "question",
    [
        "FDA 说 15 年，国内慢病毒载体产品要随访多少年？",
        "The FDA says 15 years; how long does the Chinese guidance want for a lentiviral vector?",
    ],
)
def test_another_authority_named_along_with_an_own_one_is_no_reason_to_abstain(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status != "not_covered"
    assert "15" in answer.headline


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("AAV 产品打完之后，病人一般要跟踪几年？", "5"),
        ("打完基因药以后，产没产抗体要一直监测到啥时候？", "整个临床试验期间"),
    ],
)
def test_everyday_words_are_no_reason_to_abstain(assistant: Assistant, question: str, value: str) -> None:
    """A pair of characters at the seam of known words (品打) is no unknown word."""
    answer = assistant.ask(question)
    assert answer.status != "not_covered"
    assert value in answer.headline


def test_a_role_is_not_what_a_question_lacks(assistant: Assistant) -> None:
    answer = assistant.ask("How should a sponsor set the price of a CAR-T product?")
    assert answer.status == "not_covered"
    assert "sponsor" not in (answer.reason or "")


def test_a_value_that_only_sets_the_scene_is_not_said_first(assistant: Assistant) -> None:
    answer = assistant.ask("随访超过 5 年的基因治疗产品，完成前 5 年随访后多久随访一次？")
    assert answer.headline.startswith("每年")


def test_an_answer_goes_on_where_its_best_sentence_does(assistant: Assistant) -> None:
    answer = assistant.ask("拿MRD做替代终点，要补哪两方面的证据？")
    assert "流行病学证据" in answer.text
    assert "方法学验证数据" in answer.text, "said two sentences later, in other words than the question's"


def test_where_only_the_value_is_missing_the_answer_says_what_there_is(assistant: Assistant) -> None:
    answer = assistant.ask("首例患者和第二例之间最少隔几天")
    assert "入组间隔" in answer.text
    assert any(answer.text.splitlines()[1] in c.quote for c in answer.citations)


def test_a_comparison_says_what_each_named_guideline_says(assistant: Assistant) -> None:
    answer = assistant.ask("单臂试验的前提条件，CAR-T 征求意见稿和罕见疾病药物指导原则有什么不同？")
    named = {"car-t-lymphoid-malignancies-2024-draft", "rare-disease-drug-development-2021"}
    assert named <= {p.document for p in answer.positions}
    assert named <= {c.document for c in answer.citations[:TOP]}
    assert answer.headline.startswith(("措辞强度", "数值"))
    for position in answer.positions:
        assert position.quote in answer.text
        assert any(position.quote in c.quote for c in answer.citations)


def test_values_that_differ_between_guidelines_are_said_first(assistant: Assistant) -> None:
    answer = assistant.ask("长期随访多少年：长期随访指导原则和 CAR-T 征求意见稿各要求几年？")
    assert answer.question.documents == (
        "gene-therapy-long-term-follow-up-2021",
        "car-t-lymphoid-malignancies-2024-draft",
    )
    assert {c.document for c in answer.citations[:TOP]} >= set(answer.question.documents)
    assert all(p.quote in answer.text for p in answer.positions), "what the headline says of a value is quoted below it"


def test_the_guideline_that_answers_best_is_heard_beside_the_named_ones(assistant: Assistant) -> None:
    answer = assistant.ask("两份罕见病指南对 CAR-T 治疗后的继发 T 细胞肿瘤怎么说？")
    assert answer.citations[0].document in {p.document for p in answer.positions}


ENGLISH_COMPARISONS = (
    "Placebo control: how do the rare disease drug guideline and the gene therapy draft differ?",
    "Training of staff and investigators: what do the gene therapy draft, the CAR-T draft and the RMP guideline ask for?",
    "At which points do the five Chinese guidances tell a sponsor to talk to the regulator?",
)


@pytest.mark.parametrize("question", ENGLISH_COMPARISONS)
def test_an_english_comparison_reads_english_over_the_original_of_each_guideline(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    headline, *lines = answer.text.splitlines()
    chinese = [has_chinese(line) for line in lines]
    assert not has_chinese(headline)
    assert sum(chinese) >= len(answer.positions) > 1
    assert not any(line and after for line, after in pairwise(chinese)), "no original stands without its reading"
    assert not any(chinese[:2]), "a name, then a reading"
    assert len(answer.text) <= MOST_BESIDE


def test_a_clipped_comparison_says_what_its_sentences_say(assistant: Assistant, snapshot: Snapshot) -> None:
    answer = assistant.ask(ENGLISH_COMPARISONS[1])
    said = [line for line in answer.text.splitlines() if DOTS in line]
    assert said
    texts = [snapshot.document(p.document).text for p in answer.positions]
    readings = [p.translation or "" for p in answer.positions]
    for line in said:
        assert any(line.replace(DOTS, "").strip() in whole for whole in (*texts, *readings)), line


def test_the_name_of_a_guideline_is_not_what_is_asked_about(assistant: Assistant) -> None:
    answer = assistant.ask("CAR-T 血液瘤征求意见稿跟长期随访那份，是不是都没有强制性？")
    assert answer.status != "not_covered"


def test_everything_cited_is_verbatim_and_in_its_place(answers: dict[str, Answer], assistant: Assistant) -> None:
    citations = {(c.document, c.span): c for a in answers.values() for c in a.citations}
    assert len(citations) > 100
    assert all(assistant.verify(c) for c in citations.values())


def test_every_step_of_every_path_is_a_triple(answers: dict[str, Answer], snapshot: Snapshot) -> None:
    paths = [(a, p) for a in answers.values() for p in a.paths]
    assert len(paths) > 150
    for answer, path in paths:
        assert all(snapshot.graph.holds(step) for step in path.steps), path.text
        assert all(a.object == b.subject for a, b in zip(path.steps, path.steps[1:], strict=False)), path.text
        assert len(path.steps) < 12
        assert any(path.steps[-1].object.startswith(f"urn:guidegraph:clause:{c.clause_id}") for c in answer.citations)


def test_a_path_begins_with_a_concept_of_the_question(answers: dict[str, Answer], snapshot: Snapshot) -> None:
    vocabulary = snapshot.vocabulary
    for answer in answers.values():
        asked = understand(answer.understood or answer.question.text, vocabulary, snapshot.register).concepts
        near = set(asked)
        near |= {document_iri(slug) for slug in answer.question.documents}  # a guideline itself may be asked about
        for iri in asked:
            near |= {*vocabulary.ancestors(iri), *vocabulary.narrower(iri)}
        assert all(path.steps[0].subject in near for path in answer.paths)


def test_an_abstention_gives_its_reason_and_the_nearest_clauses(answers: dict[str, Answer]) -> None:
    said = [a for a in answers.values() if a.status == "not_covered"]
    assert all(a.reason and not a.paths for a in said)
    assert sum(bool(a.citations) for a in said) >= 0.9 * len(said)


def test_english_answers_read_english_first(answers: dict[str, Answer]) -> None:
    for row in ANSWERABLE:
        answer = answers[row["id"]]
        if row["lang"] == "en" and answer.status != "not_covered":
            assert re.match(r"(?:… )?[A-Za-z0-9“(]", answer.text), answer.text[:40]
            assert re.search(r"[\u4e00-\u9fff]", answer.text), "the original follows"
