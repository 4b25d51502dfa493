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
_WORD = re.compile(r"[a-z\u0370-\u03ff]+(?:'[a-z]+)?|\d+(?:\.\d+)?")
_RUN = re.compile(rf"(?P<cjk>[\u3400-\u9fff]+)|(?P<word>{_WORD.pattern})")
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
STOP_WORDS = _STOP
_stemmer = Stemmer.Stemmer("english")


def detect_language(text: str) -> Language:
    """`zh` when Chinese characters make up a tenth of the letters or more, else `en`."""
    letters = sum(c.isalpha() for c in text)
    return "zh" if letters and len(_CJK.findall(text)) >= 0.1 * letters else "en"


def has_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return bool(_CJK.search(text))


def guideline_of(record_id: str) -> str:
    """The slug of the guideline that the id of a clause, sentence or chunk belongs to; a slug is its own.

    >>> guideline_of("gene-therapy-long-term-follow-up-2021#2.3/s1")
    'gene-therapy-long-term-follow-up-2021'
    """
    return record_id.partition("#")[0].partition("~")[0]


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


def latin_terms(folded: str) -> frozenset[str]:
    """The stemmed words and the numbers of a folded text, without its Chinese and without function words."""
    return frozenset(stem(word) for word in _WORD.findall(folded) if word not in _STOP)


_FUNCTION = re.compile(
    "请问|到底|究竟|具体|一般|通常|需不需要|要不要|能不能|是不是|有没有|可不可以|需要|应该|应当|是否|可以|能否|可否|怎么样|怎么办"
    "|怎么|如何|怎样|为什么|为啥|什么时候|什么|哪些|哪个|哪种|哪类|哪几|哪|多少|多久|多长时间|多长|多大|几个|几次|几|吗|呢|啊|吧|么|嘛|咋|啥"
    "|的|了|是|在|和|与|或者|或|及|以及|对于|对|关于|有|没|不|要|得|就|都|也|还|能|会|把|被|给|让|我们|你们|我|你|他|她|它|这个|那个|这种"
    "|那|这|一个|进行|方面|情况|问题|时候|之后|之前|以后|以前|时|中|里|上|下|内|外|前|后|算|说|做|用|到|从|为|其|各|等|个|次|点|些|先|再|才"
    "|只|必须|可能|想|打算|准备|如果|若|当|可|应|需|须"
)


def content_terms(text: str) -> list[str]:
    """The telling terms of a question: stemmed Latin words, numbers, and Chinese bigrams that no function word breaks.

    >>> content_terms("罕见病的样本量要多少例？")
    ['罕见', '见病', '样本', '本量']
    """
    broken = _FUNCTION.sub(" ", fold(text))
    return list(dict.fromkeys(t for t in _tokens(broken) if len(t) > 1 or t.isascii()))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball stem of an English word; anything else unchanged."""
    return str(_stemmer.stemWord(word)) if word[0].isascii() and word[0].isalpha() else word
