"""JSON and YAML: records become rows under a header of their keys, and nothing in them unfolds."""

import json
import tracemalloc

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongshi.intake.readers import Fault, Limits, Unreadable, read

RECORDS = [{"文号": "0012", "金额": 0.5}, {"文号": "2", "名称": "甲"}]
ROWS = [(0, ("文号", "金额", "名称")), (1, ("0012", 0.5)), (2, ("2", None, "甲"))]


def _rows(sheet):
    return [(row.number, tuple(row.cells)) for row in sheet.rows]


def _same(rows):
    width = max(len(cells) for _, cells in rows)
    return [(number, cells + (None,) * (width - len(cells))) for number, cells in rows]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORDS),
        json.dumps({"records": RECORDS}, ensure_ascii=False, indent=2),
        "\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS),
        "\ufeff" + json.dumps(RECORDS, ensure_ascii=False),
    ],
    ids=["list", "records", "lines", "mark"],
)
def test_json_in_all_its_shapes(text):
    (sheet,) = read(text.encode(), "penalty.json")
    assert (sheet.name, sheet.unit) == ("penalty", "条")
    assert _same(_rows(sheet)) == _same(ROWS)


def test_lists_by_kind_become_a_sheet_each():
    sheets = read(json.dumps({"penalty": RECORDS, "licence": [{"a": 1}], "levy": []}).encode(), "x.json")
    assert [(s.name, len(s.rows)) for s in sheets] == [("penalty", 3), ("licence", 2), ("levy", 0)]


@pytest.mark.parametrize("key", ["parties", "相对人", "当事人"])
def test_each_party_becomes_a_row_of_its_record(key):
    record = {"文号": "1", key: [{"名称": "甲"}, {"名称": "乙", "文号": "1"}]}
    (sheet,) = read(json.dumps([record, {"文号": "2", key: []}]).encode(), "x.json")
    assert _rows(sheet) == [(0, ("文号", "名称")), (1, ("1", "甲")), (1, ("1", "乙")), (2, ("2",))]


def test_a_party_given_as_text_is_a_field():
    assert _rows(read('[{"当事人": "甲"}]'.encode(), "x.json")[0]) == [(0, ("当事人",)), (1, ("甲",))]


def test_lists_of_plain_values_are_joined():
    assert _rows(read('[{"类别": ["罚款", "警告"]}]'.encode(), "x.json")[0])[1] == (1, ("罚款、警告",))


YAML_TEXT = """
penalty:
- 文号: 0012
  决定日期: 2026-01-02
  证件号码: 220702199001010013
  时间: 1:30
  是否: no
  空: ~
  空二:
  违法事实: |
    第一行
    第二行
  parties:
  - {名称: 甲}
  - {名称: 乙}
"""


def test_yaml_is_read_as_it_is_written():
    (sheet,) = read(YAML_TEXT.encode(), "x.yml")
    header, first, second = sheet.rows
    record = dict(zip(header.cells, first.cells, strict=True))
    assert sheet.name == "penalty"
    assert (record["文号"], record["决定日期"], record["证件号码"]) == ("0012", "2026-01-02", "220702199001010013")
    assert (record["时间"], record["是否"], record["空"], record["空二"]) == ("1:30", "no", None, None)
    assert (record["违法事实"], record["名称"], second.cells[-1]) == ("第一行\n第二行\n", "甲", "乙")


_KEYS = st.text(st.sampled_from("abc文号名称"), min_size=1, max_size=6)
_SIGNS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")
_VALUES = st.text(_SIGNS, min_size=1, max_size=20).filter(str.strip)
"""Blanks alone are an empty cell."""


@given(st.lists(st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=4), min_size=1, max_size=5))
def test_records_survive_both_formats(records):
    texts = json.dumps(records), yaml.safe_dump(records, allow_unicode=True, default_style='"')
    for text, name in zip(texts, ("x.json", "x.yml"), strict=True):
        (sheet,) = read(text.encode(), name)
        header, *rows = sheet.rows
        read_back = [{k: v for k, v in zip(header.cells, row.cells, strict=False) if v is not None} for row in rows]
        assert read_back == records


def _laughs():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 12)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000, "records_too_deep"),
        ('[{"a":' * 50_000, "records_too_deep"),
        ('[{"a": 1, "b": 2, "a": 3}]', "key_repeated"),
        ('[{"a": NaN}]', "json_invalid"),
        ('[{"a": ' + "9" * 5_000 + "}]", "json_invalid"),
        ('[{"a": 1},]', "json_invalid"),
        ('{"a": 1', "json_invalid"),
        ('[{"a": {"b": 1}}]', "records_wrong_shape"),
        ('[{"a": [[1]]}]', "records_wrong_shape"),
        ('[{"a": "\\ud83d"}]', "half_character"),
        ('[{"\\udc00": "a"}]', "half_character"),
        ('- a: "\\ud83d"', "yaml_invalid"),
        ("[1, 2]", "records_wrong_shape"),
        ('[{"parties": [1]}]', "records_wrong_shape"),
        (_laughs(), "yaml_alias"),
        ("- &a {文号: 1}\n- *a", "yaml_alias"),
        ("- " * 50_000 + "a", "records_too_deep"),
        ("- a: " + "[" * 50_000, "records_too_deep"),
        ("- a: !!python/object/apply:os.system [ls]", "yaml_invalid"),
        ("- a: 1\n  a: 2", "key_repeated"),
        ("- a: 1\n b: 2", "yaml_invalid"),
        ("- a: {b: 1}", "records_wrong_shape"),
        ("- a\n- b", "records_wrong_shape"),
        ('- a: "\\x00"\n- b: \x07', "yaml_invalid"),
        ("- ? {a: 1}\n  : 2", "yaml_invalid"),
    ],
)
def test_what_is_no_list_of_records_is_refused(refused, text, code):
    assert refused(text.encode(), "x.yml").code == code


@pytest.mark.parametrize(
    ("text", "limits", "code"),
    [
        ("[" + "[]," * 8_000_000 + "[]]", Limits(), "too_many_values"),
        ("[" + '{"a":1},' * 30 + '{"a":1}]', Limits(rows=20), "too_many_rows"),
        ('[{"parties": [' + '{"a":1},' * 30 + '{"a":1}]}]', Limits(rows=20), "too_many_rows"),
        ("[" + ",".join(f'{{"k{n}":1}}' for n in range(30)) + "]", Limits(columns=20), "too_many_columns"),
        ('[{"a": "' + "x" * 50 + '"}]', Limits(cell_length=40), "cell_too_long"),
        ('[{"a": "' + "x" * 50 + '"}]', Limits(tree_bytes=40), "file_too_large"),
    ],
    ids=["values", "rows", "parties", "columns", "cell", "bytes"],
)
def test_trees_have_limits(refused, text, limits, code):
    tracemalloc.start()
    try:
        assert refused(text.encode(), "x.json", limits).code == code
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_errors_name_the_record(refused):
    error = refused(b'{"penalty": [{"a": 1}, {"a": {}}]}', "x.json")
    assert (error.sheet, error.row, error.unit) == ("penalty", 2, "条")


def test_every_fault_has_its_words():
    for fault in Fault:
        error = Unreadable.because(fault, row=3, limit=1, size=2, found="x", detail="y", resource="z", key="k")
        assert error.code == fault.value
        assert error.hint.endswith("。")
        assert "{" not in error.message + error.hint


def test_messages_show_no_control_characters_of_keys(refused):
    error = refused(b'[{"a\\u202e\\u0007": {"b": 1}}]', "x.json")
    assert error.message.isprintable()
