"""Every requirement of the shipped recording.yml: met by a file that has what it asks for, and missed without.

The files are made from the data's rows, not by the code that judges them; what happens in real cases is tested
beside this (test_cases_in_life).
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongshi.instance import Instance, load
from gongshi.law.recording.judge import Judge, what_lacks
from gongshi.law.recording.model import LACKING, Finding, Status
from tests.law.recording.files import OneCase, OneLine, meeting

ROOT = Path(__file__).parents[3]
ROWS: list[dict[str, Any]] = yaml.safe_load((ROOT / "data/reference/rules/recording.yml").read_text(encoding="utf-8"))[
    "requirements"
]
OF_ROWS = [pytest.param(row, id=row["id"], marks=pytest.mark.article(row["row"])) for row in ROWS]
NOW = datetime.fromisoformat("2026-09-01T10:00+08:00")


@pytest.fixture(scope="module")
def instance() -> Instance:
    return load(ROOT)


@pytest.fixture(scope="module")
def judge(instance: Instance) -> Judge:
    return Judge(instance.requirements, {rule.id: rule for rule in instance.rules}, instance.calendar)


def found(judge: Judge, id: str, case: OneCase, lines: tuple[OneLine, ...], now: datetime = NOW) -> Finding | None:
    return next((one for one in judge.judge(case, lines, now) if one.requirement.id == id), None)


@pytest.mark.parametrize("row", OF_ROWS)
def test_a_file_that_has_what_it_asks_for_meets_it(judge: Judge, row: dict[str, Any]) -> None:
    whole = meeting(row)
    finding = found(judge, row["id"], whole.case, whole.lines)
    assert finding, "it does not even apply"
    assert finding.status is Status.MET
    assert finding.lacking == ()


REMOVED = [
    pytest.param(row, *removal, id=f"{row['id']}-{removal[0]}", marks=pytest.mark.article(row["row"]))
    for row in ROWS
    for removal in meeting(row).removals
]


@pytest.mark.parametrize(("row", "name", "told", "lines", "case"), REMOVED)
def test_what_is_taken_away_is_missed_by_name(  # noqa: PLR0917
    judge: Judge, row: dict[str, Any], name: str, told: str, lines: tuple[OneLine, ...], case: OneCase
) -> None:
    finding = found(judge, row["id"], case, lines)
    assert finding, name
    if told.startswith("line:") and len(row.get("needs", [])) > 1:
        assert set(finding.lacking) >= {f"line:{token}" for token in row["needs"]}
    else:
        assert told in finding.lacking, name
    assert finding.status in LACKING
    assert finding.requirement.article.startswith("《")
    assert finding.requirement.basis
    assert finding.counted is (row.get("effect") != "may")


ALWAYS = (["own_authority"], ["application"])
"""Every case is one or the other."""
SOMETIMES = [row for row in ROWS if row.get("when") and row["when"] not in ALWAYS]


@pytest.mark.parametrize("row", SOMETIMES, ids=lambda row: row["id"])
def test_without_the_circumstance_it_is_not_asked_for(judge: Judge, row: dict[str, Any]) -> None:
    finding = found(judge, row["id"], OneCase(procedure=(row.get("procedures") or ["general"])[0]), ())
    assert finding is None or finding.status is Status.NOT_APPLICABLE


def test_every_row_of_the_regulation_is_there() -> None:
    rows = {row["row"] for row in ROWS}
    assert rows >= {f"R{n}" for n in (*range(7, 35), 37, 38)}, "R7 to R34, R37, R38"


def test_a_file_that_lacks_only_what_may_be_is_complete(judge: Judge) -> None:
    row = next(row for row in ROWS if row["id"] == "R13-other")
    finding = found(judge, "R13-other", OneCase(), (OneLine(line="1", what="inquiry"),))
    assert finding
    assert (finding.status, finding.counted, row["effect"]) == (Status.INCOMPLETE, False, "may")
    assert what_lacks((finding,)) == ()
