"""Numbers of persons in free text are told to the submitter, what only looks alike is not (DOMAIN.md 7)."""

from __future__ import annotations

import pytest

TEXTS = [
    ("身份证号220702199001010013，", "疑似身份证号码"),
    ("身份证号220702 19900101 0013，", "疑似身份证号码"),
    ("电话13900000000，", "疑似电话号码"),
    ("电话139-0000-0000，", "疑似电话号码"),
    ("联系0438-2345678，", "疑似电话号码"),
    ("账户6222020200000001234，", "疑似账号"),
    ("2026年3月2日，批号20231118114，", None),
    ("单据编号No.20231026236，货值1234567元，", None),
    ("统一社会信用代码112207000135491313，", None),
]


@pytest.mark.article("S1.4")
@pytest.mark.parametrize(("text", "what"), TEXTS)
def test_a_number_of_a_person_is_told(text, what, run, sheet, penalty):
    problems = run(sheet(penalty({"违法事实": f"经查，{text}违法事实清楚。"}))).problems
    assert [problem.code for problem in problems] == (["W305"] if what else [])
    assert all(what in problem.message for problem in problems)
