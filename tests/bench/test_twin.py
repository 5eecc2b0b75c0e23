"""A twin is the same or not: each sort of difference is seen, and what is no difference is not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bench import run, steps, twin
from gongshi.publish.database.shape import create
from gongshi.store import sqlite

_ROWS = "INSERT INTO meta VALUES ('a', '1'), ('b', '2')"
_ROWS_TURNED = "INSERT INTO meta VALUES ('b', '2'), ('a', '1')"


def built(root: Path, rows: str = _ROWS) -> Path:
    """What a comparison looks at of a built city."""
    page = root / "build" / "site" / "decisions" / "ab" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text("甲", encoding="utf-8")
    with closing(sqlite.connect(root / "build" / "public.db")) as db:
        create(db)
        db.execute(rows)
        db.execute("INSERT INTO records_fts (rowid, title) VALUES (1, '松原')")
    return root


def test_the_order_in_which_rows_came_is_no_difference(tmp_path: Path) -> None:
    one, other = built(tmp_path / "one"), built(tmp_path / "other", _ROWS_TURNED)
    assert list(twin.differences(one, other)) == []


def _page(root: Path) -> None:
    (root / "build/site/decisions/ab/page.html").write_text("乙", encoding="utf-8")


def _more(root: Path) -> None:
    (root / "build/site/left.html").touch()


def _changed(root: Path, *statements: str) -> None:
    with closing(sqlite.connect(root / "build/public.db")) as db:
        for sql in statements:
            db.execute(sql)


def _other_word(root: Path) -> None:
    """In the index another word for the same row."""
    gone = "INSERT INTO records_fts (records_fts, rowid, title) VALUES ('delete', 1, '松原')"
    _changed(root, gone, "INSERT INTO records_fts (rowid, title) VALUES (1, '前郭')")


CHANGES: dict[str, Callable[[Path], None]] = {
    "decisions/ab/page.html": _page,
    "only in one: left.html": _more,
    "table meta": lambda root: _changed(root, "UPDATE meta SET value = '3' WHERE key = 'b'"),
    "table records_fts_words": _other_word,
}


@pytest.mark.parametrize("told", CHANGES)
def test_a_difference_is_told(told: str, tmp_path: Path) -> None:
    one, other = built(tmp_path / "one"), built(tmp_path / "other")
    CHANGES[told](other)
    assert list(twin.differences(one, other)) == [told]


def test_a_twin_is_made_only_where_it_is_asked_for() -> None:
    step = next(step for step in steps.STEPS if step.name == "twin")
    assert not run.chosen([], [])(step)
    assert run.chosen(["twin"], [])(step)
