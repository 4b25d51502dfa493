"""The rules by which a sentence becomes statements: a table, each row with the wording that it reads.

A row's pattern names what it needs: group `s` is where the subject stands, `o` where the objects stand. Without `s` the
subject is looked for before the match (see `Passage.subjects`); without `o` the objects follow it up to the segment's end.
Objects are the heads of the list there; a member that no concept names becomes a verbatim phrase of the kind that `phrase`
gives, or is left out where `phrase` is empty. The examples of every row stand in tests/ingest/test_rules.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Strength

A = r"[^，,；;：:。]"  # anything inside a segment


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table.

    `anywhere` takes every fitting mention in the object region, not only heads; `lists` lets the region run on into the
    examples of the next segments; `inherit` lets stem, headings and title supply the subject; `swap` exchanges subject and
    object; `same` takes a subject of the same segment only; `strict` takes heads only for
    group `s`; `exact` takes them only where they are all of it; `topic` takes what the earlier segments
    set; `binding` asks
    for wording that binds, or 通常; `near` looks for it right
    before the object even behind a modal; `whole` does not split the object region; `modifiers` takes all that the subject phrase names, not its head only; `subject_phrase` is the kind of a verbatim
    subject where no concept names it; `strength` overrides the wording; `unless` forbids the row where it matches in the segment.
    """

    name: str
    relation: str
    pattern: re.Pattern[str]
    subjects: frozenset[str]
    objects: frozenset[str]
    phrase: str = ""
    anywhere: bool = False
    lists: bool = False
    inherit: bool = True
    swap: bool = False
    modifiers: bool = False
    near: bool = False
    binding: bool = False
    topic: bool = False
    whole: bool = False
    strict: bool = False
    same: bool = False
    exact: bool = False
    subject_phrase: str = ""
    strength: Strength | None = None
    unless: re.Pattern[str] | None = None


def _rule(
    name: str, relation: str, pattern: str, subjects: frozenset[str], objects: frozenset[str], **more: object
) -> Rule:
    return Rule(name, relation, re.compile(pattern), subjects, objects, **more)  # type: ignore[arg-type]


PRODUCT = frozenset({"product"})
RISK = frozenset({"risk", "disease"})
DURATION = frozenset({"duration"})
QUANTITY = frozenset({"quantity"})
POPULATION = frozenset({"population"})
DESIGN = frozenset({"design", "comparator"})
ENDPOINT = frozenset({"endpoint", "biomarker"})
ORGANISATION = frozenset({"organisation"})
THING = frozenset(
    {"product", "population", "risk", "disease", "endpoint", "design", "biomarker", "procedure", "comparator", "dose",
     "regulatory_artifact"}
)  # fmt: skip
ANY = THING | {"duration", "condition", "document", "organisation", "quantity"}
CAUSE = frozenset({"product", "procedure", "risk", "biomarker", "dose"})
STUDY = frozenset({"product", "disease", "design"})

_N = r"(?:\d+|[一二两三四五六七八九十半])\s*"
_TIME = rf"{_N}(?:年|个月|周|天|小时)"
_MAY = r"(?:可能|有可能|会|可)(?:会|也|还)?"

DURATIONS: tuple[Rule, ...] = (
    _rule("follow-up", "recommended_follow_up", rf"观察\s*(?P<o>(?:不短于|不少于|至少)?\s*{_TIME}{A}*)", PRODUCT, DURATION,
          anywhere=True),
    _rule("follow-up-until", "recommended_follow_up", rf"建议观察(?P<o>至{A}+)", PRODUCT, DURATION, phrase="duration"),
    _rule("interval", "max_interval", rf"(?P<s>[^，。；的]{{0,4}}间隔){A}{{0,6}}(?P<o>不超过\s*{_TIME})", THING | DURATION, DURATION, anywhere=True),
    _rule("frequency", "min_frequency", rf"(?P<o>每\s*(?:年|月|周|天|{_TIME})至少|至少每\s*(?:年|月|周|天))(?P<s>[^，。；一二两三\d]{{2,8}})?", frozenset({"procedure"}), DURATION, anywhere=True, subject_phrase="procedure", strict=True),
    _rule("at-least", "min_duration", rf"不短于(?P<o>(?!\s*{_N}(?:年|个?月)){A}{{2,30}})", THING | DURATION, DURATION,
          phrase="duration"),
    _rule("enough-to-see", "min_duration", rf"应(?:确保)?(?P<o>足(?:够|以)观察到{A}+)", THING | DURATION, frozenset(),
          phrase="duration", whole=True),
    _rule("measured-at", "min_duration", rf"(?P<o>不短于\s*{_TIME})时的(?P<s>{A}{{2,12}}?)(?=作为)", ENDPOINT | {"design"}, DURATION,
          anywhere=True),
    _rule("until", "lasts_until", r"直至(?P<o>[^，,；。）]+?)(?:的这段时间)?(?=[，,；。）]|$)", frozenset({"procedure", "product", "design"}), DURATION,
          phrase="duration", inherit=False),
    _rule("within-years", "applies_during", rf"(?P<o>在[^，。；在]{{0,30}}?(?:最初|后的)\s*{_TIME}内)[^，；。]*(?:（[^）]*）|\([^)]*\))?{A}*[，,]\s*(?P<s>{A}{{2,8}}?)(?=应|建议|间)",
          THING | DURATION, frozenset(), phrase="duration", whole=True, inherit=False),
    _rule("throughout", "applies_during", rf"贯穿于?(?P<o>{A}+)", THING, DURATION, phrase="duration"),
)  # fmt: skip

