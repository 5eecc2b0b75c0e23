"""The supervisor's report: exact numbers of a small store, what it asks, and how it reads (S6, D32, D33)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gongshi.cli import main
from gongshi.instance import Instance
from gongshi.lifecycle import record_publication
from gongshi.lifecycle.due import due
from gongshi.lifecycle.report import report
from gongshi.lifecycle.report.model import DepartmentReport, Report
from gongshi.lifecycle.report.tally import COLUMNS, PARTS
from gongshi.lifecycle.report.text import csv_of, render_text, table, width
from gongshi.store import Store, approved
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation

OFFICE = "112207000135491313"
LOOKED = date(2026, 3, 20)


@pytest.fixture
def counted(store: Store, instance: Instance) -> Callable[..., DepartmentReport]:
    """The department's part of the report of a day."""

    def do(today: date = LOOKED, period: str = "") -> DepartmentReport:
        (found,) = report(store, instance, today, period=period).only(OFFICE).departments
        return found

    return do


@pytest.fixture
def publish(store: Store, clock: Mapping[str, Any]) -> Callable[..., None]:
    """Publish the approved decisions with these numbers on a day."""

    def do(*numbers: int, day: date) -> None:
        wanted = {f"松试罚〔2026〕{number}号" for number in numbers}
        shown = [
            (one.id, one.version, one.sort or 5000 + one.version, day)
            for one in approved(store)
            if one.decision.values["document_number"] in wanted
        ]
        assert len(shown) == len(numbers)
        done = record_publication(store, shown, [], day, clock["now"])
        assert not done.refused

    return do


@pytest.fixture
def known(send: Callable, judge_batch: Callable, decision: Callable, party: Callable, publish: Callable) -> None:
    """Eleven decisions of February and one of January, each in another situation, and one of an old platform."""
    secret = {"withhold_ground": "妨害执法", "withhold_reason": "正在侦办", "withhold_review_on": "2026-06-01"}
    judge_batch(send(decision(1), decision(2), decision(3, decided_on="2026-01-05")))
    publish(1, day=date(2026, 3, 2))
    publish(2, day=date(2026, 3, 12))
    publish(3, day=date(2026, 3, 12))
    judge_batch(send(decision(4)))  # approved, not published
    send(decision(5))  # waits for its review
    judge_batch(send(decision(6)), approve=False, opinion="请改")
    judge_batch(send(decision(7, party("张三", party_adult_when_decided=""))))  # nobody knows the age
    judge_batch(send(decision(8, **secret)))
    send(decision(9, **secret))  # the ground is not confirmed: the clock runs on
    judge_batch(send(decision(10, decided_on="2026-03-01"), today=LOOKED), today=LOOKED)
    old = decision(11, decided_on="2026-02-10", earlier_published_on="2026-02-20")
    judge_batch(send(old, earlier=True, evidence="档案"))
    judge_batch(send(decision(1, facts="更正后的事实")), opinion="更正")
    publish(1, day=date(2026, 3, 10))


EXPECTED = {
    "2026-01": {"formed": 1, "due": 1, "late": 1},
    "2026-02": {
        "formed": 8,
        "due": 7,
        "in_time": 1,
        "late": 1,
        "overdue": 5,
        "excused": 1,
        "in_review": 2,
        "returned": 1,
        "held": 1,
        "withheld": 1,
        "chosen": 1,
        "corrected": 1,
        "earlier": 1,
    },
    "2026-03": {"formed": 1, "due": 1, "overdue": 1},
}


@pytest.mark.article("S6", "D32")
@pytest.mark.usefixtures("known")
def test_every_decision_is_counted_once_in_the_month_in_which_it_was_formed(counted: Callable) -> None:
    months = {
        month: {column: tally[column] for column in COLUMNS if tally[column]}
        for month, tally in counted().months.items()
    }
    assert months == EXPECTED


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("today", [date(2026, 3, 2), date(2026, 3, 9), LOOKED, date(2027, 6, 1)])
def test_the_parts_make_the_whole_and_overdue_is_what_gongshi_due_says(
    today: date, counted: Callable, store: Store, instance: Instance
) -> None:
    whole = counted(today).total
    assert sum(whole[part] for part in PARTS) == whole["formed"]
    listed = [row for row in due(store, instance, today) if row.department == OFFICE and row.overdue]
    assert whole["overdue"] + whole["change_overdue"] == len(listed)


