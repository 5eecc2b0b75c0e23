"""Suggestions below the box: by keyboard, by pointer, heard, and gone when nobody needs them."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.pages import axe

BOX = "input[name=q]:visible"
LIST = "#gs-suggested"
OPTIONS = f"{LIST} [role=option]"


def typed(page: Page, text: str) -> None:
    """Typed at once, so that one answer comes; the suggestions are there."""
    page.locator(BOX).first.click()
    page.keyboard.insert_text(text)
    expect(page.locator(OPTIONS).first).to_be_visible()


def test_the_keyboard_goes_through_suggestions_and_takes_one(visit: Any) -> None:
    page = visit.open("/")
    box = page.locator(BOX).first
    typed(page, "songyuan")
    expect(box).to_have_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[role=status]")).to_have_text(re.compile(r"\d 条建议"))
    expect(page.locator(f"{LIST} mark").first).to_have_text("松原")
    for key, at in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("End", -1), ("Home", 0)):
        page.keyboard.press(key)
        chosen = page.locator(OPTIONS).nth(at)
        expect(chosen).to_have_attribute("aria-selected", "true")
        expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "-")
    page.keyboard.press("ArrowUp")
    expect(page.locator(f"{OPTIONS}[aria-selected=true]")).to_have_count(0)
    expect(box).to_have_value("songyuan")
    visit.picture("suggestions")
    axe.prepare(page)
    assert axe.violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search.q=%E6%9D%BE%E5%8E%9F"))
    assert visit.complaints == []


def test_one_is_taken_with_the_pointer_and_leaving_closes_the_list(visit: Any) -> None:
    page = visit.open("/departments/")
    typed(page, "生态环境")
    page.keyboard.press("Tab")
    expect(page.locator(LIST)).to_be_hidden()
    page.locator(BOX).first.fill("")
    typed(page, "生态环境")
    page.locator(OPTIONS).first.click()
    page.wait_for_url(re.compile("/departments/11220700MB9900021Y/"))


def test_without_an_answer_the_box_is_what_it_was(visit: Any) -> None:
    visit.page.route(re.compile(r"/suggest\?"), lambda route: route.abort())
    page = visit.open("/")
    page.locator(BOX).first.click()
    with page.expect_request(re.compile(r"/suggest\?")):
        page.keyboard.type("处罚")
    expect(page.locator(LIST)).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search.q="))
