"""Whether embedding, ranker and judge, which are learned from the whole corpus, may be kept when guidelines come or go.

They are kept where nothing changed but whole guidelines, added or dropped, and at least `ENOUGH` of the text that was learned
from or is now in the library is common to both. Words that the embedding has not seen get vectors of their own
(`ingest.statics`), so that they count as what they are. A corpus that was learned from before, and whose snapshot is still
there, gets the very same again. Anything else (vocabulary, questions, decisions, another version of the program) is learned
from anew.

Why 0.7: with what four of the five guidelines taught (77 % of the text) the development questions, which ask about all five,
find 0.972 of their evidence in Chinese and 0.991 in English, against 0.986 and 0.981 with what all five teach; with what three
taught (56 %) 0.977 and 0.943.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.cache import digest
from ingest.corpus import GUIDELINES, Corpus, files_of
from kg.dense import STATIC
from kg.history import manifests
from kg.model import Document
from kg.settings import Settings
from kg.snapshot import CURRENT, Learned, Manifest, sha256

ENOUGH = 0.7
PARTS = ("ranker.json", "judge.json", "dense/model/")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is taken over from the folder of an earlier snapshot, and what it was learned from."""

    folder: Path
    learned: Learned


def lesson_of(corpus: Corpus, documents: Sequence[Document]) -> Learned:
    """What there is to learn from in a corpus."""
    own = {d.slug: digest(files_of(d.slug, corpus.hashes)) for d in documents}
    rest = digest({name: value for name, value in corpus.hashes.items() if not name.startswith(f"{GUIDELINES}/")})
    return Learned(own, {d.slug: len(d.text) for d in documents}, rest)


def worth_keeping(settings: Settings, versions: Mapping[str, str], lesson: Learned) -> Kept | None:
    """What a build may take over from an earlier one by the same program; None where it has to learn anew."""
    found = list(_usable(settings, versions))
    for folder, manifest, learned in found:
        if learned == lesson and _whole(folder, manifest):
            return Kept(folder, lesson)
    current = (settings.data / CURRENT).read_text(encoding="utf-8").strip() if found else ""
    for folder, manifest, learned in found:
        if folder.name == current and (why := _reason(learned, lesson)) and _whole(folder, manifest):
            return Kept(folder, replace(learned, origin=learned.origin or manifest.id, why=why))
    return None


def _usable(settings: Settings, versions: Mapping[str, str]) -> Iterator[tuple[Path, Manifest, Learned]]:
    """The snapshots that this very program made with the same embedding model, the latest first."""
    made_by = (versions, settings.embedding_model or STATIC)
    for folder, manifest in manifests(settings.data):
        if manifest.learned and (manifest.versions, manifest.embedding_model) == made_by:
            yield folder, manifest, manifest.learned


def _reason(then: Learned, now: Learned) -> str:
    """Why what was learned then serves now, in words; empty where it does not."""
    both = then.guidelines.keys() & now.guidelines.keys()
    if then.rest != now.rest or any(then.guidelines[slug] != now.guidelines[slug] for slug in both):
        return ""
    characters = now.characters | then.characters
    share = sum(characters[slug] for slug in both) / (sum(characters.values()) or 1)
    added, dropped = len(now.guidelines.keys() - both), len(then.guidelines.keys() - both)
    if share < ENOUGH:
        return ""
    return (
        f"{added} guidelines added and {dropped} dropped since they were learned; "
        f"{share:.0%} of the text is common, and from {ENOUGH:.0%} on they are kept"
    )


def _whole(folder: Path, manifest: Manifest) -> bool:
    """Whether the learned files of a snapshot are those that its manifest certifies."""
    named = [(folder / name, value) for name, value in manifest.outputs.items() if name.startswith(PARTS)]
    return all(path.is_file() and sha256(path) == value for path, value in named)
