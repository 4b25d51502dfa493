"""`guidegraph beir`: retrieval over any collection in BEIR form."""

from __future__ import annotations

import doctest
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

import kg.terms
from ingest.beir import run_beir
from ingest.cli import main
from kg.bags import Bags, Bm25, impacts
from kg.collection import Collection, Passage, neighbours_alike
from kg.collection import gather_terms as gather
from kg.dense import Vectors
from kg.errors import CorpusError
from tests.conftest import CORPUS, SLUGS

RULES = [
    Passage("r1", "", "A Fund Manager must appoint an eligible custodian for the property of the Fund."),
    Passage(
        "r2",
        "",
        "A person shall not carry on a regulated activity unless that person is authorised under Rule 6.2.1(a).",
    ),
    Passage("r3", "", "Client money must be paid into a segregated account within one day of receipt."),
    Passage("r4", "", "The annual report must be disclosed to the market without delay."),
    Passage("r5", "", "A complaint must be acknowledged in writing within seven days."),
]
STATUTES = [
    Passage(
        "a9", "劳动合同法第九条", "用人单位招用劳动者，不得扣押劳动者的居民身份证和其他证件，不得要求劳动者提供担保。"
    ),
    Passage("a37", "劳动合同法第三十七条", "劳动者提前三十日以书面形式通知用人单位，可以解除劳动合同。"),
    Passage("a38", "劳动合同法第三十八条", "用人单位未及时足额支付劳动报酬的，劳动者可以解除劳动合同。"),
    Passage("c712", "民法典第七百一十二条", "出租人应当履行租赁物的维修义务，但是当事人另有约定的除外。"),
    Passage("t91", "道路交通安全法第九十一条", "饮酒后驾驶机动车的，处暂扣六个月机动车驾驶证，并处罚款。"),
]


def write_collection(folder: Path, passages: Sequence[Passage], queries: Mapping[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    rows = [{"_id": p.id, "title": p.title, "text": p.text} for p in passages]
    asked = [{"_id": key, "text": text} for key, text in queries.items()]
    for name, lines in (("corpus", rows), ("queries", asked)):
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def first(passages: Sequence[Passage], question: str) -> str:
    return Collection(passages).search(question, 1)[0].id


def test_docstrings_run() -> None:
    done = doctest.testmod(kg.terms)
    assert (done.failed, done.attempted) == (0, 3)


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Who has to be appointed to keep a fund's property safe?", "r1"),
        ("Do I need an authorisation before regulated activities are carried on?", "r2"),
        ("What does Rule 6.2.1(a) govern?", "r2"),
        ("segregation of clients' monies", "r3"),
        ("When is disclosure of annual reports due?", "r4"),
    ],
)
def test_english_rules_are_found_across_word_forms(question: str, passage: str) -> None:
    assert first(RULES, question) == passage


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("老板扣了我的身份证怎么办？", "a9"),
        ("我想解除合同要提前多少天通知", "a37"),
        ("劳动合同法第三十八条说的是什么？", "a38"),
        ("租的房子东西坏了谁维修啊", "c712"),
        ("喝酒开车被查，驾驶证会不会被扣？", "t91"),
    ],
)
def test_lay_questions_find_the_article(question: str, passage: str) -> None:
    assert first(STATUTES, question) == passage


def test_scores_are_bm25() -> None:
    """Two passages of two and four terms, worked by hand with k1 1.2, b 0.75 and ln(1 + (N - n + 0.5) / (n + 0.5))."""
    bags = Bags.gather([["a", "b"], ["a", "a", "c", "d"]])
    scores = Bm25(bags.vocabulary, impacts(bags, k1=1.2, b=0.75)).scores({"a": 1.0, "c": 2.0, "unknown": 9.0})
    rare, common = np.log(1 + 1.5 / 1.5), np.log(1 + 0.5 / 2.5)
    second = common * 2 * 2.2 / (2 + 1.5) + 2 * rare * 2.2 / (1 + 1.5)
    assert scores.tolist() == pytest.approx([common * 2.2 / (1 + 0.9), second])


