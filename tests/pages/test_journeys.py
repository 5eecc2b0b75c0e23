"""Ten people come with a question and leave with the answer: each from the front page, on a desk and on a phone.

A step is a click, or words typed and sent. How many a journey may take is asserted; `make screenshots` keeps a
picture of each (build/screenshots/journeys), for eyes that judge it by GOOD.md.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.pages.conftest import PICTURES, SIZES, City, take

pytestmark = [pytest.mark.browser, pytest.mark.article("D26"), pytest.mark.article("S4")]

FOLDER = PICTURES / "journeys"
RESULTS = "section[aria-labelledby=found] li.gs-result h3 a"
BESIDE = "section.gs-beside li.gs-result h3 a, section.gs-direct a"

SAME_SOUND = str.maketrans("禾宏晟鑫瑞丰祥恒兴汇", "和鸿盛欣锐峰翔衡星惠")
"""What an input method offers beside the right character."""


@dataclass
class Trip:
    """Somebody's way through the site."""

    page: Page
    city: City
    name: str
    size: str
    steps: int = 0

    def click(self, what: Locator) -> None:
        """Follow a link or press a button, once it is seen."""
        what.scroll_into_view_if_needed()
        what.click()
        self._took()

    def press(self, what: Locator, key: str = "Enter") -> None:
        """The same with a key alone."""
        what.focus()
        what.press(key)
        self._took()

    def ask(self, words: str) -> None:
        """Type words into the box of the page and send them."""
        box = self.page.locator("input[name=q]:visible").first
        box.fill(words)
        box.press("Enter")
        self.page.wait_for_url("**/search?*")
        self._took()

    def _took(self) -> None:
        self.steps += 1
        self.page.wait_for_load_state()
        FOLDER.mkdir(parents=True, exist_ok=True)
        take(self.page, FOLDER / f"{self.name}-{self.size}-{self.steps}.png")

    def reads(self) -> str:
        """What stands on the page now."""
        return self.page.locator("main").inner_text()


@pytest.fixture(scope="module")
def api(city: City) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=city.url, timeout=60, trust_env=False) as client:
        yield client


def fined_restaurant(trip: Trip, api: httpx.Client) -> None:
    """1. A citizen: was that breakfast shop fined, and for what?"""
    trip.ask("早餐店 罚款")
    trip.click(trip.page.locator(RESULTS).first)
    assert "早餐店" in trip.reads()
    assert "行政处罚" in trip.reads()
    assert "罚款" in trip.reads()


def own_licence(trip: Trip, api: httpx.Client) -> None:
    """2. A clerk has a number on a slip, written as one writes numbers."""
    found = api.get("/api/v1/decisions", params={"kind": "licence"}).json()["items"]
    one = next(one for one in found if re.fullmatch(r"\w+〔\d{4}〕\d+号", one["document_number"]))
    prefix, year, serial = re.fullmatch(r"(\w+)〔(\d{4})〕(\d+)号", one["document_number"]).groups()  # type: ignore[union-attr]
    trip.ask(f"{prefix}{year}-{serial}号")
    trip.click(trip.page.locator(f"{BESIDE}, {RESULTS}").first)
    assert one["document_number"] in trip.reads()
    assert trip.page.url.endswith(one["url"])


def large_letters(trip: Trip, api: httpx.Client) -> None:
    """3. Somebody of 75 in the hall: larger letters, then what was fined in their county."""
    trip.click(trip.page.locator("header summary").filter(has_text="显示设置"))
    trip.click(trip.page.locator("header").get_by_role("button", name="特大"))
    trip.click(trip.page.locator("main a[href='/counties/220721/']").first)
    trip.click(trip.page.locator("main a").filter(has_text="行政处罚").first)
    assert "前郭" in trip.reads()
    assert trip.page.locator(RESULTS).count() > 1
    assert trip.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 24


def is_this_an_officer(trip: Trip, api: httpx.Client) -> None:
    """4. Somebody who hears the page: does this certificate hold? With keys alone."""
    one = next(iter(api.get("/api/v1/records", params={"kind": "officer"}).json()["items"]))
    trip.page.keyboard.press("Tab")
    trip.ask(one["number"])
    trip.press(trip.page.locator(f"main a[href='{one['url']}']").first)
    assert trip.reads().lstrip().startswith("证件有效" if one["valid_today"] else "证件无效")


def largest_fines(trip: Trip, api: httpx.Client) -> None:
    """5. A journalist: all penalties of 100,000 yuan and more under one law this year, as a file."""
    trip.ask("大气污染防治法")
    for words in ("10 万元至 100 万元", "2026 年"):
        _narrow(trip, words)
    count = int("".join(re.findall(r"\d", trip.page.locator("#found").inner_text())))
    link = trip.page.locator("main a[href^='/search.csv']").first
    expect(link).to_be_visible()
    trip.steps += 1
    rows = list(csv.DictReader(io.StringIO(api.get(link.get_attribute("href") or "").content.decode("utf-8-sig"))))
    assert len({row["决定编号"] if "决定编号" in row else next(iter(row.values())) for row in rows}) == count > 0


