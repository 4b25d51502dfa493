"""Examples of the rules: a sentence and a statement that it makes, none of them a sentence of the corpus."""

from __future__ import annotations

import pytest

from ingest.needles import Needles
from ingest.rules import RULES
from ingest.statements import RELATIONS
from tests.ingest.saying import said

EXAMPLES = [
    ("慢病毒载体建议观察不短于10年。", "慢病毒载体", "recommended_follow_up", "不短于10年", "should"),
    (
        "基因编辑产品建议观察至数据表明不再存在任何风险。",
        "基因编辑产品",
        "recommended_follow_up",
        "至数据表明不再存在任何风险",
        "should",
    ),
    ("两次输注间的给药间隔应不超过3个月。", "给药间隔", "max_interval", "不超过3个月", "must"),
    ("此后每年至少检测一次。", "检测", "min_frequency", "每年", "statement"),
    (
        "随访时间应不短于迟发性不良反应的预期发生时间。",
        "随访时间",
        "min_duration",
        "迟发性不良反应的预期发生时间",
        "must",
    ),
    ("入组间隔应足以观察到急性不良反应。", "入组间隔", "min_duration", "足以观察到急性不良反应", "must"),
    ("安全性监测应贯穿于临床试验全过程。", "安全性监测", "applies_during", "临床试验全过程", "must"),
    ("CAR-T细胞可能引起细胞因子释放综合征、神经毒性等不良反应。", "CAR-T细胞产品", "has_risk", "神经毒性", "may"),
    ("质粒DNA整合风险较低。", "质粒DNA", "has_risk", "整合风险较低", "statement"),
    ("单抗的安全性风险可能包括：感染、出血。", "单克隆抗体", "has_risk", "出血", "may"),
    ("预存抗体可能影响有效性。", "预存抗体", "affects", "有效性", "may"),
    ("为降低感染风险，申办方应制定风险管理计划。", "感染", "mitigated_by", "风险管理计划", "must"),
    ("为降低感染风险，申办方应制定风险管理计划。", "申办方", "responsible_for", "风险管理计划", "must"),
    ("应对受试者进行基因检测。", "受试者", "requires", "基因检测", "must"),
    ("如发现重大安全性风险，应向监管机构报告。", "安全性风险", "reported_to", "监管机构", "must"),
    ("在风险信息发生变化时，应及时更新知情同意书。", "知情同意书", "updated_when", "在风险信息发生变化时", "must"),
    ("随机对照试验是确证疗效的金标准。", "随机对照试验", "has_role", "确证疗效的金标准", "statement"),
    ("罕见病药物也可采用单臂试验。", "罕见疾病药物", "allows", "单臂试验", "may"),
    ("该临床试验不纳入健康受试者。", "临床试验", "excludes", "健康受试者", "not"),
    (
        "罕见病基因治疗产品的临床试验首先选择成人受试者。",
        "罕见病基因治疗产品",
        "first_population",
        "成人受试者",
        "statement",
    ),
    ("可在健康受试者中开展首次人体试验。", "首次人体试验", "study_population", "健康受试者", "may"),
    ("推荐将无进展生存期作为主要疗效终点。", "无进展生存期", "serves_as", "主要终点", "should"),
    ("试验组与安慰剂对照可采用2:1的比例。", "安慰剂对照", "allocation_ratio", "2:1", "may"),
    (
        "参加临床试验前受试者应至少接受过两种酪氨酸激酶抑制剂治疗。",
        "受试者",
        "requires_prior_therapy",
        "酪氨酸激酶抑制剂",
        "must",
    ),
    ("不要求患者必须接受酪氨酸激酶抑制剂治疗。", "患者", "not_required", "酪氨酸激酶抑制剂", "not"),
    ("本指导原则适用于基因治疗产品。", "指导原则", "applies_to", "基因治疗产品", "statement"),
    ("风险最小化措施包括教育培训和患者提示卡。", "风险最小化措施", "includes", "患者提示卡", "statement"),
    ("CAR-T细胞用于治疗多发性骨髓瘤。", "CAR-T细胞产品", "treats", "多发性骨髓瘤", "statement"),
    ("罕见病由单基因缺陷导致。", "罕见病", "caused_by", "单基因缺陷", "statement"),
    ("药物警戒活动的目的是控制风险。", "药物警戒活动", "has_purpose", "控制风险", "statement"),
    ("推荐剂量取决于药代动力学。", "推荐剂量", "depends_on", "药代动力学", "statement"),
    ("疾病自然史研究为选择终点提供依据。", "疾病自然史研究", "supports", "终点", "statement"),
    ("起始剂量的确定应遵循药物临床试验质量管理规范。", "起始剂量", "cites", "《药物临床试验质量管理规范》", "must"),
    ("微小残留病是指残存的肿瘤细胞。", "微小残留病", "defined_as", "残存的肿瘤细胞", "statement"),
    ("建议申请人与药审中心沟通统计分析计划。", "申请人", "consults", "国家药品监督管理局药品审评中心", "should"),
    ("申请人应根据产品特点制定额外的风险控制措施。", "申请人", "responsible_for", "额外的风险控制措施", "must"),
    ("风险管理计划有助于控制安全性风险。", "安全性风险", "mitigated_by", "风险管理计划", "statement"),
    ("桥接治疗中应避免使用同靶点治疗药物。", "桥接治疗", "excludes", "同靶点治疗药物", "must"),
    ("可利用安全性生物标志物，发现风险更高的患者。", "安全性生物标志物", "used_for", "发现风险更高的患者", "may"),
    ("可通过患者登记平台收集罕见病的临床数据。", "患者登记平台", "provides", "罕见病的临床数据", "may"),
    ("单抗类药物需要考虑开发预存抗体和抗药抗体的伴随诊断方法。", "预存抗体", "considers", "伴随诊断", "must"),
    ("单抗类药物需要考虑开发预存抗体和抗药抗体的伴随诊断方法。", "抗药抗体", "considers", "伴随诊断", "must"),
    ("疾病自然史数据可为设置历史对照提供依据。", "疾病自然史", "supports", "历史对照", "may"),
    ("建议与监管机构沟通，明确非劣效界值。", "非劣效界值", "consults", "监管机构", "should"),
    ("应在启动前与监管机构讨论统计分析计划。", "统计分析计划", "consults", "监管机构", "must"),
    ("鼓励在早期研究中，采用篮式设计。", "早期临床试验", "encourages", "篮式试验", "encouraged"),
    ("鼓励将关键研究分阶段开展。", "关键研究", "encourages", "将关键研究分阶段开展", "encouraged"),
    ("建议开展特殊人群用药的研究。", "特殊人群", "requires", "开展特殊人群用药的研究", "should"),
    ("质粒、腺病毒等载体的基因治疗产品整合风险较低。", "腺病毒载体", "has_risk", "整合风险较低", "statement"),
    ("基因编辑等新型基因治疗产品可能发生脱靶效应。", "基因编辑产品", "has_risk", "脱靶效应", "may"),
    ("慢病毒载体应开展可复制性病毒（RCV）的检测。", "慢病毒载体", "considers", "可复制性病毒", "must"),
    ("采样间隔建议不超过 3 个月。", "样本采集", "max_interval", "不超过3个月", "should"),
    ("罕见疾病单病种患者少，因此鼓励建立患者登记系统。", "罕见病", "encourages", "患者登记平台", "encouraged"),
    ("针对儿童的CAR-T细胞产品，应开展长期随访。", "儿童受试者", "requires", "长期随访", "must"),
    ("理想情况下，起始剂量选择有效剂量。", "起始剂量", "requires", "有效剂量", "should"),
    ("在给药后的5年内，临床随访应记录病史。", "随访", "applies_during", "在给药后的5年内", "must"),
    ("申办方应开展更加严格的随访监测。", "申办方", "responsible_for", "更加严格的随访监测", "must"),
    ("罕见病可考虑开展前瞻性队列研究。", "罕见病", "allows", "前瞻性队列研究", "may"),
    ("系统性治疗必须包括足量蒽环类化疗。", "系统性治疗", "includes", "足量蒽环类化疗", "must"),
    (
        "常规药物警戒活动应包括不良事件的收集、处理、随访。",
        "常规药物警戒活动",
        "includes",
        "不良事件的收集、处理、随访",
        "must",
    ),
    ("建议在整个临床试验期间监测抗体的产生。", "抗体", "monitored_by", "在整个临床试验期间监测", "should"),
    ("罕见病的临床试验鼓励采用随机对照设计。", "临床试验", "encourages", "随机对照试验", "encouraged"),
    ("建立患者登记平台，有助于获得高质量的数据。", "建立患者登记平台", "helps_to", "获得高质量的数据", "statement"),
    ("预存抗体可能对受试者的安全性产生影响。", "预存抗体", "has_risk", "对受试者的安全性产生影响", "may"),
    ("使用良好的设计可以减少选择性偏倚。", "选择性偏倚", "mitigated_by", "使用良好的设计", "may"),
    ("自身对照是历史对照设计的一种特殊类型。", "自身对照", "has_role", "历史对照设计的一种特殊类型", "statement"),
    ("疗效判断可能受评估者主观因素影响。", "疗效评估", "depends_on", "评估者主观因素", "may"),
    ("患者体验数据可提供临床获益相关的重要信息。", "患者体验数据", "provides", "临床获益相关的重要信息", "may"),
    ("通过寻找生理效应来评估产品的持久性。", "产品持久性", "assessed_by", "寻找生理效应", "statement"),
]


def test_the_list_is_whole() -> None:
    assert len(EXAMPLES) == 69
    assert len(RULES) >= 60
    assert {relation for _, _, relation, _, _ in EXAMPLES} <= RELATIONS


@pytest.mark.parametrize(("text", "subject", "relation", "obj", "strength"), EXAMPLES)
def test_example(text: str, subject: str, relation: str, obj: str, strength: str) -> None:
    assert (subject, relation, obj, strength) in said(text)


def test_no_rule_that_matches_is_passed_over() -> None:
    """The rules tried on a text are those whose literal strings it holds; none that matches is missing."""
    needles = Needles([rule.pattern for rule in RULES])
    for text, *_ in EXAMPLES:
        tried = needles.may_match(text)
        assert {n for n, rule in enumerate(RULES) if rule.pattern.search(text)} <= set(tried)
        assert len(tried) < len(RULES) / 2


@pytest.mark.parametrize(
    "text", ["申办方无需开展长期随访临床研究。", "如果难以开展随机对照试验。", "尚无明确的疗效终点。"]
)
def test_what_is_denied_is_not_stated(text: str) -> None:
    assert not {s for s in said(text) if s[1] in ("requires", "recommended_design", "allows", "responsible_for")}
