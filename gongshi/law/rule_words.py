"""A rule in Chinese words: for the page of rules in force, for `due`, for a decision's page."""

from __future__ import annotations

from gongshi.law.rule import Effect, Event, LeadsTo, Question, Rule, Unit
from gongshi.law.scope import Scope

QUESTIONS: dict[Question, str] = {
    Question.PUBLICATION: "是否公示",
    Question.TERM: "公示期限",
    Question.RETENTION: "公示期",
    Question.RETENTION_FLOOR: "不得提前撤下",
    Question.RETIREMENT: "公示期满后的处理",
    Question.DETERMINATION_REQUIRED: "须先确定公开内容",
    Question.DETERMINATION: "已确定的公开内容",
    Question.HOLD: "暂缓公示",
    Question.MAJORITY: "成年年龄",
    Question.ENDING: "撤下的情形",
    Question.WITHDRAWAL: "撤下期限",
    Question.CONFIRMATION: "紧急下架的确认期限",
    Question.EARLY_STOP: "提前停止公示的最短公示期",
    Question.UPDATE: "事前公开信息更新期限",
    Question.MAJOR: "重大执法决定",
    Question.SUMMARY: "当场处罚",
    Question.LEGAL_REVIEW: "法制审核期限",
    Question.INTERNAL_REVIEW: "公示前审核",
    Question.RECORDING: "全过程记录期限",
    Question.ARCHIVING: "归档期限",
    Question.CORRECTION: "更正申请处理期限",
    Question.FIGURES: "年度统计",
    Question.SECOND_REVIEW: "第二道审核",
    Question.REVIEWERS_SHARE: "法制审核人员的比例",
}
EFFECTS: dict[Effect, str] = {Effect.MUST: "应当", Effect.MUST_NOT: "不得", Effect.MAY: "可以"}
UNITS: dict[Unit, str] = {
    Unit.WORKING_DAYS: "个工作日",
    Unit.CALENDAR_DAYS: "日",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
    Unit.HOURS: "小时",
    Unit.PERCENT: "%",
}
EVENTS: dict[Event, str] = {
    Event.FORMED_OR_CHANGED: "信息形成或者变更",
    Event.DECIDED: "作出决定",
    Event.INSPECTION_ENDED: "抽查结束",
    Event.HANDLED: "处理结果作出",
    Event.FIRST_PUBLISHED: "首次公示",
    Event.VALID_UNTIL: "有效期届满",
    Event.ACT_EFFECTIVE_OR_RECEIVED: "撤销等决定生效（收到在后的，自收到）",
    Event.SUSPENDED: "紧急下架",
    Event.LAW_EFFECTIVE_OR_REPEALED: "依据生效、废止或者机构职能调整",
    Event.MATERIALS_RECEIVED: "收到送审材料",
    Event.EXTENSION_APPROVED: "批准延长",
    Event.STARTED: "程序启动",
    Event.RECORDED: "音像记录制作完成",
    Event.ACT_ENDED: "行政执法行为终结",
    Event.REQUESTED: "收到更正申请",
    Event.YEAR_ENDED: "年度终了",
}
DECISIONS = {
    "licence": "行政许可",
    "penalty": "行政处罚",
    "coercion": "行政强制",
    "levy": "行政征收",
    "charge": "行政收费",
    "inspection": "行政检查",
    "random_inspection": "双随机抽查结果",
}
RECORDS = {
    "subject": "行政执法主体信息",
    "officer": "执法人员",
    "enforcement_item": "行政执法事项清单",
    "random_inspection_item": "随机抽查事项清单",
    "inspection_plan": "随机抽查计划",
    "recording_item": "音像记录事项清单",
    "review_catalogue": "重大执法决定法制审核目录",
    "service_guide": "服务指南",
    "post_board": "岗位信息公示牌",
    "normative_text": "制度文本和规范样本",
    "determination": "公开内容的确定",
    "annual_figures": "年度行政执法数据",
}
"""Registers and lists: what is public before anything is decided."""
BODIES = {"legal_body": "本级政府法制机构", "market_supervision": "本级市场监督管理部门"}
"""Who gives a second review: the words of a rule's `value` and of a department's `second_reviews`."""
KINDS = {**DECISIONS, **RECORDS}
"""The kinds of gongshi/records, which the law does not import, by name."""