RISKS: tuple[Rule, ...] = (
    _rule("may-cause", "has_risk", rf"{_MAY}{A}{{0,24}}?(?:引起|导致|产生|诱发|引发|造成|增加|出现|发生|存在|带来|发展为|伴随|让)着?(?!的)", CAUSE, RISK, lists=True, phrase="risk",
          unless=re.compile(r"获益|如不|可能的情况下|应答能够|疗效(?!下降|减退|分析)|治疗效果|终点|应答。|证据|依据|入组间隔|对[^，。；]+产生[^，。；]*影响")),
    _rule("causes", "has_risk", r"(?<!可能)(?<!可能会)(?<!由于)(?:暴露出|伴随着|伴随|诱发|引发|带来|会导致|从而产生|甚至产生|进而产生|并产生|，产生|破坏|甚至引发)(?!与)", CAUSE, RISK,
          lists=True, unless=re.compile(r"缺陷|引起的|导致的罕见|不会")),
    _rule("leads-to", "has_risk", rf"(?<!疾病|缺陷)(?<!可能)(?:引起|导致)(?!的){A}{{0,10}}?", CAUSE, RISK, lists=True,
          unless=re.compile(r"(?:引起|导致)的|取决|是否|单基因|是指|不会")),
    _rule("raises", "has_risk", rf"(?:增加|存在|带来|具有|有)(?P<o>{A}{{2,30}}风险)(?!较低|的产品|因素|特征|信息|管理)", CAUSE, RISK, lists=False,
          unless=re.compile(r"不再|降低|减少|评估|是否|识别|改变|对于")),
    _rule("has-toxicity", "has_risk", rf"(?<!可能)存在(?P<o>{A}*?毒性)", PRODUCT, RISK),
    _rule("risk-level", "has_risk", r"(?P<o>(?:基因组整合|整合|长期安全性|安全性|感染|肿瘤|致瘤|脱靶)风险(?:较低|较高|更高))", PRODUCT, frozenset(), phrase="risk", whole=True, strength="statement", unless=re.compile(r"如果|若|当")),
    _rule("risks-include", "has_risk", rf"(?:安全性)?风险(?:因素)?(?:{_MAY})?包括[：:]?", PRODUCT, RISK, lists=True),
    _rule("adverse-such-as", "has_risk", rf"(?P<s>{A}*?)(?:导致|引起)的(?P<o>{A}+?)等(?:严重)?不良反应", CAUSE, RISK),
    _rule("caused", "has_risk", rf"(?P<s>[^，,；;：:。、（]*?)(?:引起|导致|诱导)的(?P<o>{A}+?)(?=可能|(?<!反)应|等|$|[，。；])", CAUSE, RISK, inherit=False,
          unless=re.compile(r"罕见病|疾病(?:，|$)|缺陷|受试者因|产品导致的不良反应相")),
    _rule("observed-in", "has_risk", rf"使用(?P<s>{A}+?)(?:转导|修饰){A}*?受试者中发生(?P<o>{A}+)", PRODUCT, RISK, strength="statement"),
    _rule("confused-with", "confused_with", rf"与{A}*?(?P<o>不良反应)相混淆", POPULATION, RISK),
    _rule("disturbs", "affects", rf"{_MAY}(?:进一步)?(?:影响|干扰|改变)(?!因素)", CAUSE | POPULATION, ANY - ORGANISATION, inherit=False, same=True),
    _rule("worsens", "has_risk", rf"可能进一步加重(?:患者的)?(?P<o>{A}+?风险)", CAUSE, RISK),
)  # fmt: skip

