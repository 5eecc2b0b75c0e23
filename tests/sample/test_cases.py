"""The sample's case files show what a check of the record tells: whole ones, gaps, lateness, review to come."""

from __future__ import annotations

from datetime import datetime

import pytest

from gongshi.instance import Instance
from gongshi.intake.batch import SourceFile
from gongshi.intake.cases.checking import check_cases
from gongshi.lifecycle.cases.checking import check_all
from gongshi.lifecycle.cases.known import known_cases
from gongshi.lifecycle.registry.lookup import look
from gongshi.sample.cases import JSON, WORKBOOK
from gongshi.sample.generate import PROJECT
from gongshi.store import Store

NOW = datetime.fromisoformat("2026-11-22T10:00+08:00")


@pytest.mark.article("S6")
def test_the_case_files_are_as_they_mean_to_be(taken: tuple[Store, object], instance: Instance) -> None:
    found = {check.number: check for check in check_all(taken[0], instance, NOW)}
    told = {
        number: ({one.requirement.id for one in check.lacking}, check.case.kind, check.case.review)
        for number, check in found.items()
    }
    late = {"R8-approval", "R38-start", "R32-storage", "R32-archive"}
    heard = {"R8-legality", "R11-hearing", "R12-6"}
    assert told == {
        "松市监案〔2026〕301号": (set(), "penalty", ""),
        "松市监案〔2026〕302号": (late, "penalty", ""),
        "松市监案〔2026〕303号": (heard, "penalty", "prepared"),
        "松市监案〔2026〕304号": (set(), "penalty", ""),
        **{f"松市监案〔2026〕{number}号": (set(), "penalty", "prepared") for number in range(305, 309)},
        "松市监案〔2026〕309号": (set(), "licence", ""),
        "松市监案〔2026〕310号": (set(), "coercion", ""),
        "松环检案〔2026〕301号": (set(), "inspection", ""),
        "松环案〔2026〕302号": (set(), "levy", ""),
        "松环案〔2026〕303号": (set(), "charge", ""),
    }


def test_those_who_act_in_them_are_registered_officers(taken: tuple[Store, object], instance: Instance) -> None:
    """As everywhere in the sample: a check of the same files against the store has nothing to say."""
    store = taken[0]
    files = [path for name in (WORKBOOK, JSON) for path in PROJECT.glob(f"data/submissions/*/{name}")]
    assert len(files) == 2
    for path in files:
        department = instance.department(path.parent.name)
        report = check_cases(
            [SourceFile.at(path)], department, instance, today=NOW.date(), known=known_cases(store), look=look(store)
        )
        assert (report.problems, report.ok) == ((), True)
