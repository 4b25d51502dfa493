"""Errors and warnings by code: every one that a build or an upload can end with is known, and said in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.messages import TEMPLATES, recognised
from tests.conftest import ROOT
from tests.fakes import FakeAssistant
from views.records import Page
from views.said import said
from views.texts import LIBRARY_EN, LIBRARY_ZH

RAISED = {"CorpusError", "SourceError", "MetadataError", "VocabularyError", "BusyError", "CancelledError"}
COMMANDS = {"beir.py", "beirfiles.py", "enrich.py", "enrichment.py"}  # of the command line alone


def raised() -> Iterator[tuple[str, str]]:
    """The words of every raise in ingest, and of every warning, with something in place of what is filled in."""
    for path in sorted((ROOT / "ingest").rglob("*.py")):
        if path.name in COMMANDS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name = getattr(node.exc.func, "id", "")
                if name in RAISED and node.exc.args and isinstance(node.exc.args[0], ast.JoinedStr | ast.Constant):
                    yield path.name, sample(node.exc.args[0])
            elif (
                isinstance(node, ast.Yield)
                and path.name == "shelve.py"
                and isinstance(node.value, ast.JoinedStr | ast.Constant)
            ):
                yield path.name, sample(node.value)


def sample(node: ast.JoinedStr | ast.Constant) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    parts = (str(p.value) if isinstance(p, ast.Constant) else "17" for p in node.values)
    return "".join(parts)


def test_every_error_of_a_build_or_an_upload_is_known() -> None:
    found = list(raised())
    assert len(found) > 60
    # the words come from elsewhere, or are put together from several parts
    passed_on = re.compile(
        r"(?:17|overrides\.jsonl|translation)(?:, line 17)?: (?:17|is 17|holds 17 \(17\)|page 17.*|the library is being rebuilt17; .*)(?: \(17(?:: 17)?\))?"
    )
    unknown = [(name, text) for name, text in found if not recognised(text) and not passed_on.fullmatch(text)]
    assert unknown == [], "add these to ingest/messages.py and to views/texts_messages_zh.py"


@pytest.mark.parametrize("code", sorted(TEMPLATES))
def test_every_code_has_its_words_in_both_languages(code: str) -> None:
    for table in (LIBRARY_ZH.messages, LIBRARY_EN.messages):
        assert re.findall(r"\{\w+\}", table[code]).sort() == re.findall(r"\{\w+\}", TEMPLATES[code]).sort()
    assert LIBRARY_ZH.messages.keys() == LIBRARY_EN.messages.keys() == TEMPLATES.keys()


@pytest.mark.parametrize("code", sorted(TEMPLATES))
def test_every_template_is_recognised_as_itself(code: str) -> None:
    values = {name: f"v{n}" for n, name in enumerate(re.findall(r"\{(\w+)\}", TEMPLATES[code]))}
    found = recognised(f"some/file.txt, line 3: {TEMPLATES[code].format(**values)}")
    assert found is not None
    assert (found.code, found.values, found.file, found.line) == (code, values, "some/file.txt", "3")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("corpus/overrides.jsonl, line 3: no concept urn:x", "overrides.jsonl 第 3 行：没有概念 urn:x"),
        ("no text on 12 pages (1, 2, …); they may be pictures", "有 12 页没有文字（1, 2, …），可能是图片"),
        ("the first page bears no date; fill in `issued` if you know it", "首页没有日期；如果知道，请填写“日期”"),
        ("is empty; give the file with its text", "文件是空的，请提供有文字的文件"),
        ("something that nobody foresaw: 1", "something that nobody foresaw: 1"),
    ],
)
def test_a_message_is_said_in_chinese(text: str, words: str) -> None:
    assert said(text, Page(FakeAssistant(), "zh"), Path("corpus")) == words
    assert said(text, Page(FakeAssistant(), "en"), Path("corpus")) == text.removeprefix("corpus/")
