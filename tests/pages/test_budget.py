"""A decision is cheap to read: what a browser takes for its page, with nothing kept and with what the last one left.

The limits are the issue's; they are bytes, which do not hang on the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser

COLD, WARM = 40 * 1024, 10 * 1024


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    yield context.new_page()
    context.close()


def transferred(page: Any, url: str) -> dict[str, int]:
    """Bytes of each answer that a page took, heads and compressed bodies, by its kind; from the cache they are none."""
    finished: list[Any] = []

    def note(request: Any) -> None:
        finished.append(request)

    page.on("requestfinished", note)
    page.goto(url, wait_until="networkidle")
    page.remove_listener("requestfinished", note)
    sizes = {request.url: request.sizes() for request in finished}
    return {url: size["responseBodySize"] + size["responseHeadersSize"] for url, size in sizes.items()}


def test_a_decision_takes_forty_kilobytes_at_first_and_ten_afterwards(
    page: Any, city: Any, addresses: dict[str, str]
) -> None:
    site = city.url.rstrip("/")
    cold = transferred(page, site + addresses["decision"])
    other = page.locator("a[href^='/decisions/']").first.get_attribute("href")
    print("cold", cold)
    assert sum(cold.values()) <= COLD
    again = transferred(page, site + addresses["decision"])
    warm = transferred(page, f"{site}/decisions/" if other is None else site + other)
    print("again", again, "warm", warm)
    assert sum(again.values()) <= WARM
    assert sum(warm.values()) <= WARM
    sheets = [url for url in cold if ".css" in url and "/look.css" not in url]
    assert len(sheets) == 1, "one style sheet; look.css is the reader's own choice, empty for most"
    assert cold[f"{site}/look.css"] < 1024


def test_no_script_is_needed_to_read_a_decision(browser: Any, city: Any, addresses: dict[str, str]) -> None:
    read = {}
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, locale="zh-CN")
        page = context.new_page()
        page.goto(city.url.rstrip("/") + addresses["decision"])
        read[scripts] = re.sub(r"\s+", "\n", page.locator("body").inner_text())
        context.close()
    assert read[True] == read[False]
    assert "行政相对人" in read[False]
