"""What the tests of proposed readings and questions share: a corpus without them, and an endpoint that proposes them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from ingest.chat import Chat, Endpoint
from ingest.corpus import read_corpus
from ingest.coverage import coverage
from ingest.enrichment import Enriched, translate
from tests.chat_server import Data, Server
from tests.conftest import CORPUS

SLUG = "gene-therapy-long-term-follow-up-2021"
OTHER = "car-t-risk-management-plan"
KEY = "a-key-that-nobody-may-see"
READINGS = {
    row["zh"]: row["en"]
    for path in CORPUS.glob("guidelines/*/translation.en.jsonl")
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
}


def bare_corpus(folder: Path) -> Path:
    """A corpus of one guideline with neither readings nor questions."""
    (folder / "vocabulary").mkdir(parents=True)
    shutil.copy(CORPUS / "vocabulary" / "products.ttl", folder / "vocabulary")
    shelve(folder, SLUG)
    return folder


def shelve(corpus: Path, slug: str) -> Path:
    folder = corpus / "guidelines" / slug
    folder.mkdir(parents=True)
    for name in ("source.txt", "guideline.toml"):
        shutil.copy(CORPUS / "guidelines" / slug / name, folder)
    return folder


def good(data: Data, number: int = 0) -> Data:
    """A model that translates as we do."""
    return {"translations": [{"id": s["id"], "en": READINGS[s["zh"]]} for s in data["sentences"]]}


def asking(data: Data, number: int = 0) -> Data:
    """A model that asks two questions of every sentence."""
    rows: list[Data] = []
    for clause in data["clauses"]:
        for sentence in clause["sentences"]:
            text = sentence["text"].replace("\n", "")
            same = {"clause": clause["id"], "sentences": [sentence["id"]], "intent": "fact"}
            rows.append({**same, "lang": "zh", "style": "colloquial", "question": f"{text[:40]}，是怎么说的？"})
            rows.append({**same, "lang": "zh", "style": "keyword", "question": f"{text[:30]} 要求"})
    return {"questions": rows}


def chat(server: Server, **more: Any) -> Chat:
    return Chat(Endpoint(server.url, "model-x", KEY, **{"timeout": 10.0, "attempts": 4, "wait": 0.01, **more}))


def translated(corpus: Path, asked: Chat) -> Enriched:
    return translate(read_corpus(corpus), SLUG, asked, lambda *_: None)


def rows_of(corpus: Path, name: str = "translation.en.jsonl", slug: str = SLUG) -> list[Data]:
    lines = (corpus / "guidelines" / slug / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def is_whole(corpus: Path) -> bool:
    """Every sentence is translated and every check holds, and no notes are left behind."""
    found = coverage(read_corpus(corpus))
    hidden = list((corpus / "guidelines" / SLUG).glob(".*"))
    return not found.failures and found.total.open_sentences == 0 and not hidden
