"""data/reference/rules/*.yml: the rules of law, with file and line added to what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gongshi.instance.checklists import FILE as CHECKLISTS
from gongshi.instance.decided import FILE, merge, read_decided
from gongshi.instance.faults import Fault
from gongshi.instance.recording import is_recording
from gongshi.instance.yaml_file import YamlFile
from gongshi.law.endings import FIELDS
from gongshi.law.rule import Question, Rule
from gongshi.law.rule_checks import RuleFault, clashes, contradictions
from gongshi.law.rule_form import RuleInvalid, parse_rule
from gongshi.law.rules import RuleSet
from gongshi.records import DECISION_KINDS, SUBMITTED_KINDS
from gongshi.records.common import WITHHOLD_GROUNDS
from gongshi.records.party import PARTY_TYPES
from gongshi.records.penalty import PENALTY_CLASSES, PROCEDURES, SEVERITIES

_INDISPENSABLE = (Question.PUBLICATION, Question.TERM, Question.RETENTION, Question.MAJORITY)
_OUTCOMES = tuple(c for kind in DECISION_KINDS.values() if (f := kind.by_name.get("outcome")) for c in f.choices)
_WORDS: dict[str, tuple[str, ...]] = {
    "kinds": tuple(SUBMITTED_KINDS),
    "party_types": PARTY_TYPES,
    "penalty_classes": PENALTY_CLASSES,
    "only_penalty_classes": PENALTY_CLASSES,
    "penalty_classes_except": PENALTY_CLASSES,
    "outcomes": _OUTCOMES,
    "outcomes_except": _OUTCOMES,
    "procedures": PROCEDURES,
    "procedures_except": PROCEDURES,
    "severities": SEVERITIES,
    "grounds": WITHHOLD_GROUNDS,
}
"""The closed vocabularies of a scope: a word outside them would make a rule that never applies."""


def read_rules(folder: Path, root: Path, faults: list[Fault], departments: frozenset[str] | None = None) -> RuleSet:
    """All rules of the folder, in the order of their files' names, as the city decided on them.

    What is wrong goes to `faults`. `departments` are the registered keys; None where they are not known.
    """
    places: dict[str, tuple[YamlFile, int]] = {}
    read: list[Rule] = []
    for path in sorted(folder.glob("*.yml")):
        if path.name not in (FILE, CHECKLISTS) and not is_recording(path):
            for rule, file, line in _file(YamlFile(path, root, faults)):
                for fault in _strange(rule, departments):
                    file.fault(line, fault.code, fault.message)
                if rule.id in places:
                    used, at = places[rule.id]
                    message = f"编号 {rule.id} 已被 {used.name} 第 {at} 行的规则使用，请换一个编号"
                    file.fault(line, "rule_id_twice", message)
                else:
                    read.append(rule)
                    places[rule.id] = (file, line)
    rules = _decided(read, folder, root, faults)
    for rule, fault in clashes(rules):
        file, line = places[rule.id]
        file.fault(line, fault.code, fault.message)
    if not faults:
        faults.extend(_absent(rules, folder.relative_to(root).as_posix()))
    return RuleSet(rules)


def _file(file: YamlFile) -> Iterator[tuple[Rule, YamlFile, int]]:
    """The rules of one file with their lines."""
    for row in file.mappings():
        try:
            yield parse_rule(row.values), file, row.line
        except RuleInvalid as error:
            for fault in error.faults:
                file.fault(row.line_of(fault.key.partition(".")[0]), fault.code, fault.message)


def _decided(rules: list[Rule], folder: Path, root: Path, faults: list[Fault]) -> tuple[Rule, ...]:
    """The rules with the city's decisions laid over them."""
    decisions, file = read_decided(folder, root, faults)
    if file is None:
        return tuple(rules)
    changed = merge(rules, decisions, file)
    lines = {decided.rule: line for decided, line in decisions}
    for rule in changed.values():
        for fault in contradictions(rule):
            file.fault(lines[rule.id], fault.code, fault.message)
    return tuple(changed.get(rule.id, rule) for rule in rules)


def _strange(rule: Rule, departments: frozenset[str] | None) -> Iterator[RuleFault]:
    """Words of a rule that nothing else knows: most likely mistyped."""
    for name in _unknown_fields(rule):
        message = f"requires 里的“{name}”不是它所适用的记录的字段"
        yield RuleFault("rule_field_unknown", "requires", message)
    for dimension, words in _WORDS.items():
        for word in sorted(getattr(rule.scope, dimension) - set(words)):
            message = f"规则 {rule.id} 的 {dimension} 里没有“{word}”这个词，只能是 {'、'.join(words)}"
            yield RuleFault("rule_word_unknown", "scope", message)
    for key in sorted(rule.scope.departments - departments) if departments is not None else ():
        message = f"规则 {rule.id} 的 departments 里有未登记的部门“{key}”"
        yield RuleFault("rule_department_unknown", "scope", message)


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
