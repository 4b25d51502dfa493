"""What all tests share: the corpus of the repository, one snapshot built from it, and the flag that rewrites golden files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.pipeline import build
from kg.assistant import Assistant
from kg.settings import Settings
from kg.snapshot import Snapshot

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
SLUGS = tuple(sorted(path.name for path in (CORPUS / "guidelines").iterdir() if path.is_dir()))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden", action="store_true", help="write the golden files anew, to be read in the diff"
    )


@pytest.fixture(scope="session")
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite-golden"))


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a snapshot of the repository's corpus; one that GUIDEGRAPH_TEST_DATA names is used again."""
    folder = Path(os.environ.get("GUIDEGRAPH_TEST_DATA") or tmp_path_factory.mktemp("data"))
    build(Settings(CORPUS, folder))
    return folder


@pytest.fixture(scope="session")
def snapshot(data: Path) -> Snapshot:
    return Snapshot.open(data)


@pytest.fixture(scope="session")
def assistant(data: Path) -> Assistant:
    return Assistant.open(data)
