"""data/reference/rules/recording*.yml: what a complete case file holds, each requirement with its article.

A file says once from which instrument its requirements come, lists them, and gives the words of every article that
they cite. A department's own list of what it records in full (S2.2) is a file more: it can only add.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gongshi.instance.faults import Fault
from gongshi.instance.yaml_file import YamlFile
from gongshi.law.recording.form import HEAD, Words, parse_requirement
from gongshi.law.recording.model import Requirement
from gongshi.law.rules import RuleSet
from gongshi.records import DECISION_KINDS
from gongshi.records.cases import vocabulary
from gongshi.records.cases.case import CASE
from gongshi.records.cases.lines import LINES
from gongshi.records.cases.shown import CERTIFICATES

_PREFIX = "recording"


def is_recording(path: Path) -> bool:
    """Whether a file of the folder of rules holds requirements and no rules."""
    return path.name.startswith(_PREFIX)


def read_requirements(folder: Path, root: Path, faults: list[Fault], rules: RuleSet) -> tuple[Requirement, ...]:
    """All requirements, in the order of the files' names. What is wrong goes to `faults`."""
    words = _words(rules)
    found: dict[str, Requirement] = {}
    for path in sorted(folder.glob(f"{_PREFIX}*.yml")):
        file = YamlFile(path, root, faults)
        for requirement, line in _file(file, words):
            if requirement.id in found:
                file.fault(line, "requirement_id_twice", f"编号 {requirement.id} 写了两次，请换一个编号")
            found[requirement.id] = requirement
    return tuple(found.values())


def _file(file: YamlFile, words: Words) -> Iterator[tuple[Requirement, int]]:
    """The requirements of one file with their lines."""
    whole = file.mapping()
    if whole is None:
        return
    head = {key: whole.values[key] for key in HEAD if key in whole.values}
    articles = {str(name): str(text) for name, text in (whole.values.get("articles") or {}).items()}
    for row in file.listed("requirements"):
        found = parse_requirement({**head, **row.values}, articles, words)
        if isinstance(found, Requirement):
            yield found, row.line
        else:
            for fault in found:
                file.fault(row.line_of(fault.key), fault.code, fault.message)


def _words(rules: RuleSet) -> Words:
    return Words(
        kinds=tuple(DECISION_KINDS),
        procedures=tuple(vocabulary.PROCEDURES),
        tokens=vocabulary.tokens(),
        media=tuple(vocabulary.MEDIA),
        signers=tuple(vocabulary.SIGNERS),
        circumstances=tuple(vocabulary.CIRCUMSTANCES),
        contents=vocabulary.CONTENTS,
        fields={field.name for kind in LINES for field in kind.fields} | {"evidence", CERTIFICATES},
        case_fields=frozenset(CASE.by_name),
        documents=tuple(vocabulary.documents().values()),
        terms=frozenset(rule.id for rule in rules.rules),
    )