@pytest.mark.article("D27")
@pytest.mark.usefixtures("known")
def test_reasons_and_grounds_are_counted_in_words(counted: Callable) -> None:
    whole = counted().total
    assert [(because.code, count) for because, count in whole.held.items()] == [("age_unknown", 1)]
    ((ground, count),) = whole.withheld.items()
    assert count == 1
    assert "妨害正常执法活动" in ground.text
    assert "第十八条第（四）项" in ground.text


@pytest.mark.article("D27")
def test_a_provisional_date_makes_nothing_late_or_overdue(  # noqa: PLR0917
    send: Callable, judge_batch: Callable, decision: Callable, publish: Callable, counted: Callable, clock: Mapping
) -> None:
    formed, after = "2027-02-08", date(2027, 3, 20)
    for number in (1, 2):
        judge_batch(send(decision(number, decided_on=formed), today=after), today=after)
    publish(1, day=after)
    whole = counted(date(2027, 4, 1)).total
    assert (whole["undetermined"], whole["late"], whole["overdue"], whole.share) == (2, 0, 0, None)


@pytest.mark.article("D33")
def test_a_change_that_is_not_published_in_time_is_found(
    send: Callable, judge_batch: Callable, decision: Callable, publish: Callable, counted: Callable
) -> None:
    judge_batch(send(decision(1)))
    publish(1, day=date(2026, 3, 2))
    judge_batch(send(decision(1, content="罚款人民币3000元", changed_on="2026-03-05"), today=LOOKED), today=LOOKED)
    found = counted()
    assert (found.total["in_time"], found.total["change_overdue"], found.total["changed"]) == (1, 1, 0)
    assert [(one.change, one.legal_due) for one in found.findings.overdue] == [(True, date(2026, 3, 16))]
    publish(1, day=LOOKED)
    assert (counted().total["change_overdue"], counted().total["changed"]) == (0, 1)


@pytest.mark.article("D27")
def test_what_was_first_published_late_stays_late_whatever_becomes_of_it(
    send: Callable, judge_batch: Callable, decision: Callable, publish: Callable, counted: Callable
) -> None:
    judge_batch(send(decision(1, decided_on="2026-01-05")))
    publish(1, day=date(2026, 3, 12))
    changed = decision(1, decided_on="2026-01-05", changed_on="2026-03-13", content="罚款人民币3000元")
    judge_batch(send(changed, today=LOOKED), today=LOOKED)
    publish(1, day=LOOKED)
    whole = counted().total
    assert (whole["late"], whole["in_time"], whole["changed"]) == (1, 0, 1)


@pytest.mark.article("D28")
def test_what_was_withdrawn_is_counted_by_its_end_and_late_where_it_took_too_long(  # noqa: PLR0917
    store: Store,
    send: Callable,
    judge_batch: Callable,
    decision: Callable,
    publish: Callable,
    counted: Callable,
    clock: Mapping[str, Any],
) -> None:
    judge_batch(send(decision(1), decision(2)))
    publish(1, 2, day=date(2026, 3, 2))
    ends = {"1": ("revoked", "2026-03-10", "2026-03-12"), "2": ("unlawful", "2026-03-03", "2026-03-18")}
    for one in list(approved(store)):
        ending, effective, on = ends[one.decision.values["document_number"][-2]]
        _withdraw(store, one.id, ending, {"effective_on": effective}, on, clock["now"])
    whole = counted().total
    assert sorted((because.code, because.text, count) for because, count in whole.withdrawn.items()) == [
        ("revoked", "撤销", 1),
        ("unlawful", "确认违法", 1),
    ]
    assert (whole["withdrawn"], whole["withdrawn_late"], whole["in_time"]) == (2, 1, 2)


