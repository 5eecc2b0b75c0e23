"""sitemap.xml with its parts and robots.txt: only with the city's address, by the records' own days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from gongshi.render.decisions.page import address
from gongshi.render.feeds import sitemap
from gongshi.render.press import path_of

Site = Callable[[], dict[str, str]]
URL = "https://gs.example.gov.cn"
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def addressed(public: Any) -> Any:
    """A city with an address."""
    public.db.execute("UPDATE meta SET value = ? WHERE key = 'url'", (f"{URL}/",))
    return public


def listed(text: str, item: str = "url") -> dict[str, str]:
    """Each address of a sitemap with its lastmod."""
    root = ElementTree.fromstring(text)
    assert root.tag == SITEMAPS + {"url": "urlset", "sitemap": "sitemapindex"}[item]
    return {
        one.findtext(f"{SITEMAPS}loc", ""): one.findtext(f"{SITEMAPS}lastmod", "")
        for one in root.findall(SITEMAPS + item)
    }


def parts(pages: dict[str, str]) -> dict[str, str]:
    """Every address of every part that the index names."""
    found: dict[str, str] = {}
    for part in listed(pages["sitemap.xml"], "sitemap"):
        found |= listed(pages[path_of(part.removeprefix(URL))])
    return found


def test_the_index_names_parts_that_name_every_page_with_the_records_own_day(addressed: Any, site: Site) -> None:
    found = addressed.decision(day="2026-03-05", updated_on="2026-04-01")
    addressed.decision("licence", day="2026-02-05")
    addressed.record("annual_figures")
    pages = site()
    index = listed(pages["sitemap.xml"], "sitemap")
    assert index[f"{URL}/sitemap-2026-03-05.xml"] == "2026-04-01"
    assert {f"{URL}/sitemap-2026-02-05.xml", f"{URL}/sitemap-lists.xml"} <= set(index)
    everything = parts(pages)
    assert everything[URL + address(found)] == "2026-04-01"
    assert everything[f"{URL}/months/2026-02/"] == "2026-02-05"
    assert {f"{URL}/", f"{URL}/kinds/penalty/", f"{URL}/notices/"} <= set(everything)
    years = [one.removeprefix(URL) for one in everything if one.endswith("/2025/")]
    assert sorted(years) == ["/figures/11220700MB99000134/2025/", "/figures/2025/"]
    for one in everything:
        assert path_of(one.removeprefix(URL)) in pages, one


@pytest.mark.article("S1.3")
def test_a_notice_is_named_only_while_search_engines_should_come_back(addressed: Any, site: Site) -> None:
    fresh, old = addressed.notice(in_sitemap=1), addressed.notice(in_sitemap=0)
    everything = parts(site())
    assert everything[URL + address(fresh)] == "2026-03-20"
    assert URL + address(old) not in everything


def test_a_part_holds_no_more_than_the_standard_allows(
    addressed: Any, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST", 2)
    found = {URL + address(addressed.decision()) for _ in range(5)}
    pages = site()
    assert [len(listed(pages[f"sitemap-2026-03-05{part}.xml"])) for part in ("", "-2", "-3")] == [2, 2, 1]
    assert found <= set(parts(pages))


def test_without_an_address_there_is_no_sitemap_and_robots_are_kept_out_all_the_same(public: Any, site: Site) -> None:
    public.city()
    pages = site()
    assert not [path for path in pages if path.startswith("sitemap")]
    assert pages["robots.txt"].splitlines()[0] == "User-agent: *"
    kept_out = {f"Disallow: /{path}" for path in ("search", "suggest", "parties", "data", "api", "correct")}
    assert kept_out <= set(pages["robots.txt"].splitlines())
    assert "Sitemap" not in pages["robots.txt"]


def test_robots_are_told_of_the_sitemap_and_may_see_every_page(addressed: Any, site: Site) -> None:
    addressed.city()
    pages = site()
    lines = pages["robots.txt"].splitlines()
    assert f"Sitemap: {URL}/sitemap.xml" in lines
    barred = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    assert not [one for one in parts(pages) if one.removeprefix(URL).startswith(tuple(barred))]
