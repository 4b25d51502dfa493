"""References of every kind in sentences of our own, and what each is resolved to."""

from __future__ import annotations

import pytest

from ingest.readers.source import SourceText
from ingest.reading import structure
from ingest.references import Shelf, find_references
from kg.model import Document, Metadata, Reference

LIBRARY = {
    "self": Metadata("本文指导原则", "This guideline", "X", "zh"),
    "rare": Metadata("罕见疾病药物临床研发技术指导原则", "Rare diseases", "X", "zh", number="2021年第71号"),
    "e2f": Metadata(
        "研发期间安全性更新报告", "E2F Development Safety Update Report", "ICH", "en", aliases=("ICH E2F",)
    ),
    "e6": Metadata("药物临床试验质量管理规范", "E6(R2) Good Clinical Practice", "ICH", "en"),
}
BODY = """一、概述

{}

二、要求

三、随访

3.1 时间

3.2 方法

（一）访视

参考文献

[1] 国家药品监督管理局. 《罕见疾病药物临床研发技术指导原则》. 2021.

[2] Smith A. Example. 2019.

附件1：表格

表格如下所示，由申请人填写。
"""
# sentence, kind, title, target, target clause
CASES = (
    ("参照《罕见疾病药物临床研发技术指导原则（征求意见稿）》执行。", "title", "罕见疾病药物临床研发技术指导原则（征求意见稿）", "rare", None),
    ("应符合《中华人民共和国药品管理法》。", "law", "中华人民共和国药品管理法", None, None),
    ("详见2021年第71号。", "law", "2021年第71号", "rare", None),
    ("按照药监综药管〔2020〕9号的要求。", "law", "药监综药管〔2020〕9号", None, None),
    ("可参考多发性骨髓瘤药物临床试验设计指导原则。", "guideline", "多发性骨髓瘤药物临床试验设计指导原则", None, None),
    ("自然史研究很重要[1]。", "mark", "[1]", "self", "self#ref.1"),
    ("自然史研究很重要[7]。", "mark", "[7]", None, None),
    ("见本指导原则第三部分。", "part", "第三部分", "self", "self#3"),
    ("见本指导原则第九部分。", "part", "第九部分", None, None),
    ("表格见附件1。", "part", "附件1", "self", "self#annex-1"),
    ("时间见3.1。", "section", "3.1", "self", "self#3.1"),
    ("The time is given in section 3.2 of this guideline.", "section", "3.2", "self", "self#3.2"),
    ("The time is given in section 3.2 of ICH E10.", "section", "3.2 of ICH E10", None, None),
    ("应遵循ICH E2F的要求。", "ich", "ICH E2F", "e2f", None),
    ("应遵循ICH E6(R2)的要求。", "ich", "ICH E6(R2)", "e6", None),
    ("应遵循ICH E10的要求。", "ich", "ICH E10", None, None),
    ("Reports follow 21 CFR 312.32 in all cases.", "law", "21 CFR 312.32", None, None),
    ("See Regulation (EC) No 141/2000 for orphan products.", "law", "Regulation (EC) No 141/2000", None, None),
    ("See the guidance for industry E10 Choice of Control Group (May 2001).", "ich", "ICH E10", None, None),
    ("See the guidance for industry Adaptive Designs for Trials (November 2019).", "guideline", "Adaptive Designs for Trials", None, None),
    ("The numbers are in EMA/CHMP/295050/2013 Rev 1.", "guideline", "EMA/CHMP/295050/2013 Rev 1", None, None),
    ("This applies under section 505(b)(2) of the FD&C Act.", "law", "section 505(b)(2) of the FD&C Act", None, None),
    ("Subjects consent under 45 CFR part 46.", "law", "45 CFR part 46", None, None),
    ("应遵循ICH Topic E 6 (R2)的要求。", "ich", "ICH E6(R2)", "e6", None),
    ("要求参见本指导原则“三、”部分。", "part", "三、", "self", "self#3"),
    ("依据国家市场监督管理总局令第27号。", "law", "国家市场监督管理总局令第27号", None, None),
    ("符合GB/T 16886.1的要求。", "law", "GB/T 16886.1", None, None),
    ("It replaces the Guideline on long-term follow-up of patients.", "guideline", "Guideline on long-term follow-up of patients", None, None),
)  # fmt: skip
# nothing is referred to here
NONE = (
    "参照相关指导原则开展。",
    "剂量为每公斤3.2毫克，随访3 个月。",
    "本指导原则旨在提出建议。",
    "The E1 vector was used in 3.2 years.",
)


