"""Concepts in text: the longest label, in both languages, at the ends of words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.rdf import library_quads, n_quads
from ingest.schemes import KINDS, check_sources, read_schemes
from kg.errors import VocabularyError
from kg.snapshot import Snapshot
from kg.vocabulary import Vocabulary, squeeze
from tests.conftest import CORPUS

CONCEPTS = read_schemes(CORPUS / "vocabulary")
ROWS = [
    ("接受 γ -逆转录病毒载体转导", "gamma-retroviral-vector", "γ -逆转录病毒载体"),
    ("adeno associated virus vectors were given", "aav-vector", "adeno associated virus vectors"),
    ("AAV 随访", "aav-vector", "AAV"),
    ("发生 CRS 后", "cytokine-release-syndrome", "CRS"),
    ("what are the side effects", "adverse-reaction", "side effects"),
]

APART = [
    ("联合终点", "co-primary-endpoints"),
    ("数据锁定", "database-lock"),
    ("database lock", "database-lock"),
    ("显著性水平", "significance-level"),
    ("剂量限制性毒性定义", "definition-of-dose-limiting-toxicity"),
    ("3+3设计", "three-plus-three-design"),
    ("病毒滴度", "viral-titre"),
    ("剂量调整", "dose-adjustment"),
    ("多中心", "multicentre-trial"),
    ("综合分析", "pooled-analysis"),
    ("空白对照", "no-treatment-control"),
    ("RECIST", "recist"),
    ("造血功能", "haematopoietic-function"),
    ("胎儿", "fetus"),
    ("试验用药品", "investigational-medicinal-product"),
    ("抢救室", "resuscitation-room"),
    ("TRM", "treatment-related-mortality"),
    ("发生率", "event-rate"),
    ("监测检查方法", "monitoring-method"),
    ("不良反应的监测", "adverse-reaction-monitoring"),
    ("BTK", "bruton-tyrosine-kinase"),
]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(CONCEPTS)


def test_the_vocabulary_is_large_and_of_known_kinds() -> None:
    assert len(CONCEPTS) >= 600
    kinds = {c.kind for c in CONCEPTS}
    assert kinds <= KINDS
    assert {
        "endpoint",
        "population",
        "risk",
        "product",
        "disease",
        "design",
        "procedure",
        "regulatory_artifact",
    } <= kinds


@pytest.mark.parametrize(("text", "name", "found"), ROWS)
def test_labels_are_found(vocabulary: Vocabulary, text: str, name: str, found: str) -> None:
    matches = {m.concept.rsplit(":", 1)[1]: m.span.of(text) for m in vocabulary.find(text)}
    assert name in matches
    assert matches[name].rstrip("s") == found.rstrip("s")


@pytest.mark.parametrize(("text", "name"), APART)
def test_what_is_not_the_same_is_a_concept_of_its_own(vocabulary: Vocabulary, text: str, name: str) -> None:
    assert [m.concept.rsplit(":", 1)[1] for m in vocabulary.find(text)] == [name]


def test_the_body_that_harmonises_rules_is_no_authority() -> None:
    ich = next(c for c in CONCEPTS if c.iri.endswith(":ich-organisation"))
    assert not any(b.endswith(":regulatory-authority") for b in ich.broader)


@pytest.mark.parametrize("text", ["all patients", "the CRSs", "a masterpiece", "program", "AAVX"])
def test_labels_inside_other_words_are_not(vocabulary: Vocabulary, text: str) -> None:
    assert {"MAS", "PRO", "AAV", "ALL"}.isdisjoint({m.span.of(text).upper() for m in vocabulary.find(text)} - {"CRS"})


def test_a_longer_label_hides_the_shorter(vocabulary: Vocabulary) -> None:
    text = "不符合移植条件的患者"
    spans = [m.span.of(text) for m in vocabulary.find(text)]
    assert not any(a != b and a in b for a in spans for b in spans)


def test_squeeze_keeps_places() -> None:
    squeezed, places = squeeze("A-B 中")
    assert (squeezed, places) == ("ab中", [0, 2, 4])


SCHEME = """
@prefix c: <urn:guidegraph:concept:> . @prefix gg: <urn:guidegraph:ontology:> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:guidegraph:scheme:t> a skos:ConceptScheme ; gg:kind "endpoint" .
c:overall-survival a skos:Concept ; skos:prefLabel "总生存期"@zh, "overall survival"@en ;
    dcterms:source "guide#2.1", "ICH E9" .
"""


def test_a_definition_tells_its_sources(tmp_path: Path) -> None:
    (tmp_path / "t.ttl").write_text(SCHEME, encoding="utf-8")
    concepts = read_schemes(tmp_path)
    assert concepts[0].sources == ("ICH E9", "guide#2.1")
    check_sources(concepts, {"guide#2.1"})
    check_sources(concepts, {"other#1"})
    quads = "".join(n_quads(library_quads(concepts, CORPUS / "ontology.ttl", {"guide#2.1"})))
    assert '<http://purl.org/dc/terms/source> "ICH E9"' in quads
    assert "<http://purl.org/dc/terms/source> <urn:guidegraph:clause:guide#2.1>" in quads


def test_a_source_that_is_no_clause_is_refused_with_the_concept(tmp_path: Path) -> None:
    (tmp_path / "t.ttl").write_text(SCHEME, encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"t\.ttl: urn:guidegraph:concept:overall-survival .*'guide#2\.1'"):
        check_sources(read_schemes(tmp_path), {"guide#2", "guide#3"})
    (tmp_path / "t.ttl").write_text(SCHEME.replace('"ICH E9"', '" "'), encoding="utf-8")
    with pytest.raises(VocabularyError, match="empty dcterms:source"):
        read_schemes(tmp_path)


def test_every_clause_that_a_definition_names_is_in_the_corpus(snapshot: Snapshot) -> None:
    clauses = {c.id for shelf in snapshot.manifest.shelves for c in snapshot.document(shelf.slug).clauses}
    assert [(c.iri, s) for c in CONCEPTS for s in c.sources if "#" in s and s not in clauses] == []
