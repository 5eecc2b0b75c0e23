"""/api/v1/: the same search in a shape that stays."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from gongshi.query.filters import FILTERS

ITEM = {
    "id", "kind", "kind_label", "title", "document_number", "parties_text", "department", "region", "decided_on",
    "first_published_on", "updated_on", "corrected", "changed", "url", "excerpt",
}  # fmt: skip


def test_the_shape_of_a_search(web: httpx.Client, make: Any) -> None:
    answer = web.get("/api/v1/decisions", params={"q": "轴承"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    found = answer.json()
    assert list(found) == ["query", "total", "ranked", "items", "facets", "next"]
    narrowing = dict.fromkeys([*FILTERS, "from", "to"], "")
    assert found["query"] == {"q": "轴承", **narrowing, "order": "newest", "page": 1}
    assert list(found["facets"]) == list(FILTERS)
    assert found["total"] == {"value": 1, "exact": True}
    assert set(found["items"][0]) == ITEM
    assert found["items"][0]["url"] == make.Decision(90_000).path
    assert found["facets"]["kind"] == [
        {"value": "penalty", "label": "行政处罚", "count": {"value": 1, "exact": True}, "chosen": False}
    ]
    assert found["next"] is None
    excerpt = found["items"][0]["excerpt"]
    assert [excerpt["text"][start:end] for start, end in excerpt["marks"]] == ["轴承"]


def test_next_leads_through_all(web: httpx.Client, decisions: list[Any]) -> None:
    address, seen = "/api/v1/decisions", []
    while address:
        found = web.get(address).json()
        seen += [item["id"] for item in found["items"]]
        address = found["next"]
    assert seen == [d.id for d in sorted(decisions, key=lambda d: -d.sort)]


def test_one_decision_with_all_that_is_public(web: httpx.Client, make: Any) -> None:
    decision = make.Decision(90_000)
    found = web.get(f"/api/v1/decisions/{decision.id}").json()
    assert set(found) >= (ITEM - {"excerpt"}) | {"fields", "parties", "terms", "held_fields", "history"}
    assert found["fields"]["violation_type"] == {"label": "违法行为类型", "value": "销售不合格特种轴承"}
    assert found["parties"][0]["name"] == "<b>引号\"与'尖括号</b>有限公司"
    assert "digest" not in found
    assert "sort" not in found


@pytest.mark.parametrize(
    ("address", "status", "code", "parameter"),
    [
        ("/api/v1/decisions?q=" + "罚" * 201, 400, "query_too_long", "q"),
        ("/api/v1/decisions?q=1+2+3+4+5+6+7+8+9", 400, "too_many_words", "q"),
        ("/api/v1/decisions?kind=x", 400, "unknown_value", "kind"),
        ("/api/v1/decisions?department=x", 400, "unknown_value", "department"),
        ("/api/v1/decisions?year=x", 400, "unknown_value", "year"),
        ("/api/v1/decisions?order=x", 400, "unknown_value", "order"),
        ("/api/v1/decisions?page=-1", 400, "unknown_value", "page"),
        ("/api/v1/decisions?page=9999", 400, "page_too_far", "page"),
        ("/api/v1/decisions?query=x", 400, "unknown_parameter", "query"),
        ("/api/v1/decisions/0123456789abcdef", 404, "not_found", None),
        ("/api/v1/decisions/x'%20OR%201=1--", 404, "not_found", None),
        ("/api/v1/nothing", 404, "not_found", None),
        ("/api/v2/decisions", 404, "not_found", None),
    ],
)
def test_errors_have_a_stable_code(
    web: httpx.Client, address: str, status: int, code: str, parameter: str | None
) -> None:
    answer = web.get(address)
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["parameter"] == parameter
    assert answer.json()["error"]["message"]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_other_sites_may_ask_the_api_and_nothing_else(web: httpx.Client) -> None:
    asking = {"origin": "https://example.cn", "access-control-request-method": "GET"}
    preflight = web.request("OPTIONS", "/api/v1/decisions", headers=asking)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-methods"] == "GET, HEAD"
    for address in ("/api/v1/", "/api/v1", "/api/v1/decisions"):
        assert web.get(address).headers["access-control-allow-origin"] == "*"
    for address in ("/", "/search", "/data/", "/data/public/decisions.json", "/nothing"):
        assert "access-control-allow-origin" not in web.get(address).headers


def test_the_api_only_reads(web: httpx.Client) -> None:
    answer = web.post("/api/v1/decisions")
    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "method_not_allowed")
    assert web.head("/api/v1/decisions").status_code == 200


def test_the_api_describes_itself(web: httpx.Client) -> None:
    told = web.get("/api/v1/").json()
    parameters = told["endpoints"]["/api/v1/decisions"]["parameters"]
    for name in parameters:
        assert web.get("/api/v1/decisions", params={name: ""}).status_code == 200
    assert set(told["endpoints"]["/api/v1/decisions"]["returns"]) == set(web.get("/api/v1/decisions").json())
