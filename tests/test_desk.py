"""The library's desk: looking at a file, one job at a time, and a corpus that a failed rebuild leaves as it was."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest

from ingest.alone import alone
from ingest.desk import Desk, Job, Preview
from ingest.metadata import read_metadata
from ingest.rebuild import CancelledError, Progress, Rebuild
from ingest.shelve import Refused
from kg.errors import BusyError, CorpusError
from kg.model import Metadata
from kg.settings import Settings
from tests.conftest import CORPUS

TEXT = "\n\n".join(
    ("# 某产品临床试验技术指导原则", "## 一、概述", "本指导原则适用于某产品。", "## 二、随访", "建议随访 7 年。")
)
META = Metadata("某产品临床试验技术指导原则", "Some product", "某机构", "zh", "draft", "2025-03")


class FakeRebuild:
    """A rebuild that does what the test says: fails, waits for a gate, or is done at once."""

    error: Exception | None = None
    gate: threading.Event | None = None

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.cancelled = False

    def run(self, progress: Progress) -> None:
        progress("index", 1, 1)
        if self.gate:
            self.gate.wait(5)
        if self.cancelled:
            raise CancelledError("stopped")
        if self.error:
            raise self.error

    def cancel(self) -> None:
        self.cancelled = True
        if self.gate:
            self.gate.set()


@pytest.fixture
def rebuild(monkeypatch: pytest.MonkeyPatch) -> type[FakeRebuild]:
    return type("Fake", (FakeRebuild,), {})


@pytest.fixture
def desk(tmp_path: Path, rebuild: type[FakeRebuild]) -> Desk:
    shutil.copytree(CORPUS, tmp_path / "corpus")
    return Desk(Settings(tmp_path / "corpus", tmp_path / "data"), rebuild)


def done(job: Job) -> Job:
    for _ in range(200):
        if job.finished:
            return job
        time.sleep(0.02)
    raise TimeoutError(job)


def looked(desk: Desk) -> Preview:
    found = desk.look("some-product-guideline.md", TEXT.encode())
    assert isinstance(found, Preview)
    return found


def test_a_file_is_understood_before_it_is_added(desk: Desk) -> None:
    found = looked(desk)
    assert ("二、", "随访") in [(label, title) for _, label, title in found.outline]
    assert not (desk.settings.corpus / "guidelines" / found.understood.slug).exists()


@pytest.mark.parametrize(("name", "content"), [("x.docx", b"no docx"), ("../../x.pdf", b"no pdf"), ("x.txt", b"")])
def test_a_bad_file_is_refused_in_words_without_a_path(desk: Desk, name: str, content: bytes) -> None:
    found = desk.look(name, content)
    assert isinstance(found, Refused)
    assert str(desk.settings.data) not in found.reason
    assert found.file.parent == desk.settings.data / "uploads"


def test_confirmed_metadata_is_written(desk: Desk) -> None:
    job = done(desk.shelve(looked(desk), META))
    assert job.error is None
    assert read_metadata(desk.settings.corpus / "guidelines" / job.slug / "guideline.toml") == META


@pytest.mark.parametrize("error", [CorpusError("bad"), KeyError("bad")])
def test_a_failed_rebuild_leaves_the_corpus_as_it_was(desk: Desk, rebuild: type[FakeRebuild], error: Exception) -> None:
    rebuild.error = error
    before = sorted(p.name for p in (desk.settings.corpus / "guidelines").iterdir())
    for start in (lambda: desk.shelve(looked(desk), META), lambda: desk.take_out(before[0])):
        assert "bad" in (done(start()).error or "")
        assert sorted(p.name for p in (desk.settings.corpus / "guidelines").iterdir()) == before


def test_what_was_taken_out_is_put_back(desk: Desk) -> None:
    slug = "car-t-risk-management-plan"
    done(desk.take_out(slug))
    assert [p.name for p in desk.removed] == [slug]
    done(desk.put_back(slug))
    assert desk.removed == ()
    assert (desk.settings.corpus / "guidelines" / slug / "guideline.toml").is_file()


def test_one_job_at_a_time_and_no_return_meanwhile(desk: Desk, rebuild: type[FakeRebuild]) -> None:
    rebuild.gate = threading.Event()
    job = desk.rebuild()
    for start in (desk.rebuild, lambda: desk.take_out("rare-disease-drug-development-2021")):
        with pytest.raises(BusyError, match="being rebuilt"):
            start()
    rebuild.gate.set()
    done(job)


def test_another_process_that_builds_is_noticed(desk: Desk) -> None:
    assert not desk.elsewhere
    with alone(desk.settings.data):
        assert desk.elsewhere
        with pytest.raises(BusyError):
            desk.rebuild()
        with pytest.raises(BusyError), alone(desk.settings.data):
            pass
    assert not desk.elsewhere


def test_a_cancelled_job_changes_nothing(desk: Desk, rebuild: type[FakeRebuild]) -> None:
    rebuild.gate = threading.Event()
    slug = "car-t-risk-management-plan"
    job = desk.take_out(slug)
    while not job.share:
        time.sleep(0.02)
    desk.cancel()
    assert done(job).cancelled
    assert (desk.settings.corpus / "guidelines" / slug / "guideline.toml").is_file()


def test_progress_only_grows() -> None:
    job, shares = Job("add", "x"), []
    for stage in ("read", "link", "describe", "train", "rehearse", "train", "learn", "unheard-of", "index"):
        job.watch(stage, 1, 2)
        shares.append(job.share)
    assert shares == sorted(shares)
    assert shares[-1] < 1


def test_the_process_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    shutil.copytree(CORPUS, tmp_path / "corpus")
    (tmp_path / "corpus" / "overrides.jsonl").write_text("not json\n", encoding="utf-8")
    rebuilding = Rebuild(Settings(tmp_path / "corpus", tmp_path / "data"))
    with pytest.raises(CorpusError, match=r"overrides\.jsonl, line 1: "):
        rebuilding.run(lambda *_: None)


def test_the_process_is_stopped_and_leaves_nothing_half_built(tmp_path: Path) -> None:
    rebuilding = Rebuild(Settings(CORPUS, tmp_path / "data"))
    stages: list[str] = []

    def follow(stage: str, done: int, total: int) -> None:
        stages.append(stage)
        if stage == "describe":
            rebuilding.cancel()

    with pytest.raises(CancelledError):
        rebuilding.run(follow)
    assert stages[0] == "read"
    assert list((tmp_path / "data" / "snapshots").glob("*")) + list((tmp_path / "data" / "snapshots").glob(".*")) == []
    assert not (tmp_path / "data" / "current").exists()