_ACT = r"(?:降低|减轻|控制|减少|预防|避免|最小化|规避)"
CONTROL: tuple[Rule, ...] = (
    _rule("helps-control", "mitigated_by", rf"(?:有助于|可以|可){A}{{0,10}}?{_ACT}(?P<o>{A}*?风险)", frozenset({"procedure", "regulatory_artifact", "design"}),
          RISK, swap=True, anywhere=False),
    _rule("done-to-control", "mitigated_by", rf"(?:设置|采取|采用|制定|开展)(?P<o>{A}*?)以?{_ACT}(?P<s>{A}+)", RISK, frozenset({"procedure", "regulatory_artifact", "design", "organisation"}),
          inherit=False),
    _rule("such-measures", "mitigated_by", rf"(?:减少|降低|控制|避免)(?P<s>{A}+?)[，,]\s*例如(?:设置|采用|开展)?(?P<o>{A}+)", RISK, frozenset({"procedure", "design", "comparator", "regulatory_artifact"}), inherit=False, strength="may"),
    _rule("monitoring-of", "monitored_by", rf"(?P<s>{A}{{2,40}}?)等?的(?P<o>监测|检测|观察)(?!方法|计划|周期|目的|敏感|方法|应?(?:至少)?包括)", frozenset({"risk", "biomarker"}),
          frozenset({"procedure"}), phrase="procedure", inherit=False),
    _rule("monitor", "monitored_by", rf"(?<!随访)(?<!安全性)(?P<o>(?:持续|密切)?(?:监测|检测|观察))(?!\s*\d|至|与|方法|数据|期|记录|的|、|计划|活动|间|收集|分析|检查|和|到|目的|结果|要素|不到|发现){A}{{0,18}}?(?=(?P<s>{A}+))",
          frozenset({"risk", "biomarker"}), frozenset({"procedure"}), phrase="procedure", inherit=False),
    _rule("follow-to-see", "monitored_by", rf"通过(?P<o>长期随访)观察(?P<s>{A}+?风险)", RISK, frozenset({"procedure"})),
    _rule("product-follow", "monitored_by", r"需要通过(?P<o>长期随访)观察", PRODUCT, frozenset({"procedure"})),
    _rule("tested-on", "monitored_by", rf"(?P<o>对(?P<s>{A}*?)(?:载体抗体|免疫反应|免疫应答|[^，。；对]{{0,10}}情况)进行(?:检测|监测))", POPULATION, frozenset({"procedure"}),
          phrase="procedure"),
    _rule("reported", "reported_to", rf"[向给](?P<o>{A}{{2,16}}?)(?=报告|递交|提交)", frozenset({"risk", "regulatory_artifact"}), ORGANISATION),
)  # fmt: skip

