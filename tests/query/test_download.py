"""A month's workbook: made while it is sent, opened by what people open it with, never more than a few at once."""

from __future__ import annotations

import io
import random
import threading
import zipfile
from typing import Any

import httpx
import openpyxl
import pytest
import python_calamine

from gongshi.query import streams
from gongshi.records import DECISION_KINDS
from gongshi.render.downloads.workbook import TYPE

ADDRESS = "/downloads/2026-09.xlsx"


def sheets(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet by its headers, as openpyxl reads them."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    found = {}
    for sheet in book:
        headers, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(headers, row, strict=False)) for row in rows]
    return found


@pytest.fixture(scope="module")
def content(web: httpx.Client) -> bytes:
    answer = web.get(ADDRESS)
    assert answer.status_code == 200
    return answer.content


def test_a_workbook_has_every_decision_of_the_month_in_the_sheet_of_its_kind(
    content: bytes, decisions: list[Any]
) -> None:
    found = sheets(content)
    for kind in DECISION_KINDS.values():
        ours = {one.id for one in decisions if one.kind == kind.name}
        assert {row["公示编号"] for row in found[kind.label]} == ours, kind.name
    assert [row["公示编号"] for row in found["行政处罚"]] == [
        one.id for one in sorted(decisions, key=lambda one: one.sort) if one.kind == "penalty"
    ]


def test_signs_of_xml_come_out_as_they_went_in(content: bytes, decisions: list[Any]) -> None:
    row = next(row for row in sheets(content)["行政处罚"] if row["行政处罚决定书文号"] == "松市监罚〔2026〕15号")
    assert row["行政相对人名称"] == "<b>引号\"与'尖括号</b>有限公司"
    assert row["违法行为类型"] == "销售不合格特种轴承"


def test_what_only_one_party_was_told_stands_in_its_usual_column(content: bytes) -> None:
    row = next(row for row in sheets(content)["行政处罚"] if row["统一社会信用代码"] == "91220700MA0000000X")
    assert row["处罚内容"] == "吊销营业执照正本"


def test_calamine_reads_the_same(content: bytes) -> None:
    book = python_calamine.load_workbook(io.BytesIO(content))
    for name, rows in sheets(content).items():
        read = book.get_sheet_by_name(name).to_python()
        assert [row[0] for row in read[1:]] == [row["公示编号"] for row in rows]


def test_the_answer_says_what_it_is_and_is_kept_by_nobody(web: httpx.Client) -> None:
    for answer in (web.get(ADDRESS), web.head(ADDRESS)):
        assert answer.headers["content-type"] == TYPE
        assert answer.headers["content-disposition"] == 'attachment; filename="decisions-2026-09.xlsx"'
        assert (answer.headers["cache-control"], answer.headers["x-robots-tag"]) == (
            "max-age=0, must-revalidate",
            "noindex",
        )
    asked = web.head(ADDRESS)
    assert asked.content == b""
    assert "content-length" not in asked.headers, "how long it gets is not known before it is made"
    assert web.post(ADDRESS).status_code == 405


def test_the_same_rows_give_the_same_bytes(web: httpx.Client, content: bytes) -> None:
    assert web.get(ADDRESS).content == content
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("month", ["2020-01", "2026-13", "２０２６-09", "x", "2026-9"])
def test_a_month_without_decisions_says_so(web: httpx.Client, month: str) -> None:
    answer = web.get(f"/downloads/{month}.xlsx")
    assert answer.status_code == 404
    assert "没有正在公示的决定" in answer.text
    assert "/downloads/" in answer.text


@pytest.mark.article("D28", "S1.3")
def test_what_is_taken_down_is_in_no_workbook(own_server: Any, make: Any, decisions: list[Any]) -> None:
    canary = next(one for one in decisions if one.sort == 90_000)
    with own_server.client() as web:
        assert canary.id in str(sheets(web.get(ADDRESS).content))
        make.change(own_server.build / "public.db", remove=[canary])
        assert canary.id not in str(sheets(web.get(ADDRESS).content))


@pytest.fixture
def large(own_server: Any, make: Any) -> Any:
    """So much that a workbook does not fit into the buffers between reader and server, whatever they are."""
    draw = random.Random(1)

    def text() -> str:
        return "".join(map(chr, draw.choices(range(0x4E00, 0x9FA5), k=2000)))

    many = [make.Decision(100_000 + at, kind="licence", own={"licence_class": text()}) for at in range(2500)]
    make.change(own_server.build / "public.db", add=many)
    return own_server


def test_a_slow_reader_holds_up_neither_others_nor_a_takedown(large: Any, make: Any, decisions: list[Any]) -> None:
    canary = next(one for one in decisions if one.sort == 90_000)
    slow = [make.Slow(large.url, ADDRESS) for _ in range(streams.AT_ONCE)]
    try:
        with large.client() as web:
            assert make.eventually(lambda: web.get(ADDRESS).status_code == 503)
            refused = web.get(ADDRESS)
            assert (refused.headers["retry-after"], "同时下载" in refused.text) == ("60", True)
            assert web.get("/search", params={"q": canary.number}).status_code == 200
            changed = threading.Thread(
                target=make.change, args=(large.build / "public.db",), kwargs={"remove": [canary]}
            )
            changed.start()
            changed.join(10)
            assert not changed.is_alive(), "a reader's transaction stands in the way"
            assert web.get(f"/api/v1/decisions/{canary.id}").status_code == 404
            for one in slow:
                one.socket.close()
            assert make.eventually(lambda: web.get(ADDRESS).status_code == 200), "those who went left their places"
    finally:
        for one in slow:
            one.socket.close()
