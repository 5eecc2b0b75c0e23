"""Invented officers: names with 示, certificates of a block of numbers that nobody issues."""

from __future__ import annotations

from gongshi.records.department import Department
from gongshi.records.registry.officer import SUSPENDED
from gongshi.sample.registry.values import SINCE, Record, district, place_number, plus_years

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN = "安博诚达恩方刚浩嘉凯岚敏宁平启瑞"
_BODIES = ("综合执法大队", "法规科", "行政审批办公室", "监督检查科")
_LAWYER = 2
"""Each department's second officer is its legal reviewer."""


def officers(department: Department, count: int, *, reviewer: bool = True, troubled: bool = False) -> list[Record]:
    """So many officers; the second reviews legally; of a `troubled` set the last two certificates do not hold."""
    found = [_officer(department, number, reviewer=reviewer) for number in range(1, count + 1)]
    if troubled:
        found[-1] |= {"valid_from": "2021-10-08", "valid_to": "2026-10-07"}
        found[-2] |= {"state": SUSPENDED, "state_on": "2026-09-15"}
    return found


def certificate(department: Department, number: int) -> str:
    """The certificate number of the department's officer: region, department, count."""
    return f"2207{place_number(department):02d}{number:05d}"


def _officer(department: Department, number: int, *, reviewer: bool) -> Record:
    first = f"202{number % 3 + 3}-0{number % 9 + 1}-15"
    at = place_number(department) + number
    lawyer = reviewer and number == _LAWYER
    record: Record = {
        "name": f"{_SURNAMES[at % len(_SURNAMES)]}示{_GIVEN[(at * 7 + number) % len(_GIVEN)]}",
        "certificate_number": certificate(department, number),
        "department_name": department.name,
        "body": _BODIES[1] if lawyer else _BODIES[number % len(_BODIES)],
        "acts": "行政处罚、行政检查、行政强制" if number % 3 else "行政许可、行政检查",
        "area": district(department),
        "issuer": "吉林省人民政府（示例）",
        "valid_from": first,
        "valid_to": plus_years(first, 5),
        "state": "有效",
        "effective_from": SINCE,
    }
    return record | ({"legal_reviewer": "是", "reviewer_filed_on": "2026-01-20"} if lawyer else {})
