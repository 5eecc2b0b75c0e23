"""What a citizen sees, on a desk and on a phone, in a real Chromium; pictures go to build/screenshots."""

from __future__ import annotations

import io
import re
import unicodedata
from urllib.parse import quote

import httpx
import pytest
from pypdf import PdfReader

from tests.pages.axe import dress
from tests.pages.conftest import PROJECT

pytestmark = pytest.mark.browser


@pytest.mark.article("D28")
@pytest.mark.article("S1.3")
def test_a_citizen_who_comes_back_reads_why_a_decision_is_gone_and_where_to_ask(visit) -> None:
    page = visit.open(visit.city.withdrawn)
    visit.picture("notice")
    text = page.locator("main").inner_text()
    for words in ("已经依法撤下", "撤销", "松政复决〔2026〕3号", "程序违法", "0438-", "申请更正"):
        assert words in text, words
    assert visit.complaints == ["Failed to load resource: the server responded with a status of 410 (Gone)"]
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    page.get_by_role("link", name="全部撤下说明").click()
    assert page.locator(f"main a[href='{visit.city.withdrawn}']").count() == 1


def test_the_list_of_withdrawals_is_one_click_from_the_front_page(visit) -> None:
    page = visit.open("/")
    page.locator("main a[href='/notices/']").click()
    assert page.locator("h1").inner_text() == "撤下说明"


@pytest.mark.article("D17")
@pytest.mark.article("D3")
def test_a_citizen_finds_a_decision_from_the_front_page_and_reads_all_of_it(visit) -> None:
    page = visit.open("/")
    box = page.locator("main input[name=q]").first
    box.fill("食品")
    box.press("Enter")
    page.wait_for_url("**/search?*")
    assert page.locator("mark").count() > 0
    page.locator("main a[href^='/decisions/']").filter(has_text="食品").first.click()
    page.wait_for_url("**/decisions/**")
    visit.picture("decision")
    text = page.locator("main").inner_text()
    assert "文号" in text or "文书号" in text, "a penalty's number and a licence's have labels of their own"
    for label in ("行政相对人", "决定日期", "机关"):
        assert label in text, label


@pytest.mark.article("D12")
@pytest.mark.article("D13")
@pytest.mark.article("D27")
def test_a_decision_page_says_what_one_can_do_whom_to_ask_and_when_it_had_to_be_public(visit) -> None:
    page = visit.open("/kinds/penalty/")
    page.locator("main a[href^='/decisions/']").first.click()
    text = page.locator("main").inner_text()
    for words in ("救济", "监督", "0438-", "第二十七条", "公示"):
        assert words in text, words


def test_who_mistypes_a_company_is_asked_whether_it_is_the_one_that_is_there(city, addresses) -> None:
    with httpx.Client(base_url=city.url, timeout=60, trust_env=False) as web:
        page = web.get(addresses["search-mistyped"]).text
    assert "您要找的是不是" in page
    assert "松原市宏源瑞机械制造有限公司</a>" in page


def test_the_newest_decisions_are_one_click_from_the_front_page(visit) -> None:
    page = visit.open("/")
    page.locator("main a[href^='/decisions/']").first.click()
    assert page.locator("h1").inner_text()


def test_search_narrows_by_department_and_counts_match_what_a_click_gives(visit) -> None:
    page = visit.open(f"/search?q={quote('罚款')}")
    on_demand = page.locator(".gs-narrow > summary")
    if on_demand.is_visible():
        on_demand.click()
    entry = page.locator("main li:has(a[href*='department='])").first
    promised = int(entry.inner_text().split()[-1])
    page.goto(visit.city.url.rstrip("/") + entry.locator("a").get_attribute("href"))
    assert f"找到 {promised} 条" in page.locator("main").inner_text()


def test_without_javascript_everything_is_readable(browser, city) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(city.url + f"search?q={quote('公司')}")
    assert page.locator("mark").count() > 0
    context.close()


def test_the_keyboard_reaches_the_content_first(visit) -> None:
    page = visit.open("/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent.trim()")
    assert focused == "跳到正文"


