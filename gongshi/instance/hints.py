"""What the webmaster should know of the reference data, though nothing is wrong with it."""

from __future__ import annotations

from datetime import date

from gongshi.instance import Instance
from gongshi.law.calendar import calendar_warnings


def hints(instance: Instance, today: date) -> list[str]:
    """In Chinese, the most urgent first: a calendar that is missing, rules that wait for the city's decision."""
    waiting = len(instance.rules.waiting())
    decide = [f"有 {waiting} 条规则等待本市决定，没有决定的不启用：用 gongshi setup 查看和登记。"] if waiting else []
    return [*calendar_warnings(instance.calendar, today), *decide]
