"""What a text refers to: other documents, laws and notices by title or number, and clauses of its own.

What names nothing in the library is kept as unresolved with the title that it names; nothing is guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.model import Clause, Document, Metadata, Reference, ReferenceKind, Sentence, Span

_ORDINAL = r"[一二三四五六七八九十百]+|\d{1,3}"
_PATH = r"(?:\d{1,2}(?:\.\d{1,2})+|\d{1,2}|[IVX]{1,5}(?:\.[A-Z0-9]{1,3})*|[A-Z]\.\d{1,2}(?:\.\d{1,2})*)"
_TITLE = re.compile(r"《([^《》]{3,80})》")
_LAW = re.compile(
    r"(?:法|条例|办法|规定|公告|通告|通知|决定|管理规范|质量规范|实施细则|Act|Regulation)(?:[（(].*[)）])?$"
)
_ENTRY_TITLE = re.compile(r"^(?:[^，,:：。]{2,40}[，,]\s*)?(?P<title>[^，,。]{4,90}?)(?:[，,.。]\s*\d{4}.*)?$")
_NOISE = re.compile(r"[\s《》（）()“”\"]|试行|征求意见稿")
_GENERIC = re.compile(r"本|国内|诊疗|相关|有关|其他|其它|上述|各|既往|现行|发布的|该|上市|一般|不同")

# kind -> pattern; the group `name` is what is named, the whole match if there is none
_PATTERNS: tuple[tuple[ReferenceKind, re.Pattern[str]], ...] = (
    ("mark", re.compile(r"[\[［]\s*(?P<name>\d{1,3}(?:\s*[-–~,，、]\s*\d{1,3})*)\s*[\]］]")),
    (
        "ich",
        re.compile(
            r"(?<![A-Za-z])(?:ICH[\s-]*(?:guidelines?\s+|topic\s+|指导原则)?)(?P<name>[EQSM]\d{1,2}[A-F]?(?:\s?[(（]R\d[)）])?)(?![A-Za-z0-9]|\.\d)"
            r"|(?<![A-Za-z0-9.])(?P<bare>[EQSM]\d{1,2}[A-F]?[(（]R\d[)）]|(?:E2[A-F]|E\d{1,2}[A-F]?|M[34]|S[69]|Q\d[A-F])(?=(?:指导原则|\s+guideline)))"
        ),
    ),
    (
        "law",
        re.compile(
            r"(?:按照|根据|依据|符合|遵循)?(?P<name>[\u4e00-\u9fff]{2,10}[〔\[（]\s*\d{4}\s*[〕\]）]\s*第?\s*\d+\s*号|\d{4}\s*年\s*第\s*\d+\s*号"
            r"|21\s+CFR\s+(?:[Pp]arts?\s+)?\d+(?:\.\d+)?|(?:Regulation|Directive)\s+(?:\(E[CU]\)\s+)?(?:No\.?\s+)?\d+/\d+(?:/E[CU]C?)?)"
        ),
    ),
    (
        "part",
        re.compile(
            rf"(?:(?:本(?:指导原则|文件|指南|办法|规定|文)|见|参见|按照|依据|符合|根据|参照)\s*(?:的)?)(?P<name>第\s*(?:{_ORDINAL})\s*(?:部分|章|节|条))"
            rf"|(?:见|参见|详见|参照|按照|下载)\s*(?P<annex>(?:附件|附录|附表)\s*(?:{_ORDINAL}|[A-Z])?)(?![\u4e00-\u9fff]{{0,1}}：)"
            r"|(?P<english>(?:Annex|Appendix|Attachment)\s+(?:[IVX]{1,4}|\d{1,2}|[A-Z]))\b"
        ),
    ),
    (
        "section",
        re.compile(
            rf"(?:[Ss]ections?|[Cc]hapters?|[Cc]lauses?|§)\s*(?P<name>{_PATH})(?![\w%])(?!\.\d)"
            r"|(?:见|参见|详见|按照?)\s*第?\s*(?P<zh>\d{1,2}(?:\.\d{1,2})+)(?![\d%.])|第\s*(?P<nth>(?:[A-Z]\.)?\d{1,2}(?:\.\d{1,2})+|[A-Z]\.\d{1,2})\s*(?:[节条款项章]|部分)"
            r"|\((?:see|cf\.)\s+(?P<see>\d{1,2}(?:\.\d{1,2})+)\)|\bsee\s+(?P<seen>\d{1,2}(?:\.\d{1,2})+)(?![\d%])"
        ),
    ),
    (
        "guideline",
        re.compile(
            r"(?:参照|参考|遵循|依据|详见)(?P<name>[^，。；、：《》（）\s]{3,40}?(?:指导原则|指南))"
            r"|(?:[Gg]uidances?|[Gg]uidelines?)(?: for [Ii]ndustry)?[^“”\"。.]{0,40}[“\"](?P<quoted>[^“”\"]{8,160})[”\"]"
            r"|(?P<english>Guideline on (?:the )?[a-z][^.;,()“”\"]{10,110})(?=[.;,(]|$)"
        ),
    ),
)
_ELSEWHERE = re.compile(
    r"\s*(?:of|in)\s+(?!this\b|the present\b)(?:the\s+)?(?:ICH|FDA|EMA|[A-Z])|\s*of\s+the\s+(?:Act|Regulation|Directive)"
)
_CLAUSE_KINDS = ("mark", "part", "section")


def find_references(document: Document, library: Mapping[str, Metadata]) -> tuple[Reference, ...]:
    """Everything that a guideline refers to, in order of the text, each resolved or kept as unresolved."""
    shelf, own = _Shelf.of(library), _Clauses.of(document)
    kinds = {c.id: c for c in document.clauses}
    out: list[Reference] = []
    for sentence in document.sentences:
        found = list(_named(document.text, kinds[sentence.clause_id], sentence))
        for kind, title, span in sorted(found, key=lambda x: x[2]):
            reference = _resolved(document.slug, sentence.clause_id, (kind, title, span), shelf, own)
            if reference:
                out.append(reference)
    return tuple(out)


def _resolved(
    slug: str, clause_id: str, named: tuple[ReferenceKind, str, Span], shelf: _Shelf, own: _Clauses
) -> Reference | None:
    """A reference with its target; None where a document only names itself."""
    kind, title, span = named
    if kind in _CLAUSE_KINDS:
        target = own.find(kind, title)
        elsewhere = kind == "section" and " of " in title
        return Reference(clause_id, title, span, slug if target and not elsewhere else None, kind, target)
    slug_of = shelf.find(title)
    return None if slug_of == slug else Reference(clause_id, title, span, slug_of, kind)


def _named(text: str, clause: Clause, sentence: Sentence) -> Iterator[tuple[ReferenceKind, str, Span]]:
    line = sentence.span.of(text)
    if clause.kind == "reference":
        yield from _entry(line, sentence)
        return
    for match in _TITLE.finditer(line):
        yield ("law" if _LAW.search(match[1]) else "title"), match[1], _span(sentence, match)
    if sentence.heading:
        return
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(line):
            yield from _read(kind, match, line, sentence)


def _entry(line: str, sentence: Sentence) -> Iterator[tuple[ReferenceKind, str, Span]]:
    """An entry of a list of references: the titles in 《》, else what stands between author and year."""
    titles = list(_TITLE.finditer(line))
    for match in titles:
        yield "entry", match[1], _span(sentence, match)
    if not titles:
        found = _ENTRY_TITLE.match(line)
        yield "entry", (found["title"] if found else line).strip(), sentence.span


def _read(
    kind: ReferenceKind, match: re.Match[str], line: str, sentence: Sentence
) -> Iterator[tuple[ReferenceKind, str, Span]]:
    name = next((g for g in match.groupdict().values() if g), match[0])
    if kind == "guideline" and _GENERIC.search(name):
        return
    if kind == "mark":
        for number in _range(name):
            yield kind, f"[{number}]", _span(sentence, match)
        return
    if kind == "section" and _ELSEWHERE.match(line, match.end()):
        name += line[match.end() : match.end() + 40].split(",", maxsplit=1)[0].rstrip(" .")
    yield kind, f"ICH {name}" if kind == "ich" else name.strip(), _span(sentence, match)


def _range(written: str) -> Iterator[int]:
    """The numbers of a mark: 1-3,7 gives 1, 2, 3 and 7."""
    for part in re.split(r"[,，、]", written):
        ends = [int(x) for x in re.split(r"[-–~]", part.strip()) if x.strip().isdecimal()]
        if ends and ends[-1] - ends[0] < 50:
            yield from range(ends[0], ends[-1] + 1)


def _span(sentence: Sentence, match: re.Match[str]) -> Span:
    return Span(sentence.span.start + match.start(), sentence.span.start + match.end())


# -- resolving -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The library by title, alias, number and ICH code; what two documents share names neither."""

    names: dict[str, str]

    @classmethod
    def of(cls, library: Mapping[str, Metadata]) -> _Shelf:
        found: dict[str, set[str]] = defaultdict(set)
        for slug, metadata in library.items():
            for name in (metadata.title_zh, metadata.title_en, *metadata.aliases, metadata.number or ""):
                found[_key(name)].add(slug)
                if code := re.match(r"\s*(?:ICH\s*)?([EQSM]\d{1,2}[A-F]?(?:\(R\d\))?)(?!\w)", name):
                    found[_key(f"ICH {code[1]}")].add(slug)
        return cls({name: next(iter(slugs)) for name, slugs in found.items() if name and len(slugs) == 1})

    def find(self, title: str) -> str | None:
        return self.names.get(_key(title))


