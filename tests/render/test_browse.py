"""Counties, laws and what is absent: each page shows what there is, says no more, and goes with the last decision."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from gongshi.law.citing import law_id
from tests.render.conftest import COUNTY, ROADS

Site = Callable[[], dict[str, str]]
FOOD = f"laws/{law_id('食品安全法')}/index.html"
COUNTY_PAGE = "counties/220721/index.html"


def listed(text: str) -> list[str]:
    """The ids of the decisions that a page lists, in its order."""
    return re.findall(r'<th scope="row" role="rowheader"><a href="/decisions/../(\w{16})\.html">', text)


def test_a_law_lists_the_newest_that_cite_it_and_says_how_many(public: Any, site: Site) -> None:
    ids = [public.decision(day=f"2026-03-{day:02}") for day in range(1, 25)]
    public.decision("coercion", day="2026-03-30")
    pages = site()
    assert listed(pages[FOOD]) == ids[:-21:-1]
    assert "24 件在“依据”里引用了《食品安全法》" in pages[FOOD]
    laws = re.findall(r'<li><a href="/laws/\w+/">(.*?)</a><span>(.*?)</span>', pages["laws/index.html"])
    most = [("《食品安全法》", "24 件"), ("《道路运输条例》", "1 件")]
    assert laws == [*most, *most[::-1]], "by number, then by reading: 道 stands before 食"
    assert re.findall(r'<h3 id="(.)">', pages["laws/index.html"]) == ["D", "S"]


def test_laws_stand_by_the_reading_of_their_names_and_what_has_none_stands_last(public: Any, site: Site) -> None:
    for name in ("行政强制法", "长江保护法", "ISO示例规则", "2026年示例目录", "安全生产法"):
        public.decision(legal_basis=f"《{name}》")
    index = site()["laws/index.html"].split('id="all"')[1]
    assert re.findall(r'<h3 id="(.*?)">|《(.*?)》', index) == [
        *(("A", ""), ("", "安全生产法"), ("C", ""), ("", "长江保护法"), ("I", ""), ("", "ISO示例规则")),
        *(("X", ""), ("", "行政强制法"), ("其他", ""), ("", "2026年示例目录")),
    ]


def test_a_law_that_nobody_cites_any_more_has_no_page(public: Any, site: Site) -> None:
    decision = public.decision()
    assert FOOD in site()
    for table in ("tags", "parties", "penalty", "decisions"):
        public.db.execute(f"DELETE FROM {table}")
    pages = site()
    assert decision
    assert not any(path.startswith("laws/") for path in pages.keys() - {"laws/index.html"})
    assert "食品安全法" not in pages["laws/index.html"]


def test_one_law_is_one_page_however_its_name_is_written(public: Any, site: Site) -> None:
    for basis in ("《中华人民共和国食品安全法》第三条", "〈食品安全法〉", "《食品安全法》（2021修正）第五条"):
        public.decision(legal_basis=basis)
    assert len(listed(site()[FOOD])) == 3


def test_a_held_basis_has_no_law(public: Any, site: Site) -> None:
    public.decision(legal_basis=None, held_fields='["legal_basis"]')
    assert FOOD not in site()


def test_a_county_shows_its_departments_and_its_decisions_alone(public: Any, site: Site) -> None:
    ours = public.decision(department=COUNTY, region="220721")
    other = public.decision(department=ROADS)
    page = site()[COUNTY_PAGE]
    assert listed(page) == [ours]
    assert other not in page
    assert f'<a href="/departments/{COUNTY}/">前郭尔罗斯蒙古族自治县水利局</a><span>1 件</span>' in page
    assert "/search?region=220721&amp;from=2026-01-01&amp;to=2026-12-31" in page


def test_a_county_without_decisions_says_so_and_why_that_may_be(public: Any, site: Site) -> None:
    page = site()[COUNTY_PAGE]
    assert "目前没有正在公示的决定" in page
    assert '<a href="/absent/">' in page
    assert "counties/220702/index.html" not in site(), "no department, no page"


def test_what_is_absent_depends_on_rules_and_settings_alone(public: Any, site: Site) -> None:
    before = site()["absent/index.html"]
    public.city()
    public.decision(held_fields='["facts"]')
    assert site()["absent/index.html"] == before
    told = re.sub(r"<[^>]*>", "", before.split("<main")[1])
    assert not re.search(r"\d+\s*[件条个](?!工作日)", told), "no number of decisions"


WAYS = {
    "request_disclosure": ("https://example.invalid/apply", '<a href="https://example.invalid/apply">依申请公开</a>'),
    "complaint": ("0438-0000002（示例电话）", "<strong>投诉</strong>：0438-0000002（示例电话）"),
    "site_errors": ("/about/", '<a href="/about/">网站找错</a>'),
}


def test_who_does_not_find_is_told_where_to_turn_as_far_as_the_city_said(public: Any, site: Site) -> None:
    pages = site()
    for path in ("absent/index.html", "404.html"):
        assert not any(word in pages[path] for word in ("依申请公开", "投诉</strong>", "网站找错"))
        assert '<a href="/departments/">向作出决定的部门询问</a>' in pages[path]
    for key, (value, _) in WAYS.items():
        public.insert("meta", key=key, value=value)
    pages = site()
    for path in ("absent/index.html", "404.html"):
        assert all(told in pages[path] for _, told in WAYS.values()), path


def test_the_front_page_leads_to_every_way_in(public: Any, site: Site) -> None:
    public.city()
    home = site()["index.html"]
    for href in ("/counties/220700/", "/laws/", f"/{FOOD.removesuffix('index.html')}", "/items/", "/months/2026-03/"):
        assert f'href="{href}"' in home, href
    examples = re.search(r'<p class="gs-examples">(.*?)</p>', home)
    assert examples
    assert "示例商贸" not in examples[1], "no party is an example"
