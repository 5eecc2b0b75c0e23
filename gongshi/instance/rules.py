"""data/reference/rules/*.yml: the rules of law, with file and line added to what is wrong with them."""

from __future__ import annotations

from pathlib import Path

from gongshi.instance.faults import Fault
from gongshi.instance.yaml_file import YamlFile
from gongshi.law.endings import FIELDS
from gongshi.law.rule import Question, Rule
from gongshi.law.rule_checks import clashes
from gongshi.law.rule_form import RuleInvalid, parse_rule
from gongshi.law.rules import RuleSet
from gongshi.records import DECISION_KINDS

_INDISPENSABLE = (Question.PUBLICATION, Question.TERM, Question.RETENTION, Question.MAJORITY)


def read_rules(folder: Path, root: Path, faults: list[Fault]) -> RuleSet:
    """All rules of the folder, in the order of their files' names; what is wrong goes to `faults`."""
    rules: list[tuple[Rule, YamlFile, int]] = []
    for path in sorted(folder.glob("*.yml")):
        file = YamlFile(path, root, faults)
        for row in file.mappings():
            try:
                rules.append((parse_rule(row.values), file, row.line))
            except RuleInvalid as error:
                for fault in error.faults:
                    file.fault(row.line_of(fault.key.partition(".")[0]), fault.code, fault.message)
    found = tuple(rule for rule, _, _ in rules)
    places = {id(rule): (file, line) for rule, file, line in rules}
    for rule, file, line in rules:
        for name in _unknown_fields(rule):
            file.fault(line, "rule_field_unknown", f"requires 里的“{name}”不是它所适用的记录的字段")
    for rule, fault in clashes(found):
        file, line = places[id(rule)]
        file.fault(line, fault.code, fault.message)
    if not faults:
        faults.extend(_absent(found, folder.relative_to(root).as_posix()))
    return RuleSet(found)


def _unknown_fields(rule: Rule) -> list[str]:
    """Fields that the rule requires and that nobody could fill: an end has its own, a decision its kind's."""
    if rule.question is Question.ENDING:
        return [name for name in rule.requires if name not in FIELDS]
    kinds = [kind for kind in DECISION_KINDS.values() if not rule.scope.kinds or kind.name in rule.scope.kinds]
    return [name for name in rule.requires if not all(name in kind.by_name for kind in kinds)]


def _absent(rules: tuple[Rule, ...], folder: str) -> list[Fault]:
    """Questions without which nothing can be judged: better to refuse than to judge wrongly."""
    answered = {rule.question for rule in rules if rule.enabled}
    missing = [question for question in _INDISPENSABLE if question not in answered]
    return [Fault(folder, 0, "rules_missing", f"没有一条启用的 {question} 规则") for question in missing]
