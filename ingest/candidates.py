"""Terms that a document uses and the vocabulary does not hold, proposed with their evidence until someone accepts them.

Termhood is the C-value of Frantzi, Ananiadou and Mima (2000): log2(length) times the frequency, less the mean frequency of the
longer candidates that hold the term. Chinese candidates are runs of 3 to 10 characters between function words and verbs; a
run whose neighbours on either side are always the same is part of a longer word and is left out (branching entropy of Jin
and Tanaka-Ishii, 2006). English candidates are runs of 2 to 5 content words. Short forms that a text defines are candidates
at once. A concept that the text names counts as one letter, so that no candidate is a piece of a known term (良反应 of
不良反应); what the vocabulary knows, whole or as the end of a known label, is no candidate.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from ingest.abbreviations import find_abbreviations
from kg.model import Document, Language, Mention, Span
from kg.text import detect_language
from kg.vocabulary import Vocabulary

_BREAKS = re.compile(
    r"的|和|与|及|或|等|为|在|对(?!照)|将|以|由|从|按|可能|可以|应当|(?<![适反响效])应(?!症|答)|需要|需|建议|鼓励|推荐|通过|进行|开展|采用|使用|提供|考虑|包括|例如"
    r"|如果|如|当|若|是|有(?!效)|并|且|而|但|其|该|此|这|了|中|上|下|时|后|前|不|无|未|非常|更|最|较|各|每|本|指导原则|因此|由于|根据|基于|关于|以及|至|于|所|被|使|让|给|向"
    r"|接受|参加|达到|提高|支持|出现|遵循|评估|增加|减少|表明|显示|存在|导致|引起|具有|属于|确定|说明|确保"
)
_FIRST, _LAST = 0xE000, 0xF8FF  # letters of the private use area stand for the concepts that a text names
_HAN = re.compile(r"[\u4e00-\u9fff\ue000-\uf8ff]{1,40}")
_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*|[\ue000-\uf8ff]")
_MEASURES = ("duration", "quantity", "document")
_STOP = frozenset((
    "a", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "could", "do", "does", "for", "from",
    "has", "have", "if", "in", "into", "is", "it", "its", "may", "must", "not", "of", "on", "or", "our", "shall",
    "should", "such", "than", "that", "the", "their", "these", "they", "this", "those", "to", "was", "we", "were",
    "when", "where", "which", "will", "with", "would", "also", "e", "g", "i",
))  # fmt: skip
_LONGEST, _SHORTEST = 10, 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed term: its termhood, how often it stands in the document, and the sentences that show it.

    `zh`, `en` and `short` are what the text itself gives of its names.
    """

    text: str
    lang: Language
    score: float
    count: int
    sentences: tuple[str, ...]
    why: str
    zh: str = ""
    en: str = ""
    short: str = ""


def candidates(
    document: Document, vocabulary: Vocabulary, limit: int = 50, without: Set[str] = frozenset()
) -> list[Candidate]:
    """The best candidates of a document, highest termhood first; defined short forms before frequent terms.

    Those in `without` were decided about before.
    """
    defined = [c for c in _defined(document, vocabulary) if c.text not in without]
    frequent = sorted(_frequent(document, vocabulary, without), key=lambda c: (-c.score, c.text))
    return [*defined, *frequent][:limit]


def _defined(document: Document, vocabulary: Vocabulary) -> Iterator[Candidate]:
    for found in find_abbreviations(document.text, vocabulary):
        if not _known(found.short, vocabulary):
            name = found.long_zh or found.long_en
            where = tuple(s.id for s in document.sentences if s.span.holds(found.span))
            yield Candidate(
                f"{name} ({found.short})", detect_language(name), float(len(name)), 1, where, "defined in the text",
                found.long_zh or "", found.long_en or "", found.short,
            )  # fmt: skip


def _frequent(document: Document, vocabulary: Vocabulary, without: Set[str]) -> Iterator[Candidate]:
    counts: Counter[str] = Counter()
    places: dict[str, list[str]] = defaultdict(list)
    left: dict[str, set[str]] = defaultdict(set)
    right: dict[str, set[str]] = defaultdict(set)
    letters: dict[str, str] = {}
    for sentence, text in _lettered(document, vocabulary, letters):
        for coded, before, after in (*_chinese(text), *_english(text)):
            term = _spelt(coded, letters)
            counts[term] += 1
            places[term].append(sentence)
            left[term].add(before)
            right[term].add(after)
    free = {t: n for t, n in counts.items() if n >= _minimum(t) and len(left[t]) > 1 and len(right[t]) > 1}
    for term, score in c_values(free).items():
        if score > 0 and term not in without and not _known(term, vocabulary):
            lang: Language = "en" if term.isascii() else "zh"
            where = tuple(dict.fromkeys(places[term]))[:5]
            names = (term, "") if lang == "zh" else ("", term)
            yield Candidate(term, lang, round(score, 2), counts[term], where, "frequent", *names)


