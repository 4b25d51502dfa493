"""How guidelines refer to other documents, laws, notices and clauses: the patterns, a kind of reference each."""

from __future__ import annotations

import re

from kg.model import ReferenceKind

_CN = "[一二三四五六七八九十百]+"
_ORDINAL = rf"{_CN}|\d{{1,3}}|[Ⅰ-Ⅻ]"
_DOTTED = r"\d{1,2}(?:\.(?:\d{1,2}|[A-Z](?![A-Za-z])))+(?:(?<=\d)[a-z])?"
_PATH = rf"(?:{_DOTTED}|\d{{1,2}}|[IVX]{{1,5}}(?:\.[A-Z0-9]{{1,3}})*|[A-Z]\.\d{{1,2}}(?:\.\d{{1,2}})*)"
_ARTICLE = r"\d{1,3}(?:\(\w{1,2}\))*"
_OF_ANOTHER = r"(?:of\s+(?!this\b|the present\b)(?:the\s+)?(?:\w+\s+){0,2}(?:Regulation|Directive|Treat|Decision|Council|Act\b|Code)|thereof|TFEU)"
TITLE = re.compile(r"《([^《》]{3,80})》")
LAW = re.compile(
    r"(?:法|条例|办法|规定|公告|通告|通知|决定|管理规范|质量规范|实施细则|Act|Regulation)(?:[（(].*[)）])?$"
)
GENERIC = re.compile(r"本|国内|诊疗|相关|有关|其他|其它|上述|各|既往|现行|发布的|该|上市|一般|不同")

