"""Durations: rows of text and what is read from it."""

from __future__ import annotations

import pytest

from kg.durations import find_durations

ROWS = [
    ("建议观察不短于 15 年。", ["min-P15Y"]),
    ("观察 15 年或至数据表明不再存在任何风险（感染或再激活）", ["P15Y-or-until"]),
    ("首次缓解后 12 个月内复发", ["max-P12M"]),
    ("两次检测间的采样间隔建议不超过 6 个月。此后每年至少检测一次", ["max-P6M", "every-P1Y"]),
    ("不短于三个月时的肿瘤缓解", ["min-P3M"]),
    ("完成前 5 年的随访后", ["P5Y"]),
    ("半年", ["P6M"]),
    ("给药后 24 小时", ["PT24H"]),
    ("for no less than 15 years", ["min-P15Y"]),
    ("within 12 months", ["max-P12M"]),
    ("at least once every year", ["every-P1Y"]),
    ("half a year", ["P6M"]),
    ("每 6 个月检测一次", ["every-P6M"]),
    ("every six months", ["every-P6M"]),
    ("at least annually", ["every-P1Y"]),
    ("once a month", ["every-P1M"]),
    ("no later than 15 calendar days", ["max-P15D"]),
    ("should not exceed 3 months", ["max-P3M"]),
    ("a minimum of fifteen years", ["min-P15Y"]),
    ("the annual report", []),
    ("2021 年 12 月 31 日", []),
    ("2018 年 5 月，五部委", []),
    ("《目录》（2021 年版）", []),
    ("各年龄段的患者", []),
    ("多少年", []),
]


def test_rows_are_all_here() -> None:
    assert len(ROWS) == 25


@pytest.mark.parametrize(("text", "keys"), ROWS)
def test_durations_are_read(text: str, keys: list[str]) -> None:
    assert [duration.key for _, duration in find_durations(text)] == keys


def test_durations_compare_over_units() -> None:
    (_, months), (_, weeks), (_, half) = (find_durations(t)[0] for t in ("6个月", "26 weeks", "半年"))
    assert months.days == half.days
    assert abs(months.days - weeks.days) < 2


def test_spans_are_verbatim() -> None:
    text = "采样间隔建议不超过 6 个月"
    span, _ = find_durations(text)[0]
    assert span.of(text) == "不超过 6 个月"
