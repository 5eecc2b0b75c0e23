"""The model of names is what the dictionary says, and is there in a moment."""

from __future__ import annotations

from importlib import resources

from gongshi.law.counting import content
from gongshi.law.lexicon import OFFICIAL, Words, lexicon


def test_the_file_is_what_is_counted_from_the_dictionary() -> None:
    assert resources.files("gongshi.law").joinpath("lexicon.json").read_bytes() == content()


def test_words_are_told_apart_by_their_first_character() -> None:
    words = Words({"安": "全 装", "的": ""})
    assert all(word in words for word in ("安全", "安装", "的"))
    assert not any(word in words for word in ("安", "全", "安全 装", "的确", ""))


def test_what_decisions_say_is_no_name() -> None:
    assert all(word in lexicon().words for word in OFFICIAL)
    assert "张建国" in lexicon().names
