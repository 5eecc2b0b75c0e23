"""The order of relevance: words where they tell most come first, equals newest first, and nothing is lost."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from gongshi.query import best, facets, search
from gongshi.query.database import Reading, follow
from gongshi.query.metadata import SETTINGS
from gongshi.query.question import PAGE_SIZE, parse

WORD = "瑾瑜阁"


def places(path: Path, *pairs: tuple[str, str]) -> list[int]:
    def ask(db: Reading) -> list[int]:
        return [item.row["sort"] for item in search.search(db, parse([("q", WORD), ("order", "best"), *pairs])).items]

    async def run() -> list[int]:
        return await follow(Datasette([str(path)], settings=dict(SETTINGS))).look(ask)

    return asyncio.run(run())


def test_a_name_comes_before_a_content_and_that_before_the_facts(tmp_path: Path, make: Any) -> None:
    path = make.write(
        tmp_path / "public.db",
        [
            make.Decision(sort=101, party=f"松原{WORD}商贸有限公司"),
            make.Decision(sort=104, content=f"没收{WORD}牌食品"),
            make.Decision(sort=107, facts=f"当事人销售{WORD}牌食品"),
            make.Decision(sort=110, facts=f"当事人购进{WORD}牌食品"),
            make.Decision(sort=113),
        ],
    )
    assert places(path) == [101, 104, 110, 107]


def test_a_page_of_the_best_goes_on_where_the_one_before_ended(tmp_path: Path, make: Any) -> None:
    named = [make.Decision(sort=200 + 3 * at, party=f"松原{WORD}商贸有限公司") for at in range(15)]
    others = [make.Decision(sort=500 + 3 * at, facts=f"当事人销售{WORD}牌食品") for at in range(15)]
    path = make.write(tmp_path / "public.db", [*named, *others])
    first, second = places(path), places(path, ("page", "2"))
    newest_first = [one.sort for some in (named, others) for one in reversed(some)]
    assert [*first, *second] == newest_first
    assert len(first) == PAGE_SIZE


def test_the_points_are_those_that_the_documentation_tells() -> None:
    told = (Path(__file__).parents[2] / "site_src/pages/about/search.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| ([^|]+) \| ([0-9]+) \|$", told, re.MULTILINE)) == {
        where: str(points) for where, points in best.POINTS.items()
    }


def test_an_old_decision_is_found_by_its_name_however_many_speak_of_it_since(
    tmp_path: Path, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = make.Decision(sort=101, party=f"松原{WORD}商贸有限公司")
    numbered = make.Decision(sort=104, number=f"松{WORD}罚〔2026〕1号")
    since = [make.Decision(sort=200 + 3 * at, facts=f"当事人销售{WORD}牌食品") for at in range(30)]
    path = make.write(tmp_path / "public.db", [old, numbered, *since])
    monkeypatch.setattr(search, "BEST_OF", 5)
    monkeypatch.setattr(facets, "COUNT_BOUND", 5)
    newest = [one.sort for one in reversed(since)]
    assert places(path) == [101, 104, *newest[:5]]
    monkeypatch.setattr(best, "COMMON", 4)
    assert places(path) == newest[:5], "a word that all have tells nobody apart"
