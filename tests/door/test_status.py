"""How a request stands: for whoever has both number and secret, and for nobody else."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from gongshi.door.receipt import status_hash
from gongshi.door.states import PublishedState
from gongshi.records.request import RequestState
from tests.door.visitor import receipt, send


def ask(web: httpx.Client, number: str, secret: str) -> httpx.Response:
    return web.post("/correct/status", data={"number": number, "secret": secret})


def publish(root: Path, number: str, secret: str, **told: str) -> Path:
    status = status_hash(number, secret)
    folder = root / "build" / "status"
    folder.mkdir(exist_ok=True)
    state = RequestState(told.pop("state"))
    path = folder / f"{status}.json"
    path.write_bytes(
        PublishedState(status=status, state=state, department="试验局", received_on="2026-03-02", **told).to_bytes()
    )
    return path


def test_a_new_request_is_received(web: httpx.Client) -> None:
    number, secret = receipt(send(web, item="状态"))
    page = ask(web, number, secret)
    assert (page.status_code, "已收到" in page.text) == (200, True)
    sloppy = ask(web, f" {number.lower()} ", secret.replace("-", " ").lower())
    assert (sloppy.status_code, "已收到" in sloppy.text) == (200, True)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"state": "handling", "due_on": "2026-03-11"}, ["办理中", "2026年3月11日"]),
        ({"state": "corrected", "answered_on": "2026-03-05", "reason": "已更正金额"}, ["已更正", "已更正金额"]),
        ({"state": "refused", "answered_on": "2026-03-05", "reason": "<b>证据不足"}, ["不予更正", "&lt;b&gt;证据不足"]),
        (
            {"state": "referred", "answered_on": "2026-03-05", "reason": "原平台", "referred_to": "省平台"},
            ["转办", "省平台"],
        ),
    ],
)
def test_each_state_is_told_in_words(web: httpx.Client, city: Path, told: dict[str, str], words: list[str]) -> None:
    publish(city, "GZ20260302-AAAA-BBBB", "SECRET", **told)
    page = ask(web, "GZ20260302-AAAA-BBBB", "SECRET")
    assert page.status_code == 200
    assert [word for word in words if word not in page.text] == []


def test_a_wrong_secret_a_wrong_number_and_no_such_request_look_the_same(web: httpx.Client, city: Path) -> None:
    publish(city, "GZ20260302-CCCC-DDDD", "SECRET", state="handling")
    number, secret = receipt(send(web, item="同样"))
    pages = [
        ask(web, "GZ20260302-CCCC-DDDD", "WRONG"),
        ask(web, "GZ20260302-CCCC-DDDE", "SECRET"),
        ask(web, number, secret + "2"),
        ask(web, "GZ20260302-XXXX-XXXX", "WRONG"),
        ask(web, "", ""),
    ]
    same = {page.text.replace(page.text.split('name="number" value="')[1].split('"')[0], "…") for page in pages[:4]}
    assert {page.status_code for page in pages} == {404}
    assert len(same) == 1


def test_a_state_file_under_another_name_is_not_taken(web: httpx.Client, city: Path) -> None:
    path = publish(city, "GZ20260302-EEEE-FFFF", "SECRET", state="handling")
    path.rename(path.with_name(f"{status_hash('GZ20260302-GGGG-HHHH', 'SECRET')}.json"))
    assert ask(web, "GZ20260302-GGGG-HHHH", "SECRET").status_code == 404


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"state": "x"}', b"\xff"])
def test_a_broken_state_file_is_no_state(web: httpx.Client, city: Path, content: bytes) -> None:
    publish(city, "GZ20260302-JJJJ-KKKK", "SECRET", state="handling").write_bytes(content)
    assert ask(web, "GZ20260302-JJJJ-KKKK", "SECRET").status_code == 404


def test_number_and_secret_never_stand_in_an_address(web: httpx.Client) -> None:
    page = web.get("/correct/status", params={"number": "GZ20260302-AAAA-BBBB", "secret": "SECRET"})
    assert "GZ20260302-AAAA-BBBB" not in page.text
    assert 'method="post" action="/correct/status"' in page.text


def test_a_question_of_endless_length_is_refused(web: httpx.Client) -> None:
    assert web.post("/correct/status", content=b"number=" + b"x" * 5000).status_code == 400
    assert web.post("/correct/status", content=b"&" * 3000).status_code == 400
