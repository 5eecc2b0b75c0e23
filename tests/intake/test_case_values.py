"""What a case file's cells say of moments and people."""

from __future__ import annotations

from datetime import datetime

import orjson
import pytest

from gongshi.intake.problems import Wrong
from gongshi.intake.values.instants import parse_instant
from gongshi.intake.values.persons import parse_persons


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-03-02 09:30", "2026-03-02T09:30+08:00"),
        ("2026-03-02T09:30:15", "2026-03-02T09:30+08:00"),
        ("2026-03-02T01:30:00Z", "2026-03-02T09:30+08:00"),
        ("2026-03-02T20:30+00:00", "2026-03-03T04:30+08:00"),
        ("2026年3月2日9时30分", "2026-03-02T09:30+08:00"),
        ("2026年3月2日 14点", "2026-03-02T14:00+08:00"),
        ("2026/3/2 9:05", "2026-03-02T09:05+08:00"),
        ("２０２６－０３－０２　０９：３０", "2026-03-02T09:30+08:00"),
        ("46083.395833333336", "2026-03-02T09:30+08:00"),
        (datetime(2026, 3, 2, 9, 30), "2026-03-02T09:30+08:00"),  # noqa: DTZ001 - as a spreadsheet has it
        ("2026-03-02", "2026-03-02"),
        ("二〇二六年三月二日", "2026-03-02"),
        ("46083", "2026-03-02"),
    ],
)
def test_moments_in_every_form(cell: object, moment: str) -> None:
    assert parse_instant(cell) == moment


@pytest.mark.parametrize(
    ("cell", "code"),
    [("2026-03-02 25:00", "E215"), ("2026-03-02 09:61", "E215"), ("2026-02-30 09:30", "E212"), ("昨天 9:30", "E211")],
)
def test_what_is_no_moment(cell: str, code: str) -> None:
    with pytest.raises(Wrong) as wrong:
        parse_instant(cell)
    assert wrong.value.code == code


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("张示一（吉A示例001）、李示二(吉A示例002)", [("张示一", "吉A示例001"), ("李示二", "吉A示例002")]),
        ("张示一", [("张示一", "")]),
        ("张示一（证号：吉A 示例001）；张示一（吉A示例001）", [("张示一", "吉A示例001")]),
        ("阿依古丽·示例（22070188001），巴特尔", [("阿依古丽·示例", "22070188001"), ("巴特尔", "")]),
    ],
)
def test_people_with_their_certificates(cell: str, people: list[tuple[str, str]]) -> None:
    assert [(one["name"], one["certificate"]) for one in orjson.loads(parse_persons(cell))] == people


@pytest.mark.parametrize("cell", ["（吉A示例001）", "张示一（吉A示例001", "、", "张示一）"])
def test_who_is_nobody(cell: str) -> None:
    with pytest.raises(Wrong) as wrong:
        parse_persons(cell)
    assert wrong.value.code == "E216"
