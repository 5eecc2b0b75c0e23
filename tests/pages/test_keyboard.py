"""Whoever has only keys reaches everything and sees where they are; what is told of it: test_every_page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser

WALKED = ("home", "search", "decision", "officers", "figures", "table", "guide", "correct", "screen")
STOPS = 400
"""Presses of the Tab key after which a page that has not ended is a trap."""
FOCUS = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one), box = one.getClientRects()[0] || one.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight - box.top) / 2];
  const top = document.elementFromPoint(x, y);
  return {
    what: one.outerHTML.slice(0, 160),
    tabindex: one.tabIndex,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none"
      || !!one.labels && [...one.labels].some((label) => getComputedStyle(label).outlineStyle !== "none"),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0,
    covered: !!top && top !== one && !one.contains(top) && !top.contains(one)
      && !(one.labels && [...one.labels].some((label) => label.contains(top))),
  };
}
"""


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", reduced_motion="reduce")
    yield context.new_page()
    context.close()


def opened(page: Any, city: Any, path: str) -> Any:
    page.goto(city.url.rstrip("/") + path)
    return page


def walk(page: Any) -> Iterator[dict[str, Any]]:
    """Where the Tab key leads, from the top of a page until it leaves it."""
    seen: list[str] = []
    while len(seen) < STOPS:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None or (seen and stop["what"] == seen[0]):
            return
        seen.append(stop["what"])
        yield stop
    raise AssertionError(f"no end: {seen[-3:]}")


@pytest.mark.parametrize("name", WALKED)
def test_the_tab_key_leads_through_all_of_a_page_and_is_seen_everywhere(
    page: Any, city: Any, addresses: dict[str, str], name: str
) -> None:
    opened(page, city, addresses[name])
    stops = list(walk(page))
    assert len(stops) > 0
    assert [stop["what"] for stop in stops if stop["tabindex"] > 0] == [], "the order is the page's own"
    for wrong, say in (("ring", False), ("inside", False), ("covered", True)):
        assert [stop["what"] for stop in stops if stop[wrong] is say] == [], wrong


def test_suggestions_are_chosen_with_the_arrows_announced_and_sent_away_with_escape(page: Any, city: Any) -> None:
    box = opened(page, city, "/").locator("main input[name=q]")
    box.focus()
    page.keyboard.type("行政处罚")
    options = page.get_by_role("listbox", name="建议").get_by_role("option")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert page.get_by_role("status").filter(has_text="条建议").count() == 1
    page.keyboard.press("ArrowDown")
    chosen = box.get_attribute("aria-activedescendant")
    assert page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.get_attribute("aria-activedescendant") is None
    assert box.input_value() == "行政处罚"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert page.locator("h1").count() == 1


def test_a_suggestion_that_is_chosen_leads_to_it(page: Any, city: Any) -> None:
    box = opened(page, city, "/").locator("main input[name=q]")
    box.focus()
    page.keyboard.type("shichang")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.rstrip("/") != city.url.rstrip("/"))
    assert "市场监督管理" in page.locator("main").inner_text()


def test_larger_letters_are_chosen_with_keys_alone_and_stay(browser: Any, city: Any) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto(city.url)
    before = page.locator("h1").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
    page.locator("header summary").filter(has_text="显示设置").press("Enter")
    large = page.locator("header").get_by_role("button", name="特大")
    large.focus()
    with page.expect_navigation():
        large.press("Enter")
    page.goto(f"{city.url}departments/")
    root = page.locator("html").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
    page.goto(city.url)
    after = page.locator("h1").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
    context.close()
    assert root >= 1.4 * 16
    assert after > before
