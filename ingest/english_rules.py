"""The rules by which an English sentence becomes statements: the counterpart of `ingest.rules`, a table of wording.

English puts the subject before the verb and the head of a noun phrase before its prepositions, so a row names where both
stand: group `s` the subject, `o` the objects, which are the heads of the list there. The wording is that of ICH, FDA and EMA
guidance. The examples of every row stand in tests/ingest/test_english.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.rules import ANY, CAUSE, DURATION, ORGANISATION, POPULATION, PRODUCT, QUANTITY, RISK, STUDY, THING
from kg.model import Strength

S = r"(?P<s>[^,;:]{2,140}?)"  # a subject inside a segment
OBJECTS = r"(?P<o>[^;:]{2,240})"  # objects up to a semicolon or colon; `ingest.english` cuts them at the next clause
_MODAL = r"(?:(?:should|must|shall|may|can|could|might|will|would)\s+(?:also\s+|not\s+|typically\s+|generally\s+|usually\s+)?)"
_HARM = (
    r"(?:cause[sd]?|lead(?:s|ing)?\s+to|led\s+to|result(?:s|ed|ing)?\s+in|induce[sd]?|trigger(?:s|ed)?|produce[sd]?|provoke[sd]?"
    r"|(?:be|is|are|been|was|were)\s+associated\s+with|(?:pose|carry|carries|present|have|has)s?\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:risks?|potential)\s+(?:of|for)"
    r"|increase[sd]?\s+(?:the\s+)?(?:risks?|incidence|likelihood)\s+of)"
)
_LESS = r"(?:minimi[sz]e|reduce|mitigate|prevent|control|decrease|limit|avoid|manage)"
_DESIGN = frozenset({"design", "comparator"})
_ENDPOINT = frozenset({"endpoint", "biomarker"})
_MEASURE = frozenset({"procedure", "regulatory_artifact", "design", "organisation"})
_DOCUMENT = frozenset({"document"})


@dataclass(frozen=True, slots=True)
class EnglishRule:
    """A row. `near` takes the subject from anywhere in the sentence where its group names none, `inherit` from the headings;
    `swap` exchanges subject and object; `whole` takes the object region as one phrase; `inside` takes every fitting mention
    of it; `phrase` and `subject_phrase` are the kinds of a verbatim object and subject, none where empty; `later` may follow a
    modal that binds it, else `strength` is given."""

    name: str
    relation: str
    pattern: re.Pattern[str]
    subjects: frozenset[str]
    objects: frozenset[str]
    phrase: str = ""
    subject_phrase: str = ""
    near: bool = False
    inherit: bool = True
    swap: bool = False
    whole: bool = False
    inside: bool = False
    negated: bool = False
    strength: Strength | None = None


def _rule(
    name: str, relation: str, pattern: str, subjects: frozenset[str], objects: frozenset[str], **more: object
) -> EnglishRule:
    return EnglishRule(name, relation, re.compile(pattern, re.IGNORECASE), subjects, objects, **more)  # type: ignore[arg-type]


_TIMES: tuple[EnglishRule, ...] = (
    _rule("en-follow-up", "recommended_follow_up", r"\b(?:follow(?:ed|ing)?(?:[- ]?up)?|observ(?:ed?|ation)|monitor(?:ed|ing)?|LTFU)\b(?!\s+every)(?P<o>[^;:]{0,110})", PRODUCT, DURATION,
          near=True, inside=True),
    _rule("en-at-least", "min_duration", rf"{S}\s+(?:{_MODAL}(?:be|last|continue|cover|have|span)|is|are)\s+(?:for\s+|a\s+)?(?P<o>[^;:]{{3,60}})", THING | DURATION, DURATION, inside=True, inherit=False),
    _rule("en-within", "max_duration", r"\b(?:report|submit|notif|complet|assess|perform|conduct|administer|initiat|provid)\w*\b[^;:]{0,60}?\b(?P<o>(?:no\s+later\s+than|within|not\s+later\s+than)\s+[^;:]{3,40})", THING, DURATION, near=True, inside=True),
    _rule("en-interval", "max_interval", rf"(?P<s>[^,;:]*?\bintervals?\b[^,;:]{{0,40}}?)\s+(?:{_MODAL})?(?:not\s+exceed|be\s+no\s+(?:more|longer)\s+than|is\s+no\s+(?:more|longer)\s+than|of\s+no\s+more\s+than)(?P<o>[^;:]{{3,30}})", THING | DURATION, DURATION, inside=True, subject_phrase="procedure"),
    _rule("en-frequency", "min_frequency", r"(?P<o>\b(?:at\s+least\s+)?(?:once\s+)?(?:every|each|per|an?)\s+[^,;:]{2,20}|\b(?:at\s+least\s+)?(?:annually|yearly|monthly|weekly|daily|quarterly))", THING, DURATION, near=True, inside=True, subject_phrase="procedure"),
    _rule("en-until", "lasts_until", rf"{S}\s+{_MODAL}(?:be\s+)?\w+[^,;:]{{0,40}}?\buntil\s+(?P<o>[^,;:]{{3,90}})", frozenset({"procedure", "risk", "product", "design", "population"}), DURATION, phrase="duration", whole=True),
    _rule("en-throughout", "applies_during", rf"{S}\s+{_MODAL}[^,;:]{{3,60}}?\b(?:throughout|for\s+the\s+duration\s+of)\s+(?P<o>[^,;:]{{3,70}})", THING, DURATION, phrase="duration", whole=True),
)  # fmt: skip

_RISKS: tuple[EnglishRule, ...] = (
    _rule("en-may-cause", "has_risk", rf"{S}\s+(?:{_MODAL})?(?:also\s+)?{_HARM}\s+{OBJECTS}", CAUSE, RISK, phrase="risk"),
    _rule("en-risk-of", "has_risk", r"\brisks?\s+of\s+(?P<o>[^;:]{3,80}?)\s+(?:associated\s+with|posed\s+by|caused\s+by|from|due\s+to)\s+(?P<s>[^,;:]{3,80})", CAUSE, RISK, phrase="risk"),
    _rule("en-risks-include", "has_risk", rf"\brisks?\s+(?:associated\s+with|of|from|posed\s+by)\s+{S}\s+(?:{_MODAL})?include[sd]?\s+{OBJECTS}", CAUSE, RISK, phrase="risk"),
    _rule("en-affects", "affects", rf"{S}\s+(?:may|can|could|might|will)\s+(?:also\s+|adversely\s+|significantly\s+)?(?:affect|influence|impact|confound|interfere\s+with|compromise)\s+(?P<o>[^,;:]{{3,120}})", CAUSE | POPULATION | {"design", "endpoint"}, ANY, inherit=False, phrase="condition"),
    _rule("en-caused-by", "caused_by", r"(?P<s>[^,;:]{3,80}?)\s+(?:is|are|was|were)\s+(?:often\s+|usually\s+|typically\s+)?caused\s+by\s+(?P<o>[^,;:]{3,90})", frozenset({"disease", "risk"}), ANY, phrase="condition", inherit=False),
    _rule("en-to-reduce", "mitigated_by", rf"\bto\s+{_LESS}\s+(?:the\s+)?(?:potential\s+|likelihood\s+of\s+|incidence\s+of\s+|risks?\s+(?:of|for|to)\s+)?(?P<s>[^,;:]{{3,70}}),\s+[^;:]{{0,60}}?\b(?:should|must|shall|may|can)\s+(?:be\s+)?(?:\w+ly\s+)?(?:\w+\s+)(?P<o>[^;:]{{3,120}})", RISK, _MEASURE, phrase="procedure", inherit=False),
    _rule("en-reduces", "mitigated_by", rf"{S}\s+(?:(?:may|can|could|will|should|is\s+intended)\s+)?(?:help(?:s)?\s+(?:to\s+)?|to\s+)?{_LESS}s?\s+(?:the\s+)?(?:potential\s+|likelihood\s+of\s+|incidence\s+of\s+|risks?\s+of\s+)(?P<o>[^,;:]{{3,90}})", _MEASURE | PRODUCT, RISK, swap=True, inherit=False),
    _rule("en-used-to-reduce", "mitigated_by", rf"(?P<o>[^,;:]{{3,90}}?)\s+(?:should|must|may|can)\s+be\s+\w+\s+to\s+{_LESS}\s+(?:the\s+)?(?:potential\s+|likelihood\s+of\s+|incidence\s+of\s+|risks?\s+of\s+)?(?P<s>[^,;:]{{3,90}})", RISK, _MEASURE, inherit=False, phrase="procedure"),
    _rule("en-monitor-for", "considers", rf"{S}\s+(?:should|must|shall)\s+(?:also\s+)?be\s+(?:\w+ly\s+)?(?:monitored|evaluated|assessed|observed|screened|tested)\s+for\s+{OBJECTS}", THING, RISK | _ENDPOINT, inherit=True),
    _rule("en-monitored-by", "monitored_by", rf"{S}\s+(?:should|must|shall|may|can)\s+(?:also\s+)?be\s+(?:\w+ly\s+)?(?:monitored|measured|assessed|evaluated|detected|quantified)\s+(?:by|using|with|through|via)\s+(?P<o>[^,;:]{{3,110}})", RISK | _ENDPOINT | {"procedure"}, frozenset({"procedure", "organisation"}), phrase="procedure", inherit=False),
    _rule("en-reported-to", "reported_to", rf"{S}\s+(?:should|must|shall|may)\s+(?:also\s+)?be\s+(?:\w+ly\s+)?(?:reported|submitted|notified|communicated)\s+(?:\w+ly\s+)?to\s+(?P<o>[^,;:]{{2,90}})", THING, ORGANISATION, inherit=False),
    _rule("en-report-to", "reported_to", r"\b(?:report|submit|notify|communicate)\s+(?P<s>[^,;:]{3,80}?)\s+(?:\w+ly\s+)?to\s+(?P<o>[^,;:]{2,60})", THING, ORGANISATION, inherit=False),
)  # fmt: skip

_STUDIES: tuple[EnglishRule, ...] = (
    _rule("en-primary-is", "primary_endpoint", rf"\bprimary\s+(?:efficacy\s+)?(?:endpoint|outcome(?:\s+measure)?)s?\s+(?:(?:for|in|of)\s+(?P<s>[^,;:]{{3,90}}?)\s+)?(?:{_MODAL}be|is|are|was)\s+(?P<o>[^,;:]{{2,110}})", frozenset({"design", "disease", "population", "product"}), _ENDPOINT, near=True, phrase="endpoint"),
    _rule("en-as-primary", "primary_endpoint", rf"(?P<o>[^,;:]{{2,110}}?)\s+(?:{_MODAL}(?:be|serve)|is|are|as)\s+(?:used\s+as\s+|acceptable\s+as\s+|considered\s+(?:as\s+)?|as\s+)?(?:the\s+|an?\s+)?(?:\w+\s+)?primary\s+(?:efficacy\s+)?(?:endpoint|outcome)s?(?:\s+(?:for|in|of)\s+(?P<s>[^,;:]{{3,90}}))?", frozenset({"design", "disease", "population", "product"}), _ENDPOINT, near=True),
    _rule("en-surrogate", "surrogate_for", rf"{S}\s+(?:{_MODAL})?(?:be\s+|is\s+|are\s+)?(?:serve[sd]?\s+|used\s+|accepted\s+)?(?:as\s+)?an?\s+(?:\w+\s+)?surrogate\s+(?:endpoint\s+|marker\s+|measure\s+)?(?:for|of)\s+(?P<o>[^,;:]{{3,90}})", _ENDPOINT, _ENDPOINT, phrase="endpoint", inherit=False),
    _rule("en-predicts", "surrogate_for", rf"{S}\s+(?:that\s+)?(?:is|are)\s+reasonably\s+likely\s+to\s+predict\s+(?P<o>[^,;:]{{3,60}})", _ENDPOINT, _ENDPOINT, inherit=False),
    _rule("en-serves-as", "serves_as", rf"{S}\s+{_MODAL}(?:be\s+used|serve|be\s+considered|act)\s+as\s+(?:an?\s+|the\s+)?(?P<o>[^,;:]{{3,110}})", ANY, ANY, phrase="condition", whole=True, inherit=False),
    _rule("en-excluded", "excludes", r"(?P<o>[^,;:]{3,120}?)\s+(?:should|must|shall)\s+(?:be\s+excluded|not\s+be\s+(?:enrolled|included|recruited))(?:\s+(?:from|in)\s+(?P<s>[^,;:]{3,80}))?", STUDY | {"procedure"}, POPULATION | PRODUCT | {"disease"}, negated=True, phrase="population", near=True, strength="not"),
    _rule("en-excludes", "excludes", r"(?P<s>[^,;:]{3,80}?)\s+(?:should|must|shall|may)\s+exclude\s+(?P<o>[^;:]{3,120})", STUDY | {"procedure"}, POPULATION | PRODUCT | {"disease"}, negated=True, phrase="population"),
    _rule("en-first-in", "first_population", rf"{S}\s+(?:{_MODAL})?(?:be\s+)?(?:(?:first|initially)\s+(?:be\s+)?(?:conducted|studied|tested|evaluated|enroll(?:ed)?|administered)|(?:conducted|studied|tested|evaluated|administered)\s+(?:first|initially))\s+(?:in\s+)?(?P<o>[^,;:]{{3,90}})", STUDY | POPULATION, POPULATION, phrase="population"),
    _rule("en-conducted-in", "study_population", rf"{S}\s+{_MODAL}(?!not)be\s+(?:conducted|performed|carried\s+out|tested)\s+in\s+(?P<o>[^,;:]{{3,90}})", frozenset({"design", "product"}), POPULATION, inherit=False),
    _rule("en-enroll", "study_population", rf"{S}\s+(?:should|must|may|can)\s+(?:enroll?|recruit)\s+(?P<o>[^,;:]{{3,90}})", STUDY, POPULATION, phrase="population"),
    _rule("en-design-is", "recommended_design", r"(?P<o>[^,;:]{3,110}?)\s+(?:is|are|should\s+be|must\s+be)\s+(?:the\s+|generally\s+|usually\s+|strongly\s+)?(?:recommended|preferred|used|conducted|considered\s+the\s+(?:gold\s+)?standard)(?:\s+\w+)?(?:\s+(?:for|in|to\s+evaluate)\s+(?P<s>[^,;:]{3,90}))?", STUDY | {"endpoint"}, _DESIGN, near=True),
    _rule("en-compared", "compared_with", r"(?P<s>[^,;:]{3,90}?)\s+(?:should\s+|must\s+|may\s+|can\s+)?(?:be\s+)?(?:compared\s+(?:with|to)|versus|against)\s+(?P<o>[^,;:]{3,80})", STUDY, _DESIGN | PRODUCT, inherit=False),
    _rule("en-prior", "requires_prior_therapy", r"(?P<s>[^,;:]{3,80}?)\s+(?:should|must|who)\s+(?:have\s+)?(?:previously\s+)?(?:received|failed|been\s+treated\s+with|experienced\s+failure\s+of)\s+(?P<o>[^,;:]{3,110})", POPULATION | {"disease"}, PRODUCT | QUANTITY | {"procedure"}, inside=True),
    _rule("en-allocation", "allocation_ratio", r"(?P<o>\b\d\s*:\s*\d)\b", STUDY | {"comparator"}, QUANTITY, near=True, inside=True),
    _rule("en-treats", "treats", r"(?P<s>[^,;:]{3,90}?)\s+(?:is|are|that\s+are)?\s*(?:indicated\s+for(?:\s+the\s+treatment\s+of)?|intended\s+(?:for\s+the\s+treatment\s+of|to\s+treat)|used\s+(?:to\s+treat|for\s+the\s+treatment\s+of)|for\s+the\s+treatment\s+of)\s+(?P<o>[^,;:]{3,90})", PRODUCT, frozenset({"disease"}), inherit=False, strength="statement"),
)  # fmt: skip

_GENERAL: tuple[EnglishRule, ...] = (
    _rule("en-scope", "applies_to", r"\b(?:this|the)\s+(?:draft\s+)?(?:guidance|guideline|document|reflection\s+paper)\s+(?:\w+\s+)?(?:applies\s+to|covers|addresses|is\s+(?:intended\s+for|applicable\s+to)|provides?\s+(?:\w+\s+)?(?:recommendations|advice|guidance)\s+(?:\w+\s+){0,6}?(?:for|on|regarding))\s+(?P<o>[^;:]{3,200})", _DOCUMENT, PRODUCT | {"disease", "population", "design"}, inside=True, strength="statement"),
    _rule("en-out-of-scope", "excludes", r"\b(?:this|the)\s+(?:draft\s+)?(?:guidance|guideline|document|reflection\s+paper)\s+does\s+not\s+(?:\w+\s+)?(?:apply\s+to|cover|address|discuss)\s+(?P<o>[^;:]{3,200})", _DOCUMENT, THING, inside=True, strength="statement", negated=True),
    _rule("en-out-of-scope-2", "excludes", r"(?P<o>[^;:]{3,160}?)\s+(?:is|are|fall(?:s)?)\s+(?:outside|beyond|not\s+within)\s+(?:of\s+)?the\s+scope\s+of\s+this\s+(?:guidance|guideline|document)", _DOCUMENT, THING, inside=True, strength="statement", negated=True),
    _rule("en-consults", "consults", r"(?P<s>[^,;:]{2,80}?)\s+(?:should|must|may|can|are\s+encouraged\s+to|is\s+encouraged\s+to)\s+(?:\w+ly\s+)?(?:(?:discuss|communicate|meet|engage|consult|seek\s+(?:scientific\s+)?advice)\s*(?P<t>[^,;:]{0,80}?)\s*\b(?:with|from)|consult)\s+(?P<o>(?:the\s+)?[^,;:]{2,60})", ORGANISATION, ORGANISATION, inherit=False),
    _rule("en-discussed-with", "consults", r"(?P<s>[^,;:]{3,110}?)\s+(?:should|must|may|can)\s+be\s+(?:\w+ly\s+)?(?:discussed|agreed(?:\s+upon)?)\s+(?:\w+\s+)?with\s+(?P<o>[^,;:]{2,60})", ANY, ORGANISATION, inherit=True),
    _rule("en-updated-when", "updated_when", r"(?P<s>[^,;:]{3,90}?)\s+(?:should|must|shall)\s+(?:also\s+)?be\s+(?:\w+ly\s+)?(?:updated|revised|amended|modified)\s+(?P<o>(?:when(?:ever)?|if|as|after|once|to\s+reflect)\s+[^;:]{3,120})", frozenset({"regulatory_artifact", "procedure", "document", "duration", "design"}), frozenset(), phrase="condition", whole=True),
    _rule("en-depends", "depends_on", rf"{S}\s+(?:{_MODAL})?(?:will\s+)?(?:depends?\s+(?:up)?on|(?:be\s+|is\s+|are\s+)(?:based\s+on|determined\s+by|guided\s+by|informed\s+by|dependent\s+on|justified\s+by|supported\s+by))\s+{OBJECTS}", ANY - ORGANISATION, ANY, phrase="condition", subject_phrase="condition", inherit=False),
    _rule("en-purpose", "has_purpose", r"\b(?:purpose|objective|goal|aim)s?\s+of\s+(?P<s>[^,;:]{3,80}?)\s+(?:is|are)\s+to\s+(?P<o>[^;:]{3,160})", ANY, frozenset(), phrase="condition", whole=True),
    _rule("en-supports", "supports", rf"{S}\s+(?:may|can|could)\s+(?:be\s+used\s+to\s+)?(?:support|inform|provide\s+(?:\w+\s+)?(?:evidence|support)\s+(?:for|of))\s+(?P<o>[^,;:]{{3,110}})", ANY - ORGANISATION - POPULATION, ANY, phrase="condition", inherit=False),
    _rule("en-helps", "helps_to", rf"{S}\s+(?:(?:may|can|could|will)\s+)?helps?\s+(?:to\s+)?(?P<o>[^,;:]{{3,110}})", ANY - ORGANISATION, frozenset(), phrase="condition", whole=True, inherit=False),
    _rule("en-complies", "cites", r"(?P<s>[^,;:]{2,110}?)(?:\s+(?:should|must|shall|are|is)(?:\s+be)?(?:\s+\w+)?)?\s+(?:in\s+accordance\s+with|consistent\s+with|compl(?:y|ies)\s+with|as\s+described\s+in|in\s+compliance\s+with|refer(?:red)?\s+to)\s+(?P<o>[^;:]{2,160})", THING | _DOCUMENT, _DOCUMENT, inside=True, subject_phrase="condition"),
    _rule("en-includes", "includes", rf"{S}\s+(?:{_MODAL})?(?:include[sd]?|comprise[sd]?|contains?|consists?\s+of)(?:\s*[,:]|\s+but\s+(?:are|is)\s+not\s+limited\s+to|,\s+but\s+(?:are|is)\s+not\s+limited\s+to,?)?(?:\s+at\s+(?:least|a\s+minimum))?[,:]?\s+(?P<o>.{{2,300}})", ANY - ORGANISATION - QUANTITY - DURATION, ANY - ORGANISATION, phrase="condition", subject_phrase="condition"),
    _rule("en-necessary", "requires", rf"{S}\s+(?:is|are)\s+(?:\w+ly\s+)?(?:necessary|required|needed|essential|critical|important)\s+(?:for|in|when|before|to)\s+(?P<o>[^,;:]{{3,110}})", ANY - ORGANISATION, THING, swap=True, whole=True, phrase="condition", subject_phrase="condition", inherit=False, strength="must"),
    _rule("en-not-required", "not_required", rf"{S}\s+(?:is|are)\s+(?:generally\s+|usually\s+|typically\s+|ordinarily\s+)?(?:not\s+(?:required|necessary|needed)|unnecessary)(?:\s+(?:for|in)\s+(?P<o>[^,;:]{{3,110}}))?", ANY - ORGANISATION, THING, swap=True, whole=True, phrase="condition", subject_phrase="condition", inherit=False, negated=True, strength="not"),
    _rule("en-not-recommended", "prohibits", rf"{S}\s+(?:is|are)\s+(?:generally\s+|usually\s+)?(?:not\s+(?:recommended|appropriate|acceptable|suitable)|inappropriate|discouraged)\s+(?:for|in|as)\s+(?P<o>[^,;:]{{3,110}})", ANY - ORGANISATION, THING, swap=True, whole=True, phrase="condition", inherit=False, negated=True, strength="not"),
)  # fmt: skip

ENGLISH_RULES: tuple[EnglishRule, ...] = (*_TIMES, *_RISKS, *_STUDIES, *_GENERAL)
ENGLISH_DEFINITION = re.compile(
    r"\b(?:is|are|was|were|can\s+be|may\s+be)\s+defined\s+as\b|\brefers?\s+to\b|(?<=[\"”’']\s)means\b|\bmeans\b(?=\s+(?:an?|the|any)\b)|\bis\s+a\s+term\s+(?:used\s+)?for\b",
    re.IGNORECASE,
)
