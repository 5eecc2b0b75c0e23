"""Whatever a decision or a request holds is text: in pages, feeds, tables and answers nothing of it runs."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import httpx
import pytest

from gongshi.query.headers import ALWAYS
from gongshi.render.look.sheets import COOKIE
from tests.pages.hostile import NUMBER, TEXTS, code_of, number_of
from tests.pages.links import Page

pytestmark = pytest.mark.browser

PLACES = {name: place for place, name in enumerate(TEXTS)}
FORMULA = "=+-@\t＝＋－＠"
SURFACES = (
    "/search?q={}",
    "/search?q={}&type=decision&order=amount",
    "/search?q=1&kind={0}&department={0}&region={0}&class={0}&law={0}&item={0}&from={0}&to={0}&page={0}&order={0}",
    "/search.atom?q={}",
    "/search.csv?q={}",
    "/search.xlsx?q={}",
    "/suggest?q={}",
    "/api/v1/suggest?q={}",
    "/api/v1/search?q={}",
    "/api/v1/decisions?q={}",
    "/api/v1/records?kind={}",
    "/parties/{}",
    "/laws/{}/",
    "/counties/{}/",
    "/decisions/{}",
    "/feeds/{}.atom",
    "/downloads/{}.xlsx",
    "/correct/{}",
    "/data/public/{}",
    "/{}",
)
ODD = {
    **TEXTS,
    "nothing": "%00",
    "no text": "%ff%fe",
    "broken": "%",
    "another host": "//evil.invalid/",
    "a backslash": "/\\evil.invalid",
    "a new line": "%0d%0aX-Odd:%201",
    "above": "%2e%2e/%2e%2e/data/store.db",
    "a number too large": "9" * 400,
    "much": "很" * 600,
}


class Text(HTMLParser):
    """What a page says, without its markup."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said = ""
        self.feed(page)
        self.close()

    def handle_data(self, data: str) -> None:
        """One piece of text."""
        self.said += data


@pytest.fixture(scope="module")
def client(city: Any) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=city.url, timeout=60, trust_env=False) as asking:
        yield asking


@pytest.fixture(scope="module")
def decided(client: httpx.Client) -> dict[str, str]:
    """Where each of them is."""
    told = client.get("/api/v1/decisions", params={"q": NUMBER.format("").removesuffix("号")}).json()
    ways = {item["document_number"]: item["url"] for item in told["items"]}
    return {name: ways[number_of(place)] for name, place in PLACES.items()}


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_hostile_decision_is_shown_as_it_was_written(client: httpx.Client, decided: dict[str, str]) -> None:
    for name, path in decided.items():
        for where in (path, f"/parties/{code_of(PLACES[name])}"):
            page = client.get(where).text
            assert plain(TEXTS[name]) in plain(Text(page).said), (name, where)
            assert Page(where, page).inline == [], (name, where)


def test_no_browser_runs_it(browser: Any, city: Any, decided: dict[str, str]) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: (said.append("dialog"), dialog.dismiss()))
    lists = [f"/search?q={quote('恶')}", "/months/2024-05/", "/departments/11220700MB99000134/"]
    for path in [*decided.values(), *lists]:
        page.goto(city.url.rstrip("/") + path)
        assert page.title() != "taken", path
        assert page.locator("img[src=x], main svg[onload], main script").count() == 0, path
    page.close()
    assert said == [], "not even the policy has to step in"


def test_files_that_hold_it_are_still_what_they_say(city: Any) -> None:
    folder, seen = city.root / "build" / "site", set()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in READERS):
        content = path.read_bytes()
        READERS[path.suffix](content)
        if "恶1号".encode() in content or b"taken" in content:
            seen.add(path.suffix)
    assert seen >= {".csv", ".jsonl"}


def _table(content: bytes) -> None:
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        assert not [cell for cell in row if cell.startswith(tuple(FORMULA)) and not re.fullmatch(r"-?[\d.]+", cell)]


