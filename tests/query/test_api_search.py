"""/api/v1/search: what the search page shows, in a shape that stays."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from gongshi.query.filters import FILTERS

PARTS = ["query", "understood", "direct", "tabs", "others", "decisions", "records", "things", "near", "feeds"]
ITEM = {"type", "label", "title", "url", "note", "excerpt"}


def asked(web: httpx.Client, **parameters: str) -> dict[str, Any]:
    """The answer to a search."""
    answer = web.get("/api/v1/search", params=parameters)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert (answer.headers["access-control-allow-origin"], answer.headers["x-robots-tag"]) == ("*", "noindex")
    found: dict[str, Any] = answer.json()
    assert list(found) == PARTS
    return found


def test_the_shape_of_a_search_of_everything(web: httpx.Client, make: Any) -> None:
    found = asked(web, q="食品", kind="penalty")
    assert list(found["query"]) == ["q", "type", *FILTERS, "from", "to", "order", "page", "act"]
    assert (found["query"]["q"], found["query"]["kind"], found["query"]["order"]) == ("食品", "penalty", "best")
    assert list(found["decisions"]) == ["total", "ranked", "items", "facets", "next"]
    assert set(found["decisions"]["facets"]) == set(FILTERS)
    assert (found["records"], found["things"], found["understood"], found["near"]) == (None, None, None, [])
    assert {"type": "decision", "label": "执法决定"}.items() <= found["tabs"][1].items()
    asks = "?q=%E9%A3%9F%E5%93%81&kind=penalty"
    assert found["feeds"] == {ending: f"/search.{ending}{asks}" for ending in ("atom", "csv", "xlsx")}


def test_what_a_query_names_as_a_whole_comes_first_and_what_was_understood_is_told(
    web: httpx.Client, make: Any
) -> None:
    found = asked(web, q="松市监罚2026-15号")
    wanted = make.Decision(90_000).path
    assert found["understood"] == {"by": "number", "from": "松市监罚2026-15号", "to": "松市监罚〔2026〕15号"}
    assert [item["url"] for item in found["decisions"]["items"]] == [wanted]
    (direct,) = asked(web, q="松市监罚〔2026〕15号")["direct"]
    assert (direct["type"], direct["why"], direct["url"]) == ("decision", "文号", wanted)
    assert asked(web, q="91220700MA0000000X")["direct"][0]["url"] == "/parties/91220700MA0000000X"


@pytest.mark.parametrize("type_", ["department", "help", "law", "notice"])
def test_other_sorts_of_things_are_listed_by_type(web: httpx.Client, type_: str) -> None:
    found = asked(web, q="市", type=type_)
    assert (found["decisions"], found["records"], found["feeds"]) == (None, None, None)
    assert list(found["things"]) == ["total", "items", "next"]
    assert all(set(item) == ITEM and item["type"] == type_ for item in found["things"]["items"])
    assert found["things"]["total"]["value"] >= len(found["things"]["items"])


def test_departments_are_found_with_an_address(web: httpx.Client, make: Any) -> None:
    found = asked(web, q=make.departments[make.market], type="department")["things"]["items"]
    assert found[0]["url"] == f"/departments/{make.market}/"


def test_records_are_listed_by_type(web: httpx.Client) -> None:
    found = asked(web, type="records")
    assert list(found["records"]) == ["total", "items", "facets", "next"]
    assert (found["decisions"], found["feeds"], found["query"]["type"]) == (None, None, "records")


@pytest.mark.parametrize(
    ("query", "code", "parameter"),
    [
        ("colour=red", "unknown_parameter", "colour"),
        ("in=records", "unknown_parameter", "in"),
        ("type=x", "unknown_value", "type"),
        ("type=law", "unknown_value", "q"),
        ("kind=x", "unknown_value", "kind"),
        ("band=9", "unknown_value", "band"),
        ("page=501", "page_too_far", "page"),
        ("q=" + "罚" * 201, "query_too_long", "q"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(web: httpx.Client, query: str, code: str, parameter: str) -> None:
    answer = web.get(f"/api/v1/search?{query}")
    told = answer.json()["error"]
    assert (answer.status_code, told["code"], told["parameter"]) == (400, code, parameter)


def test_the_api_describes_it_and_other_sites_may_ask(web: httpx.Client) -> None:
    told = web.get("/api/v1/").json()
    assert next(iter(told["endpoints"])) == "/api/v1/search"
    assert all(web.head(address).status_code == 200 for address in told["files"])
    asks = web.options("/api/v1/search")
    assert (asks.status_code, asks.headers["access-control-allow-methods"]) == (204, "GET, HEAD")
    assert web.post("/api/v1/search").status_code == 405
