"""The Library page as Streamlit runs it, over a corpus of the test's own: curation, snapshots, a thousand guidelines."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from ingest.decisions import Decisions
from ingest.desk import Desk
from ingest.overrides import Override
from kg.assistant import Assistant
from kg.errors import CorpusError
from kg.model import Status
from kg.settings import Settings
from kg.snapshot import Manifest, Shelf, Snapshot
from tests.conftest import CORPUS
from tests.test_pages import drawn
from tests.test_read import Visit, visit
from views import library
from views.texts import EN, LIBRARY_EN, LIBRARY_ZH, ZH

__all__ = ["visit"]
RARE, LTFU = "rare-disease-drug-development-2021", "gene-therapy-long-term-follow-up-2021"
CLAUSE = f"{LTFU}#2.2.3"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the corpus, which decisions are written into."""
    shutil.copytree(CORPUS, tmp_path / "corpus")
    monkeypatch.setenv("GUIDEGRAPH_CORPUS", str(tmp_path / "corpus"))
    return tmp_path / "corpus"


def press(page: AppTest, label: str, nth: int = 0) -> AppTest:
    button = [b for b in page.button if b.label == label][nth]
    button.click().run()
    assert not page.exception
    return page


@pytest.mark.usefixtures("corpus")
class TestTerms:
    def test_candidates_stand_with_their_evidence(self, visit: Visit) -> None:
        html = drawn(visit("library", part="curation", doc=RARE))
        for words in ("目标适应症", "<mark>目标适应症</mark>", LIBRARY_ZH.found_often.format(5), f"./read?doc={RARE}"):
            assert words in html
        assert LIBRARY_EN.lists["terms"] in drawn(visit("library", part="curation", doc=RARE, ui="en"))

    def test_one_is_rejected_put_off_and_taken_back(self, visit: Visit, corpus: Path) -> None:
        page = press(visit("library", part="curation", doc=RARE), LIBRARY_ZH.acts["reject"])
        press(page, LIBRARY_ZH.acts["defer"])
        assert [r.action for r in Decisions(corpus).set_aside] == ["reject", "defer"]
        page = visit("library", part="curation", doc=RARE, state="reject")
        press(page, LIBRARY_ZH.take_back)
        assert [r.action for r in Decisions(corpus).set_aside] == ["defer"]

    def test_one_is_accepted_with_its_names_and_waits(self, visit: Visit, corpus: Path) -> None:
        page = press(visit("library", part="curation", doc=RARE), LIBRARY_ZH.accept_term, 3)
        next(t for t in page.text_input if t.label == LIBRARY_ZH.label_zh).set_value("目标适应症")
        next(t for t in page.text_input if t.label == LIBRARY_ZH.label_en).set_value("target indication")
        next(s for s in page.selectbox if s.label == LIBRARY_ZH.kind).set_value("condition")
        page = press(page, LIBRARY_ZH.accept)
        (term,) = Decisions(corpus).terms
        assert (term.zh, term.en, term.kind, term.key) == (
            "目标适应症",
            "target indication",
            "condition",
            "target-indication",
        )
        assert term.evidence
        assert LIBRARY_ZH.decisions_wait.format(1) in drawn(page)
        assert LIBRARY_ZH.decision_states["waiting"] in drawn(visit("library", part="curation", what="decisions"))

    def test_a_clash_is_said_and_nothing_is_written(self, visit: Visit, corpus: Path) -> None:
        page = press(visit("library", part="curation", doc=RARE), LIBRARY_ZH.accept_term, 3)
        next(t for t in page.text_input if t.label == LIBRARY_ZH.label_zh).set_value("不良事件")
        next(t for t in page.text_input if t.label == LIBRARY_ZH.label_en).set_value("some event")
        next(s for s in page.selectbox if s.label == LIBRARY_ZH.kind).set_value("risk")
        page = press(page, LIBRARY_ZH.accept)
        assert "不良事件" in page.toast[0].value
        assert "已属于" in page.toast[0].value
        assert not (corpus / "terms.jsonl").exists()


