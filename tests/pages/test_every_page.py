"""Every kind of page, for everyone: it fits its screen, speaks Chinese, names what it holds, asks no other host, and
whoever sees little or nothing meets no barrier that axe knows.

A page is opened once for each screen, and all is measured on it. What a look can change of a page is measured in every
look where a page is built otherwise than others, by turns for the rest; `make soak` measures everything everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.pages import axe
from tests.pages.addresses import WITHOUT_LOOKS
from tests.pages.conftest import SIZES, City, Visit

pytestmark = pytest.mark.browser

PLAIN = "light-1-0"
LOOKS = {"dark-1-0": axe.COLOURS, "light-3-0": axe.SIZES, "light-1-1": axe.COLOURS}
IN_EVERY_LOOK = ("home", "search", "decision", "table")
SCHEMES = ("light", "dark")
SMALLEST = 320
PARTS = 4
"""So many tests, that none takes long."""
FRAMES = ("/", "/officers/", "/about/", "/data/")
"""A page of each frame, with header and footer."""
NARROW = ("home", "search", "decision", "table", "figures", "guide", "officer", "correct")
"""Kinds of pages that are built otherwise on a telephone: tables become cards, menus fold."""
MISSING = "Failed to load resource: the server responded with a status of 404 (Not Found)"
GONE = "Failed to load resource: the server responded with a status of 410 (Gone)"
COMPLAINTS = {"missing": [MISSING], "notice": [GONE]}
STUMBLES = (Path(__file__).parent / "readable.js").read_text(encoding="utf-8")
AT_ONCE = "document.getAnimations().forEach((one) => one.finish())"
BEARINGS = """
() => ({
  "language": ["zh-CN", "zh"].includes(document.documentElement.lang),
  "one heading": document.querySelectorAll("h1").length === 1,
  "marked as a sample": document.body.innerText.includes("示例数据"),
  "no wider than the screen": document.documentElement.scrollWidth <= document.documentElement.clientWidth,
})
"""
_NAMED = "link|button|textbox|searchbox|combobox|radio|checkbox|img|navigation|region|complementary"
NAMELESS = re.compile(rf"^\s*- ({_NAMED})(:| *$)")
NAMED = re.compile(rf'^\s*- (?:{_NAMED}) "([^"]*)"')
CHINESE = re.compile(r"[《\u3400-\u9fff]")
WRITTEN_SO = re.compile(r"[\d\s.,:/%()+@A-Za-z_“”-]*")
"""Names of files, formats, addresses and numbers are no words of a language."""

Wrong = dict[tuple[str, str], list[str]]
"""Kind of page and what was measured, by what is wrong."""


@pytest.fixture(scope="module")
def desk(browser: Any, city: City) -> Iterator[Visit]:
    yield from _screen(browser, city, "desktop")


@pytest.fixture(scope="module")
def phone(browser: Any, city: City) -> Iterator[Visit]:
    yield from _screen(browser, city, "phone")


def _screen(browser: Any, city: City, size: str) -> Iterator[Visit]:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", color_scheme="light", reduced_motion="reduce"
    )
    axe.bring(context)
    yield Visit.watching(context.new_page(), city, size)
    context.close()


def _part(addresses: Mapping[str, str], part: int) -> Iterator[tuple[str, str]]:
    yield from list(addresses.items())[part::PARTS]


def bearings(visit: Visit, name: str, path: str) -> list[str]:
    """Open a page; what of the first impression is wrong."""
    visit.complaints.clear()
    page = visit.open(path)
    visit.picture(name)
    told = {
        **page.evaluate(BEARINGS),
        "no complaint": visit.complaints == COMPLAINTS.get(name, []),
        "no other host": {urlsplit(asked).netloc for asked in visit.requests} == {urlsplit(visit.city.url).netloc},
    }
    return [what for what, holds in told.items() if not holds]


def badly_named(page: Any) -> list[str]:
    """Controls without a name or with one that is not Chinese, and landmarks that are not there once."""
    lines = page.locator("body").aria_snapshot().splitlines()
    found = [line.strip() for line in lines if NAMELESS.match(line)]
    names = [match[1] for line in lines if (match := NAMED.match(line))]
    found += [one for one in names if not CHINESE.search(one) and not WRITTEN_SO.fullmatch(one)]
    return found + [mark for mark in ("main",) if sum(line.strip().startswith(f"- {mark}") for line in lines) != 1]


def looks(name: str, turn: int) -> list[str]:
    """The looks besides the plain one in which a page is measured."""
    if name in WITHOUT_LOOKS:
        return []
    return [*LOOKS] if name in IN_EVERY_LOOK else [[*LOOKS][turn % len(LOOKS)]]


@pytest.mark.parametrize("part", range(PARTS))
def test_every_kind_of_page_is_for_everyone_on_a_desk(desk: Visit, addresses: dict[str, str], part: int) -> None:
    wrong: Wrong = {}
    for turn, (name, path) in enumerate(_part(addresses, part)):
        wrong[name, "bearings"] = bearings(desk, name, path)
        axe.prepare(desk.page, whole=path in FRAMES)
        wrong[name, "names"] = badly_named(desk.page)
        wrong[name, PLAIN] = axe.violations(desk.page)
        for look in looks(name, turn):
            axe.dress(desk.page, look)
            wrong[name, look] = axe.violations(desk.page, LOOKS[look])
    assert {where: found for where, found in wrong.items() if found} == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_every_kind_of_page_is_for_everyone_on_a_telephone(phone: Visit, addresses: dict[str, str], part: int) -> None:
    wrong: Wrong = {}
    for turn, (name, path) in enumerate(_part(addresses, part)):
        wrong[name, "bearings"] = bearings(phone, name, path)
        for scheme in SCHEMES if name in NARROW else (SCHEMES[turn % 2],):
            phone.page.emulate_media(color_scheme=scheme)
            phone.page.evaluate(AT_ONCE)
            wrong[name, scheme] = phone.page.evaluate(STUMBLES)
        if name in NARROW:
            wrong |= on_a_narrow_screen(phone.page, name, whole=path in FRAMES)
    assert {where: found for where, found in wrong.items() if found} == {}


def on_a_narrow_screen(page: Any, name: str, *, whole: bool) -> Wrong:
    """What axe finds on the open page of a telephone, and on the smallest by night with large letters and lines."""
    wrong: Wrong = {}
    axe.prepare(page, whole=whole)
    axe.dress(page, PLAIN)
    wrong[name, "telephone"] = axe.violations(page)
    before = page.viewport_size
    page.set_viewport_size({**before, "width": SMALLEST})
    axe.dress(page, "dark-3-1")
    wrong[name, "smallest"] = axe.violations(page, axe.LOOK)
    page.set_viewport_size(before)
    return wrong


def test_axe_sees_what_is_wrong(desk: Visit) -> None:
    axe.prepare(desk.open("/"), whole=True)
    desk.page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=/favicon.ico><input>')"
    )
    assert {wrong.split()[0] for wrong in axe.violations(desk.page)} >= {"image-alt", "label"}


def test_what_nobody_can_read_or_name_is_seen(phone: Visit) -> None:
    page = phone.open("/")
    page.evaluate("document.querySelector('main').innerHTML = '<h2>题</h2><h4>题</h4><button></button><p>浅色的字</p>'")
    page.locator("main p").evaluate("(one) => { one.style.color = '#888'; one.style.backgroundColor = '#999' }")
    assert badly_named(page) == ["- button"]
    assert {found.split()[0] for found in page.evaluate(STUMBLES)} == {"no", "headings", "contrast"}
    assert page.evaluate(BEARINGS)["one heading"] is False
