"""The supervisor's report says of each department what is open before enforcement, what lacks, what is out of date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from gongshi.instance import Instance
from gongshi.lifecycle.report import report
from gongshi.lifecycle.report.records import RecordsReport, records_report
from gongshi.lifecycle.report.text import render_text
from gongshi.records.changes import Change
from gongshi.store import Store

pytestmark = pytest.mark.article("S5")

DEPARTMENT = "112207000135491313"
TODAY = date(2026, 3, 2)
OFFICE = Change(id="office", on=date(2026, 3, 2), what="职能调整", document="示例", departments=frozenset({DEPARTMENT}))


@pytest.fixture
def ours(store: Store, instance: Instance) -> Callable[..., RecordsReport]:
    def ask(today: date = TODAY, *changes: Change) -> RecordsReport:
        found = records_report(store, replace(instance, changes=changes), today)
        return next(one for one in found if one.key == DEPARTMENT)

    return ask


def test_a_store_without_records_tells_nothing_of_them(store: Store, instance: Instance) -> None:
    assert records_report(store, instance, TODAY) == ()
    assert "事前公开" not in render_text(report(store, instance, TODAY))


def test_what_is_there_and_what_lacks(
    store: Store,
    instance: Instance,
    ours: Callable,
    approved: Callable,
    officer: Callable,
    *,
    item: Callable,
    record: Callable,
) -> None:
    approved(
        officer(),
        officer("22070100002", effective_to="2026-03-01"),
        officer("22070100003", effective_from="2026-03-03"),
        item(),
        record("normative_text", title="公示办法", index_number="1", applies_to="全市"),
    )
    found = ours()
    assert found.counts == {"officer": 1, "normative_text": 1}
    assert (found.waiting, found.outdated) == (1, 0)
    assert "enforcement_item" in found.missing, "it waits for another body"
    assert "officer" not in found.missing
    assert not {"inspection_plan", "determination"} & set(found.missing), "not every department has these"
    other = next(one for one in records_report(store, instance, TODAY) if one.key != DEPARTMENT)
    assert "officer" in other.missing
    assert "normative_text" not in other.missing, "the city's holds for all"
    text = render_text(report(store, instance, TODAY))
    assert "松原市试验管理局还没有公布：行政执法主体信息、行政执法事项清单" in text
    told = report(store, instance, TODAY).only(DEPARTMENT).to_json()["records"]
    assert isinstance(told, list)
    assert [one["key"] for one in told] == [DEPARTMENT]


@pytest.mark.article("S3.1")
@pytest.mark.parametrize(("reviewers", "share", "few"), [(0, 0.0, True), (1, 50.0, False)])
def test_the_share_of_legal_reviewers(  # noqa: PLR0917
    reviewers: int, share: float, few: bool, ours: Callable, approved: Callable, officer: Callable
) -> None:
    numbers = [f"2207010000{at}" for at in range(1, 3)]
    approved(*(officer(number, legal_reviewer=str(int(at < reviewers))) for at, number in enumerate(numbers)))
    approved(officer("22070100009", valid_to="2026-03-01", legal_reviewer="1"))
    found = ours()
    assert (found.officers, found.share, found.few_reviewers) == (2, share, few)
    assert found.asked == 5


@pytest.mark.article("D25")
def test_what_is_out_of_date(ours: Callable, approved: Callable, officer: Callable) -> None:
    approved(officer(), officer("22070100002"))
    assert (ours(TODAY, OFFICE).outdated, ours(TODAY, OFFICE).overdue) == (2, 0)
    late = ours(date(2026, 4, 1), OFFICE, replace(OFFICE, id="again"))
    assert (late.outdated, late.overdue) == (2, 2)
