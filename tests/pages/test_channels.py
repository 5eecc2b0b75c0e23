"""The bulletin on paper and the city's screen in a hall, in a real Chromium."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from gongshi.render.bulletins.pages import department_bulletin
from gongshi.render.downloads.splicing import NOTHING
from gongshi.render.kiosk.city import city_screen
from gongshi.render.look.environment import environment
from gongshi.render.look.shell import Shell
from gongshi.render.press import Press
from tests.pages import axe
from tests.pages.test_boards import HOST, TEMPLATES, Pages
from tests.pages.test_registry import OVERFLOWS, SCREENS, SECONDS, SHOWN
from tests.render.conftest import MARKET, PublicDb

pytestmark = pytest.mark.browser

PARTY = {"name": "松原市一家名称特别特别特别长的商贸有限责任公司第一分公司", "type": "法人及非法人组织"}
DECISIONS = 60
TARGET = 64
"""Pixels that a finger needs (D19)."""
_HIT = """
[...document.querySelectorAll("main a, footer a, footer label, header a")].map((one) => one.getBoundingClientRect())
.filter((box) => box.height > 0).map((box) => Math.round(Math.min(box.width, box.height)))
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    public = PublicDb(tmp_path_factory.mktemp("channels") / "public.db")
    for at in range(DECISIONS):
        public.decision(
            ("penalty", "licence")[at % 2],
            day=f"2026-03-{at % 28 + 1:02}",
            document_number=f"松市监罚〔2026〕{at:04}号",
            facts="当事人销售超过保质期的食品，违法事实清楚。" * (at % 9),
            content=f"罚款{at:04}元整",
            parties=[PARTY] * (1 + at % 3),
            department_name="松原市名称特别特别特别长的市场监督和综合行政执法管理局",
        )
    public.count()
    env = environment(TEMPLATES)
    press = Press(public.db, env, Shell(b"<header>H</header>", b"<footer class='gs-footer'>F</footer>"), NOTHING)
    made = (*department_bulletin(press, MARKET, "2026-03"), *city_screen(press))
    files = {page.path: page.render() for page in made}
    files |= {asset.path: asset.content for asset in env.globals["assets"]}  # type: ignore[attr-defined]
    yield Pages(files, (), "kiosk/")
    public.db.close()


@pytest.mark.article("D19")
def test_on_paper_no_paragraph_of_a_bulletin_is_cut_and_every_page_has_its_number(browser: Any, pages: Pages) -> None:
    page = browser.new_page()
    page.route("**/*", pages.answer)
    page.goto(f"{HOST}/bulletins/2026-03/{MARKET}.html")
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    width, height = paper.pages[0].mediabox[2:]
    assert (round(width), round(height)) == (595, 842), "A4"
    texts = [re.sub(r"\s", "", unicodedata.normalize("NFKC", one.extract_text())) for one in paper.pages]
    assert len(texts) > 4
    assert [f"{number}/{len(texts)}" in text for number, text in enumerate(texts, start=1)] == [True] * len(texts)
    for at in range(DECISIONS):
        (begins,) = (number for number, text in enumerate(texts) if f"{at:04}号" in text)
        (ends,) = (number for number, text in enumerate(texts) if f"{at:04}元" in text)
        assert begins == ends, at


@pytest.mark.article("D19")
@pytest.mark.parametrize(("screen", "script"), [*((screen, True) for screen in SCREENS), ("across", False)])
def test_the_citys_screen_holds_what_is_newest_and_can_be_touched(
    browser: Any, pages: Pages, screen: str, script: bool
) -> None:
    width, height = SCREENS[screen]
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
    page = context.new_page()
    page.route("**/*", pages.answer)
    page.goto(f"{HOST}/kiosk/")
    slides = page.locator("section").count()
    for turn in range(slides):
        page.goto(f"{HOST}/kiosk/#s{turn + 1}")
        assert page.evaluate(SHOWN) == [turn], "who touches a button has that slide, until it is asked to turn again"
        assert page.evaluate(OVERFLOWS) == []
        assert min(page.evaluate(_HIT)) >= TARGET
    page.get_by_role("link", name="下一屏").click()
    assert page.evaluate(SHOWN) == [0]
    page.get_by_role("link", name="继续轮换").click()
    page.get_by_text("暂停").click()
    assert page.evaluate("document.getAnimations().map((one) => one.playState)") == ["paused"] * slides
    context.close()


@pytest.mark.article("D19")
def test_the_largest_screen_holds_each_slide_and_is_for_everyone(browser: Any, pages: Pages) -> None:
    page = browser.new_page(viewport={"width": 3840, "height": 2160})
    page.route("**/*", pages.answer)
    for turn in range(6):
        page.goto(f"{HOST}/kiosk/#s{turn + 1}")
        assert (page.evaluate(SHOWN), page.evaluate(OVERFLOWS)) == ([turn], [])
    for still in ("#s6", ""):
        page.goto("about:blank")
        page.goto(f"{HOST}/kiosk/{still}")
        axe.prepare(page, whole=True)
        assert axe.violations(page) == [], still
    page.close()


def test_who_walks_a_screen_by_keys_meets_only_what_is_shown(browser: Any, pages: Pages) -> None:
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.route("**/*", pages.answer)
    page.goto(f"{HOST}/kiosk/")
    met = []
    for _ in range(8):
        page.keyboard.press("Tab")
        met.append(page.evaluate("(document.activeElement.closest('section') || {}).id || document.activeElement.id"))
    assert met[:6] == ["s1"] * 6, "four decisions and two buttons; the turning stands still meanwhile"
    assert met[6] == "still"
    page.evaluate(f"document.getAnimations().forEach((one) => {{ one.currentTime = {SECONDS * 1000 - 300} }})")
    page.close()
