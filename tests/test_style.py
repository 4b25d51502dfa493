"""The shape of the code: short functions, files that fit on a few screens, imports that run one way."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

FILES = [ROOT / "app.py", *(p for name in ("kg", "ingest", "views") for p in sorted((ROOT / name).rglob("*.py")))]
MAX_FILE, MAX_FUNCTION, MEDIAN_FUNCTION = 350, 40, 11


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.name}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_files_are_short() -> None:
    assert len(FILES) > 60
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: n for name, n in lengths.items() if n > MAX_FILE} == {}


def test_functions_are_short() -> None:
    found = dict(f for path in FILES for f in functions(path))
    assert {name: n for name, n in found.items() if n > MAX_FUNCTION} == {}
    assert statistics.median(found.values()) <= MEDIAN_FUNCTION


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in FILES
        if path.read_text(encoding="utf-8").strip()
        and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


def test_imports_run_one_way() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_screen_is_imported_by_nothing_but_the_command_that_opens_it() -> None:
    importing = [
        str(path.relative_to(ROOT))
        for path in FILES
        if path.parent.name in ("kg", "ingest") and "import app" in path.read_text(encoding="utf-8")
    ]
    assert importing in (["ingest/cli.py"], ["ingest/commands/upkeep.py"], [])
