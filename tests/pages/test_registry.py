"""Before and during enforcement, in a real Chromium: is this officer one, what may they do, what must I bring, who sits
at this window; on a desk, on a telephone, on paper, on a screen in a hall."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from gongshi.records import REGISTRY_KINDS
from gongshi.records.field import FieldType

pytestmark = pytest.mark.browser

MARKET = "11220700MB99000134"
RADICALS = str.maketrans("⺠⻝⻅⻔⻓⻚⻢⻩⻋⻜⻛⻥⻦⻘⻬⻰⻁⻆⻉⻄", "民食见门长页马黄车飞风鱼鸟青齐龙虎角贝西")
"""Signs of radicals that have no other form in Unicode (CJK Radicals Supplement), and what they look like."""
SCREENS = {"across": (1920, 1080), "upright": (1080, 1920), "old": (1366, 768)}
SECONDS = 15
MOST_LOOKS = 150
"""A tenth of a second apart."""
OVERFLOWS = """
() => [document.documentElement, ...document.querySelectorAll("main, section, header, footer, li, dd, p")]
  .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
  .map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 30)}`)
"""
SHOWN = """
() => [...document.querySelectorAll("section")].flatMap((one, at) =>
  getComputedStyle(one).visibility === "visible" ? [at] : [])
"""


@dataclass(frozen=True)
class Api:
    """The served city, asked as a program asks."""

    client: httpx.Client

    def all(self, kind: str, **asked: str) -> Iterator[dict[str, Any]]:
        """Every record of a kind."""
        address = f"/api/v1/records?{httpx.QueryParams(kind=kind, **asked)}"
        while address:
            answer = self.client.get(address).json()
            yield from answer["items"]
            address = answer["next"]

    def whole(self, kind: str, having: str = "", **asked: str) -> dict[str, Any]:
        """The first record of a kind (that has a field), with everything."""
        found = (self.client.get(f"/api/v1/records/{one['id']}").json() for one in self.all(kind, **asked))
        return next(one for one in found if not having or having in one["fields"])


@pytest.fixture(scope="module")
def api(city: Any) -> Iterator[Api]:
    with httpx.Client(base_url=city.url, timeout=30, trust_env=False) as client:
        yield Api(client)


def fits(page: Any) -> bool:
    overflow: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return overflow <= 0


@pytest.mark.article("D7")
@pytest.mark.article("D14")
@pytest.mark.parametrize(
    ("holds", "word", "said"), [(True, "证件有效", "今天有效，有效期至"), (False, "证件无效", "目前不能据以执法")]
)
def test_a_citizen_types_the_last_digits_of_a_certificate_and_reads_whether_it_holds(
    visit: Any, api: Api, holds: bool, word: str, said: str
) -> None:
    officer = next(one for one in api.all("officer", department=MARKET) if one["valid_today"] is holds)
    page = visit.open("/officers/")
    page.get_by_label("姓名或者执法证号").fill(officer["number"][-6:])
    page.get_by_label("所属部门").select_option(MARKET)
    page.locator("main").get_by_role("button", name="查找").click()
    hit = page.locator("main li").filter(has=page.locator(f"a[href='{officer['url']}']"))
    assert word in hit.inner_text()
    hit.get_by_role("link").first.click()
    visit.picture(f"officer-{'valid' if holds else 'invalid'}")
    main = page.locator("main").inner_text()
    assert main.strip().startswith(word), "the first words of the page"
    assert f"{officer['title']}的行政执法证" in main
    assert said in main
    assert ("请拨打监督举报电话 0438-" in main) is not holds
    assert page.locator("svg.gs-qr").is_visible()
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    assert fits(page)
    assert visit.complaints == []


def test_nobody_of_that_name_is_told_so_with_what_to_do(visit: Any) -> None:
    page = visit.open("/search?in=records&kind=officer&q=99999999999")
    assert "没有找到这样的执法人员" in page.locator("main").inner_text()


@pytest.mark.article("D8")
@pytest.mark.article("D10")
@pytest.mark.article("D12")
def test_an_item_shows_its_procedure_as_a_picture_and_as_the_same_list(visit: Any, api: Api) -> None:
    item = api.whole("enforcement_item", "steps", department=MARKET)
    page = visit.open(item["url"])
    visit.picture("item")
    steps = [row["name"] for row in item["fields"]["steps"]["value"]]
    picture = re.sub(r"\s", "", page.locator("svg.gs-flow").first.text_content())
    listed = page.locator(".gs-flow-list").first.inner_text()
    assert page.locator("svg.gs-flow").first.is_visible()
    assert [name for name in steps if name not in picture] == []
    assert [name for name in steps if name not in listed] == []
    main = page.locator("main").inner_text()
    for row in item["fields"]["basis"]["value"]:
        assert row["law"] in main
    assert fits(page)
    assert visit.complaints == []


def texts(kind: str, record: dict[str, Any]) -> Iterator[str]:
    """Every text of a record that stands on paper as it was written."""
    for name, told in record["fields"].items():
        field = REGISTRY_KINDS[kind].by_name[name]
        if field.is_table:
            yield from (text for row in told["value"] for text in row.values())
        elif field.type not in (FieldType.DATE, FieldType.FLAG):
            yield told["value"]


def plain(text: str) -> str:
    """Without blanks, in one form: a font may print 食 as the sign of the radical that looks like it."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(RADICALS))


@pytest.mark.article("D15")
@pytest.mark.article("D24")
def test_a_guide_is_printed_with_all_that_it_says(browser: Any, city: Any, api: Api) -> None:
    guide = api.whole("service_guide", department=MARKET)
    page = browser.new_page()
    page.goto(city.url.rstrip("/") + guide["url"])
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    paper = plain("".join(one.extract_text() for one in printed.pages))
    assert [text for text in texts("service_guide", guide) if plain(text) not in paper] == []
    width = float(printed.pages[0].mediabox.width)
    for sheet in printed.pages:
        beyond = [at for at in _places(sheet) if not 0 <= at <= width]
        assert beyond == [], "a line runs off the paper"


def _places(sheet: Any) -> list[float]:
    """Where each piece of text begins, in points from the left."""
    found: list[float] = []
    sheet.extract_text(
        visitor_text=lambda text, cm, tm, font, size: found.append(tm[4] * cm[0] + cm[4]) if text.strip() else None
    )
    return found


@pytest.mark.article("S1.2")
def test_a_sheet_is_one_page_across_with_its_code(browser: Any, city: Any, api: Api) -> None:
    page = browser.new_page()
    for board in api.all("post_board"):
        page.emulate_media(media="null")
        page.goto(city.url.rstrip("/") + board["url"].replace(".html", "-sheet.html"))
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        page.emulate_media(media="print")
        cut = page.evaluate(
            "(() => { const a = document.querySelector('.gs-a4'); return a.scrollHeight - a.clientHeight })()"
        )
        assert page.locator(".gs-a4 svg.gs-qr").count() == 1
        assert len(printed.pages) == 1
        box = printed.pages[0].mediabox
        assert box.width > box.height
        paper = plain(printed.pages[0].extract_text())
        assert board["title"] in paper
        assert cut <= 0, "something does not fit on the page"
    page.close()


@pytest.mark.article("S1.2")
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_in_a_hall_turns_by_itself_and_everything_is_on_it(browser: Any, city: Any, screen: str) -> None:
    width, height = SCREENS[screen]
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(f"{city.url.rstrip('/')}/boards/kiosk/{MARKET}/")
    assert page.locator("script").count() == 0
    assert all(one.startswith(city.url) for one in asked)
    slides = page.locator("section").count()
    assert slides > 1
    told = ""
    for turn in (*range(slides), slides):
        page.evaluate(
            f"document.getAnimations().forEach((one) => {{ one.currentTime = {turn * SECONDS * 1000 + 500} }})"
        )
        assert page.evaluate(SHOWN) == [turn % slides], "one after the other, and then the first again"
        assert page.evaluate(OVERFLOWS) == []
        told += page.locator("section").nth(turn % slides).inner_text()
    for words in ("综合受理岗", "咨询引导岗", "证件有效", "0438-", "岗位职责"):
        assert words in told, words
    context.close()


def test_a_screen_really_turns_after_its_seconds(browser: Any, city: Any) -> None:
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.goto(f"{city.url.rstrip('/')}/boards/kiosk/{MARKET}/")
    page.evaluate(f"document.getAnimations().forEach((one) => {{ one.currentTime = {SECONDS * 1000 - 300} }})")
    shown = [page.evaluate(SHOWN)]
    while shown[-1] == [0] and len(shown) < MOST_LOOKS:
        page.wait_for_timeout(100)
        shown.append(page.evaluate(SHOWN))
    assert shown[-1] == [1]
    page.close()


def test_who_wants_no_motion_reads_the_slides_one_below_the_other(browser: Any, city: Any) -> None:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.goto(f"{city.url.rstrip('/')}/boards/kiosk/{MARKET}/")
    assert len(page.evaluate(SHOWN)) == page.locator("section").count()
    context.close()


def test_without_javascript_officers_are_found_and_screens_turn(browser: Any, city: Any, api: Api) -> None:
    officer = next(api.all("officer", department=MARKET))
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{city.url}officers/")
    page.get_by_label("姓名或者执法证号").fill(officer["number"])
    page.locator("main").get_by_role("button", name="查找").click()
    page.locator(f"main a[href='{officer['url']}']").first.click()
    assert officer["title"] in page.locator("h1").inner_text()
    page.goto(f"{city.url}boards/kiosk/{MARKET}/")
    assert page.locator("section").first.is_visible()
    context.close()


@pytest.mark.article("S5")
def test_the_matrix_leads_to_what_is_there(visit: Any) -> None:
    page = visit.open("/registers/")
    visit.picture("registers")
    main = page.locator("main").inner_text()
    for words in ("执法人员", "缺", "服务指南", "实施方案"):
        assert words in main, words
    page.locator(f"main a[href='/officers/departments/{MARKET}/']").first.click()
    assert "的执法人员" in page.locator("h1").inner_text()
    assert fits(page)