def taken(corpus: Path) -> list[Override]:
    """The decisions about statements that a test took, beside those of the corpus."""
    before = [replace(row, line=0) for row in Decisions(CORPUS).overrides]
    return [row for row in Decisions(corpus).overrides if replace(row, line=0) not in before]


def typed(page: AppTest, part: str, words: str) -> None:
    """Types words where an option can be chosen; the test's own selectbox takes options only."""
    box = next(s for s in page.selectbox if s.label == LIBRARY_ZH.parts[part])
    box.options.append(words)
    box.set_value(words)


@pytest.mark.usefixtures("corpus")
class TestStatements:
    def test_of_a_clause_of_a_concept_and_of_a_guideline(self, visit: Visit) -> None:
        for address in ({"clause": CLAUSE}, {"c": "aav-vector"}, {"doc": LTFU}):
            html = drawn(visit("library", part="curation", what="statements", **address))
            assert '<blockquote class="small"' in html
        html = drawn(visit("library", part="curation", what="statements", clause="nothing#1"))
        assert LIBRARY_ZH.leads_nowhere in html

    def test_an_end_is_typed_in_words_of_the_sentence_or_refused(self, visit: Visit, corpus: Path) -> None:
        page = visit("library", part="curation", what="statements", clause=CLAUSE)
        press(page, LIBRARY_ZH.judge["correct"])
        typed(page, "object", "此句没有的词语")
        press(page, LIBRARY_ZH.save_correction)
        assert "“此句没有的词语”既不是某一个概念的名称，也不是" in page.toast[0].value
        assert taken(corpus) == []
        quote = re.sub(
            "<.*?>", "", drawn(page).partition('<blockquote class="small"')[2].partition(">")[2].partition("</")[0]
        )
        typed(page, "object", quote[:12])
        press(page, LIBRARY_ZH.save_correction)
        (row,) = taken(corpus)
        assert row.set == {"object": quote[:12]}
        assert quote[:12] in drawn(visit("library", part="curation", what="decisions"))

    def test_judged_corrected_and_taken_back(self, visit: Visit, corpus: Path) -> None:
        page = visit("library", part="curation", what="statements", clause=CLAUSE)
        press(page, LIBRARY_ZH.judge["accept"])
        press(page, LIBRARY_ZH.judge["reject"])
        press(page, LIBRARY_ZH.judge["correct"], 1)
        next(s for s in page.selectbox if s.label == LIBRARY_ZH.parts["strength"]).set_value("encouraged")
        press(page, LIBRARY_ZH.save_correction)
        rows = taken(corpus)
        assert [r.action for r in rows] == ["accept", "reject", "correct"]
        assert rows[2].set == {"strength": "encouraged"}
        html = drawn(page)
        for words in (*(LIBRARY_ZH.verdicts[a] for a in ("accept", "reject", "correct")), ZH.strengths["encouraged"]):
            assert words in html
        page = visit("library", part="curation", what="decisions", ui="en")
        assert drawn(page).count(LIBRARY_EN.decision_states["waiting"]) == 3
        press(page, LIBRARY_EN.take_back)
        assert len(taken(corpus)) == 2

    def test_the_clause_and_the_concept_lead_there(self, visit: Visit) -> None:
        assert "what=statements&amp;clause=" in drawn(visit("read", doc=LTFU, clause="2.2.3"))
        assert "what=statements&amp;c=aav-vector" in drawn(visit("concepts", c="aav-vector"))

    def test_a_wrong_line_is_said_with_its_number(self, visit: Visit, corpus: Path) -> None:
        (corpus / "overrides.jsonl").write_text("not json\n", encoding="utf-8")
        html = drawn(visit("library", part="curation", what="statements"))
        assert "overrides.jsonl, line 1" in html
        assert LIBRARY_ZH.corpus_wrong in html


class FailingRebuild:
    def __init__(self, settings: Settings) -> None:
        del settings

    def run(self, progress: Callable[[str, int, int], None]) -> None:
        raise CorpusError("corpus/overrides.jsonl, line 3: no concept urn:x")

    def cancel(self) -> None: ...


