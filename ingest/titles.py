"""A document's own title among what stands on its first page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_ANNOUNCED = re.compile(
    r"关于(?:发布|印发|公布|公开征求|征求|实施|执行)\s*[《“]?([^《》“”]{4,80}?)[》”]?\s*(?:(?:等.{0,12})?(?:意见|实施|施行))?的?\s*(?:通告|公告|通知|函|意见)"
)
_KINDS = "指导原则|指南|指引|技术要求|质量要求|规范|办法|规定|要求|共识|问答|解答|程序|规程|细则|通则|条例|标准|要点|规则|准则|导则|方案|手册|考虑"
_ZH_TITLE = re.compile(rf"^[^。；]{{2,70}}(?:{_KINDS})(?:\s*[（(][^（）()]{{1,20}}[)）])*$")
_SUFFIX = re.compile(
    r"[（(]\s*(?:试行|征求意见稿|草案|暂行|修订稿|修订版|公开征求意见稿|第.{1,3}版|\d{4}\s*年?\s*版?(?:修订)?)\s*[)）]"
)
_ZH_NOISE = re.compile(
    r"附\s*[件录]\s*\d*[:：]?|目\s*录|.*(?:药品审评中心|药审中心|管理局|管理总局|委员会|审查中心|审核查验中心|协调会|协调理事会|发展中心)|[\d年月日版.\s\-—〇○零一二三四五六七八九十]+"
    r"|.{0,20}协调(?:三方)?指导原则|(?:ICH|CDE|NMPA).{0,20}|.*第\s*\d+\s*号[)）]?|发布(?:时间|日期).*|索\s*引\s*号.*"
)
_EN_KINDS = re.compile(
    r"\b(?:guidelines?|guidance|considerations|recommendations|reflection paper|concept paper|principles|requirements|points to consider|"
    r"questions and answers|position paper|good .{3,20} practices?)\b",
    re.IGNORECASE,
)
_EMA_TITLE = re.compile(
    r"(?:guideline|reflection paper|note for guidance|concept paper|points to consider|position paper|q(?:uestions)? ?(?:and|&) ?a(?:nswers)?|qualification)\b.{0,12}\b(?:on|for|to|about)\b",
    re.IGNORECASE,
)
_DATE = r"(?:\d{1,2}\s+)?[A-Z][a-z]{2,8}\s+(?:\d{1,2},\s*)?\d{4}"
_EN_NOISE = re.compile(
    rf"""contains\ (?:non)?binding.* | .*not\ for\ implementation.* | (?:draft\ |final\ )?guidance(?:\ document)? | final\ version.* | draft\ version.*
    | (?:dated|adopted|endorsed|agreed|effective|current|currently|document\ (?:issued|history)|issued|released|published|code|legal\ notice|this\ |keywords|
      additional\ copies|for\ questions|comments\ |you\ |u\.s\.\ department|food\ and\ drug|center\ for|office\ of|division\ of|european\ medicines|
      committee\ for|table\ of\ contents|see\ websites|date\ for|start\ of|end\ of|draft\ (?:agreed|adopted|finalised)|revised\ draft|\(?ich\)?\ consensus|
      rev(?:ision)?\b\.?|version\b|step\ |page\b|https?:|www\.|©|clinical/medical|docket|telephone|email|the\ (?:draft|finali[sz]ed)).*
    | (?:international\ (?:council|conference)|requirements\ for\ pharmaceuticals|ich\ harmonised|harmonised\ (?:tripartite\ )?guideline).*
    | (?:ich\ )?(?:topic\ )?[eqsm]\d{{1,2}}[a-fqs]?\s*(?:\(r\d\))? | {_DATE} | (?:ema|emea|cpmp|chmp|cvmp)/\S+.* | \d+ | [ivx]+ | (?:draft|final)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_INDUSTRY = re.compile(
    r"(?P<above>.*?)\s*(?:draft\s+)?guidance for (?:industry|sponsors|food|fda|institutional|clinical)\b(?P<after>.*)",
    re.I | re.S,
)
_STAFF = re.compile(
    r"\s*(?:and|,)?\s*(?:(?:food and drug administration|fda)\s+staff|other stakeholders|staff|investigators).{0,60}|\d{1,2}",
    re.I,
)
_HARMONISED = re.compile(r"(?:ICH\s+)?HARMONISED\s+(?:TRIPARTITE\s+)?GUIDELINE", re.IGNORECASE)
_VERSION = re.compile(r"\s+(?:current step|dated|draft version|final version|step \d).*$", re.IGNORECASE)
_CODE = re.compile(r"(?:\s*[:,–-])?\s+(?:ICH\s+)?[EQSM]\d{1,2}[A-FQS]?\s*(?:\(R\d\))?$")


