"""The case files that are measured are such as the system would have written itself."""

from __future__ import annotations

from pathlib import Path

from bench.case_files import LINES, NOW, fill
from gongshi.instance import load
from gongshi.lifecycle.cases.checking import check_all, check_case
from gongshi.lifecycle.legal.course import course
from gongshi.store import Store, verify
from gongshi.store.cases import scan

CASES = 24


def test_copies_of_the_sample_s_cases_hold_and_are_found_as_the_sample_s_own(tmp_path: Path) -> None:
    fill(tmp_path, CASES)
    instance = load(tmp_path)
    with Store.open(tmp_path / "data" / "store.db") as store:
        assert verify(store).ok
        found = dict(scan(store))
        copies = [row for row in found if "-" in row.key.rpartition("〕")[2]]
        sample = {row.key: row for row in found if row not in copies}
        assert (len(found), len(sample) + len(copies)) == (CASES, CASES)
        assert any(row.round for row in copies)
        assert {len(found[row]) for row in copies} == {LINES}
        lacking = {
            check.case.key: {one.requirement.id for one in check.lacking} for check in check_all(store, instance, NOW)
        }
        for row in copies:
            model = sample[row.key.rpartition("-")[0]]
            assert lacking[row.key] == {one.requirement.id for one in check_case(store, instance, model, NOW).lacking}
            if row.round:
                assert course(store, row).state == row.review