def period(rule: Rule) -> str:
    """The period of a rule in words: 自信息形成或者变更之日起7个工作日内; empty for a rule without one."""
    if rule.unit is Unit.UNTIL and rule.counted_from:
        return f"至{EVENTS[rule.counted_from]}之日"
    if rule.unit is Unit.MONTH_DAY and isinstance(rule.value, str):
        month, _, day = rule.value.partition("-")
        return f"次年{int(month)}月{int(day)}日前"
    if rule.unit is None or rule.counted_from is None:
        return ""
    start = EVENTS[rule.counted_from]
    length = f"{rule.value}{UNITS[rule.unit]}"
    if rule.question in (Question.RETENTION, Question.EARLY_STOP):
        return f"自{start}之日起满{length}"
    return f"自{start}{'' if rule.unit is Unit.HOURS else '之日'}起{length}内"


def scope_words(scope: Scope) -> str:
    """To what a rule applies, in words; 全部 where it asks nothing. Departments are named by key."""
    kinds = frozenset(KINDS.get(kind, kind) for kind in scope.kinds)
    parts = (
        ("", kinds),
        ("部门：", scope.departments),
        ("领域：", scope.sectors),
        ("行政相对人：", scope.party_types),
        ("处罚类别：", scope.penalty_classes),
        ("仅受到：", scope.only_penalty_classes),
        ("处罚类别不含：", scope.penalty_classes_except),
        ("检查结果：", scope.outcomes),
        ("检查结果不是：", scope.outcomes_except),
        ("程序：", scope.procedures),
        ("程序不是：", scope.procedures_except),
        ("失信程度：", scope.severities),
        ("依据：", scope.cites),
        ("情形：", scope.grounds),
        ("事项：", scope.items),
    )
    words = [f"{label}{'、'.join(_in_order(values))}" for label, values in parts if values]
    if scope.social_effect is not None:
        words.append("具有一定社会影响" if scope.social_effect else "不具有一定社会影响")
    if scope.fine_at_most is not None:
        words.append(f"罚款不超过{scope.fine_at_most}元")
    if scope.fine_at_least is not None:
        words.append(f"罚款{scope.fine_at_least}元以上")
    if scope.confiscated_at_least is not None:
        words.append(f"没收{scope.confiscated_at_least}元以上")
    if scope.heard:
        words.append("经听证程序")
    return "；".join(words) or "全部"


_SAID: dict[tuple[Question, Effect], str] = {
    (Question.PUBLICATION, Effect.MUST): "应当公示",
    (Question.PUBLICATION, Effect.MUST_NOT): "不予公示",
    (Question.TERM, Effect.MUST): "{period}公示",
    (Question.RETENTION, Effect.MAY): "{period}，可以撤下",
    (Question.RETENTION, Effect.MUST): "{period}，停止公示",
    (Question.RETENTION_FLOOR, Effect.MUST_NOT): "有效期届满前不撤下",
    (Question.RETIREMENT, Effect.MUST): "公示期满即撤下",
    (Question.DETERMINATION_REQUIRED, Effect.MUST): "没有确定的，暂缓公示",
    (Question.DETERMINATION, Effect.MUST): "{value}",
    (Question.HOLD, Effect.MUST_NOT): "暂缓公示",
    (Question.MAJORITY, Effect.MUST): "{value}周岁",
    (Question.WITHDRAWAL, Effect.MUST): "{period}撤下",
    (Question.CONFIRMATION, Effect.MUST): "{period}由另一人确认",
    (Question.EARLY_STOP, Effect.MUST_NOT): "{period}前不提前停止公示",
    (Question.INTERNAL_REVIEW, Effect.MUST): "未经审核不得公示",
    (Question.MAJOR, Effect.MUST): "作出决定前须经法制审核",
    (Question.SUMMARY, Effect.MAY): "可以当场作出",
    (Question.SECOND_REVIEW, Effect.MUST): "内部审核以后，还须经{body}审核",
    (Question.REVIEWERS_SHARE, Effect.MAY): "原则上不少于执法人员的{value}%",
}


_LEAVES = {
    LeadsTo.NOTICE: "撤下，公开撤下说明",
    LeadsTo.NOTHING: "撤下，不留页面",
    LeadsTo.UPDATED: "不撤下，更新当前状态",
}
"""What an end leaves, for the page of rules."""


def content_words(rule: Rule) -> str:
    """What the rule says, in one line for the page of rules in force."""
    if rule.question is Question.ENDING:
        return f"{rule.title}：{_LEAVES[rule.leads_to]}"
    pattern = _SAID.get((rule.question, rule.effect), EFFECTS[rule.effect] + "{period}")
    said = pattern.format(period=period(rule), value=rule.value, body=BODIES.get(str(rule.value), ""))
    return "：".join(part for part in (rule.title, said) if part)


def _in_order(values: frozenset[str]) -> list[str]:
    """Kinds in the order of D3, everything else by code point, so that the same rule gives the same bytes."""
    order = {label: n for n, label in enumerate(KINDS.values())}
    return sorted(values, key=lambda value: (order.get(value, len(order)), value))
