"""The register: guidelines by the names that people give them ("RMP 那份", "2021 版罕见病", "the CAR-T draft").

A name is looked for where a question speaks of documents: before or after a word such as 指导原则, 稿, 那份, guideline, draft, or
beside a year of issue. The words there are compared with the words of each guideline's titles, aliases, year and status, and
with the other labels of the concepts that the titles name (RMP for 风险管理计划) and of the diseases below those (lymphoma for
lymphoid malignancies), weighted by how few guidelines share them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Metadata, Span
from kg.text import content_terms, tokens
from kg.vocabulary import Vocabulary

_COVERED = 0.7  # least share of a name's telling words that a guideline's own names hold
_SURELY = 0.95  # the same for a piece beside a name, which has no word for a document of its own
_NEAR = 0.9  # guidelines that hold nearly as much as the best are meant too
_MOST = 3  # a name that fits more guidelines names none
_STATUS: Mapping[str, str] = {
    "draft": "征求意见稿 意见稿 草案 草稿 稿 draft consultation",
    "trial": "试行 试行版 trial implementation",
    "final": "正式 final",
}
_YEAR = r"(?:19|20)\d\d"
_MARK = re.compile(
    rf"技术指导原则|指导原则|指导文件|指南|文件|征求意见稿|意见稿|草案|草稿|试行稿|稿|那[份个篇边]|这[份个篇]|版|{_YEAR}"
    r"|\bguid(?:ance|eline|e)s?\b|\bdrafts?\b|\bdoc(?:ument)?s?\b",
    re.IGNORECASE,
)
_TELLING_MARK = re.compile(rf"{_YEAR}|征求意见|草案|draft", re.IGNORECASE)
_LIST = r"[、,，/]|和|与|跟|同|及|或者?|还是|对比|相比|比|\b(?:and|or|versus|vs|than|with)\b"
_BREAK = re.compile(
    rf"(?P<list>{_LIST})|(?P<count>[一二两三四五六几]+份)|[一二两三四五六几]+个|[。．？?！!；;：:“”\"《》（）()]|按照?|根据|关于|对于|里面?|中(?!枢)|上(?!市)|说|写|要求|规定|提到|讲|在|的"
    r"|\b(?:the|both|according to|in|does|do|says?|who|was|were|issued|published|released|of|from|under|for|what|which|how|when|whether|if|is|are|require|between|by|on|per)\b",
    re.IGNORECASE,
)
_VERBS = "issued|published|released|was|is|were|are|says?|requires?|applie?[sd]?|apply|do|does|asks?|wants?|ha[sv]e?|give[sn]?|tells?"
_ENTITLED = re.compile(
    r"(?:^|\b(?:the|an?|which|what|this|that|in|of|by|under)\s+)(?P<en>(?:guid(?:ance|eline)s?|drafts?|documents?) (?:on|for|about|of) (?:the )?[^,;:.?!()]+?)"
    rf"(?=\s+(?:{_VERBS}|and|or|vs|versus|differ)\b|[,;:.?!()]|$)"
    r"|关于(?P<zh>[^，。；？?！!]{2,30}?)的(?:技术)?(?:指导原则|指南|文件)",
    re.IGNORECASE,
)
_SAYING_NOTHING = re.compile(r"\b(?:general|chinese|china's|own|newer|other|above|said|corresponding)\b", re.IGNORECASE)
_NUMBERS: Mapping[str, int] = (
    dict(zip("一二三四五六七八九十", range(1, 11), strict=True))
    | {"两": 2}
    | dict(zip(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], range(2, 11), strict=True))
)
_HOW_MANY = re.compile(
    r"([一二两三四五六七八九十]|\d+)\s*份|\b(two|three|four|five|six|seven|eight|nine|ten|\d+) (?:\w+ ){0,2}(?:guid(?:ance|eline)s|drafts|documents)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a question between commas and small words: whether a word for a document stands in it, whether a list
    joins it to the one before, and whether a number of documents closes it.
    """

    span: Span
    marked: bool
    joined: bool
    counted: bool


@dataclass(frozen=True, slots=True)
class Named:
    """Guidelines that a text names, in order, and where it does."""

    slugs: tuple[str, ...]
    spans: tuple[Span, ...]


NONE_NAMED = Named((), ())


