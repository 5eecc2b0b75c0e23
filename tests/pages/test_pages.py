"""What a citizen sees, on a desk and on a phone, in a real Chromium; pictures go to build/screenshots."""

from __future__ import annotations

from urllib.parse import quote

import pytest

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
