"""The snapshots that are kept, the latest first, what each changed, and the way back to one of them.

Returning to a snapshot changes which one answers, never the corpus: the next build makes a snapshot of the corpus again.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import msgspec

from kg import codec
from kg.concordance import NAME as CONCORDANCE
from kg.errors import SnapshotError
from kg.settings import Settings
from kg.snapshot import CURRENT, FORMAT, SNAPSHOTS, Manifest, make_current, sha256

RETURNED = "returned"
DECISIONS = ("overrides.jsonl", "terms.jsonl")
_ENGINES = ("store/", "lexical/", CONCORDANCE)  # their files are left out of a snapshot's identity


@dataclass(frozen=True, slots=True)
class Version:
    """A snapshot that is kept. `added`, `removed` and `changed` are guidelines, against the snapshot before it, by slug.

    `statements` and `concepts` are numbers, `more_*` their differences to the snapshot before; None for the oldest one.
    `titles` are in Chinese and English, of the removed ones too; `decisions` says that curators' decisions differ, `code`
    that the program was another one then, `usable` that this program can open it.
    """

    name: str
    id: str
    built: datetime
    current: bool
    guidelines: int
    titles: dict[str, tuple[str, str]]
    statements: int
    concepts: int
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    more_statements: int | None = None
    more_concepts: int | None = None
    decisions: bool = False
    code: bool = False
    usable: bool = True


def history(data: Path) -> tuple[Version, ...]:
    """The snapshots of a data folder, the latest first. One that cannot be read is left out."""
    try:
        current = (data / CURRENT).read_text(encoding="utf-8").strip()
    except OSError:
        current = ""
    kept = list(manifests(data))
    versions = [_version(folder, manifest, current) for folder, manifest in kept]
    compared = [
        _compared(new, old, a, b)
        for (new, old), ((_, a), (_, b)) in zip(pairwise(versions), pairwise(kept), strict=True)
    ]
    return (*compared, *versions[-1:])


def restore(data: Path, name: str) -> Version:
    """Makes a kept snapshot the one in use, after its files were checked against its manifest.

    `name` is its name, or the beginning of its name or id. Raises SnapshotError where there is none, where several begin so,
    or where a file has changed; the snapshot in use then stays.
    """
    kept = history(data)
    found = [v for v in kept if _begins(v, name)]
    if len(found) != 1:
        known = ", ".join(v.name for v in kept)
        raise SnapshotError(
            f"{data}: {'several snapshots begin' if found else 'no snapshot begins'} with {name!r}; there are {known or 'none'}"
        )
    check(data / SNAPSHOTS / found[0].name)
    make_current(data, found[0].name)
    if found[0] is kept[0]:
        (data / RETURNED).unlink(missing_ok=True)
    else:
        (data / RETURNED).write_text(found[0].name + "\n", encoding="utf-8")
    return replace(found[0], current=True)


def returned(data: Path) -> bool:
    """Whether the snapshot in use is one that somebody returned to, so that a start does not build over it."""
    try:
        return (data / RETURNED).read_text(encoding="utf-8") == (data / CURRENT).read_text(encoding="utf-8")
    except OSError:
        return False


def check(folder: Path) -> None:
    """Raises SnapshotError naming the first file that is missing, has changed, or does not belong to the snapshot's id."""
    manifest = codec.decode(folder / "manifest.json", Manifest)
    if manifest.format != FORMAT:
        raise SnapshotError(f"{folder}: was made by another version of the program; this snapshot cannot be used")
    for name, digest in manifest.outputs.items():
        if not (folder / name).is_file():
            raise SnapshotError(f"{folder / name}: is missing; this snapshot cannot be used")
        if sha256(folder / name) != digest:
            raise SnapshotError(
                f"{folder / name}: has changed since the snapshot was made; this snapshot cannot be used"
            )
    if identity(manifest.outputs) != manifest.id:
        raise SnapshotError(
            f"{folder / 'manifest.json'}: its id is not that of its files; this snapshot cannot be used"
        )


def identity(outputs: Mapping[str, str]) -> str:
    """A snapshot's id: the hash of the hashes of its files, engines' internal files left out."""
    said = [f"{name} {digest}" for name, digest in outputs.items() if not name.startswith(_ENGINES)]
    digest = hashlib.sha256("\n".join(said).encode()).hexdigest()
    return f"sha256:{digest}"


def forget_old(settings: Settings) -> None:
    """Deletes all but the latest snapshots, as many as the settings say; the one in use always stays."""
    current = (settings.data / CURRENT).read_text(encoding="utf-8").strip()
    others = [folder for folder in _latest_first(settings.data) if folder.name != current]
    for folder in others[settings.snapshots - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def kept_entries(data: Path) -> set[str]:
    """The kept results that the snapshots of a data folder are made of."""
    return {entry for _, manifest in manifests(data) for entry in manifest.entries}


def manifests(data: Path) -> Iterator[tuple[Path, Manifest]]:
    """The snapshots of a data folder and what they are made of, the latest first. One that cannot be read is left out."""
    for folder in _latest_first(data):
        if manifest := _manifest(folder):
            yield folder, manifest


def _latest_first(data: Path) -> list[Path]:
    folders = [
        p for p in (data / SNAPSHOTS).glob("*") if not p.name.startswith(".") and (p / "manifest.json").is_file()
    ]
    return sorted(folders, key=lambda p: ((p / "manifest.json").stat().st_mtime, p.name), reverse=True)


def _manifest(folder: Path) -> Manifest | None:
    try:
        return codec.decode(folder / "manifest.json", Manifest)
    except SnapshotError:
        return None


def _version(folder: Path, manifest: Manifest, current: str) -> Version:
    built = datetime.fromtimestamp((folder / "manifest.json").stat().st_mtime, UTC).astimezone()
    return Version(
        folder.name, manifest.id, built, folder.name == current, len(manifest.shelves),
        {s.slug: (s.metadata.title_zh, s.metadata.title_en) for s in manifest.shelves},
        sum(s.statements for s in manifest.shelves), manifest.concepts or _counted(folder / "concepts.json"),
        usable=manifest.format == FORMAT,
    )  # fmt: skip


def _counted(path: Path) -> int:
    """How many concepts a snapshot has that was made before its manifest said so."""
    return len(codec.decode(path, tuple[msgspec.Raw, ...]))


def _compared(new: Version, old: Version, now: Manifest, then: Manifest) -> Version:
    both = new.titles.keys() & old.titles.keys()
    changed = {slug for slug in both if _files(now, f"guidelines/{slug}/") != _files(then, f"guidelines/{slug}/")}
    return replace(
        new, added=tuple(sorted(new.titles.keys() - old.titles.keys())),
        removed=tuple(sorted(old.titles.keys() - new.titles.keys())), changed=tuple(sorted(changed)),
        more_statements=new.statements - old.statements, more_concepts=new.concepts - old.concepts,
        decisions=any(now.inputs.get(name) != then.inputs.get(name) for name in DECISIONS),
        code=now.versions.get("code") != then.versions.get("code"), titles=old.titles | new.titles,
    )  # fmt: skip


def _begins(version: Version, name: str) -> bool:
    return bool(name) and (
        version.name.startswith(name) or version.id.removeprefix("sha256:").startswith(name.removeprefix("sha256:"))
    )


def _files(manifest: Manifest, folder: str) -> dict[str, str]:
    return {name: digest for name, digest in manifest.inputs.items() if name.startswith(folder)}
