"""Language, folding and tokens."""

from __future__ import annotations

import doctest

import pytest

import kg.text
from kg.text import content_terms, detect_language, tokens


def test_docstrings_run() -> None:
    assert doctest.testmod(kg.text).failed == 0
    assert doctest.testmod(kg.text).attempted >= 2


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("AAV 载体要随访多久", "zh"),
        ("RCL 检测", "zh"),
        ("How long must we follow AAV patients?", "en"),
        ("AAV LTFU duration", "en"),
        ("What does 慢病毒 mean?", "zh"),
        ("2:1", "en"),
    ],
)
def test_language(text: str, lang: str) -> None:
    assert detect_language(text) == lang


def test_tokens_of_both_languages_meet() -> None:
    assert set(tokens("Lentiviral vectors")) == set(tokens("lentiviral vector"))
    assert "ａａｖ" not in tokens("ＡＡＶ")
    assert tokens("ＡＡＶ") == tokens("AAV")


def test_content_terms_leave_out_what_only_asks() -> None:
    assert content_terms("请问需要多少个？") == []
    assert "非劣" in content_terms("非劣效界值可以放宽多少")
