"""Guidelines of our own wording, in the manners of several authorities, with the trees that a reader sees in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.propose import propose
from tests.ingest.renderings import as_docx, as_markdown, original, read_tree

FOLDER = Path(__file__).parent / "samples"
SAMPLES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def test_all_samples_are_read() -> None:
    assert len(SAMPLES) == 28


@pytest.mark.parametrize("name", SAMPLES)
def test_tree_is_as_a_reader_sees_it(name: str) -> None:
    assert outline(FOLDER / f"{name}.txt") == (FOLDER / f"{name}.tree").read_text(encoding="utf-8")


def outline(path: Path) -> str:
    """The clause tree, a line each, indented by depth: label and title, or the kind of a clause that has neither."""
    rows = []
    for clause in read_tree(path).clauses:
        name = f"{clause.label} | {clause.title}" if clause.title else clause.label or clause.kind
        rows.append("  " * (clause.depth - 1) + name + "\n")
    return "".join(rows)


# sample, title, issuer, status, day of issue, number, as its first page states them
PROPOSED = (
    ("en_articles", "REGULATION (EU) No 999/2014", "European Union", None, "2014-04-16", "REGULATION (EU) No 999/2014"),
    ("en_consultation", "Guideline on clinical investigation of products for example disease", "European Medicines Agency", "final", "2017-12-14", "EMA/CHMP/123456/2017"),
    ("en_dossier", "THE COMMON TECHNICAL DOCUMENT FOR EXAMPLES: QUALITY", "ICH", "final", "2002-09-12", "M4Q(R1)"),
    ("en_indented", "Example Adaptive Designs for Clinical Trials of Drugs and Biologics", "U.S. Food and Drug Administration", "final", "2019-11", None),
    ("en_lettered", "ADDENDUM ON TARGETS OF ESTIMATION AND SENSITIVITY ANALYSIS IN EXAMPLE TRIALS TO THE GUIDELINE ON EXAMPLE PRINCIPLES", "ICH", "final", "2019-11-20", "E99(R1)"),
    ("en_module", "Guideline on good example practices (GEP)", "European Medicines Agency", "final", "2017-10-09", "EMA/813938/2011 Rev 3"),
    ("en_notes", "Example Disease: Developing Drugs for Treatment", "U.S. Food and Drug Administration", "draft", "2023-03", None),
    ("en_principles", "GUIDELINE FOR GOOD EXAMPLE PRACTICE", "ICH", "final", "2025-01-06", "E96(R3)"),
    ("en_questions", "Example Meetings Questions and Answers", "U.S. Food and Drug Administration", "draft", "2021-05", None),
    ("en_reflection", "Reflection paper on the use of extrapolated data in example development", "European Medicines Agency", "draft", "2021-07-22", "EMA/CHMP/111222/2021"),
    ("zh_announced", "示例药物临床试验管理规定（试行）", "国家药品监督管理局", "trial", "2023-02-06", "2023年第12号"),
    ("zh_decimal", "示例抗肿瘤药物临床试验终点技术指导原则", "国家药品监督管理局药品审评中心", "final", "2023-06", None),
    ("zh_lettered", "临床试验中的示例目标与敏感性分析", "ICH", "final", "2019-11-20", "E99(R1)"),
    ("zh_printed_numbers", "示例基因治疗产品临床试验技术指导原则（征求意见稿）", "国家药品监督管理局药品审评中心", "draft", "2025-01", None),
    ("zh_questions", "示例药物临床研发常见问题与解答（征求意见稿）", "国家药品监督管理局药品审评中心", "draft", "2024-03", None),
)  # fmt: skip


def test_proposals_are_whole() -> None:
    assert len(PROPOSED) == 15


@pytest.mark.parametrize("stated", PROPOSED, ids=lambda row: row[0])
def test_first_page_is_understood(stated: tuple[str, ...]) -> None:
    name, title, *others = stated
    path = FOLDER / f"{name}.txt"
    proposed = propose(read_tree(path), path)
    assert proposed.title_en.startswith(title)
    assert [proposed.issuer, proposed.status, proposed.issued, proposed.number] == others


def test_notes_leave_the_text_and_its_marks_with_them() -> None:
    tree = read_tree(FOLDER / "en_notes.txt")
    notes = [c.span.of(tree.text) for c in tree.clauses if c.kind == "footnote"]
    assert [note[:30] for note in notes] == ["1 This guidance has been prepa", "2 For the purposes of this gui"]
    assert "the treatment of example disease. Specifically" in tree.text
    assert not re.search(r"Nonbinding|Not for Implementation", tree.text)


# what only empty lines show: unnumbered headings in Chinese, a heading over two lines, examples, a text without numbers
NEED_EMPTY_LINES = ("en_dossier", "en_dotted", "en_indented", "en_tabs", "en_unnumbered", "zh_lettered", "zh_official")


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - set(NEED_EMPTY_LINES)))
def test_tree_is_the_same_without_empty_lines(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if line.strip()), encoding="utf-8")
    assert outline(path) == (FOLDER / f"{name}.tree").read_text(encoding="utf-8")


# what a rendering loses: notes at the foot of a page, tabs, levels of bullets, the sign of a list
NOT_AS_MARKDOWN = ("en_indented", "en_notes", "zh_decimal", "zh_parts")


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - set(NOT_AS_MARKDOWN)))
def test_tree_is_the_same_as_markdown_and_word(name: str, tmp_path: Path) -> None:
    found = original(FOLDER / f"{name}.txt")
    for write, path in ((as_markdown, tmp_path / "a.md"), (as_docx, tmp_path / "a.docx")):
        write(found, path)
        assert outline(path) == (FOLDER / f"{name}.tree").read_text(encoding="utf-8")
