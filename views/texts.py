"""Every word of the interface, one table a language. A table with a word missing cannot be made."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import AnswerStatus, Language, Status, Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words of one language. Braces are filled with `str.format`."""

    tagline: str
    language: str
    library: str
    snapshot: str
    guidelines: str
    concepts: str
    verbatim: str
    ask: str
    ask_label: str
    placeholder: str
    opening: str
    searching: str
    welcome: str
    welcome_more: str
    durations: str
    populations: str
    endpoints: str
    risks: str
    home: str
    share: str
    strength: str
    took: str
    more: str
    sources: str
    sources_one: str
    further: str
    nearest: str
    nearest_note: str
    not_covered: str
    lines: str
    line: str
    reading: str
    open_clause: str
    close_clause: str
    whole_clause: str
    copy: str
    copied: str
    copy_failed: str
    verify: str
    verified: str
    verify_failed: str
    path: str
    path_back: str
    path_next: str
    related: str
    try_next: str
    question_wrong: str
    question_empty: str
    question_too_long: str
    question_no_words: str
    question_hint: str
    no_snapshot: str
    no_snapshot_hint: str
    unknown_status: str
    clause_kind: str
    other_kind: str
    states: dict[AnswerStatus, str]
    statuses: dict[Status, str]
    strengths: dict[Strength, str]
    kinds: dict[str, str]


ZH = Texts(
    tagline="药物研发指导原则 · 有出处的问答",
    language="界面语言",
    library="文库",
    snapshot="快照 {}",
    guidelines="{} 份指导原则",
    concepts="{} 个概念",
    verbatim="引文逐字取自原文",
    ask="提问",
    ask_label="您的问题",
    placeholder="用中文或英文提问，例如：AAV 基因治疗产品要随访多少年？",
    opening="正在打开文库…",
    searching="正在查阅指导原则…",
    welcome="问指导原则，读原文。",
    welcome_more="每个回答都逐字引自指导原则，并注明条款与行号；指导原则没有规定的，会直接告诉您。",
    durations="期限与随访",
    populations="受试人群",
    endpoints="终点与设计",
    risks="风险与安全性",
    home="回到首页",
    share="复制链接",
    strength="依据强度",
    took="用时 {}",
    more="展开其余 {} 段原文",
    sources="出处 · {} 条，逐字引自原文",
    sources_one="出处 · 1 条，逐字引自原文",
    further="再看其余 {} 条",
    nearest="最接近的条款",
    nearest_note="以下条款与问题相近，但并未回答它，请勿当作答案引用。",
    not_covered="文库中的指导原则没有回答这个问题",
    lines="第 {}–{} 行",
    line="第 {} 行",
    reading="英文参考译文（非官方）",
    open_clause="打开条款全文",
    close_clause="收起条款",
    whole_clause="条款全文",
    copy="复制引文",
    copied="已复制",
    copy_failed="未能复制",
    verify="立即核验",
    verified="已核验，与原文一致",
    verify_failed="与原文不一致",
    path="图谱路径",
    path_back="上一条路径",
    path_next="下一条路径",
    related="相关条款",
    try_next="换个问题",
    question_wrong="这个问题暂时无法回答",
    question_empty="问题是空的。",
    question_too_long="问题太长：最多读 1,000 个字符，请一次问一件事。",
    question_no_words="问题里没有可以查找的文字。",
    question_hint="请用一两句话描述您想查的内容。",
    no_snapshot="还没有可用的文库",
    no_snapshot_hint="请先在项目目录中构建文库，然后刷新本页：",
    unknown_status="状态未注明",
    clause_kind="条款",
    other_kind="概念",
    states={"answered": "已回答", "partial": "部分回答", "not_covered": "指导原则未规定"},
    statuses={"draft": "征求意见稿", "trial": "试行", "final": "正式"},
    strengths={
        "must": "应 / 须",
        "should": "建议",
        "encouraged": "鼓励",
        "may": "可",
        "not": "不",
        "statement": "陈述",
    },
    kinds={
        "endpoint": "终点",
        "population": "人群",
        "risk": "风险",
        "duration": "期限",
        "product": "产品",
        "disease": "疾病",
        "design": "设计",
        "comparator": "对照",
        "biomarker": "生物标志物",
        "procedure": "操作",
        "dose": "剂量",
        "organisation": "机构",
        "regulatory_artifact": "注册资料",
        "document": "文件",
        "quantity": "数量",
        "condition": "条件",
    },
)

EN = Texts(
    tagline="Drug-development guidance, answered with its sources",
    language="Interface language",
    library="Library",
    snapshot="Snapshot {}",
    guidelines="{} guidelines",
    concepts="{} concepts",
    verbatim="citations are verbatim",
    ask="Ask",
    ask_label="Your question",
    placeholder="Ask in Chinese or English, e.g. How long are patients followed after an AAV vector?",
    opening="Opening the library…",
    searching="Reading the guidelines…",
    welcome="Ask the guidance. Read the source.",
    welcome_more=(
        "Every answer quotes the guidelines word for word, with clause and line; where they are silent, it says so."
    ),
    durations="Durations and follow-up",
    populations="Study populations",
    endpoints="Endpoints and design",
    risks="Risks and safety",
    home="Back to the first page",
    share="Copy link",
    strength="Strength",
    took="{}",
    more="Show {} more paragraphs",
    sources="Sources · {} quotations, word for word",
    sources_one="Source · 1 quotation, word for word",
    further="Show the other {}",
    nearest="Nearest clauses",
    nearest_note="These clauses come close to the question but do not answer it; do not cite them for it.",
    not_covered="The guidelines in the library do not answer this",
    lines="lines {}–{}",
    line="line {}",
    reading="Unofficial English reading",
    open_clause="Open the clause",
    close_clause="Close the clause",
    whole_clause="The whole clause",
    copy="Copy citation",
    copied="Copied",
    copy_failed="Could not copy",
    verify="Verify now",
    verified="Verified against the issued file",
    verify_failed="Does not match the issued file",
    path="Path in the graph",
    path_back="Previous path",
    path_next="Next path",
    related="Related clauses",
    try_next="Ask something else",
    question_wrong="This question cannot be answered as it stands",
    question_empty="The question is empty.",
    question_too_long="The question is too long: at most 1,000 characters are read; ask one thing at a time.",
    question_no_words="The question holds no words to look for.",
    question_hint="Describe what you are looking for in a sentence or two.",
    no_snapshot="There is no library yet",
    no_snapshot_hint="Build it in the project folder, then reload this page:",
    unknown_status="Status not stated",
    clause_kind="Clause",
    other_kind="Concept",
    states={"answered": "Answered", "partial": "Answered in part", "not_covered": "Not in the guidance"},
    statuses={"draft": "Draft", "trial": "Trial", "final": "Final"},
    strengths={
        "must": "must 应",
        "should": "should 建议",
        "encouraged": "encouraged 鼓励",
        "may": "may 可",
        "not": "not 不",
        "statement": "statement",
    },
    kinds={
        "endpoint": "Endpoint",
        "population": "Population",
        "risk": "Risk",
        "duration": "Duration",
        "product": "Product",
        "disease": "Disease",
        "design": "Design",
        "comparator": "Comparator",
        "biomarker": "Biomarker",
        "procedure": "Procedure",
        "dose": "Dose",
        "organisation": "Organisation",
        "regulatory_artifact": "Regulatory document",
        "document": "Document",
        "quantity": "Quantity",
        "condition": "Condition",
    },
)

TEXTS: dict[Language, Texts] = {"zh": ZH, "en": EN}
