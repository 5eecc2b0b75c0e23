"""Feeds that a strict reader takes, with ids that never change and no clock (RFC 4287; JSON Feed 1.1)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from gongshi.render.decisions.page import address
from gongshi.render.feeds.channel import NEWEST

Site = Callable[[], dict[str, str]]
ATOM = "{http://www.w3.org/2005/Atom}"
MARKET, ROADS = "11220700MB99000134", "11220700MB990003XN"
FEEDS = ("feeds/decisions.atom", "feeds/notices.atom")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00\+08:00")


def read(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def texts(element: ElementTree.Element, name: str) -> list[str]:
    return [found.text or "" for found in element.findall(ATOM + name)]


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("filled", [True, False])
def test_a_feed_has_what_the_standard_asks_for(public: Any, site: Site, path: str, filled: bool) -> None:
    if filled:
        public.city()
    feed = read(site()[path])
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(texts(element, name)) == 1, name
        assert MOMENT.fullmatch(texts(element, "updated")[0])
        assert element.find(f"{ATOM}author/{ATOM}name") is not None
        assert [link.get("rel") for link in element.findall(f"{ATOM}link")].count("alternate") == 1
    ids = [texts(entry, "id")[0] for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == (0 if not filled else 42 if "decisions" in path else 3)


def faults(feed: dict[str, Any]) -> list[str]:
    """What JSON Feed 1.1 asks for and a feed has not."""
    asked = {"version": str, "title": str, "home_page_url": str, "feed_url": str, "language": str, "items": list}
    found = [name for name, kind in asked.items() if not isinstance(feed.get(name), kind)]
    found += ["version"] * (feed["version"] != "https://jsonfeed.org/version/1.1")
    for item in feed["items"]:
        names = ("id", "url", "title", "content_text", "date_published", "date_modified")
        found += [name for name in names if not (isinstance(item.get(name), str) and item[name])]
        found += [name for name in ("date_published", "date_modified") if not MOMENT.fullmatch(item[name])]
        found += ["authors"] * (not all(set(one) <= {"name", "url", "avatar"} for one in item["authors"]))
        found += ["tags"] * (not all(isinstance(tag, str) for tag in item["tags"]))
    return found


@pytest.mark.parametrize("filled", [True, False])
def test_as_json_a_feed_tells_the_same(public: Any, site: Site, filled: bool) -> None:
    if filled:
        public.city()
        public.decision(title="<b>标题\u202e</b>", document_number=None)
    pages = site()
    for path in FEEDS:
        feed, same = json.loads(pages[path.replace(".atom", ".json")]), read(pages[path])
        assert faults(feed) == []
        entries = same.findall(f"{ATOM}entry")
        assert feed["title"] == texts(same, "title")[0]
        told = [[item[name] for name in ("id", "title", "content_text", "date_modified")] for item in feed["items"]]
        assert told == [[texts(one, name)[0] for name in ("id", "title", "summary", "updated")] for one in entries]


def test_a_kind_and_a_department_have_feeds_of_their_own_that_their_pages_name(public: Any, site: Site) -> None:
    penalty = public.decision("penalty", day="2026-03-05")
    licence = public.decision("licence", day="2026-03-06")
    other = public.decision("penalty", day="2026-03-07", department=ROADS, department_name="松原市交通运输局")
    pages = site()
    expected = {
        "kinds/penalty": [other, penalty],
        "kinds/licence": [licence],
        "kinds/levy": [],
        f"departments/{MARKET}": [licence, penalty],
        f"departments/{ROADS}": [other],
    }
    for name, ids in expected.items():
        feed, same = json.loads(pages[f"feeds/{name}.json"]), read(pages[f"feeds/{name}.atom"])
        assert faults(feed) == []
        told = [item["url"] for item in feed["items"]]
        assert told == [address(one) for one in ids]
        assert [link.get("href") for link in same.findall(f"{ATOM}entry/{ATOM}link")] == told
        page = pages[f"{feed['home_page_url']}index.html"[1:]]
        for suffix in ("atom", "json"):
            assert f'href="/feeds/{name}.{suffix}"' in page


def test_the_newest_come_first_and_no_more_than_a_reader_wants(public: Any, site: Site) -> None:
    public.decision(day="2026-03-05")
    for _ in range(NEWEST):
        public.decision(day="2026-03-06")
    newest = public.decision(day="2026-03-07")
    entries = read(site()[FEEDS[0]]).findall(f"{ATOM}entry")
    assert len(entries) == NEWEST
    assert newest in texts(entries[0], "id")[0]
    published = [texts(entry, "published")[0] for entry in entries]
    assert published == sorted(published, reverse=True)


@pytest.mark.article("S1.3")
def test_a_notice_says_what_was_withdrawn_and_why(public: Any, site: Site) -> None:
    found = public.notice(document_number="松市监罚〔2026〕15号")
    (entry,) = read(site()[FEEDS[1]]).findall(f"{ATOM}entry")
    assert texts(entry, "title") == ["行政处罚信息撤下说明：松市监罚〔2026〕15号"]
    assert "撤销" in texts(entry, "summary")[0]
    assert texts(entry, "updated") == ["2026-03-20T00:00:00+08:00"]
    assert entry.find(f"{ATOM}link").get("href") == address(found)  # type: ignore[union-attr]
    assert found not in site()[FEEDS[0]]


@pytest.mark.article("D28")
def test_what_a_department_took_down_can_be_followed_by_itself(public: Any, site: Site) -> None:
    ours, theirs = public.notice(), public.notice(department=ROADS, department_name="松原市交通运输局")
    pages = site()
    for key, one in ((MARKET, ours), (ROADS, theirs)):
        feed, same = json.loads(pages[f"feeds/notices/{key}.json"]), read(pages[f"feeds/notices/{key}.atom"])
        assert faults(feed) == []
        assert [item["url"] for item in feed["items"]] == [address(one)]
        assert [link.get("href") for link in same.findall(f"{ATOM}entry/{ATOM}link")] == [address(one)]
        assert f'href="/feeds/notices/{key}.atom"' in pages[f"departments/{key}/index.html"]


def test_ids_are_the_whole_address_or_a_tag_and_updated_is_the_records_own(public: Any, site: Site) -> None:
    found = address(public.decision(updated_on="2026-04-01"))
    public.db.execute("UPDATE meta SET value = 'gs.example.gov.cn' WHERE key = 'domain'")
    feed = read(site()[FEEDS[0]])
    assert texts(feed.find(f"{ATOM}entry"), "id") == [f"tag:gs.example.gov.cn,2020:{found}"]  # type: ignore[arg-type]
    assert texts(feed, "updated") == ["2026-04-01T00:00:00+08:00"]
    public.db.execute("UPDATE meta SET value = 'https://gs.example.gov.cn/' WHERE key = 'url'")
    feed = read(site()[FEEDS[0]])
    assert texts(feed.find(f"{ATOM}entry"), "id") == [f"https://gs.example.gov.cn{found}"]  # type: ignore[arg-type]
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"https://gs.example.gov.cn/{FEEDS[0]}"  # type: ignore[union-attr]


@pytest.mark.parametrize("hostile", ["<b>&\"'</b>", "]]>", "\x00\x0b\u202e", "\ufffe\uffff", "a\nb"])
def test_no_value_breaks_a_feed(public: Any, site: Site, hostile: str) -> None:
    public.decision(title=f"标题{hostile}", department_name=hostile)
    public.notice(reason=f"理由{hostile}", ending_label=hostile)
    for path in FEEDS:
        (entry,) = read(site()[path]).findall(f"{ATOM}entry")
        assert "\u202e" not in "".join(entry.itertext())


def test_a_feed_repeats_no_facts_and_no_amounts(public: Any, site: Site) -> None:
    """What a reader's programme fetched can not be called back."""
    public.decision()
    text = site()[FEEDS[0]]
    for part in ("5000", "货值", "超过保质期", "食品安全法"):
        assert part not in text


def test_lists_tell_browsers_of_the_feeds_and_single_pages_do_not(public: Any, site: Site) -> None:
    public.decision()
    pages = site()
    told = {path for path, text in pages.items() if 'type="application/atom+xml"' in text and path.endswith(".html")}
    assert {"index.html", "notices/index.html", "kinds/penalty/index.html"} <= told
    assert not [path for path in told if re.fullmatch(r"decisions/\w\w/\w+\.html", path)]
