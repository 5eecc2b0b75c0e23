"""data/reference/rules/decided.yml: what the city decided on the rules that wait for it, each with its document.

The rules' own files stay as they were shipped; what a city turned on, from which day and by which
document is one row each here, written by `gongshi setup` and as readable as the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from gongshi.instance import form
from gongshi.instance.faults import Fault
from gongshi.instance.yaml_file import YamlFile
from gongshi.law.rule import Rule
from gongshi.law.rule_checks import clashes, contradictions
from gongshi.law.rule_form import amount
from gongshi.law.rules import RuleSet
from gongshi.system.files import write_safe

FILE = "decided.yml"
_HEAD = """# 市级决定：哪些待定规则启用或者不启用，依据哪份文件，由谁登记。一般用 gongshi setup 填写，也可以直接改。
# rule 规则编号；enabled 启用 true、不启用 false；document 决定文号；decided_on 从哪一天起；by 登记人；
# value 规则要求定下的数。
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One decision of the city: the rule, whether it is on, the document, from which day, who entered it.

    `value` is what the rule asks the city to set (Rule.asks), as text; empty where it asks nothing or
    the rule's own value stands.
    """

    rule: str
    document: str
    decided_on: date
    by: str
    enabled: bool = True
    value: str = ""


class DecisionUnusable(ValueError):
    """A decision that the rule can not take; `key` is the item that is wrong."""

    code = "decided_unusable"

    def __init__(self, key: str, message: str) -> None:
        self.key = key
        super().__init__(message)


_READERS: dict[str, Callable[[Any], Any]] = {
    "rule": form.text,
    "document": form.text,
    "decided_on": form.day,
    "by": form.text,
    "enabled": form.flag,
    "value": form.text,
}
_REQUIRED = ("rule", "document", "decided_on", "by")


def read_decided(folder: Path, root: Path, faults: list[Fault]) -> tuple[list[tuple[Decided, int]], YamlFile | None]:
    """The city's decisions with their lines, and their file; none where the file is not there."""
    path = folder / FILE
    if not path.exists():
        return [], None
    file = YamlFile(path, root, faults)
    rows = ((form.build(Decided, row, file, _READERS, _REQUIRED), row.line) for row in file.mappings())
    return [(decided, line) for decided, line in rows if decided is not None], file


def merge(rules: Iterable[Rule], decisions: Iterable[tuple[Decided, int]], file: YamlFile) -> dict[str, Rule]:
    """The rules that the decisions change, by id; what is wrong with a decision goes to its file's faults.

    Faults: decided_twice, decided_rule_unknown, decided_unusable.
    """
    known = {rule.id: rule for rule in rules}
    changed: dict[str, Rule] = {}
    for decided, line in decisions:
        if decided.rule in changed:
            file.fault(line, "decided_twice", f"规则 {decided.rule} 写了两次，只留最后的决定")
        elif decided.rule not in known:
            file.fault(line, "decided_rule_unknown", f"没有编号为 {decided.rule} 的规则，请核对")
        else:
            try:
                changed[decided.rule] = decide(known[decided.rule], decided)
            except DecisionUnusable as error:
                file.fault(line, error.code, str(error))
    return changed


def decide(rule: Rule, decided: Decided) -> Rule:
    """`rule` as the city decided on it. Raises DecisionUnusable."""
    if not rule.needs_document:
        raise DecisionUnusable("rule", f"规则 {rule.id} 不需要市里决定，请从 {FILE} 去掉这一条")
    on = replace(rule, enabled=decided.enabled, decided_by=decided.document, decided_on=decided.decided_on)
    return _with_value(on, decided.value) if decided.enabled or decided.value else on


def _with_value(rule: Rule, value: str) -> Rule:
    """With what the rule asks the city to set."""
    try:
        if rule.asks == "value":
            return replace(rule, value=_whole(value, rule)) if value else rule
        if rule.asks == "fine_at_most":
            return replace(rule, scope=replace(rule.scope, fine_at_most=amount(value)))
    except ValueError as error:
        raise DecisionUnusable(
            "value", f"规则 {rule.id} 要同时定下的数（--value {rule.id}=…，文件里的 value）不对：{error}"
        ) from error
    if value:
        raise DecisionUnusable("value", f"规则 {rule.id} 没有要定的数，请去掉 value")
    return rule


def _whole(value: str, rule: Rule) -> int:
    low, high = rule.between or (1, 100)
    if not (value.isdecimal() and low <= int(value) <= high):
        raise ValueError(f"要写 {low} 到 {high} 之间的整数")
    return int(value)


def record(instance_rules: RuleSet, folder: Path, root: Path, new: Iterable[Decided]) -> RuleSet:
    """Add the city's decisions to the file, each in the place of an earlier one on the same rule.

    The rules as they are then. Raises DecisionUnusable, with nothing written, where a rule can not take
    a decision or where rules would contradict each other.
    """
    rules = {rule.id: rule for rule in instance_rules}
    decisions = {decided.rule: decided for decided, _ in read_decided(folder, root, [])[0]}
    for decided in new:
        if decided.rule not in rules:
            raise DecisionUnusable("rule", f"没有编号为 {decided.rule} 的规则；用 gongshi setup 看有哪些。")
        rules[decided.rule] = decide(rules[decided.rule], decided)
        decisions[decided.rule] = decided
    wrong = [fault.message for one in decisions for fault in contradictions(rules[one])]
    wrong += [fault.message for _, fault in clashes(rules.values())]
    if wrong:
        raise DecisionUnusable("rule", "；".join(wrong))
    write_decided(folder, decisions.values())
    return RuleSet(tuple(rules.values()))


def write_decided(folder: Path, decisions: Iterable[Decided]) -> None:
    """Write all decisions in the order of their rules' ids; either whole or not at all."""
    rows = [_row(decided) for decided in sorted(decisions, key=lambda one: one.rule)]
    body = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=1000)
    write_safe(folder / FILE, f"{_HEAD}\n{body}".encode())


def _row(decided: Decided) -> dict[str, object]:
    row: dict[str, object] = {
        "rule": decided.rule,
        "enabled": decided.enabled,
        "document": decided.document,
        "decided_on": decided.decided_on,
        "by": decided.by,
    }
    return {**row, "value": decided.value} if decided.value else row
