"""What a new document's own text says of it: title, issuer, status, date and number, proposed until someone confirms them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ingest.clauses import ClauseTree
from kg.model import Metadata, Status
from kg.text import detect_language

_ANNOUNCED = re.compile(
    r"关于(?:发布|印发|公开征求)\s*[《“]?([^《》“”]{4,80}?)[》”]?\s*(?:意见)?的\s*(?:通告|公告|通知|函)"
)
_ZH_TITLE = re.compile(
    r"^.{2,70}(?:指导原则|指南|技术要求|规范|办法|规定|要求|共识|问答)(?:\s*[（(][^（）()]{1,20}[)）])*$"
)
_SUFFIX = re.compile(r"^[（(](?:试行|征求意见稿|草案|暂行|\d{4}年?版?)[)）]$")
_EN_TITLE = re.compile(
    r"\b(?:guideline|guidance|considerations|recommendations|reflection paper|principles|requirements|points to consider)\b",
    re.I,
)
_EN_NOISE = re.compile(
    r"^(?:contains nonbinding|guidance for industry|harmonised guideline|draft|final|adopted|current step|dated|page\b)|\b(?:step \d|version)\b",
    re.I,
)
_ISSUERS = (
    (r"国家药品监督管理局药品审评中心|国家药监局药审中心|国家食品药品监督管理总局药品审评中心", "国家药品监督管理局药品审评中心"),
    (r"国家药品监督管理局|国家药监局", "国家药品监督管理局"),
    (r"国家卫生健康委", "国家卫生健康委员会"),
    (r"国际人用药品注册技术协调会|International Council for Harmonisation|\bICH\b.{0,20}(?i:guideline)|(?i:harmonised guideline)", "ICH"),
    (r"Food and Drug Administration|\bFDA\b|Guidance for Industry", "U.S. Food and Drug Administration"),
    (r"European Medicines Agency|\bEMA/|\bCHMP\b|\bCAT/", "European Medicines Agency"),
)  # fmt: skip
_STATUSES: tuple[tuple[str, Status], ...] = (
    (r"征求意见稿|草案|(?i:\bdraft\b|step 2\b|for (?:public )?(?:comment|consultation))", "draft"),
    (r"[（(](?:试行|暂行)[)）]", "trial"),
    (r"现予发布|自发布之日起施行|的通告|(?i:step 4\b|\bfinal\b|\badopted\b)|第\s*\d+\s*号", "final"),
)
_NUMBERS = (
    r"\d{4}\s*年\s*第\s*\d+\s*号",
    r"EMA/[A-Z/]+/\d+/\d{4}(?:\s*Rev\.?\s*\d+)?",
    r"FDA-\d{4}-[A-Z]-\d{4}",
    r"\b[EQSM]\d{1,2}[A-F]?\(R\d\)",
)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
_ZH_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?")
_EN_DATE = re.compile(rf"\b(?:(\d{{1,2}})\s+)?({'|'.join(_MONTHS)})(?:\s+(\d{{1,2}}),)?\s+(\d{{4}})\b", re.I)
_FRONT = 3000
_UNKNOWN = "unknown"


def propose(tree: ClauseTree, path: Path) -> Metadata:
    """The metadata that a document's first page states; every field of it counts as inferred until it is confirmed."""
    front = _front(tree)
    text = "\n".join(front)[:_FRONT]
    language = detect_language(tree.text[:20_000])
    stated = front if any(c.kind in ("front", "notice") for c in tree.clauses) else []
    title = (_zh_title(stated) if language == "zh" else _en_title(stated)) or path.stem
    fields = {
        "status": next((status for pattern, status in _STATUSES if re.search(pattern, text)), None),
        "issued": _issued(text),
        "number": next((re.sub(r"\s", "", m[0]) for p in _NUMBERS if (m := re.search(p, text))), None),
    }
    inferred = ("title_zh", "title_en", "issuer", *(name for name, value in fields.items() if value))
    issuer = next((name for pattern, name in _ISSUERS if re.search(pattern, text)), _UNKNOWN)
    return Metadata(
        title_zh=title, title_en=title, issuer=issuer, language=language, status=fields["status"],  # type: ignore[arg-type]
        issued=fields["issued"], number=fields["number"], inferred=inferred,
    )  # fmt: skip


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
    parts = [p for p in tree.parts if p.clause_id in fronts] or list(tree.parts[:6])
    return [p.span.of(tree.text) for p in parts]


def _zh_title(front: Sequence[str]) -> str | None:
    joined = "".join(front)
    if announced := _ANNOUNCED.search(joined):
        return announced[1].strip()
    for i, line in enumerate(front):
        after = front[i + 1].strip() if i + 1 < len(front) else ""
        if _ZH_TITLE.match(line.strip()):
            return line.strip() + (after if _SUFFIX.match(after) else "")
        both = line.strip() + after
        if i < 4 and len(line) < 50 and _ZH_TITLE.match(both):
            follow = front[i + 2].strip() if i + 2 < len(front) else ""
            return both + (follow if _SUFFIX.match(follow) else "")
    return None


def _en_title(front: Sequence[str]) -> str | None:
    lines = [line.strip() for line in front if line.strip() and not _EN_NOISE.search(line) and len(line) < 250]
    worded = [line for line in lines if _EN_TITLE.search(line) and len(line.split()) > 3]
    title = next(iter(worded or [line for line in lines if len(line.split()) > 2] or lines), None)
    return re.sub(r"\s+[EQSM]\d{1,2}[A-F]?(?:\(R\d\))?$", "", title) if title else None


def _issued(text: str) -> str | None:
    """The last date of the first pages, days before months: what a title page or a notice is signed with."""
    found = [(bool(m[3]), m.start(), _date(m[1], m[2], m[3])) for m in _ZH_DATE.finditer(text)]
    for m in _EN_DATE.finditer(text):
        day = m[1] or m[3]
        found.append((bool(day), m.start(), _date(m[4], str(_MONTHS.index(m[2].lower()) + 1), day)))
    valid = [(exact, at, date) for exact, at, date in found if date]
    return max(valid)[2] if valid else None


def _date(year: str, month: str, day: str | None) -> str | None:
    if not (1950 <= int(year) <= 2100 and 1 <= int(month) <= 12 and (day is None or 1 <= int(day) <= 31)):
        return None
    return f"{int(year)}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def _slug(text: str, words: int) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())[:words])[:80].strip("-")


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", " ", escaped) + '"'
