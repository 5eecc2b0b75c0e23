"""Requests that nobody means well with: answered in our words, nothing in the log, no server error."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import Any

import httpx
import pytest

from gongshi.query.door import neutral_csv
from gongshi.query.tables import TABLES
from gongshi.query.wire import LONGEST_HEAD

MOST_SENT = 64_000_000
"""Far more than lies in buffers on the way."""
REQUEST = b"GET /api/v1/ HTTP/1.1\r\nHost: here\r\n"


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("keys", ["1", "a,b", "1,2,3", "99999999999999999999999999", "~2E~2E", ",", "1,"])
def test_a_row_that_is_not_there_is_not_found(web: httpx.Client, table: str, keys: str) -> None:
    for suffix in ("", ".json"):
        answer = web.get(f"/data/public/{table}/{keys}{suffix}")
        assert answer.status_code == 404, answer.text[:200]
        assert "sql" not in answer.text.lower()


def test_a_full_width_sign_makes_no_formula_either() -> None:
    safe = neutral_csv('a\r\n＝1+1\r\n＋1\r\n－1\r\n＠a\r\n"\n=1"\r\n'.encode())
    assert safe.decode() == "a\r\n'＝1+1\r\n'＋1\r\n'－1\r\n'＠a\r\n\"'\n=1\"\r\n"


def connected(server: Any) -> socket.socket:
    url = httpx.URL(server.url)
    return socket.create_connection((url.host, url.port or 80), timeout=10)


def test_a_head_without_end_is_refused_and_nobody_else_notices(server: Any, web: httpx.Client) -> None:
    with connected(server) as line:
        line.sendall(REQUEST)
        sent = 0
        with suppress(ConnectionError):
            while sent < MOST_SENT:
                sent += line.send(b"X-Filler: " + b"x" * 8_000 + b"\r\n")
        assert sent < MOST_SENT, "the connection is closed"
    assert web.get("/api/v1/").status_code == 200


def test_many_requests_and_slow_ones_on_one_connection_are_no_long_head(server: Any) -> None:
    with connected(server) as line, line.makefile("rb") as answers:
        for _ in range(2):
            for piece in (REQUEST, b"X-Filler: " + b"x" * (LONGEST_HEAD - 4_000), b"\r\n", b"\r\n"):
                line.sendall(piece)
            assert b" 200 " in answers.readline()
            head = {}
            while (header := answers.readline().strip()) != b"":
                name, _, value = header.partition(b": ")
                head[name.lower()] = value
            assert len(answers.read(int(head[b"content-length"]))) > 100
