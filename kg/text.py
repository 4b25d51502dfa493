"""Text as search sees it: language, folding, and the tokens of both languages.

Chinese is indexed as character uni- and bigrams, which need no dictionary and lose no term; Latin words are stemmed
(Snowball English) and function words dropped, so that an English question meets an English term inside Chinese text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

from kg.model import Language

_CJK = re.compile(r"[\u3400-\u9fff]")
_RUN = re.compile(r"(?P<cjk>[\u3400-\u9fff]+)|(?P<word>[a-z\u0370-\u03ff]+(?:'[a-z]+)?|\d+(?:\.\d+)?)")
_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "done",
        "for",
        "from",
        "get",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "me",
        "much",
        "my",
        "need",
        "of",
        "on",
        "one",
        "or",
        "our",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "under",
        "up",
        "use",
        "used",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "about",
        "after",
        "before",
        "during",
        "must",
        "shall",
        "might",
        "also",
        "not",
        "no",
    ]
)
_stemmer = Stemmer.Stemmer("english")


def detect_language(text: str) -> Language:
    """`zh` when Chinese characters make up a tenth of the letters or more, else `en`."""
    letters = sum(c.isalpha() for c in text)
    return "zh" if letters and len(_CJK.findall(text)) >= 0.1 * letters else "en"


def fold(text: str) -> str:
    """Full width to half width, compatibility forms to plain ones, case folded."""
    return unicodedata.normalize("NFKC", text).casefold()


def tokens(text: str) -> list[str]:
    """Search tokens of a text in order: Chinese uni- and bigrams, stemmed Latin words, numbers.

    >>> tokens("慢病毒载体, 15 years")
    ['慢', '慢病', '病', '病毒', '毒', '毒载', '载', '载体', '体', '15', 'year']
    """
    return list(_tokens(fold(text)))


def _tokens(folded: str) -> Iterator[str]:
    for match in _RUN.finditer(folded):
        if run := match["cjk"]:
            for i, char in enumerate(run):
                yield char
                if i + 1 < len(run):
                    yield run[i : i + 2]
        elif (word := match["word"]) not in _STOP:
            yield stem(word)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball stem of an English word; anything else unchanged."""
    return str(_stemmer.stemWord(word)) if word[0].isascii() and word[0].isalpha() else word
