"""The configuration for nginx that we ship answers as `gongshi serve` does: 410 with the notice, no stale cache."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from gongshi.query import headers
from tests.webserver import nginx

PROJECT = Path(__file__).parents[2]
CONFIGURATION = PROJECT / "deploy" / "nginx" / "gongshi.conf"
PAGE, MARK = "decisions/ab/ab01cd23ef456789.html", "decisions/ab/ab01cd23ef456789.gone"
FILES = {
    "index.html": "首页",
    "404.html": "没有找到这个页面",
    PAGE: "一条决定",
    "decisions/index.html": "六类决定",
    "feeds/notices.atom": "<feed/>",
    "feeds/kinds/penalty.json": "{}",
    "kiosk/index.html": "屏幕",
    "boards/kiosk/11220700MB99000134/2.html": "屏幕",
    "downloads/datapackage.json": "{}",
    "downloads/catalog.jsonld": "{}",
    "sitemap.xml": "<urlset/>",
    "robots.txt": "User-agent: *",
    "about/index.html": "关于本平台" * 200,
    "look/auto-1-0.css": "plain{}",
    "look/dark-3-1.css": "dark{}",
    "assets/gongshi.0123456789.css": "a{}",
    "downloads/index.html": "数据下载",
    "downloads/2026-11-penalty.csv": "公示编号",
    "downloads/2026-11-penalty.jsonl": "{}",
    "downloads/2026-11-penalty.parquet": "PAR1",
    "days/2026-09-30/index.html.part": "half",
    ".hidden": "hidden",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nginx") / "site"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def web(site: Path) -> Iterator[httpx.Client]:
    """Our configuration in a real nginx, over files; what it would ask of the servers behind is not there."""
    text = CONFIGURATION.read_text(encoding="utf-8").replace("/srv/gongshi/build/site", str(site))
    with nginx(site.parent, text) as client:
        yield client


@pytest.fixture
def withdrawn(site: Path) -> Iterator[None]:
    """The notice in the decision's place, as a rebuild puts it there, and the decision back afterwards."""
    (site / MARK).touch()
    (site / PAGE).write_text("撤下说明", encoding="utf-8")
    yield
    (site / MARK).unlink()
    (site / PAGE).write_text("一条决定", encoding="utf-8")


@pytest.mark.article("D28")
@pytest.mark.usefixtures("withdrawn")
def test_a_withdrawn_decision_answers_410_with_its_notice(web: httpx.Client) -> None:
    answer = web.get(f"/{PAGE}")
    assert (answer.status_code, answer.text) == (410, "撤下说明")
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["cache-control"] == "max-age=0, must-revalidate"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert web.head(f"/{PAGE}").status_code == 410
    assert web.get(f"/{MARK}").status_code == 404