class Register:
    """The names of a library's guidelines."""

    def __init__(self, shelves: Iterable[tuple[str, Metadata]], vocabulary: Vocabulary) -> None:
        self._words = {slug: _words(metadata, vocabulary) for slug, metadata in shelves}
        self._shared = Counter(word for words in self._words.values() for word in words)

    def find(self, text: str) -> Named:
        """The guidelines that a question names; none where a name would fit many, all where it speaks of as many as there are."""
        pieces = list(_pieces(text))
        meant = [self._meant(p.span.of(text), _COVERED) if p.marked or p.counted else [] for p in pieces]
        for nth, counted in _beside([bool(m) for m in meant], pieces):
            meant[nth] = self._meant(pieces[nth].span.of(text), _COVERED if counted else _SURELY)
        named = [(slugs, piece.span) for slugs, piece in zip(meant, pieces, strict=True) if slugs]
        for title in _ENTITLED.finditer(text):
            if entitled := self._meant(title["en"] or title["zh"], _COVERED):
                named.append((entitled, Span(*title.span())))
        slugs = tuple(dict.fromkeys(slug for some, _ in named for slug in some))
        return Named(self._all_of_them(text, slugs), tuple(span for _, span in named))

    def _all_of_them(self, text: str, slugs: tuple[str, ...]) -> tuple[str, ...]:
        """The guidelines named, and all others where a text speaks of as many documents as the library has."""
        said = {_NUMBERS.get(n.lower()) or int(n) for found in _HOW_MANY.findall(text) for n in found if n}
        return tuple(dict.fromkeys((*slugs, *self._words))) if len(self._words) in said - {1} else slugs

    def _meant(self, name: str, least: float) -> list[str]:
        weights = {w: self._weight(w) for w in content_terms(_SAYING_NOTHING.sub(" ", _MARK.sub(_told, name)))}
        total = sum(weights.values())
        held = {slug: {w for w in weights if w in words} for slug, words in self._words.items()}
        share = {slug: sum(weights[w] for w in found) / (total or 1.0) for slug, found in held.items()}
        best = max(share.values(), default=0.0)
        meant = [slug for slug in share if best >= least and share[slug] >= _NEAR * best]
        telling = any(self._telling(w) for slug in meant for w in held[slug])
        return meant if telling and len(meant) <= _MOST else []

    def _weight(self, word: str) -> float:
        """Inverse frequency over guidelines; a word of no guideline's name counts as one of a single guideline's."""
        return math.log(1 + len(self._words) / max(self._shared[word], 1))

    def _telling(self, word: str) -> bool:
        """Whether a word alone tells a guideline from most others: not a year, not its status, not common to half of all."""
        return (
            0 < self._shared[word] <= max(1, len(self._words) // 2)
            and not re.fullmatch(_YEAR, word)
            and word not in _STATUS_WORDS
        )


def _told(mark: re.Match[str]) -> str:
    """Of a word for a document what tells which one: its year, and that it is a draft."""
    return f" {mark[0]} " if _TELLING_MARK.search(mark[0]) else " "


def _words(metadata: Metadata, vocabulary: Vocabulary) -> frozenset[str]:
    names = [metadata.title_zh, metadata.title_en, *metadata.aliases, metadata.issued or "", metadata.number or ""]
    concepts = {m.concept for name in names for m in vocabulary.find_nested(name)}
    concepts |= {below for iri in concepts if vocabulary[iri].kind == "disease" for below in vocabulary.narrower(iri)}
    labels = [label.text for iri in concepts for label in vocabulary[iri].labels]
    texts = [*names, *labels, _STATUS.get(metadata.status or "", "")]
    return frozenset(t for text in texts for t in tokens(text))


_STATUS_WORDS = frozenset(t for text in _STATUS.values() for t in tokens(text))


def _pieces(text: str) -> Iterator[Piece]:
    """The pieces of a text; a name is over after its word for a document, unless that word opens it (a year, "draft on …")."""
    start, joined = 0, False
    for found in [*_BREAK.finditer(text), None]:
        end = found.start() if found else len(text)
        empty = not text[start:end].strip()
        if not empty:
            marks = list(_MARK.finditer(text, start, end))
            closing = [
                m.end() for m in marks if any(c.isalnum() for c in text[start : m.start()]) and not m[0].isdigit()
            ]
            span = Span(start, closing[-1] if closing else end)
            yield Piece(span, bool(marks), joined, bool(found and found["count"]))
        joined = bool(found and found["list"]) or (joined and empty)
        start = found.end() if found else end


def _beside(named: Sequence[bool], pieces: Sequence[Piece]) -> Iterator[tuple[int, bool]]:
    """Pieces that a list joins to a named one, going outwards from it, and whether a number of documents closes the list."""
    for nth, is_named in enumerate(named):
        if is_named:
            before, after = nth - 1, nth + 1
            while before >= 0 and pieces[before + 1].joined and not named[before]:
                yield before, pieces[nth].counted
                before -= 1
            while after < len(named) and pieces[after].joined and not named[after]:
                yield after, False
                after += 1
