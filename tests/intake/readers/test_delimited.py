"""CSV of every encoding and delimiter comes in as it was written, or not at all."""

import csv
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshi.intake.readers import Limits, read

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
HEADER = ["行政处罚决定书文号", "行政相对人名称", "违法事实", "罚款金额"]


def _csv(rows, delimiter=",", encoding="utf-8", line_end="\r\n"):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return text.getvalue().encode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_encoding_delimiter_and_line_end(cells, encoding, delimiter, line_end):
    rows = [HEADER, ["〔2026〕1号", "李䶮", "一,二;三\t四\n五", "0.5"], ["〔2026〕2号", "铊𬭩厂", '他说"好"', ""]]
    read_rows = cells(_csv(rows, delimiter, encoding, line_end))
    assert [list(row) for _, row in read_rows] == [rows[0], rows[1], rows[2][:3]]
    assert [number for number, _ in read_rows] == [1, 2, 3]


_CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12) | st.sampled_from(
    ["a\nb", "甲,乙", "丙;丁", 'x"y', "0012", "=1+1", "䶮", "𬭩", "\u2028", "\x85", "联通"]
)


@given(
    st.lists(st.lists(_CELL, min_size=4, max_size=4), max_size=6),
    st.sampled_from(ENCODINGS),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_a_spreadsheet_writes_is_what_is_read(rows, encoding, delimiter):
    """Whatever the cells contain; the header tells the delimiter. Blank cells at a row's end are dropped."""
    rows = [[cell.replace("\r", "") for cell in row] for row in rows]
    (sheet,) = read(_csv([HEADER, HEADER, *rows], delimiter, encoding), "a.csv")
    expected = []
    for number, row in enumerate(rows, start=3):
        while row and not row[-1].strip():
            row.pop()
        if row:
            expected.append((number, tuple(cell or None for cell in row)))
    assert [tuple(row) for row in sheet.rows[2:]] == expected


def test_the_delimiter_is_found_below_notes_and_against_text_full_of_others(cells):
    rows = [["说明：一,二,三，请逐行填写"], [], HEADER, *(["1", "甲", "a,b,c,d,e,f", "2"] for _ in range(5))]
    assert cells(_csv(rows, ";"))[1] == (3, tuple(HEADER))


def test_blank_lines_count_as_rows_but_are_none(cells):
    assert cells(b"a,b\n\n,,\n1,2\n\n") == [(1, ("a", "b")), (4, ("1", "2"))]


def test_a_quoted_line_break_stays_in_its_cell_and_counts_one_row(cells):
    assert cells(b'a,"x\ny\nz"\n1,2\n') == [(1, ("a", "x\ny\nz")), (2, ("1", "2"))]


def test_text_that_looks_like_a_number_stays_text(cells):
    assert cells(b"0012,1e5,2026-01-02,TRUE\n") == [(1, ("0012", "1e5", "2026-01-02", "TRUE"))]


@pytest.mark.parametrize(
    ("data", "code", "row"),
    [
        (b"a,b\n1,2\n3,\x004\n", "nul_bytes", 3),
        ("a,b\n1,\0\n".encode("utf-16"), "nul_bytes", 2),
        (b'a,b\n1,"x\n', "quotes_unbalanced", 2),
        (b'a,b\n1,"x"y\n', "quotes_unbalanced", 2),
        (b"a,b\n" + b"\xff\xff\xff\n", "encoding_unknown", None),
        ("文号,名称,处罚机关\n甲,乙,丙丁戊".encode()[:-1], "encoding_broken", 2),
        ("文号,名称,处罚机关\n甲".encode() + b"\xe7" + "乙,丙\n丁,戊\n".encode(), "encoding_broken", 2),
        ("文号,名称".encode("utf-16")[:-1], "encoding_broken", 1),
    ],
    ids=["nul", "nul16", "open quote", "quote inside", "latin", "cut", "damaged", "cut16"],
)
def test_damaged_texts_are_refused_with_their_row(refused, data, code, row):
    error = refused(data, "a.csv")
    assert (error.code, error.row) == (code, row)


@pytest.mark.parametrize("text", ["联通", "移动,联通\n", "联"])
def test_short_texts_in_gb18030_are_not_taken_for_utf8_by_their_start(cells, text):
    assert "".join(cells("示例单位".encode("gb18030") + b"," + text.encode("gb18030"))[0][1]).startswith("示例单位")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a" * 9_000_000, "row_too_long"),
        (b"," * 9_000_000, "row_too_long"),
        (b'"' + b"\n,;" * 3_000_000, "row_too_long"),
        (b"a," + b'"\n",' * 3_000_000, "row_too_long"),
        (b"a\n" * 900_000, "too_many_rows"),
        (b"\n" * 900_000 + b"a", "too_many_rows"),
        (b"a," * 600 + b"a\n", "too_many_columns"),
        (b"a,b\n" + b"x" * 40_000, "cell_too_long"),
    ],
    ids=["one cell", "commas", "open quote", "quoted lines", "rows", "empty rows", "columns", "cell"],
)
def test_endless_texts_are_refused_in_little_memory(refused, data, code):
    tracemalloc.start()
    try:
        assert refused(data, "a.csv", Limits(last_row=100_000)).code == code
        assert tracemalloc.get_traced_memory()[1] < 130_000_000
    finally:
        tracemalloc.stop()


def test_the_row_limit_counts_empty_rows_too(cells, refused):
    assert len(cells(b"a\n\n\nb\n\nc\n", limits=Limits(last_row=6))) == 3
    assert refused(b"a\n\n\nb\n\nc\n", "a.csv", Limits(last_row=5)).code == "too_many_rows"


def test_the_sheet_is_called_like_the_file(tmp_path):
    path = tmp_path / "行政处罚.csv"
    path.write_bytes(b"a,b\n")
    assert read(path, "某局/行政处罚.csv")[0].name == "行政处罚"
