"""The city's screen in a hall: what is newest, in as many slides as turn, each line a way on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from gongshi.render.decisions.page import address
from gongshi.render.kiosk.city import NEWEST
from gongshi.render.look import turning

Site = Callable[[], dict[str, str]]


@pytest.mark.article("D19")
@pytest.mark.parametrize("decisions", [0, 1, NEWEST + 5])
def test_the_newest_stand_on_slides_that_lead_on_without_a_script(public: Any, site: Site, decisions: int) -> None:
    ids = [public.decision("penalty", day=f"2026-03-{day:02}") for day in range(1, decisions + 1)]
    pages = site()
    screen = pages["kiosk/index.html"]
    assert re.findall(r'href="(/decisions/../[^"]+)"', screen) == list(map(address, ids[: -NEWEST - 1 : -1]))
    slides = len(re.findall("<section", screen))
    assert f'<body class="of-{slides}">' in screen
    assert f".of-{slides} section{{animation:of-{slides} {slides * turning.SECONDS}s" in turning.css()
    for link in re.findall(r'href="#([^"]+)"', screen):
        assert f'id="{link}"' in screen, link
    for way in re.findall(r'<a href="(/[^"#]*)"', screen):
        path = f"{way}index.html"[1:] if way.endswith("/") else way[1:]
        assert path in pages or way == "/search", way
    assert "<script" not in screen
    assert "style=" not in screen
    assert "http-equiv" not in screen


def test_a_screen_has_rules_for_as_many_slides_as_it_may_have() -> None:
    css = turning.css()
    for slides in range(2, turning.MOST + 1):
        assert css.count(f"@keyframes of-{slides}{{") == css.count(f".of-{slides} section{{") == 1
    assert turning.MOST * turning.SECONDS <= turning.ROUND
    assert f".of-{turning.MOST + 1} " not in css
