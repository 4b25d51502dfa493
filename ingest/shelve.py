"""Adding guidelines to a corpus and taking them out again. One bad file does not stop the others; nothing is deleted."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.clauses import ClauseTree
from ingest.propose import UNKNOWN, propose, slug_of, toml
from ingest.readers import SUFFIXES, SourceText, read_source
from ingest.reading import structure
from kg.errors import CorpusError, GuidegraphError, SourceError
from kg.model import Metadata

REMOVED = "removed"
_FEW_CLAUSES = 3


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a file, for its owner to look at. `warnings` say what to look at first."""

    file: Path
    slug: str
    format: str
    metadata: Metadata
    clauses: int
    depth: int
    tables: int
    pages: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be added, and why."""

    file: Path
    reason: str


def add(
    files: Sequence[Path],
    corpus: Path,
    *,
    slug: str | None = None,
    dry_run: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
) -> Iterator[Understood | Refused]:
    """Reads every file (and every readable file in a folder) and, unless it is a dry run, shelves it in the corpus."""
    found = list(_files(files))
    for done, file in enumerate(found):
        if progress:
            progress("add", done, len(found))
        try:
            yield _add(file, corpus, slug if len(found) == 1 else None, dry_run=dry_run)
        except GuidegraphError as error:
            yield Refused(file, str(error))
    if progress:
        progress("add", len(found), len(found))


def remove(slug: str, corpus: Path, data: Path) -> Path:
    """Moves a guideline's folder out of the corpus and returns where it is now; moved back, it is as it was."""
    folder = corpus / "guidelines" / slug
    if not slug or "/" in slug or not folder.is_dir():
        known = ", ".join(sorted(p.name for p in (corpus / "guidelines").glob("*") if p.is_dir()))
        raise CorpusError(f"{folder}: no such guideline; there are {known or 'none'}")
    aside = data / REMOVED
    aside.mkdir(parents=True, exist_ok=True)
    target = next(p for p in _numbered(aside / slug) if not p.exists())
    shutil.move(folder, target)
    return target


def restore(removed: Path, slug: str, corpus: Path) -> None:
    """Moves a guideline back to where `remove` took it from."""
    shutil.move(removed, corpus / "guidelines" / slug)


def _files(given: Sequence[Path]) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES)
        else:
            yield path


def _add(file: Path, corpus: Path, slug: str | None, *, dry_run: bool) -> Understood:
    source = read_source(file)
    tree = structure("new", source).tree
    metadata = propose(tree, file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    name = slug or slug_of(metadata, file, digest)
    _refuse_known(file, name, digest, corpus)
    if not dry_run:
        _shelve(file, corpus / "guidelines" / name, metadata)
    pages = len(source.pages)
    depth = max((c.depth for c in tree.clauses), default=0)
    warnings = tuple(_warnings(file, source, tree, metadata))
    return Understood(file, name, source.format, metadata, len(tree.clauses), depth, len(tree.tables), pages, warnings)


def _refuse_known(file: Path, slug: str, digest: str, corpus: Path) -> None:
    """The same file twice, or another one of the same name, is refused."""
    if not all(c.isascii() and (c.isalnum() or c in "-_") for c in slug) or not slug:
        raise CorpusError(f"{slug}: a guideline's name is of ASCII letters, digits and hyphens")
    for source in (corpus / "guidelines").glob("*/source.*"):
        if source.suffix in SUFFIXES and hashlib.sha256(source.read_bytes()).hexdigest() == digest:
            raise SourceError(f"{file}: is in the library already, as {source.parent.name}")
    if (corpus / "guidelines" / slug).exists():
        raise SourceError(
            f"{file}: there is a guideline {slug} already; name this one with --slug, or remove that one first"
        )


def _shelve(file: Path, folder: Path, metadata: Metadata) -> None:
    """The folder appears with all that is in it, or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".adding-", dir=folder.parent.parent))
    try:
        suffix = file.suffix.lower() if file.suffix.lower() in SUFFIXES else ".txt"
        shutil.copyfile(file, aside / f"source{suffix}")
        (aside / "guideline.toml").write_text(toml(metadata), encoding="utf-8")
        aside.chmod(0o755)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _warnings(file: Path, source: SourceText, tree: ClauseTree, metadata: Metadata) -> Iterator[str]:
    yield from source.warnings
    kinds = Counter(c.kind for c in tree.clauses)
    if kinds["heading"] + kinds["item"] < _FEW_CLAUSES:
        yield "hardly any numbered clause or heading was found; look at the clause tree before using it"
    if metadata.title_zh == file.stem:
        yield "no title was found, the file's name stands for it; fill in `title_zh` and `title_en`"
    if metadata.issuer == UNKNOWN:
        yield "the first page does not say who issued it; fill in `issuer`"
    if not metadata.issued:
        yield "the first page bears no date; fill in `issued` if you know it"
    longest = max((p.span.end - p.span.start for p in tree.parts), default=0)
    if longest > 6000:
        yield f"a paragraph of {longest} characters: paragraph ends may have been missed"


def _numbered(path: Path) -> Iterator[Path]:
    yield path
    for nth in range(2, 10_000):
        yield path.with_name(f"{path.name}-{nth}")
