"""Concepts in text: the longest label, in both languages, at the ends of words."""

from __future__ import annotations

import pytest

from ingest.schemes import KINDS, read_schemes
from kg.vocabulary import Vocabulary, squeeze
from tests.conftest import CORPUS

CONCEPTS = read_schemes(CORPUS / "vocabulary")
ROWS = [
    ("接受 γ -逆转录病毒载体转导", "gamma-retroviral-vector", "γ -逆转录病毒载体"),
    ("adeno associated virus vectors were given", "aav-vector", "adeno associated virus vectors"),
    ("AAV 随访", "aav-vector", "AAV"),
    ("发生 CRS 后", "cytokine-release-syndrome", "CRS"),
    ("what are the side effects", "adverse-reaction", "side effects"),
]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(CONCEPTS)


def test_the_vocabulary_is_large_and_of_known_kinds() -> None:
    assert len(CONCEPTS) >= 600
    kinds = {c.kind for c in CONCEPTS}
    assert kinds <= KINDS
    assert {
        "endpoint",
        "population",
        "risk",
        "product",
        "disease",
        "design",
        "procedure",
        "regulatory_artifact",
    } <= kinds


@pytest.mark.parametrize(("text", "name", "found"), ROWS)
def test_labels_are_found(vocabulary: Vocabulary, text: str, name: str, found: str) -> None:
    matches = {m.concept.rsplit(":", 1)[1]: m.span.of(text) for m in vocabulary.find(text)}
    assert name in matches
    assert matches[name].rstrip("s") == found.rstrip("s")


@pytest.mark.parametrize("text", ["all patients", "the CRSs", "a masterpiece", "program", "AAVX"])
def test_labels_inside_other_words_are_not(vocabulary: Vocabulary, text: str) -> None:
    assert {"MAS", "PRO", "AAV", "ALL"}.isdisjoint({m.span.of(text).upper() for m in vocabulary.find(text)} - {"CRS"})


def test_a_longer_label_hides_the_shorter(vocabulary: Vocabulary) -> None:
    text = "不符合移植条件的患者"
    spans = [m.span.of(text) for m in vocabulary.find(text)]
    assert not any(a != b and a in b for a in spans for b in spans)


def test_squeeze_keeps_places() -> None:
    squeezed, places = squeeze("A-B 中")
    assert (squeezed, places) == ("ab中", [0, 2, 4])
