"""What a text refers to: other documents, laws and notices by title or number, and clauses of its own.

What names nothing in the library is kept as unresolved with the title that it names; nothing is guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.referring import FURTHER, GENERIC, LAW, PATTERNS, TITLE
from kg.model import Clause, Document, Metadata, Reference, ReferenceKind, Sentence, Span

_NOISE = re.compile(r"[\s《》（）()“”\"]|试行|征求意见稿")
# of an entry "Authors. Title. Journal", of one "Issuer. Title[S]. Year", and of one "Author, Title, Year"
_ENTRY_TITLES = (
    re.compile(r"^[^.]{2,300}?(?:et al|\b[A-Z]{1,3})\.\s+(?P<title>[^.]{8,300})\.\s"),
    re.compile(r"^[^.．。《：:/<]{2,60}[.．](?!\s*\d{4})\s*(?P<title>[^.．。]{4,120}?)\s*(?:\[[A-Z/]+\])?[.．,，。]"),
    re.compile(
        r"^(?:[^，,:：。]{2,40}[，,]\s*)?(?P<title>(?!\d{4}\s*(?:[，,.。]|$))[^，,。]{4,90}?)(?:[，,.。]\s*\d{4}.*)?$"
    ),
)
_ELSEWHERE = re.compile(
    r"\s*(?:of|in)\s+(?!this\b|the present\b)(?:the\s+)?(?:ICH|FDA|EMA|[A-Z])|\s*of\s+the\s+(?:Act|Regulation|Directive)"
)
_ARTICLE = re.compile(r"Article\s+(\d+)", re.IGNORECASE)
_CLAUSE_KINDS = ("mark", "part", "section")


def find_references(document: Document, shelf: Shelf) -> tuple[Reference, ...]:
    """Everything that a guideline refers to, in order of the text, each resolved or kept as unresolved."""
    own = _Clauses.of(document)
    kinds = {c.id: c for c in document.clauses}
    out: list[Reference] = []
    for sentence in document.sentences:
        found = dict.fromkeys(_named(document.text, kinds[sentence.clause_id], sentence))
        ends: dict[tuple[ReferenceKind, str], int] = {}
        for kind, title, span in sorted(found, key=lambda x: x[2]):
            if span.start < ends.get((kind, title), 0):
                continue
            ends[kind, title] = span.end
            reference = _resolved(document.slug, sentence.clause_id, (kind, title, span), shelf, own)
            if reference:
                out.append(reference)
    return tuple(out)


def _resolved(
    slug: str, clause_id: str, named: tuple[ReferenceKind, str, Span], shelf: Shelf, own: _Clauses
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
    for match in TITLE.finditer(line):
        yield ("law" if LAW.search(match[1]) else "title"), match[1], _span(sentence, match)
    if sentence.heading:
        return
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(line):
            yield from _read(kind, match, line, sentence)
            yield from _listed(kind, match, line, sentence)


def _listed(
    kind: ReferenceKind, match: re.Match[str], line: str, sentence: Sentence
) -> Iterator[tuple[ReferenceKind, str, Span]]:
    """What goes on with a list that a reference begins: sections 3.1, 3.2 and 3.3."""
    pattern = FURTHER.get(kind)
    while pattern and (further := pattern.match(line, match.end())):
        yield from _read(kind, further, line, sentence)
        match = further


def _entry(line: str, sentence: Sentence) -> Iterator[tuple[ReferenceKind, str, Span]]:
    """An entry of a list of references: the titles in 《》, else what stands between author and year."""
    titles = list(TITLE.finditer(line))
    for match in titles:
        yield "entry", match[1], _span(sentence, match)
    if not titles:
        found = next((m for pattern in _ENTRY_TITLES if (m := pattern.match(line))), None)
        yield "entry", (found["title"] if found else line).strip(), sentence.span


def _read(
    kind: ReferenceKind, match: re.Match[str], line: str, sentence: Sentence
) -> Iterator[tuple[ReferenceKind, str, Span]]:
    name = next((g for g in match.groupdict().values() if g), match[0])
    if kind == "guideline" and GENERIC.search(name):
        return
    if kind == "mark":
        for number in _range(name):
            yield kind, f"[{number}]", _span(sentence, match)
        return
    if kind == "section" and _ELSEWHERE.match(line, match.end()):
        name += line[match.end() : match.end() + 40].split(",", maxsplit=1)[0].rstrip(" .")
    yield kind, f"ICH {name.replace(' ', '')}" if kind == "ich" else name.strip(), _span(sentence, match)


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
class Shelf:
    """The library by title, alias, number and ICH code; what two documents share names neither."""

    names: dict[str, str]

    @classmethod
    def of(cls, library: Mapping[str, Metadata]) -> Shelf:
        """The shelf of a library, from its documents' metadata by slug."""
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
        for name, clause_id in _articles(document.clauses):
            found[name].add(clause_id)
        return cls({name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1})

    def find(self, kind: str, name: str) -> str | None:
        if kind == "part" and "部分" in name:
            return self.names.get(f"部分{_number(name)}")
        return self.names.get(name if kind == "mark" else _plain(name))


def _articles(clauses: Sequence[Clause]) -> Iterator[tuple[str, str]]:
    """The paragraphs of articles as they are cited: Article 4(2)(a)."""
    names: dict[str, str] = {}
    for clause in clauses:
        if article := _ARTICLE.match(clause.marker):
            names[clause.id] = f"article{article[1]}"
        elif clause.parent_id in names and (part := re.sub(r"\W", "", clause.marker)):
            names[clause.id] = f"{names[clause.parent_id]}({part})"
            yield names[clause.id], clause.id


def _annex(marker: str) -> bool:
    return bool(re.match(r"附|annex|appendix|attachment", marker, re.IGNORECASE))


def _plain(name: str) -> str:
    """A clause's name without stops and spaces at its edges: `3.2.` and `3.2` are one."""
    return re.sub(r"[\s:：]", "", name).strip(".．、").casefold().replace("articles", "article")


def _number(text: str) -> int | None:
    """The ordinal that a marker or a name holds, in Chinese or Arabic figures."""
    if digits := re.search(r"\d+", text):
        return int(digits[0])
    if sign := re.search("[Ⅰ-Ⅻ]", text):
        return ord(sign[0]) - ord("Ⅰ") + 1
    if not (found := re.search(r"[一二三四五六七八九十]+", text)):
        return None
    tens, ten, ones = found[0].rpartition("十")
    figures = "零一二三四五六七八九"
    return (10 * (figures.find(tens) if tens else 1) if ten else 0) + (figures.find(ones) if ones else 0)


def _key(title: str) -> str:
    return _NOISE.sub("", title).casefold()
