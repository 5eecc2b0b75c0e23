"""Why a published decision comes down: a closed set, and what each end asks for and leaves (DOMAIN.md).

The set is data (rules of the question `ending`): an end of the city's own is one more row. What the
city has not decided on, what a class of penalty excludes and what is too early is absent from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongshi.law.calendar import Calendar
from gongshi.law.facts import DecisionFacts
from gongshi.law.grounds import required_fields
from gongshi.law.rule import LeadsTo, Question, Rule, Unit
from gongshi.law.rule_words import KINDS, RECORDS, period
from gongshi.law.rules import Resolution, RuleSet

GROUND = "ground"
EARLY_STOP = "early_stop"


class Leaves(StrEnum):
    """What stays at the decision's address."""

    NOTICE = "notice"
    NOTHING = "nothing"


class Form(StrEnum):
    """How a field of an end is filled."""

    TEXT = "text"
    DAY = "day"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class EndingField:
    """A field that an end may ask for; `public` ones stand in the notice."""

    label: str
    form: Form = Form.TEXT
    public: bool = False


FIELDS: dict[str, EndingField] = {
    "instrument_number": EndingField("终止文书文号", public=True),
    "instrument_agency": EndingField("作出终止文书的机关", public=True),
    "instrument_date": EndingField("终止文书日期", Form.DAY, public=True),
    "effective_on": EndingField("生效日期", Form.DAY, public=True),
    "received_on": EndingField("收到日期", Form.DAY),
    "reason": EndingField("撤下理由（公开）", public=True),
    "note": EndingField("内部说明"),
    "ground": EndingField("不予公开情形"),
    "ground_document": EndingField("上级文件文号"),
    "review_on": EndingField("复核日期", Form.DAY),
    "duties_performed": EndingField("已经自觉履行行政处罚决定中规定的义务", Form.TICK),
    "harm_removed": EndingField("已经主动消除危害后果和不良影响", Form.TICK),
    "not_repeated": EndingField("未因同一类违法行为再次受到行政处罚", Form.TICK),
    "not_listed": EndingField("未在经营异常名录和严重违法失信名单中", Form.TICK),
}
"""All fields that a rule of the question `ending` can require."""

TICKED = "是"
_OF_GROUND = {"withhold_reason": "note", "withhold_review_on": "review_on", "withhold_document": "ground_document"}
"""What a ground of D18 asks for in a sheet, and the field of an end that holds the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """One kind of end that a person may choose: what it leaves, which of FIELDS it requires, its rule."""

    kind: str
    label: str
    leaves: Leaves
    requires: tuple[str, ...]
    rule_id: str
    article: str


@dataclass(frozen=True, slots=True)
class EndingProblem:
    """What is wrong with one field of an end: a stable code and what to do, in Chinese. No value in it."""

    code: str
    field: str
    message: str


class EndingNotAllowed(ValueError):
    """The end can not be chosen for this decision today; the message says why and what can."""

    code = "ending_not_allowed"


def endings(rules: RuleSet, facts: DecisionFacts, on: date) -> dict[str, Ending]:
    """The ends that a person may choose for `facts` on the day `on`, by kind, in the order of the rules.

    Absent: what is off until the city decides, what the decision's kind or penalty class excludes,
    an early stop before its time (令45 第14条), and the states of a licence, which are no ends. Of a
    registry record also every end that leaves a notice: no decision was revoked, there is nothing to tell.
    """
    return {
        kind: _ending(kind, rule)
        for kind in _kinds(rules)
        if (rule := winner_of(kind, rules, facts, on).winner) is not None
        and rule.leads_to in _left(facts.kind)
        and not (kind == EARLY_STOP and _too_early(rules, facts, on))
    }


def named(text: str, rules: RuleSet, facts: DecisionFacts, on: date) -> Ending:
    """The end of that kind or Chinese name. Raises EndingNotAllowed, which says why not and what else."""
    allowed = endings(rules, facts, on)
    asked = text.strip()
    for ending in allowed.values():
        if asked in (ending.kind, ending.label):
            return ending
    choice = "、".join(f"{ending.label}（{ending.kind}）" for ending in allowed.values())
    raise EndingNotAllowed(f"{why_not(asked, rules, facts, on)}现在可以选：{choice}。")


def why_not(text: str, rules: RuleSet, facts: DecisionFacts, on: date) -> str:
    """Why the end of that kind or name can not be chosen, in Chinese, as a sentence."""
    rows = [rule for rule in rules.asking(Question.ENDING) if text in (rule.value, rule.title)]
    ours = [rule for rule in rows if not rule.scope.kinds or facts.kind in rule.scope.kinds]
    if not rows:
        return f"没有“{text}”这种撤下情形。"
    if not ours:
        return f"“{rows[0].title}”不适用于{KINDS.get(facts.kind, facts.kind)}。"
    rule = next((rule for rule in ours if rule.enabled), ours[0])
    if rule.leads_to is LeadsTo.UPDATED:
        return f"许可{rule.title}不撤下页面：请重新报送这条许可，把“当前状态”改为“{rule.title}”（{rule.article}）。"
    if not rule.enabled:
        return f"“{rule.title}”未启用：{rule.turned_on_by}"
    if not rule.in_force(on):
        return f"“{rule.title}”在 {on} 不在施行期间（{rule.article}）。"
    applies = winner_of(str(rule.value), rules, facts, on).winner is not None
    early = _too_early(rules, facts, on) if applies and rule.value == EARLY_STOP else ""
    what = KINDS[facts.kind] if facts.kind in RECORDS else "这条决定"
    return early or f"“{rule.title}”不适用于{what}（{rule.article}）。"


def required(ending: Ending, fields: Mapping[str, str], rules: RuleSet, on: date) -> tuple[str, ...]:
    """The fields that must be filled: the end's own, and what the chosen ground of D18 asks for beside them."""
    if ending.kind != GROUND:
        return ending.requires
    of_ground = required_fields(rules, on).get(fields.get("ground", ""), ())
    return tuple(dict.fromkeys((*ending.requires, *(_OF_GROUND[name] for name in of_ground if name in _OF_GROUND))))


