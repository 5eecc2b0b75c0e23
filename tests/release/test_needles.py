"""Needles are found wherever they stand, by either automaton."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from gongshi.release import needles
from gongshi.release.needles import Needles

LETTERS = "松原市市原%e5\\u"
BEGINNING = "松原市市场监督管理局责令改正违法行为并处"
"""Longer than what a needle is found by."""


def stand(content: bytes, wanted: Sequence[bytes]) -> list[tuple[int, int, int]]:
    """Each needle by its number and where it stands, one place after the other."""
    return sorted(
        (number, at, at + len(needle))
        for number, needle in enumerate(wanted)
        for at in range(len(content))
        if content.startswith(needle, at)
    )


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("much", [-1, needles._MUCH], ids=["the quick automaton", "the small one"])
def test_each_needle_is_found_wherever_it_stands(seed: int, much: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Needles inside of one another, twice there, with a long beginning in common, one being the beginning of another;
    at the first byte and at the last."""
    draw = random.Random(seed)
    monkeypatch.setattr(needles, "_MUCH", much)

    def text(most: int) -> str:
        pieces = (draw.choice((*LETTERS, BEGINNING)) for _ in range(draw.randint(1, most)))
        return "".join(pieces)

    wanted = [text(draw.choice((1, 2, 6, 30))).encode() for _ in range(30)]
    wanted += [wanted[0], f"{BEGINNING}甲".encode(), f"{BEGINNING}乙".encode(), BEGINNING.encode()]
    looked = Needles(wanted)
    looked.passed(0)
    content = "".join((draw.choice(wanted).decode(), text(300), f"{BEGINNING}乙", text(100), BEGINNING)).encode()
    assert sorted(looked.found(content)) == stand(content, wanted)
    assert sorted(looked.found(b"")) == []


def test_of_very_many_needles_none_is_missed_after_much_was_looked_through() -> None:
    wanted = [f"{number:06}".encode() * 10 for number in range(2000)]
    looked = Needles(wanted)
    looked.passed(needles._MUCH + 1)
    assert sorted(looked.found(b"-".join(wanted))) == stand_apart(wanted)


def stand_apart(wanted: Sequence[bytes]) -> list[tuple[int, int, int]]:
    """Where needles stand that are written one after the other."""
    return [(at, at * 61, at * 61 + 60) for at in range(len(wanted))]


def test_nothing_is_found_where_nothing_is_looked_for() -> None:
    assert list(Needles([]).found(b"anything")) == []
