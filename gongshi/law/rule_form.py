"""From a mapping, as it stands in data/reference/rules, to a Rule; every fault of it at once.

Pure: files and lines are the caller's (gongshi/instance).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import Enum
from typing import Any

from gongshi.law.rule import EVERY_CHANNEL, PLATFORM, Effect, Event, LeadsTo, Question, Rank, Rule, Source, Unit
from gongshi.law.rule_checks import ASKED, RuleFault, contradictions
from gongshi.law.scope import Scope

CHANNELS = (PLATFORM, "credit_system", "national_publicity_system", EVERY_CHANNEL)
_RULE_KEYS = frozenset(item.name for item in fields(Rule))
_NEEDED = tuple(item.name for item in fields(Rule) if item.default is MISSING and item.default_factory is MISSING)
_SCOPE_KEYS = frozenset(item.name for item in fields(Scope))
_FLAGS = {"true": True, "false": False}


class RuleInvalid(ValueError):
    """A row is not a rule; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[RuleFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("；".join(fault.message for fault in self.faults))


def parse_rule(row: Mapping[str, Any]) -> Rule:
    """The rule that `row` states. Raises RuleInvalid with all faults."""
    faults = [*unknown_keys(row, _RULE_KEYS), *_missing(row)]
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
    if wrong := tuple(contradictions(rule)):
        raise RuleInvalid(wrong)
    return rule


def unknown_keys(keys: Iterable[Any], known: frozenset[str], code: str = "rule_key_unknown") -> Iterable[RuleFault]:
    """A fault for each key that is not `known`, with the nearest that is."""
    for key in keys:
        if key not in known:
            near = get_close_matches(str(key), known, n=1)
            yield RuleFault(code, str(key), f"不认识的项“{key}”" + (f"，是不是 {near[0]}？" if near else ""))


def _missing(row: Mapping[str, Any]) -> Iterable[RuleFault]:
    for key in _NEEDED:
        if row.get(key) in (None, ""):
            yield RuleFault("rule_key_missing", key, f"缺少 {key}：每条规则都要写明")


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


def amount(value: Any) -> Decimal:
    """An amount of yuan. Raises ValueError in Chinese."""
    try:
        found = Decimal(_text(value))
    except InvalidOperation as error:
        raise ValueError("要写成以元为单位的数字，例如 3000") from error
    if not found.is_finite() or found <= 0:
        raise ValueError("金额必须大于零")
    return found


def _span(value: Any) -> tuple[int, ...]:
    numbers = tuple(int(item) for item in _listed(value) if re.fullmatch(r"[0-9]+", item))
    if len(numbers) != 2 or numbers[0] > numbers[1]:  # noqa: PLR2004 - from and to
        raise ValueError("要写成 [最小, 最大] 两个整数")
    return numbers


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


def _asked(value: Any) -> str:
    if value not in ASKED:
        raise ValueError(f"只能是 {'、'.join(ASKED)}")
    return str(value)


def _scope(value: Any) -> Scope:
    if not isinstance(value, Mapping):
        raise TypeError("这里应当是若干项，例如 kinds: [penalty]")
    if faults := tuple(unknown_keys(value, _SCOPE_KEYS)):
        raise RuleInvalid(RuleFault(fault.code, f"scope.{fault.key}", fault.message) for fault in faults)
    read: dict[str, Any] = {}
    for key, item in value.items():
        reader: Callable[[Any], Any] = _SCOPE_READERS.get(key, _texts)
        read[key] = reader(item)
    return Scope(**read)


_SCOPE_READERS: dict[str, Callable[[Any], Any]] = {
    "social_effect": _flag,
    "fine_at_most": amount,
    "fine_at_least": amount,
    "confiscated_at_least": amount,
    "heard": _flag,
}
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
    "decided_on": _day,
    "asks": _asked,
    "between": _span,
}


def reader_of(key: str) -> Callable[[Any], Any]:
    """What reads a value of that key of a rule; it raises ValueError or TypeError in Chinese."""
    return _READERS[key]
