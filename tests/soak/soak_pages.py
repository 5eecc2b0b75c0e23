"""`make soak`: every kind of page, whole, by all of axe's rules, in every look on three widths; in the plain look the
name of every control, too.

Plain pytest does not collect this file: `make test` looks at the first rows of long tables, and of the other looks only
at what a look can change (tests/pages/test_every_page.py).
"""

from __future__ import annotations

from typing import Any

import pytest

from gongshi.render.look.sheets import COOKIE, VALUES
from tests.pages import axe
from tests.pages.addresses import WITHOUT_LOOKS
from tests.pages.conftest import addresses, browser, city  # noqa: F401 - fixtures
from tests.pages.test_every_page import PLAIN, badly_named

WIDTHS = (320, 390, 1280)


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("look", sorted(VALUES))
def test_every_page_is_clean_in_every_look(browser: Any, city: Any, addresses: dict[str, str], look: str) -> None:  # noqa: F811
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce")
    context.add_cookies([{"name": COOKIE, "value": look, "url": city.url}])
    axe.bring(context)
    page, found = context.new_page(), {}
    for name, path in addresses.items():
        if name in WITHOUT_LOOKS:
            continue
        page.goto(city.url.rstrip("/") + path)
        axe.prepare(page, whole=True)
        if look == PLAIN and (nameless := badly_named(page)):
            found[name, 0] = nameless
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if wrong := axe.violations(page):
                found[name, width] = wrong
    context.close()
    assert found == {}
