"""data/reference/rules/checklists.yml: what a legal review is given, told and looks at (L6, L7, L8)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gongshi.instance import form
from gongshi.instance.faults import Fault
from gongshi.instance.yaml_file import Located, YamlFile
from gongshi.law.review.checklists import CHECKLISTS, Checklist, Item
from gongshi.records.cases.vocabulary import CIRCUMSTANCES, tokens

FILE = "checklists.yml"


def read_checklists(path: Path, root: Path, faults: list[Fault]) -> Mapping[str, Checklist]:
    """The three checklists by id; what is wrong, or missing, goes to `faults`. A city without the file has none."""
    if not path.exists():
        return {}
    file = YamlFile(path, root, faults)
    found: dict[str, Checklist] = {}
    for row in file.listed("checklists"):
        checklist = Checklist(
            id=str(row.values.get("id", "")),
            article=str(row.values.get("article", "")),
            items=tuple(item for said in row.values.get("items") or () if (item := _item(said, row, file))),
        )
        if checklist.id not in CHECKLISTS:
            file.fault(
                row.line_of("id"), "checklist_unknown", f"没有“{checklist.id}”这份清单，只有 {'、'.join(CHECKLISTS)}"
            )
        found[checklist.id] = checklist
    for missing in sorted(set(CHECKLISTS) - found.keys()):
        file.fault(0, "checklist_missing", f"缺少清单 {missing}")
    return found


def _item(said: Any, row: Located, file: YamlFile) -> Item | None:
    values: Mapping[str, Any] = said if isinstance(said, Mapping) else {}
    line = row.line_of("items")
    if not values.get("code") or not values.get("label"):
        file.fault(line, "checklist_item", "清单的每一项都要写 code 和 label")
        return None
    named, when = values.get("lines") or [], values.get("required_when") or {}
    if not isinstance(named, list) or not all(isinstance(one, str) for one in named):
        file.fault(line, "checklist_item", f"第 {values['code']} 项的 lines 要写成列表，例如 [文书, 文书]")
        return None
    if not isinstance(when, Mapping) or not all(isinstance(one, str) for pair in when.items() for one in pair):
        file.fault(
            line, "checklist_item", f"第 {values['code']} 项的 required_when 要写成 情形: 文书，一种情形一份文书"
        )
        return None
    lines = tuple(named)
    for word in sorted({*lines, *when.values()} - tokens() | when.keys() - CIRCUMSTANCES.keys()):
        file.fault(line, "checklist_word_unknown", f"第 {values['code']} 项里没有“{word}”这个词")
    return Item(
        code=str(values["code"]),
        label=str(values["label"]),
        lines=lines,
        required_when={str(what): str(document) for what, document in when.items()},
        optional=form.flag(values.get("optional") or "false"),
    )
