"""A name is no way to profile anybody: pages, suggestions and corrections of names are for organisations alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from gongshi.records.party import NATURAL_PERSON, SOLE_TRADER

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
        make.Decision(2009, party="欧阳某某", party_type=NATURAL_PERSON),
    ]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, make: Any) -> Iterator[City]:
    root = tmp_path_factory.mktemp("private")
    decisions = invented(make)
    make.write(root / "build" / "public.db", decisions)
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


@pytest.mark.article("D28", "S1.3")
def test_a_company_without_a_public_decision_is_as_one_that_never_was(city: City) -> None:
    old, new = (one for one in city.decisions if one.uscc == RENAMED)
    assert "松原市新名商贸有限公司" in city.web.get(f"/parties/{RENAMED}").text
    city.without(new)
    page = city.web.get(f"/parties/{RENAMED}").text
    assert "松原市旧名商贸有限公司" in page
    assert "新名" not in page
    city.without(old)
    gone, never = city.web.get(f"/parties/{RENAMED}"), city.web.get("/parties/91220700MA0000000X")
    assert (gone.status_code, gone.content) == (404, never.content)
    city.again(old, new)
    assert "共 2 件" in city.web.get(f"/parties/{RENAMED}").text
