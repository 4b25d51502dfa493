"""The numbering grammar: what a clause of a guideline may begin with, in Chinese and in English.

The styles are those of GB/T 1.1 and of official documents (GB/T 9704: 一、（一）1.（1）), of statutes (第一条), and of ICH,
FDA and EMA documents (1.2.3; I. A. 1. a.; (a) (i); Section, Annex, Appendix).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_CN = "[一二三四五六七八九十百]+"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_SIGNS = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ"
_ROMAN = "(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3})"
_PRIMARY, _SECONDARY = "●•■◆▪➢➤►▶✓√★☆❖◇\uf0b7\uf06c\uf0d8\uf0a7\uf075∙‣·", "○◦□▫–—\uf0a8-"
_TITLE = r"(?=[A-Z0-9\"“(\u4e00-\u9fff]|$)"

# style -> pattern; group 1 is the ordinal, none for a bullet. The first that matches and follows is taken.
_STYLES: dict[str, re.Pattern[str]] = {
    "cn-part": re.compile(rf"第\s*({_CN}|\d{{1,3}})\s*(?:编|篇|部分)[、.．:：\s]*"),
    "chapter": re.compile(rf"第\s*({_CN}|\d{{1,3}})\s*章[、.．:：\s]*"),
    "cn-section": re.compile(rf"第\s*({_CN}|\d{{1,3}})\s*节[、.．:：\s]*"),
    "article": re.compile(rf"第\s*({_CN}|\d{{1,3}})\s*条[、.．:：\s]*"),
    "annex": re.compile(
        rf"(?:附件|附录|附表|附)\s*({_CN}|\d{{1,2}}|[A-Z])(?![-—~～至,，和及A-Za-z\d])[：:、.．\s]*"
        r"|(?:[IVX]{1,5}\.\s*)?(?:ANNEX|Annex|APPENDIX|Appendix|ATTACHMENT|Attachment|SUPPLEMENT|Supplement)\s+"
        rf"([IVX]{{1,5}}|\d{{1,2}}|[A-Z])\b\s*[.:：\-–—]?\s*{_TITLE}"
    ),
    "annex-only": re.compile(
        r"(?:附件|附录)[：:、\s]*$|(?:附录)[：:]\s*(?=\S)|(?:ANNEX|Annex|APPENDIX|Appendix)(?:$|\s*[:：\-–—]\s*(?=\S))"
    ),
    "part": re.compile(rf"(?:PART|Part)\s+([IVX]{{1,5}}|\d{{1,2}}|[A-Z])\b\s*[.:：\-–—]?\s*{_TITLE}"),
    "section": re.compile(
        rf"(?:SECTION|Section)\s+(\d{{1,2}}|[IVX]{{1,5}}|[A-Z])(?![.\w]*\d)\b\s*[.:：\-–—]?\s*{_TITLE}"
    ),
    "chapter-en": re.compile(
        rf"(?:CHAPTER|Chapter|TITLE)\s+(\d{{1,2}}|[IVX]{{1,5}}|[A-Z])(?![.\w]*\d)\b\s*[.:：\-–—]?\s*{_TITLE}"
    ),
    "article-en": re.compile(rf"(?:ARTICLE|Article)\s+(\d{{1,3}})(?![.\w]*\d)\b\s*[.:：\-–—]?\s*{_TITLE}"),
    "question": re.compile(
        rf"(?:问题|问)\s*({_CN}|\d{{1,3}})(?:\s*[：:、.．]|(?=\s|[\u4e00-\u9fff]))\s*|(?:Question|QUESTION|Q)\s*(\d{{1,3}})\s*[.:：]\s*"
    ),
    "cn": re.compile(rf"({_CN})[、.．]\s*"),
    "cn-paren": re.compile(rf"[（(]\s*({_CN})\s*[）)][、.．]?\s*"),
    "lettered": re.compile(
        r"(?=[A-Z\d.]*\d|[IVX]+\.[A-Z])(?=[\d.]*[A-Z])"
        r"((?:[IVX]{1,5}|[A-Z]|\d{1,2})(?:\.(?:[A-Z]|\d{1,2})(?![A-Za-z0-9])){1,5})\.?(?=\s|[\u4e00-\u9fff]|$)\s*"
    ),
    "dotted": re.compile(
        r"(\d{1,2}(?:[.．]\d{1,2}){1,5}(?:[a-z](?=[\s\u4e00-\u9fff]))?)[.．、:：]?(?![\d%]|(?:(?<=\.)|\.)[A-Z](?:[.\s]|$))\s*"
    ),
    "number": re.compile(r"(\d{1,2})\s*[.．、](?!\d)\s*"),
    "number-paren": re.compile(r"[（(]\s*(\d{1,2})\s*[）)]\s*"),
    "number-close": re.compile(r"(\d{1,2})[）)]\s*"),
    "circled": re.compile(rf"([{CIRCLED}])\s*"),
    "roman": re.compile(rf"[（(]?({_ROMAN}|[{_ROMAN_SIGNS[1]}])[）)]\s*|[（(]\s*([{_ROMAN_SIGNS[0]}])\s*[）)]\s*"),
    "roman-upper": re.compile(
        rf"((?i:{_ROMAN}))(?<![a-z])\.\s+(?=[A-Z\u4e00-\u9fff])|([{_ROMAN_SIGNS[0]}])\s*[.．、]\s*(?=\S)"
    ),
    "roman-lower": re.compile(rf"({_ROMAN})\.\s+(?=\S)"),
    "alpha-upper": re.compile(r"([A-Z])[.．、]\s*(?=[A-Z\u4e00-\u9fff\"“])(?![A-Z]\.)"),
    "alpha-paren": re.compile(r"[（(]([a-zA-Z])[）)]\s*"),
    "alpha-close": re.compile(r"([a-zA-Z])[）)]\s*"),
    "alpha": re.compile(r"([a-z])(?:\.\s+(?=\S)|[.．、](?=[\u4e00-\u9fff]))"),
    "bullet": re.compile(rf"(?:[{_PRIMARY}○◦□▫\uf0a8]\s*|[-–—*]\s+|o\s+(?=[A-Z\u4e00-\u9fff])|o\s{{2,}}(?=\S))"),
    "plain": re.compile(r"(\d{1,2})\s+(?=[A-Z\u4e00-\u9fff])"),
}
# the styles that a line can have by its first character, so that most lines are told from a clause by one look
_BY_FIRST: dict[str, tuple[str, ...]] = {
    **dict.fromkeys("0123456789０１２３４５６７８９", ("dotted", "lettered", "number", "number-close", "plain")),
    **dict.fromkeys(_ROMAN_SIGNS[0], ("roman-upper",)),
    **dict.fromkeys(_ROMAN_SIGNS[1], ("roman",)),
    **dict.fromkeys("（(", ("cn-paren", "number-paren", "roman", "alpha-paren")),
    **dict.fromkeys("一二三四五六七八九十百", ("cn",)),
    **dict.fromkeys(CIRCLED, ("circled",)),
    **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ", ("lettered", "annex", "annex-only", "part", "section", "chapter-en", "article-en", "roman-upper", "alpha-upper", "alpha-close")),
    **dict.fromkeys("abcdefghijklmnopqrstuvwxyz", ("roman", "roman-lower", "alpha-close", "alpha", "bullet")),
    **dict.fromkeys(_PRIMARY + _SECONDARY + "*", ("bullet",)),
    "问": ("question",),
    "Q": ("lettered", "question", "roman-upper", "alpha-upper", "alpha-close"),
    "第": ("cn-part", "chapter", "cn-section", "article"),
    "附": ("annex", "annex-only"),
}  # fmt: skip
_WORD = re.compile(
    r"(?![ivx]+[.)）]|annex|appendix|attachment|supplement|part|section|chapter|article|question)[A-Za-z]{2}(?![.)）])[A-Za-z]",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"(?:-\s+)?(?:\[(\d{1,3})\]|［(\d{1,3})］|〔(\d{1,3})〕|(\d{1,3})[.．、](?!\d))\s*")
# styles that stand above all others, outermost first; one closes whatever is not above it
RANKS = {
    "cn-part": 0,
    "part": 0,
    "annex": 0,
    "annex-only": 0,
    "chapter": 1,
    "chapter-en": 1,
    "section": 2,
    "cn-section": 2,
    "article": 3,
    "article-en": 3,
}

LETTERS, ROMANS = 1000, 2000

# how an id shows the styles whose ordinals would clash with plain numbers below the same parent
_ID_PREFIX = {
    "circled": "c", "roman": "i", "bullet": "b", "soft": "h", "annex": "annex-", "annex-only": "annex-", "part": "part-",
    "cn-part": "part-", "roman-upper": "r", "roman-lower": "i", "alpha-upper": "a", "alpha-paren": "a", "alpha-close": "a", "alpha": "a",
    "level": "h", "article": "art-", "article-en": "art-", "question": "q-",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marker:
    """A clause's beginning. `text` is the marker as written (its white space included), `style` names its grammar.

    A hyphen bullet is how text extraction writes a list mark; it is not part of the guideline's words (`drop`). In a path
    letters count from LETTERS + 1 and Roman figures from ROMANS + 1, so that A.3.1 and 1.3.1 never meet.
    `level` is the depth of a nested bullet, `inner` counts the lists of the same style that this one stands in.
    """

    style: str
    ordinal: int
    text: str
    prefix: tuple[int, ...] = ()
    level: int = 0
    inner: int = 0

    @property
    def drop(self) -> bool:
        return self.style == "bullet" and self.text.strip() in ("-", "–", "—", "*", "o")

    @property
    def label(self) -> str:
        """The marker as it is cited: without the colon or dash that parts it from a title."""
        text = self.text.strip()
        if self.prefix:
            return text.rstrip(" :：")
        return (
            text.rstrip(" :：-–—." if self.style == "question" else " :：-–—")
            if self.style in RANKS or self.style == "question"
            else text
        )

    @property
    def key(self) -> str:
        """What distinguishes a series: markers of one series number on, and stand at one depth."""
        return f"{self.style}{self.level or ''}{chr(39) * self.inner}"

    @property
    def path(self) -> tuple[int, ...]:
        base = {"alpha-upper": LETTERS, "roman-upper": ROMANS}.get(self.style, 0)
        return (*self.prefix, base + self.ordinal)

    @property
    def id_part(self) -> str:
        if self.ordinal > LETTERS:
            return chr(ord("A") + self.ordinal - LETTERS - 1)
        return f"{_ID_PREFIX.get(self.style, '')}{self.ordinal}"


def markers(line: str) -> Iterator[Marker]:
    """Every reading of a line's beginning as a marker, the likeliest form first."""
    styles = _BY_FIRST.get(line[:1], ())
    if len(styles) > 4 and _WORD.match(line):
        return
    for style in styles:
        if match := _STYLES[style].match(line):
            yield _marker(style, match)


