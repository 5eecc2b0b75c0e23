"""The results of a search as feed, CSV and workbook: the same decisions as the page, masked as there, safe to open."""

from __future__ import annotations

import csv
import html
import io
import random
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
import python_calamine

from gongshi.query import results
from gongshi.query.exports import AT_ONCE, columns_for, rows_at
from gongshi.records.party import NATURAL_PERSON
from gongshi.render.downloads.workbook import TYPE
from gongshi.store.sqlite import connect

FORMS = ("search.atom", "search.csv", "search.xlsx", "search", "api/v1/search")
QUESTIONS = (
    "",
    "q=食品",
    "q=罚",
    "q=轴承",
    "q=松市监罚〔2026〕15号",
    "q=松市監罰[2026]15号",
    "q=食品 许可证",
    "q=消防通道&kind=penalty",
    "q=计量&order=newest",
    "q=吊销&order=best",
    "q=商贸&year=2025",
    "kind=penalty&year=2026",
    "kind=levy&order=amount",
    "year=2024",
    "department={market}",
    "q=91220700MA0000000X",
    "from=2026-09-30&to=2026-09-30",
    "q=罚款&type=decision&party=o",
    "q=松市监罚2026-15号",
    "q=shipin",
    "q=没有这样的内容",
)


def rows_of(answer: httpx.Response) -> list[dict[str, str]]:
    """The rows of a CSV by its headers, which begin with the spreadsheets' mark."""
    assert answer.content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))


def sheets_of(answer: httpx.Response) -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet by its headers."""
    found = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True):
        headers, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(headers, row, strict=False)) for row in rows]
    return found


def entries_of(answer: httpx.Response) -> list[str]:
    """The ids of a feed's decisions."""
    links = ET.fromstring(answer.content).iterfind("{*}entry/{*}link")
    return [link.attrib["href"].rpartition("/")[2].removesuffix(".html") for link in links]


def through(web: httpx.Client, query: str) -> list[str]:
    """The ids that the API gives, page by page."""
    address, found = f"/api/v1/search?{query}", []
    while address:
        answer = web.get(address).json()["decisions"]
        found += [item["id"] for item in answer["items"]]
        address = answer["next"]
    return found


def shown(web: httpx.Client, query: str) -> list[str]:
    """The ids of the decisions that the page shows, page by page."""
    address, found = f"/search?{query}", []
    while address:
        text = web.get(address).text
        hits = text.partition('aria-labelledby="found"')[2]
        found += re.findall(r'data-hit="(\w+)"', hits)
        after = re.search(r'<a href="([^"]+)" rel="next">', text)
        address = html.unescape(after[1]) if after else ""
    return found


@pytest.fixture(scope="module", params=QUESTIONS)
def question(request: pytest.FixtureRequest, make: Any) -> str:
    return str(request.param).format(market=make.market)


def test_page_api_feed_csv_and_workbook_have_the_same(web: httpx.Client, question: str) -> None:
    wanted = through(web, question)
    assert shown(web, question) == wanted
    newest = through(web, f"{question}&order=newest")
    assert entries_of(web.get(f"/search.atom?{question}")) == newest[:50]
    assert sorted(newest) == sorted(wanted)
    table, book = web.get(f"/search.csv?{question}"), web.get(f"/search.xlsx?{question}")
    if not wanted:
        assert (table.status_code, book.status_code) == (404, 404)
        assert "没有可以下载的内容" in table.text
        return
    rows = rows_of(table)
    assert [row["公示编号"] for row in rows] == wanted
    by_kind: dict[str, list[str]] = {}
    for row in rows:
        by_kind.setdefault(row["执法类别"], []).append(row["公示编号"])
    assert {name: [row["公示编号"] for row in found] for name, found in sheets_of(book).items()} == by_kind


def test_of_one_kind_the_columns_are_those_of_its_table_of_several_what_all_have(web: httpx.Client) -> None:
    one, several = (rows_of(web.get(f"/search.csv?q=轴承{more}")) for more in ("&kind=penalty", ""))
    assert list(one[0]) == [column.label for column in columns_for("penalty")]
    assert one[0]["违法行为类型"] == "销售不合格特种轴承"
    assert list(several[0]) == [column.label for column in columns_for("")]
    assert {"决定书文号", "决定内容", "决定日期", "罚款金额（元）"} <= set(several[0])
    assert "违法行为类型" not in several[0]
    assert (several[0]["执法类别"], several[0]["历史数据补录"]) == ("行政处罚", "否")
    assert several[0]["网址"].endswith(f"/{several[0]['公示编号']}.html")


