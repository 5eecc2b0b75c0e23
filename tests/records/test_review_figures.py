"""Which numbers of legal reviews are public: no small one, and none from which one could be worked out."""

from __future__ import annotations

import pytest

from gongshi.records.review_figures import COLUMNS, published


def counts(in_time: int, late: int, **opinions: int) -> dict[str, int]:
    return {"in_time": in_time, "late": late, **opinions}


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        (counts(9, 0, agree=9), None),
        (counts(10, 0, agree=10), {"opinions": 10, "in_time": 10, "late": 0, "agree": 10, "change": 0}),
        (counts(10, 10, agree=20), {"in_time": 10, "late": 10}),
        (counts(19, 1, agree=20), {"opinions": 20, "in_time": None, "late": None, "agree": 20}),
        (counts(40, 0, agree=27, change=13), {"agree": 27, "change": 13}),
        (counts(50, 0, agree=27, change=13, correct=10), {"agree": 27, "change": 13, "correct": 10}),
        (counts(50, 0, agree=32, change=11, correct=7), {"agree": 32, "change": None, "correct": None, "transfer": 0}),
        (counts(50, 0, agree=35, change=6, correct=9), {"agree": 35, "change": None, "correct": None}),
        (counts(50, 0, agree=32, change=13, correct=3, transfer=2), {"agree": 32, "change": None, "transfer": None}),
    ],
)
def test_no_small_number_and_none_that_tells_it(counted: dict[str, int], told: dict[str, int | None] | None) -> None:
    year = published("2025", counted)
    if told is None:
        assert year is None
        return
    assert year is not None
    named = dict(zip(COLUMNS, year.numbers, strict=True))
    assert {name: named[name] for name in told} == told
