"""A citizen's request over HTTP, against the door's own process: without JavaScript, whole or not at all."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import httpx
import pytest

from tests.door.visitor import ANSWERS, DECISION, JPG, PDF, PNG, inbox, opened, receipt, send, token

SCRIPT = "\"><script>alert(1)</script>&'"


@pytest.mark.article("D31")
@pytest.mark.parametrize("capacity", ["party", "concerned", "other"])
def test_anyone_with_evidence_can_ask_and_gets_a_receipt(web: httpx.Client, city: Path, capacity: str) -> None:
    number, secret = receipt(send(web, [("a.pdf", PDF), ("b.png", PNG), ("c.jpg", JPG)], capacity=capacity))
    assert re.fullmatch(r"GZ\d{8}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", number)
    assert len(secret.replace("-", "")) == 20
    request = next(one for one in opened(city) if one.number == number)
    assert (request.capacity, request.decision, request.answers) == (capacity, DECISION, ANSWERS)
    assert [(file.name, file.type, file.content) for file in request.files] == [
        ("a.pdf", "application/pdf", PDF),
        ("b.png", "image/png", PNG),
        ("c.jpg", "image/jpeg", JPG),
    ]


def test_what_lies_in_the_inbox_tells_nothing_without_the_private_key(web: httpx.Client, city: Path) -> None:
    number, secret = receipt(send(web, [("证据.pdf", PDF)]))
    secrets = [*ANSWERS.values(), number, secret, secret.replace("-", ""), DECISION, "证据", "%PDF-1.7"]
    for path in inbox(city):
        content = path.read_bytes()
        assert [word for word in secrets if word.encode() in content or word in path.name] == []


def test_the_same_form_sent_twice_is_one_request(web: httpx.Client, city: Path) -> None:
    page = web.get(f"/correct/{DECISION}")
    data = {"token": token(page), "capacity": "other", **ANSWERS, "item": "两次"}
    before = len(inbox(city))
    first, again = (web.post(f"/correct/{DECISION}", data=data, files=[("files", ("", b""))]) for _ in range(2))
    assert receipt(first) == receipt(again)
    assert "没有重复登记" in again.text
    other = web.post(f"/correct/{DECISION}", data={**data, "item": "另一项"}, files=[("files", ("", b""))])
    assert receipt(other) != receipt(first)
    assert len(inbox(city)) == before + 2


@pytest.mark.parametrize("field", [*ANSWERS, "capacity"])
def test_what_is_missing_is_said_beside_its_field_and_the_rest_is_kept(
    web: httpx.Client, city: Path, field: str
) -> None:
    before = len(inbox(city))
    page = send(web, **{field: " "})
    assert page.status_code == 422
    assert f'id="{field}-problem"' in page.text
    assert f'href="#{field}"' in page.text
    for name, value in ANSWERS.items():
        assert (value in page.text) is (name != field)
    assert len(inbox(city)) == before


@pytest.mark.parametrize("field", ANSWERS)
def test_a_script_in_a_field_comes_back_as_text(web: httpx.Client, field: str) -> None:
    page = send(web, **{field: SCRIPT, "capacity": "nobody"})
    assert page.status_code == 422
    assert "<script>" not in page.text
    assert SCRIPT in unescape(page.text)


def test_a_script_in_a_decision_title_or_a_file_name_comes_back_as_text(web: httpx.Client) -> None:
    page = send(web, [("<script>.pdf", b"MZ")])
    assert "<script>" not in page.text
    assert "<b>" not in page.text


def test_signs_that_turn_text_around_are_left_out(web: httpx.Client, city: Path) -> None:
    number, _ = receipt(send(web, wrong="一\u202e二\x1b[31m\u200b三\r\n四"))
    assert next(one for one in opened(city) if one.number == number).answers["wrong"] == "一二[31m三\n四"


LONG = b"\0" * (5 * 1024 * 1024)
HOSTILE = {
    "a program called pdf": [("a.pdf", b"MZ\x90\0" + b"\0" * 60 + PDF)],
    "a page called png": [("a.png", b"<html><script>alert(1)</script>")],
    "a picture that is a zip, too": [("a.png", PNG + b"PK\x05\x06" + b"\0" * 18)],
    "a pdf that is a zip, too": [("a.pdf", PDF + b"PK\x03\x04" + b"x" * 90 + b"PK\x05\x06" + b"\0" * 18 + b"comment")],
    "a pdf cut off": [("a.pdf", PDF.removesuffix(b"%%EOF\n"))],
    "a picture cut off": [("a.jpg", JPG.removesuffix(b"\xff\xd9"))],
    "an empty file": [("a.pdf", b"")],
    "a zip": [("a.zip", b"PK\x03\x04" + b"\0" * 60)],
    "a vector picture with a script": [("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
    "six megabytes": [("a.pdf", PDF + b"\0" * (6 * 1024 * 1024))],
    "one byte too many": [("a.pdf", PDF + LONG)],
    "four files": [(f"{n}.pdf", PDF) for n in range(4)],
    "the third is wrong": [("1.pdf", PDF), ("2.png", PNG), ("3.jpg", b"GIF89a")],
}


@pytest.mark.parametrize("files", HOSTILE.values(), ids=HOSTILE)
def test_a_file_is_judged_by_its_content_and_size(
    web: httpx.Client, city: Path, files: list[tuple[str, bytes]]
) -> None:
    before = len(inbox(city))
    page = send(web, files)
    assert page.status_code == 422
    assert 'id="files-problem"' in page.text
    assert all(value in page.text for value in ANSWERS.values())
    assert len(inbox(city)) == before


def test_three_files_of_five_megabytes_are_taken_and_the_name_is_only_a_name(web: httpx.Client, city: Path) -> None:
    full = PDF.removesuffix(b"%%EOF\n") + LONG[len(PDF) :] + b"%%EOF\n"
    number, _ = receipt(send(web, [("../../etc/passwd", full), ("C:\\x\\无扩展名", full), ("a.exe", full)]))
    names = [file.name for file in next(one for one in opened(city) if one.number == number).files]
    assert names == ["passwd", "无扩展名", "a.exe"]


FOREIGN = {
    "no token": {"token": ""},
    "a token of another's": {"token": "x.y.z"},
    "a token without its cookie": {"cookie": ""},
    "another cookie": {"cookie": "forged"},
    "from another site": {"site": "cross-site"},
    "from a neighbour": {"site": "same-site"},
}


@pytest.mark.parametrize("change", FOREIGN.values(), ids=FOREIGN)
def test_a_form_that_another_site_sends_is_not_taken(web: httpx.Client, city: Path, change: dict[str, str]) -> None:
    before = len(inbox(city))
    ours = token(web.get(f"/correct/{DECISION}"))
    if "cookie" in change:
        web.cookies.clear()
        if change["cookie"]:
            web.cookies.set("gongshi_correct", change["cookie"], path="/correct/")
    page = web.post(
        f"/correct/{DECISION}",
        data={"token": change.get("token", ours), "capacity": "other", **ANSWERS},
        files=[("files", ("", b""))],
        headers={"sec-fetch-site": change.get("site", "same-origin")},
    )
    assert page.status_code == 403
    assert "再按一次" in page.text
    assert ANSWERS["wrong"] in page.text
    assert len(inbox(city)) == before


def test_the_field_that_nobody_sees_catches_programs_and_tells_people(web: httpx.Client, city: Path) -> None:
    before = len(inbox(city))
    page = send(web, homepage="https://spam.example")
    assert page.status_code == 422
    assert "请把这一栏清空" in page.text
    assert len(inbox(city)) == before


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"content-type": "application/x-www-form-urlencoded"}, b"name=x", 400),
        ({"content-type": "multipart/form-data"}, b"", 400),
        ({"content-type": "multipart/form-data; boundary=x"}, b"--x\r\nbroken", 400),
        ({"content-type": "multipart/form-data; boundary=x"}, b"no boundary at all", 400),
        ({"content-type": "multipart/form-data; boundary=" + "y" * 5000}, b"x", 400),
        ({"content-type": "application/json"}, b"{}", 400),
    ],
)
def test_what_is_not_our_form_is_refused_with_a_page(
    web: httpx.Client, headers: dict[str, str], body: bytes, status: int
) -> None:
    page = web.post(f"/correct/{DECISION}", content=body, headers=headers)
    assert page.status_code == status
    assert "您可以这样做" in page.text


def test_a_field_of_endless_text_is_refused(web: httpx.Client) -> None:
    assert send(web, wrong="长" * 40_000).status_code == 400
    assert send(web, wrong="长" * 2001).status_code == 422


@pytest.mark.parametrize(
    "path", ["/correct/0000000000000000", "/correct/..%2f..%2findex", "/correct/x", "/correct/", "/"]
)
def test_nothing_else_is_there(web: httpx.Client, path: str) -> None:
    page = web.get(path)
    assert page.status_code == 404
    assert "没有找到这个页面" in page.text


@pytest.mark.parametrize("path", [f"/correct/{DECISION}", "/correct/status", "/correct/nothing"])
def test_every_answer_has_the_sites_headers_and_is_kept_by_nobody(web: httpx.Client, path: str) -> None:
    page = web.get(path)
    assert page.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "same-origin"
    assert "server" not in page.headers


def test_the_only_cookie_belongs_to_the_form(web: httpx.Client) -> None:
    page = web.get(f"/correct/{DECISION}", headers={"x-forwarded-proto": "https"})
    told = page.headers["set-cookie"]
    assert all(word in told for word in ("HttpOnly", "SameSite=strict", "Path=/correct/", "Secure"))
    assert "set-cookie" not in web.get("/correct/status").headers


def test_the_form_needs_no_script_and_says_what_each_field_is(web: httpx.Client) -> None:
    page = send(web, name="").text
    assert "<script" not in page
    assert "style=" not in page
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'<label for="([^"]+)"', page)) <= ids
    for told in re.findall(r'aria-describedby="([^"]+)"', page):
        assert set(told.split()) <= ids
    assert "试验局" in page