def problems(ending: Ending, fields: Mapping[str, str], rules: RuleSet, on: date) -> tuple[EndingProblem, ...]:
    """Everything that is wrong with what was filled in for an end; empty where it may be proposed.

    Codes: ending_field_unknown, ending_field_missing, ending_field_not_day, ending_field_ahead,
    ending_condition_unmet, ending_ground_unknown.
    """
    needed = required(ending, fields, rules, on)
    unknown = (name for name in fields if name not in FIELDS)
    return (
        *(EndingProblem("ending_field_unknown", name, f"没有“{name}”这一项") for name in unknown),
        *(problem for name in needed if (problem := _missing(name, fields.get(name, "")))),
        *(problem for name in FIELDS if (problem := _misfilled(name, fields.get(name, ""), on))),
        *_ground_problems(ending, fields, rules, on),
    )


def _kinds(rules: RuleSet) -> Iterator[str]:
    """Every kind of end that a rule names, each once."""
    return iter(dict.fromkeys(str(rule.value) for rule in rules.asking(Question.ENDING)))


def _left(kind: str) -> tuple[LeadsTo, ...]:
    """What may stay of a taken down decision or record of `kind`."""
    return (LeadsTo.NOTHING,) if kind in RECORDS else (LeadsTo.NOTICE, LeadsTo.NOTHING)


def winner_of(kind: str, rules: RuleSet, facts: DecisionFacts, on: date) -> Resolution:
    """Which rule prevails on one kind of end: each kind is a question of its own."""
    rows = RuleSet(tuple(rule for rule in rules.asking(Question.ENDING) if rule.value == kind))
    return rows.resolve(Question.ENDING, facts, on)


def _ending(kind: str, rule: Rule) -> Ending:
    return Ending(
        kind=kind,
        label=rule.title,
        leaves=Leaves(rule.leads_to.value),
        requires=rule.requires,
        rule_id=rule.id,
        article=rule.article,
    )


def _too_early(rules: RuleSet, facts: DecisionFacts, on: date) -> str:
    """Why publication does not stop early yet, in Chinese; empty where its time has come (令45 第14条).

    The rules are prohibitions: all that apply are obeyed, none replaces another. Without any, the time
    that article 14 leaves to a further rule is not known, and nothing stops early.
    """
    standing = rules.resolve(Question.EARLY_STOP, facts, on).standing
    if not standing:
        return "提前停止公示的最短公示期还没有启用：请用 gongshi setup 一并登记。"
    rule = next((rule for rule in standing if not _elapsed(rule, facts.first_published_on, on)), None)
    return f"还不能提前停止公示：{period(rule)}才可以申请（{rule.article}）。" if rule else ""


def _elapsed(rule: Rule, first: date | None, on: date) -> bool:
    """Whether the rule's time since the first publication is over."""
    months = rule.amount * (12 if rule.unit is Unit.YEARS else 1)
    return first is not None and Calendar().add_months(first, months) <= on


def _missing(name: str, value: str) -> EndingProblem | None:
    field = FIELDS[name]
    if field.form is Form.TICK and value.strip() != TICKED:
        return EndingProblem("ending_condition_unmet", name, f"须确认“{field.label}”，填“{TICKED}”")
    if not value.strip():
        return EndingProblem("ending_field_missing", name, f"缺少“{field.label}”")
    return None


_MAY_LIE_AHEAD = ("review_on",)


def _misfilled(name: str, value: str, on: date) -> EndingProblem | None:
    field = FIELDS[name]
    if field.form is not Form.DAY or not value.strip():
        return None
    try:
        day = date.fromisoformat(value.strip())
    except ValueError:
        return EndingProblem("ending_field_not_day", name, f"“{field.label}”要写成 2026-03-02 的形式")
    if day > on and name not in _MAY_LIE_AHEAD:
        return EndingProblem("ending_field_ahead", name, f"“{field.label}”晚于今天，请核对")
    return None


def _ground_problems(ending: Ending, fields: Mapping[str, str], rules: RuleSet, on: date) -> tuple[EndingProblem, ...]:
    known = required_fields(rules, on)
    ground = fields.get("ground", "").strip()
    if ending.kind != GROUND or not ground or ground in known:
        return ()
    message = f"不予公开情形只能是：{'、'.join(known)}"
    return (EndingProblem("ending_ground_unknown", "ground", message),)