def test_what_they_are_is_said_and_no_search_engine_keeps_them(web: httpx.Client) -> None:
    for ending, type_ in (("csv", results.CSV), ("xlsx", TYPE)):
        for answer in (web.get(f"/search.{ending}?q=食品"), web.head(f"/search.{ending}?q=食品")):
            assert answer.headers["content-type"] == type_
            told = f'attachment; filename="search-2026-09-30.{ending}"'
            assert answer.headers["content-disposition"] == told
            assert (answer.headers["x-robots-tag"], "etag" in answer.headers) == ("noindex", False)
        assert (answer.content, "content-length" in answer.headers) == (b"", False)
    feed = web.get("/search.atom?q=食品&kind=penalty&page=3")
    assert (feed.headers["content-type"], feed.headers["x-robots-tag"]) == ("application/atom+xml", "noindex")
    assert feed.headers["cache-control"] == "max-age=0, must-revalidate"
    root = ET.fromstring(feed.content)
    assert root.findtext("{*}title", "").endswith("：查找结果：行政处罚（示例数据）"), "not what was typed"
    href = {link.attrib["rel"]: link.attrib["href"] for link in root.findall("{*}link")}
    asked = "?q=%E9%A3%9F%E5%93%81&kind=penalty"
    assert (href["self"].endswith(f"/search.atom{asked}"), href["alternate"].endswith(f"/search{asked}")) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("kind=x", "kind"),
        ("q=" + "罚" * 201, "q"),
        ("type=records&q=张", "type"),
        ("type=officer", "type"),
        ("in=records&q=张", "in"),
        ("type=law&q=法", "type"),
        ("colour=red", "colour"),
        ("from=2026-13-01", "from"),
    ],
)
@pytest.mark.article("D7")
def test_a_faulty_question_is_refused_and_registers_are_not_handed_out(
    web: httpx.Client, query: str, code: str
) -> None:
    for ending in ("atom", "csv", "xlsx"):
        answer = web.get(f"/search.{ending}?{query}")
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (400, "text/html"), code
        assert web.post(f"/search.{ending}?{query}").status_code == 405


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, make: Any) -> Iterator[Any]:
    """A server whose results do not fit into the buffers between reader and server, and take several looks."""
    draw = random.Random(1)
    texts = ["".join(map(chr, draw.choices(range(0x4E00, 0x9FA5), k=4000))) for _ in range(40)]
    root = tmp_path_factory.mktemp("many")
    made = [
        make.Decision(
            1000 + at,
            kind="licence",
            number=f"松示例许〔2026〕{at}号",
            party='=HYPERLINK("http://example.invalid")' if at == AT_ONCE else "松原市宏远商贸有限公司",
            others=(("张某某", NATURAL_PERSON),) if at == 1 else (),
            own={"licence_class": texts[at % len(texts)]},
        )
        for at in range(2 * AT_ONCE + 200)
    ]
    make.write(root / "build" / "public.db", made)
    server = make.start(make.built(root))
    server.decisions = made
    yield server
    make.stop(server)


def test_a_long_file_is_whole_in_order_a_row_a_party_and_runs_in_no_spreadsheet(many: Any) -> None:
    with many.client() as web:
        rows = rows_of(web.get("/search.csv?kind=licence"))
        book = python_calamine.load_workbook(io.BytesIO(web.get("/search.xlsx").content))
    ids = [row["公示编号"] for row in rows]
    assert list(dict.fromkeys(ids)) == [one.id for one in reversed(many.decisions)]
    both = [(row["相对人序号"], row["行政相对人名称"]) for row in rows if row["公示编号"] == many.decisions[1].id]
    assert both == [("1", "松原市宏远商贸有限公司"), ("2", "张某某")]
    assert [row[0] for row in book.get_sheet_by_name("行政许可").to_python()[1:]] == ids
    (runs,) = (row["行政相对人名称"] for row in rows if "HYPERLINK" in row["行政相对人名称"])
    assert runs.startswith("'=")


@pytest.mark.article("D28", "S1.3")
def test_a_slow_reader_holds_up_neither_others_nor_a_takedown(many: Any, make: Any) -> None:
    canary = many.decisions[5]
    path = many.build / "public.db"
    slow = [make.Slow(many.url, address) for address in ("/search.csv?kind=licence", "/search.xlsx")]
    with many.client() as web:
        assert make.eventually(lambda: web.get("/search.csv?q=15号").status_code == 503)
        refused = web.get("/search.xlsx?q=15号")
        assert (refused.headers["retry-after"], "同时下载" in refused.text) == ("60", True)
        assert web.get("/search.atom?q=宏远").status_code == 200, "a feed waits for nobody"
        changed = threading.Thread(target=make.change, args=(path,), kwargs={"remove": [canary]})
        changed.start()
        changed.join(20)
        assert not changed.is_alive(), "a reader's transaction stands in the way"
        for one in slow:
            one.socket.close()
        assert make.eventually(lambda: web.get("/search.csv?q=15号").status_code == 200), "whoever went left a place"


