"""What a new document's own text says of it: title, issuer, status, date and number, proposed until someone confirms them."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path

from ingest.clauses import ClauseTree
from ingest.titles import en_title, zh_title
from kg.model import Metadata, Status
from kg.text import detect_language

# who speaks in a notice: "国家药监局关于发布…"
_SPEAKER = re.compile(r"^\s*(?:[《“]?)([^《》，。：\s]{3,30}?)\s*关于(?:发布|印发|公布|公开征求|征求)", re.M)
_ISSUERS = (
    (r"药品审评中心|药审中心|Center for Drug Evaluation, NMPA", "国家药品监督管理局药品审评中心"),
    (r"医疗器械技术审评中心|器审中心", "国家药品监督管理局医疗器械技术审评中心"),
    (r"审核查验中心|核查中心", "国家药品监督管理局食品药品审核查验中心"),
    (r"国家食品药品监督管理总局|食品药品监管总局", "国家食品药品监督管理总局"),
    (r"国家食品药品监督管理局", "国家食品药品监督管理局"),
    (r"国家药品监督管理局|国家药监局", "国家药品监督管理局"),
    (r"国家市场监督管理总局|市场监管总局", "国家市场监督管理总局"),
    (r"国家卫生健康委", "国家卫生健康委员会"),
    (r"国务院", "国务院"),
    (r"U\.S\. Department of Health and Human Services|Food and Drug Administration|\bFDA\b|Guidance for Industry", "U.S. Food and Drug Administration"),
    (r"European Medicines Agency|\bEME?A/|\bC[HVP]MP\b|\bCAT/", "European Medicines Agency"),
    (r"国际人用药品注册技术|International (?:Council|Conference) (?:for|on) Harmoni[sz]ation|\bICH\b.{0,20}(?i:guideline)|\bICH\b.{0,12}指导原则|(?i:harmonised (?:tripartite )?guideline)|\bICH\s*[EQSM]\d|(?i:current step \d version)", "ICH"),
    (r"EUROPEAN PARLIAMENT|European Parliament|European Commission|EUROPEAN COMMISSION", "European Union"),
    (r"Medicines and Healthcare products Regulatory Agency|\bMHRA\b", "MHRA"),
    (r"World Health Organization|\bWHO\b", "World Health Organization"),
    (r"Pharmaceuticals and Medical Devices Agency|\bPMDA\b", "PMDA"),
    (r"Health Canada", "Health Canada"),
)  # fmt: skip
# the first that is found decides; what a title page says outright stands before what boilerplate may say of any document
_STATUSES: tuple[tuple[str, Status], ...] = (
    (r"征求意见稿|公开征求.{0,80}意见的|[（(]草案[)）]", "draft"),
    (r"[（(](?:试行|暂行)[)）]", "trial"),
    (
        r"(?i:distributed for comment|not for implementation|\bdraft guidance\b|\bdraft version\b|currently under public consultation|step 2b? (?:version|document))",
        "draft",
    ),
    (
        r"(?i:current step 4 version|\bfinal version\b|final adoption|(?<!draft )\badopted by (?:the )?(?:chmp|cat|cvmp|prac)(?! for release)|date for coming into (?:effect|operation)|\bas final\b)",
        "final",
    ),
    (r"(?i:for release for (?:public )?consultation|for public consultation|\bdraft\b)|草案", "draft"),
    (
        r"现予发布|自发布之日起|起施行|的通告|的公告|第\s*\d+\s*号|(?i:step [45]\b|\bfinal\b|\badopted\b|guidance for industry)",
        "final",
    ),
)
_NUMBERS = (
    r"\d{4}\s*年\s*第\s*\d+\s*号",
    r"[\u4e00-\u9fff]{2,10}[〔\[（]\s*\d{4}\s*[〕\]）]\s*\d+\s*号",
    r"(?:局|总局|委员会|国务院)\s*令\s*第\s*\d+\s*号",
    r"\b(?:EMA|EMEA|CPMP|CHMP|CVMP)(?:/[A-Z]+)*/\d+/\d{2,4}(?:[\s,]*(?i:Rev)\.?\s*\d+)?",
    r"\bFDA-\d{4}-[A-Z]-\d{4}",
    r"(?i:regulation|directive|decision)\s+(?:\(E[CU]\)\s+)?(?:No\.?\s+)?\d{2,4}/\d{2,4}(?:/E[CU]C?)?",
    r"\b[EQSM]\d{1,2}[A-FQS]?\s?[(（]R\d[)）]",
    r"(?m:^\s*(?:ICH\s*)?([EQSM]\d{1,2}[A-FQS]?)\s*$)|\bICH\s+([EQSM]\d{1,2}[A-FQS]?)\b",
)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
_ZH_DATE = re.compile(
    r"(\d{4}|[二一][〇○零Ｏ0一二三四五六七八九]{3})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月(?:\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日)?"
)
_ISO_DATE = re.compile(r"(?<!\d)(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_FIGURES = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_EN_DATE = re.compile(rf"\b(?:(\d{{1,2}})\s+)?({'|'.join(_MONTHS)})(?:\s+(\d{{1,2}}),)?\s+(\d{{4}})\b", re.I)
# days that are not those of issue
_OTHER_DAY_ZH = re.compile(r"\s*(?:前|之前|以前|起(?:正式)?(?:施行|实施|执行)|至|—|-|期间)")
_OTHER_DAY_EN = re.compile(
    r"(?:deadline for comments\)?|consultation|coming into (?:effect|operation).{0,40}|under step [123]\w?|release for consultation|comments by|effective)\W*$",
    re.I,
)
_ISSUE_DAY = re.compile(
    r"(?:adopted by (?:the )?(?:chmp|cat|cvmp)|adopted on|final adoption by \w+|endorsed on|dated|document issued on|issued(?: on)?|as final)\W*$",
    re.I,
)
_FRONT = 3000
UNKNOWN = "unknown"  # the issuer of a document that does not name one


def propose(tree: ClauseTree, path: Path) -> Metadata:
    """The metadata that a document's first page states; every field of it counts as inferred until it is confirmed."""
    front = _front(tree)
    text = "\n".join(front)[:_FRONT]
    language = detect_language(tree.text[:20_000])
    stated = front if any(c.kind in ("front", "notice") for c in tree.clauses) else []
    title = (zh_title(stated) if language == "zh" else en_title(stated)) or path.stem
    issuer = _issuer(text)
    issued = _issued(text)
    fields = {
        "status": _status(text, known=issuer != UNKNOWN and bool(issued)),
        "issued": issued,
        "number": _number(text),
    }
    inferred = ("title_zh", "title_en", "issuer", *(name for name, value in fields.items() if value))
    return Metadata(
        title_zh=title, title_en=title, issuer=issuer, language=language, status=fields["status"],  # type: ignore[arg-type]
        issued=fields["issued"], number=fields["number"], inferred=inferred,
    )  # fmt: skip