STUDIES: tuple[Rule, ...] = (
    _rule("standard-design", "recommended_design", rf"(?P<o>{A}*?)是{A}*?(?:金标准|标准设计|首选的试验设计)", STUDY | {"endpoint"}, DESIGN),
    _rule("is-standard", "has_role", rf"(?P<s>{A}*?)(?:仍)?是(?P<o>{A}*?(?:金标准|标准设计|试验设计|疗效指标|终点指标|理想人群|重要手段之一|重要指标|工具))(?=[，,。；;]|$)",
          ANY, frozenset(), phrase="condition", inherit=False, whole=True, strength="statement"),
    _rule("is-role", "has_role", rf"(?:^|[，；])(?P<s>(?!这|其|该|此|但|而|因此，?这){A}{{2,40}}?)(?:也|仍|可能)?(?:是|成为)(?P<o>{A}*?(?:之一|唯一方法|特殊类型|主要问题|的目标))(?=[，,。；]|$)",
          ANY, frozenset(), phrase="condition", inherit=False, whole=True, strict=True, subject_phrase="condition", exact=True),
    _rule("fitting", "allows", rf"(?P<o>(?:采用|使用|选择){A}{{2,20}}?)可能(?:更为?|较为?)?(?:合适|适合|适宜)", STUDY | PRODUCT, frozenset(), phrase="condition", whole=True, strength="may"),
    _rule("design", "recommended_design", rf"(?:采用|使用|选择|开展|选用)(?P<o>{A}*?(?:设计|研究|试验|对照|方法)(?![的者设结])){A}*", STUDY | {"population", "comparator", "procedure"}, DESIGN,
          unless=re.compile(r"首先|仅(?:开展|采用|选择)|直接|参考|是否|不适合|不能|难以|如果?(?:采用|使用|难)|当|计划开展"), binding=True),
    _rule("chosen-dose", "requires", rf"(?P<s>[^，。；]{{0,4}}剂量)选择(?!、|应|的|需|可|是|和|与|提供)(?P<o>{A}+)", frozenset({"dose"}), frozenset({"dose"}), phrase="dose", whole=True),
    _rule("excluded", "excludes", rf"(?:不纳入|排除|避免使用)(?P<o>{A}+)", STUDY | {"procedure"}, POPULATION | PRODUCT, unless=re.compile("可通过")),
    _rule("unsuited", "excludes", rf"不适合采用(?P<o>{A}+)", frozenset({"condition", "disease"}), DESIGN),
    _rule("not-counted", "excludes", rf"不视为(?P<o>{A}+)", frozenset({"condition", "endpoint", "disease"}), frozenset(), phrase="condition", whole=True),
    _rule("first-in", "first_population", rf"首先?(?:选择|在(?=(?:{A}|，)*?(?:开展|进行|中)))(?P<o>{A}+?)(?=[中内]?(?:分别)?(?:开展|进行)|[，。；]|$)", STUDY | POPULATION, POPULATION, phrase="population", modifiers=True, whole=True),
    _rule("first-trial", "first_population", rf"首先(?:在|选择)(?P<o>{A}+?)[中内]?(?:开展|进行)(?P<s>{A}+)", frozenset({"design"}), POPULATION, whole=True, phrase="population"),
    _rule("studied-in", "study_population", rf"(?<!首先)在(?P<o>(?:(?!在){A}){{2,40}}?)[中]?开展(?P<s>{A}+)", frozenset({"design"}), POPULATION, whole=True,
          unless=re.compile("不适合|不能|无法|不宜")),
    _rule("enrolled", "study_population", rf"(?:纳入|入组|入选)(?P<o>{A}+)", STUDY, POPULATION, unless=re.compile(r"不纳入|例如|尤其|更多|更加?广泛|更加?多样|有利于")),
    _rule("enter", "applies_to", rf"(?P<o>{A}*?)(?:在签署知情同意后)?均?应入组(?P<s>{A}+)", frozenset({"design"}), POPULATION),
    _rule("control-of", "compared_with", rf"以(?P<o>{A}+?)作为{A}*?(?:对照|目标效应)", STUDY, DESIGN, anywhere=True),
    _rule("control-of-design", "compared_with", rf"采用(?P<s>{A}+?)[，,]\s*以(?P<o>{A}+?)作为{A}*?(?:对照|目标效应)", DESIGN, DESIGN, anywhere=True),
    _rule("compared", "compared_with", rf"(?:相对于|相对与|优于|比较于)(?P<o>{A}+?)(?:的|后|$)", PRODUCT, DESIGN, phrase=""),
    _rule("best-endpoint", "primary_endpoint", rf"(?P<o>{A}*?)(?:仍)?是(?P<s>{A}*?)的?(?:首选)(?:主要)?(?:疗效指标|终点指标|终点)", frozenset({"design"}), ENDPOINT),
    _rule("as-primary", "primary_endpoint", rf"(?:将|采用|选择|以)(?:其)?\s*(?P<o>{A}+?)\s*(?:作为|开发为)(?=[^对，。；]{{0,30}}主要(?:疗效)?终点)", POPULATION | {"product", "disease"}, frozenset({"endpoint", "biomarker"})),
    _rule("primary-of", "primary_endpoint", rf"(?:将|以)(?P<o>{A}+?)作为(?P<s>[^，。；]{{2,60}}?)的主要(?:疗效)?终点", POPULATION | {"disease"}, ENDPOINT),
    _rule("serves-as", "serves_as", rf"(?:将|以|选择|采用)(?:其)?\s*(?P<s>[^，,；;：:。将]+?)\s*(?:作为|开发为)(?P<o>{A}+)", ANY, ANY, phrase="condition", whole=True, inherit=False, unless=re.compile("接近于?")),
    _rule("be-as", "serves_as", rf"(?<!将)(?:可|可以|也可|可能)(?:以)?作为(?P<o>(?:(?!外$|外，){A})+)", ANY, ANY, phrase="condition", whole=True, same=True, inherit=False),
    _rule("instead-of", "surrogate_for", rf"(?:采用|将|以)\s*(?P<s>{A}+?)\s*作为{A}*?替代(?:指标|终点){A}*?对(?P<o>{A}+?)(?:进行)?(?:考察|评价|评估)", ENDPOINT, ENDPOINT, phrase="endpoint"),
    _rule("predicts", "surrogate_for", rf"预测(?P<o>{A}*?(?:临床获益|生存获益))", ENDPOINT, ENDPOINT, inherit=False, unless=re.compile(r"证明|满足|提供临床")),
    _rule("surrogate-benefit", "surrogate_for", rf"对(?P<o>{A}*?生存获益)的预测价值", ENDPOINT, ENDPOINT),
    _rule("allocation", "allocation_ratio", r"(?P<o>\d\s*[:：]\s*\d)", STUDY | {"comparator"}, QUANTITY, anywhere=True, near=True),
    _rule("prior", "requires_prior_therapy", rf"(?:接受过|必须(?:接受|包括))(?P<o>{A}+)", POPULATION | {"disease", "procedure", "biomarker"}, PRODUCT | QUANTITY | {"procedure"}, anywhere=True, modifiers=True),
    _rule("prior-list", "requires_prior_therapy", rf"将(?P<o>{A}+?)纳入既往治疗要求", POPULATION | {"disease"}, PRODUCT),
)  # fmt: skip