def _draft(record: str, operation: Operation, payload: Mapping[str, Any], *, kind: str = "penalty") -> Draft:
    return Draft("孙审核", OFFICE, "", kind, record, operation, dict(payload))


def _withdraw(  # noqa: PLR0917
    store: Store, record: str, ending: str, fields: Mapping[str, str], on: str, now: Any
) -> None:
    """Two persons' act, straight into the journal."""
    given = {"act": "withdraw", "ending": ending, "fields": dict(fields), "reason": "撤销", "on": on, "source": ""}
    with store.write():
        store.append([_draft(record, Operation.PROPOSE, given)], now)
    with store.write():
        of = store.db.execute("SELECT max(seq) FROM acts").fetchone()[0]
        answer = {"of": of, "opinion": "同意", "on": on, "ending": "", "fields": {}}
        store.append([_draft(record, Operation.CONFIRM, answer)], now)


@pytest.mark.article("D31")
@pytest.mark.usefixtures("known")
def test_requests_for_correction_are_counted_in_their_month_and_how_fast_they_were_answered(
    store: Store, instance: Instance, counted: Callable
) -> None:
    asked = {"status": "", "decision": "", "capacity": "其他", "answers": [], "files": [], "sealed": ""}
    days = {"A": ("2026-03-02", "2026-03-04"), "B": ("2026-03-02", "2026-03-19"), "C": ("2026-03-03", "")}
    with store.write():
        for number, (on, answered) in days.items():
            arrived = datetime.fromisoformat(f"{on}T10:00:00+08:00")
            request = {**asked, "status": number, "on": on, "at": arrived.isoformat()}
            store.append([_draft(number, Operation.REQUEST, request)], arrived)
            if answered:
                answer = {"on": answered, "reason": "已更正", "to": ""}
                at = datetime.fromisoformat(f"{answered}T10:00:00+08:00")
                store.append([_draft(number, Operation.ANSWER, answer, kind="corrected")], at)
    found = counted()
    march = found.months["2026-03"]
    columns = ("requests", "answered", "answered_in_time", "requests_overdue")
    assert [march[column] for column in columns] == [3, 2, 1, 1]
    assert (march.median_days, found.findings.requests) == (9.5, 1)
    text = render_text(report(store, instance, LOOKED))
    assert "收到 3 件；已答复 2 件（按期 1 件），用时中位数 9.5 天，最长 17 天；超期未答复 1 件" in text


@pytest.mark.article("D16")
@pytest.mark.article("D33")
def test_what_the_department_itself_leaves_undone_is_asked(  # noqa: PLR0917
    send: Callable,
    judge_batch: Callable,
    decision: Callable,
    publish: Callable,
    counted: Callable,
    store: Store,
    instance: Instance,
    clock: Mapping[str, Any],
) -> None:
    levy = replace(decision(20, document_number="松试征〔2026〕1号"), kind="levy", key=f"{OFFICE}/levy/1")
    judge_batch(send(levy))
    judge_batch(send(decision(21, withhold_ground="妨害执法", withhold_reason="侦办", withhold_review_on="2026-03-10")))
    judge_batch(send(decision(22)))
    publish(22, day=date(2026, 3, 2))
    record = next(one.id for one in approved(store) if one.decision.values["document_number"].endswith("22号"))
    given = {"act": "suspend", "ending": "", "fields": {}, "reason": "误公示", "on": "2026-03-03", "source": ""}
    with store.write():
        store.append([_draft(record, Operation.PROPOSE, given)], clock["now"])
    found = counted().findings
    assert [(because.code, count) for because, count in found.waiting] == [("determination_missing", 1)]
    assert [act.act for act in found.acts] == ["suspend"]
    assert [one.since for one in found.reviews] == [date(2026, 3, 10)]
    text = render_text(report(store, instance, LOOKED))
    for words in ("尚未确定并公布", "紧急下架　最迟 2026-03-04", "复核日期 2026-03-10"):
        assert words in text, words


