"""Odd decisions on every screen, by night, with large letters and on paper: nothing is cut, nothing overlaps."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pypdf import PdfReader

from gongshi.render.look.sheets import COOKIE
from gongshi.render.look.shell import Shell
from tests.pages import axe
from tests.pages.extremes import DECISIONS, LONG_FACTS, printed

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
MISFITS = (HERE / "layout.js").read_text(encoding="utf-8")
STUMBLES = (HERE / "readable.js").read_text(encoding="utf-8")
PLAIN = "auto-1-0"
WIDTHS = {PLAIN: (320, 390, 1280, 3840), "auto-2-0": (320, 1280), "light-3-1": (320, 1280)}
COLOURS = ("light-1-1", "dark-1-1", "dark-1-0")
PARTS = 2
FOLDER = "extremes"
PARTIES = 40


@pytest.fixture(scope="module")
def odd(city: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Where each odd decision's page lies, beside the served city's own."""
    folder = city.root / "build" / "site" / FOLDER
    folder.mkdir()
    pages = printed(tmp_path_factory.mktemp("odd"), Shell.load(city.root / "build" / "shell"))
    for name, page in pages.items():
        (folder / f"{name}.html").write_bytes(page)
    yield {name: f"{city.url.rstrip('/')}/{FOLDER}/{quote(name)}.html" for name in pages}
    shutil.rmtree(folder)


def opened(browser: Any, city: Any, look: str, **more: Any) -> Any:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}, **more)
    context.add_cookies([{"name": COOKIE, "value": look, "url": city.url}])
    return context.new_page()


@pytest.mark.parametrize("part", range(PARTS))
def test_an_odd_decision_fits_every_screen_and_can_be_read_in_every_colour(
    browser: Any, city: Any, odd: dict[str, str], part: int
) -> None:
    page = opened(browser, city, PLAIN, reduced_motion="reduce")
    wrong = {}
    for name, address in list(odd.items())[part::PARTS]:
        page.goto(address)
        for look, widths in WIDTHS.items():
            axe.dress(page, look)
            for width in widths:
                page.set_viewport_size({"width": width, "height": 900})
                wrong[name, look, width] = page.evaluate(MISFITS)
        for look in COLOURS:
            axe.dress(page, look)
            wrong[name, look] = page.evaluate(STUMBLES)
    page.context.close()
    assert {where: found for where, found in wrong.items() if found} == {}


def test_whatever_the_screen_shows_paper_is_white_and_has_every_word(
    browser: Any, city: Any, odd: dict[str, str]
) -> None:
    page = opened(browser, city, "dark-3-1", color_scheme="dark")
    page.goto(odd["twenty thousand characters of facts"])
    paper = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    text = "".join(re.sub(r"\s", "", one.extract_text()) for one in paper.pages)
    numbers = {int(found) for found in re.findall(r"第(\d+)项", text)}
    assert numbers >= set(range(1, LONG_FACTS.count("\n") + 2))
    page.emulate_media(media="print")
    ground = "getComputedStyle(document.body).backgroundColor + getComputedStyle(document.querySelector('h1')).color"
    assert page.evaluate(ground) == "rgb(255, 255, 255)rgb(0, 0, 0)"
    page.context.close()


def test_forty_parties_are_printed_as_a_table_whose_head_comes_again(
    browser: Any, city: Any, odd: dict[str, str]
) -> None:
    page = opened(browser, city, "auto-1-0")
    page.goto(odd["forty parties"])
    paper = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    page.context.close()
    pages = [re.sub(r"\s", "", one.extract_text()) for one in paper.pages]
    with_rows = [text for text in pages if re.search(r"第\d+号商贸有限公司(?!的全部决定)", text)]
    assert len({found for text in pages for found in re.findall(r"第(\d+)号商贸", text)}) >= PARTIES
    assert all("名称" in text for text in with_rows)


def test_there_are_odd_decisions_of_every_sort(odd: dict[str, str]) -> None:
    assert set(odd) == set(DECISIONS)
