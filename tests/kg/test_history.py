"""The snapshots that are kept: what each changed, the way back and forth, and what is refused."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kg import codec
from kg.errors import SnapshotError
from kg.history import forget_old, history, identity, restore, returned
from kg.settings import Settings
from kg.snapshot import Manifest, Snapshot, make_current

RMP = "car-t-risk-management-plan"


@pytest.fixture
def kept(snapshot: Snapshot, tmp_path: Path) -> Path:
    """A data folder with three snapshots: all guidelines, one without the risk management plan, all again."""
    for nth, without in enumerate(("", RMP, "")):
        folder = tmp_path / "snapshots" / f"{nth}{snapshot.folder.name}"
        shutil.copytree(snapshot.folder, folder, ignore=shutil.ignore_patterns("store", "lexical", "dense"))
        _shrink(folder, without, nth)
    make_current(tmp_path, f"2{snapshot.folder.name}")
    return tmp_path


def _shrink(folder: Path, without: str, nth: int) -> None:
    """The manifest of the folder as it is, with one guideline fewer, an hour after the one before."""
    manifest = codec.decode(folder / "manifest.json", Manifest)
    (folder / "ranker.json").write_text(json.dumps({"nth": nth}), encoding="utf-8")
    outputs = {n: d for n, d in manifest.outputs.items() if not n.startswith(("store/", "lexical/", "dense/"))}
    from kg.snapshot import sha256

    outputs["ranker.json"] = sha256(folder / "ranker.json")
    shelves = tuple(s for s in manifest.shelves if s.slug != without)
    manifest = replace(
        manifest, outputs=outputs, id=identity(outputs), shelves=shelves, concepts=manifest.concepts - nth
    )
    (folder / "manifest.json").write_bytes(codec.encode(manifest))
    os.utime(folder / "manifest.json", (1_700_000_000 + 3600 * nth,) * 2)


def test_each_says_what_it_changed(kept: Path, snapshot: Snapshot) -> None:
    new, middle, old = history(kept)
    assert [v.current for v in (new, middle, old)] == [True, False, False]
    assert (new.added, middle.removed, old.added) == ((RMP,), (RMP,), ())
    assert new.more_statements == -(middle.more_statements or 0) > 0
    assert (new.more_concepts, middle.more_concepts, old.more_concepts) == (-1, -1, None)
    assert RMP in middle.titles  # what went still has its title
    assert old.guidelines == len(snapshot.manifest.shelves)


def test_there_and_back_again(kept: Path) -> None:
    new, middle, _ = history(kept)
    assert restore(kept, middle.name).current
    assert [v.current for v in history(kept)] == [False, True, False]
    assert returned(kept)
    restore(kept, new.id[:16])
    assert history(kept)[0].current
    assert not returned(kept)


def test_a_new_snapshot_ends_the_return(kept: Path) -> None:
    new, middle, _ = history(kept)
    restore(kept, middle.name)
    make_current(kept, new.name)
    assert not returned(kept)


@pytest.mark.parametrize(("name", "says"), [("nothing", "no snapshot begins"), ("", "no snapshot begins")])
def test_an_unknown_name_is_refused(kept: Path, name: str, says: str) -> None:
    with pytest.raises(SnapshotError, match=says):
        restore(kept, name)


def test_a_damaged_snapshot_is_not_returned_to(kept: Path) -> None:
    _, middle, old = history(kept)
    graph = kept / "snapshots" / middle.name / "graph.nq"
    graph.write_bytes(graph.read_bytes() + b"\n")
    with pytest.raises(SnapshotError, match=r"graph\.nq: has changed"):
        restore(kept, middle.name)
    (kept / "snapshots" / old.name / "concepts.json").unlink()
    with pytest.raises(SnapshotError, match=r"concepts\.json: is missing"):
        restore(kept, old.name)
    assert history(kept)[0].current


def test_a_manifest_that_was_written_anew_is_noticed(kept: Path) -> None:
    middle = history(kept)[1]
    path = kept / "snapshots" / middle.name / "manifest.json"
    manifest = codec.decode(path, Manifest)
    path.write_bytes(codec.encode(replace(manifest, id=f"sha256:{'0' * 64}")))
    with pytest.raises(SnapshotError, match="its id is not that of its files"):
        restore(kept, middle.name)


def test_a_snapshot_of_another_format_is_listed_but_not_returned_to(kept: Path) -> None:
    middle = history(kept)[1]
    path = kept / "snapshots" / middle.name / "manifest.json"
    path.write_bytes(codec.encode(replace(codec.decode(path, Manifest), format=0)))
    assert [v.usable for v in history(kept) if v.name == middle.name] == [False]
    with pytest.raises(SnapshotError, match="another version of the program"):
        restore(kept, middle.name)


def test_the_oldest_go_and_the_one_in_use_stays(kept: Path) -> None:
    old = history(kept)[2]
    restore(kept, old.name)
    forget_old(Settings(data=kept, snapshots=2))
    assert [v.name[0] for v in history(kept)] == ["2", "0"]
    assert history(kept)[1].current


def test_how_many_are_kept_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.from_environment().snapshots == 5
    for value, expected in {"8": 8, "0": 1, "many": 5}.items():
        monkeypatch.setenv("GUIDEGRAPH_SNAPSHOTS", value)
        assert Settings.from_environment().snapshots == expected
