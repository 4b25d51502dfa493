"""Clipping: what is left of a long sentence is what was asked, in both languages."""

from __future__ import annotations

import pytest

from kg.clipping import DOTS, Clipper
from kg.model import Question
from kg.rarity import Rarity
from kg.snapshot import Snapshot
from kg.understanding import understand

READING = (
    "Considering that CAR-T cell therapy carries a relatively high safety risk, the requirements for the clinical experience"
    " and technical level of investigators are relatively high, the reserve of emergency drugs and the cooperation of the ICU"
    " need to be ensured, and effective and standardised training needs to be given to investigators."
)
ORIGINAL = (
    "考虑到 CAR-T 细胞治疗具有较高的安全性风险，对研究者的临床经验和技术水平要求较高，并需要保证急救药物的储备有 ICU"
    "（Intensive Care Unit）等相关科室的配合支持，并对研究者进行有效和规范的培训。"
)


@pytest.fixture
def clipper(snapshot: Snapshot) -> Clipper:
    return Clipper(snapshot.vocabulary, Rarity(snapshot.indexes.lexical))


@pytest.fixture
def asked(snapshot: Snapshot) -> Question:
    return understand("Who must be trained before a CAR-T trial?", snapshot.vocabulary, snapshot.register)


def test_what_fits_is_left_whole(clipper: Clipper, asked: Question) -> None:
    assert clipper.clip(READING, asked, len(READING)) == READING


@pytest.mark.parametrize("limit", [60, 100, 150, 240])
def test_a_clip_tells_what_was_asked_and_keeps_to_its_limit(clipper: Clipper, asked: Question, limit: int) -> None:
    said = clipper.clip(READING, asked, limit)
    assert "training" in said
    assert len(said) <= limit
    assert said.replace(DOTS, "").strip() in READING, "a run of the sentence, word for word"


@pytest.mark.parametrize("limit", [140, 200, 300])
def test_both_languages_are_clipped_to_the_same_matter(clipper: Clipper, asked: Question, limit: int) -> None:
    reading, original = clipper.clip_both(READING, ORIGINAL, asked, limit)
    assert "training" in reading
    assert "培训" in original
    assert len(reading) + len(original) <= limit
    assert original.replace(DOTS, "").strip() in ORIGINAL


def test_a_phrase_that_is_too_long_is_cut_between_words(clipper: Clipper, asked: Question) -> None:
    text = "special training of the personnel who are responsible for the surgical administration of the product " * 2
    said = clipper.clip(text, asked, 60).replace(DOTS, "").strip()
    assert said
    assert f" {said} " in f" {text} "


def test_a_chinese_phrase_without_spaces_is_cut_between_characters(clipper: Clipper, snapshot: Snapshot) -> None:
    asked = understand("脱靶", snapshot.vocabulary, snapshot.register)
    text = "基因编辑产品长期随访中还应额外关注脱靶风险并量化评估脱靶活性和在靶活性之间的相关性" * 2
    said = clipper.clip(text, asked, 40)
    assert len(said) <= 40
    assert said.replace(DOTS, "").strip() in text