def english_readings() -> list[Passage]:
    rows = [
        json.loads(line)
        for slug in SLUGS
        for line in (CORPUS / "guidelines" / slug / "translation.en.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return [Passage(row["id"], "", row["en"]) for row in rows]


def test_neighbours_count_only_where_passages_stand_in_order() -> None:
    passages = english_readings()
    assert len(passages) == 700
    shuffled = random.Random(1).sample(passages, len(passages))
    assert Collection(passages).in_order
    assert not Collection(shuffled).in_order
    assert neighbours_alike(impacts(gather(shuffled))) == pytest.approx(1, abs=0.4)


def test_an_encoder_that_is_given_reorders_what_words_find() -> None:
    class Pointing:
        def encode(self, texts: Sequence[str]) -> Vectors:
            return np.array([[0, 1] for _ in texts], dtype=np.float32)

    alike = [Passage("first", "", "The fund reports."), Passage("second", "", "The fund reports.")]
    vectors = np.array([[1, 0], [0, 1]], dtype=np.float32)
    assert first(alike, "fund reports") == "first"
    assert Collection(alike, None, Pointing(), vectors).search("fund reports", 1)[0].id == "second"


def test_nothing_found_is_an_empty_list() -> None:
    assert Collection(RULES).search("？！", 10) == []
    assert Collection(RULES).search("量子", 10) == []


def test_a_run_is_the_same_every_time_and_reads_no_judgments(tmp_path: Path) -> None:
    passages = english_readings()[:150]
    folder = write_collection(tmp_path / "c", passages, {"q 1": "How long is follow-up?", "q2": "随访"})
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("not judgments at all", encoding="utf-8")
    stages: set[str] = set()
    for name in ("one", "two"):
        timing = run_beir(folder, tmp_path / name, 20, "", lambda stage, done, total: stages.add(stage))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert stages == {"index", "train", "search"}
    assert (timing.passages, timing.queries) == (150, 2)
    lines = [line.split() for line in (tmp_path / "one").read_text(encoding="utf-8").splitlines()]
    assert 1 <= len(lines) <= 20
    assert [int(line[-3]) for line in lines] == list(range(1, len(lines) + 1))
    assert [float(line[-2]) for line in lines] == sorted((float(line[-2]) for line in lines), reverse=True)


def test_a_collection_of_one_passage(tmp_path: Path) -> None:
    folder = write_collection(tmp_path / "c", STATUTES[:1], {"q1": "身份证"})
    run_beir(folder, tmp_path / "run", 10, "", lambda *_: None)
    assert (tmp_path / "run").read_text(encoding="utf-8").split()[:4] == ["q1", "Q0", "a9", "1"]


GOOD = '{"_id": "1", "text": "a rule"}\n'
FAULTS = [
    ("corpus", "", "corpus.jsonl: is empty"),
    ("corpus", GOOD + "{oops\n", "corpus.jsonl, line 2: is not JSON"),
    ("corpus", GOOD + '\n["x"]\n', 'corpus.jsonl, line 3: has no "_id" or no "text"'),
    ("corpus", '{"_id": "1"}\n', 'corpus.jsonl, line 1: has no "_id" or no "text"'),
    ("corpus", '{"_id": "1", "text": 5}\n', 'corpus.jsonl, line 1: "text" must be a string'),
    ("corpus", '{"_id": "1", "title": [], "text": "x"}\n', 'corpus.jsonl, line 1: "title" must be a string'),
    ("corpus", '{"_id": " ", "text": "x"}\n', 'corpus.jsonl, line 1: "_id" is empty'),
    ("corpus", '{"_id": null, "text": "x"}\n', 'corpus.jsonl, line 1: "_id" must be a string or a number'),
    ("corpus", GOOD + GOOD, 'corpus.jsonl, line 2: "_id" 1 stands in line 1 already'),
    ("queries", GOOD + "nonsense\n", "queries.jsonl, line 2: is not JSON"),
    ("queries", '{"_id": "1", "text": "\\ud800"}\n{}\n', "queries.jsonl, line 2: has no"),
]


@pytest.mark.parametrize(("name", "text", "message"), FAULTS)
def test_a_fault_is_named_by_file_and_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    assert len(FAULTS) == 11
    folder = write_collection(tmp_path, RULES, {"q": "fund"})
    (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        run_beir(folder, tmp_path / "run", 10, "", lambda *_: None)
    assert message in str(caught.value)


def test_a_missing_file_and_a_run_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"corpus\.jsonl: cannot be read"):
        run_beir(tmp_path, tmp_path / "run", 10, "", lambda *_: None)
    folder = write_collection(tmp_path / "c", RULES, {"q": "fund"})
    with pytest.raises(CorpusError, match="cannot be written"):
        run_beir(folder, tmp_path / "no" / "run", 10, "", lambda *_: None)


def test_the_command_prints_its_timing_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_collection(tmp_path / "c", STATUTES, {"q1": "身份证", "q2": "驾驶证"})
    assert main(["beir", str(folder), "--run", str(tmp_path / "run"), "--top", "3"]) == 0
    printed = capsys.readouterr()
    assert set(json.loads(printed.out)) == {"passages", "queries", "index_s", "query_ms"}
    assert printed.err == ""
