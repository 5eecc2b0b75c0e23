"""The counting behind lexicon.json: `python -m gongshi.law.counting > gongshi/law/lexicon.json` makes it again.

jieba's dictionary marks 62,000 words of three characters as names of persons. How often a character
stands in a given name there, against how often it stands in any other word, is its weight; the other
words are those that a name must not cut through. No process that serves or builds does this.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources

import orjson

from gongshi.law.lexicon import OFFICIAL
from gongshi.law.surnames import SINGLE

_MODERN = (
    "婷洋磊鑫浩宇轩梓涵欣怡雨泽晨阳帆凯博俊杰颖莹雪琳佳慧倩娟燕霞红艳伟强勇军涛鹏超斌飞波辉刚健鑫峰亮明建国华平志文玉兰秀英桂芳"
    "芝凤珍莲云梅春丽静敏娜洁丹晶晓冬野圆冰暖严夏乐州誉青磊森林旭东升海龙虎江山川宝金银铁柱福贵财富德仁义礼智信忠孝和兵洪"
)
"""Characters of today's given names that a dictionary of yesterday's weighs too low."""
_MODERN_WEIGHT = 1.0
_SURELY_A_WORD = 300
_NAME_TAGS = frozenset(("nr", "nrt", "nrfg"))
_FULL_NAME = 3
_LONGEST_WORD = 4
_RAREST_WORD = 3
_COMMONEST = 2000
"""A word counts at most so often, or a handful of words would decide what a character means."""
_SMOOTH_NAMES, _SMOOTH_WORDS = 1, 50


def _weights(names: Counter[str], words: Counter[str]) -> dict[str, float]:
    all_names, all_words = sum(names.values()) + len(names), sum(words.values()) + _SMOOTH_WORDS * len(words)
    return {
        char: math.log((names[char] + _SMOOTH_NAMES) / all_names) - math.log((words[char] + _SMOOTH_WORDS) / all_words)
        for char in names.keys() | words.keys()
    }


def counted() -> dict[str, dict[str, float] | dict[str, str]]:
    """The model as the file holds it."""
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    general: dict[str, int] = defaultdict(int)
    spoken: dict[str, int] = defaultdict(int)
    words, names = set(OFFICIAL), set()
    for word, count, tag in _entries():
        if tag in _NAME_TAGS:
            if len(word) < _FULL_NAME and count >= _SURELY_A_WORD:
                words.add(word)
            elif len(word) <= _FULL_NAME and word[0] in SINGLE:
                names.add(word)
                if len(word) == _FULL_NAME:
                    family[word[0]] += 1
                    given.update(word[1:])
            continue
        if 1 < len(word) <= _LONGEST_WORD and count >= _RAREST_WORD:
            words.add(word)
        capped = min(count, _COMMONEST)
        for char in word:
            general[char] += capped
            if char in SINGLE:
                spoken[char] += count
    weights = _weights(given, Counter(general))
    weights |= {char: max(_MODERN_WEIGHT, weights.get(char, 0.0)) for char in _MODERN}
    return {
        "given": weights,
        "family": _weights(family, Counter(spoken)),
        "words": _rests(words),
        "names": _rests(names - OFFICIAL),
    }


def _rests(words: Iterable[str]) -> dict[str, str]:
    """The words' rests by their first character, with blanks between."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        found[word[0]].append(word[1:])
    return {first: " ".join(rests) for first, rests in found.items()}


def _entries() -> Iterator[tuple[str, int, str]]:
    """Word, how often, part of speech; of words too long to matter for a name none."""
    for line in resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, _, rest = line.partition(" ")
        if len(word) <= _LONGEST_WORD:
            times, _, tag = rest.partition(" ")
            yield word, int(times), tag


def content() -> bytes:
    """The file."""
    return orjson.dumps(counted(), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


if __name__ == "__main__":
    sys.stdout.buffer.write(content())
