"""Reviews past their day and records past their hour are told, without anybody's name and without a scan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from gongshi.instance import Instance
from gongshi.law.review.words import Event
from gongshi.lifecycle.cases.late import late_cases, records_late
from gongshi.lifecycle.cases.late import render_text as render_late
from gongshi.lifecycle.legal.due import render_text, reviews_due
from gongshi.store import Store, verify
from gongshi.store.cases import lines
from gongshi.store.operations import Operation
from gongshi.watch.standing import Look, standing
from tests.lifecycle.legal.casework import CASE, HANDLER, REVIEWER, begin, case_said, instance, line_said, take, write
from tests.plans import scans, statements

START = datetime.fromisoformat("2026-03-03T09:00+08:00")
NOW = datetime.fromisoformat("2026-03-25T00:00+08:00")


@pytest.fixture(scope="module")
def city() -> Instance:
    return instance()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data" / "store.db") as opened:
        begin(opened, START)
        yield opened


def case_of(store: Store, name: str, **shown: object) -> None:
    said = case_said(major=False)
    write(store, START, (Operation.CASE, said | {"key": name, "shown": said["shown"] | shown}), case=name)


def end(store: Store, name: str, ended_on: str) -> None:
    case_of(store, name, ended_on=ended_on)


def late(store: Store, city: Instance, code: str, now: datetime = NOW) -> list[str]:
    return [row.case for row in late_cases(store, city, now, code)]


def recording(line: str, at: str, stored_at: str = "") -> tuple[Operation, dict[str, object]]:
    said = line_said(line, "recording")
    return Operation.CASE_RECORD, said | {
        "shown": said["shown"] | {"medium": "video", "at": at, "stored_at": stored_at}
    }


@pytest.mark.article("L6", "L11")
def test_a_review_is_told_when_its_day_is_near_and_when_it_is_over(store: Store, city: Instance) -> None:
    take(store, city, Event.SUBMIT, HANDLER, START)
    take(store, city, Event.RECEIVE, REVIEWER, START)
    told = {day: reviews_due(store, city, date(2026, 3, day)) for day in (3, 9, 12, 13)}
    assert told[3] == []
    assert [(row.overdue, row.soon) for day in (9, 12, 13) for row in told[day]] == [(False, True)] * 2 + [(True, True)]
    text = render_text(told[13], date(2026, 3, 13))
    assert "审核期限 2026-03-12，已超期 1 天" in text
    assert [who for who in (HANDLER, REVIEWER) if who in text + json.dumps(told[13][0].to_json())] == []
    take(store, city, Event.REQUEST_MATERIALS, REVIEWER, START, until="2026-03-04")
    (row,) = reviews_due(store, city, date(2026, 3, 5))
    assert (row.section, row.materials_late) == ("法制审核材料逾期未补", True)
    take(store, city, Event.SUPPLEMENT, HANDLER, START)
    take(store, city, Event.OPINE, REVIEWER, START)
    assert reviews_due(store, city, date(2026, 3, 13)) == []


@pytest.mark.article("R32")
def test_a_case_that_ended_is_late_for_the_archive_after_its_term_until_it_lies_there(
    store: Store, city: Instance
) -> None:
    for name, day in (("1" * 16, "2026-02-10"), ("2" * 16, "2026-02-12"), ("3" * 16, "2026-03-20"), ("4" * 16, "")):
        end(store, name, day)
    assert late(store, city, "files_late") == ["1" * 16, "2" * 16]
    archive = line_said("9", "archive") | {"sheet": "archive"}
    write(store, START, (Operation.CASE_RECORD, archive), case="1" * 16)
    assert late(store, city, "files_late") == ["2" * 16]
    assert verify(store).ok


@pytest.mark.article("R8")
def test_an_urgent_start_is_late_after_its_hours_until_it_is_filed(store: Store, city: Instance) -> None:
    urgent = {"circumstances": ["urgent"], "started_at": "2026-03-24T00:00+08:00"}
    case_of(store, "1" * 16, **urgent)
    case_of(store, "2" * 16, **urgent | {"started_at": "2026-03-23"})
    case_of(store, "3" * 16, **urgent | {"circumstances": []})
    assert late(store, city, "filing_late", NOW - timedelta(hours=1)) == []
    (one, _) = late_cases(store, city, NOW + timedelta(hours=2, minutes=5), "filing_late")
    assert (one.case, one.due, one.late, one.requirement) == (
        "2" * 16,
        "2026-03-24T23:59+08:00",
        "2 小时 6 分",
        "R8-urgent",
    )
    case_of(store, "1" * 16, **urgent, filed_at="2026-03-27T00:00+08:00", filled=["filed_at"])
    assert late(store, city, "filing_late", NOW + timedelta(hours=3)) == ["2" * 16]


@pytest.mark.article("R32")
def test_a_recording_is_late_after_its_hours_until_it_is_stored_or_the_vault_has_it(
    store: Store, city: Instance
) -> None:
    write(
        store,
        START,
        recording("r1", "2026-03-23T10:00+08:00"),
        recording("r2", "2026-03-24T10:00+08:00"),
        recording("r3", "2026-03-20T10:00+08:00", "2026-03-23T10:00+08:00"),
    )
    (row,) = late_cases(store, city, NOW, "storing_late")
    assert (row.lines, row.late) == (("r1",), "14 小时")
    text = render_late(records_late(store, city, NOW))
    assert "音像记录逾期没有储存 1 件" in text
    assert (
        "（序号 r1）　期限 2026-03-24 10:00，已超过 14 小时（《松原市行政执法全过程记录实施办法》第三十二条第三款）"
        in text
    )
    held = {"line": "r1", "sha256": "a" * 64, "size": 5, "medium": "video", "made_at": "", "stored_at": "2026-03-25"}
    write(store, START, (Operation.EVIDENCE, held), recording("r1", "2026-03-23T10:00+08:00"))
    assert late(store, city, "storing_late") == []
    assert [(line.stored_at, "stored_at" in line.filled) for line in lines(store, CASE) if line.line == "r1"] == [
        ("2026-03-25", True)
    ]
    assert verify(store).ok


def test_the_watch_tells_all_of_it_and_reads_nothing_else(store: Store, city: Instance, tmp_path: Path) -> None:
    take(store, city, Event.SUBMIT, HANDLER, START)
    take(store, city, Event.RECEIVE, REVIEWER, START)
    take(store, city, Event.REQUEST_MATERIALS, REVIEWER, START, until="2026-03-04")
    end(store, "1" * 16, "2026-02-10")
    case_of(store, "2" * 16, circumstances=["urgent"])
    write(store, START, recording("r1", "2026-03-20"))
    with statements(store) as heard:
        matters = {one.code: one.ids for one in standing(Look(store, city, tmp_path, date(2026, 3, 25)))}
    told = ("reviews_overdue", "materials_late", "storing_late", "files_late", "filing_late")
    assert [matters[code] for code in told] == [(CASE,), (CASE,), (CASE,), ("1" * 16,), ("2" * 16,)]
    assert [step for step in scans(store, heard) if "case" in step] == []