def test_with_the_largest_letters_on_the_smallest_telephone_the_heading_is_on_the_first_screen(window, city) -> None:
    with window("phone").new_page() as page:
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(city.url)
        dress(page, "auto-3-0")
        banner = page.locator(".gs-sample").evaluate("(one) => one.offsetHeight")
        assert page.locator("h1").bounding_box()["y"] - banner < 640 - 60
        ways = page.locator("#gs-nav li a")
        assert not ways.first.is_visible()
        page.get_by_role("link", name="全部栏目").click()
        assert all(way.is_visible() for way in ways.all())
        page.set_viewport_size({"width": 1280, "height": 900})
        dress(page, "auto-1-0")
        page.goto(city.url)
        assert ways.first.is_visible()
        assert not page.get_by_role("link", name="全部栏目").is_visible()


REPEATED = """
() => {
  const table = document.querySelector("table.gs-told")
  for (let at = 1; at < 20; at++) {
    const gap = document.createElement("div")
    gap.style.height = `${(at * 37) % 101}px`
    table.parentNode.append(gap, table.cloneNode(true))
  }
  return table.querySelector("thead th:last-child").textContent
}
"""
"""A short table twenty times, at twenty heights of a sheet."""


def test_on_paper_a_short_table_is_not_cut_from_its_head(window, city, addresses) -> None:
    with window("desktop").new_page() as page:
        page.goto(city.url.rstrip("/") + addresses["enforcement_item"])
        head = page.evaluate(REPEATED)
        written = page.locator("main").text_content().count(head)
        paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [re.sub(r"\s", "", unicodedata.normalize("NFKC", one.extract_text())) for one in paper.pages]
    assert written >= 20
    assert sum(text.count(head) for text in texts) == written, "a head that is printed again stands above a cut table"


MINI_PROGRAM = """
async ([word, id, gone]) => {
  const pages = [], waiting = [], removed = []
  const Page = (told) => pages.push({...told, data: {...told.data}, setData(more) { Object.assign(this.data, more) }})
  const answer = async ({url, success}) => {
    const told = await fetch(url)
    success({statusCode: told.status, data: await told.json()})
  }
  const wx = {
    request: (asked) => waiting.push(answer(asked)),
    removeStorageSync: (id) => removed.push(id),
    showToast: ({title}) => { throw new Error(title) },
  }
  const settled = async () => { while (waiting.length) await waiting.shift() }
  %s
  const [list, one] = pages
  list.search({detail: {value: word}})
  await settled()
  const first = list.data.items.map((item) => item.id)
  list.more()
  await settled()
  one.onLoad({id})
  await settled()
  const {decision} = one.data
  one.onLoad({id: gone})
  await settled()
  return {first, all: list.data.items.map((item) => item.id), decision, gone: one.data.gone, removed}
}
"""
"""What a telephone gives a mini-program, around the two pages of the guide."""


def test_the_mini_program_of_the_guide_searches_goes_on_opens_a_decision_and_clears_what_came_down(
    window, city
) -> None:
    guide = (PROJECT / "site_src" / "pages" / "about" / "subscribing.md").read_text("utf-8")
    code = "\n".join(re.findall(r"```js\n(.*?)```", guide, re.DOTALL)).replace("https://gs.example.gov.cn", "")
    gone = re.sub(r".*/|\.html$", "", city.withdrawn)
    with httpx.Client(base_url=city.url, timeout=60, trust_env=False) as api:
        told = api.get("/api/v1/decisions", params={"q": "食品"}).json()
        more = api.get(told["next"]).json()
    wanted = [item["id"] for item in (*told["items"], *more["items"])]
    with window("phone").new_page() as page:
        page.goto(city.url)
        found = page.evaluate(MINI_PROGRAM % code, ["食品", wanted[0], gone])
    assert (found["first"], found["all"]) == (wanted[: len(told["items"])], wanted)
    assert found["decision"]["id"] == wanted[0]
    assert "撤下" in found["gone"] or "撤销" in found["gone"]
    assert found["removed"] == [gone]
