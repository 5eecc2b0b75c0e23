"""The built site as `gongshi serve` serves it, and the headers of every response."""

from __future__ import annotations

import http.client
import socket
from urllib.parse import urlsplit

import httpx
import pytest

from gongshi.query.headers import STRICT
from gongshi.query.listening import listen


def test_files_answer_with_validators_and_are_asked_for_again(web: httpx.Client) -> None:
    page = web.get("/decisions/ab/abcd.html")
    assert (page.status_code, page.headers["cache-control"]) == (200, "max-age=0, must-revalidate")
    again = web.get("/decisions/ab/abcd.html", headers={"if-none-match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = web.head("/decisions/ab/abcd.html")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", page.headers["etag"])
    assert "immutable" in web.get("/assets/gongshi.0123456789.css").headers["cache-control"]
    assert web.get("/assets/favicon.png").headers["cache-control"] == "max-age=0, must-revalidate"


def test_a_folder_answers_with_its_index(web: httpx.Client) -> None:
    assert web.get("/").text == "<h1>首页</h1>"
    assert web.get("/about", follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/decisions/ab/",
        "/decisions/ab/half.html.part",
        "/../public.db",
        "/..%2fpublic.db",
        "/%2e%2e/public.db",
        "/decisions/../../public.db",
        "/decisions/..%5c..%5cpublic.db",
        "/public.db",
        "/.hidden",
        "/decisions/.%2e/.%2e/public.db",
        "//etc/passwd",
        "/etc/passwd%00.html",
        "/shell/header.html",
    ],
)
def test_nothing_else_is_there_and_the_page_says_so(web: httpx.Client, path: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(str(web.base_url)).netloc, timeout=20)
    connection.putrequest("GET", path)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 404
    assert "没有找到这个页面" in answer.read().decode()
    connection.close()


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/search", "/search?page=0", "/api/v1/", "/data/", "/data/public/decisions", "/data/x"]
)
def test_every_response_is_careful(web: httpx.Client, path: str) -> None:
    headers = web.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "max-age=0, must-revalidate"
    policy = headers["content-security-policy"]
    for rule in ("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert not {"set-cookie", "server", "x-powered-by"} & set(headers)


def test_one_policy_holds_at_every_address(web: httpx.Client) -> None:
    paths = (
        "/",
        "/about/",
        "/nothing",
        "/search",
        "/api/v1/",
        "/data/",
        "/data/public/decisions",
        "/look.css",
        "/look",
    )
    assert {web.get(path).headers["content-security-policy"] for path in paths} == {STRICT}


def test_a_kept_connection_answers_without_delay() -> None:
    """Nagle's algorithm and delayed acknowledgement together cost 40 ms a response: asyncio turns the first off
    where a socket names its protocol."""
    with listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP
