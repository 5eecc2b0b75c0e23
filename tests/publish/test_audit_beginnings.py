"""Many texts looked for at once by their beginnings: found are exactly those that a search for each one finds."""

from __future__ import annotations

import random

import pytest

from gongshi.publish.audit.beginnings import Beginnings

ONE_IN_ANOTHER = ("甲乙丙丁戊己庚", "甲乙丙丁戊己庚辛", "乙丙丁戊己庚", "甲乙丙丁戊己")
TEXTS = {
    "at either end": "甲乙丙丁戊己和甲乙丙丁戊己",
    "longer ones too": "前甲乙丙丁戊己庚辛后",
    "only a beginning": "前甲乙丙丁戊和甲乙丙丁",
    "cut at the end": "前甲乙丙丁戊己庚"[:-1],
    "beside another script": "𠮷甲乙丙丁戊己庚x",
    "nothing": "",
}


def one_by_one(wanted: tuple[str, ...], text: str) -> set[tuple[int, int]]:
    return {(at, at + len(one)) for one in wanted for at in range(len(text)) if text.startswith(one, at)}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_each_is_found_where_it_stands(text: str) -> None:
    assert set(Beginnings(ONE_IN_ANOTHER, 6).find(text)) == one_by_one(ONE_IN_ANOTHER, text)


@pytest.mark.parametrize("seed", range(20))
def test_of_any_texts_the_same_are_found_as_one_by_one(seed: int) -> None:
    draw = random.Random(seed)
    wanted = tuple({"".join(draw.choices("甲乙1", k=draw.randint(3, 9))) for _ in range(60)})
    text = "".join(draw.choices("甲乙1", k=2_000))
    book = Beginnings(wanted, min(map(len, wanted)))
    assert set(book.find(text)) == one_by_one(wanted, text)
    book.forget(wanted[0])
    assert set(book.find(text)) == one_by_one(wanted[1:], text)


def test_without_anything_to_look_for_nothing_is_found() -> None:
    assert list(Beginnings((), 0).find("甲乙丙丁戊己")) == []
