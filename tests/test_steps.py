"""A library built in steps: what has not changed is taken from earlier builds, and the outcome is that of a build from nothing.

The corpus of these tests has three guidelines and the vocabulary; without questions little has to be learned.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph
import pytest

from ingest.cache import CACHE
from ingest.pipeline import build
from ingest.statics import widen
from ingest.training import TrainingPlan, train_static
from kg.assistant import Assistant
from kg.dense import StaticEncoder
from kg.settings import Settings
from kg.snapshot import LIBRARY, Snapshot
from tests.conftest import CORPUS

RMP, LTFU, CART = (
    "car-t-risk-management-plan",
    "gene-therapy-long-term-follow-up-2021",
    "car-t-lymphoid-malignancies-2024-draft",
)
NEW = "sample-product-2025"
TEXT = """# 样例产品临床试验技术指导原则

## 一、随访

接受慢病毒载体的受试者，建议随访不少于15年。样例产品的蓝斑试验应每年进行一次。
"""
META = """title_zh = "样例产品临床试验技术指导原则"
title_en = "Guideline for Sample Products"
issuer = "某机构"
language = "zh"
status = "draft"
"""
LEARNED = ("dense/", "ranker.json", "judge.json", "lexical/", "store/")


@dataclass
class Shop:
    """A corpus with its data folder, and how its guidelines come and go."""

    settings: Settings

    @classmethod
    def at(cls, folder: Path, *slugs: str) -> Shop:
        corpus = folder / "corpus"
        for slug in slugs:
            shutil.copytree(CORPUS / "guidelines" / slug, corpus / "guidelines" / slug)
            (corpus / "guidelines" / slug / "questions.jsonl").unlink()
        shutil.copytree(CORPUS / "vocabulary", corpus / "vocabulary")
        shutil.copy(CORPUS / "ontology.ttl", corpus)
        return cls(Settings(corpus, folder / "data"))

    def folder(self, slug: str) -> Path:
        return self.settings.corpus / "guidelines" / slug

    def add(self, slug: str = NEW, text: str = TEXT, meta: str = META) -> None:
        self.folder(slug).mkdir(exist_ok=True)
        (self.folder(slug) / "source.md").write_text(text, encoding="utf-8")
        (self.folder(slug) / "guideline.toml").write_text(meta, encoding="utf-8")

    def drop(self, slug: str = NEW) -> None:
        shutil.rmtree(self.folder(slug))

    def build(self, *, force: bool = False) -> Snapshot:
        return build(self.settings, force=force)

    def from_nothing(self) -> Snapshot:
        """The same corpus built in a data folder of its own."""
        return build(replace(self.settings, data=self.settings.data.with_name("fresh")))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = Shop.at(tmp_path_factory.mktemp("steps"), RMP, LTFU, CART)
    shop.build()
    return shop


@pytest.fixture
def shop(first: Shop, tmp_path: Path) -> Shop:
    """A copy of a shop that has been built, for the test to change; snapshots know their corpus by its place."""
    shutil.copytree(first.settings.corpus.parent, tmp_path / "shop")
    return Shop(Settings(tmp_path / "shop" / "corpus", tmp_path / "shop" / "data"))


def made(snapshot: Snapshot, kind: str) -> set[str]:
    return set(snapshot.manifest.work[kind].made)


def kept(snapshot: Snapshot, kind: str) -> set[str]:
    return set(snapshot.manifest.work[kind].kept)


def said(snapshot: Snapshot) -> dict[str, str]:
    """The hashes of all that does not depend on what was learned."""
    return {name: value for name, value in snapshot.manifest.outputs.items() if not name.startswith(LEARNED)}


def quads(snapshot: Snapshot) -> set[str]:
    return set(map(str, pyoxigraph.Store.read_only(str(snapshot.folder / "store"))))


def test_the_first_build_makes_everything(first: Shop) -> None:
    snapshot = Snapshot.open(first.settings.data)
    for kind in ("read", "link", "describe", "vectors"):
        assert made(snapshot, kind) >= {RMP, LTFU, CART}
        assert kept(snapshot, kind) == set()
    assert made(snapshot, "learn") == {LIBRARY}
    assert snapshot.manifest.learned is not None
    assert snapshot.manifest.learned.origin == ""


def test_a_guideline_that_is_added_is_all_that_is_made(shop: Shop) -> None:
    before = Snapshot.open(shop.settings.data)
    shop.add()
    after = shop.build()
    for kind in ("read", "link", "describe", "vectors"):
        assert made(after, kind) == {NEW}, kind
        assert kept(after, kind) >= {RMP, LTFU, CART}
    learned = after.manifest.learned
    assert learned is not None
    assert (learned.origin, set(learned.guidelines)) == (before.id, {RMP, LTFU, CART})
    assert "1 guidelines added and 0 dropped" in learned.why
    fresh = shop.from_nothing()
    assert said(after) == said(fresh)
    assert len(said(after)) == 9
    assert quads(after) == quads(fresh)
    assert shop.build(force=True).id == fresh.id


def test_the_added_one_is_found_by_what_was_kept(shop: Shop) -> None:
    shop.add()
    shop.build()
    assistant = Assistant.open(shop.settings.data)
    assert assistant.ask("蓝斑试验多久做一次？").citations[0].document == NEW
    assert assistant.ask("CAR-T 的患者提示卡包括什么？").citations[0].document == RMP


def test_what_is_dropped_leaves_what_was_there_before_it(shop: Shop) -> None:
    before = Snapshot.open(shop.settings.data)
    shop.add()
    shop.build()
    shop.drop()
    after = shop.build()
    assert after.id == before.id
    assert quads(after) == quads(before)
    for kind in ("read", "link", "describe", "vectors", "learn"):
        assert made(after, kind) == set(), kind
    assert after.manifest.learned == before.manifest.learned


def test_a_corpus_that_is_mostly_another_is_learned_anew(shop: Shop) -> None:
    shop.drop(CART)
    shop.drop(LTFU)
    after = shop.build()
    assert made(after, "learn") == {LIBRARY}
    assert after.manifest.learned is not None
    assert (after.manifest.learned.origin, after.manifest.learned.why) == ("", "")


def test_a_changed_text_is_made_anew_and_alone(shop: Shop) -> None:
    shop.add()
    shop.build()
    shop.add(text=TEXT.replace("15年", "10年"))
    after = shop.build()
    for kind in ("read", "link", "describe", "vectors"):
        assert made(after, kind) == {NEW}, kind
    assert said(after) == said(shop.from_nothing())


def test_a_changed_vocabulary_is_felt_where_its_words_stand(shop: Shop) -> None:
    shop.add()
    shop.build()
    scheme = shop.settings.corpus / "vocabulary" / "procedures.ttl"
    scheme.write_text(
        scheme.read_text(encoding="utf-8")
        + '\nc:blue-spot-test a skos:Concept ;\n  skos:prefLabel "蓝斑试验"@zh, "blue-spot test"@en ;\n'
        '  skos:definition "A test."@en, "一种试验。"@zh ; dcterms:source "general usage" ; skos:inScheme s:procedures .\n',
        encoding="utf-8",
    )
    after = shop.build()
    assert made(after, "read") == set()
    assert made(after, "link") == {NEW}
    assert any(m.concept.endswith(":blue-spot-test") for m in after.document(NEW).mentions)
    assert made(after, "learn") == {LIBRARY}
    assert after.id == shop.from_nothing().id


@pytest.mark.parametrize("harm", [b"", b"{}", b"0" * 64 + b"\nx"])
def test_damaged_entries_are_noticed_and_made_anew(shop: Shop, harm: bytes) -> None:
    before = Snapshot.open(shop.settings.data)
    entries = sorted((shop.settings.data / CACHE / "link").iterdir())
    whole = entries[0].read_bytes()
    entries[0].write_bytes(harm or whole[:-9])
    shop.add()
    shop.build()
    shop.drop()
    assert entries[0].read_bytes() == whole
    after = shop.build()
    assert after.id == before.id


def test_a_damaged_ranker_is_not_taken_over(shop: Shop) -> None:
    before = Snapshot.open(shop.settings.data)
    ranker = (before.folder / "ranker.json").read_bytes()
    (before.folder / "ranker.json").write_bytes(b"{}")
    (before.folder / "graph.nq").write_text("")
    shop.add()
    after = shop.build()
    assert made(after, "learn") == {LIBRARY}
    assert (after.folder / "ranker.json").read_bytes() == ranker
    assert (after.folder / "graph.nq").stat().st_size > 1_000_000


def test_entries_that_no_snapshot_needs_are_deleted(shop: Shop) -> None:
    shop.settings = replace(shop.settings, snapshots=1)
    for text in (TEXT, TEXT.replace("15年", "10年"), TEXT.replace("15年", "5年")):
        shop.add(text=text)
        snapshot = shop.build()
    folder = shop.settings.data / CACHE
    assert {p.relative_to(folder).as_posix() for p in folder.glob("*/*")} == set(snapshot.manifest.entries)
    assert len(snapshot.manifest.entries) == 17


def test_words_that_come_later_have_the_same_vectors_in_any_order(tmp_path: Path) -> None:
    pairs = [("慢病毒载体", "lentiviral vector"), ("长期随访", "long-term follow-up")]
    for name in ("one", "two"):
        train_static([t for pair in pairs for t in pair], pairs, tmp_path / name, TrainingPlan(epochs=1, batch=2))
    old = StaticEncoder(tmp_path / "one").encode(["慢病毒载体的随访"])
    for name, words in (("one", ("蓝斑", "黄斑")), ("two", ("黄斑", "蓝斑"))):
        for word in words:
            widen(tmp_path / name, [word])
    texts = ["蓝斑试验", "黄斑变性", "慢病毒载体的随访"]
    one, two = (StaticEncoder(tmp_path / name).encode(texts) for name in ("one", "two"))
    assert (one == two).all()
    assert (one[2] == old[0]).all()
    assert one[0] @ one[1] < 0.9
