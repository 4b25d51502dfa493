"""`guidegraph snapshots` and `guidegraph restore`: what they print and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.alone import alone
from ingest.cli import main
from kg.history import history
from tests.kg.test_history import RMP, kept

__all__ = ["kept"]


def test_snapshots_are_listed_latest_first(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["snapshots", "--json", "--data", str(kept)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(r["current"], r["added"], r["removed"]) for r in rows] == [
        (True, [RMP], []), (False, [], [RMP]), (False, [], []),
    ]  # fmt: skip
    assert main(["snapshots", "--data", str(kept)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[0] for line in lines] == ["*", " ", " "]
    assert f"+{RMP}" in lines[0]


def test_restore_returns_to_one_and_refuses_the_rest(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = history(kept)[1].name
    assert main(["restore", name[:9], "--data", str(kept)]) == 0
    assert history(kept)[1].current
    assert "the corpus was not changed" in capsys.readouterr().err
    assert main(["restore", "nothing", "--data", str(kept)]) == 1
    with alone(kept):
        assert main(["restore", history(kept)[0].name, "--data", str(kept)]) == 1
    assert "being rebuilt" in capsys.readouterr().err
    assert history(kept)[1].current
