"""The checks find what they are for, and name the file, the line and the id."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ingest.checks import question_faults, reading_faults
from ingest.cli import main
from ingest.wording import STRENGTH_WORDS
from kg.model import Language
from tests.conftest import CORPUS

SLUG = "gene-therapy-long-term-follow-up-2021"


@pytest.mark.parametrize(
    ("zh", "en", "fault"),
    [
        ("应观察5年。", "Observation for 5 years should be performed.", None),
        ("应观察5年。", "Observation for 5 years is performed.", "应 is not rendered"),
        ("观察5年。", "Observation for 5 years must be performed.", "stronger than the source"),
        ("应观察5年。", "Observation for 15 years should be performed.", "the number 5 is missing"),
        ("应观察三个月。", "Observation for 3 months should be performed.", None),
        ("应观察三个月。", "Observation for 3 weeks should be performed.", "the unit of 三个月"),
        ("剂量为5mg/kg。", "The dose is 5 per kg.", "the unit mg"),
        ("不良反应的适应症。", "Indications of adverse reactions.", None),
        ("对应的效应和应答，相应地供应。", "The corresponding effect and response, supplied accordingly.", None),
        ("建议监测CRS。", "It is recommended to monitor CRS.", None),
        ("建议监测CRS。", "It is recommended to monitor the syndrome.", "CRS is missing"),
        ("鼓励采用。", "Use is recommended.", "鼓励 is not rendered"),
        ("不短于15年。", "For about 15 years.", "不短于 is not rendered"),
        ("不超过6个月。", "No more than 6 months.", None),
        ("没有必要采用该方法进行研究。", "There is no need to use this method for the study.", None),
        ("可能有风险。", "There may be a risk.", None),
        ("患者有风险。", "患者 are at risk.", "Chinese is left"),
        ("患者有风险。", "Patients are at risk; see https://example.org/x", "not in the source"),
        ("患者有风险。", "Patients are <b>at risk</b>.", "not in the source"),
        ("患者有风险。", "  ", "is empty"),
        ("患病人数低于14万。", "Fewer than 140,000 people are affected.", None),
        ("患病人数低于14万。", "Fewer than 150,000 people are affected.", "the number"),
    ],
)  # fmt: skip
def test_a_reading_keeps_what_the_sentence_says(zh: str, en: str, fault: str | None) -> None:
    messages = [message for _, message in reading_faults(zh, en)]
    assert any(fault in m for m in messages) if fault else messages == []


@pytest.mark.parametrize(
    ("lang", "question", "right"),
    [
        ("zh", "AAV 随访多久？", True),
        ("zh", "CAR-T PSUR SUSAR DSUR", True),
        ("zh", "How long is the follow-up?", False),
        ("en", "随访多久？", False),
        ("en", "How long is long-term follow-up (随访) of gene therapy?", True),
        ("en", "Click www.example.org now", False),
        ("zh", " ", False),
    ],
)
def test_a_question_is_of_its_language(lang: Language, question: str, right: bool) -> None:
    assert (list(question_faults(lang, question)) == []) == right


def test_every_strength_word_says_how_it_is_rendered() -> None:
    assert all(row.preferred and row.name for row in STRENGTH_WORDS)
    assert len({row.name for row in STRENGTH_WORDS}) == len(STRENGTH_WORDS)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A corpus of one guideline, to be spoiled."""
    folder = tmp_path / "corpus"
    shutil.copytree(CORPUS / "guidelines" / SLUG, folder / "guidelines" / SLUG)
    shutil.copytree(CORPUS / "vocabulary", folder / "vocabulary")
    return folder


def covered(corpus: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    code = main(["coverage", "--json", "--corpus", str(corpus)])
    return code, json.loads(capsys.readouterr().out.splitlines()[-1])


def test_coverage_of_what_is_whole(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, total = covered(copy, capsys)
    assert (code, total["failures"]) == (0, [])
    assert total["sentences"] == total["translated"] == 124
    assert total["saying"] == total["asked"]
    assert sum(total["languages"].values()) == total["questions"] == sum(total["styles"].values())
    assert total["question_origins"] == {"author": total["questions"]}


@pytest.mark.parametrize(
    ("file", "line", "change", "check"),
    [
        ("translation.en.jsonl", 3, {"id": f"{SLUG}#9.9/s1"}, "ids"),
        ("translation.en.jsonl", 20, {"zh": "别的句子"}, "source-text"),
        ("translation.en.jsonl", 20, {"en": "中文"}, "form"),
        ("questions.jsonl", 5, {"sentences": [f"{SLUG}#9.9/s1"]}, "ids"),
        ("questions.jsonl", 5, {"lang": "en"}, "language"),
        ("questions.jsonl", 5, {"question": "基因治疗的定义是什么"}, "doubles"),
    ],
)
def test_a_failure_names_file_and_line(
    copy: Path, capsys: pytest.CaptureFixture[str], file: str, line: int, change: dict[str, Any], check: str
) -> None:
    path = copy / "guidelines" / SLUG / file
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[line - 1] = json.dumps(json.loads(lines[line - 1]) | change, ensure_ascii=False)
    path.write_text("\n" + "\n".join(lines), encoding="utf-8")  # the empty line counts
    code, total = covered(copy, capsys)
    found = [f for f in total["failures"] if f["check"] == check]
    assert code == 1
    assert (found[0]["file"], found[0]["place"]) == (f"guidelines/{SLUG}/{file}", f"line {line + 1}")
    assert found[0]["id"]


def test_what_is_left_out_is_found_in_the_source(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copy / "guidelines" / SLUG
    readings = (folder / "translation.en.jsonl").read_text(encoding="utf-8").splitlines()
    (folder / "translation.en.jsonl").write_text("\n".join(readings[:-40]), encoding="utf-8")
    questions = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    (folder / "questions.jsonl").write_text("\n".join(q for q in questions if "#2.2.3" not in q), encoding="utf-8")
    code, total = covered(copy, capsys)
    checks = {f["check"] for f in total["failures"]}
    assert code == 1
    assert checks == {"translated", "obligations"}
    assert all(f["file"].endswith("source.txt") and f["place"].startswith("line ") for f in total["failures"])
    assert total["open_sentences"] == sum(f["check"] == "translated" for f in total["failures"])


def test_a_guideline_without_either_file_fails_nothing(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("translation.en.jsonl", "questions.jsonl"):
        (copy / "guidelines" / SLUG / name).unlink()
    code, total = covered(copy, capsys)
    assert (code, total["translated"], total["asked"], total["failures"]) == (0, 0, 0, [])
    assert main(["coverage", "--corpus", str(copy)]) == 0
    assert "0 with an English reading" in capsys.readouterr().out
