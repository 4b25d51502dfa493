"""Decisions that name what a statement is about by words: labels of the vocabulary, or phrases that stand in the sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.curating import Curated, curate_statements, resolve
from ingest.curator import Curator
from ingest.ends import Ends
from ingest.overrides import Override
from ingest.statements import RELATIONS
from kg.errors import CorpusError
from kg.model import Concept, Document, Statement
from kg.snapshot import Snapshot
from kg.vocabulary import Vocabulary
from tests.ingest.test_decisions import corpus, curator
from tests.ingest.test_facts import stated

__all__ = ["corpus", "curator"]
CART, RMP = "car-t-lymphoid-malignancies-2024-draft", "car-t-risk-management-plan"
STRICTER = "更加严格的随访监测"
CONCEPT = "urn:guidegraph:concept:"


def guideline(slug: str) -> Document:
    return next(d for d in stated()[0] if d.slug == slug)


def curated(*rows: Override) -> Curated:
    document = guideline(rows[0].sentence.partition("#")[0])
    return curate_statements(document, Vocabulary(stated()[1]), RELATIONS, rows)


def sentence_of(slug: str, words: str) -> str:
    document = guideline(slug)
    return next(s.id for s in document.sentences if words in s.span.of(document.text) and not s.heading)


def accept(slug: str, words: str, subject: str, relation: str, obj: str, **more: object) -> Override:
    return Override("accept", "test", sentence_of(slug, words), subject, relation, obj, **more)  # type: ignore[arg-type]


def made(row: Override) -> tuple[Statement, dict[str, Concept]]:
    """The one statement that a decision adds, and the concepts it can name."""
    found = curated(row)
    (new,) = set(found.statements) - set(guideline(row.sentence.partition("#")[0]).statements)
    return new, {c.iri: c for c in (*stated()[1], *found.concepts)}


def test_words_are_a_label_first_and_a_phrase_of_the_sentence_else() -> None:
    new, concepts = made(accept(CART, STRICTER, "CAR-T细胞产品", "supports", STRICTER, strength="must"))
    assert new.subject == f"{CONCEPT}car-t-cell-product"
    phrase = concepts[new.object]
    assert (phrase.label("zh"), phrase.findable, phrase.source) == (STRICTER, False, new.clause_id)
    assert (new.rule, new.strength) == ("curation", "must")


def test_an_added_statement_is_quoted_with_its_sentence() -> None:
    new, _ = made(accept(CART, STRICTER, "申办方", "supports", STRICTER))
    document = guideline(CART)
    assert new.span == next(s.span for s in document.sentences if s.id == new.sentence_id)


def test_white_space_counts_as_one_space() -> None:
    words = "CAR-T  细胞产品存在继发性\nT 细胞肿瘤风险"
    new, concepts = made(accept(CART, STRICTER, "申办方", "considers", words))
    assert concepts[new.object].label("zh") == "CAR-T 细胞产品存在继发性 T 细胞肿瘤风险"


def test_a_subject_may_stand_in_the_heading_or_the_stem_above() -> None:
    item = "细胞采集（如需）"
    stem = "医务人员的教育培训材料"
    new, concepts = made(accept(RMP, item, stem, "includes", "细胞采集"))
    assert concepts[new.subject].label("zh") == stem
    heading = "开展医务人员和患者的教育培训和发放患者提示卡"
    new, concepts = made(accept(RMP, item, heading, "includes", "细胞采集"))
    assert concepts[new.subject].label("zh") == heading
    with pytest.raises(CorpusError, match="neither a label of one concept nor verbatim"):
        curated(accept(RMP, item, "教育材料", "includes", stem))


def test_a_phrase_that_a_rule_made_keeps_its_node() -> None:
    """The kind of a rule's phrase need not be known to name it."""
    concepts = {c.iri: c for c in stated()[1]}
    rows = [
        (s, concepts[s.object])
        for d in stated()[0]
        for s in d.statements
        if concepts[s.object].kind in ("procedure", "risk") and not concepts[s.object].findable
    ]
    assert rows
    for s, node in rows:
        row = Override("reject", "test", s.sentence_id, s.subject, s.relation, node.label("zh"))
        assert s not in curated(row).statements, node.label("zh")


