"""What can be wrong with a rule as a whole, and with two rules beside each other. Pure: no files, no lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import NamedTuple

from gongshi.law.publishability import HOLDS
from gongshi.law.rule import Effect, Event, LeadsTo, Question, Rule, Unit
from gongshi.law.rule_words import BODIES
from gongshi.law.scope import OF_MAJOR

ASKED = ("value", "fine_at_most")
"""What a city can be asked for when it decides on a rule."""

_DAYS = frozenset({Unit.WORKING_DAYS, Unit.CALENDAR_DAYS})
_LONG = frozenset({Unit.MONTHS, Unit.YEARS})
_COUNTED = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.YEARS, Unit.HOURS, Unit.PERCENT)
_MEASURES: dict[Question, tuple[frozenset[Unit], frozenset[Event]]] = {
    Question.TERM: (
        _DAYS,
        frozenset({Event.FORMED_OR_CHANGED, Event.DECIDED, Event.INSPECTION_ENDED, Event.HANDLED}),
    ),
    Question.RETENTION: (_LONG, frozenset({Event.FIRST_PUBLISHED, Event.DECIDED})),
    Question.RETENTION_FLOOR: (frozenset({Unit.UNTIL}), frozenset({Event.VALID_UNTIL})),
    Question.WITHDRAWAL: (_DAYS, frozenset({Event.ACT_EFFECTIVE_OR_RECEIVED})),
    Question.CONFIRMATION: (_DAYS, frozenset({Event.SUSPENDED})),
    Question.EARLY_STOP: (_LONG, frozenset({Event.FIRST_PUBLISHED})),
    Question.MAJORITY: (frozenset({Unit.YEARS}), frozenset()),
    Question.UPDATE: (_DAYS, frozenset({Event.LAW_EFFECTIVE_OR_REPEALED})),
    Question.LEGAL_REVIEW: (_DAYS, frozenset({Event.MATERIALS_RECEIVED, Event.EXTENSION_APPROVED})),
    Question.RECORDING: (frozenset({Unit.HOURS}), frozenset({Event.STARTED, Event.RECORDED})),
    Question.ARCHIVING: (_DAYS, frozenset({Event.ACT_ENDED})),
    Question.CORRECTION: (_DAYS, frozenset({Event.REQUESTED})),
    Question.FIGURES: (frozenset({Unit.MONTH_DAY}), frozenset({Event.YEAR_ENDED})),
    Question.REVIEWERS_SHARE: (frozenset({Unit.PERCENT}), frozenset()),
}
"""In what, and from which event, a period can be counted, for every question that is answered by one."""
TRIGGERS = ("L3-1", "L3-2", "L3-3", "L3-4", "L3-5", "S3.2", "L4", "list")
"""Why a decision is a major one: the five of L3, the scheme's public interest, the department's own judgement, its
list."""
_IN_WORDS = frozenset({Question.HOLD, Question.MAJOR, Question.ENDING, Question.DETERMINATION, Question.SECOND_REVIEW})
"""Questions that `value` answers in words."""
_LEADS = {Question.ENDING: frozenset({LeadsTo.NOTICE, LeadsTo.NOTHING, LeadsTo.UPDATED})}
_LEADS_OTHERWISE = frozenset({LeadsTo.WITHHELD, LeadsTo.SEALED})


@dataclass(frozen=True, slots=True)
class RuleFault:
    """One fault of a row: a stable code, the key it concerns (empty for the row), and what to do, in Chinese."""

    code: str
    key: str
    message: str


class _Check(NamedTuple):
    wrong: Callable[[Rule], bool]
    code: str
    key: str
    said: str | Callable[[Rule], str]


_CONTRADICTIONS = (
    _Check(
        lambda rule: not _measured(rule),
        "rule_measure_wrong",
        "unit",
        lambda rule: f"{rule.question} 规则{_allowed(rule)}",
    ),
    _Check(
        lambda rule: rule.unit in _COUNTED and not (isinstance(rule.value, int) and rule.value > 0),
        "rule_value_bad",
        "value",
        "按日、月、年、小时计的期限和比例，value 必须是正整数",
    ),
    _Check(
        lambda rule: rule.question in _IN_WORDS and not rule.value,
        "rule_value_missing",
        "value",
        lambda rule: f"{rule.question} 规则要在 value 写明是什么",
    ),
    _Check(
        lambda rule: rule.question is Question.HOLD and bool(rule.value) and rule.value not in HOLDS,
        "rule_value_bad",
        "value",
        f"hold 的 value 只能是 {'、'.join(HOLDS)}",
    ),
    _Check(
        lambda rule: rule.question is Question.MAJOR and bool(rule.value) and rule.value not in TRIGGERS,
        "rule_value_bad",
        "value",
        f"major 的 value 只能是 {'、'.join(TRIGGERS)}",
    ),
    _Check(
        lambda rule: rule.question is not Question.MAJOR and any(getattr(rule.scope, name) for name in OF_MAJOR),
        "rule_scope_wrong",
        "scope",
        f"{'、'.join(OF_MAJOR)} 只用于 major 规则",
    ),
    _Check(
        lambda rule: rule.question is Question.SECOND_REVIEW and bool(rule.value) and rule.value not in BODIES,
        "rule_value_bad",
        "value",
        f"second_review 的 value 只能是 {'、'.join(BODIES)}",
    ),
    _Check(
        lambda rule: rule.question is Question.ENDING and not rule.title,
        "rule_key_missing",
        "title",
        "撤下的情形要在 title 写明名称",
    ),
    _Check(
        lambda rule: rule.leads_to not in _leads(rule),
        "rule_leads_wrong",
        "leads_to",
        lambda rule: f"{rule.question} 规则的 leads_to 只能是 {'、'.join(sorted(_leads(rule)))}",
    ),
    _Check(
        lambda rule: bool(rule.effective_from and rule.effective_to and rule.effective_to < rule.effective_from),
        "rule_dates_reversed",
        "effective_to",
        "effective_to 早于 effective_from",
    ),
    _Check(
        lambda rule: not rule.enabled and not rule.turned_on_by,
        "rule_off_unexplained",
        "turned_on_by",
        "未启用的规则要在 turned_on_by 写明由什么启用",
    ),
    _Check(
        lambda rule: rule.enabled and rule.needs_document and not rule.decided_by,
        "rule_needs_document",
        "decided_by",
        "启用这条规则要在 decided_by 写明决定文号",
    ),
    _Check(
        lambda rule: bool(rule.asks) and not rule.needs_document,
        "rule_asks_nobody",
        "asks",
        "写了 asks 的规则要由市里决定：请同时写 needs_document: true",
    ),
    _Check(
        lambda rule: bool(rule.between) and not _within(rule),
        "rule_value_bad",
        "value",
        "value 不在 between 的范围内",
    ),
    _Check(
        lambda rule: rule.enabled and rule.asks == "fine_at_most" and rule.scope.fine_at_most is None,
        "rule_value_missing",
        "scope",
        "启用这条规则要写明金额（scope 的 fine_at_most）",
    ),
    _Check(
        lambda rule: bool(rule.reviewed_by) and rule.entered_by in ("", rule.reviewed_by),
        "rule_same_person",
        "reviewed_by",
        "要写明录入人 entered_by，并且和审核人不是同一人",
    ),
)
"""What no single value of a rule shows: what must not be, its code, the key to mend, and what is said."""


def contradictions(rule: Rule) -> Iterable[RuleFault]:
    """What is wrong with the values of a rule among each other, by the table above."""
    for check in _CONTRADICTIONS:
        if check.wrong(rule):
            yield RuleFault(check.code, check.key, check.said if isinstance(check.said, str) else check.said(rule))


def clashes(rules: Iterable[Rule]) -> Iterable[tuple[Rule, RuleFault]]:
    """Rules that can not stand beside each other, the later one of each pair with its fault.

    Two rules of one issuer and rank, in force at one time, that say different things of the same
    decisions, of which nothing says which is to be followed.
    """
    for one, other in combinations(tuple(rules), 2):
        if _overlap(one, other):
            told = (
                f"{other.id} 与 {one.id} 对同一范围作了不同规定：请用 effective_to 结束旧的一条，"
                "或者用 special_to 写明哪一条是特别规定"
            )
            yield other, RuleFault("rule_overlap", "", told)


def _overlap(one: Rule, other: Rule) -> bool:
    same = all(
        getattr(one, name) == getattr(other, name)
        for name in ("question", "effect", "rank", "issuer", "channel", "effective_from")
    )
    return (
        same
        and one.enabled
        and other.enabled
        and _at_one_time(one, other)
        and _subject(one) == _subject(other)
        and _says(one) != _says(other)
        and not (one.special_over(other) or other.special_over(one))
        and _contest(one, other)
    )


def _contest(one: Rule, other: Rule) -> bool:
    """Whether they speak of the same decisions. Prohibitions that only share some can all be obeyed."""
    if one.effect is Effect.MUST_NOT:
        return one.scope == other.scope
    return one.scope.meets(other.scope)


def _at_one_time(one: Rule, other: Rule) -> bool:
    """Whether there is a day on which both are in force; they begin on the same."""
    start = one.effective_from or date.min
    return all(rule.effective_to is None or rule.effective_to >= start for rule in (one, other))


def _subject(rule: Rule) -> object:
    """What a rule speaks of: one hold, one end; one period where the events differ, as in recording."""
    if rule.question in (Question.HOLD, Question.ENDING, Question.MAJOR):
        return rule.value
    return None if rule.question in (Question.TERM, Question.RETENTION) else rule.counted_from


def _says(rule: Rule) -> tuple[object, ...]:
    """What a rule lays down, as far as two rules can differ in it."""
    return rule.value, rule.unit, rule.counted_from, rule.leads_to, rule.requires


def _leads(rule: Rule) -> frozenset[LeadsTo]:
    return _LEADS.get(rule.question, _LEADS_OTHERWISE)


def _within(rule: Rule) -> bool:
    return isinstance(rule.value, int) and rule.between[0] <= rule.value <= rule.between[-1]


def _measured(rule: Rule) -> bool:
    units, events = _MEASURES.get(rule.question, (frozenset(), frozenset()))
    return not units or (rule.unit in units and bool(rule.value) and (not events or rule.counted_from in events))


def _allowed(rule: Rule) -> str:
    units, events = _MEASURES.get(rule.question, (frozenset(), frozenset()))
    return f"要写 value；unit 为 {'、'.join(sorted(units))}；counted_from 为 {'、'.join(sorted(events)) or '空'}"
