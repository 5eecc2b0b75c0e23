"""data/reference/holidays/<year>.yml: a year's holidays as the State Council announced them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gongshi.instance import form
from gongshi.instance.faults import Fault
from gongshi.instance.yaml_file import YamlFile
from gongshi.law.calendar import YearOverride

_WEEKEND = (5, 6)


def _days(value: Any) -> frozenset[date]:
    """A list of days, or of spans written {from: first day, to: last day}."""
    if not isinstance(value, list):
        raise TypeError("这里应当是列表，每条写一天，或者 {from: 第一天, to: 最后一天}")
    return frozenset(one for item in value for one in _span(item))


def _span(item: Any) -> list[date]:
    if not isinstance(item, dict):
        return [form.day(item)]
    if item.keys() != {"from", "to"}:
        raise ValueError("一段日期要写 from 和 to")
    first, last = form.day(item["from"]), form.day(item["to"])
    if last < first:
        raise ValueError(f"{last} 早于 {first}")
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _year(value: Any) -> int:
    return int(form.text(value))


_READERS: dict[str, Callable[[Any], Any]] = {
    "year": _year,
    "document": form.text,
    "holidays": _days,
    "working_days": _days,
}
_REQUIRED = ("year", "document", "holidays")


def read_holidays(folder: Path, root: Path, faults: list[Fault]) -> dict[int, YearOverride]:
    """The overrides of the folder by year; an empty or missing folder has none."""
    overrides: dict[int, YearOverride] = {}
    for path in sorted(folder.glob("*.yml")):
        file = YamlFile(path, root, faults)
        row = file.mapping()
        override = form.build(YearOverride, row, file, _READERS, _REQUIRED) if row else None
        if override is None:
            continue
        for message in _problems(override, path.stem):
            file.fault(1, "holidays_invalid", message)
        overrides[override.year] = override
    return overrides


def _problems(override: YearOverride, stem: str) -> list[str]:
    strangers = sorted(d for d in override.holidays | override.working_days if d.year != override.year)
    both = sorted(override.holidays & override.working_days)
    weekdays = sorted(d for d in override.working_days if d.weekday() not in _WEEKEND)
    table = (
        (stem != str(override.year), f"文件名应当是 {override.year}.yml"),
        (bool(strangers), f"{', '.join(map(str, strangers[:3]))} 不在 {override.year} 年"),
        (bool(both), f"{', '.join(map(str, both[:3]))} 既是放假又是上班"),
        (bool(weekdays), f"{', '.join(map(str, weekdays[:3]))} 本来就是工作日，不用写进 working_days"),
    )
    return [message for wrong, message in table if wrong]
