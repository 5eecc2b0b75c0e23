"""Names, labels, headings and contrast of every kind of page on a telephone; for a desk axe says it (test_axe)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.test_axe import NARROW

pytestmark = pytest.mark.browser

STUMBLES = (Path(__file__).parent / "readable.js").read_text(encoding="utf-8")
SCHEMES = ("light", "dark")
"""Both for what is built otherwise on a telephone, by turns for the rest: axe measures the colours of each of them."""
AT_ONCE = "document.getAnimations().forEach((one) => one.finish())"


def test_nobody_stumbles_on_any_kind_of_page_of_a_telephone_by_day_and_by_night(browser, city, addresses) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    found = {}
    for at, (name, path) in enumerate(addresses.items()):
        page.goto(city.url.rstrip("/") + path)
        for scheme in SCHEMES if name in NARROW else (SCHEMES[at % 2],):
            page.emulate_media(color_scheme=scheme)
            page.evaluate(AT_ONCE)
            found[name, scheme] = page.evaluate(STUMBLES)
    context.close()
    assert {name: stumbles for name, stumbles in found.items() if stumbles} == {}
