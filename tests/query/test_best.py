"""The order of relevance: words where they tell most come first, equals newest first, and nothing is lost."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from datasette.app import Datasette

from gongshi.query import best, facets, search
from gongshi.query.database import Reading, follow
from gongshi.query.metadata import SETTINGS
from gongshi.query.question import PAGE_SIZE, parse
from gongshi.query.tokens import normalise

WORD = "瑾瑜阁"


T = TypeVar("T")


def asked(path: Path, ask: Callable[[Reading], T]) -> T:
    async def run() -> T:
        return await follow(Datasette([str(path)], settings=dict(SETTINGS))).look(ask)

    return asyncio.run(run())


def places(path: Path, *pairs: tuple[str, str]) -> list[int]:
    def ask(db: Reading) -> list[int]:
        return [item.row["sort"] for item in search.search(db, parse([("q", WORD), ("order", "best"), *pairs])).items]

    return asked(path, ask)


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


@pytest.mark.parametrize("q", [WORD, f"{WORD} 食品"])
def test_the_order_is_the_same_whether_the_index_is_asked_or_the_texts_are_read(
    q: str, tmp_path: Path, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = random.Random(7)
    told = [{"content": f"没收{WORD}牌食品"}, {"facts": f"销售{WORD}牌食品"}, {"party": f"{WORD}公司", "facts": "食品"}]
    decisions = [make.Decision(sort=200 + 3 * at, **draw.choice(told)) for at in range(90)]
    path = make.write(tmp_path / "public.db", decisions)
    question, columns = parse([("q", q), ("order", "best")]), list[str]()
    in_column = best._in

    def of_index(question: Any, column: str, words: Any) -> str:
        columns.append(column)
        return in_column(question, column, words)

    monkeypatch.setattr(best, "_in", of_index)
    found = []
    for read, often in ((1_000, 8), (10, 0), (10, 1_000)):
        monkeypatch.setattr(best, "READ", read)
        monkeypatch.setattr(best, "OFTEN", often)
        found.append(asked(path, lambda db: search.places(db, question)))
        assert bool(columns) == (often == 1_000), "asked where a word stands often, and only there"
    assert found[0] == found[1] == found[2]
    assert len(found[0]) > PAGE_SIZE


@pytest.mark.parametrize("q", [WORD, f"{WORD} 食品"])
def test_a_page_of_the_best_is_that_part_of_all_of_them(q: str, tmp_path: Path, make: Any) -> None:
    """For a page no more is looked at than comes before its end."""
    draw = random.Random(4)
    told = [
        *({"party": f"{WORD}商贸有限公司"}, {"party": f"松原{WORD}公司"}, {"number": f"松{WORD}罚〔2026〕2号"}),
        *({"content": f"没收{WORD}牌食品"}, {"facts": f"销售{WORD}牌食品"}, {"facts": f"销售{WORD}牌百货"}),
    ]
    decisions = [make.Decision(sort=200 + 3 * at, **draw.choice(told[: 1 + at % 6])) for at in range(130)]
    path = make.write(tmp_path / "public.db", decisions)
    question = parse([("q", q), ("order", "best")])

    def ask(db: Reading) -> tuple[list[int], list[int]]:
        pages = (search.search(db, replace(question, page=page)).items for page in range(1, 8))
        return [item.row["sort"] for page in pages for item in page], search.places(db, question)

    paged, whole = asked(path, ask)
    assert paged == whole
    assert len(whole) > 3 * PAGE_SIZE


@pytest.mark.parametrize(
    "texts",
    [[], ["松原（甲）公司", "", "Ａ公司、張某"], ["甲|乙公司", "丙"], ["丙", "甲｜乙公司"], ["a\u0338", "\u0338b"]],
)
def test_texts_are_normalised_at_once_as_one_by_one(texts: list[str]) -> None:
    assert best._normalised(texts) == [normalise(text) for text in texts]
