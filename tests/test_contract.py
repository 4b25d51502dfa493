"""The public contract: the JSON of every command, on the real corpus, through the command's own door."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.cli import main
from kg.snapshot import Snapshot
from tests.conftest import SLUGS

AAV = "AAV 载体的基因治疗产品长期随访要多少年？"
LENTIVIRAL = "How long should patients be followed after a lentiviral vector product?"


def run(capsys: pytest.CaptureFixture[str], data: Path, *arguments: str) -> list[dict[str, object]]:
    assert main([*arguments, "--data", str(data)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_ask_gives_every_key_of_the_contract(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    (answer,) = run(capsys, data, "ask", AAV, "--json")
    assert set(answer) == {
        "id", "question", "language", "intent", "abstained", "reason", "answer", "citations", "paths", "related", "understood", "confidence",
        "snapshot", "latency_ms",
    }  # fmt: skip
    citations = answer["citations"]
    assert isinstance(citations, list)
    assert 1 <= len(citations) <= 10
    for citation in citations:
        assert {"document", "clause", "clause_id", "heading", "quote", "start", "end", "lines", "strength",
                "translation", "score"} <= set(citation)  # fmt: skip
        assert len(citation["quote"]) <= 700


@pytest.mark.parametrize(("question", "value", "line"), [(AAV, "5 年", "腺相关病毒载体"), (LENTIVIRAL, "15", "慢病毒")])
def test_durations_are_answered_from_the_right_clause(
    capsys: pytest.CaptureFixture[str], data: Path, question: str, value: str, line: str
) -> None:
    (answer,) = run(capsys, data, "ask", question, "--json")
    first = answer["citations"][0]  # type: ignore[index]
    assert first["document"] == "gene-therapy-long-term-follow-up-2021"
    assert first["clause_id"].startswith("gene-therapy-long-term-follow-up-2021#2.2.3")
    assert line in first["quote"]
    assert value in str(answer["answer"])[:80]


def test_a_batch_is_answered_in_order_line_by_line(
    capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path
) -> None:
    batch = tmp_path / "batch.jsonl"
    rows = [{"id": f"x{n}", "question": q} for n, q in enumerate([AAV, LENTIVIRAL, "CRS"])]
    batch.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    answers = run(capsys, data, "ask", "--batch", str(batch), "--json")
    assert [(a["id"], a["question"]) for a in answers] == [(r["id"], r["question"]) for r in rows]


def test_facts_are_verbatim_statements_of_known_relations(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    snapshot = Snapshot.open(data)
    facts = run(capsys, data, "facts", "--json")
    assert {f["document"] for f in facts} == set(SLUGS)
    for fact in facts:
        assert str(fact["quote"]) in snapshot.document(str(fact["document"])).text
        assert fact["strength"] in ("must", "should", "encouraged", "may", "not", "statement")
    one = run(capsys, data, "facts", "--document", SLUGS[0], "--json")
    assert {f["document"] for f in one} == {SLUGS[0]}


def test_clauses_give_the_clean_text_that_spans_index(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    rows = run(capsys, data, "clauses", SLUGS[2], "--json")
    text = Snapshot.open(data).document(SLUGS[2]).text
    assert all(row["text"] == text[row["start"] : row["end"]] for row in rows)  # type: ignore[misc]


def test_sparql_reads_and_never_writes(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    (table,) = run(capsys, data, "sparql", "SELECT ?d { ?d a gg:Guideline }", "--json")
    assert len(table["results"]["bindings"]) == 5  # type: ignore[index,call-overload]
    for query in ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }", "SELEKT"):
        assert main(["sparql", query, "--data", str(data)]) == 1
        assert capsys.readouterr().err.startswith("guidegraph: ")


def test_verify_holds(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    assert main(["verify", "--data", str(data)]) == 0
    assert "0 failures" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["turtle", "jsonld", "nquads"])
def test_export_writes_the_graph(data: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / "graph"
    assert main(["export", "--format", form, str(target), "--data", str(data)]) == 0
    assert b"aav-vector" in target.read_bytes()


def test_asking_does_not_import_torch(data: Path) -> None:
    code = (
        "import sys; from ingest.cli import main; main(['ask', 'CRS 是什么？', '--json', '--data', sys.argv[1]]);"
        "heavy = {'torch', 'sentence_transformers', 'sklearn', 'streamlit'} & set(sys.modules); sys.exit(bool(heavy) and str(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(data)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
