"""Every form of a date that sheets carry becomes one form, or an error that says why (DOMAIN.md 14)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.intake.problems import Wrong
from gongshi.intake.values.dates import parse_date

FORMS = [
    ("2020-1-2", "2020-01-02"),
    ("2020-01-02", "2020-01-02"),
    ("2020/01/02", "2020-01-02"),
    ("2020/1/2", "2020-01-02"),
    ("2020.1.2", "2020-01-02"),
    ("2020年1月2日", "2020-01-02"),
    ("2020年01月02日", "2020-01-02"),
    ("2020 年 1 月 2 日", "2020-01-02"),
    ("２０２０年１月２日", "2020-01-02"),
    ("二〇二〇年一月二日", "2020-01-02"),
    ("二零二零年十二月三十一日", "2020-12-31"),
    ("二○二一年十月二十日", "2021-10-20"),
    ("二〇二〇年二月廿九日", None),
    ("20200102", "2020-01-02"),
    (20200102, "2020-01-02"),
    (20200102.0, "2020-01-02"),
    ("2020-01-02 10:30", "2020-01-02"),
    ("2020/1/2 0:00:00", "2020-01-02"),
    ("2020-01-02T08:00:00+08:00", "2020-01-02"),
    (date(2020, 1, 2), "2020-01-02"),
    (datetime(2020, 1, 2, 10, 30), "2020-01-02"),  # noqa: DTZ001 - what a spreadsheet's cell gives
    (43832, "2020-01-02"),
    (43832.4375, "2020-01-02"),
    ("43832", "2020-01-02"),
    ("2099/12/31", "2099-12-31"),
]
FAULTS = [
    ("2020-02-30", "E212"),
    ("2021年2月29日", "E212"),
    ("20201301", "E212"),
    ("二〇二〇年十三月一日", "E212"),
    ("0202-01-02", "E214"),
    ("2120-01-02", "E214"),
    (date(1900, 1, 1), "E214"),
    ("20-1-2", "E211"),
    ("1/2/2020", "E211"),
    ("2020-01", "E211"),
    ("2020年", "E211"),
    ("去年", "E211"),
    ("12345", "E211"),
    (12, "E211"),
    (True, "E211"),
    (float("nan"), "E211"),
    ("2020-01-02" * 50, "E211"),
    ("2020-1-2至2020-1-3", "E211"),
]


@pytest.mark.parametrize(("cell", "day"), [form for form in FORMS if form[1]])
def test_a_date_is_read(cell, day):
    assert parse_date(cell) == day


@pytest.mark.parametrize(("cell", "code"), FAULTS)
def test_what_is_no_date_says_why(cell, code):
    with pytest.raises(Wrong) as wrong:
        parse_date(cell)
    assert wrong.value.code == code


@given(st.dates(min_value=date(1949, 1, 1), max_value=date(2099, 12, 31)))
def test_all_forms_of_a_day_are_that_day(day):
    serial = (day - date(1899, 12, 30)).days
    forms = [
        day,
        f"{day:%Y%m%d}",
        f"{day:%Y-%m-%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
    ]
    if day.year >= 1950:
        forms += [serial, float(serial), str(serial)]
    assert {parse_date(form) for form in forms} == {day.isoformat()}


@given(
    st.one_of(st.text(), st.text(alphabet="0123456789-/.年月日 〇一二十"), st.integers(), st.floats(), st.booleans())
)
def test_a_cell_is_a_day_or_a_problem(cell):
    try:
        date.fromisoformat(parse_date(cell))
    except Wrong as wrong:
        assert wrong.code in {"E211", "E212", "E214"}