def zh_title(front: Sequence[str]) -> str | None:
    """The title of a Chinese document: what a notice announces, else the lines that end as titles of guidelines do."""
    lines = [line.strip() for line in front if line.strip()]
    if (announced := _ANNOUNCED.search("".join(lines))) and announced[1].strip() not in ("公告", "通知"):
        return announced[1].strip()
    for i, line in enumerate(lines):
        if _ZH_NOISE.fullmatch(line) or len(line) > 70:
            continue
        for taken in (1, 2, 3):
            joined = "".join(lines[i : i + taken])
            if _ZH_TITLE.match(joined):
                return joined + _suffix(lines, i + taken)
    return _above_suffix(lines) or next(
        (x for x in lines[:8] if not _ZH_NOISE.fullmatch(x) and 6 <= len(x) <= 50), None
    )


def _suffix(lines: Sequence[str], at: int) -> str:
    return lines[at] if at < len(lines) and _SUFFIX.fullmatch(lines[at]) else ""


def _above_suffix(lines: Sequence[str]) -> str | None:
    """What stands above （征求意见稿）, which ends a title of any wording."""
    for i, line in enumerate(lines):
        found = _SUFFIX.search(line)
        if found and found.end() == len(line):
            above = [x for x in lines[max(i - 2, 0) : i] if not _ZH_NOISE.fullmatch(x) and len(x) < 60]
            return "".join([*above, line]) if found.start() == 0 else line
    return None


def en_title(front: Sequence[str]) -> str | None:
    """The title of an English document, as FDA, ICH and EMA set it on a first page; else the first line that reads so."""
    lines = [" ".join(line.split()) for line in front if line.strip()]
    found = _of_industry(lines) or _of_ich(lines) or _of_ema(lines) or _worded(lines)
    if not found:
        return None
    found = _VERSION.sub("", found) or found
    return _CODE.sub("", re.sub(r"\s+(?:draft|final)$", "", found, flags=re.I)).strip(" .*") or found


def _of_industry(lines: Sequence[str]) -> str | None:
    """FDA: what stands above "Guidance for Industry", or below it in older ones."""
    for i, line in enumerate(lines[:12]):
        match = _INDUSTRY.fullmatch(line)
        if not match or (match["above"] and not match["above"][:1].isupper()) or len(line) > 300:
            continue
        after = _STAFF.sub("", match["after"]).strip(" :–—-")
        above = [*reversed(list(_title_lines(reversed(lines[:i])))), match["above"].strip()]
        return " ".join(x for x in above if x) or after or " ".join(_title_lines(lines[i + 1 :])) or None
    return None


def _of_ich(lines: Sequence[str]) -> str | None:
    at = next((i for i, line in enumerate(lines) if _HARMONISED.search(line)), None)
    if at is None:
        return None
    behind = _HARMONISED.sub("", lines[at]).strip(" :–-")
    kept = behind if behind and _EN_NOISE.fullmatch(lines[at][: -len(behind)].strip()) else ""
    return " ".join(x for x in (kept, *_title_lines(lines[at + 1 :])) if x) or None


def _of_ema(lines: Sequence[str]) -> str | None:
    for i, line in enumerate(lines[:25]):
        if _EMA_TITLE.match(line) and len(line) < 250:
            follow = lines[i + 1] if i + 1 < len(lines) else ""
            goes_on = follow[:1].islower() and len(follow) < 120
            return f"{line} {follow}" if goes_on else line
    return None


def _worded(lines: Sequence[str]) -> str | None:
    plain = [line for line in lines if not _EN_NOISE.fullmatch(line) and len(line) < 250]
    worded = [line for line in plain if _EN_KINDS.search(line) and len(line.split()) > 2]
    return next(iter(worded or [line for line in plain if len(line.split()) > 2] or plain), None)


def _title_lines(lines: Sequence[str] | Iterator[str]) -> Iterator[str]:
    """The lines of a title, up to the first that is something else; noise in front of it is passed over."""
    begun = 0
    for line in lines:
        if _EN_NOISE.fullmatch(line) or len(line) > 250:
            if begun:
                return
            continue
        begun += 1
        yield line
        if begun == 4:
            return
