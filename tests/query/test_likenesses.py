"""What may nearly be a word is found without looking at each: the same as by looking at each."""

from __future__ import annotations

from random import Random

import pytest

from gongshi.query.likenesses import Likenesses
from gongshi.records.readings import letters

_CHARACTERS = "食品安全生产许可证西先安洪宏环境保护a1"


def _like(word: str, text: str, missing: int) -> bool:
    sounds = letters(text).startswith(letters(word))
    return sounds or (bool(missing) and len(set(word) - set(text)) <= missing)


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_found_are_all_that_are_alike_and_no_other(missing: int) -> None:
    rng = Random(missing)
    drawn = ("".join(rng.choices(_CHARACTERS, k=rng.randint(1, 8))) for _ in range(600))
    texts = list(dict.fromkeys(drawn))
    likenesses = Likenesses([*texts, *texts])
    met = 0
    for word in ("".join(rng.choices(_CHARACTERS, k=rng.randint(1, 6))) for _ in range(200)):
        found = list(likenesses.of(word, missing))
        assert found == [text for text in texts if _like(word, text, missing)], word
        met += len(found)
    assert met > 200, "the comparison is of something"


def test_of_no_words_there_is_none() -> None:
    assert not list(Likenesses(()).of("食品", 1))
