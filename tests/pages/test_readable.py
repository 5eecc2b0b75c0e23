"""Who sees little, sees nothing or has only a keyboard reads every kind of page: names, labels, headings, contrast."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.addresses import PAGES

pytestmark = pytest.mark.browser

STUMBLES = (Path(__file__).parent / "readable.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desktop", "phone"])
def test_nobody_stumbles_on_any_kind_of_page(browser, city, scheme: str, size: tuple[int, int]) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page = context.new_page()
    page.goto(city.url)
    decision = page.locator("main a[href^='/decisions/']").first.get_attribute("href")
    found = {}
    for name, path in {**PAGES, "decision": decision, "notice": city.withdrawn, "status": "/correct/status"}.items():
        page.goto(city.url.rstrip("/") + path)
        found[name] = page.evaluate(STUMBLES)
    context.close()
    assert {name: stumbles for name, stumbles in found.items() if stumbles} == {}
