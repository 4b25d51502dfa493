"""What a question asks: its language, its intent, the concepts and the guidelines that it names, and its matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.errors import QuestionError
from kg.model import Intent, Language, Question, Span
from kg.register import Register
from kg.text import content_terms, detect_language, tokens
from kg.vocabulary import Vocabulary

MAX_CHARACTERS = 1_000

# the first row that fits decides; wording of both languages
_WORDING: tuple[tuple[Intent, str], ...] = (
        ("crossref", r"[哪各](?:些|几|几份|几个|份|个)?(?:指导原则|文件|指南)|哪[几两]?份|引用|参照哪|参考哪|which (?:other )?(?:guidelines?|guidances?|documents?)|\bcites?\b"
                     r"|\brefers? to\b|分别怎么|各自|across (?:the )?guid"),
        ("comparison", r"区别|差异|不同|相比|对比|一致吗|是否一致|异同|还是|[二两三四五六七八九几多]份(?:技术)?(?:指导原则|指南|文件|稿)|versus|\bvs\b|differ|compare|same (?:\w+ )?as|respectively"
                       r"|\b(?:both|each|all|two|three|four|five|several)\b[\w\s-]{0,30}\b(?:guid(?:eline|ance|e)s|documents|drafts)\b"),
        ("duration", r"多久|多长时间|多少年|几年|多少个?月|几个月|多少天|几天|何时|什么时候|期限|年限|时限|间隔|频率|频次|多久一次|随访时间"
                     r"|how (?:long|often|soon|frequent|many (?:years|months|days|weeks))|duration|interval|frequency|time frame"),
        ("definition", r"是什么意思|什么是|何为|何谓|的定义|如何定义|怎么定义|指的是什么|是指什么|全称|缩写|是啥|是什么[?？]?$"
                       r"|what (?:is|are) (?:a |an |the )?[\w\- ]{2,40}\?*$|define|definition|stand for|meaning of|what does .* mean"),
        ("yesno", r"是否|能否|可否|吗|能不能|可不可以|要不要|需不需要|必须.*么|行不行|是不是|有没有"
                  r"|^(?:is|are|do|does|did|can|could|should|must|may|will|would|has|have)\b"),
        ("endpoint", r"终点|指标|endpoint|outcome measure"),
        ("population", r"人群|哪些(?:患者|受试者|病人)|什么(?:样的)?(?:患者|受试者|病人)|谁|受试者选择|入组|入选|population|which (?:patients|subjects)"
                       r"|\bwho\b|enrol"),
        ("risk", r"风险|危险|不良反应|副作用|毒性|安全(?:性)?隐患|risks?|adverse|toxicit|safety concern"),
        ("condition", r"什么情况|何种情况|哪种情况|什么条件|哪些条件|前提|在什么|when (?:can|should|may|is|must)|under what|in what (?:case|situation|circum)"
                      r"|condition|if "),
        ("list", r"哪些|哪几|几种|几类|有什么|包括什么|包含什么|列出|清单|内容|what (?:are|should|must|items|elements|factors|kinds|types)|\blist\b|which"),
        ("how", r"怎么|如何|怎样|咋|方法|how (?:do|to|should|can|is|are|would)|\bhow\b"),
)  # fmt: skip
_INTENTS = tuple((intent, re.compile(pattern, re.IGNORECASE)) for intent, pattern in _WORDING)


# words that speak of the documents rather than of the matter
_META = re.compile(
    r"(?:这|哪|几|各|两|三|四|五|每)*(?:[一二两三四五几]?[份个])?(?:技术)?(?:指导原则|指南|文件|草稿|征求意见稿|试行稿)(?:里|中)?|请?(?:对比|比较)(?:一下)?|各自|分别"
    r"|怎么说|的说法|如何规定|有何规定|叫法|口径|(?:有什么|有何|有啥)(?:区别|不同|差异|异同)|(?:是否)?一致吗?|一样吗|哪份|那份|各份|这份|列一下"
    r"|\b(?:which|what|how) (?:other )?(?:do |does )?(?:the )?(?:guid(?:eline|ance)s?|documents?|drafts?)(?: say| mention)?"
    r"|\b(?:the |these |all |five |two |three |both )*(?:guid(?:eline|ance)s?|guides?|documents?|drafts?)\b|\bcompared?\b|\baccording to\b|\bsay\b|\bversus\b|\bvs\b",
    re.IGNORECASE,
)
_LEAST_LEFT = 1


def focus(text: str, names: Sequence[Span] = ()) -> str:
    """The question without the names of guidelines and the words that only speak of documents; the whole where next to
    nothing would be left.

    >>> focus("两份指导原则对儿童的要求有什么区别？")
    '对儿童的要求？'
    """
    characters = list(text)
    for span in names:
        characters[span.start : span.end] = " " * (span.end - span.start)
    left = _META.sub(" ", "".join(characters))
    return re.sub(r"\s+", " ", left).strip() if len(content_terms(left)) >= _LEAST_LEFT else text


def understand(text: str, vocabulary: Vocabulary, register: Register, lang: Language | None = None) -> Question:
    """A question as understood. Raises QuestionError when it is empty, too long or holds nothing to look for."""
    stripped = text.strip()
    if not stripped:
        raise QuestionError("empty", "the question is empty: type what you want to know")
    if len(stripped) > MAX_CHARACTERS:
        raise QuestionError(
            "too-long",
            f"the question has {len(stripped)} characters; at most {MAX_CHARACTERS} are read: ask one thing at a time",
        )
    if not any(char.isalnum() for char in stripped) or not (tokens(stripped) or re.search(r"[a-z]{3}", stripped, re.I)):
        raise QuestionError(
            "no-words", "the question holds no words: type what you want to know, in Chinese or English"
        )
    concepts = tuple(dict.fromkeys(match.concept for match in vocabulary.find(stripped)))
    named = register.find(stripped)
    return Question(
        stripped, lang or detect_language(stripped), intent_of(stripped), concepts, named.slugs, focus(stripped, named.spans)
    )  # fmt: skip


def intent_of(text: str) -> Intent:
    """What kind of answer is asked for; a fact where the wording does not tell."""
    return next((intent for intent, pattern in _INTENTS if pattern.search(text)), "fact")
