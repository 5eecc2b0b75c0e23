"""data/reference/departments.yml: the departments, each checked against the regions and the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from stdnum.cn import uscc

from gongshi.instance import form
from gongshi.instance.yaml_file import YamlFile
from gongshi.law.rule_words import BODIES
from gongshi.records.city import Region
from gongshi.records.department import DatedName, Department

_REQUIRED = tuple(item.name for item in fields(Department) if item.default is MISSING)


def _names(value: Any) -> tuple[DatedName, ...]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise TypeError("这里应当是列表，每条写 {name: 名称, since: 启用日期}")
    if any(item.keys() != {"name", "since"} for item in value):
        raise ValueError("每个名称要写且只写 name 和 since 两项")
    return tuple(DatedName(form.text(item["name"]), form.day(item["since"])) for item in value)


_READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys((item.name for item in fields(Department)), form.text),
    "names": _names,
    "number_prefixes": form.texts,
    "submitters": form.texts,
    "reviewers": form.texts,
    "second_reviews": form.texts,
    "show_natural_names": form.flag,
}


def read_departments(file: YamlFile, regions: Mapping[str, Region]) -> dict[str, Department]:
    """The departments of the file by key; what is wrong goes to the file's faults."""
    departments: dict[str, Department] = {}
    names: dict[str, str] = {}
    for row in file.mappings():
        department = form.build(Department, row, file, _READERS, _REQUIRED)
        if department is None:
            continue
        for key, code, message in _problems(department, regions, departments, names):
            file.fault(row.line_of(key), code, message)
        departments.setdefault(department.key, department)
        names.update(dict.fromkeys((dated.name for dated in department.names), department.key))
    return departments


def nearest(asked: str, departments: Iterable[Department]) -> str:
    """The present or former name most like `asked`; empty where none is near."""
    names = [dated.name for department in departments for dated in department.names]
    inside = [name for name in names if asked and asked in name]
    return next(iter([*get_close_matches(asked, names, n=1, cutoff=0.4), *inside]), "")


def _problems(
    department: Department, regions: Mapping[str, Region], earlier: Mapping[str, Department], names: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """(key, code, message) of everything wrong with a department that has all its fields."""
    if not uscc.is_valid(department.key):
        yield "key", "department_key_invalid", f"“{department.key}”不是有效的统一社会信用代码"
    if department.key in earlier:
        yield "key", "department_key_twice", f"“{department.key}”已经登记过"
    if department.region not in regions:
        yield "region", "department_region_unknown", f"regions.yml 里没有区划代码“{department.region}”"
    if any(later.since <= before.since for before, later in pairwise(department.names)):
        yield "names", "department_names_order", "名称要按启用日期从早到晚排列"
    if taken := [dated.name for dated in department.names if names.get(dated.name, department.key) != department.key]:
        yield "names", "department_name_twice", f"“{taken[0]}”已是另一部门的名称"
    if strange := sorted(set(department.second_reviews) - set(BODIES)):
        yield "second_reviews", "department_body_unknown", f"没有“{strange[0]}”，只能是 {'、'.join(BODIES)}"
    if len(set(department.reviewers)) == 1 and set(department.reviewers) == set(department.submitters):
        yield "reviewers", "department_one_person", "提交人和审核人是同一个人：提交和审核必须是两个人"
