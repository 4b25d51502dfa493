"""Curation: decisions win over extraction, and a wrong line is refused with its number."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.curating import curate_statements
from ingest.overrides import Override, curate_concepts, curate_mentions, read_overrides
from ingest.statements import RELATIONS
from kg.errors import CorpusError
from kg.model import Concept, Label, Statement
from kg.vocabulary import Vocabulary
from tests.ingest.test_facts import stated

_LINE = {"action": "correct", "sentence": "s", "subject": "a", "relation": "r", "object": "b", "why": "x"}
BAD_LINES = [
    ("not json", "line 1"),
    (json.dumps({"action": "reject", "why": "x"}), "needs sentence"),
    (json.dumps({"action": "split", "concept": "a", "into": "b", "why": "x"}), "needs label"),
    (json.dumps({"action": "forget", "why": "x"}), "line 1"),
    (json.dumps({**_LINE, "set": {"object": " "}}), "line 1: cannot set object to nothing"),
    (json.dumps({**_LINE, "set": {"condition": "x"}}), "line 1: the condition is one character long"),
]


def _first() -> Statement:
    return stated()[0][0].statements[0]


def _curated(*rows: Override) -> tuple[Statement, ...]:
    documents, concepts = stated()
    return curate_statements(documents[0], Vocabulary(concepts), RELATIONS, rows).statements


def _row(s: Statement, **more: object) -> Override:
    base = {"sentence": s.sentence_id, "subject": s.subject, "relation": s.relation, "object": s.object, "why": "test"}
    return Override(**{**base, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(("line", "says"), BAD_LINES)
def test_bad_line_is_refused(tmp_path: Path, line: str, says: str) -> None:
    assert len(BAD_LINES) == 6
    path = tmp_path / "overrides.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=says):
        read_overrides(path)


def test_no_file_no_decisions(tmp_path: Path) -> None:
    assert read_overrides(tmp_path / "none.jsonl") == ()


def test_reject_correct_and_accept() -> None:
    s = _first()
    assert s not in _curated(_row(s, action="reject"))
    corrected = _curated(_row(s, action="correct", set={"strength": "encouraged"}))
    assert [
        x.strength
        for x in corrected
        if (x.sentence_id, x.subject, x.relation, x.object) == (s.sentence_id, s.subject, s.relation, s.object)
    ] == ["encouraged"]
    added = _curated(_row(s, action="accept", relation="supports"))
    assert any(x.rule == "curation" and x.relation == "supports" for x in added)


def test_a_decision_about_nothing_is_refused() -> None:
    with pytest.raises(CorpusError, match="no concept"):
        _curated(_row(_first(), action="accept", object="urn:none"))


def test_mended_rules_do_not_make_a_decision_wrong() -> None:
    """A rule that finds a statement no more: rejected it stays away, corrected it stands as corrected."""
    s = _first()
    documents, concepts = stated()
    gone = replace(documents[0], statements=tuple(x for x in documents[0].statements if x != s))
    phrase = "urn:guidegraph:term:risk-0123456789ab"

    def curated(*rows: Override) -> set[Statement]:
        return set(curate_statements(gone, Vocabulary(concepts), RELATIONS, rows).statements)

    rejected = curated(_row(s, action="reject"), _row(s, action="reject", object=phrase))
    assert rejected == set(gone.statements)
    (added,) = curated(_row(s, action="correct", set={"strength": "may"})) - rejected
    assert (added.subject, added.relation, added.object, added.strength) == (s.subject, s.relation, s.object, "may")
    replaced = _row(s, action="correct", object=phrase, set={"object": s.object})
    assert {(x.object, x.rule) for x in curated(replaced) - rejected} == {(s.object, "curation")}
    with pytest.raises(CorpusError, match="no concept"):
        curated(_row(s, action="correct", object=phrase, set={"strength": "may"}))


def test_merge_split_and_mentions() -> None:
    a = Concept("a", "risk", (Label("甲", "zh", "preferred"), Label("乙", "zh")))
    b = Concept("b", "risk", (Label("丙", "zh", "preferred"),))
    merged = curate_concepts([a, b], [Override("merge", "x", concept="b", into="a")])
    assert [x.text for c in merged for x in c.labels] == ["甲", "乙", "丙"]
    split = curate_concepts([a, b], [Override("split", "x", concept="a", into="b", label="乙")])
    assert [[x.text for x in c.labels] for c in split] == [["甲"], ["丙", "乙"]]
    mention = stated()[0][0].mentions[0]
    row = Override("reject-mention", "x", sentence=mention.sentence_id, concept=mention.concept)
    assert mention not in curate_mentions([mention], [row])