@dataclass(frozen=True, slots=True)
class _Clauses:
    """A document's own clauses by what they are called; a name that two clauses bear finds none."""

    names: dict[str, str]

    @classmethod
    def of(cls, document: Document) -> _Clauses:
        found: dict[str, set[str]] = defaultdict(set)
        tops = [c for c in document.clauses if c.parent_id is None and c.marker and c.kind != "reference"]
        for nth, clause in enumerate((c for c in tops if not _annex(c.marker)), 1):
            found[f"部分{_number(clause.marker) or nth}"].add(clause.id)
        for clause in document.clauses:
            if clause.kind == "reference":
                found[f"[{re.sub('[^0-9]', '', clause.marker)}]"].add(clause.id)
            elif clause.marker:
                for name in {clause.marker, clause.label}:
                    found[_plain(name)].add(clause.id)
        return cls({name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1})

    def find(self, kind: str, name: str) -> str | None:
        if kind == "part" and "部分" in name:
            return self.names.get(f"部分{_number(name)}")
        return self.names.get(name if kind == "mark" else _plain(name))


def _annex(marker: str) -> bool:
    return bool(re.match(r"附|annex|appendix|attachment", marker, re.IGNORECASE))


def _plain(name: str) -> str:
    """A clause's name without stops and spaces at its edges: `3.2.` and `3.2` are one."""
    return re.sub(r"[\s:：]", "", name).strip(".．、").casefold()


def _number(text: str) -> int | None:
    """The ordinal that a marker or a name holds, in Chinese or Arabic figures."""
    if digits := re.search(r"\d+", text):
        return int(digits[0])
    if not (found := re.search(r"[一二三四五六七八九十]+", text)):
        return None
    tens, ten, ones = found[0].rpartition("十")
    figures = "零一二三四五六七八九"
    return (10 * (figures.find(tens) if tens else 1) if ten else 0) + (figures.find(ones) if ones else 0)


def _key(title: str) -> str:
    return _NOISE.sub("", title).casefold()
