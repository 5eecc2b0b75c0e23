"""The sample's annual figures of a year that is over: invented, and adding up."""

from __future__ import annotations

from gongshi.records.department import Department
from gongshi.records.registry.annual import CHARGE, COERCION, FORFEITED, INSPECTION, LEVY, LICENCE, PENALTY, TOTAL
from gongshi.sample.registry.values import Record, place_number

_YEAR, _SINCE = "2025", "2026-01-20"
_NUMBERS = (
    (LICENCE, "申请", 320, 0),
    (LICENCE, "受理", 312, 0),
    (LICENCE, "许可", 305, 0),
    (LICENCE, "不予许可", 7, 0),
    (LICENCE, "撤销许可", 1, 0),
    (PENALTY, "警告", 24, 0),
    (PENALTY, "罚款", 96, 0),
    (PENALTY, "没收违法所得和非法财物", 31, 0),
    (PENALTY, "责令停产停业", 3, 0),
    (PENALTY, "吊销许可证件", 2, 0),
    (PENALTY, TOTAL, 156, 0),
    (PENALTY, FORFEITED, 0, 486200),
    (COERCION, "查封场所、设施或者财物", 9, 0),
    (COERCION, "扣押财物", 14, 0),
    (COERCION, TOTAL, 23, 0),
    (LEVY, TOTAL, 18, 1250000),
    (CHARGE, TOTAL, 42, 36500),
    (INSPECTION, TOTAL, 640, 0),
)
"""Act, entry, count, yuan; 0 for what is not declared."""


def annual(department: Department) -> Record:
    """What the department declares of last year; larger numbers for the first of the list."""
    times = max(1, 8 - place_number(department))
    numbers = [
        {"act": act, "entry": entry, **_filled(count=count * times, amount=yuan * times)}
        for act, entry, count, yuan in _NUMBERS
    ]
    return {
        "title": f"{department.name}{_YEAR}年度行政执法数据",
        "year": _YEAR,
        "numbers": numbers,
        "note": "按国务院办公厅的统计口径填报；一件决定有几种处罚的，只计最重的一种（示例）。",
        "effective_from": _SINCE,
        "secrecy_checked": "是",
    }


def _filled(**numbers: int) -> dict[str, str]:
    return {name: str(number) for name, number in numbers.items() if number}
