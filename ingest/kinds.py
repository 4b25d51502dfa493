"""What a paragraph is: a heading, a caption, an entry of a list of references, or text."""

from __future__ import annotations

import re

from ingest.layout import TERMINAL, Layout
from ingest.numbering import Marker
from ingest.readers.source import Block

COMMA = re.compile(r"[，,。；;]")
LATIN_COMMA = re.compile(r"[，。；;]")
CAPTION = re.compile(r"\s*(?:图|表|Figure|Table|FIGURE|TABLE|Fig\.)\s*(?:[A-Z][.-]?)?\d+(?:[-.]\d+)*[\s:：.、]+\S")
REFERENCES = re.compile(
    r"(?:[\d.一二三四五六七八九十、IVX]+\s*)?(?:主要)?(?:参考文献|参考资料|references|bibliography|literature)(?:\s*[（(].*[)）])?[:：]?",
    re.IGNORECASE,
)
# unnumbered headings that stand beside the numbered clauses, not in the last of them
BACK_MATTER = re.compile(
    r"(?:术语表?|术语和定义|名词解释|缩略语表?|缩略词表?|glossary|definitions|(?:list of )?abbreviations|acronyms|appendices|annexes)(?:\s*[（(].*[)）])?",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"(?:Example|Case|Scenario|Step|Phase|Stage|Principle|Topic|Recommendation|Type|Class|Category|Option|Box)\s+[\dA-Z]{1,2}\s*[.:：–—-]\s*|"
    r"(?:案例|示例|例|场景|情形|情景|类型|方案)\s*(?:[一二三四五六七八九十]+|\d{1,2})\s*[：:、.]\s*"
)
_ASKED = re.compile(r"(?:问|Question|QUESTION|Q)\s*[:：]")
_LATIN_STOPS = re.compile(r"[,;:]|\.\s")
# list items in brackets are never headings in English documents; Chinese ones may be
_BRACKETED = ("alpha-paren", "alpha-close", "roman", "number-paren", "number-close", "circled")
_FUNCTION_WORD = re.compile(
    r"\b(?:a|an|and|are|as|at|be|by|for|from|has|have|in|is|may|of|on|or|should|that|the|this|to|was|with)$"
)
_LONGEST_QUESTION = 300
_LONGEST_TITLE = 200


def kind_of(text: str, marker: Marker | None, references: bool, block: Block | None, layout: Layout) -> str:
    declared = block.kind if block else "line"
    if declared in ("row", "note", "footnote", "caption"):
        return declared
    if REFERENCES.fullmatch(text.strip()) and not references:
        return "references"
    if declared == "heading":
        return "heading"
    if references and (not marker or marker.style == "reference"):
        return "reference"
    if declared == "title" and _is_set_off(text):
        return "heading" if marker and marker.style != "bullet" else "soft-heading"
    return _plain_kind(text, marker, declared, layout)


def _plain_kind(text: str, marker: Marker | None, declared: str, layout: Layout) -> str:
    """What the words alone show: a caption, a heading with or without a number, or text."""
    if CAPTION.match(text) and len(text) <= 120 and not TERMINAL.search(text):
        return "caption"
    if marker and marker.style != "bullet":
        return "heading" if _is_title(text, marker, layout) else "text"
    if marker or declared == "item":
        return "text"
    return "soft-heading" if is_soft_title(text, layout) else "text"


def _is_set_off(text: str) -> bool:
    """Whether what is set larger or bold reads as a heading; a caption and a sentence do not."""
    return len(text) <= _LONGEST_TITLE and not TERMINAL.search(text.rstrip("?？")) and not CAPTION.match(text)


def _is_title(text: str, marker: Marker, layout: Layout) -> bool:
    """Whether a marked paragraph is a heading: it has no stop, and no comma that would make it a sentence."""
    body = text[len(marker.text) :].strip()
    if marker.style == "question":
        return len(body) <= _LONGEST_QUESTION
    if TERMINAL.search(text) and not re.search(r"[A-Za-z]\?$", text):
        return False
    if not layout.latin:
        return not COMMA.search(re.split("[（(]", body, maxsplit=1)[0])
    listed = marker.style in _BRACKETED or (marker.style in ("number", "alpha") and body[:1].islower())
    return not listed and len(body) <= 160 and not LATIN_COMMA.search(body)


def is_soft_title(text: str, layout: Layout) -> bool:
    """Whether an unnumbered line is worded as headings are."""
    if _ASKED.match(text):
        return len(text) <= _LONGEST_QUESTION
    text = _EXAMPLE.sub("", text, count=1) or text
    if TERMINAL.search(text):
        return False
    if layout.latin:
        if _FUNCTION_WORD.search(text):
            return False
        return len(text) <= 90 and text[:1].isupper() and not _LATIN_STOPS.search(text) and capitalised(text)
    return len(text) <= 50 and not re.search(r"[，,。；;].{12,}|[：:].", text)


def capitalised(text: str) -> bool:
    """Whether an English line is written as headings are: few words, or most of the longer ones with a capital."""
    words = re.findall(r"[A-Za-z][\w'-]*", text)
    long = [word for word in words if len(word) >= 4]
    return len(words) <= 4 or sum(word[0].isupper() for word in long) >= 0.6 * len(long)
