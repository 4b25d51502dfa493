"""Guidelines of our own wording in the manners of ICH, FDA, EMA, the EU and NMPA, as other programs write them out.

The pages were written as HTML. LibreOffice makes PDF and Word files of them and pandoc makes Word files; all must have the
clause tree that a reader sees and the very sentences of the page.
"""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from ingest.corpus import Source
from ingest.pipeline import parse
from ingest.propose import propose
from ingest.readers import read_source
from ingest.reading import structure
from ingest.references import Shelf, find_references
from kg.model import Metadata
from tests.ingest.test_samples import outline

FOLDER = Path(__file__).parent / "manners"
PAGES = sorted(path.stem for path in FOLDER.glob("*.html"))
# how each file is made: the program, and what the file is called
MADE = (("soffice", "{}.pdf"), ("soffice", "{}.docx"), ("pandoc", "pandoc-{}.docx"))

# what each refers to, and the clauses of its own among them
REFERENCES = {
    "ema_consultation": {"Regulation (EC) No 1394/2007": None, "Directive 2001/83/EC": None, "ICH E2E": None, "4.1.2": "4.1.2", "Annex 1": "annex-1"},
    "en_questions": {"21 CFR 312.30(b)": None, "ICH E6(R2)": None, "II": "r2"},
    "eu_regulation": {"Article 3": "2-2.art-3", "Article 2(2)": "1-2.art-2.2", "Article 5(1)(b)": "2-2.art-5.1.a2", "Annex I": "annex-1", "Regulation (EC) No 1394/2007": None},
    "fda_recommendations": {"II.B.2": "r2.a2.2", "21 CFR 314.126": None},
    "ich_dossier": {"3.2.S.1.2": "S.1.2", "3.2.A.1": "A.1"},
    "ich_efficacy": {"3": "3", "2.2": "2.2", "ICH E6": None, "ICH E8(R1)": None},
    "ich_numbered_glossary": {"3.1.2": "3.1.2", "5.1a": "5.1.A"},
    "zh_draft_with_account": {"药物临床试验质量管理规范": None, "ICH E6(R2)": None},
    "zh_notice_with_annexes": {"中华人民共和国药品管理法": None, "附件2": "annex-2", "第四条": "2.art-4"},
    "zh_questions_and_answers": {"儿科人群药物临床试验技术指导原则": None},
    "zh_roman_and_full_width": {"第Ⅱ部分": "r2"},
}  # fmt: skip


def test_pages_are_whole() -> None:
    assert len(PAGES) == 11
    assert sorted(REFERENCES) == PAGES


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the programs make of all pages."""
    folder = tmp_path_factory.mktemp("manners")
    pages = [str(FOLDER / f"{name}.html") for name in PAGES]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    if shutil.which("soffice"):
        for kind in ("pdf", "docx:MS Word 2007 XML"):
            command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), *pages]
            subprocess.run(command, capture_output=True, timeout=240, check=True)
    if shutil.which("pandoc"):
        for name in PAGES:
            out = str(folder / f"pandoc-{name}.docx")
            subprocess.run(["pandoc", str(FOLDER / f"{name}.html"), "-o", out], timeout=60, check=True)
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_page_is_as_a_reader_sees_it(name: str) -> None:
    assert outline(FOLDER / f"{name}.html") == (FOLDER / f"{name}.tree").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("program", "named"), MADE, ids=["pdf", "docx", "pandoc"])
def test_other_files_of_the_page_read_the_same(program: str, named: str, name: str, made: Path) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    page, path = FOLDER / f"{name}.html", made / named.format(name)
    assert _squeezed(outline(path)) == _squeezed(outline(page))
    wanted, got = _sentences(page), _sentences(path)
    assert not (got - wanted)
    assert not (wanted - got)


@pytest.mark.parametrize("name", PAGES)
def test_references_are_found(name: str) -> None:
    path = FOLDER / f"{name}.html"
    document = parse(Source("a", path, Metadata("a", "a", "x", "en"), (), ()))
    found = {r.title: r.target_clause for r in find_references(document, Shelf.of({}))}
    for title, clause in REFERENCES[name].items():
        assert title in found
        assert found[title] == (clause and f"a#{clause}")


def _squeezed(text: str) -> list[str]:
    return ["".join(line.split()) for line in text.splitlines()]


def _sentences(path: Path) -> Counter[str]:
    """The sentences without white space; those of the title page, whose lines formats break as they like, are left out."""
    read = structure("x", read_source(path))
    fronts = {c.id for c in read.tree.clauses if c.kind in ("front", "notice")}
    return Counter("".join(s.span.of(read.tree.text).split()) for s in read.sentences if s.clause_id not in fronts)


def test_a_title_page_is_read_with_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    rows = "<tr><td>Adopted by CHMP</td><td>26 May 2016</td></tr><tr><td>Date for coming into effect</td><td>1 December 2016</td></tr>"
    title = "<p>Guideline on the follow-up of patients</p><p>EMA/CHMP/999601/2016</p>"
    path.write_text(
        f"<html><body>{title}<table>{rows}</table><p>1. Introduction</p><p>Patients are followed.</p></body></html>",
        encoding="utf-8",
    )
    proposed = propose(structure("x", read_source(path)).tree, path)
    assert (proposed.issued, proposed.status) == ("2016-05-26", "final")