def reference_marker(line: str) -> Marker | None:
    """The marker of an entry in a list of references: [3] or 3."""
    match = _REFERENCE.match(line)
    if not match:
        return None
    return Marker("reference", int(next(g for g in match.groups() if g)), match[0])


def _marker(style: str, match: re.Match[str]) -> Marker:
    if style == "bullet":
        return Marker(style, 0, match[0], level=int(match[0][0] in _SECONDARY + "o"))
    if style == "annex-only":
        return Marker(style, 1, match[0])
    written = next(group for group in match.groups() if group)
    if style in ("dotted", "lettered"):
        *prefix, ordinal = _segments(re.split("[.．]", written))
        return Marker(f"dotted-{len(prefix) + 1}", ordinal, match[0], tuple(prefix))
    return Marker(style, _ordinal(written, roman="alpha" not in style), match[0])


def _segments(written: Sequence[str]) -> Iterator[int]:
    """The parts of a dotted number: figures as they are, a Roman figure in front, letters."""
    for nth, part in enumerate(written):
        if part.isdecimal():
            yield int(part)
        elif part[:-1].isdecimal():
            yield int(part[:-1])
            yield LETTERS + ord(part[-1]) - ord("a") + 1
        elif nth == 0 and re.fullmatch(_ROMAN, part.lower()):
            yield ROMANS + _roman(part.lower())
        else:
            yield LETTERS + ord(part[0]) - ord("A") + 1


def _ordinal(text: str, *, roman: bool) -> int:
    """The number that a marker's ordinal writes: 12, 十二, ⑫, xii or l."""
    if text.isdecimal():
        return int(text)
    if sign := next((signs for signs in _ROMAN_SIGNS if text in signs), None):
        return sign.index(text) + 1
    if text in CIRCLED:
        return CIRCLED.index(text) + 1
    if text.isascii():
        is_roman = roman and re.fullmatch(_ROMAN, text.lower())
        return _roman(text.lower()) if is_roman else ord(text[0].lower()) - ord("a") + 1
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * _DIGITS.get(hundreds, 1) if "百" in text else 0
    return value + (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[c] for c in text]
    return sum(-v if any(later > v for later in values[i + 1 :]) else v for i, v in enumerate(values))
