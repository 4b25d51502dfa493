"""English guidance: sentences in the manner of ICH and FDA, written before the rules were, with what they state."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from ingest.english_phrases import is_english
from ingest.english_rules import ENGLISH_RULES
from ingest.statements import RELATIONS
from tests.ingest.saying import said_in_english

ROWS = [
    json.loads(line)
    for name in ("english_facts.jsonl",)
    for line in (Path(__file__).parent.parent / "data" / name).read_text(encoding="utf-8").splitlines()
]
_said = cache(said_in_english)


def _norm(text: str) -> str:
    return re.sub(r"[\s-]+", "", unicodedata.normalize("NFKC", text)).casefold()


def _names(labels: list[str], wanted: str) -> bool:
    return any(_norm(x) in _norm(wanted) or _norm(wanted) in _norm(x) for x in labels if len(_norm(x)) >= 2)


def _found(row: dict[str, str]) -> list[tuple[str, str]]:
    """Relation and strength of the statements that join the expected pair."""
    said = _said(row["text"], row["heading"])
    return [(r, strength) for s, r, o, strength in said if _names(s, row["subject"]) and _names(o, row["object"])]


def test_what_english_sentences_state() -> None:
    """The first reading of the first 88, before any was looked at, found 0.68 of the pairs and 0.625 with relation and strength."""
    assert len(ROWS) == 88
    assert len({row["text"] for row in ROWS}) >= 60
    hits = [(row["relation"], row["strength"]) in _found(row) for row in ROWS]
    assert sum(hits) / len(hits) >= 0.95, [row["text"] for row, hit in zip(ROWS, hits, strict=True) if not hit]


def test_every_row_of_the_table_makes_a_relation_of_the_ontology() -> None:
    assert len(ENGLISH_RULES) >= 45
    assert {rule.relation for rule in ENGLISH_RULES} <= RELATIONS


@pytest.mark.parametrize(
    ("text", "never"),
    [
        (
            "Healthy volunteers should not be enrolled in first-in-human trials.",
            {"study_population", "first_population"},
        ),
        ("Single-arm trials are not recommended for chronic diseases.", {"recommended_design", "requires", "allows"}),
        ("Long-term follow-up is not required for plasmid DNA.", {"requires"}),
        ("If the trial fails, the sponsor should stop enrolment.", {"prohibits"}),
        ("It is not known whether AAV vectors may cause tumors.", {"has_risk"}),
        ("AAV vectors do not cause leukemia.", {"has_risk"}),
        ("This guidance does not apply to oncolytic viruses.", {"applies_to"}),
    ],
)
def test_negation_never_turns_into_its_opposite(text: str, never: set[str]) -> None:
    assert not {relation for _, relation, _, _ in _said(text)} & never


def test_conditions_and_exceptions_are_kept() -> None:
    from tests.ingest.saying import conditions_in_english

    assert conditions_in_english("If clonal expansion is found, integration site analysis should be performed.") == {
        ("If clonal expansion is found", None)
    }
    assert ("", "otherwise justified") in {
        (c or "", e)
        for c, e in conditions_in_english("Unless otherwise justified, AAV vectors should be followed for 5 years.")
    } or conditions_in_english("AAV vectors should be followed for 5 years unless otherwise justified.") == {
        (None, "otherwise justified")
    }


def test_language_of_a_sentence() -> None:
    assert is_english("AAV vectors may cause hepatotoxicity.")
    assert not is_english("AAV 载体建议观察 5 年。")
    assert not is_english("12.5%")
