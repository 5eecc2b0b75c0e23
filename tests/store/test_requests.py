"""Requests for correction in the record: answered once, counted for ever, and gone when nobody needs them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from gongshi.store import Store, verify
from gongshi.store.requests import (
    StoredRequest,
    erase_requests,
    keep,
    newer_version,
    record_answer,
    request,
    requests,
    said,
    sealed_message,
)

DEPARTMENT = "112207000135491313"
SECRET = "独一无二的申请人"
NUMBER = "GZ20260302-AAAA-BBBB"
SEALED = b"sealed " * 9000
WHO = {"reason": "保存期满", "by": "管理员", "department": ""}


@pytest.fixture
def filled(store: Store, receive: Callable[..., Any], decision: Callable[..., Any], now: datetime) -> Store:
    receive(store, "r1", [("a" * 16, decision(1))])
    for number, status, body in ((NUMBER, "1" * 64, SEALED), ("GZ20260303-CCCC-DDDD", "2" * 64, b"another")):
        payload = {"status": status, "decision": "a" * 16, "on": "2026-03-01", "at": "2026-03-01T23:59:00+08:00"}
        payload |= {"capacity": "other", "answers": {"name": SECRET * 500}, "files": [{"name": SECRET}]}
        keep(store, number, kind="penalty", department=DEPARTMENT, payload=payload, sealed=body, now=now)
    return store


def get(store: Store) -> StoredRequest:
    found = request(store, NUMBER)
    assert found
    return found


def answer(store: Store, now: datetime) -> None:
    with store.write():
        record_answer(
            store, get(store), result="refused", by="孙审核", on=date(2026, 3, 2), reason=SECRET, to="", now=now
        )


def test_a_request_is_kept_with_its_sealed_message_and_replays(filled: Store) -> None:
    one = get(filled)
    assert (one.received_on, one.files, one.result, one.answered_on) == (date(2026, 3, 1), 1, "", None)
    assert sealed_message(filled, one) == SEALED
    assert said(filled, one)["answers"]["name"].startswith(SECRET)
    assert verify(filled).ok


def test_an_answer_closes_it(filled: Store, now: datetime) -> None:
    answer(filled, now)
    assert (get(filled).result, get(filled).answered_by, get(filled).reason) == ("refused", "孙审核", SECRET)
    assert [one.number for one in requests(filled, unanswered=True)] == ["GZ20260303-CCCC-DDDD"]
    assert len(requests(filled)) == 2
    assert verify(filled).ok


def test_an_erased_request_leaves_no_byte_but_still_counts(filled: Store, now: datetime) -> None:
    answer(filled, now)
    assert erase_requests(filled, [NUMBER], now=now, **WHO) == 1
    one = get(filled)
    assert (one.erased, one.result, one.department, one.reason, one.status) == (True, "refused", DEPARTMENT, "", "")
    assert (one.received_on, one.answered_on) == (date(2026, 3, 2), date(2026, 3, 2))
    assert (said(filled, one), sealed_message(filled, one)) == ({}, b"")
    assert said(filled, requests(filled)[1])
    found = verify(filled)
    assert found.ok, found.render_text()
    assert erase_requests(filled, [NUMBER], now=now, **WHO) == 0
    erase_requests(filled, ["GZ20260303-CCCC-DDDD"], now=now, **WHO)
    for suffix in ("", "-wal"):
        content = filled.path.with_name(filled.path.name + suffix).read_bytes()
        assert SECRET.encode() not in content
        assert SEALED not in content


def test_a_sealed_message_that_goes_missing_is_a_breach(filled: Store) -> None:
    filled.db.execute("DROP TRIGGER raw_stays")
    filled.db.execute("DELETE FROM raw WHERE body = ?", (SEALED,))
    assert "raw_missing" in {breach.code for breach in verify(filled).breaches}


def test_a_version_after_the_request_is_newer(
    filled: Store, receive: Callable[..., Any], decision: Callable[..., Any]
) -> None:
    assert not newer_version(filled, get(filled))
    receive(filled, "r2", [("a" * 16, decision(1, content="改"))])
    assert newer_version(filled, get(filled))
