"""Whoever sees little or nothing, or moves by keys, meets no barrier that axe knows: every kind of page, every look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.pages import axe
from tests.pages.addresses import WITHOUT_LOOKS

pytestmark = pytest.mark.browser

PLAIN = "light-1-0"
LOOKS = {"dark-1-0": axe.COLOURS, "light-3-0": axe.SIZES, "light-1-1": axe.COLOURS}
PARTS = 4
"""So many tests, that none takes long."""
FRAMES = ("/", "/officers/", "/about/", "/data/")
"""A page of each frame, with header and footer."""
NARROW = ("home", "search", "decision", "table", "figures", "guide", "officer", "correct")
"""Kinds of pages that are built otherwise on a telephone: tables become cards, menus fold."""


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", reduced_motion="reduce")
    yield context.new_page()
    context.close()


def opened(page: Any, city: Any, path: str) -> Any:
    page.goto(city.url.rstrip("/") + path)
    axe.prepare(page, whole=path in FRAMES)
    return page


@pytest.mark.parametrize("part", range(PARTS))
def test_every_kind_of_page_is_clean_in_light_dark_large_and_high_contrast(
    page: Any, city: Any, addresses: dict[str, str], part: int
) -> None:
    found = {}
    for name, path in list(addresses.items())[part::PARTS]:
        opened(page, city, path)
        found[name, PLAIN] = axe.violations(page)
        for look, rules in LOOKS.items() if name not in WITHOUT_LOOKS else ():
            axe.dress(page, look)
            found[name, look] = axe.violations(page, rules)
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("width", "look"), [(390, PLAIN), (320, "dark-3-1")])
def test_a_telephone_shows_the_same_to_everyone(
    page: Any, city: Any, addresses: dict[str, str], width: int, look: str
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    found = {}
    for name in NARROW:
        opened(page, city, addresses[name])
        axe.dress(page, look)
        found[name] = axe.violations(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


def test_axe_sees_what_is_wrong(page: Any, city: Any) -> None:
    opened(page, city, "/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=/favicon.ico><input>')")
    assert {wrong.split()[0] for wrong in axe.violations(page)} >= {"image-alt", "label"}
