"""Reviews past their day and files that lie in no archive are told, without anybody's name and without a scan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from gongshi.instance import Instance
from gongshi.law.review.words import Event
from gongshi.lifecycle.cases.archiving import archived_late
from gongshi.lifecycle.legal.due import render_text, reviews_due
from gongshi.store import Store, verify
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


def end(store: Store, name: str, ended_on: str) -> None:
    said = case_said(major=False)
    write(
        store, START, (Operation.CASE, said | {"key": name, "shown": said["shown"] | {"ended_on": ended_on}}), case=name
    )


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
    assert [case.id for case in archived_late(store, city, NOW)] == ["1" * 16, "2" * 16]
    archive = line_said("9", "archive") | {"sheet": "archive"}
    write(store, START, (Operation.CASE_RECORD, archive), case="1" * 16)
    assert [case.id for case in archived_late(store, city, NOW)] == ["2" * 16]
    assert verify(store).ok


def test_the_watch_tells_both_and_reads_nothing_else(store: Store, city: Instance, tmp_path: Path) -> None:
    take(store, city, Event.SUBMIT, HANDLER, START)
    end(store, "1" * 16, "2026-02-10")
    with statements(store) as heard:
        matters = {one.code: one.ids for one in standing(Look(store, city, tmp_path, date(2026, 3, 25)))}
    assert (matters["reviews_overdue"], matters["files_late"]) == ((CASE,), ("1" * 16,))
    assert [step for step in scans(store, heard) if "case" in step] == []