@pytest.mark.article("D33")
def test_what_was_sent_in_leaves_no_gap_and_old_years_are_not_looked_at(
    send: Callable, judge_batch: Callable, decision: Callable, counted: Callable
) -> None:
    send(decision(1))
    judge_batch(send(decision(2)), approve=False, opinion="请改")
    judge_batch(send(decision(3, secrecy_checked="0")))
    send(decision(6))
    old = decision(90, decided_on="2019-02-10", earlier_published_on="2019-02-20", document_number="松试罚〔2019〕9号")
    judge_batch(send(replace(old, key=f"{OFFICE}/penalty/松试罚〔2019〕9"), earlier=True, evidence="档案"))
    assert [gap.missing for gap in counted().findings.gaps] == [((4, 5),)]
    assert counted(period="2025").findings.gaps == ()


@pytest.mark.article("S6")
@pytest.mark.usefixtures("known")
def test_the_lowest_share_comes_first_and_the_tables_line_up(store: Store, instance: Instance) -> None:
    found = report(store, instance, LOOKED)
    assert found.departments[0].key == OFFICE
    assert found.total["formed"] == 10
    last = found.departments[-1]
    assert found.only(last.key).departments[0].rank == len(found.departments) > 1, "its place among all"
    text = render_text(found)
    lines = text.splitlines()
    head = next(line for line in lines if line.startswith("名次"))
    row = next(line for line in lines if "试验管理局" in line)
    assert width(head) == width(row)
    for words in ("不公开", "11.1%", "没有报送这一时期决定的部门", "自然人年龄不明", "其中选定", "已超期"):
        assert words in text, words
    assert "张三" not in text
    assert "正在侦办" not in text


def test_columns_line_up_where_characters_are_two_cells_wide() -> None:
    assert list(table(("部门", "件数"), [("水利局", "1"), ("a", "12345")], text=(0,))) == [
        "部门     件数",
        "水利局      1",
        "a       12345",
    ]


@pytest.mark.article("D32")
@pytest.mark.usefixtures("known")
def test_the_csv_opens_in_a_spreadsheet_and_has_every_number(store: Store, instance: Instance) -> None:
    content = csv_of(report(store, instance, LOOKED))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["月份"] for row in rows] == ["2026-01", "2026-02", "2026-03"]
    assert (rows[1]["形成"], rows[1]["按期"], rows[1]["按期率"], rows[1]["补录"]) == ("8", "1", "14.3%", "1")
    (held,) = (name for name in rows[1] if name.startswith("暂缓公示："))
    assert rows[1][held] == "1"


def test_an_empty_store_reports_nothing_and_says_so(store: Store, instance: Instance) -> None:
    found = report(store, instance, LOOKED)
    text = render_text(found)
    assert "没有这一时期形成的决定" in text
    assert "没有发现" in text
    assert csv_of(found).decode("utf-8-sig").count("\n") == 1
    assert isinstance(found, Report)


def test_the_command_prints_a_month_a_year_json_and_a_csv_and_says_what_is_mistyped(
    new_city: Path, tmp_path: Path
) -> None:
    def run(*words: str) -> Any:
        return CliRunner().invoke(main, ["report", "--root", str(new_city), "--today", "2026-11-20", *words])

    told = json.loads(run("--year", "2026", "--json").stdout)
    assert told["period"] == "2026"
    assert told["criteria"] == {"withheld_factor": 3, "withheld_least": 5, "number_jump": 50}
    file = tmp_path / "报表.csv"
    assert str(file) in run("--month", "2026-11", "--department", "松原市水利局", "--csv", str(file)).stdout
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    for words, said in (
        (("--month", "2026-13"), "2026-11 的形式"),
        (("--year", "26"), "2026 的形式"),
        (("--month", "2026-01", "--year", "2026"), "只写一个"),
        (("--department", "没有的局"), "没有的局"),
    ):
        result = run(*words)
        assert result.exit_code != 0
        assert said in result.output
