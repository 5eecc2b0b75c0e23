"""A name is no way to profile anybody: pages, suggestions and corrections of names are for organisations alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from gongshi.query.headers import ALWAYS
from gongshi.records.party import NATURAL_PERSON, SOLE_TRADER
from tests.query import registers

COMPANY, RENAMED, TRADER = "91220702MA17XXXX3A", "91220702MA17YYYY3B", "92220702MA17ZZZZ3C"


@dataclass
class City:
    """A served city: what is public, and how to change it."""

    web: httpx.Client
    server: Any
    make: Any
    decisions: list[Any]

    def without(self, *gone: Any) -> None:
        """Take some down."""
        self.make.change(self.server.build / "public.db", remove=gone)

    def again(self, *back: Any) -> None:
        """Publish them again."""
        self.make.change(self.server.build / "public.db", add=back)


def invented(make: Any) -> list[Any]:
    """Decisions about companies, traders and people."""
    company = [
        make.Decision(
            1000 + at * 3,
            number=f"松示例罚〔2026〕{at}号",
            party="松原市宏远商贸有限公司",
            uscc=COMPANY,
            others=(("张某某", NATURAL_PERSON),) if at == 1 else (),
        )
        for at in range(1, 24)
    ]
    return [
        *company,
        make.Decision(2000, number="松示例罚〔2026〕81号", party="松原市旧名商贸有限公司", uscc=RENAMED),
        make.Decision(2003, number="松示例罚〔2026〕82号", party="松原市新名商贸有限公司", uscc=RENAMED),
        make.Decision(2006, party="松原市鸿运小吃部", uscc=TRADER, party_type=SOLE_TRADER),
        make.Decision(2009, party="欧阳某某", party_type=NATURAL_PERSON, own={"violation_type": "私设电网捕捞"}),
        make.Decision(2012, party="夏侯示例", party_type=NATURAL_PERSON, facts="当事人在示例屯滥伐柠条"),
    ]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, make: Any) -> Iterator[City]:
    root = tmp_path_factory.mktemp("private")
    decisions = invented(make)
    make.write(root / "build" / "public.db", decisions)
    key, name = next(iter(make.departments.items()))
    of_market = key, name, "220700"
    officer = registers.made(1, "officer", of_market, name="赵示安", certificate_number="22070100017")
    board = registers.made(2, "post_board", of_market, title="示例受理岗")
    registers.publish(root / "build" / "public.db", [officer, board])
    server = make.start(make.built(root))
    with server.client() as web:
        yield City(web, server, make, decisions)
    make.stop(server)


def test_the_page_of_a_company_leads_to_its_decisions_newest_first(city: City) -> None:
    first = city.web.get(f"/parties/{COMPANY}")
    assert first.status_code == 200
    assert "<h1>松原市宏远商贸有限公司</h1>" in first.text
    assert "共 23 件" in first.text
    second = city.web.get(f"/parties/{COMPANY}?page=2")
    ours = [one for one in reversed(city.decisions) if one.uscc == COMPANY]
    places = [(first.text + second.text).find(one.path) for one in ours]
    assert places == sorted(places)
    assert [sum(one.path in page.text for one in ours) for page in (first, second)] == [20, 3]


def test_the_page_of_a_company_names_nobody_else_and_adds_nothing_up(city: City) -> None:
    pages = [city.web.get(f"/parties/{COMPANY}?page={number}").text for number in (1, 2)]
    assert "欧阳" not in "".join(pages)
    assert not any(word in page for page in pages for word in ("罚款合计", "合计金额", "<svg", "评分", "信用等级"))


def test_no_search_engine_keeps_it(city: City) -> None:
    page = city.web.get(f"/parties/{COMPANY}")
    assert page.headers["x-robots-tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page.text
    assert page.headers["cache-control"] == "max-age=0, must-revalidate"


@pytest.mark.parametrize(
    "asked",
    [
        TRADER,
        "欧阳某某",
        "张某某",
        "91220702MA17QQQQ3Q",
        COMPANY.lower(),
        COMPANY[:-1],
        f"{COMPANY}?page=3",
        "' OR 1=1 --",
        "松原市宏远商贸有限公司",
    ],
)
def test_whoever_is_no_organisation_with_a_public_decision_has_no_page_and_no_other_answer(
    city: City, asked: str
) -> None:
    never = city.web.get("/parties/91220700MA0000000X")
    answer = city.web.get(f"/parties/{asked}")
    assert (answer.status_code, answer.content) == (404, never.content)
    assert {*answer.headers} == {*never.headers}


def nearly(city: City, typed: str) -> list[str]:
    """What is brought up where nothing was found."""
    return [one["text"] for one in city.web.get("/api/v1/search", params={"q": typed}).json()["near"]]


@pytest.mark.article("D28", "S1.3")
def test_a_company_without_a_public_decision_is_as_one_that_never_was(city: City) -> None:
    old, new = (one for one in city.decisions if one.uscc == RENAMED)
    assert nearly(city, "新铭商贸") == ["新名商贸"]
    assert "松原市新名商贸有限公司" in city.web.get(f"/parties/{RENAMED}").text
    city.without(new)
    page = city.web.get(f"/parties/{RENAMED}").text
    assert "松原市旧名商贸有限公司" in page
    assert "新名" not in page
    assert (nearly(city, "新铭商贸"), nearly(city, "旧铭商贸")) == ([], ["旧名商贸"])
    city.without(old)
    assert nearly(city, "旧铭商贸") == []
    gone, never = city.web.get(f"/parties/{RENAMED}"), city.web.get("/parties/91220700MA0000000X")
    assert (gone.status_code, gone.content) == (404, never.content)
    city.again(old, new)
    assert "共 2 件" in city.web.get(f"/parties/{RENAMED}").text


PERSONAL = (
    *("欧阳某某", "欧阳某", "欧阳某人", "欧阳", "ouyang", "ouyangmoumou", "oymm"),  # masked natural persons
    *("夏侯示例", "夏侯示力", "夏侯", "xiahoushili", "xhsl", "张某某", "张某谋", "zhangmoumou"),
    *("赵示安", "赵石安", "赵示", "zhaoshian", "zsa", "22070100017", "2207010001"),  # officers
    *("示例受理岗", "示例受理", "shilishouli"),  # who stands at which post
    *("鸿运小吃部", "红运小吃部", "鸿运小吃", "hongyunxiaochi", "hyxcb", TRADER, TRADER[:10]),  # sole traders
    *("私设电网捕捞", "私设电网", "sishedianwang", "滥伐柠条", "滥伐宁条", "lanfaningtiao"),  # words of single cases
)


@pytest.mark.article("D7")
@pytest.mark.parametrize("typed", PERSONAL)
def test_nobody_s_name_and_no_word_of_a_single_case_is_suggested_or_meant(city: City, typed: str) -> None:
    for address in ("/suggest", "/api/v1/suggest"):
        assert city.web.get(address, params={"q": typed}).json()["items"] == []
    answer = city.web.get("/api/v1/search", params={"q": typed}).json()
    assert answer["near"] == []
    assert city.web.get("/api/v1/search", params={"q": typed, "type": "records"}).json()["near"] == []
    understood = answer["understood"]
    assert understood is None or understood["by"] == "meant", "letters stand for nobody"


@pytest.mark.article("D7")
def test_an_officer_is_found_as_the_registry_shows_him_and_without_cases(city: City) -> None:
    page = city.web.get("/search", params={"q": "赵示"}).text
    (hit,) = re.findall(r'<li class="gs-result[^>]*>.*?</li>', page, re.DOTALL)
    shown = " ".join(re.sub("<[^>]+>", " ", re.sub("</?mark>", "", hit)).split())
    assert {"赵示安", "22070100017", "证件有效"} <= set(shown.split())
    assert re.findall(r'href="([^"]+)"', hit) == [re.search(r'href="(/officers/[^"]+)"', hit)[1]]  # type: ignore[index]
    assert "/decisions/" not in hit
    for ending in ("csv", "xlsx"):
        assert city.web.get(f"/search.{ending}", params={"q": "赵示安"}).status_code == 404
    assert "赵示安" not in city.web.get("/search.atom", params={"q": "赵示安"}).text.partition("<entry>")[2]


def test_a_feed_has_no_facts_and_no_amounts(city: City) -> None:
    feed = city.web.get("/search.atom", params={"q": "宏远"}).text
    assert feed.count("<entry>") == 23
    assert not any(word in feed for word in ("5000", "罚款人民币", "未按规定公示", COMPANY, "张某某"))


ASKED = ("/search?q={q}", "/search.atom?q={q}", "/search.csv?q={q}", "/search.xlsx?q={q}", "/suggest?q={q}",
         "/api/v1/search?q={q}", "/api/v1/suggest?q={q}", "/api/v1/decisions?q={q}", f"/parties/{COMPANY}")  # fmt: skip


@pytest.mark.parametrize("address", ASKED)
def test_nothing_typed_is_kept_and_no_search_engine_is_led_there(city: City, address: str) -> None:
    typed = "宏远商贸"
    answer = city.web.get(address.format(q=typed))
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert answer.headers["x-robots-tag"] == "noindex"
    assert answer.headers["referrer-policy"] == ALWAYS["referrer-policy"] == "same-origin"
    kept = "no-store" if "suggest" in address else "max-age=0, must-revalidate"
    assert answer.headers["cache-control"] == kept
    log = city.server.log.read_text(encoding="utf-8")
    assert not any(word in log for word in (typed, "%E5%AE%8F", COMPANY))