def test_words_in_corner_brackets_are_a_phrase_where_the_vocabulary_has_them_as_a_label() -> None:
    concepts = {c.iri: c for c in stated()[1]}
    plan, sentence, control = "风险监测计划", sentence_of(RMP, "风险监测计划"), f"{CONCEPT}risk-control-plan"
    assert plan in {x.text for x in concepts[control].labels}
    row = Override("correct", "test", sentence, f"{CONCEPT}sponsor", "provides", control)
    with pytest.raises(
        CorpusError, match="'风险监测计划' is another name of what stands there; 「风险监测计划」 means"
    ):
        curated(replace(row, set={"object": plan}))
    found = curated(replace(row, set={"object": f"「{plan}」"}))
    assert [c.label("zh") for c in found.concepts] == [plan]


@pytest.mark.parametrize(
    ("subject", "obj", "says"),
    [
        (
            "申办方",
            "更加宽松的随访监测",
            "line 7: '更加宽松的随访监测' is neither a label of one concept nor verbatim in",
        ),
        ("此处没有的主体", STRICTER, "line 7: '此处没有的主体' is neither"),
        ("申办方", "一", "line 7: '一' is neither"),
        ("申办方", "申办者", "line 7: subject and object are both urn:guidegraph:concept:sponsor"),
    ],
)
def test_words_that_are_nowhere_are_refused_with_the_line(subject: str, obj: str, says: str) -> None:
    with pytest.raises(CorpusError, match=says):
        curated(accept(CART, STRICTER, subject, "supports", obj, line=7))


def test_a_condition_is_taken_away_and_an_exception_set_and_taken_away() -> None:
    old = next(s for s in guideline(CART).statements if s.condition)
    parts = (old.sentence_id, old.subject, old.relation, old.object)

    def corrected(**changes: str) -> Statement:
        rows = curated(Override("correct", "test", *parts, set=changes)).statements
        return next(s for s in rows if (s.sentence_id, s.subject, s.relation, s.object) == parts)

    assert corrected(condition="").condition is None
    assert corrected(exception="危及生命的疾病").exception == "危及生命的疾病"
    assert corrected(strength="may").condition == old.condition
    document = guideline(CART)
    held = replace(document, statements=(replace(old, exception="危及生命的疾病"),))
    cleared = Override("correct", "test", *parts, set={"exception": ""})
    (new,) = curate_statements(held, Vocabulary(stated()[1]), RELATIONS, [cleared]).statements
    assert (new.exception, new.condition) == (None, old.condition)


def test_a_relation_that_denies_says_so() -> None:
    old = next(s for d in stated()[0] for s in d.statements if s.relation == "not_required")
    row = Override(
        "correct", "test", old.sentence_id, old.subject, old.relation, old.object, set={"relation": "requires"}
    )
    (new,) = [s for s in curated(row).statements if s.rule == "curation"]
    assert (old.negated, new.negated) == (True, False)
    back = Override("accept", "test", old.sentence_id, old.subject, "prohibits", old.object)
    assert [s.negated for s in curated(back).statements if s.rule == "curation"] == [True]


def test_the_curator_finds_the_decision_under_the_statement_that_it_makes(
    curator: Curator, snapshot: Snapshot, corpus: Path
) -> None:
    row = accept(CART, STRICTER, "申办方", "supports", STRICTER)
    curator.judge(row)
    assert STRICTER in (corpus / "overrides.jsonl").read_text(encoding="utf-8")
    (key,) = {key for key, found in curator.judged().items() if found.why == "test"}
    assert key[:3] == (row.sentence, f"{CONCEPT}sponsor", "supports")
    assert key[3].startswith("urn:guidegraph:term:condition-")


def test_a_decision_has_the_same_key_before_and_after_it_is_in_force() -> None:
    """The screen finds it by the statement in the snapshot, whatever kind of node a rule or another decision made of the words."""
    old = next(s for s in guideline(CART).statements if s.relation == "requires" and STRICTER in _text(s))
    both = [
        accept(CART, STRICTER, "申办方", "monitored_by", STRICTER),
        accept(CART, STRICTER, "申办方", "supports", STRICTER),
        Override(
            "correct", "test", old.sentence_id, old.subject, old.relation, old.object, set={"relation": "supports"}
        ),
    ]
    document, made = guideline(CART), curated(*both)
    after = Ends(replace(document, statements=made.statements), Vocabulary((*stated()[1], *made.concepts)))
    here = {(s.sentence_id, s.subject, s.relation, s.object) for s in made.statements}
    assert {resolve(row, after, RELATIONS).after for row in both} <= here
    assert len([s for s in made.statements if s.rule == "curation"]) == len(both)


def _text(statement: Statement) -> str:
    return statement.span.of(guideline(statement.sentence_id.partition("#")[0]).text)