def _minimum(term: str) -> int:
    return 3 if term.isascii() or len(term) > 3 else 4


def _lettered(document: Document, vocabulary: Vocabulary, letters: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every sentence's id and text, each concept that it names as one letter (entered in `letters`), measures as breaks."""
    by_name: dict[str, str] = {}
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        found[mention.sentence_id].append(mention)
    for sentence in document.sentences:
        text, at = [], sentence.span.start
        for mention in sorted(found[sentence.id], key=lambda m: (m.span.start, -m.span.end)):
            if mention.span.start < at:
                continue
            text.append(document.text[at : mention.span.start])
            known = mention.concept in vocabulary and vocabulary[mention.concept].kind not in _MEASURES
            name = re.sub(r"\s+", " ", mention.span.of(document.text))
            free = chr(min(_FIRST + len(by_name), _LAST))
            text.append(by_name.setdefault(name, free) if known else "，")
            at = mention.span.end
        letters |= {letter: name for name, letter in by_name.items()}
        yield sentence.id, "".join([*text, document.text[at : sentence.span.end]])


def _spelt(coded: str, letters: Mapping[str, str]) -> str:
    return "".join(letters.get(c, c) for c in coded)


def _chinese(text: str) -> Iterator[tuple[str, str, str]]:
    """Every run of characters between breaks, with its neighbours ('' at a break); one letter alone is a known term."""
    for run in _HAN.finditer(_BREAKS.sub("，", re.sub(r"\s+", "", text))):
        words = run[0]
        for start in range(len(words)):
            for end in range(start + 2, min(start + _LONGEST, len(words)) + 1):
                if end - start >= _SHORTEST or any(ord(c) >= _FIRST for c in words[start:end]):
                    yield (
                        words[start:end],
                        words[start - 1 : start] or f"<{run.start()}",
                        words[end : end + 1] or f">{run.end()}",
                    )


def _english(text: str) -> Iterator[tuple[str, str, str]]:
    words = [w if w not in _STOP else "" for w in _WORDS.findall(text.casefold())]
    for start in range(len(words)):
        for end in range(start + 2, min(start + 5, len(words)) + 1):
            if all(words[start:end]) and any(w.isascii() for w in words[start:end]):
                yield (
                    " ".join(words[start:end]),
                    words[start - 1] if start else f"<{start}",
                    words[end] if end < len(words) else "",
                )


def c_values(counts: Mapping[str, int]) -> dict[str, float]:
    """The C-value of each term among a set with frequencies.

    >>> {t: round(v, 1) for t, v in c_values({"随访研究": 6, "长期随访研究": 4}).items()}
    {'随访研究': 4.0, '长期随访研究': 10.3}
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for term, count in counts.items():
        for part in _parts(term):
            if part in counts:
                holders[part].append(count)
    out = {}
    for term, count in counts.items():
        nested = holders.get(term)
        length = len(term.split()) if term.isascii() else len(term)
        out[term] = math.log2(length) * (count - sum(nested) / len(nested) if nested else count)
    return out


def _parts(term: str) -> Iterator[str]:
    """The shorter candidates inside a term."""
    if term.isascii():
        words = term.split()
        spans = ((a, b) for a in range(len(words)) for b in range(a + 2, len(words) + 1) if b - a < len(words))
        yield from (" ".join(words[a:b]) for a, b in spans)
        return
    for start in range(len(term)):
        for end in range(start + _SHORTEST, len(term) + 1):
            if end - start < len(term):
                yield term[start:end]


def _known(term: str, vocabulary: Vocabulary) -> bool:
    """Whether the vocabulary has the term, or covers it with labels."""
    covered: set[int] = set()
    for match in vocabulary.find(term):
        if match.span == Span(0, len(term)):
            return True
        covered |= set(range(match.span.start, match.span.end))
    return len(covered) >= len(term) - 1
