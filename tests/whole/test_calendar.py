"""Days as the command line tells them: make-up days, the year's end, an unknown calendar, midnight in Shanghai."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner

from gongshi.cli import main

NUMBER = "松市监罚〔2026〕101号"
NEXT_YEAR = """\
year: 2027
document: 示例文件
holidays:
  - {from: 2027-01-01, to: 2027-01-05}
working_days: [2027-01-09]
"""


@pytest.fixture
def formed(commands: Any, row: Callable[..., Any], sheet: Callable[..., Any]) -> Callable[[str], Any]:
    """A penalty that was decided on a day, reviewed, and not public."""

    def make(day: str) -> Any:
        commands.today = day
        commands.publish(sheet("处罚.csv", [row("penalty", NUMBER, decided_on=day)]))
        return commands

    return make


def due(commands: Any, today: str) -> tuple[str, bool, bool]:
    """(legal due, provisional, overdue) of the one decision."""
    words = ["due", "--root", str(commands.root), "--today", today, "--json"]
    rows = json.loads(CliRunner().invoke(main, words).stdout)
    (row,) = [one for one in rows if one.get("number") == NUMBER]
    return row["legal_due"], row["provisional"], row["overdue"]


@pytest.mark.article("D27")
def test_make_up_days_count_and_the_day_after_the_last_is_late(formed: Callable[[str], Any]) -> None:
    commands = formed("2026-09-30")
    assert due(commands, "2026-10-15") == ("2026-10-15", False, False)
    assert due(commands, "2026-10-16") == ("2026-10-15", False, True)


@pytest.mark.article("D27")
def test_past_the_years_end_a_day_is_provisional_until_the_calendar_arrives(formed: Callable[[str], Any]) -> None:
    commands = formed("2026-12-28")
    assert due(commands, "2027-03-01") == ("2027-01-06", True, False)
    assert "暂定" in commands("due", today="2027-03-01").output
    (commands.root / "data/reference/holidays/2027.yml").write_text(NEXT_YEAR, encoding="utf-8")
    assert due(commands, "2027-01-09") == ("2027-01-09", False, False), "a Saturday that is worked"
    assert due(commands, "2027-01-10") == ("2027-01-09", False, True)


@pytest.mark.parametrize(
    ("today", "registered", "years"),
    [
        ("2026-09-30", False, ()),
        ("2026-10-01", False, ("2027",)),
        ("2026-12-31", False, ("2027",)),
        ("2027-01-04", False, ("2027",)),
        ("2027-10-08", False, ("2027", "2028")),
        ("2026-10-01", True, ()),
        ("2027-10-08", True, ("2028",)),
    ],
)
def test_a_missing_calendar_is_told_from_october_on(
    commands: Any, today: str, registered: bool, years: tuple[str, ...]
) -> None:
    if registered:
        (commands.root / "data/reference/holidays/2027.yml").write_text(NEXT_YEAR, encoding="utf-8")
    told = commands("due", today=today).stderr
    assert [year for year in ("2026", "2027", "2028") if f"{year} 年的放假安排还没有登记" in told] == list(years)


def test_a_rebuild_says_what_the_webmaster_has_to_see_to(commands: Any) -> None:
    done = commands("rebuild")
    assert "2027 年的放假安排还没有登记" in done.output
    assert "条规则等待本市决定" in done.output


_AT = """\
import sys
from datetime import UTC, datetime

import gongshi.cli
from gongshi.cli import base

instant = datetime.fromisoformat(sys.argv.pop(1)).replace(tzinfo=UTC)
base.machine_time = lambda: instant
base.main()
"""
"""A process whose machine's clock stands at the instant that it is given."""


@pytest.mark.parametrize(("utc", "code"), [("2026-10-15T15:59:00", 0), ("2026-10-15T16:01:00", 1)])
@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_the_citys_day_begins_at_midnight_in_shanghai_wherever_the_machine_stands(
    formed: Callable[[str], Any], utc: str, code: int, zone: str
) -> None:
    commands = formed("2026-09-30")
    words = [sys.executable, "-c", _AT, utc, "due", "--root", str(commands.root)]
    done = subprocess.run(words, env={**os.environ, "TZ": zone}, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert ("已超期 1 天" in done.stdout) is bool(code)
    assert ("截至 2026-10-16" in done.stdout) is bool(code)
