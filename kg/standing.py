"""What a question asks of a guideline itself: its status, its date, who issued it and under which number.

Such a question is answered from the document-level facts, which no clause holds, and cites the title page or the notice where
the text says so; what was inferred when the guideline was added is said to be inferred, and what is not known is said to be
unknown. Searching the clauses instead would find dates and titles of other documents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from kg.books import Book, Library
from kg.comparing import full_name
from kg.evidence import cite
from kg.model import AnswerStatus, Chunk, Citation, Language, Metadata, Question, Sentence, Span, Status
from kg.snapshot import Shelf
from kg.text import has_chinese
from kg.vocabulary import Vocabulary
from kg.wording import status_name, written_date

Fact = Literal["status", "issued", "effective", "issuer", "number", "force"]
_STATUSES = r"征求意见稿|意见稿|草案|试行版?|正式(?:稿|版|发布)?|终稿"
_ASKED: Mapping[Fact, re.Pattern[str]] = {
    "status": re.compile(
        rf"(?:[是为]|属于|处于|还在|哪[些几一]?份?)[^，。；？?]{{0,10}}(?:{_STATUSES})(?:[吗么呢的]|状态|阶段|版本)*(?=[，。；？?\s]|$)"
        r"|什么状态|(?:有效|施行|生效)了?[吗么没](?=[，。；？?\s]|$)"
        r"|\b(?:is|are|which)\b[^,.;?]*\b(?:drafts?|final(?:ised|ized)?|in force|trial implementation)\b(?: or [\w ]{3,20})?(?=[,.;?]|$)"
        r"|\bstatus of\b",
        re.IGNORECASE,
    ),
    "issued": re.compile(
        r"(?:什么时候|何时|哪一?年|哪年哪月|几月|哪天|几几年)[^，。；？?]{0,4}(?:发布|颁布|公布|出台|印发|发的|出的|的(?=[，。；？?]|$))"
        r"|(?:发布|颁布|公布|印发|出台)(?:的?(?:日期|时间|年份))|哪[一]?份[^，。；？?]{0,6}最[新早晚]|最新的?(?:是|为)?哪[一]?份"
        r"|\bwhen\b[^.;?]*\b(?:issued|published|released|dated)\b|\b(?:issue|publication|release) date\b|\bdate of (?:issue|publication|release)\b"
        r"|\b(?:newest|latest|most recent)\b(?= (?:guid|draft|document)|[?]|$)",
        re.IGNORECASE,
    ),
    "effective": re.compile(
        r"(?:什么时候|何时|哪一?年|哪天|从何时)[^，。；？?]{0,6}(?:施行|实施|生效|执行)|(?:施行|实施|生效)(?:的?(?:日期|时间))"
        r"|\bwhen(?:\s+\w+){0,3}\s+appl(?:y|ies|icable)\b|\bwhen\b[^.;?]*\b(?:effective|(?:came?|comes?) into (?:force|effect)|(?:takes?|took) effect)\b|\beffective date\b",
        re.IGNORECASE,
    ),
    "issuer": re.compile(
        r"(?:谁|哪个(?:机构|部门|单位)|什么(?:机构|部门|单位))[^，。；？?]{0,4}(?:发布|颁布|制定|起草|印发|出台|发的|出的|写的)"
        r"|(?:发布|颁布|制定|起草)的?(?:机构|单位|部门)|\bwho (?:has )?(?:issued|published|wrote|released)\b"
        r"|\bwhich (?:agency|authority|body)\b[^.;?]*\b(?:issued|published|released)\b|\bissued by (?:whom|which)\b",
        re.IGNORECASE,
    ),
    "number": re.compile(
        r"第?几号(?:通告|公告|文)?|文号|(?:通告|公告|文件)编?号|\b(?:notice|circular|announcement|document) (?:number|no\b)",
        re.IGNORECASE,
    ),
    "force": re.compile(
        r"(?:[是有算]|具备|写明)[^，。；？?]{0,10}强制(?:性|执行)?的?(?:法律)?(?:约束力|效力)?[吗么呢]?(?=[，。；？?\s]|$)"
        r"|(?:法律)?约束力|法律效力|必须(?:照办|照做|遵守)的?[吗么](?=[，。；？?\s]|$)"
        r"|\blegally binding\b|\bnon-?binding\b|\blegal force\b|\b(?:is|are)\b[^.;?]*\b(?:binding|mandatory|compulsory)\b(?=\s*(?:[,.;?]|on\b|or\b|$))",
        re.IGNORECASE,
    ),
}  # fmt: skip
_OF_DOCUMENTS = re.compile(
    r"指导原则|指南|文件|征求意见稿|[哪那几各这]+[一二两三四五几]?份|\bguid(?:ance|eline|e)s?\b|\bdrafts?\b|\bdocuments?\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"转正|定稿|正式(?:稿|版)?(?:何时|什么时候)?发布|修订|\b(?:be|become) finali?[sz]?ed?\b|\brevis", re.IGNORECASE
)
_ABOUT_DOCUMENTS = frozenset({"document", "organisation", "regulatory", "place"})
_TITLE_PAGE = ("front", "notice")
_TOLD = 10
_NAMED: Mapping[Status, str] = {
    "draft": r"征求意见稿|意见稿|草案|\bdrafts?\b",
    "trial": r"试行|\btrial implementation\b",
    "final": r"正式|终稿|\bfinal",
}
_SAYS: Mapping[Status, str] = {
    "draft": r"征求意见|草案|\bdraft\b",
    "trial": r"试行|trial",
    "final": r"现予发布|予以发布",
}
_EFFECT = re.compile(
    r"自[^，。；]{2,20}?起?(?:施行|实施|执行|生效)|\b(?:effective|come into (?:force|effect))\b[^.;]{3,60}"
)
_NO_FORCE = re.compile(
    r"(?:内容)?不具有?[^，。；]{0,8}(?:强制性|约束力)[^，。；]{0,8}|\bnot (?:legally )?(?:binding|mandatory)\b[^,.;]{0,30}|\bnon-?binding\b[^,.;]{0,30}"
    r"|\bdo(?:es)? not establish legally enforceable\b[^,.;]{0,30}",
    re.IGNORECASE,
)
_PRINTED_DATE = re.compile(r"发布日期|\bdate of (?:issue|publication)\b", re.IGNORECASE)
_NAMES: Mapping[Fact, tuple[str, str]] = {
    "status": ("状态", "status"), "issued": ("发布日期", "date of issue"), "effective": ("施行日期", "effective date"),
    "issuer": ("发布机构", "issuer"), "number": ("文号", "number"),
    "force": ("是否具有强制性", "whether it is binding"),
}  # fmt: skip
_INFERRED = (
    "添加这份指导原则时推断得出，原文没有写明，请核对出处。",
    "Inferred when the guideline was added; its text does not say so. Check it against the source.",
)
_WITH: Mapping[Fact, tuple[Fact, ...]] = {"status": ("status", "issued"), "issued": ("issued", "status")}


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of the guidelines asked about; `known` is whether any of it is known, `citations` where the text says so."""

    headline: str
    text: str
    citations: tuple[Citation, ...]
    known: bool

    @property
    def status(self) -> AnswerStatus:
        """Answered where the text says so; what was inferred answers in part."""
        return "not_covered" if not self.known else "answered" if self.citations else "partial"

    def reason(self, lang: Language) -> str | None:
        """Why the answer is not a plain one."""
        if not self.known:
            return self.headline
        return None if self.citations else _INFERRED[lang == "en"]


