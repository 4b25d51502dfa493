"""How binding a sentence, or one predicate in it, is: deontic wording in Chinese and English, and where it reaches.

Two readings of one table of words. `strength_of` reads a whole sentence: what forbids or obliges comes before what advises
or permits, wording inside a condition counts last. `strength_at` reads one place: the nearest wording before it governs, as
Chinese modal verbs stand before what they bind and carry over commas. The classes are those of ICH E6 and of the CDE
guidelines' usage: 应、应当、须、必须、需 oblige; 建议、推荐、宜、有必要 advise; 鼓励、提倡 encourage; 可、可考虑、可能 permit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Strength

# words that only look deontic: 适应症, 反应 and 应答 hold 应; 需求 holds 需; 许可, 可靠 and 可比 hold 可; 建议和推荐 are nouns
_NOT_DEONTIC = re.compile(
    r"(?<=采用)可|(?<=使用)可|(?<=选择)可(?!能)|的?建议和推荐|如果可能|不可能|提供可能|应(?:取得|达到)的|需要(?:很|较)长|需要在特定|建议关注的|(?:适|反|响|效|对|相|供|顺|呼|因|感|响)应(?!当|该|设|开|建|采|制|与|确)|应(?:答|用|激|对(?=措施)|急|力|届|有)|需求|所需|刚需"
    r"|可(?:参考|招募|获得|操作|用|选择|供选择|识别)的|可参考数据|选择首选|是否可|是否需要|可用(?!于)|可能的(?=[^，。；])|尽可能|(?<=的)可能(?=相关|风险|影响|原因)|可能(?:会)?(?:[出产存导引发带造][^，。；、]{1,5}|存在和?|的?影)的|必不可少|建议和推荐|(?:的|相关|上述|有关|研究|临床)建议|推荐(?:剂量|意见)|相应推荐|推荐。|时间的建议|如?需(?:要)?[）)]"
    r"|可(?:及(?!时)|行(?!使)|能性|靠|比|操作|追溯|预测|重复|接受|识别|测|视|逆|控|信|获得|量化|招募|供|复制|疑|达|见)|认可|许可"
    r"|不可(?:接受|预测|逆)|能够|都能|不要求|不需要|无需|不必|要求(?:的|较|等|，|。|、|和|及|预先|开展)|(?:的|相关|技术|等|以及|规定与|量的|治疗的|对起始剂量)要求"
    r"|\bmay\s+\d|\bMay\b"
)
# in order of length, so that 可能需要 (possibly needed: may) is not read as 需要 (must)
_WORDS: tuple[tuple[Strength, str], ...] = (
    (
        "not",
        r"不要求[^，。；]{0,8}必须|不应|不得|不宜|不建议|不推荐|(?:通常|一般|原则上)?不纳入|不适合采用|不适合使用|禁止|不能以|不视为|不要求",
    ),
    ("must", r"\b(?:must|shall)\s+not\s+exceed\b"),
    ("should", r"\bshould\s+not\s+exceed\b"),
    ("not", r"\b(?:should|shall|must|may|can)\s*not\b|\b(?:is|are) not recommended\b|\bcannot\b|\bis not required\b"),
    ("may", r"可能(?:会|也|还|仅)?(?:需要?|可以|将)?|有可能|也可能|可能"),
    ("may", r"(?:也|还)?可以|也可(?!能)|还可(?!能)|可考虑|(?<![不许认])可"),
    ("may", r"允许|(?<=[也均都])适用|\b(?:may|might|can|could)\b"),
    (
        "must",
        r"必须|应当|应该|均应|须|应|不可或缺|必要时(?:需要?|应)|(?<![无不])需要?(?![的）])|不得不|(?<=监管机构)要求(?=申请人|申办方)",
    ),
    ("must", r"\b(?:shall|must|(?:is|are) required|ha(?:s|ve) to|needs? to)\b"),
    (
        "should",
        r"理想情况下|建议|推荐|首选|宜(?=[采选在])|有必要|请(?=同时|参考|注意)|优先|首选|\b(?:should|recommend(?:s|ed)?|advis(?:ed|able)|preferred)\b",
    ),
    ("encouraged", r"鼓励|提倡|\bencourag(?:ed|es?)\b"),
)
_PATTERN = re.compile("|".join(f"(?P<w{i}>{words})" for i, (_, words) in enumerate(_WORDS)))
_ORDER: tuple[Strength, ...] = ("not", "must", "should", "encouraged", "may", "statement")
_AS_FAR = re.compile(r"\s*(?:尽量|尽可能|尽力)")  # 应尽量 asks for an effort, not for the result
_CONDITION = re.compile(
    r"(?:^|[，；。：,])\s*(?:(?:但|而|同时|因此|此外)[，,]?)?(?:如果|如(?!何|下|CRS)|当(?!前)|若|对于|针对|除非|由于|尽管|虽然|因为?(?!此)|\b[Ii]f\b|\b[Ww]hen\b)"
    r"[^，；。,]{2,90}[，,]"
)


@dataclass(frozen=True, slots=True)
class Modal:
    """A word that binds, at a place of a text."""

    start: int
    end: int
    strength: Strength
    conditional: bool


@lru_cache(maxsize=10_000)
def modals(text: str) -> tuple[Modal, ...]:
    """The binding words of a text, in order; `conditional` ones stand in a condition and bind only what is in it.

    >>> [(m.strength, text[m.start:m.end]) for text in ["可能需要提供数据，应及时报告"] for m in modals(text)]
    [('may', '可能需要'), ('must', '应')]
    """
    return tuple(_modals(text))


def _modals(text: str) -> Iterator[Modal]:
    cleaned = _NOT_DEONTIC.sub(_blank, text)
    conditions = [m.span() for m in _CONDITION.finditer(text)]
    last: Strength = "statement"
    for match in _PATTERN.finditer(cleaned):
        strength = _WORDS[int((match.lastgroup or "w0")[1:])][0]
        inside = any(start <= match.start() < end for start, end in conditions)
        if (
            last == "may"
            and match[0] == "优先"
            and re.search(r"[，,]\s*(?:并[^，。；]{0,12})?$", text[: match.start()])
        ):
            strength = "may"  # 可能需要评估 X，优先选择 Y: the second is no more binding than the first
        if strength == "must" and _AS_FAR.match(text, match.end()):
            strength = "should"
        last = "statement" if inside else strength
        yield Modal(match.start(), match.end(), strength, inside)


def _blank(match: re.Match[str]) -> str:
    """Stands for a word that is no modal; a prohibition that the table needs is left in place."""
    return match[0] if match[0] == "不要求" else "＿" * len(match[0])


@lru_cache(maxsize=10_000)
def strength_of(text: str) -> Strength:
    """The strength of a sentence: must, should, encouraged, may, not, or statement where no wording binds.

    >>> strength_of("腺相关病毒载体建议观察5年"), strength_of("适应症人群有限"), strength_of("可能需要延长随访")
    ('should', 'statement', 'may')
    """
    found = modals(text)
    ranked = [m.strength for m in found if not m.conditional]
    return min(ranked, key=_ORDER.index, default="statement")


_MEANS = re.compile(r"\s*(?:通过|采用|以)[^，,。；;]{2,40}(?:方式|途径|手段|形式)等?[，,]")


def permits_means(text: str, modal: Modal) -> bool:
    """Whether a word permits no more than the means of what follows behind a comma."""
    return modal.strength == "may" and bool(_MEANS.match(text, modal.end))


def encouraged_by(text: str, modal: Modal) -> bool:
    """Whether 鼓励 is itself what somebody must do: 申办方应…，鼓励患者报告."""
    floor = max(text.rfind(mark, 0, modal.start) for mark in "；;。") + 1
    bound = any(m.strength == "must" and not m.conditional for m in modals(text) if floor <= m.start < modal.start)
    return text[modal.start : modal.end] == "鼓励" and bound and text.startswith(("患者", "受试者"), modal.end)


_GOES_ON = re.compile(r"\s*(?:或者?|并且?|以及)(?=利用|采用|选择|开展|通过|在)")


def strength_at(text: str, place: int, fallback: Strength = "statement") -> Strength:
    """The strength that governs a place of a sentence: that of the nearest binding word before it in its stretch
    between semicolons, or else `fallback`.

    A word inside a condition governs only the condition, a prohibition and a permitted means (可通过电话等方式，保持…) only its own
    segment.

    >>> strength_at("如需使用激素，应密切监测，以识别风险", 12), strength_at("产品包括质粒，可考虑检测", 3)
    ('must', 'statement')
    """
    governing: Strength = fallback
    floor = max(text.rfind(mark, 0, place) for mark in "；;") + 1
    if floor and _GOES_ON.match(text, floor):  # 可利用 A；或利用 B: the second is as binding as the first
        floor = max(text.rfind(mark, 0, floor - 1) for mark in "；;") + 1
    for modal in modals(text):
        if modal.start >= place:
            break
        if modal.start < floor:
            continue
        bounded = modal.conditional or modal.strength == "not" or permits_means(text, modal)
        if not bounded or not re.search(r"[，,]", text[modal.end : place]):
            governing = modal.strength
    return governing
