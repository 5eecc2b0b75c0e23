"""data/reference/roles.yml: heads, legal bodies, archivists, legal reviewers, the pool and the supervisors.

A list: a row is of one department (`department`), of the city's pool (`pool: true`) or of the supervisors. A city
without the file has no offices: then nobody may read a case, and no legal review begins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from gongshi.instance import form
from gongshi.instance.faults import Fault
from gongshi.instance.yaml_file import Located, YamlFile
from gongshi.law.review.reviewers import Reviewer
from gongshi.records.roles import LEAST_HEADS, Offices, Roles, Supervisor

FILE = "roles.yml"
_OF_ROW = ("department", "pool", "heads", "legal_body", "archivists", "least_heads", "legal_reviewers", "supervisors")
_OF_REVIEWER = ("name", "certificate", "since", "until", "confirmed_by", "filed_on", "for")
ALL = "all"


def read_roles(path: Path, root: Path, faults: list[Fault], departments: Collection[str] | None) -> Roles:
    """The city's offices; what is wrong goes to `faults`. `departments` are the registered keys, None where unknown."""
    if not path.exists():
        return Roles()
    file = YamlFile(path, root, faults)
    offices: dict[str, Offices] = {}
    reviewers: list[Reviewer] = []
    supervisors: list[Supervisor] = []
    for row in file.mappings():
        for key in row.values:
            if key not in _OF_ROW:
                file.fault(row.line_of(key), "role_key_unknown", f"不认识的项“{key}”，只有 {'、'.join(_OF_ROW)}")
        department = str(row.values.get("department") or "")
        if department and departments is not None and department not in departments:
            file.fault(row.line_of("department"), "role_department_unknown", f"没有登记的部门“{department}”")
        if department in offices:
            file.fault(row.line_of("department"), "role_department_twice", f"部门“{department}”写了两次")
        if department and (read := _offices(department, row, file)):
            offices[department] = read
        reviewers.extend(_reviewers(department, row, file))
        supervisors.extend(_supervisors(row, file))
    return Roles(offices=offices, reviewers=tuple(reviewers), supervisors=tuple(supervisors))


def _offices(department: str, row: Located, file: YamlFile) -> Offices | None:
    values = row.values
    try:
        return Offices(
            department=department,
            heads=form.texts(values.get("heads") or []),
            legal_body=form.text(values.get("legal_body") or ""),
            archivists=form.texts(values.get("archivists") or []),
            least_heads=form.number(str(values.get("least_heads") or LEAST_HEADS)),
        )
    except (TypeError, ValueError) as error:
        file.fault(row.line, "role_value_bad", f"部门“{department}”的写法不对：{error}")
        return None


def _reviewers(department: str, row: Located, file: YamlFile) -> Iterator[Reviewer]:
    """A department's reviewers are its own; one of the pool is for those it names."""
    for said in row.values.get("legal_reviewers") or []:
        values: Mapping[str, Any] = said if isinstance(said, Mapping) else {}
        line = row.line_of("legal_reviewers")
        strange = [key for key in values if key not in _OF_REVIEWER]
        if strange or not values.get("name") or not values.get("since"):
            file.fault(line, "role_reviewer", f"法制审核人员要写 name 和 since，可以写 {'、'.join(_OF_REVIEWER)}")
            continue
        try:
            yield Reviewer(
                name=form.text(values["name"]),
                certificate=form.text(values.get("certificate") or ""),
                departments=frozenset([department] if department else form.texts(values.get("for") or [])),
                since=form.day(values["since"]),
                until=_day(values.get("until")),
                confirmed_by=form.text(values.get("confirmed_by") or ""),
                filed_on=_day(values.get("filed_on")),
                pool=not department,
            )
        except (TypeError, ValueError) as error:
            file.fault(line, "role_value_bad", f"“{values['name']}”的写法不对：{error}")


def _supervisors(row: Located, file: YamlFile) -> Iterator[Supervisor]:
    for said in row.values.get("supervisors") or []:
        values: Mapping[str, Any] = said if isinstance(said, Mapping) else {}
        over = values.get("departments")
        if not values.get("name") or not (over == ALL or isinstance(over, list)):
            told = "监督人员要写 name，以及 departments: all 或者部门代码的列表"
            file.fault(row.line_of("supervisors"), "role_supervisor", told)
            continue
        yield Supervisor(name=form.text(values["name"]), departments=frozenset(() if over == ALL else form.texts(over)))


def _day(value: Any) -> date | None:
    return form.day(value) if value else None
