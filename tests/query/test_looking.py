"""How a reader wants to read is remembered in one cookie, and leads nowhere but back."""

from __future__ import annotations

import httpx
import pytest

from gongshi.render.look.sheets import PLAIN

FORM = {"content-type": "application/x-www-form-urlencoded"}


def chosen(web: httpx.Client, body: str, referer: str = "", cookie: str = "", **more: str) -> httpx.Response:
    headers = {**FORM, **more, **({"referer": referer} if referer else {}), **({"cookie": cookie} if cookie else {})}
    with httpx.Client(base_url=web.base_url) as fresh:
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        return fresh.post("/look", content=body, headers=raw)


def test_a_choice_is_remembered_and_leads_back_to_the_page(web: httpx.Client) -> None:
    answer = chosen(web, "size=3", f"{web.base_url}search?q=%E7%BD%9A")
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=%E7%BD%9A")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("gs_look=auto-3-0; ")
    assert {"httponly", "max-age=31536000", "path=/", "samesite=lax"} == {
        part.strip().lower() for part in cookie.split(";")[1:] if "expires" not in part.lower()
    }
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("cookie", "body", "after"),
    [
        ("gs_look=dark-2-0", "contrast=1", "dark-2-1"),
        ("gs_look=dark-2-1", "theme=auto", "auto-2-1"),
        ("", "theme=dark", "dark-1-0"),
        ("gs_look=nonsense", "size=2", "auto-2-0"),
        ("gs_look=dark-2-0", "size=9", PLAIN),
        ("gs_look=dark-2-0", "", "dark-2-0"),
        ("gs_look=dark-2-0", "size=3" + "&x=1" * 100, "dark-2-0"),
        ("gs_look=dark-2-0", "gs_look=light-1-1", "dark-2-0"),
        ("gs_look=dark-2-0", "size=3%0d%0aset-cookie:x", PLAIN),
        ("gs_look=dark-2-0", "\xff\xfe", "dark-2-0"),
    ],
)
def test_only_what_can_be_chosen_is_remembered(web: httpx.Client, cookie: str, body: str, after: str) -> None:
    answer = chosen(web, body, cookie=cookie)
    assert answer.headers.get_list("set-cookie")[0].split(";")[0] == f"gs_look={after}"
    assert len(answer.headers.get_list("set-cookie")) == 1


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://elsewhere.example/",
        "{base}/evil.example",
        "{base}\\evil.example",
        "{base}/\\evil.example",
        "http://{host}@evil.example/",
        "http://{host}.evil.example/",
        "javascript:alert(1)",
        "{base}a b",
        "{base}公示",
        "//evil.example/",
    ],
)
def test_nobody_is_led_to_another_site(web: httpx.Client, referer: str) -> None:
    base = str(web.base_url)
    told = referer.format(base=base, host=base.split("/")[2])
    answer = chosen(web, "size=2", told)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_over_https_the_cookie_is_secure(web: httpx.Client) -> None:
    answer = chosen(web, "size=2", **{"x-forwarded-proto": "https"})
    assert "secure" in answer.headers["set-cookie"].lower()


def test_who_opens_the_address_itself_gets_the_page_with_the_form(web: httpx.Client) -> None:
    answer = web.get("/look")
    assert (answer.status_code, answer.headers["location"]) == (303, "/about/accessibility/")
    assert "set-cookie" not in answer.headers


def test_the_sheet_differs_by_the_cookie_and_is_asked_for_again(web: httpx.Client) -> None:
    plain, large = (web.get("/look.css", headers={"cookie": one}) for one in ("", "gs_look=auto-3-0"))
    assert "font-size:max(150%" in large.text
    assert "font-size" not in plain.text
    assert plain.headers["etag"] != large.headers["etag"]
    for answer in (plain, large):
        assert answer.headers["content-type"] == "text/css; charset=utf-8"
        assert answer.headers["cache-control"] == "no-cache"
        assert "cookie" in answer.headers["vary"].lower()
    kept = {"cookie": "gs_look=auto-3-0", "if-none-match": large.headers["etag"]}
    assert web.get("/look.css", headers=kept).status_code == 304
    assert web.get("/look.css", headers=kept | {"cookie": "gs_look=dark-1-0"}).status_code == 200


@pytest.mark.parametrize("cookie", ["gs_look=../../public.db", "gs_look=", f"gs_look={'a' * 4000}", "other=1"])
def test_an_odd_cookie_gives_the_plain_sheet(web: httpx.Client, cookie: str) -> None:
    assert web.get("/look.css", headers={"cookie": cookie}).text == web.get("/look.css").text


def test_no_other_page_sets_or_reads_a_cookie(web: httpx.Client) -> None:
    for path in ("/", "/search?q=x", "/data/", "/api/v1/", "/nothing"):
        asked, plain = (web.get(path, headers=headers) for headers in ({"cookie": "gs_look=dark-3-1"}, {}))
        assert asked.content == plain.content
        assert "set-cookie" not in asked.headers
        assert "cookie" not in asked.headers.get("vary", "").lower()
