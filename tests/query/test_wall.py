"""What of Datasette can be reached, and by which spelling: address by address, over real HTTP."""

from __future__ import annotations

import csv
import http.client
import io
import re
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from gongshi.query.door import neutral_csv
from gongshi.query.errors import Refused
from gongshi.query.tables import TABLES
from gongshi.query.wall import admit

CLOSED = [
    "/-/databases",
    "/-/databases.json",
    "/-/threads",
    "/-/threads.json",
    "/-/settings",
    "/-/settings.json",
    "/-/versions",
    "/-/versions.json",
    "/-/plugins",
    "/-/plugins.json?all=1",
    "/-/actor.json",
    "/-/metadata",
    "/-/metadata.json",
    "/-/config",
    "/-/config.json",
    "/-/allow-debug",
    "/-/messages",
    "/-/logout",
    "/-/permissions",
    "/-/auth-token?token=x",
    "/-/patterns",
    "/-/static-plugins/x/y.js",
    "/-/static/../../metadata.json",
    "/-/static/codemirror-5.57.0.min.js/../app.css",
    "/_internal",
    "/_internal/tables",
    "/_memory",
    "/:memory:",
    "/public",
    "/public.json",
    "/public?sql=select+1",
    "/public.json?sql=select+id+from+decisions_fts_data",
    "/public.db",
    "/public/meta",
    "/public/sqlite_master",
    "/public/decisions_fts",
    "/public/decisions_fts.json",
    "/public/decisions_fts_data",
    "/public/decisions_fts_idx",
    "/public/decisions_fts_docsize",
    "/public/decisions_fts_config",
    "/public/decisions_fts_data/1",
    "/public/decisions_fts_data/1.json",
    "/public/nothing",
    "/public/decisions.blob?_blob_column=facts",
    "/public/decisions/20000.blob?_blob_column=facts",
    "/public/decisions/20000/",
    "/public/decisions/",
]


PREFIXES = ("", "/data", "/data/data", "//data", "/DATA", "/%64ata", "/data/.", "/data/x/..", "/search/../data")


def spellings(path: str) -> set[str]:
    """Other ways to write the same address, and addresses that careless prefixes would let through."""
    bare, _, query = path.partition("?")
    tail = f"?{query}" if query else ""
    forms = {
        bare,
        bare.replace("_", "~5F"),
        bare.replace("_", "%5F"),
        bare.replace("-", "%2D"),
        bare.replace("-", "~2D"),
        bare.replace("/", "//"),
        bare.replace("/", "/./"),
        bare.replace("/", "/x/../"),
        bare.replace("/", "/x/%2e%2e/"),
        bare.replace("/", "%2F"),
        bare.replace("/", "\\"),
        bare.upper(),
        bare + "/",
        bare + "%00",
        bare + ";x",
        f"/public/decisions/..{bare}",
    }
    return {form + tail for form in forms if form.startswith(("/", "%2F", "\\"))}


