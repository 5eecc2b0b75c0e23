"""From a mapping, as it stands in data/reference/rules, to a Rule; every fault of it at once.

Pure: files and lines are the caller's (gongshi/instance).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from difflib import get_close_matches
from enum import Enum
from itertools import combinations
from typing import Any

from gongshi.law.rule import EVERY_CHANNEL, PLATFORM, Effect, Event, LeadsTo, Question, Rank, Rule, Source, Unit
from gongshi.law.scope import Scope

CHANNELS = (PLATFORM, "credit_system", "national_publicity_system", EVERY_CHANNEL)
_RULE_KEYS = frozenset(item.name for item in fields(Rule))
_NEEDED = tuple(item.name for item in fields(Rule) if item.default is MISSING and item.default_factory is MISSING)
_SCOPE_KEYS = frozenset(item.name for item in fields(Scope))
_COUNTED = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.YEARS, Unit.HOURS)
_MEASURES: dict[Question, tuple[frozenset[Unit], frozenset[Event]]] = {
    Question.TERM: (
        frozenset({Unit.WORKING_DAYS, Unit.CALENDAR_DAYS}),
        frozenset({Event.FORMED_OR_CHANGED, Event.DECIDED, Event.INSPECTION_ENDED, Event.HANDLED}),
    ),
    Question.RETENTION: (frozenset({Unit.MONTHS, Unit.YEARS}), frozenset({Event.FIRST_PUBLISHED, Event.DECIDED})),
    Question.RETENTION_FLOOR: (frozenset({Unit.UNTIL}), frozenset({Event.VALID_UNTIL})),
    Question.WITHDRAWAL: (
        frozenset({Unit.WORKING_DAYS, Unit.CALENDAR_DAYS}),
        frozenset({Event.ACT_EFFECTIVE_OR_RECEIVED}),
    ),
    Question.CONFIRMATION: (frozenset({Unit.WORKING_DAYS, Unit.CALENDAR_DAYS}), frozenset({Event.SUSPENDED})),
    Question.EARLY_STOP: (frozenset({Unit.MONTHS, Unit.YEARS}), frozenset({Event.FIRST_PUBLISHED})),
    Question.MAJORITY: (frozenset({Unit.YEARS}), frozenset()),
}
"""In what, and from which event, the questions that are computed can be answered."""
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class RuleFault:
    """One fault of a row: a stable code, the key it concerns (empty for the row), and what to do, in Chinese."""

    code: str
    key: str
    message: str


class RuleInvalid(ValueError):
    """A row is not a rule; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[RuleFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("；".join(fault.message for fault in self.faults))


def parse_rule(row: Mapping[str, Any]) -> Rule:
    """The rule that `row` states. Raises RuleInvalid with all faults."""
    faults = [*_unknown(row, _RULE_KEYS), *_missing(row)]
    values: dict[str, Any] = {}
    for key in (key for key in row if key in _RULE_KEYS):
        try:
            values[key] = _READERS[key](row[key])
        except RuleInvalid as error:
            faults.extend(error.faults)
        except (ValueError, TypeError) as error:
            faults.append(RuleFault("rule_value_bad", key, f"{key} 的值“{row[key]}”不对：{error}"))
    if faults:
        raise RuleInvalid(faults)
    rule = Rule(**values)
    if contradictions := tuple(_contradictions(rule)):
        raise RuleInvalid(contradictions)
    return rule


def clashes(rules: Iterable[Rule]) -> Iterable[tuple[Rule, RuleFault]]:
    """Rules that can not stand beside each other, the later one of each pair with its fault.

    The same id twice; or two rules in force of one issuer and rank on one question with the same
    scope, effect and channel, of which nothing says which is to be followed.
    """
    for one, other in combinations(tuple(rules), 2):
        if one.id == other.id:
            yield other, RuleFault("rule_id_twice", "id", f"编号 {other.id} 已被另一条规则使用，请换一个编号")
        elif _overlap(one, other):
            yield (
                other,
                RuleFault(
                    "rule_overlap", "", f"{other.id} 与 {one.id} 对同一范围作了不同规定：请用 effective_to 结束旧的一条"
                ),
            )


def _overlap(one: Rule, other: Rule) -> bool:
    """Whether two rules that are on say different things of the same, and nothing says which prevails."""
    same = all(
        getattr(one, name) == getattr(other, name)
        for name in ("question", "effect", "rank", "issuer", "scope", "channel", "counted_from", "effective_from")
    )
    apart = one.id in other.special_to or other.id in one.special_to or _subject(one) != _subject(other)
    return same and not apart and one.enabled and other.enabled and _says(one) != _says(other)


_NAMED = (Question.HOLD, Question.ENDING)
"""Questions whose rules name in `value` what they speak of: one rule for each hold and each end."""


def _subject(rule: Rule) -> object:
    return rule.value if rule.question in _NAMED else None


def _says(rule: Rule) -> tuple[object, ...]:
    """What a rule lays down, as far as two rules can differ in it."""
    return rule.value, rule.unit, rule.leads_to, rule.requires


def _unknown(row: Mapping[str, Any], known: frozenset[str]) -> Iterable[RuleFault]:
    for key in row:
        if key not in known:
            near = get_close_matches(str(key), known, n=1)
            yield RuleFault(
                "rule_key_unknown", str(key), f"不认识的项“{key}”" + (f"，是不是 {near[0]}？" if near else "")
            )


def _missing(row: Mapping[str, Any]) -> Iterable[RuleFault]:
    for key in _NEEDED:
        if row.get(key) in (None, ""):
            yield RuleFault("rule_key_missing", key, f"缺少 {key}：每条规则都要写明")


def _contradictions(rule: Rule) -> Iterable[RuleFault]:
    """What no single value shows: the checks of a whole rule, as a table."""
    table = (
        (
            not _measured(rule),
            RuleFault("rule_measure_wrong", "unit", f"{rule.question} 规则{_allowed(rule)}"),
        ),
        (
            rule.unit in _COUNTED and not (isinstance(rule.value, int) and rule.value > 0),
            RuleFault("rule_value_bad", "value", "按日、月、年、小时计的期限，value 必须是正整数"),
        ),
        (
            bool(rule.effective_from and rule.effective_to and rule.effective_to < rule.effective_from),
            RuleFault("rule_dates_reversed", "effective_to", "effective_to 早于 effective_from"),
        ),
        (
            not rule.enabled and not rule.turned_on_by,
            RuleFault("rule_off_unexplained", "turned_on_by", "未启用的规则要在 turned_on_by 写明由什么启用"),
        ),
        (
            rule.enabled and rule.needs_document and not rule.decided_by,
            RuleFault("rule_needs_document", "decided_by", "启用这条规则要在 decided_by 写明决定文号"),
        ),
        (
            bool(rule.reviewed_by) and rule.entered_by in ("", rule.reviewed_by),
            RuleFault("rule_same_person", "reviewed_by", "要写明录入人 entered_by，并且和审核人不是同一人"),
        ),
    )
    return (fault for wrong, fault in table if wrong)


def _measured(rule: Rule) -> bool:
    units, events = _MEASURES.get(rule.question, (frozenset(), frozenset()))
    return not units or (rule.unit in units and bool(rule.value) and (not events or rule.counted_from in events))


def _allowed(rule: Rule) -> str:
    units, events = _MEASURES.get(rule.question, (frozenset(), frozenset()))
    return f"要写 value；unit 为 {'、'.join(sorted(units))}；counted_from 为 {'、'.join(sorted(events)) or '空'}"


def _text(value: Any) -> str:
    if isinstance(value, Mapping | list):
        raise TypeError("这里应当是一段文字")
    return " ".join(str(value).split())


def _texts(value: Any) -> frozenset[str]:
    return frozenset(_listed(value))


def _listed(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("这里应当是列表，例如 [甲, 乙]")
    return tuple(_text(item) for item in value)


def _flag(value: Any) -> bool:
    found = _FLAGS.get(str(value).lower())
    if found is None:
        raise ValueError("只能是 true 或者 false")
    return found


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError("日期要写成 2026-03-02 的形式") from error


def _value(value: Any) -> int | str:
    text = _text(value)
    return int(text) if re.fullmatch(r"[0-9]+", text) else text


def _one_of(kind: type[Enum]) -> Callable[[Any], Any]:
    """Reads a member by its value, or by its name in small letters where the value is a number."""
    members = {str(m.value) if isinstance(m.value, str) else m.name.lower(): m for m in kind}

    def read(value: Any) -> Enum:
        if str(value) not in members:
            raise ValueError(f"只能是 {'、'.join(members)}")
        return members[str(value)]

    return read


def _ranks(value: Any) -> frozenset[Rank]:
    return frozenset(map(_one_of(Rank), _listed(value)))


def _channel(value: Any) -> str:
    if value not in CHANNELS:
        raise ValueError(f"只能是 {'、'.join(CHANNELS)}")
    return str(value)


def _scope(value: Any) -> Scope:
    if not isinstance(value, Mapping):
        raise TypeError("这里应当是若干项，例如 kinds: [penalty]")
    if faults := tuple(_unknown(value, _SCOPE_KEYS)):
        raise RuleInvalid(RuleFault(fault.code, f"scope.{fault.key}", fault.message) for fault in faults)
    read: dict[str, Any] = {key: _flag(item) if key == "social_effect" else _texts(item) for key, item in value.items()}
    return Scope(**read)


_READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_RULE_KEYS, _text),
    "question": _one_of(Question),
    "effect": _one_of(Effect),
    "rank": _one_of(Rank),
    "source": _one_of(Source),
    "unit": _one_of(Unit),
    "counted_from": _one_of(Event),
    "leads_to": _one_of(LeadsTo),
    "scope": _scope,
    "channel": _channel,
    "value": _value,
    "effective_from": _day,
    "effective_to": _day,
    "yields_to": _ranks,
    "special_to": _texts,
    "requires": _listed,
    "enabled": _flag,
    "needs_document": _flag,
}
