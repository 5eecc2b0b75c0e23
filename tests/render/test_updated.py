"""Every page says the newest day of what it shows; where that day alone moves, the pages that say it are made again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from gongshi.render.look.shell import Shell
from gongshi.render.parts import parts_of
from gongshi.render.updated import RELEASED
from tests.render.conftest import MARKET

SAID = re.compile(r'最后更新：<time datetime="(\d{4}-\d\d-\d\d)">')
LAST = "2026-07-01"
"""Later than any day of the city."""
OFFICER, ITEM = "22070109999", "2207-CF-999"


@pytest.mark.parametrize("is_empty", [False, True])
def test_every_page_says_one_day_and_a_sane_one(
    public: Any, site: Callable[[], dict[str, str]], is_empty: bool
) -> None:
    if not is_empty:
        public.city()
    pages = {path: page for path, page in site().items() if path.endswith(".html")}
    said = {path: SAID.findall(page) for path, page in pages.items()}
    assert {path: days for path, days in said.items() if len(days) != 1} == {}
    assert {path: days for path, days in said.items() if not "2020-01-01" <= days[0] <= RELEASED} == {}
    assert {"404.html", "officers/index.html", "downloads/index.html", "kiosk/index.html"} <= said.keys()


def test_the_day_of_the_release_is_the_one_that_the_changelog_gives_it() -> None:
    changes = (Path(__file__).parents[2] / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## (.*)$", changes, re.M)
    assert newest
    dated = re.search(r"\d{4}-\d\d-\d\d", newest[1])
    assert (dated[0] if dated else RELEASED) == RELEASED


def test_where_a_day_alone_moves_every_page_that_says_it_is_made_again(
    public: Any, env: Environment, shell: Shell
) -> None:
    public.city()
    officer = public.record("officer", certificate_number=OFFICER)
    item = public.record("enforcement_item", code=ITEM)
    board = public.record("post_board", officers=OFFICER, items=ITEM)
    (decision,) = public.db.execute("SELECT * FROM decisions ORDER BY sort LIMIT 1")
    (notice,) = public.db.execute("SELECT * FROM notices ORDER BY sort LIMIT 1")
    everywhere = {"404.html", "dictionary/index.html"}
    boards = {f"boards/{board}.html", f"boards/{board}-sheet.html", f"boards/kiosk/{MARKET}/index.html"}
    of_decisions = {
        "index.html",
        "downloads/index.html",
        "kiosk/index.html",
        f"departments/{decision['department']}/index.html",
    }
    moves = (
        ("records", officer, "updated_on", everywhere | boards | {"officers/index.html", f"officers/{officer}.html"}),
        ("records", item, "updated_on", everywhere | boards | {f"items/{item}.html"}),
        ("decisions", decision["id"], "updated_on", everywhere | of_decisions),
        ("notices", notice["id"], "withdrawn_on", everywhere | {"notices/index.html"}),
    )
    site = _made(public, env, shell)
    for moved, (table, id, column, pages) in enumerate(moves):
        day = LAST[:-1] + str(moved + 1)
        before = _row(public, table, id)
        public.db.execute(f"UPDATE {table} SET {column} = ?, digest = digest || 'x' WHERE id = ?", (day, id))
        change: dict[str, list[Any]] = {"decisions": [[], []], "notices": [[], []], "records": [[], []]}
        change[table] = [[before], [_row(public, table, id)]]
        parts = parts_of(*change["decisions"], *change["notices"], *change["records"])
        again = _made(public, env, shell, parts)
        unmarked = {
            path
            for path, (*mark, page) in again.items()
            if path in site and site[path][:2] == (*mark,) and site[path][2] != page
        }
        assert unmarked == set(), "another page under the same fingerprint is not written"
        site = {path: found for path, found in site.items() if found[0] not in parts} | again
        whole = _made(public, env, shell)
        assert {path for path, found in whole.items() if site.get(path) != found} == set(), table
        assert site.keys() == whole.keys()
        assert {path for path in pages if f'datetime="{day}"' not in whole[path][2].decode()} == set(), table


def _row(public: Any, table: str, id: str) -> dict[str, Any]:
    if table == "decisions":
        light: dict[str, Any] = public.light()[id]
        return light
    (row,) = public.db.execute(f"SELECT * FROM {table} WHERE id = ?", (id,))
    return {**dict(row), "files": ""}


def _made(public: Any, env: Environment, shell: Shell, parts: Any = None) -> dict[str, tuple[str, str, bytes]]:
    return {page.path: (page.part, page.fingerprint, page.render()) for page in public.plan(env, shell, parts)}