def statuses(base: str, paths: set[str]) -> dict[str, int]:
    """The status for each path exactly as written: no client normalises it."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=20)
    found = {}
    for path in sorted(paths):
        connection.putrequest("GET", path, skip_accept_encoding=True)
        connection.endheaders()
        answer = connection.getresponse()
        answer.read()
        found[path] = answer.status
    connection.close()
    return found


@pytest.mark.parametrize("path", CLOSED)
def test_a_closed_address_is_closed_in_every_spelling_and_prefix(web: httpx.Client, path: str) -> None:
    asked = {prefix + form for form in spellings(path) for prefix in PREFIXES if (prefix + form).startswith("/")}
    found = statuses(str(web.base_url), asked)
    opened = {path: status for path, status in found.items() if status not in (400, 404)}
    assert opened == {}


OPEN = [
    "/data/",
    "/data/-/static/app.css",
    *(f"/data/public/{table}" for table in TABLES),
    *(f"/data/public/{table}.json" for table in TABLES),
    *(f"/data/public/{table}.csv" for table in TABLES),
    "/data/public/decisions/20000",
    "/data/public/decisions/20000.json",
    "/data/public/parties/20000,1",
    "/data/public/departments/11220700MB99000134",
    "/data/public/decisions?kind=penalty&_sort_desc=decided_on&_size=50",
    "/data/public/decisions?decided_on__gte=2026-01-01&parties__contains=商贸",
    "/data/public/decisions.json?_shape=array&_nl=on",
    "/data/public/decisions?_filter_column=kind&_filter_op=exact&_filter_value=penalty",
]


@pytest.mark.parametrize("path", OPEN)
def test_an_open_address_answers_with_itself(web: httpx.Client, path: str) -> None:
    answer = web.get(path, follow_redirects=True)
    assert answer.status_code == 200
    assert web.head(path, follow_redirects=True).status_code == 200


@pytest.mark.parametrize("table", ["decisions", "penalty", "rules", "random_inspection"])
@pytest.mark.parametrize(
    "query",
    [
        "sql=select+1",
        "_where=1%3D1",
        "_through=%7B%7D",
        "_search=x",
        "_search_content=x",
        "_fts_table=decisions_fts",
        "_facet=kind",
        "_facet_array=kind",
        "_facet_size=max",
        "_timelimit=100000",
        "_trace=1",
        "_stream=on",
        "_size=101",
        "_size=-1",
        "_extra=query",
        "_json=own",
        "_format=json",
        "_ttl=99999",
        "_next=x'--",
        "_sort=nothing",
        "_col=digest2",
        "_shape=blob",
        "_labels=maybe",
        "nothing=1",
        "rowid=1",
        "sort__like=1%25",
        "sort__glob=*",
        "sort__contains=%25_%25_%25",
        "sort__arraycontains=x",
        "sort__in=1",
        "_filter_column=nothing&_filter_op=exact&_filter_value=1",
        "_filter_column=sort&_filter_op=glob&_filter_value=1",
        "sort=" + "x" * 201,
        "&".join(["sort=1"] * 25),
        "%FF=1",
        "sort=%FF",
    ],
)
def test_a_parameter_that_is_not_listed_never_reaches_datasette(table: str, query: str) -> None:
    with pytest.raises(Refused) as refused:
        admit(f"/data/public/{table}".encode(), query.encode())
    assert refused.value.status == 400


@pytest.mark.parametrize("path", ["/data/public/decisions?_where=1=1", "/data/public/decisions.json?sql=select+1"])
def test_a_refused_parameter_says_so_in_chinese(web: httpx.Client, path: str) -> None:
    answer = web.get(path)
    assert answer.status_code == 400
    assert "不支持参数" in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/data/public/decisions", "/data/", "/search", "/", "/decisions/ab/abcd.html"])
def test_there_is_nothing_but_reading(web: httpx.Client, method: str, path: str) -> None:
    assert web.request(method, path).status_code == 405


def test_links_carry_the_prefix_once_and_stay_in_the_wall(web: httpx.Client) -> None:
    """MEASURED.md: base_url alone doubles the links."""
    for path in ("/data/", "/data/public/decisions", "/data/public/decisions/20000", "/data/public/parties?_size=5"):
        page = web.get(path).text
        links = {link.replace("&amp;", "&") for link in re.findall(r'(?:href|action|src)="([^"]*)"', page)}
        assert not [link for link in links if "/data/data" in link]
        assert not [link for link in links if "://" in link and not link.startswith(str(web.base_url))]
        below = {link.replace(str(web.base_url), "/") for link in links if "/data/" in link}
        assert below
        assert {link: web.get(link).status_code for link in below if web.get(link).status_code != 200} == {}


def test_a_filter_form_leads_to_its_rows(web: httpx.Client) -> None:
    answer = web.get("/data/public/decisions?_filter_column=kind&_filter_op=exact&_filter_value=penalty")
    assert answer.status_code == 302
    assert answer.headers["location"] == "/data/public/decisions?kind__exact=penalty"
    rows = web.get("/data/public/decisions.json?kind__exact=penalty&_shape=array").json()
    assert {row["kind"] for row in rows} == {"penalty"}


def test_pages_of_a_table_are_newest_first_and_follow_on(web: httpx.Client) -> None:
    first = web.get("/data/public/decisions.json").json()
    places = [row[0] for row in first["rows"]]
    assert len(places) == 20
    assert places == sorted(places, reverse=True)
    assert first["database"] == "public"
    second = web.get(first["next_url"]).json()
    assert max(row[0] for row in second["rows"]) < min(places)


def test_tables_speak_chinese_and_link_back(web: httpx.Client) -> None:
    page = web.get("/data/public/decisions").text
    for word in ('lang="zh-CN"', "执法决定", "首次公示日期", "松原市页眉", "松原市页脚", "示例数据"):
        assert word in page
    assert "<script" not in page
    assert "style=" not in page


def test_hidden_tables_are_not_listed(web: httpx.Client) -> None:
    page = web.get("/data/").text
    assert "fts" not in page
    assert all(f'href="/data/public/{name}"' in page for name in TABLES)


def test_csv_cannot_become_a_formula() -> None:
    safe = neutral_csv(b'a,b\r\n=1+1,"x,\n-y"\r\n+1,@a\r\n')
    assert safe.decode() == "a,b\r\n'=1+1,\"x,\n-y\"\r\n'+1,'@a\r\n"


def test_a_stranger_with_a_cookie_is_still_nobody(web: httpx.Client) -> None:
    answer = web.get(
        "/data/public/decisions.json", headers={"cookie": "ds_actor=x; ds_messages=y", "authorization": "Bearer x"}
    )
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert answer.headers.get("vary", "accept-encoding").lower() == "accept-encoding", "the same for everybody"
    assert answer.headers["cache-control"] == "max-age=0, must-revalidate"


OTHER_SPELLINGS = ["/data/public/%64ecisions", "/data/%70ublic/decisions", "/data/public/decisions%2Ejson"]


@pytest.mark.parametrize("path", OTHER_SPELLINGS)
def test_an_open_address_has_one_spelling_only(web: httpx.Client, path: str) -> None:
    assert statuses(str(web.base_url), {path}) == {path: 404}


def test_a_downloaded_table_holds_no_formula(own_server: Any, make: Any) -> None:
    number = "=HYPERLINK(1)"
    make.change(own_server.build / "public.db", add=[make.Decision(95_001, number=number)])
    with own_server.client() as web:
        downloaded = csv.DictReader(io.StringIO(web.get("/data/public/decisions.csv?sort=95001").text))
        assert [row["document_number"] for row in downloaded] == [f"'{number}"]
        asked = web.get("/data/public/decisions.json?sort=95001&_shape=objects").json()["rows"]
        assert [row["document_number"] for row in asked] == [number], "a program gets what is public, unchanged"
