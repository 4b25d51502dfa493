"""The terms by which a passage of any collection is found, and how much a word of a question weighs.

Chinese gives character uni- and bigrams; at the size of a collection they find as much as segmented words and need no
dictionary. English gives stems, pairs of neighbouring stems, and the character 4-grams of words (McNamee and Mayfield, 2004),
by which *authorise* meets *authorisation*. A numbered place (第三十八条, 6.2.1(a)) is one term, not a row of digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.text import STOP_WORDS, fold, stem

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_NUMERAL = "[0-9一二三四五六七八九十百千零〇两]+"
_PLACE = f"第{_NUMERAL}[条款项章节编](?:之{_NUMERAL})?"
_RUN = re.compile(
    f"(?P<place>{_PLACE})"
    rf"|(?P<cjk>(?:(?!{_PLACE})[\u3400-\u9fff])+)"
    r"|(?P<number>\d+(?:\.\d+)*)(?P<part>(?:\([a-z0-9]{1,5}\))*)"
    r"|(?P<word>[a-z\u0370-\u03ff]+(?:'[a-z]+)?)"
)
_NUMBERED = re.compile(rf"{_PLACE}|\d+(?:\.\d+)*\.?|\([a-z0-9]{{1,5}}\)")
_WORD = re.compile(r"[a-z]+")
_GRAM = 4

# what a layman puts around a question; rare in written rules, so that idf alone would take such words for telling ones
_FILLER = re.compile(
    "请问|想问|问一下|怎么办|怎么样|怎么|如何|怎样|为什么|为啥|什么时候|什么|咋|啥|哪些|哪个|哪种|多少|多久|吗|呢|吧|啊|嘛|么"
    "|能不能|可不可以|要不要|是不是|有没有|会不会|是否|能否|可否|我们|你们|他们|她们|我|你|他|她|您|谢谢"
)
FILLER_WEIGHT = 0.3


def passage_terms(text: str) -> list[str]:
    """The terms of a text in order.

    >>> passage_terms("第三十八条 劳动者, Rule 6.2.1(a) on investors")
    ['第三十八条', '劳', '动', '者', '劳动', '动者', 'rule', '6.2.1', '6.2.1(a)', 'investor']
    """
    return list(_terms(_folded(text)))


def term_pairs(terms: list[str]) -> list[str]:
    """Pairs of neighbouring Latin terms; Chinese has its bigrams already."""
    return [f"{a}_{b}" for a, b in pairwise(t for t in terms if t.isascii())]


def word_grams(text: str) -> list[str]:
    """Character 4-grams of the words that are not function words, their ends marked.

    >>> word_grams("the fund")
    ['_fun', 'fund', 'und_']
    """
    marked = [f"_{word}_" for word in _WORD.findall(_folded(text)) if word not in STOP_WORDS]
    return [word[at : at + _GRAM] for word in marked for at in range(max(1, len(word) - _GRAM + 1))]


def question_weights(question: str) -> dict[str, float]:
    """The terms of a question with their weights: 1, or `FILLER_WEIGHT` for what only the manner of asking brings in."""
    telling = set(passage_terms(_FILLER.sub(" ", _folded(question))))
    return {term: 1.0 if term in telling else FILLER_WEIGHT for term in passage_terms(question)}


def document_name(title: str) -> str:
    """A title without the numbered place in it: what passages of one document have in common, "" where nothing is left.

    >>> document_name("劳动合同法第三十八条"), document_name("COBS 18.8.2.(a)"), document_name("1.1")
    ('劳动合同法', 'cobs', '')
    """
    bare = _NUMBERED.sub(" ", _folded(title))
    return " ".join(bare.split()) if any(c.isalpha() for c in bare) else ""


def _folded(text: str) -> str:
    return fold(_INVISIBLE.sub("", text))


def _terms(folded: str) -> Iterator[str]:
    for match in _RUN.finditer(folded):
        kind = match.lastgroup
        if run := match["cjk"]:
            yield from run
            yield from map("".join, pairwise(run))
        elif kind == "word":
            if match["word"] not in STOP_WORDS:
                yield stem(match["word"])
        elif place := match["place"]:
            yield place
        else:
            yield match["number"]
            if match["part"]:
                yield match[0]
