"""Text goes over the wire compressed, and everything else as it is."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping, Sequence

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from gongshi.query.packing import LEAST, MOST, Packed

LONG = "松原市行政执法信息公示平台" * 200


def answered(
    pieces: Sequence[bytes], headers: Mapping[str, str], path: str = "/", takes: str = "gzip", status: int = 200
) -> tuple[dict[str, str], bytes]:
    """What a browser gets of an app that answers with these pieces; its headers and body."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        for piece in pieces[:-1]:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": pieces[-1]})

    got: list[Message] = []

    async def send(message: Message) -> None:
        got.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {"type": "http", "path": path, "headers": [(b"accept-encoding", takes.encode())]}
    asyncio.run(Packed(app)(scope, receive, send))
    assert [message["type"] for message in got].count("http.response.start") == 1
    told = {name.decode(): value.decode() for name, value in got[0]["headers"]}
    return told, b"".join(message["body"] for message in got[1:])


def text(size: int = len(LONG.encode())) -> dict[str, str]:
    return {"content-type": "text/html; charset=utf-8", "content-length": str(size), "etag": '"abc"'}


def test_a_page_is_sent_packed_and_says_so() -> None:
    told, body = answered([LONG.encode()], text())
    assert gzip.decompress(body).decode() == LONG
    assert told["content-encoding"] == "gzip"
    assert int(told["content-length"]) == len(body) < len(LONG.encode()) / 10
    assert told["vary"] == "Accept-Encoding"
    assert told["etag"] == 'W/"abc"', "the same page, other bytes"


def test_a_file_in_pieces_is_put_together() -> None:
    whole = LONG.encode()
    _, body = answered([whole[:100], whole[100:2000], whole[2000:]], text())
    assert gzip.decompress(body) == whole


def test_the_same_page_is_packed_to_the_same_bytes() -> None:
    assert answered([LONG.encode()], text()) == answered([LONG.encode()], text())


AS_IT_IS = {
    "who takes no gzip": {"takes": "br"},
    "who refuses gzip": {"takes": "gzip;q=0, br"},
    "who refuses gzip in another writing": {"takes": "gzip; q=0.000"},
    "the correction form": {"path": "/correct/abc"},
    "a part of a file": {"status": 206},
    "nothing new": {"status": 304},
}


@pytest.mark.parametrize("case", AS_IT_IS.values(), ids=AS_IT_IS)
def test_some_answers_go_as_they_are(case: dict[str, object]) -> None:
    told, body = answered([LONG.encode()], text(), **case)  # type: ignore[arg-type]
    assert body == LONG.encode()
    assert "content-encoding" not in told
    assert told["etag"] == '"abc"'


@pytest.mark.parametrize(
    ("pieces", "headers"),
    [
        ([b"x" * (LEAST - 1)], text(LEAST - 1)),
        ([b"x" * 5000], {"content-type": "image/png", "content-length": "5000"}),
        ([b"x" * 5000], {"content-type": "application/vnd.apache.parquet", "content-length": "5000"}),
        ([b"x" * 5000], {**text(5000), "content-encoding": "gzip"}),
        ([b"x" * 5000, b"y" * 5000], {"content-type": "text/csv"}),
        ([b"x" * 10, b"y"], text(MOST + 1)),
        ([b""], text(5000)),
        ([b""], {}),
    ],
    ids=["short", "picture", "packed file", "packed already", "stream", "large file", "head", "nothing"],
)
def test_what_gains_nothing_or_is_not_whole_goes_as_it_is(pieces: list[bytes], headers: dict[str, str]) -> None:
    told, body = answered(pieces, headers)
    assert body == b"".join(pieces)
    assert told.get("content-encoding") == headers.get("content-encoding")


@pytest.mark.parametrize("takes", ["gzip", "br, gzip", "deflate, gzip;q=1.0, *;q=0.5", "GZIP", "*", "gzip;q=0.1"])
def test_who_takes_gzip_gets_it(takes: str) -> None:
    assert answered([LONG.encode()], text(), takes=takes)[0]["content-encoding"] == "gzip"


def test_the_server_packs_its_pages_and_still_confirms_what_a_browser_kept(web: httpx.Client) -> None:
    page = web.get("/look.css", headers={"cookie": "gs_look=auto-3-1"})
    assert page.headers["content-encoding"] == "gzip"
    assert {part.strip() for part in page.headers["vary"].split(",")} == {"Cookie", "Accept-Encoding"}
    kept = {"if-none-match": page.headers["etag"], "cookie": "gs_look=auto-3-1"}
    assert web.get("/look.css", headers=kept).status_code == 304
    search = web.get("/search?q=%E7%BD%9A")
    assert (search.status_code, search.headers["content-encoding"]) == (200, "gzip")
    assert "松原市页脚" in search.text
    plain = web.get("/search?q=%E7%BD%9A", headers={"accept-encoding": "identity"})
    assert plain.content == search.content
