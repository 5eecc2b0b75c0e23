"""data/reference/changes.yml: which laws and departments changed, and since when. A city starts without the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from gongshi.instance import form
from gongshi.instance.faults import Fault
from gongshi.instance.yaml_file import YamlFile
from gongshi.records.changes import KINDS_OF_CHANGE, Change


def _laws(value: Any) -> frozenset[str]:
    laws = form.texts(value)
    if bare := [law for law in laws if not (law.startswith("《") and law.endswith("》"))]:
        raise ValueError(f"“{bare[0]}”要写全称并带书名号，例如《中华人民共和国食品安全法》")
    return frozenset(laws)


def _what(value: Any) -> str:
    said = form.text(value)
    if said not in KINDS_OF_CHANGE:
        raise ValueError(f"只能是 {'、'.join(KINDS_OF_CHANGE)}")
    return said


_READERS: dict[str, Callable[[Any], Any]] = {
    "id": form.text,
    "on": form.day,
    "what": _what,
    "document": form.text,
    "laws": _laws,
    "departments": lambda value: frozenset(form.texts(value)),
    "note": form.text,
}
_REQUIRED = ("id", "on", "what", "document")


def read_changes(
    path: Path, root: Path, faults: list[Fault], departments: frozenset[str] | None = None
) -> tuple[Change, ...]:
    """The changes in the order of the file; none where there is no file.

    `departments` are the registered keys; None where they are not known. Faults: change_id_twice,
    change_without_object, change_department_unknown, and those of every file.
    """
    if not path.exists():
        return ()
    file = YamlFile(path, root, faults)
    changes: dict[str, Change] = {}
    for row in file.mappings():
        change = form.build(Change, row, file, _READERS, _REQUIRED)
        if change is None:
            continue
        for key, code, message in _problems(change, changes, departments):
            file.fault(row.line_of(key), code, message)
        changes.setdefault(change.id, change)
    return tuple(changes.values())


def _problems(
    change: Change, earlier: dict[str, Change], departments: frozenset[str] | None
) -> Iterator[tuple[str, str, str]]:
    """(key, code, message) of everything wrong with a change that has all its fields."""
    if change.id in earlier:
        yield "id", "change_id_twice", f"编号“{change.id}”写了两次，请换一个"
    if not change.laws and not change.departments:
        yield "id", "change_without_object", "要写 laws（哪些法律）或者 departments（哪些部门），至少一项"
    for key in sorted(change.departments - departments) if departments is not None else ():
        yield "departments", "change_department_unknown", f"departments 里有未登记的部门“{key}”"