def _issuer(text: str) -> str:
    """Who issued it: who speaks in its notice, else whom its first page names."""
    speaker = _SPEAKER.search(text)
    said = next((name for pattern, name in _ISSUERS if speaker and re.search(pattern, speaker[1])), None)
    return said or next((name for pattern, name in _ISSUERS if re.search(pattern, text)), UNKNOWN)


def _status(text: str, *, known: bool) -> Status | None:
    """What the first page says; a Chinese one that names issuer and day and says nothing else is that of a final text."""
    said = next((status for pattern, status in _STATUSES if re.search(pattern, text)), None)
    return said or ("final" if known and re.search("[\u4e00-\u9fff]", text) else None)


def _number(text: str) -> str | None:
    for pattern in _NUMBERS:
        if match := re.search(pattern, text):
            number = next((g for g in match.groups() if g), match[0]).strip()
            tight = re.search(r"[\u4e00-\u9fff]|[(（]R", number)
            return re.sub(r"\s+", "" if tight else " ", number).replace("（", "(").replace("）", ")")
    return None


def slug_of(metadata: Metadata, path: Path, digest: str) -> str:
    """A readable name for the guideline's folder: of its English title, else of its file, else of its issuer's year."""
    if metadata.language == "en" and (slug := _slug(metadata.title_en, words=9)):
        return slug
    named = _slug(path.stem, words=12)
    if len(re.sub(r"[^a-z]", "", named)) >= 4 and named not in ("source", "document", "guideline", "untitled"):
        return named
    year = (metadata.issued or "undated")[:7]
    return f"guideline-{year}-{digest[:6]}"


def toml(metadata: Metadata) -> str:
    """guideline.toml of a proposal."""
    lines = ["# proposed from the text; take a field out of `inferred` once it is confirmed"]
    for name in ("title_zh", "title_en", "issuer", "language", "status", "issued", "number"):
        if value := getattr(metadata, name):
            lines.append(f"{name} = {_quoted(value)}")
    lines.append(f"inferred = [{', '.join(map(_quoted, metadata.inferred))}]")
    return "\n".join(lines) + "\n"


def _front(tree: ClauseTree) -> list[str]:
    """What stands before the first clause; the first paragraphs where nothing does."""
    fronts = {c.id for c in tree.clauses if c.kind in ("front", "notice")}
    apart = {c.id for c in tree.clauses if c.kind in ("table", "caption", "footnote")} | fronts
    parts = list(takewhile(lambda p: p.clause_id in apart, tree.parts)) if fronts else list(tree.parts[:6])
    return [p.span.of(tree.text).replace("\t", " ") for p in parts]


def _issued(text: str) -> str | None:
    """The day of issue: one that is said to be it, else the last of the first pages, days before months.

    EMA prints it first; what is the day of a consultation or of coming into force does not count.
    """
    found = []
    for m in _ZH_DATE.finditer(text):
        if not _OTHER_DAY_ZH.match(text, m.end()):
            found.append((0, bool(m[3]), m.start(), _date(m[1], m[2], m[3])))
    for m in _EN_DATE.finditer(text):
        before = text[max(m.start() - 60, 0) : m.start()].replace("\n", " ")
        if not _OTHER_DAY_EN.search(before):
            day = m[1] or m[3]
            said = 2 if _ISSUE_DAY.search(before) else int(not text[: m.start()].strip())
            found.append((said, bool(day), m.start(), _date(m[4], str(_MONTHS.index(m[2].lower()) + 1), day)))
    valid = [row for row in found if row[3]]
    return max(valid)[3] if valid else None


def _date(year: str, month: str, day: str | None) -> str | None:
    year, month, day = year.translate(_FIGURES), _figure(month), day and _figure(day)
    if not (1950 <= int(year) <= 2100 and 1 <= int(month) <= 12 and (day is None or 1 <= int(day) <= 31)):
        return None
    return f"{int(year)}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def _figure(written: str) -> str:
    """A number below a hundred in Arabic figures: 十二 is 12."""
    tens, ten, ones = written.partition("十")
    return ((tens or "一") + (ones or "零") if ten else written).translate(_FIGURES)


def _slug(text: str, words: int) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())[:words])[:80].strip("-")


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", " ", escaped) + '"'