GENERAL: tuple[Rule, ...] = (
    _rule("scope", "applies_to", r"适用于(?:按照[^的]*)?(?P<o>(?:(?!适用|旨在|可参考)[^。；])+)", frozenset({"document"}), PRODUCT | {"disease", "population"}, anywhere=True,
          unless=re.compile(r"只适用|同时适用|对于|仅适用|的(?:药物|产品)(?:也|还)?(?:可|应|需)")),
    _rule("scope-diseases", "applies_to", rf"适用的{A}*?包括(?P<o>{A}+)", frozenset({"document"}), frozenset({"disease"}), lists=True),
    _rule("treats", "treats", rf"(?P<s>{A}*?)用于(?:治疗)?(?P<o>(?:(?!以及|用于){A})+)", PRODUCT, frozenset({"disease"}), inherit=False, strength="statement", unless=re.compile(r"不是仅用于|如|只能")),
    _rule("means-of", "treats", rf"(?P<s>{A}*?)是治疗(?P<o>{A}+?)的", PRODUCT, frozenset({"disease"})),
    _rule("caused-by", "caused_by", rf"(?P<s>{A}*?)由(?!于)(?P<o>{A}+?)(?:导致|引起)", frozenset({"disease", "risk"}), ANY, inherit=False),
    _rule("purpose", "has_purpose", rf"(?P<s>{A}*?)的?(?:主要|研究|试验)*(?:目的(?:是|在于)|旨在)(?P<o>(?:[（(][^（()）]*[）)]|{A})+)", ANY - ORGANISATION - PRODUCT, frozenset(), phrase="condition", whole=True),
    _rule("depends", "depends_on", rf"(?:取决于|主要基于|应?基于|根据(?!目前))(?P<o>{A}+?)(?=确定|具体考虑|进行判断|制定|选择|判断|综合判断|而确定|设定|与|对|就|及时|纳入|采用|开展|$|[，。；])", frozenset({"dose", "design", "procedure", "regulatory_artifact", "endpoint", "duration", "population"}), ANY,
          lists=True, phrase="condition", inherit=False, whole=True, same=True),
    _rule("influenced", "depends_on", rf"(?:^|[，；])(?P<s>(?!不|这|其|该){A}{{2,20}}?)(?:还|也)?(?:可能|会)(?:还|也)?受(?:到)?(?P<o>{A}+?)的?影响", ANY, frozenset(), phrase="condition", inherit=False, whole=True, strict=True, subject_phrase="condition", exact=True),
    _rule("assessed-through", "assessed_by", rf"通过(?P<o>{A}+?)来(?:评估|评价)(?P<s>{A}+)", frozenset({"disease", "risk", "endpoint", "biomarker", "product", "procedure"}), frozenset(), phrase="condition", inherit=False, whole=True),
    _rule("gives", "provides", rf"(?:^|[，；])(?P<s>(?!这|其|该|此|为|也){A}{{2,30}}?)(?:可以|可|能够|能)提供(?P<o>(?!相关|关于){A}{{4,40}}?(?:信息|数据|证据))(?=[，,。；]|$)", ANY - ORGANISATION, frozenset(), phrase="condition", inherit=False, whole=True, strict=True, subject_phrase="condition", exact=True),
    _rule("helps", "helps_to", rf"(?P<s>(?!这|该|其|也|将|可){A}{{2,60}}?)(?:会|将|能|也)*(?:有助于|有利于)(?P<o>[^。；，]+)", ANY - ORGANISATION, frozenset(), phrase="condition", whole=True, inherit=False, strict=True, subject_phrase="condition",
          unless=re.compile("是否有|制定有利")),
    _rule("tailored", "depends_on", rf"(?:根据|基于|结合)(?P<o>(?:(?!在|[与就对]){A})+?)(?:制定|设计|确定|选择|设定|进行)(?P<s>{A}+)", frozenset({"design", "regulatory_artifact", "procedure", "dose", "endpoint"}), ANY, phrase="condition", inherit=False, whole=True, lists=True, strict=True),
    _rule("important-for", "requires", rf"对(?P<s>{A}+?)(?:开展|进行)(?P<o>{A}+?)(?:以{A}*?)?(?:非常|十分|至关|尤为)重要", THING, ANY),
    _rule("supports", "supports", rf"(?<!提供)(?:仅?支持|提供依据)(?P<o>{A}+)", frozenset({"design", "endpoint", "biomarker", "procedure"}), ANY, phrase="condition", inherit=False, same=True, whole=True,
          unless=re.compile(r"前提|配合支持|支持性|支持其在|以支持|首选")),
    _rule("source-of", "provides", rf"通过(?P<s>{A}+?)(?:等方式|等途径)?(?:收集|获得|获取)(?P<o>{A}+)", ANY, ANY, phrase="condition", inherit=False),
    _rule("obtained-by", "provides", rf"(?P<o>[^，。；]+?)可通过(?P<s>{A}+?)等?(?:方式|途径)(?:获得|收集)", DESIGN | {"procedure"}, ANY, phrase="condition", inherit=False),
    _rule("used-to", "used_for", rf"可?(?:以)?利用(?P<s>{A}+?)[，,](?P<o>(?:发现|协助|提高|预测|识别|指导|确定){A}+)", ANY - {"disease", "population"}, frozenset(), phrase="condition", inherit=False, whole=True),
    _rule("used-for", "used_for", rf"(?<!开发)可(?:以)?用于(?P<o>(?!治疗){A}+)", ANY - ORGANISATION, ANY, phrase="condition", whole=True),
    _rule("gives-ground", "supports", rf"为(?P<o>{A}+?)提供(?:{A}{{0,8}})(?:依据|信息|支持|参考)", frozenset({"design", "comparator", "endpoint", "biomarker", "procedure", "condition"}), ANY, phrase="condition", inherit=False, same=True, whole=True,
          unless=re.compile("通过")),
    _rule("complies", "cites", rf"(?:遵循|参照|参考|符合|按照)(?P<o>{A}+)", frozenset({"regulatory_artifact", "procedure", "dose", "design", "comparator", "document"}), frozenset({"document"}), anywhere=True, inherit=False, same=True),
    _rule("assessed", "assessed_by", r"(?:基于|依据|采用)(?P<o>(?:(?!基于)[^。；、])*?(?:标准|计数|功能))评价(?P<s>[^，。；、]+?)的", frozenset({"disease", "risk", "endpoint"}), frozenset({"document"}), phrase="document", whole=True),
    _rule("committee", "assessed_by", rf"(?:设置|成立|选择)(?P<o>{A}+?)(?:对(?P<s>{A}*?)(?:进行)?(?:评估|验证){A}*)?$", RISK | ENDPOINT | PRODUCT | {"procedure"}, ORGANISATION),
)  # fmt: skip

RULES: tuple[Rule, ...] = (*DURATIONS, *RISKS, *CONTROL, *STUDIES, *GENERAL)

# relations that the functions beside the table make
RELATIONS_MADE = frozenset(
    {"abbreviation_of", "adjusts", "allows", "cites", "considers", "consults", "defined_as", "encourages", "includes", "mitigated_by",
     "not_required", "prohibits", "requires", "responsible_for", "updated_when", "usually"}
)  # fmt: skip

DEFINITION = re.compile(r"(?:通常|一般)?(?:是指|指(?=罕见|的是)|定义为|被定义为|系指|是一个关于)")