def who_cites_it(trip: Trip, api: httpx.Client) -> None:
    """6. A lawyer: which decisions rest on article 124, and how is one of them cited?"""
    trip.ask("第一百二十四条")
    _narrow(trip, "松原市市场监督管理局")
    trip.click(trip.page.locator(RESULTS).first)
    assert "第一百二十四条" in trip.reads()
    trip.click(trip.page.locator("main a[href='#cite'], .gs-actions a[href='#cite']").first)
    cited = trip.page.locator("#cite").locator("xpath=..").inner_text()
    assert trip.page.locator(".gs-number").inner_text().split("号")[0] in cited


def an_error(trip: Trip, api: httpx.Client) -> None:
    """7. A company finds a wrong amount in what was decided about it."""
    trip.ask("金信烟花")
    trip.click(trip.page.locator(RESULTS).first)
    trip.click(trip.page.locator("a[href^='/correct/']:visible").first)
    assert trip.page.locator("h1").inner_text() == "申请更正公示信息"
    assert trip.page.get_by_role("button", name="提交申请").is_visible()


def what_to_bring(trip: Trip, api: httpx.Client) -> None:
    """8. Somebody opens a restaurant: which papers, printed."""
    trip.ask("食品经营许可证怎么办")
    trip.click(trip.page.locator(f"{BESIDE}, {RESULTS}").filter(has_text="食品经营许可证核发").first)
    assert "材料" in trip.reads()
    assert "食品经营许可证核发" in trip.page.locator("h1").inner_text()
    assert trip.page.pdf(format="A4")[:4] == b"%PDF"


def mistyped(trip: Trip, api: httpx.Client) -> None:
    """9. The input method took another character of the same sound."""
    name, typed = next(_other_characters(api))
    trip.ask(typed)
    assert name in trip.reads()
    trip.click(trip.page.locator(RESULTS).first)
    assert name in trip.page.locator("h1").inner_text()


def _other_characters(api: httpx.Client) -> Iterator[tuple[str, str]]:
    """Companies' names without the form, and as a slip of the input method writes them, where nobody has that name."""
    address = "/api/v1/decisions"
    while address:
        told = api.get(address).json()
        for one in told["items"]:
            if found := re.fullmatch(r"松原市(\w{4,8}有限公司)", one["parties_text"]):
                typed = found[1].translate(SAME_SOUND)
                if typed != found[1] and not api.get("/api/v1/decisions", params={"q": typed}).json()["items"]:
                    yield found[1], typed
        address = told["next"]


def an_old_link(trip: Trip, api: httpx.Client) -> None:
    """10. Somebody kept the address of a decision that was taken down."""
    trip.page.goto(trip.city.url.rstrip("/") + trip.city.withdrawn)
    assert "已经依法撤下" in trip.reads()
    assert "撤销" in trip.reads()
    trip.click(trip.page.locator("main a[href^='/departments/']").first)
    assert "0438-" in trip.reads()


def _narrow(trip: Trip, words: str) -> None:
    """One more condition, of those that stand beside the results; on a phone they are behind one line."""
    menu = trip.page.locator("details.gs-narrow > summary:visible").first
    link = trip.page.locator(".gs-facets a, details.gs-narrow a").filter(has_text=words).first
    if not link.is_visible() and menu.count():
        menu.click()
    trip.click(link)


Journey = Callable[[Trip, httpx.Client], None]
MOST: dict[Journey, int] = {
    fined_restaurant: 3,
    own_licence: 2,
    large_letters: 5,
    is_this_an_officer: 4,
    largest_fines: 5,
    who_cites_it: 4,
    an_error: 4,
    what_to_bring: 4,
    mistyped: 2,
    an_old_link: 2,
}
"""How many steps each may take, opening the phone's menu of conditions not counted."""
WITHOUT_SCRIPTS = (fined_restaurant, largest_fines, an_old_link)


def _live(journey: Journey, context: Any, city: City, api: httpx.Client, size: str) -> None:
    with context.new_page() as page:
        _go(journey, page, city, api, size)


def _go(journey: Journey, page: Page, city: City, api: httpx.Client, size: str) -> None:
    trip = Trip(page, city, journey.__name__, size)
    page.goto(city.url)
    journey(trip, api)
    print(f"{journey.__name__} {size}: {trip.steps}")
    assert trip.steps <= MOST[journey]
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("journey", MOST, ids=lambda journey: journey.__name__)
def test_an_answer_is_few_steps_from_the_front_page(
    window: Any, city: City, api: httpx.Client, journey: Journey, size: str
) -> None:
    _live(journey, window(size), city, api, size)


@pytest.mark.parametrize("journey", WITHOUT_SCRIPTS, ids=lambda journey: journey.__name__)
def test_and_as_few_without_scripts(browser: Any, city: City, api: httpx.Client, journey: Journey) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", java_script_enabled=False, color_scheme="light"
    )
    try:
        _live(journey, context, city, api, "no-script")
    finally:
        context.close()
