"""After a takedown nothing of a decision is left on any surface of a running server, and its notice where one stands.

Over HTTP, with pages that were made from the database: what a browser kept is never confirmed by a 304.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import httpx
import pytest

from gongshi.instance import load
from gongshi.publish.database.public_db import bring_to
from gongshi.publish.notices.notice import PublicNotice, seal_notice
from gongshi.release.manifest import Manifest
from gongshi.release.planning import SitePlans
from gongshi.release.site import update
from gongshi.release.touched import adopt
from tests.surfaces import NOTICE, Known, seen, surfaces, told

ROOT = Path(__file__).parents[2]
URL = "https://gs.example.gov.cn"
DAY, GONE_ON = "2026-09-30", "2026-11-20"
PUBLIC = {
    "page", "home", "decisions", "kind", "department", "county", "law", "month", "day",
    "kind and month", "department and month", "bulletin", "kiosk",
    *("feed", "feed of the kind", "feed of the department"),
    *("feed as json", "feed of the kind as json", "feed of the department as json"),
    "search", "newest", "search in facets", "feed of the search", "csv of the search", "xlsx of the search",
    "api of the search", "api", "api of one", "table", "table json", "table csv", "row",
    "row of the kind", "row of the party", "sitemap",
    "download csv", "download jsonl", "download parquet", "download xlsx",
}  # fmt: skip
"""Where a decision that is public can be seen, while it is among the newest; the month leads to its days."""
WITHDRAWN = NOTICE | {"row of the notice", "api of one", "sitemap"}


def notice_of(decision: Any, **values: Any) -> PublicNotice:
    """The notice of a decision that was withdrawn."""
    row = decision.public.row
    same = {name: row[name] for name in ("sort", "id", "kind", "department", "department_name", "region")}
    return seal_notice(
        {
            **same,
            "document_number": row["document_number"],
            "decided_on": row["decided_on"],
            "first_published_on": DAY,
            "withdrawn_on": GONE_ON,
            "ending": "revoked",
            "ending_label": "撤销",
            "instrument_number": "松政复决〔2026〕7号",
            "instrument_agency": "松原市人民政府",
            "instrument_date": "2026-11-16",
            "effective_on": "2026-11-18",
            "reason": "行政复议机关决定予以撤销。",
            "rule": "ending-revoked",
            "article": "行政处罚法第四十八条",
            "notice_until": "2031-09-30",
            "in_sitemap": 1,
            **values,
        }
    )


class City:
    """A served city whose decisions and notices a test may change: database and pages, as a rebuild brings them."""

    def __init__(self, root: Path, make: Any) -> None:
        self.instance = load(ROOT)
        self.instance = replace(self.instance, city=replace(self.instance.city, url=URL))
        self.build: Path = make.built(root)
        self.site = self.build / "site"
        self.manifest = Manifest.open(self.build / "manifest.db")
        self.plans = SitePlans(ROOT, self.build / "public.db", self.build / "shell", self.build / "narrative")
        adopt(self.site, self.manifest)

    def publish(self, decisions: Iterable[Any], notices: Iterable[PublicNotice] = ()) -> None:
        """Bring everything to these."""
        path = self.build / "public.db"
        public = [one.public for one in sorted(decisions, key=lambda one: one.sort)]
        bring_to(path, public, self.instance, "0" * 64, notices=list(notices))
        update(self.site, self.manifest, self.plans)


@pytest.fixture(scope="module")
def some(make: Any) -> list[Any]:
    """A few decisions; the last, the newest, is the one that goes."""
    words = {"party": "松原䶮记商贸有限公司", "content": "罚款人民币98765元", "facts": "当事人销售𬭩制品，责令改正"}
    basis = {"legal_basis": "《中华人民共和国食品安全法》第一百二十四条"}
    return [*make.invented(12), make.Decision(90_000, number="松市监罚〔2026〕15号", party_own=basis, **words)]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, make: Any, some: list[Any]) -> Iterator[tuple[City, httpx.Client]]:
    """One server for all tests of this module; each begins with everything public."""
    made = City(tmp_path_factory.mktemp("gone"), make)
    made.publish(some)
    server = make.start(made.build)
    with server.client() as client:
        yield made, client
    make.stop(server)


@pytest.fixture
def web(city: tuple[City, httpx.Client], some: list[Any]) -> httpx.Client:
    city[0].publish(some)
    return city[1]


@pytest.fixture
def served(city: tuple[City, httpx.Client]) -> City:
    return city[0]


@pytest.fixture
def known(some: list[Any]) -> Known:
    one = some[-1]
    return Known(
        id=one.id, sort=one.sort, kind=one.kind, department=one.department, day=DAY, number=one.number,
        words=(one.party, "䶮", "98765", "𬭩"), gone_on=GONE_ON,
        region=one.public.row["region"], law=one.public.keyed().laws[0][0],
    )  # fmt: skip


@pytest.mark.article("D16")
def test_a_public_decision_is_on_every_surface(web: httpx.Client, known: Known) -> None:
    assert seen(web, known) == PUBLIC - {"month"}
    assert {"page", "feed", "search", "api of one", "row", "table csv"} <= set(told(web, known))


@pytest.mark.article("D28")
@pytest.mark.article("S1.3")
def test_a_withdrawn_decision_is_its_notice_and_nothing_else(
    web: httpx.Client, served: City, some: list[Any], known: Known
) -> None:
    served.publish(some[:-1], [notice_of(some[-1])])
    assert seen(web, known) == WITHDRAWN
    assert told(web, known) == {}, "no party, no facts, no amount, no number but in the notice"
    page = web.get(known.path)
    assert (page.status_code, page.headers["x-robots-tag"]) == (410, "noindex")
    assert "已经依法撤下" in page.text
    assert web.head(known.path).status_code == 410
    answer = web.get(f"/api/v1/decisions/{known.id}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "withdrawn")
    assert answer.json()["notice"]["reason"] == "行政复议机关决定予以撤销。"


@pytest.mark.article("D18")
@pytest.mark.article("D28")
def test_an_expired_or_withheld_decision_is_nowhere(
    web: httpx.Client, served: City, some: list[Any], known: Known
) -> None:
    served.publish(some[:-1])
    assert seen(web, known) == set()
    assert told(web, known) == {}
    found = surfaces(web, known)
    for name in ("page", "api of one", "row", "row of the kind", "row of the party", "row of the notice"):
        assert found[name].startswith("404"), name
    assert not list(served.site.rglob(f"{known.id}*"))


def example() -> dict[str, Any]:
    """The program on the page of how one republishes, as it stands there."""
    page = (ROOT / "site_src" / "pages" / "about" / "subscribing.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, Any] = {}
    exec(program, names)
    return names


@pytest.mark.article("D19")
def test_who_copies_as_the_guide_says_has_what_is_public_and_loses_what_is_not(
    web: httpx.Client, served: City, some: list[Any], known: Known
) -> None:
    names, copy = example(), dict[str, Any]()
    names["SITE"] = str(web.base_url).rstrip("/")
    names["sync"](copy, kind="penalty", department=known.department)
    expected = {one.id for one in some if (one.kind, one.department) == ("penalty", known.department)}
    assert set(copy) == expected
    assert known.path in {address.removeprefix(URL) for _, address in names["newest"]("penalty")}
    served.publish(some[:-1], [notice_of(some[-1])])
    names["sync"](copy, kind="penalty", department=known.department)
    assert set(copy) == expected - {known.id}
    assert known.path not in {address.removeprefix(URL) for _, address in names["newest"]("penalty")}
    assert web.get(f"/api/v1/decisions/{known.id}").json()["error"]["message"], "what the mini-program shows"


def test_a_notice_leaves_the_sitemap_and_stays_where_it_is(
    web: httpx.Client, served: City, some: list[Any], known: Known
) -> None:
    served.publish(some[:-1], [notice_of(some[-1], in_sitemap=0)])
    assert seen(web, known) == WITHDRAWN - {"sitemap"}


def test_a_restored_decision_is_back_and_its_notice_gone(
    web: httpx.Client, served: City, some: list[Any], known: Known
) -> None:
    served.publish(some[:-1], [notice_of(some[-1])])
    served.publish(some)
    assert seen(web, known) == PUBLIC - {"month"}
    assert web.get(known.path).status_code == 200


@pytest.mark.parametrize("stays", [True, False], ids=["with a notice", "without"])
def test_what_a_browser_kept_is_never_confirmed(
    web: httpx.Client, served: City, some: list[Any], known: Known, stays: bool
) -> None:
    addresses = (known.path, f"/days/{DAY}/", "/feeds/decisions.atom", "/sitemap-2026-09-30.xml", "/")
    kept = {address: web.get(address).headers for address in addresses}
    asked = {
        address: {"if-none-match": headers["etag"], "if-modified-since": headers["last-modified"]}
        for address, headers in kept.items()
    }
    assert {web.get(address, headers=asked[address]).status_code for address in addresses} == {304}
    served.publish(some[:-1], [notice_of(some[-1])] if stays else [])
    gone = web.get(known.path, headers=asked[known.path])
    assert gone.status_code == (410 if stays else 404)
    assert "etag" not in gone.headers
    later = {"if-modified-since": formatdate(4_000_000_000, usegmt=True), "if-none-match": "*", "range": "bytes=0-9"}
    assert web.get(known.path, headers=later).status_code == gone.status_code
    for address in addresses[1:]:
        answer = web.get(address, headers={"if-none-match": kept[address]["etag"]})
        assert answer.status_code == 200, address
        assert "䶮" not in answer.text


CACHE = "max-age=0, must-revalidate"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "text/html"),
        ("/notices/", "text/html"),
        ("/feeds/decisions.atom", "application/atom+xml"),
        ("/feeds/notices.atom", "application/atom+xml"),
        ("/feeds/decisions.json", "application/feed+json"),
        ("/feeds/kinds/penalty.json", "application/feed+json"),
        ("/kiosk/", "text/html"),
        ("/sitemap.xml", "application/xml"),
        ("/sitemap-2026-09-30.xml", "application/xml"),
        ("/robots.txt", "text/plain"),
        ("/search?q=罚", "text/html"),
        ("/api/v1/decisions", "application/json"),
        ("/api/v1/notices", "application/json"),
        ("/data/public/notices", "text/html"),
    ],
)
def test_nothing_with_data_in_it_outlives_a_takedown_in_a_cache(web: httpx.Client, address: str, kind: str) -> None:
    answer = web.get(address)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == CACHE
    assert answer.headers["content-type"].startswith(kind)
    asked = address.startswith(("/search", "/api", "/data"))
    assert answer.headers.get("refresh") == ("600; url=/kiosk/" if address == "/kiosk/" else None)
    assert answer.headers.get("x-robots-tag") == ("noindex" if asked else None)


def test_what_is_named_after_its_content_may_be_kept(web: httpx.Client, served: City) -> None:
    style = next((served.site / "assets").glob("gongshi.??????????.css"))
    kept = [web.get(f"/assets/{style.name}").headers["cache-control"]]
    assert kept == ["public, max-age=31536000, immutable"]


def test_the_mark_beside_a_notice_is_no_address(web: httpx.Client, served: City, some: list[Any], known: Known) -> None:
    served.publish(some[:-1], [notice_of(some[-1])])
    assert (served.site / known.path[1:]).with_suffix(".gone").read_bytes() == b""
    assert web.get(known.path.replace(".html", ".gone")).status_code == 404


def test_the_list_of_notices_leads_through_all_newest_first(web: httpx.Client, served: City, make: Any) -> None:
    many = make.invented(45)
    served.publish([], [notice_of(one, withdrawn_on=f"2026-10-{n % 20 + 1:02}") for n, one in enumerate(many)])
    address, found = "/api/v1/notices", []
    while address:
        answer = web.get(address).json()
        assert answer["total"] == {"value": 45, "exact": True}
        found += answer["items"]
        address = answer["next"]
    assert len({item["id"] for item in found}) == 45
    days = [item["withdrawn_on"] for item in found]
    assert days == sorted(days, reverse=True)
    assert {"party", "facts", "content"} & set(found[0]) == set()


@pytest.mark.parametrize(("query", "code"), [("page=x", "unknown_value"), ("q=1", "unknown_parameter")])
def test_a_faulty_question_for_notices_says_so(web: httpx.Client, query: str, code: str) -> None:
    answer = web.get(f"/api/v1/notices?{query}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)


def test_the_table_of_notices_speaks_chinese_and_leads_to_the_notice(
    web: httpx.Client, served: City, some: list[Any], known: Known
) -> None:
    served.publish(some[:-1], [notice_of(some[-1])])
    table = web.get("/data/public/notices").text
    for label in ("撤下说明", "撤下日期", "撤下的理由", "原决定书文号"):
        assert label in table
    row = web.get(f"/data/public/notices/{known.sort}").text
    assert f'<a href="{known.path}">查看这条撤下说明</a>' in row
