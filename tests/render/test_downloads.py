"""Downloads: every column, every party, in formats that people and programs open, the same bytes for the same rows."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from arro3.io import read_parquet
from jinja2 import Environment

from gongshi.records import DECISION_KINDS
from gongshi.release.cutting import ID
from gongshi.render.downloads import rows
from gongshi.render.downloads.columns import UNDECLARED, Cell, columns_of
from gongshi.render.downloads.formats import NotTyped
from gongshi.render.downloads.pages import downloads_of
from gongshi.render.look.shell import Shell

MONTH = "2026-03"
Files = Callable[[str], dict[str, bytes]]


@pytest.fixture
def files(public: Any, env: Environment, shell: Shell) -> Files:
    """The files of a kind, by suffix."""

    def made(kind: str) -> dict[str, bytes]:
        pages = public.plan(env, shell, [f"downloads:{kind}:{MONTH}"])
        return {page.path.rpartition(".")[2]: page.render() for page in pages}

    return made


def table(content: bytes) -> list[dict[str, str]]:
    """CSV as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def objects(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


def typed(content: bytes) -> dict[str, list[Any]]:
    """A Parquet file's columns."""
    read = read_parquet(io.BytesIO(content)).read_all()
    return {name: read.column(name).to_pylist() for name in read.schema.names}


@pytest.mark.parametrize("kind", DECISION_KINDS)
def test_no_public_field_is_lost(kind: str) -> None:
    record = DECISION_KINDS[kind]
    names = [column.name for column in columns_of(kind)]
    declared = {field.name for field in record.public_fields} - {record.event}
    assert declared | {"decided_on"} <= set(names)
    assert len(names) == len(set(names))
    assert len({column.label for column in columns_of(kind)}) == len(names), "two headers alike"
    assert {column.name for column in UNDECLARED} <= set(names)


@pytest.mark.parametrize("kind", DECISION_KINDS)
def test_all_formats_tell_the_same(kind: str, public: Any, files: Files) -> None:
    public.decision(kind, day="2026-03-05")
    made = files(kind)
    (people,), (program,), columns = table(made["csv"]), objects(made["jsonl"]), typed(made["parquet"])
    assert list(columns) == [column.name for column in columns_of(kind)]
    for column in columns_of(kind):
        (value,) = columns[column.name]
        told = (
            {True: "是", False: "否", None: ""}.get(value) if column.cell is Cell.FLAG or value is None else str(value)
        )
        assert people[column.label] == told, column.name
        if value is None:
            assert column.name not in program
        elif column.cell is Cell.MONEY:
            assert Decimal(str(program[column.name])) == value
        else:
            assert str(program[column.name]) == str(value), column.name


def test_each_party_has_its_row_and_its_own_text(public: Any, files: Files) -> None:
    several = [
        {"name": "甲有限公司", "type": "法人及非法人组织", "uscc": "91220700MA0000000X", "fine": "5000"},
        {"name": "张某某", "type": "自然人", "fine": "200.5", "own": '{"content":"警告；罚款200.50元。"}'},
    ]
    public.decision("penalty", parties=several, day="2026-03-05", content="罚款5000元。")
    made = files("penalty")
    first, second = table(made["csv"])
    assert (first["行政相对人名称"], first["罚款金额"], first["处罚内容"]) == ("甲有限公司", "5000.00", "罚款5000元。")
    assert (second["行政相对人名称"], second["罚款金额"], second["处罚内容"]) == (
        "张某某",
        "200.50",
        "警告；罚款200.50元。",
    )
    assert first["公示编号"] == second["公示编号"]
    assert [row["party_position"] for row in objects(made["jsonl"])] == [0, 1]
    assert sum(typed(made["parquet"])["fine"]) == Decimal("5200.50")


@pytest.mark.parametrize("text", ["=1+1", "＝1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_becomes_a_formula_and_programs_get_it_as_it_is(text: str, public: Any, files: Files) -> None:
    public.decision("penalty", day="2026-03-05", facts=text)
    public.decision("penalty", day="2026-03-06", facts="经查，=1+1。")
    made = files("penalty")
    assert [row["违法事实"] for row in table(made["csv"])] == [f"'{text}", "经查，=1+1。"]
    assert [row["facts"] for row in objects(made["jsonl"])] == [text, "经查，=1+1。"]
    assert typed(made["parquet"])["facts"] == [text, "经查，=1+1。"]


def test_quotes_lines_and_rare_characters_come_out_as_they_went_in(public: Any, files: Files) -> None:
    text = '第一行，"引号"\n第二行；䶮𬭩\\n</script>'
    public.decision("penalty", day="2026-03-05", facts=text)
    made = files("penalty")
    assert table(made["csv"])[0]["违法事实"] == text
    assert objects(made["jsonl"])[0]["facts"] == text
    assert made["csv"].startswith(b"\xef\xbb\xbf")


def test_what_waits_for_a_reviewer_is_named_and_not_shown(public: Any, files: Files) -> None:
    public.decision("penalty", day="2026-03-05", facts=None, held_fields='["facts","legal_basis"]')
    public.decision("penalty", day="2026-03-05")
    assert [row["暂缓公示的字段"] for row in table(files("penalty")["csv"])] == ["facts、legal_basis", ""]


def test_a_month_has_its_own_decisions_and_no_others(public: Any, files: Files, env: Environment, shell: Shell) -> None:
    ids = [public.decision("penalty", day=day) for day in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01")]
    assert [row["公示编号"] for row in table(files("penalty")["csv"])] == ids[1:3]
    assert files("licence") == {}
    paths = {page.path for page in public.plan(env, shell) if page.path.startswith("downloads/2026")}
    assert paths == {path for month in ("2026-02", MONTH, "2026-04") for path in downloads_of("penalty", month)}


def test_more_rows_than_are_read_at_once_are_all_there(
    public: Any, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "AT_ONCE", 3)
    ids = [public.decision("penalty", day=f"2026-03-{day:02d}") for day in range(1, 12)]
    made = files("penalty")
    assert [row["公示编号"] for row in table(made["csv"])] == ids
    assert [row["id"] for row in objects(made["jsonl"])] == ids
    assert typed(made["parquet"])["id"] == ids


def test_a_value_that_is_not_what_its_column_says_stops_the_file(public: Any, files: Files) -> None:
    public.decision("penalty", day="2026-03-05", decided_on="去年春天")
    with pytest.raises(NotTyped, match=r"W003.*decided_on"):
        files("penalty")


_MAKE = """
import hashlib, io, sys
from gongshi.render.downloads.columns import columns_of
from gongshi.render.downloads.formats import Sheet
from gongshi.render.downloads.rows import places_in, rows_at
from gongshi.store.sqlite import connect
db = connect(sys.argv[1], read_only=True)
rows = rows_at(db, "penalty", "2026-03", places_in(db, "penalty", "2026-03"), "")
sheet = Sheet(columns_of("penalty"), rows)
for write in (sheet.csv, sheet.jsonl, sheet.parquet):
    out = io.BytesIO()
    write(out)
    print(hashlib.sha256(out.getvalue()).hexdigest())
"""


def test_two_processes_make_the_same_bytes(public: Any, files: Files, tmp_path: Path) -> None:
    for day in range(1, 29):
        public.decision("penalty", day=f"2026-03-{day:02d}")
    made = files("penalty")
    public.db.execute("COMMIT")
    for seed in ("1", "2"):
        run = [sys.executable, "-c", _MAKE, str(tmp_path / "public.db")]
        told = subprocess.run(run, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}).stdout
        assert told.split() == [hashlib.sha256(made[one]).hexdigest() for one in ("csv", "jsonl", "parquet")]


@pytest.mark.article("D28", "S1.3")
def test_a_decision_is_found_by_its_id_in_the_bytes_of_every_file(public: Any, files: Files) -> None:
    ids = {public.decision("penalty", day=f"2026-03-{day:02d}") for day in range(1, 29)}
    for suffix, content in files("penalty").items():
        assert ids <= {found.decode() for found in ID.findall(content)}, f"what is taken down is not found in {suffix}"


def test_the_rows_are_read_once_for_all_files(public: Any, env: Environment, shell: Shell) -> None:
    public.decision("penalty", day="2026-03-05")
    pages = list(public.plan(env, shell, [f"downloads:penalty:{MONTH}"]))
    asked: list[str] = []
    public.db.set_trace_callback(asked.append)
    contents = [page.render() for page in pages]
    public.db.set_trace_callback(None)
    assert len([sql for sql in asked if "JOIN parties" in sql]) == 1
    assert [page.render() for page in pages] == contents, "made once more, as after a run that was cut off"


def test_only_a_change_of_a_month_changes_its_files(public: Any, env: Environment, shell: Shell) -> None:
    def marks() -> dict[str, str]:
        return {
            page.path: page.fingerprint for page in public.plan(env, shell) if page.path.startswith("downloads/2026")
        }

    for day in ("2026-02-01", "2026-03-01"):
        public.decision("penalty", day=day)
    public.decision("licence", day="2026-03-01")
    before = marks()
    public.decision("penalty", day="2026-03-09")
    after = marks()
    assert {path for path in after if after[path] != before.get(path)} == set(downloads_of("penalty", MONTH))


def test_the_page_leads_to_every_file_and_counts_decisions(public: Any, site: Callable[[], dict[str, str]]) -> None:
    for day in ("2025-12-01", "2026-03-01", "2026-03-02"):
        public.decision("penalty", day=day)
    made = site()
    page = made["downloads/index.html"]
    files = [path for path in made if path.startswith("downloads/20")]
    assert len(files) == 6
    assert all(f'href="/{path}"' in page for path in files)
    assert 'href="/downloads/2026-03.xlsx"' in page
    assert "<strong>2026年3月</strong> <small>2 件</small>" in page
    assert page.index("2026年3月") < page.index("2025年12月")


def test_before_the_first_decision_the_page_says_so(site: Callable[[], dict[str, str]]) -> None:
    assert "没有可以下载的" in site()["downloads/index.html"]
