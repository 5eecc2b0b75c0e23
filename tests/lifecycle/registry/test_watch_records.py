"""A webmaster is told of registers and lists that wait for another body, are out of date, or lose their officers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongshi.instance import Instance
from gongshi.records.changes import Change
from gongshi.store import Store
from gongshi.watch.matters import Level, Matter
from gongshi.watch.standing import Look, standing

DEPARTMENT = "112207000135491313"
TODAY = date(2026, 3, 2)
OFFICE = Change(id="office", on=date(2026, 3, 2), what="职能调整", document="示例", departments=frozenset({DEPARTMENT}))


@pytest.fixture
def matters(store: Store, instance: Instance, tmp_path: Path) -> Callable[..., dict[str, Matter]]:
    def ask(today: date = TODAY, *changes: Change) -> dict[str, Matter]:
        found = standing(Look(store, replace(instance, changes=changes), tmp_path, today))
        assert "unknown" not in {one.code for one in found}
        return {one.code: one for one in found}

    return ask


@pytest.mark.article("D22")
def test_lists_that_wait_for_another_body(matters: Callable, approved: Callable, item: Callable) -> None:
    ids = approved(item(), item("2207-CF-002"))
    found = matters()["second_review"]
    assert (set(found.ids), found.level, found.departments) == (set(ids), Level.NOTICE, {DEPARTMENT: 2})


@pytest.mark.article("D25")
def test_updates_whose_day_has_passed(matters: Callable, approved: Callable, officer: Callable) -> None:
    ids = approved(officer())
    assert "updates_overdue" not in matters(date(2026, 3, 30), OFFICE)
    found = matters(date(2026, 3, 31), OFFICE, replace(OFFICE, id="again"))["updates_overdue"]
    assert (found.ids, found.level) == (ids, Level.ATTENTION)


@pytest.mark.article("D7")
def test_certificates_that_run_out_soon(matters: Callable, approved: Callable, officer: Callable, acts: Any) -> None:
    soon, *_, gone = approved(
        officer("22070100001", valid_to="2026-04-01"),
        officer("22070100002", valid_to="2026-04-02"),
        officer("22070100003", valid_to="2026-03-01"),
        officer("22070100004", valid_to="2026-03-10", state="暂扣"),
        officer("22070100005", valid_to="2026-03-10"),
    )
    acts.suspend(gone)
    assert matters()["certificates"].ids == (soon,)
    approved(officer("22070100001", valid_to="2028-04-01", effective_from="2026-04-02"))
    assert "certificates" not in matters()