def test_what_a_browser_kept_is_never_confirmed(web: httpx.Client, site: Path) -> None:
    kept = web.get(f"/{PAGE}").headers
    asked = {"if-none-match": kept["etag"], "if-modified-since": kept["last-modified"]}
    assert web.get(f"/{PAGE}", headers=asked).status_code == 304
    later = {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT", "if-none-match": "*", "range": "bytes=0-3"}
    try:
        (site / MARK).touch()  # even where the page itself is the same
        assert {web.get(f"/{PAGE}", headers=headers).status_code for headers in (asked, later)} == {410}
    finally:
        (site / MARK).unlink()
    (site / PAGE).rename(site / "away")
    try:
        assert {web.get(f"/{PAGE}", headers=headers).status_code for headers in (asked, later)} == {404}
    finally:
        (site / "away").rename(site / PAGE)
    assert web.get(f"/{PAGE}").status_code == 200


@pytest.mark.parametrize(
    ("address", "kind", "cache"),
    [
        ("/", "text/html; charset=utf-8", "max-age=0, must-revalidate"),
        ("/decisions/", "text/html; charset=utf-8", "max-age=0, must-revalidate"),
        ("/feeds/notices.atom", "application/atom+xml; charset=utf-8", "max-age=0, must-revalidate"),
        ("/feeds/kinds/penalty.json", "application/feed+json", "max-age=0, must-revalidate"),
        ("/downloads/datapackage.json", "application/json", "max-age=0, must-revalidate"),
        ("/downloads/catalog.jsonld", "application/ld+json", "max-age=0, must-revalidate"),
        ("/sitemap.xml", "text/xml; charset=utf-8", "max-age=0, must-revalidate"),
        ("/robots.txt", "text/plain; charset=utf-8", "max-age=0, must-revalidate"),
        ("/downloads/", "text/html; charset=utf-8", "max-age=0, must-revalidate"),
        ("/downloads/2026-11-penalty.csv", "text/csv; charset=utf-8", "max-age=0, must-revalidate"),
        ("/downloads/2026-11-penalty.jsonl", "application/x-ndjson", "max-age=0, must-revalidate"),
        ("/downloads/2026-11-penalty.parquet", "application/vnd.apache.parquet", "max-age=0, must-revalidate"),
        ("/assets/gongshi.0123456789.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
    ],
)
def test_every_file_says_what_it_is_and_how_long_it_may_be_kept(
    web: httpx.Client, address: str, kind: str, cache: str
) -> None:
    answer = web.get(address)
    assert (answer.status_code, answer.headers["content-type"], answer.headers["cache-control"]) == (200, kind, cache)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "x-robots-tag" not in answer.headers


@pytest.mark.parametrize(
    "address", ["/nothing", "/decisions/ab/0000000000000000.html", "/.hidden", "/days/2026-09-30/index.html.part"]
)
def test_nothing_else_is_there_and_the_page_says_so(web: httpx.Client, address: str) -> None:
    answer = web.get(address)
    assert (answer.status_code, answer.text) == (404, "没有找到这个页面")
    assert answer.headers["cache-control"] == "max-age=0, must-revalidate"


def test_a_link_leads_nowhere(web: httpx.Client, site: Path) -> None:
    (site.parent / "store.db").write_text("record", encoding="utf-8")
    (site / "assets" / "record.txt").symlink_to(site.parent / "store.db")
    (site / "above").symlink_to(site.parent)
    for address in ("/assets/record.txt", "/above/store.db"):
        answer = web.get(address)
        assert answer.status_code in {403, 404}
        assert "record" not in answer.text
    (site / "assets" / "record.txt").unlink()
    (site / "above").unlink()


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=x",
        "/data/",
        "/api/v1/decisions",
        "/look",
        "/suggest?q=x",
        "/search.csv",
        "/search.atom?q=x",
        "/parties/91220700MA0000000X",
        "/correct/ab01",
        "/downloads/2026-11.xlsx",
    ],
)
def test_what_is_asked_of_the_servers_behind_is_passed_on(web: httpx.Client, address: str) -> None:
    answer = web.get(address)
    assert answer.status_code in (502, 504), "no server stands behind this test's nginx"
    assert "content-security-policy" not in answer.headers, "they say it themselves"


def test_what_is_typed_is_written_down_nowhere(web: httpx.Client, site: Path) -> None:
    typed = "%E5%AE%8F%E8%BF%9C"
    came_from = {"referer": f"http://gongshi.example.gov.cn/search?q={typed}"}
    for address in (f"/search?q={typed}", f"/search.csv?q={typed}", f"/suggest?q={typed}", f"/?q={typed}"):
        web.get(address, headers=came_from)
    logs = {path.name: path.read_text(encoding="utf-8") for path in site.parent.glob("*.log")}
    assert "GET /search.csv" in logs["gongshi.log"]
    assert not any(typed in text or "宏远" in text for text in logs.values())


@pytest.mark.parametrize(("name", "value"), headers.ALWAYS.items())
def test_a_file_has_the_same_headers_as_gongshi_serve_gives_it(web: httpx.Client, name: str, value: str) -> None:
    for address in ("/", "/nothing", "/about/", "/look.css"):
        assert web.get(address).headers[name] == value


@pytest.mark.parametrize(
    ("cookie", "sheet"),
    [
        ("", "plain{}"),
        ("gs_look=dark-3-1", "dark{}"),
        ("gs_look=dark-3-1; other=1", "dark{}"),
        ("gs_look=dark-9-1", "plain{}"),
        ("gs_look=../index", "plain{}"),
        ("gs_look=" + "a" * 2000, "plain{}"),
    ],
)
def test_the_sheet_of_the_look_follows_the_cookie_and_is_asked_for_again(
    web: httpx.Client, cookie: str, sheet: str
) -> None:
    answer = web.get("/look.css", headers={"cookie": cookie})
    assert (answer.status_code, answer.text) == (200, sheet)
    assert answer.headers["cache-control"] == "no-cache"
    assert "Cookie" in answer.headers["vary"]
    assert answer.headers["content-type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/kiosk/", "600; url=/kiosk/"),
        ("/boards/kiosk/11220700MB99000134/2.html?a=1", "600; url=/boards/kiosk/11220700MB99000134/2.html"),
        ("/kiosk/nothing", None),
        ("/decisions/", None),
    ],
)
def test_a_screen_in_a_hall_is_asked_for_again(web: httpx.Client, address: str, asked: str | None) -> None:
    assert web.get(address).headers.get("refresh") == asked


def test_no_page_differs_by_a_cookie(web: httpx.Client) -> None:
    assert "Cookie" not in web.get("/").headers.get("vary", "")


def test_text_is_sent_packed(web: httpx.Client) -> None:
    page = web.get("/about/")
    assert (page.text, page.headers["content-encoding"]) == (FILES["about/index.html"], "gzip")