def test_what_is_taken_down_while_a_file_is_made_is_no_longer_read(tmp_path: Path, make: Any) -> None:
    some = [make.Decision(1000 + at, number=f"松示例罚〔2026〕{at}号") for at in range(5)]
    path = make.write(tmp_path / "public.db", some)
    places = [one.sort for one in reversed(some)]
    make.change(path, remove=[some[2]])
    db = connect(path)
    try:
        for kind in ("", "penalty"):
            rows = rows_at(db, kind, places, "https://example.invalid")
            assert [row[0] for row in rows] == [one.id for one in reversed(some) if one is not some[2]]
            assert {len(row) for row in rows} == {len(columns_for(kind))}
    finally:
        db.close()


@pytest.mark.article("D28", "S1.3")
def test_what_is_taken_down_is_in_none_of_them(many: Any, make: Any) -> None:
    """The page and the API were answered before, and are kept in memory."""
    canary = many.decisions[7]
    feed, table, book, page, api = (f"/{form}?q={canary.number}" for form in FORMS)
    with many.client() as web:
        before = {address: [web.get(address) for _ in range(2)][1] for address in (feed, table, book, page, api)}
        assert canary.id in str(sheets_of(before.pop(book)))
        assert all(canary.id in answer.text for answer in before.values())
        kept = {"if-none-match": before[feed].headers["etag"]}
        assert (web.get(feed, headers=kept).status_code, before[feed].headers["etag"][:3]) == (304, 'W/"')
    make.change(many.build / "public.db", remove=[canary])
    with many.client() as web:
        after = [web.get(address, headers=kept) for address in (feed, table, book, page, api)]
    assert [answer.status_code for answer in after] == [200, 404, 404, 200, 200]
    assert not any(canary.id in answer.text for answer in after)
    assert entries_of(after[0]) == []


def test_what_is_nearly_a_name_gives_the_same_everywhere(many: Any) -> None:
    asked = "q=宏元商贸&kind=licence"
    with many.client() as web:
        answer = web.get(f"/api/v1/search?{asked}").json()
        (near,) = answer["near"]
        assert (near["text"], near["q"], near["count"]) == ("宏远商贸", "宏远商贸", {"value": 1000, "exact": False})
        assert answer["query"]["q"] == "宏元商贸"
        first = [item["id"] for item in answer["decisions"]["items"]]
        assert "没有找到“宏元商贸”，以下是“宏远商贸”的结果" in web.get(f"/search?{asked}").text
        assert [row["公示编号"] for row in rows_of(web.get(f"/search.csv?{asked}"))][:20] == first
        newest = [one.id for one in reversed(many.decisions) if one.party == "松原市宏远商贸有限公司"]
        assert entries_of(web.get(f"/search.atom?{asked}"))[0] == newest[0]


def test_what_may_be_another_s_name_is_only_brought_up(many: Any) -> None:
    with many.client() as web:
        answer = web.get("/api/v1/search?q=宏大商贸").json()
        assert ([near["text"] for near in answer["near"]], answer["decisions"]["items"]) == (["宏远商贸"], [])
        page = web.get("/search?q=宏大商贸").text
        assert ("以下是" in page, "宏远商贸" in page) == (False, True)
        assert web.get("/search.csv?q=宏大商贸").status_code == 404


ODD = (
    "q=%00",
    "q=%0d%0aSet-Cookie:%20a=1",
    "q=%22%20OR%20NEAR(%22a%22%20*",
    "q=*%20AND%20(",
    "q=%ff%fe",
    "q=%EF%BF%BE%0B%1b",
    "q=%E2%80%AE%3Cscript%3E]]%3E",
    "q=" + "%E5%8F%B7" * 200,
    "q=a&q=b&q=c",
    "page=500",
    "department=%27%20OR%201",
    "from=0000-00-00",
    "law=ffffffffffff&item=ffffffffffffffff&region=%F0%9F%98%80",
)


@pytest.mark.parametrize("query", ODD)
def test_odd_questions_are_answered_in_our_words(web: httpx.Client, query: str) -> None:
    for address in ("/search.atom", "/search.csv", "/search.xlsx", "/api/v1/search"):
        answer = web.get(f"{address}?{query}")
        assert answer.status_code in (200, 400, 404), address
        assert "set-cookie" not in answer.headers
        if address == "/search.atom" and answer.status_code == 200:
            assert ET.fromstring(answer.content).tag.endswith("feed")
