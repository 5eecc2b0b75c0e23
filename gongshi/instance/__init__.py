"""An instance: one city's reference data, read from data/reference into values.

The edge between files and the law: everything that a webmaster edits is checked here, all faults at
once, each with file, line and a stable code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from gongshi.instance import form
from gongshi.instance.changes import read_changes
from gongshi.instance.checklists import FILE as CHECKLISTS
from gongshi.instance.checklists import read_checklists
from gongshi.instance.departments import nearest, read_departments
from gongshi.instance.faults import Fault, ReferenceInvalid, UnknownDepartment
from gongshi.instance.holidays import read_holidays
from gongshi.instance.recording import read_requirements
from gongshi.instance.roles import FILE as ROLES
from gongshi.instance.roles import read_roles
from gongshi.instance.rules import read_rules
from gongshi.instance.schedule import Schedule, read_schedule
from gongshi.instance.yaml_file import YamlFile
from gongshi.law.calendar import Calendar
from gongshi.law.recording.model import Requirement
from gongshi.law.review.checklists import Checklist
from gongshi.law.rules import RuleSet
from gongshi.records.changes import Change
from gongshi.records.city import City, Region
from gongshi.records.department import Department
from gongshi.records.roles import Roles

__all__ = ["Fault", "Instance", "ReferenceInvalid", "UnknownDepartment", "load"]

Files = tuple[tuple[str, bytes], ...]

REFERENCE = Path("data") / "reference"
_WEBSITE_ID = re.compile(r"\d{10}", re.ASCII)


@dataclass(frozen=True)
class Instance:
    """One city: its settings, departments by key, regions by code, rules, calendar, confirmed non-names, when its
    webmaster is called, what changed in laws and organisation (D25), and what a case file must hold (R7 to R38)."""

    root: Path
    city: City
    departments: Mapping[str, Department]
    regions: Mapping[str, Region]
    rules: RuleSet
    calendar: Calendar
    not_names: frozenset[str]
    schedule: Schedule = field(default_factory=Schedule)
    changes: tuple[Change, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    roles: Roles = field(default_factory=Roles)

    def department(self, key_or_name: str) -> Department:
        """The department of that key, or of that present or former name.

        Raises UnknownDepartment, which names the nearest.
        """
        asked = key_or_name.strip()
        if asked in self.departments:
            return self.departments[asked]
        for department in self.departments.values():
            if any(asked == dated.name for dated in department.names):
                return department
        raise UnknownDepartment(asked, nearest(asked, self.departments.values()))


_KEPT = 4
_READ: dict[Files, Instance] = {}
"""What the last files were read as."""


def load(root: Path) -> Instance:
    """The instance in `root`. Raises ReferenceInvalid with every fault of its reference data.

    A process reads the same files once: a rebuild, its status and its alarm ask one after the other.
    """
    files = _files(root / REFERENCE)
    if (found := _READ.get(files)) is None:
        found = _read(root)
        if files == _files(root / REFERENCE):  # nobody wrote meanwhile
            while len(_READ) >= _KEPT:
                _READ.pop(next(iter(_READ)), None)
            _READ[files] = found
    return replace(found, root=root)


def _files(folder: Path) -> Files:
    """Every file of reference data below `folder` by its name there, and its bytes."""
    found = sorted(path for path in folder.rglob("*.yml") if path.is_file())
    return tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in found)


def _read(root: Path) -> Instance:
    faults: list[Fault] = []
    folder = root / REFERENCE
    regions = _regions(YamlFile(folder / "regions.yml", root, faults))
    city = _city(YamlFile(folder / "city.yml", root, faults), regions)
    departments = read_departments(YamlFile(folder / "departments.yml", root, faults), regions)
    registered = None if any(fault.file.endswith("departments.yml") for fault in faults) else frozenset(departments)
    rules = read_rules(folder / "rules", root, faults, registered)
    requirements = read_requirements(folder / "rules", root, faults, rules)
    checklists = read_checklists(folder / "rules" / CHECKLISTS, root, faults)
    roles = read_roles(folder / ROLES, root, faults, registered)
    overrides = read_holidays(folder / "holidays", root, faults)
    not_names = _not_names(folder / "not_names.yml", root, faults)
    schedule = read_schedule(folder / "schedule.yml", root, faults)
    changes = read_changes(folder / "changes.yml", root, faults, registered)
    if faults or city is None:
        raise ReferenceInvalid(faults)
    calendar = Calendar(overrides)
    return Instance(
        root,
        city,
        departments,
        regions,
        rules,
        calendar,
        not_names,
        schedule,
        changes,
        requirements=requirements,
        checklists=checklists,
        roles=roles,
    )


_READERS_BY_TYPE: dict[type, Callable[[Any], Any]] = {bool: form.flag, int: form.number}
_CITY_READERS: dict[str, Callable[[Any], Any]] = {
    item.name: _READERS_BY_TYPE.get(type(item.default), form.text) for item in fields(City)
}
_CITY_READERS |= dict.fromkeys(("request_disclosure", "complaint", "site_errors"), form.way)
_CITY_REQUIRED = tuple(item.name for item in fields(City) if item.default is MISSING)
_REGION_READERS: dict[str, Callable[[Any], Any]] = {"code": form.text, "name": form.text, "abolished": form.flag}


def _city(file: YamlFile, regions: Mapping[str, Region]) -> City | None:
    row = file.mapping()
    city = form.build(City, row, file, _CITY_READERS, _CITY_REQUIRED) if row else None
    if row and city and city.region not in regions:
        file.fault(row.line_of("region"), "city_region_unknown", f"regions.yml 里没有区划代码“{city.region}”")
    if row and city and city.website_id and not _WEBSITE_ID.fullmatch(city.website_id):
        message = f"网站标识码应当是十位数字，这里是“{city.website_id}”"
        file.fault(row.line_of("website_id"), "city_website_id_invalid", message)
    return city


def _regions(file: YamlFile) -> dict[str, Region]:
    regions: dict[str, Region] = {}
    for row in file.mappings():
        region = form.build(Region, row, file, _REGION_READERS, ("code", "name"))
        if region is None:
            continue
        if len(region.code) != 6 or not region.code.isdigit():  # noqa: PLR2004 - GB/T 2260
            file.fault(row.line_of("code"), "region_code_invalid", f"区划代码“{region.code}”不是六位数字")
        if region.code in regions:
            file.fault(row.line_of("code"), "region_code_twice", f"区划代码“{region.code}”写了两次")
        regions[region.code] = region
    return regions


def _not_names(path: Path, root: Path, faults: list[Fault]) -> frozenset[str]:
    """The words that a reviewer confirmed not to be names; a city starts without the file."""
    return frozenset(word for word, _ in YamlFile(path, root, faults).texts()) if path.exists() else frozenset()
