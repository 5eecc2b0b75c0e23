"""Registers and lists are found by any of their words, narrowed, counted, told by the API, and gone when taken down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from gongshi.publish.registry.public_record import PublicRecord
from tests.query import registers

API = "/api/v1/records"


@pytest.fixture(scope="module")
def places(make: Any) -> list[tuple[str, str, str]]:
    """Two departments: key, name, region."""
    return [(key, name, "220700") for key, name in list(make.departments.items())[:2]]


@pytest.fixture(scope="module")
def records(places: list[tuple[str, str, str]]) -> dict[str, PublicRecord]:
    market, other = places
    officer = "officer"
    return {
        "valid": registers.made(1, officer, market, name="赵示安", certificate_number="22070100017"),
        "expired": registers.made(
            2, officer, other, name="钱示博", certificate_number="22070200023", row={"validity": "expired"}
        ),
        "ended": registers.made(
            3, officer, market, name="孙示诚", certificate_number="22070100099", row={"standing": "ended"}
        ),
        "item": registers.made(4, "enforcement_item", market),
        "guide": registers.made(5, "service_guide", market),
        "board": registers.made(6, "post_board", other),
        "named": registers.made(7, "normative_text", other, title="关于证件22070100017的说明", body="没有别的。"),
    }


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory, make: Any, records: dict[str, PublicRecord], decisions: Any
) -> Iterator[Any]:
    build = tmp_path_factory.mktemp("registered") / "build"
    make.write(build / "public.db", decisions)
    registers.publish(build / "public.db", list(records.values()))
    server = make.start(make.built(build.parent))
    yield server
    make.stop(server)


@pytest.fixture(scope="module")
def client(running: Any) -> Iterator[httpx.Client]:
    with running.client() as client:
        yield client


def found(client: httpx.Client, **asked: str) -> list[str]:
    """The titles that the API finds."""
    answer = client.get(API, params=asked)
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


@pytest.mark.article("D7")
@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({"q": "22070100017", "kind": "officer"}, "赵示安"),
        ({"q": "0017", "kind": "officer"}, "赵示安"),
        ({"q": "示安"}, "赵示安"),
        ({"q": "安", "kind": "officer"}, "赵示安"),
        ({"number": "22070200023"}, "钱示博"),
    ],
)
def test_an_officer_is_found_by_any_part_of_name_or_number(
    client: httpx.Client, asked: dict[str, str], title: str
) -> None:
    assert found(client, **asked) == [title]


def test_any_word_of_a_table_is_found_and_shown(client: httpx.Client) -> None:
    (item,) = client.get(API, params={"q": "货值金额不足一万元", "kind": "enforcement_item"}).json()["items"]
    assert item["excerpt"]["label"] == "依据"
    (start, end), *_ = item["excerpt"]["marks"]
    assert item["excerpt"]["text"][start:end] == "货值金额不足一万元"


def test_what_has_the_words_in_its_number_comes_first_then_its_title(client: httpx.Client) -> None:
    assert found(client, q="22070100017")[:2] == ["赵示安", "关于证件22070100017的说明"]


@pytest.mark.parametrize("asked", [{"q": "孙示诚"}, {"number": "22070100099"}, {"q": "22070100099"}])
def test_what_is_no_longer_in_force_is_not_found(client: httpx.Client, asked: dict[str, str]) -> None:
    answer = client.get(API, params=asked).json()
    assert answer["items"] == []
    assert answer["total"] == {"value": 0, "exact": True}


def test_its_own_address_tells_that_it_is_over(client: httpx.Client, records: dict[str, PublicRecord]) -> None:
    told = client.get(f"{API}/{records['ended'].id}").json()
    assert (told["in_force"], told["valid_today"]) == (False, False)


def test_a_record_is_told_whole(client: httpx.Client, records: dict[str, PublicRecord]) -> None:
    told = client.get(f"{API}/{records['item'].id}").json()
    assert told["url"] == f"/items/{records['item'].id}.html"
    assert told["fields"]["basis"]["label"] == "依据"
    assert told["fields"]["basis"]["value"][0]["law"] == "《中华人民共和国食品安全法》"
    assert told["valid_today"] is None
    officer = client.get(f"{API}/{records['expired'].id}").json()
    assert (officer["validity"], officer["valid_today"]) == ("expired", False)


@pytest.mark.parametrize("wanted", ["0" * 16, "x", "' OR 1=1 --", "1' UNION"])
def test_what_was_never_public_is_not_there(client: httpx.Client, wanted: str) -> None:
    answer = client.get(f"{API}/{wanted}")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


def test_facets_say_what_another_choice_would_leave(client: httpx.Client) -> None:
    answer = client.get(API, params={"kind": "officer"}).json()
    assert answer["total"] == {"value": 2, "exact": True}
    kinds = {choice["value"]: (choice["count"]["value"], choice["chosen"]) for choice in answer["facets"]["kind"]}
    assert kinds["officer"] == (2, True)
    assert kinds["service_guide"] == (1, False)
    assert {choice["count"]["value"] for choice in answer["facets"]["department"]} == {1}


def test_an_officer_of_several_acts_is_found_under_each(client: httpx.Client) -> None:
    for act in ("行政处罚", "行政检查"):
        for words in ({}, {"q": "示"}):
            assert set(found(client, kind="officer", act=act, **words)) == {"赵示安", "钱示博"}
    assert found(client, kind="officer", act="行政征收") == []


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"kind": "penalty"}, "kind"),
        ({"department": "x"}, "department"),
        ({"act": "x"}, "act"),
        ({"page": "0"}, "page"),
    ],
)
def test_what_there_is_not_is_refused_by_name(client: httpx.Client, asked: dict[str, str], parameter: str) -> None:
    answer = client.get(API, params=asked)
    assert answer.status_code == 400
    assert answer.json()["error"]["parameter"] == parameter
    page = client.get("/search", params={"in": "records", **asked})
    assert page.status_code == 400
    assert 'role="alert"' in page.text


def test_the_api_knows_no_other_parameter(client: httpx.Client) -> None:
    assert client.get(API, params={"in": "records"}).json()["error"]["code"] == "unknown_parameter"
    assert client.options(API).status_code == 204
    assert client.get(API).headers["access-control-allow-origin"] == "*"


def test_pages_of_an_answer_hold_each_record_once(make: Any, tmp_path: Path, places: Any) -> None:
    path = make.write(tmp_path / "build" / "public.db", [])
    many = [
        registers.made(place, "officer", places[0], name=f"示{place}", certificate_number=f"2207{place:07}")
        for place in range(45)
    ]
    registers.publish(path, many)
    server = make.start(make.built(tmp_path))
    try:
        with server.client() as client:
            for asked in ("?q=示", "", "?kind=officer"):
                address, seen = f"{API}{asked}", []
                while address:
                    answer = client.get(address).json()
                    seen += [item["id"] for item in answer["items"]]
                    address = answer["next"]
                assert sorted(seen) == sorted(one.id for one in many), asked
    finally:
        make.stop(server)


@pytest.mark.article("S5")
def test_the_registers_say_of_every_department_what_is_there_and_what_is_missing(
    client: httpx.Client, places: list[tuple[str, str, str]], make: Any
) -> None:
    told = client.get("/api/v1/registers").json()
    assert sum(len(group["items"]) for group in told["groups"]) == 15
    departments = {one["key"]: one for region in told["regions"] for one in region["departments"]}
    assert departments.keys() >= make.departments.keys()
    states = {item["label"]: (item["state"], item["count"]) for item in departments[places[0][0]]["items"]}
    assert states["执法人员"] == ("there", 1)
    assert states["执法主体"] == ("missing", 0)


@pytest.mark.article("D14")
def test_the_search_page_says_whether_a_certificate_holds(client: httpx.Client) -> None:
    page = client.get("/search", params={"in": "records", "kind": "officer", "q": "2207"}).text
    said = dict(re.findall(r'html">(?:<mark>)?([^<]+)(?:</mark>)?</a> <span class="gs-sign is-\w+">(\w+)</span>', page))
    assert said == {"赵示安": "证件有效", "钱示博": "证件无效"}
    assert page.count("<h1>") == 1


def test_the_search_of_decisions_shows_what_registers_have_of_the_words(client: httpx.Client) -> None:
    page = client.get("/search", params={"q": "0017"}).text
    assert '<a href="/search?q=0017&amp;type=records">事前公开信息 <span>2</span></a>' in page
    assert page.index("赵示安") < page.index("关于证件")
    for narrowed in ({"kind": "penalty"}, {"page": "2"}):
        assert 'id="beside"' not in client.get("/search", params={"q": "食品", **narrowed}).text


@pytest.mark.article("S4")
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("00017", "valid"), ("货值", "item"), ("第二十八条", "item"), ("许可申请书", "guide"), ("受理岗", "board")],
)
def test_the_box_on_every_page_finds_what_is_public_before_enforcement(
    client: httpx.Client, records: dict[str, PublicRecord], typed: str, wanted: str
) -> None:
    page = client.get("/search", params={"q": typed}).text
    before = page.partition('aria-labelledby="found"')[0]
    named = wanted in ("valid", "guide")
    assert records[wanted].id in (before if named else page), "what is named so stands above the decisions"


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        "title:示",
        "{number}",
        "示 OR 钱",
        "NEAR(示 钱)",
        "示*",
        "^示",
        "-示",
        "(",
        "\x00",
        "%",
        "示\u202e",
        "𬭩",
        "👮",
    ],
)
def test_whatever_is_typed_means_itself(client: httpx.Client, typed: str) -> None:
    for address in ("/search?in=records", "/search?", API + "?"):
        separator = "" if address.endswith("?") else "&"
        answer = client.get(f"{address}{separator}{httpx.QueryParams(q=typed)}")
        assert answer.status_code == 200, (address, typed)
        assert answer.text.count("<script") == answer.text.count('<script src="/assets/suggest.')


def test_where_nothing_stands_as_it_was_typed_it_is_looked_for_as_it_was_meant(
    client: httpx.Client, records: dict[str, PublicRecord]
) -> None:
    typed = {"q": "货值、工具，设备"}
    assert found(client, **typed) == [], "a program is answered what it asked"
    page = client.get("/search", params={"in": "records", **typed}).text
    assert "以下按“货值 工具 设备”查找" in page
    assert records["item"].id in page
    assert records["item"].id in client.get("/search", params=typed).text


def test_nothing_of_a_record_is_found_as_soon_as_it_is_taken_down(make: Any, tmp_path: Path, places: Any) -> None:
    path = make.write(tmp_path / "build" / "public.db", [])
    gone = registers.made(1, "officer", places[0], name="赵示安", certificate_number="22070100017")
    kept = registers.made(2, "officer", places[0], name="赵示博", certificate_number="22070100018")
    registers.publish(path, [gone, kept])
    server = make.start(make.built(tmp_path))
    asked = (
        f"{API}?q=赵示",
        f"{API}?kind=officer",
        f"{API}?number=22070100017",
        f"{API}/{gone.id}",
        "/search?in=records&q=赵示",
        "/search?q=赵示",
        "/search?q=22070100017",
        "/data/public/records.json?_shape=array",
    )
    try:
        with server.client() as client:
            assert all(gone.id in client.get(address).text for address in asked)
            registers.unpublish(path, gone)
            for address in asked:
                assert gone.id not in client.get(address).text, address
                assert "赵示安" not in client.get(address).text, address
    finally:
        make.stop(server)


def test_the_tables_can_be_browsed_and_the_files_bytes_can_not(client: httpx.Client) -> None:
    for table in ("records", "record_kinds", "record_files"):
        assert client.get(f"/data/public/{table}.json").status_code == 200, table
    for closed in ("attachments", "records_fts", "records_fts_data", "records_fts_content", "records_fts_docsize"):
        assert client.get(f"/data/public/{closed}.json").status_code == 404, closed


@pytest.mark.article("D7")
def test_who_types_a_whole_number_is_told_at_once_whether_that_certificate_holds(client: httpx.Client) -> None:
    page = client.get("/search", params={"q": "22070200023"}).text
    line = page.partition("钱示博")[2].partition("</h3>")[0]
    assert "证件无效" in line
    assert "编号相同" in line
    assert page.count("钱示博") == 1, "said once"
