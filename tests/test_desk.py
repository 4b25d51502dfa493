"""The library's desk: looking at a file, one job at a time, and a corpus that a failed rebuild leaves as it was."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest

from ingest.desk import Desk, Job, Preview
from ingest.metadata import read_metadata
from ingest.shelve import Refused
from kg.errors import CorpusError
from kg.model import Metadata
from kg.settings import Settings
from tests.conftest import CORPUS

TEXT = "\n\n".join(
    ("# 某产品临床试验技术指导原则", "## 一、概述", "本指导原则适用于某产品。", "## 二、随访", "建议随访 7 年。")
)
META = Metadata("某产品临床试验技术指导原则", "Some product", "某机构", "zh", "draft", "2025-03")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    shutil.copytree(CORPUS, tmp_path / "corpus")
    return Desk(Settings(tmp_path / "corpus", tmp_path / "data"))


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


def test_confirmed_metadata_is_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.pipeline.build", lambda settings, progress: progress("index", 1, 1))
    job = done(desk.shelve(looked(desk), META))
    assert job.error is None
    assert read_metadata(desk.settings.corpus / "guidelines" / job.slug / "guideline.toml") == META


@pytest.mark.parametrize("error", [CorpusError("bad"), KeyError("bad")])
def test_a_failed_rebuild_leaves_the_corpus_as_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(settings: Settings, progress: object) -> None:
        raise error

    monkeypatch.setattr("ingest.pipeline.build", fail)
    before = sorted(p.name for p in (desk.settings.corpus / "guidelines").iterdir())
    for start in (lambda: desk.shelve(looked(desk), META), lambda: desk.take_out(before[0])):
        assert "bad" in (done(start()).error or "")
        assert sorted(p.name for p in (desk.settings.corpus / "guidelines").iterdir()) == before


def test_what_was_taken_out_is_put_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.pipeline.build", lambda settings, progress: None)
    slug = "car-t-risk-management-plan"
    done(desk.take_out(slug))
    assert [p.name for p in desk.removed] == [slug]
    done(desk.put_back(slug))
    assert desk.removed == ()
    assert (desk.settings.corpus / "guidelines" / slug / "guideline.toml").is_file()


def test_one_job_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    monkeypatch.setattr("ingest.pipeline.build", lambda settings, progress: gate.wait(5))
    job = desk.take_out("car-t-risk-management-plan")
    with pytest.raises(CorpusError, match="being rebuilt"):
        desk.take_out("rare-disease-drug-development-2021")
    gate.set()
    done(job)


def test_progress_only_grows() -> None:
    job, shares = Job("add", "x"), []
    for stage in ("read", "link", "describe", "train", "rehearse", "train", "learn", "unheard-of", "index"):
        job.watch(stage, 1, 2)
        shares.append(job.share)
    assert shares == sorted(shares)
    assert shares[-1] < 1
