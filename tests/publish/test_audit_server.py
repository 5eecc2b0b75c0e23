"""The audit of a running server: a site of a few answers, right in all but one."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from gongshi.publish.audit import Patterns, Report, gather
from gongshi.publish.audit.crawl import Unreachable, audit_server, is_own_machine
from gongshi.publish.audit.values import What

SECRET = "群众举报线索编号甲一乙二丙三"
NUMBER = "松市监罚〔2026〕901号"
BASE = "http://127.0.0.1:8001"

Answer = tuple[int, Mapping[str, str], bytes]
HTML = {"content-type": "text/html; charset=utf-8"}
JSON = {"content-type": "application/json"}


@pytest.fixture
def patterns(world: Any) -> Patterns:
    world.send(world.decision(), world.decision(number=NUMBER, facts=SECRET, withhold_ground="妨害执法"))
    world.publish()
    return gather(world.store, world.instance, world.today, Path("site_src"))


SITE: dict[str, Answer] = {
    "/": (200, HTML, '<a href="/lists/">列表</a> <a href="http://elsewhere.example/">外站</a>'.encode()),
    "/lists/": (200, HTML, b'<a href="?page=2">2</a> <a href="deep.html#top">deep</a> <a href="/old">old</a>'),
    "/lists/?page=2": (200, HTML, "第二页".encode()),
    "/lists/deep.html": (200, HTML, b"nothing"),
    "/old": (301, {"location": "/new.html"}, b""),
    "/new.html": (200, HTML, b"moved here"),
    "/sitemap.xml": (
        200,
        {"content-type": "text/xml"},
        b"<urlset><loc>http://127.0.0.1:8001/mapped.html</loc></urlset>",
    ),
    "/mapped.html": (200, HTML, b"mapped"),
    "/api/v1/decisions": (200, JSON, json.dumps({"items": [], "next": "/api/v1/decisions?page=2"}).encode()),
    "/api/v1/decisions?page=2": (200, JSON, b'{"items": []}'),
}


class Site:
    """Answers as `SITE` says, with a page for every other address, and echoes what the search is asked."""

    def __init__(self, changed: Mapping[str, Answer]) -> None:
        self.answers = {**SITE, **changed}
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert request.url.host in ("127.0.0.1", "gongshi.example"), "only its own host is asked"
        address = request.url.raw_path.decode()
        self.asked.append(address)
        if found := self.answers.get(address):
            return httpx.Response(found[0], headers=found[1], content=found[2])
        if address.startswith(("/search?q=", "/api/v1/decisions?q=")):
            echoed = unquote(address.partition("=")[2])
            return httpx.Response(200, headers=JSON, content=json.dumps({"q": echoed, "items": []}).encode())
        return httpx.Response(404, headers=HTML, content="没有这一页".encode())


@pytest.fixture
def audited(patterns: Patterns) -> Callable[..., tuple[Report, Site]]:
    def run(changed: Mapping[str, Answer] = {}, base: str = BASE, **options: Any) -> tuple[Report, Site]:
        site = Site(changed)
        client = httpx.Client(transport=httpx.MockTransport(site))
        return audit_server(base, patterns, client=client, **{"most": 1_000, **options}), site

    return run


def test_a_clean_server_is_clean_and_all_of_it_was_asked_for(audited: Any) -> None:
    report, site = audited()
    assert report.findings == []
    assert report.ok
    assert set(SITE) <= set(site.asked)


LEAKS: dict[str, tuple[str, Answer, str, str]] = {
    "a page behind a link": ("/lists/deep.html", (200, HTML, SECRET.encode()), "/lists/deep.html", ""),
    "a page that is named in the sitemap": ("/mapped.html", (200, HTML, SECRET.encode()), "/mapped.html", ""),
    "a second page of a list": ("/lists/?page=2", (200, HTML, SECRET.encode()), "/lists/?…", ""),
    "where a redirect leads": ("/new.html", (200, HTML, SECRET.encode()), "/new.html", ""),
    "a header": ("/lists/", (200, {**HTML, "x-note": json.dumps(SECRET)}, b""), "/lists/", "答复头"),
    "a page of an error": ("/no-such-page", (404, HTML, SECRET.encode()), "/no-such-page", ""),
    "the answer of the interface": (
        "/api/v1/decisions?page=2",
        (200, JSON, json.dumps({"items": [{"facts": SECRET}]}).encode()),
        "/api/v1/decisions?…",
        "",
    ),
    "a packed download": (
        "/lists/",
        (200, {"content-type": "application/gzip"}, gzip.compress(SECRET.encode() * 20)),
        "/lists/",
        "解压",
    ),
    "a packed answer": (
        "/lists/",
        (200, {**HTML, "content-encoding": "gzip"}, gzip.compress(SECRET.encode())),
        "/lists/",
        "",
    ),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_value_is_found_wherever_the_server_gives_it(leak: str, audited: Any) -> None:
    address, answer, told, inner = LEAKS[leak]
    report, _ = audited({address: answer})
    assert {(one.file, one.inner, one.what) for one in report.findings} == {(told, inner, What.TEXT)}


def test_what_must_be_closed_is_told_where_it_is_open(audited: Any) -> None:
    address = "/data/public/decisions_fts_data"
    report, _ = audited({address: (200, HTML, b"id,block")})
    assert [(one.file, one.what) for one in report.findings] == [(address, What.OPEN)]


def test_the_page_of_what_is_not_public_is_told_where_it_answers(audited: Any, patterns: Patterns) -> None:
    hidden = next(one.raw for one in patterns.sought if one.what is What.RECORD)
    address = f"/decisions/{hidden[:2]}/{hidden}.html"
    report, _ = audited({address: (200, HTML, b"<h1>here it is</h1>")})
    assert [(one.file, one.what) for one in report.findings] == [(address, What.RECORD)]


def test_a_search_that_knows_a_withheld_value_is_told_and_its_own_echo_is_not(audited: Any) -> None:
    report, site = audited()
    asked = [unquote(address) for address in site.asked if "?q=" in address]
    assert any(SECRET in address for address in asked)
    assert any("松市监罚(2026)901号" in address for address in asked)
    assert report.ok
    known = f"/api/v1/decisions?q={httpx.URL('/', params={'q': SECRET}).query.decode().partition('=')[2]}"
    hit = json.dumps({"items": [{"id": "abcdefgh12345678", "title": "另一件"}]}).encode()
    report, _ = audited({known: (200, JSON, hit)})
    assert {(one.file, one.inner) for one in report.findings} == {("/api/v1/decisions?q=…", "abcdefgh12345678")}


def test_another_machine_is_not_asked_for_withheld_values_for_they_would_stay_in_its_log(audited: Any) -> None:
    report, site = audited(base="http://gongshi.example")
    assert not any("?q=" in address for address in site.asked)
    assert report.ok
    assert len(report.notes) == 1


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://127.0.0.1:8001/", True),
        ("http://localhost/", True),
        ("http://[::1]:8001/", True),
        ("http://192.168.1.5/", False),
        ("http://localhost.example.com/", False),
        ("https://gs.example.gov.cn/", False),
    ],
)
def test_which_servers_run_on_this_machine(url: str, own: bool) -> None:
    assert is_own_machine(url) is own


def test_what_was_not_followed_is_told_and_is_not_clean(audited: Any) -> None:
    report, _ = audited(most=3)
    assert not report.ok
    assert "--most" in report.unread[0].reason


def test_filters_that_can_be_combined_without_end_are_bounded(audited: Any) -> None:
    links = "".join(f'<a href="/lists/?a={number}">x</a>' for number in range(2000))
    report, site = audited({"/lists/": (200, HTML, links.encode())})
    assert report.ok
    assert sum(address.startswith("/lists/?a=") for address in site.asked) < 100


def test_nobody_there_is_a_mistake_with_what_to_do(patterns: Patterns) -> None:
    def nobody(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(Unreachable, match="A001"):
        audit_server(BASE, patterns, most=1, client=httpx.Client(transport=httpx.MockTransport(nobody)))