# kind -> pattern; the group `name` is what is named, the whole match if there is none
PATTERNS: tuple[tuple[ReferenceKind, re.Pattern[str]], ...] = (
    ("mark", re.compile(r"[\[［]\s*(?P<name>\d{1,3}(?:\s*[-–~,，、]\s*\d{1,3})*)\s*[\]］]")),
    (
        "ich",
        re.compile(
            r"(?<![A-Za-z])(?:ICH[\s-]*(?:(?:guidelines?|guidances?|[Tt]opic)\s+(?:for industry\s+)?|指导原则)?|(?i:guidances? for industry)\s+)"
            r"(?P<name>[EQSM]\s?\d{1,2}[A-F]?(?:\s?[(（]R\d[)）])?)(?![A-Za-z0-9]|\.\d)"
            r"|(?<![A-Za-z0-9.])(?P<bare>[EQSM]\d{1,2}[A-F]?[(（]R\d[)）]|(?:E2[A-F]|E\d{1,2}[A-F]?|M[34]|S[69]|Q\d[A-F])(?=(?:指导原则|\s+guideline)))"
        ),
    ),
    (
        "law",
        re.compile(
            r"(?:按照|根据|依据|符合|遵循)?(?P<name>[\u4e00-\u9fff]{2,10}[〔\[（]\s*\d{4}\s*[〕\]）]\s*第?\s*\d+\s*号|\d{4}\s*年\s*第\s*\d+\s*号"
            r"|\d{1,2}\s+CFR\s+(?:[Pp]arts?\s+)?\d+(?:\.\d+)?(?:\([a-z0-9]{1,4}\))*|[\u4e00-\u9fff]{2,12}令第\s*\d+\s*号"
            r"|[Ss]ections?\s+\d{3}[A-Za-z]?(?:\([a-z0-9]{1,3}\))*\s+of\s+the\s+(?:[A-Z][\w&]*,?\s+(?:and\s+)?){1,6}Act"
            r"|(?:GB|YY|WS)(?:/[TZ])?\s*\d+(?:\.\d+)*(?:[-—]\d{4})?|ISO(?:/IEC|/TS)?\s*\d{4,5}(?:-\d+)*|(?:Regulation|Directive)\s+(?:\(E[CU]\)\s+)?(?:No\.?\s+)?\d+/\d+(?:/E[CU]C?)?)"
        ),
    ),
    (
        "part",
        re.compile(
            rf"(?:(?:本(?:指导原则|文件|指南|办法|规定|要求|条例|规范|细则|规则|准则|标准|程序|通则|法|文)|见|参见|按照|依据|符合|根据|参照)\s*(?:的)?)(?P<name>第\s*(?:{_ORDINAL})\s*(?:部分|章|节|条))"
            rf"|(?:见|参见|详见|参照|按照|下载)\s*(?P<annex>(?:附件|附录|附表)\s*(?:{_ORDINAL}|[A-Z])?)(?![\u4e00-\u9fff]{{0,1}}：)"
            rf"|[“\"](?P<label>(?:{_CN}、)?(?:[（(]{_CN}[）)])?(?:\d{{1,2}}[.．]?)?)[”\"]\s*(?:部分|项|章|节)"
            r"|(?P<english>(?:Annex|Appendix|Attachment)\s+(?:[IVX]{1,4}|\d{1,2}|[A-Z]))\b"
            rf"|(?P<article>Articles?\s+{_ARTICLE})(?!\d|\(\w|(?:\s*(?:,|and|or|to)\s*(?:Articles?\s+)?{_ARTICLE})*\s+{_OF_ANOTHER})"
        ),
    ),
    (
        "section",
        re.compile(
            rf"(?:[Ss]ections?|[Cc]hapters?|[Cc]lauses?|§)\s*(?P<name>{_PATH})(?![\w%])(?!\.\d)"
            r"|(?:见|参见|详见|按照?)\s*第?\s*(?P<zh>\d{1,2}(?:\.\d{1,2})+)(?![\d%.])|第\s*(?P<nth>(?:[A-Z]\.)?\d{1,2}(?:\.\d{1,2})+|[A-Z]\.\d{1,2})\s*(?:[节条款项章]|部分)"
            rf"|\((?:see|cf\.)\s+(?P<see>{_DOTTED})\)|\bsee\s+(?P<seen>{_DOTTED})(?![\w%])"
        ),
    ),
    (
        "guideline",
        re.compile(
            r"(?:参照|参考|遵循|依据|详见)(?P<name>[^，。；、：《》（）\s]{3,40}?(?:指导原则|指南))"
            r"|(?:[Gg]uidances?|[Gg]uidelines?)(?: for [Ii]ndustry)?[^“”\"。.]{0,40}[“\"](?P<quoted>[^“”\"]{8,160})[”\"]"
            r"|(?i:guidances? for industry)\s+(?P<dated>(?![EQSM]\d)[A-Z][^()“”\".;]{8,160}?)\s*\((?:[A-Z][a-z]{2,8} )?\d{4}\)"
            r"|(?P<english>(?:Guideline|Reflection paper|Concept paper|Note for guidance) on (?:the )?[a-z][^.;,()“”’\"]{10,110})(?=[.;,(’]|$)"
            r"|(?P<numbered>\b(?:EMA|EMEA|CPMP|CHMP|CVMP)(?:/[A-Z]+)*/\d+/\d{2,4}(?:[\s,]*Rev\.?\s*\d+)?)"
        ),
    ),
)
# further numbers of a list: sections 3.1 and 3.2; 附录1和附件2; ICH Q8, Q9 and Q10
_AND = r"\s*(?:,|、|和|及|与|或|至|and|or|to|through|–|-)(?:\s*(?:and|or))?\s*"
FURTHER: dict[ReferenceKind, re.Pattern[str]] = {
    "section": re.compile(rf"{_AND}(?P<name>{_DOTTED}|[IVX]{{1,5}}(?:\.[A-Z0-9]{{1,3}})+)(?![\w%])(?!\.\d)"),
    "part": re.compile(
        rf"{_AND}(?P<name>(?:附件|附录|附表)\s*(?:{_ORDINAL}|[A-Z])|第\s*(?:{_ORDINAL})\s*(?:部分|章|节|条))"
    ),
    "ich": re.compile(rf"{_AND}(?P<name>[EQSM]\d{{1,2}}[A-F]?(?:\s?[(（]R\d[)）])?)(?![A-Za-z0-9]|\.\d)"),
}
