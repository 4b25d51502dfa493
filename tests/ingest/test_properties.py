"""What holds for any text: no crash, no character lost or doubled, every character in its place, time in proportion."""

from __future__ import annotations

import time
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clauses import ClauseTree
from ingest.mapped import Mapped, join
from ingest.numbering import markers, reference_marker
from ingest.readers.assembly import Assembly
from ingest.readers.source import SourceText
from ingest.sentences import sentences
from ingest.series import Numbering
from tests.ingest.renderings import tree_of

MARKS = (
    "第一章 ", "第二条", "一、", "（一）", "(二) ", "1.", "2．", "1、", "1.1 ", "3.2.1 ", "（1）", "①", "i）", "a) ", "(b) ", "● ", "- ",
    "I. ", "A. ", "Section 2 ", "Annex 1: ", "附件1：", "附录A ", "[3] ", "12 ", "表1 ", "Table 2: ", "参考文献", "References", "Glossary",
)  # fmt: skip
WORDS = (
    "概述", "临床试验", "随访15年。", "3 个月内", "一、二代药物", "《药品管理法》", "见 3.2", "the study", "Scope", "5 years.", "CAR-T",
    "，", "。", "：", ";", "**", "....... 3", "\t", " ", "\u3000", "\u00ad", "", "\x0c", "\U0001f600", "é",
)  # fmt: skip
LINES = st.builds(
    lambda mark, words, blank: mark + "".join(words) + "\n" * blank,
    st.sampled_from(("", *MARKS)), st.lists(st.sampled_from(WORDS), max_size=12), st.integers(1, 3),
)  # fmt: skip
DOCUMENTS = st.one_of(st.lists(LINES, max_size=60).map("".join), st.text(max_size=400))
_SECONDS_A_MEGABYTE = 6.0


def test_samples_are_whole() -> None:
    assert (len(MARKS), len(WORDS)) == (30, 25)


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS)
def test_text_is_covered_once_and_stands_in_the_file(text: str) -> None:
    tree = tree_of(SourceText(text, "text"))
    _partition(tree)
    for segment in tree.segments:
        assert tree.text[segment.clean :][: segment.length] == text[segment.issued :][: segment.length]


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=30))
def test_no_word_is_lost_in_paragraphs_that_a_format_sets_apart(lines: list[str]) -> None:
    assembly = Assembly()
    for line in lines:
        assembly.add(line, "paragraph")
    source = assembly.source("docx")
    tree = tree_of(source)
    _partition(tree)
    kept = {c.marker for c in tree.clauses}
    lost = _letters(source.text) - _letters(tree.text)
    assert not lost or "Contents" in source.text or "目" in source.text or "- " in kept or _only_furniture(lost)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_markers_are_prefixes(line: str) -> None:
    for marker in markers(line):
        assert line.startswith(marker.text)
    found = reference_marker(line)
    assert found is None or line.startswith(found.text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(MARKS), max_size=40))
def test_a_series_never_runs_backwards(marks: list[str]) -> None:
    numbering = Numbering()
    for mark in marks:
        marker = numbering.find(f"{mark}概述")
        if marker:
            numbering.accept(marker)
    keys = [m.key for m in numbering.open if m.style != "bullet"]
    assert len(keys) == len(set(keys))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=50), st.integers(0, 50), st.integers(0, 50))
def test_cutting_and_joining_give_the_text_again(text: str, a: int, b: int) -> None:
    mapped, (first, last) = Mapped.at(text, 7), sorted((a, b))
    whole = join([mapped.cut(0, first), mapped.cut(first, last), mapped.cut(last)])
    assert whole.text == text
    assert sum(length for _, length in whole.runs) == len(text)
    assert mapped.without([(min(first, len(text)), min(last, len(text)))]).text == text[:first] + text[last:]


def test_time_grows_with_the_text_and_no_faster() -> None:
    """Each of these has made some reader of numbered text slow: all are read in time proportional to their length."""
    hard = (
        "1 " * 30_000, "(" * 60_000, "a. " * 20_000, "一、" * 20_000, "1.1.1.1.1.1." * 5_000, " " * 60_000, "\n" * 60_000,
        "1\n" * 30_000, "7 a\n" * 15_000, "[1]" * 20_000, "《" * 60_000, "." * 60_000, "目录\n" + "x ... \n" * 10_000, "● " * 30_000,
        "（1）甲：\n" * 8_000, "A. B\n" * 12_000, "表1 " * 15_000, "**" * 30_000,
    )  # fmt: skip
    assert len(hard) == 18
    for text in hard:
        start = time.process_time()
        tree = tree_of(SourceText(text, "text"))
        sentences(tree)
        spent = time.process_time() - start
        assert spent < _SECONDS_A_MEGABYTE * 0.3, text[:12]


def _partition(tree: ClauseTree) -> None:
    covered = Counter(i for part in tree.parts for i in range(part.span.start, part.span.end))
    assert set(covered.values()) <= {1}
    left = [i for i in range(len(tree.text)) if i not in covered]
    assert all(tree.text[i] == "\n" for i in left)
    spans = {c.id: c.span for c in tree.clauses}
    assert len(spans) == len(tree.clauses)
    assert all(spans[c.parent_id].holds(c.span) for c in tree.clauses if c.parent_id)
    assert all(p.span.holds(p.body) for p in tree.parts)
    for sentence in sentences(tree):
        assert spans[sentence.clause_id].holds(sentence.span)


def _letters(text: str) -> Counter[str]:
    return Counter(c for c in text if c.isalpha())


def _only_furniture(lost: Counter[str]) -> bool:
    return set(lost) <= set("o")