def test_cases_are_whole() -> None:
    assert (len(CASES), len(NONE)) == (28, 4)


@pytest.mark.parametrize(("sentence", "kind", "title", "target", "clause"), CASES)
def test_reference(sentence: str, kind: str, title: str, target: str | None, clause: str | None) -> None:
    found = [r for r in _references(sentence) if r.kind == kind]
    assert [(r.title, r.target, r.target_clause) for r in found] == [(title, target, clause)]


@pytest.mark.parametrize("sentence", NONE)
def test_no_reference(sentence: str) -> None:
    assert _references(sentence) == []


def test_lists_are_read_to_their_end() -> None:
    found = [
        (r.title, r.target_clause) for r in _references("见附件1和附件2，详见3.1、3.2，遵循ICH E9（R1）、E6（R2）。")
    ]
    assert found == [
        ("附件1", "self#annex-1"), ("附件2", None), ("3.1", "self#3.1"), ("3.2", "self#3.2"),
        ("ICH E9（R1）", None), ("ICH E6（R2）", None),
    ]  # fmt: skip


def test_entries_of_the_list_are_references() -> None:
    entries = [r for r in find_references(_document("无。"), Shelf.of(LIBRARY)) if r.kind == "entry"]
    assert [(r.clause_id, r.target) for r in entries] == [("self#ref.1", "rare"), ("self#ref.2", None)]


def _document(sentence: str) -> Document:
    reading = structure("self", SourceText(BODY.format(sentence), "text"))
    tree = reading.tree
    return Document("self", LIBRARY["self"], tree.text, tree.segments, ((0, 1),), tree.clauses, reading.sentences, ())


def _references(sentence: str) -> list[Reference]:
    return [r for r in find_references(_document(sentence), Shelf.of(LIBRARY)) if r.clause_id == "self#1"]


# entries of a list and the title that each names
ENTRIES = (
    ("[1] Smith A, Jones B, et al. Endpoints in example trials. J Clin Oncol, 2019, 1: 2-3.", "Endpoints in example trials"),
    ("[1] 国家药品监督管理局. 抗肿瘤药物临床试验终点技术指导原则[EB/OL]. 2012.", "抗肿瘤药物临床试验终点技术指导原则"),
    ("[1] 抗肿瘤药物临床试验终点技术指导原则. 2012.", "抗肿瘤药物临床试验终点技术指导原则"),
    ("[1] FDA. Long Term Follow-Up After Administration of Human Gene Therapy Products. 2020.", "Long Term Follow-Up After Administration of Human Gene Therapy Products"),
)  # fmt: skip


def test_entries_are_whole() -> None:
    assert len(ENTRIES) == 4


@pytest.mark.parametrize(("entry", "title"), ENTRIES)
def test_title_of_an_entry(entry: str, title: str) -> None:
    reading = structure("self", SourceText(f"一、概述\n\n无。\n\n参考文献\n\n{entry}\n", "text"))
    tree = reading.tree
    document = Document(
        "self", LIBRARY["self"], tree.text, tree.segments, ((0, 1),), tree.clauses, reading.sentences, ()
    )
    (found,) = [r for r in find_references(document, Shelf.of(LIBRARY)) if r.kind == "entry"]
    assert found.title == title
