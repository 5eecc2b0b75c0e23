"""Case files and legal reviews in the supervisor's report: counted from the record, by department and period."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from gongshi.instance import Instance
from gongshi.law.review.words import Event
from gongshi.lifecycle.legal.acts import step
from gongshi.lifecycle.report.cases import cases_report
from gongshi.lifecycle.report.cases_text import cases_csv, lines
from gongshi.lifecycle.report.records import RecordsReport
from gongshi.lifecycle.report.text import table
from gongshi.store import Store
from gongshi.store.operations import Operation
from tests.lifecycle.legal.casework import (
    CASE,
    HANDLER,
    HEAD,
    PROBLEM,
    REVIEWER,
    SAID,
    D,
    begin,
    case_said,
    instance,
    line_said,
    take,
    write,
)

START = datetime.fromisoformat("2026-03-03T09:00+08:00")
TODAY = date(2026, 3, 25)


@pytest.fixture(scope="module")
def city() -> Instance:
    return instance()


@pytest.fixture
def store(tmp_path: Path, city: Instance) -> Iterator[Store]:
    """A case of two rounds: the second in time, after a change of the amount that the first asked for, too late."""
    with Store.open(tmp_path / "data" / "store.db") as opened:
        begin(opened, START)
        at = datetime.fromisoformat
        take(opened, city, Event.SUBMIT, HANDLER, START)
        take(opened, city, Event.RECEIVE, REVIEWER, START)
        late = at("2026-03-13T09:00+08:00")
        take(opened, city, Event.OPINE, REVIEWER, late, opinion="change", aspects=PROBLEM)
        take(opened, city, Event.ADOPT, HANDLER, late)
        write(opened, late, (Operation.CASE, case_said(fine="3000") | {"base": 1}))
        take(opened, city, Event.SUBMIT, HANDLER, at("2026-03-16T09:00+08:00"))
        take(opened, city, Event.RECEIVE, REVIEWER, at("2026-03-16T10:00+08:00"))
        take(opened, city, Event.EXTEND, HEAD, at("2026-03-16T11:00+08:00"))
        take(opened, city, Event.OPINE, REVIEWER, at("2026-03-17T09:00+08:00"))
        yield opened


@pytest.mark.article("S6", "L10", "L11")
def test_rounds_are_counted_with_terms_opinions_and_what_they_changed(store: Store, city: Instance) -> None:
    (one,) = cases_report(store, city, TODAY)
    assert (one.cases, one.complete, one.reviewed, one.rounds, one.extended) == (1, 0, 1, 2, 1)
    assert dict(one.opinions) == {"change": 1, "agree": 1}
    assert {word: n for word, n in one.kept.items() if n} == {"late": 1, "in_time": 1}
    assert dict(one.changed) == {"金额": 1}
    assert one.stages["start"].files == 1
    assert one.stages["start"].complete == 0
    json.dumps(one.to_json())


def test_a_period_takes_the_cases_that_began_and_the_rounds_that_were_submitted_in_it(
    store: Store, city: Instance
) -> None:
    (march,) = cases_report(store, city, TODAY, "2026-03")
    assert (march.cases, march.rounds) == (0, 2)
    (february,) = cases_report(store, city, TODAY, "2026-02")
    assert (february.cases, february.rounds) == (1, 0)
    assert cases_report(store, city, TODAY, "2025") == ()


@pytest.mark.article("L11")
def test_an_opinion_that_does_not_come_is_overdue(store: Store, city: Instance) -> None:
    another = "d" * 16
    write(store, START, (Operation.CASE, case_said() | {"key": "2"}), case=another)
    documents = ("investigation_report", "proposal", "draft")
    for at, what in enumerate(documents, start=1):
        write(store, START, (Operation.CASE_RECORD, line_said(str(at), what)), case=another)
    step(store, city, another, Event.SUBMIT, by=HANDLER, fields=SAID[Event.SUBMIT], now=START)
    kept = {day: cases_report(store, city, date(2026, 3, day))[0].kept for day in (12, 13)}
    assert (kept[12]["running"], kept[12]["overdue"]) == (1, 0)
    assert (kept[13]["running"], kept[13]["overdue"]) == (0, 1)


@pytest.mark.article("S3", "S3.1", "S6")
def test_major_decisions_are_counted_by_what_answers_for_them_beside_who_could_review(
    store: Store, city: Instance
) -> None:
    quiet = next(key for key in city.departments if key != D)
    answered = {D: Counter(attested=2, missing=1)}
    found = cases_report(store, city, TODAY, "", answered, [officers(D, 20, 1), officers(quiet, 5, 0)])
    ours, other = sorted(found, key=lambda one: -one.cases)
    assert {word: n for word, n in ours.to_json()["answered"].items() if n} == {"attested": 2, "missing": 1}
    assert (ours.to_json()["reviewers_share"], other.cases, other.officers) == (0.05, 0, 5)
    text = "\n".join(lines(found, table))
    assert "已填报法制审核情况" in text
    assert "待核实法制审核" not in text
    assert other.name not in text
    first, second = csv.DictReader(io.StringIO(cases_csv([ours, other]).decode("utf-8-sig")))
    assert (first["已填报法制审核情况"], first["未经法制审核"], first["法制审核人员占比"]) == ("2", "1", "5.0%")
    assert (second["案件"], second["执法人员"], second["法制审核人员"]) == ("0", "5", "0")


def officers(key: str, number: int, reviewers: int) -> RecordsReport:
    counted = {"waiting": 0, "outdated": 0, "overdue": 0, "asked": 5, "rule_id": "S3.1"}
    told = {"key": key, "name": "", "counts": {}, "missing": ()}
    return RecordsReport(**told, **counted, officers=number, reviewers=reviewers)


@pytest.mark.article("R36", "S6")
def test_it_reads_on_a_terminal_and_as_a_table_without_any_person(store: Store, city: Instance) -> None:
    found = cases_report(store, city, TODAY)
    text = "\n".join(lines(found, table))
    assert "缺得最多的：" in text
    assert "R8-approval 程序启动审批表 1 件" in text
    assert "经审核改动草稿：金额 1 次" in text
    (row,) = csv.DictReader(io.StringIO(cases_csv(found).decode("utf-8-sig")))
    assert (row["案件"], row["轮次"], row["变更"], row["逾期出具"], row["改动金额"]) == ("1", "2", "1", "1", "1")
    assert [who for who in (HANDLER, REVIEWER, HEAD, "松原示例商贸", CASE) if who in text + str(row)] == []