def _book(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [book.read(name) for name in book.namelist() if name.endswith(".xml")]
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def _lines(content: bytes) -> None:
    for line in content.splitlines():
        json.loads(line)


READERS = {
    ".atom": ElementTree.fromstring,
    ".xml": ElementTree.fromstring,
    ".svg": ElementTree.fromstring,
    ".json": json.loads,
    ".jsonld": json.loads,
    ".jsonl": _lines,
    ".csv": _table,
}
ANSWERED = {
    "application/json": json.loads,
    "application/atom+xml": ElementTree.fromstring,
    "text/csv": _table,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _book,
}


@pytest.mark.parametrize("surface", SURFACES)
def test_whatever_is_asked_is_answered_in_our_words_and_under_the_policy(client: httpx.Client, surface: str) -> None:
    for name, text in ODD.items():
        asked = text if text.startswith("%") or name == "a backslash" else quote(text, safe="")
        answer = client.get(surface.format(asked))
        assert answer.status_code < 500, (name, answer.text[:300])
        assert answer.status_code not in range(300, 400) or "evil" not in answer.headers["location"], name
        assert {header: answer.headers.get(header) for header in ALWAYS} == dict(ALWAYS), name
        assert "set-cookie" not in answer.headers, name
        assert "x-odd" not in answer.headers, name
        kind = answer.headers.get("content-type", "").partition(";")[0]
        if answer.content and kind in ANSWERED:
            ANSWERED[kind](answer.content)
        elif kind == "text/html":
            assert Page(surface, answer.text).inline == [], name


@pytest.mark.parametrize("name", TEXTS)
def test_the_box_holds_what_was_typed(client: httpx.Client, name: str) -> None:
    page = client.get("/search", params={"q": TEXTS[name]}).text
    assert {plain(value) for value in _values(page)} == {plain(TEXTS[name])}


def _values(page: str) -> list[str]:
    found: list[str] = []

    class Boxes(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            said = dict(attrs)
            if tag == "input" and said.get("name") == "q" and "value" in said:
                found.append(said["value"] or "")

    Boxes().feed(page)
    return found


LOOKS = (
    "",
    "auto",
    "dark-1-0; Path=/",
    "../../etc",
    "x" * 5_000,
    "<script>",
    "light-9-9",
    "%00",
    "dark-1-0%0d%0aX-Odd:1",
)


@pytest.mark.parametrize("look", LOOKS)
def test_an_odd_cookie_changes_nothing(client: httpx.Client, look: str) -> None:
    plainly = client.get("/look.css").content
    answer = client.get("/look.css", headers={"cookie": f"{COOKIE}={look}"})
    assert answer.status_code in (200, 431)
    assert answer.status_code != 200 or answer.content == plainly or look.startswith("dark-1-0;")


@pytest.mark.parametrize("way", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_ways_to_ask_are_refused_under_the_policy(client: httpx.Client, way: str) -> None:
    for path in ("/", "/search", "/suggest", "/search.csv", "/parties/91220702MA996X7F1N", "/laws/", "/look.css"):
        answer = client.request(way, path)
        assert answer.status_code in (200, 204, 400, 403, 404, 405), (path, answer.status_code)
        assert answer.status_code not in (200, 204) or way == "OPTIONS", path
        assert answer.headers["content-security-policy"] == ALWAYS["content-security-policy"]
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "back", ["//evil.invalid/", "https://evil.invalid/", "/\\evil.invalid", "javascript:alert(1)", ""]
)
def test_the_look_leads_nowhere_else(client: httpx.Client, back: str) -> None:
    answer = client.post("/look", data={"size": "2"}, headers={"referer": back})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"


def test_nothing_of_the_store_is_served(client: httpx.Client, city: Any) -> None:
    for path in ("data/store.db", "data/keys/inbox.key", "build/public.db", "data/reference/city.yml"):
        assert Path(city.root / path).exists(), path
        for asked in (
            f"/{path}",
            f"/../{path}",
            f"/..%2f{path}",
            f"/decisions/..%2f..%2f..%2f{path}",
            f"/%2e%2e/{path}",
        ):
            assert client.get(asked).status_code in (400, 404), asked