def test_a_failed_rebuild_says_what_and_where_in_chinese(
    visit: Visit, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(Settings(corpus, corpus.parent / "data"), FailingRebuild)
    monkeypatch.setattr(library, "open_desk", lambda settings: desk)
    job = desk.rebuild()
    while not job.finished:
        time.sleep(0.01)
    page = visit("library")
    assert "第 3 行：没有概念 urn:x" in drawn(page)
    assert ZH.job_failed not in drawn(press(page, ZH.dismiss))


def test_snapshots_are_listed_and_the_one_in_use_is_marked(visit: Visit, snapshot: Snapshot) -> None:
    html = drawn(visit("library", part="snapshots", ui="en"))
    assert LIBRARY_EN.in_use in html
    assert snapshot.id in html
    assert EN.statement_count in html


@pytest.fixture
def thousand(assistant: Assistant) -> Iterator[list[Shelf]]:
    """A library of 1,000 guidelines, as its list sees it."""
    base = assistant.opened.manifest.shelves
    statuses = (*get_args(Status), None)
    shelves = [
        replace(
            base[n % len(base)], slug=f"guideline-{n}",
            metadata=replace(
                base[n % len(base)].metadata, title_zh=f"第{n:04}号指导原则", title_en=f"Guideline {n:04}",
                status=statuses[n % 4], issued=f"{2000 + n % 25}-{1 + n % 12:02}" if n % 7 else None,
            ),
        )
        for n in range(1000)
    ]  # fmt: skip
    before = assistant.opened.manifest
    _held(assistant, replace(before, shelves=tuple(shelves)))
    yield shelves
    _held(assistant, before)


def _held(assistant: Assistant, manifest: Manifest) -> None:
    """The assistant over another list of guidelines; what it has counted is forgotten."""
    assistant.opened.manifest = manifest
    for name in ("holdings", "missing"):
        assistant.catalogue.__dict__.pop(name, None)


@pytest.mark.usefixtures("thousand", "corpus")
class TestThousand:
    def test_pages_searches_filters_and_sorts(self, visit: Visit, assistant: Assistant) -> None:
        assert len(assistant.catalogue.holdings) == 1000
        page = visit("library")
        assert "第0000号" in drawn(page)
        assert LIBRARY_ZH.from_to.format(1, 20, "1,000") in drawn(page)
        assert drawn(page).count('<article class="holding">') == 20
        assert "第0999号" in drawn(visit("library", page="50"))
        assert "第0999号" in drawn(visit("library", page="999"))  # beyond the end: the last page
        assert drawn(visit("library", find="0777")).count('<article class="holding">') == 1
        assert LIBRARY_ZH.no_guideline in drawn(visit("library", find="no such title"))
        assert LIBRARY_ZH.from_to.format(1, 20, "250") in drawn(visit("library", status="draft"))
        latest = drawn(visit("library", sort="latest", ui="en"))
        assert "2024-12" in latest.partition("</article>")[0]

    def test_what_is_chosen_stands_in_the_address(self, visit: Visit) -> None:
        page = visit("library", page="3")
        page.text_input(key="holdings-find").set_value("号指导").run()
        page.selectbox(key="holdings-sort").set_value("latest").run()
        assert page.query_params["find"] in ("号指导", ["号指导"])
        assert page.query_params["sort"] in ("latest", ["latest"])
        assert "page" not in page.query_params

    def test_a_page_of_the_list_is_drawn_in_half_a_second(self, visit: Visit) -> None:
        page = visit("library")
        taken = []
        for order in ("latest", "status", "statements"):
            start = time.process_time()
            page.selectbox(key="holdings-sort").set_value(order).run()
            taken.append(time.process_time() - start)
        assert not page.exception
        assert min(taken) < 0.5, taken

    def test_the_side_shows_the_first_and_the_way_to_all(self, visit: Visit) -> None:
        html = drawn(visit("help"))
        assert LIBRARY_ZH.whole_library.format("1,000") in html
        assert html.count('class="go title"') == 10