def asked_facts(question: Question, vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """The facts that a question asks of guidelines themselves; none where it asks for anything else beside them, or what
    will become of them.
    """
    if _TO_COME.search(question.text) or not (question.documents or _OF_DOCUMENTS.search(question.text)):
        return ()
    found = tuple(fact for fact in get_args(Fact) if _ASKED[fact].search(question.text))
    if not found:
        return ()
    rest = question.matter
    for fact in found:
        rest = _ASKED[fact].sub(" ", rest)
    others = {vocabulary[m.concept].kind for m in vocabulary.find_nested(rest)} - _ABOUT_DOCUMENTS
    return () if others else found


def tell(
    question: Question, facts: Sequence[Fact], shelves: Sequence[Shelf], library: Library, vocabulary: Vocabulary
) -> Told:
    """The facts of some guidelines in words: those of a status that the question names first, then the newest. Of many, the
    first ones are told; no other guideline is opened.
    """
    zh = question.lang == "zh"
    wanted = tuple(dict.fromkeys(f for fact in facts for f in _WITH.get(fact, (fact,))))
    ordered = sorted(shelves, key=lambda s: (_meant(s.metadata, question), s.metadata.issued or ""), reverse=True)
    opened = [library.book(shelf.slug) for shelf in ordered[:_TOLD]]
    books = sorted(
        opened, key=lambda book: "force" in facts and not _value(book, "force", zh)
    )  # those that say so first
    told = [_line(book, wanted, zh) for book in books]
    headline = told[0] if len(shelves) == 1 else _overview(ordered, books, facts, zh)
    if further := len(shelves) - len(told):
        told.append(f"另有 {further} 份" if zh else f"{further} more")
    shown = [(book, _shown(book, wanted, vocabulary)) for book in books]
    quoted = [book.text(s) for book, sentences in shown for s in sentences] if len(books) == 1 else []
    citations = tuple(_cited(book, sentences) for book, sentences in shown if sentences)
    known = any(_value(book, fact, zh) for book in books for fact in facts)
    return Told(headline, "\n".join(dict.fromkeys([headline, *told, *quoted])), citations, known)


def _meant(metadata: Metadata, question: Question) -> bool:
    """Whether a guideline has the status that a question names."""
    return bool(metadata.status and re.search(_NAMED[metadata.status], question.text, re.IGNORECASE))


def _line(book: Book, facts: Sequence[Fact], zh: bool) -> str:
    said = ("，" if zh else ", ").join(_said(book, fact, zh) for fact in facts)
    return full_name(book.document.metadata, "zh" if zh else "en") + ("：" if zh else ": ") + said


def _said(book: Book, fact: Fact, zh: bool) -> str:
    value = _value(book, fact, zh)
    if not value:
        return _unknown(fact, zh)
    inferred = fact in book.document.metadata.inferred
    return value + (("（推断，原文未写明）" if zh else " (inferred, not stated in its text)") if inferred else "")


def _unknown(fact: Fact, zh: bool) -> str:
    name = _NAMES[fact][not zh]
    return f"原文未写明{name}" if zh else f"{name} not stated in its text"


def _value(book: Book, fact: Fact, zh: bool) -> str:
    metadata = book.document.metadata
    if fact == "status":
        return _status(metadata, zh)
    if fact == "issued":
        return written_date(metadata.issued, "zh" if zh else "en") if metadata.issued else ""
    if fact == "effective":
        return next((m[0] for s in _title_page(book) if (m := _EFFECT.search(book.text(s)))), "")
    if fact == "force":
        texts = (text for s in _without_force(book) for text in (book.text(s), book.reading(s) or ""))
        found = [m[0] for text in texts if (m := _NO_FORCE.search(text))]
        return next((value for value in found if has_chinese(value) == zh), found[0] if found else "")
    return (metadata.issuer if fact == "issuer" else metadata.number) or ""


def _status(metadata: Metadata, zh: bool) -> str:
    return status_name(metadata.status, "zh" if zh else "en") if metadata.status else ""


def _overview(shelves: Sequence[Shelf], books: Sequence[Book], facts: Sequence[Fact], zh: bool) -> str:
    """How many guidelines have which status, or say that they are not binding; else that the list goes from the newest to
    the oldest.
    """
    if "force" in facts:
        said = sum(bool(_value(book, "force", zh)) for book in books)
        silent = len(books) - said
        return (
            f"{said} 份写明不具有强制性，{silent} 份未写明" if zh
            else f"{said} said not to be binding, {silent} not saying so"
        )  # fmt: skip
    if "status" not in facts:
        return "按日期从新到旧：" if zh else "From the newest to the oldest:"
    counts = Counter(_status(s.metadata, zh) or _unknown("status", zh) for s in shelves)
    return (
        "、".join(f"{s} {n} 份" for s, n in counts.items()) if zh else ", ".join(f"{n} {s}" for s, n in counts.items())
    )


def _without_force(book: Book) -> Iterator[Sentence]:
    """The sentences by which a guideline says of itself that it is not binding."""
    return (s for s in book.sentences.values() if _OF_DOCUMENTS.search(book.said(s)) and _NO_FORCE.search(book.text(s)))


def _title_page(book: Book) -> Iterator[Sentence]:
    return (s for s in book.sentences.values() if book.clauses[s.clause_id].kind in _TITLE_PAGE)


def _shown(book: Book, facts: Sequence[Fact], vocabulary: Vocabulary) -> list[Sentence]:
    """The sentences of the title page or the notice that say the facts, and the one that says it is not binding."""
    issuers = {m.concept for m in vocabulary.find_nested(book.document.metadata.issuer or "")}
    without_force = list(_without_force(book))[:1] if "force" in facts else []
    return without_force + [
        s for s in _title_page(book)
        if any(_says(book.text(s), fact, book.document.metadata) for fact in facts)
        or ("issuer" in facts and issuers & book.concepts_of.get(s.id, frozenset()) and s.heading)
    ]  # fmt: skip


def _says(text: str, fact: Fact, metadata: Metadata) -> bool:
    if fact == "status":
        return bool(metadata.status and re.search(_SAYS[metadata.status], text, re.IGNORECASE))
    if fact == "issued":
        return bool(_PRINTED_DATE.search(text) or (metadata.issued and _dated(text, metadata.issued)))
    if fact == "effective":
        return bool(_EFFECT.search(text))
    numbers = re.findall(r"\d+", metadata.number or "")
    return fact == "number" and bool(numbers) and set(numbers) <= set(re.findall(r"\d+", text))


def _dated(text: str, issued: str) -> bool:
    """Whether a short line states a date as year, month and so on.

    >>> _dated("2024 年 7 月", "2024-07"), _dated("2021 年 12 月 31 日", "2021-12-31"), _dated("2024 年 7 月", "2024-08")
    (True, True, False)
    """
    parts = [int(n) for n in issued.split("-")]
    return [int(n) for n in re.findall(r"\d+", text)][: len(parts)] == parts


def _cited(book: Book, sentences: Sequence[Sentence]) -> Citation:
    first = sentences[0]
    own = [s for s in sentences if s.clause_id == first.clause_id]
    span = Span(first.span.start, own[-1].span.end)
    return cite(book, Chunk("", first.clause_id, (), span, tuple(s.id for s in own)), own, 0.0)
