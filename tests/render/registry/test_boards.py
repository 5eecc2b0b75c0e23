"""Post boards: pages, sheets and the screen that turns by itself (S1.2, D15)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from jinja2 import Environment

from gongshi.render.downloads.splicing import NOTHING
from gongshi.render.look import turning
from gongshi.render.look.shell import Shell
from gongshi.render.look.turning import MOST, ROUND, SECONDS
from gongshi.render.pages import Page
from gongshi.render.press import Press
from gongshi.render.registry.boards import boards_index, boards_of
from gongshi.render.registry.kiosk import LETTERS, pieces

MARKET, ROADS, COUNTY = "11220700MB99000134", "11220700MB990003XN", "11220721MB9900056K"
STYLE = turning.css()


@pytest.fixture
def press(public: Any, env: Environment, shell: Shell) -> Press:
    return Press(public.db, env, shell, NOTHING)


def texts(pages: Iterable[Page]) -> dict[str, str]:
    return {page.path: page.render().decode() for page in pages}


def marks(pages: Iterable[Page]) -> dict[str, str]:
    return {page.path: page.fingerprint for page in pages}


@pytest.mark.article("S1.2")
def test_a_board_has_a_page_a_sheet_and_a_screen_that_say_who_sits_there_today(public: Any, press: Press) -> None:
    officer = public.record("officer", name="赵示安", certificate_number="22070100001")
    public.record("officer", name="钱示博", certificate_number="22070100002", row={"validity": "expired"})
    item = public.record("enforcement_item", code="2207-XK-001", name="食品经营许可")
    board = public.record("post_board", officers="22070100001、22070100002、22070100009", items="2207-XK-001、没有的")
    made = texts(boards_of(press, MARKET))
    assert set(made) == {f"boards/{board}.html", f"boards/{board}-sheet.html", f"boards/kiosk/{MARKET}/index.html"}
    for path, page in made.items():
        assert "赵示安" in page, path
        assert "22070100009" not in page, "an officer who is not in the register is not on a board"
        assert "食品经营许可" in page, path
        for shown in (item, officer):
            lines = re.findall(r"<li.*?</li>", page, re.DOTALL)
            assert any(shown in line for line in lines), "what has to go in haste is cut by its id"
    page = made[f"boards/{board}.html"]
    assert re.search(r"钱示博</a> <span>22070100002</span> <span class=\"gs-sign is-invalid\">证件无效", page)
    assert f'href="/items/{item}.html"' in page


def test_an_officer_or_an_item_that_changes_changes_every_page_of_the_board(public: Any, press: Press) -> None:
    officer = public.record("officer", certificate_number="22070100001")
    item = public.record("enforcement_item", code="2207-XK-001")
    public.record("post_board", officers="22070100001", items="2207-XK-001")
    for changed in (officer, item):
        before = marks(boards_of(press, MARKET))
        public.db.execute("UPDATE records SET digest = digest || 'x' WHERE id = ?", (changed,))
        after = marks(boards_of(press, MARKET))
        assert before.keys() == after.keys()
        assert all(before[path] != after[path] for path in before)


def test_a_board_that_is_over_has_a_page_that_says_so_and_no_sheet_and_no_slide(public: Any, press: Press) -> None:
    board = public.record("post_board", row={"standing": "ended", "effective_to": "2026-02-28"})
    made = texts(boards_of(press, MARKET))
    assert set(made) == {f"boards/{board}.html", f"boards/kiosk/{MARKET}/index.html"}
    assert "已于2026年2月28日失效" in made[f"boards/{board}.html"]
    assert "岗位信息尚未公布" in made[f"boards/kiosk/{MARKET}/index.html"]


def test_the_index_has_every_department_with_or_without_a_board(public: Any, press: Press) -> None:
    board = public.record("post_board", department=ROADS)
    (page,) = texts(boards_index(press)).values()
    there, _, missing = page.partition('id="missing"')
    assert f"/boards/{board}.html" in there
    assert f"/boards/kiosk/{ROADS}/" in there
    assert "松原市市场监督管理局" in missing
    assert "松原市交通运输局" not in missing


def slides(page: str) -> list[str]:
    return re.findall(r"<section\b.*?</section>", page, re.DOTALL)


@pytest.mark.parametrize("boards", [1, 2, 7, 21])
def test_a_screen_has_as_many_rounds_as_it_has_slides_and_shows_each_before_it_is_asked_for_again(
    public: Any, press: Press, boards: int
) -> None:
    for number in range(boards):
        public.record("post_board", window=f"{number}号窗口", post=f"岗位{number:02}", officers=None, items=None)
    made = texts(boards_of(press, MARKET))
    screens = [page for path, page in made.items() if "kiosk" in path]
    assert len(screens) == -(-2 * boards // MOST), "each board has two slides: when and where, and its duties"
    shown = []
    for page in screens:
        found = slides(page)
        shown += found
        assert f'<body class="of-{len(found)}">' in page
        assert (
            len(found) == 1 or f".of-{len(found)} section{{animation:of-{len(found)} {len(found) * SECONDS}s" in STYLE
        )
        assert 0 < len(found) * SECONDS <= ROUND
        assert re.findall(r'<nav aria-label="[^"]+"><a href="#s(\d+)">', page) == (
            [str(at or len(found)) for at in range(len(found))] if len(found) > 1 else []
        )
        after = re.findall(r'<a href="(/boards/kiosk/[^"]+)">', page)
        assert len(after) == (len(screens) > 1)
        assert all(f"{one}index.html"[1:] in made or one[1:] in made for one in after)
        assert "http-equiv" not in page
        assert "<script" not in page
        assert "style=" not in page
    assert len(shown) == 2 * boards


LONG = "".join(f"第{number}项职责：一次告知、当场受理、按时办结，说明理由。" for number in range(40))


def test_a_long_text_is_cut_at_sentences_into_slides_that_hold_all_of_it() -> None:
    found = list(pieces(LONG))
    assert "".join(found) == LONG
    assert all(len(piece) <= LETTERS for piece in found)
    assert all(piece.endswith("。") for piece in found)
    assert "".join(pieces("字" * 600)) == "字" * 600
    assert list(pieces("")) == []


def test_a_sheet_gets_smaller_letters_the_more_there_is_on_it_and_says_what_it_leaves_out(
    public: Any, press: Press
) -> None:
    sizes = {}
    for duties in ("受理。", LONG[:400], LONG):
        public.record("post_board", duties=duties, officers=None, items=None)
    for path, page in texts(boards_of(press, MARKET)).items():
        if path.endswith("-sheet.html"):
            sizes[re.search(r'gs-a4 (is-\w+)"', page)[1]] = "全文请扫二维码" in page  # type: ignore[index]
    assert sizes == {"is-large": False, "is-middle": False, "is-small": True}
