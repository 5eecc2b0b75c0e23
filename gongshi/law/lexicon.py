"""What characters and words say about names: a small model that was counted once from jieba's dictionary.

The counting is gongshi/law/counting.py; what it finds lies beside this module as lexicon.json, and a test counts
again. It is read where the first possible name is met, in a few milliseconds, and the words are told apart
by their first character when that is first asked for: a process meets few of the 240,000.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import orjson

OFFICIAL = frozenset(
    (
        "许可",
        "许可证",
        "陈述",
        "麻将",
        "麻将馆",
        "马铃薯",
        "改正",
        "查干湖",
        "查干花",
        "应当",
        "方面",
        "任何",
        "任意",
        "经营",
        "经查",
        "郭尔罗斯",
        "前郭",
        "宁江",
        "沿江",
        "江北",
        "江南",
        "金额",
        "施工",
        "安全",
        "安装",
        "国家",
        "石油",
        "水泥",
        "水质",
        "成品油",
        "盖章",
        "通知",
        "经过",
        "保密",
        "严格",
        "健全",
        "边远",
        "申辩",
        "听证",
        "现场",
        "于是",
        "应予",
        "单位",
        "双方",
        "方式",
        "方案",
        "高温",
        "成品",
        "封存",
        "查封",
        "常温",
        "包装",
        "时间",
        "时许",
        "白酒",
    )
)
"""Words of decisions and of this region that the dictionary lacks or takes for names."""


class Words:
    """A set of words, asked word by word. Made of the words' rests by their first character, with blanks between."""

    def __init__(self, rests: Mapping[str, str]) -> None:
        self._rests = rests
        self._known: dict[str, frozenset[str]] = {}

    def __contains__(self, word: str) -> bool:
        first = word[:1]
        known = self._known.get(first)
        if known is None:
            known = self._known[first] = (
                frozenset(self._rests[first].split(" ")) if first in self._rests else frozenset()
            )
        return word[1:] in known


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`given` and `family` weigh a character (natural logarithm of name : word); `words` are not names."""

    given: Mapping[str, float]
    family: Mapping[str, float]
    words: Words
    names: Words


@cache
def lexicon() -> Lexicon:
    """The model; the same in every process."""
    found = orjson.loads(resources.files(__package__).joinpath("lexicon.json").read_bytes())
    return Lexicon(found["given"], found["family"], Words(found["words"]), Words(found["names"]))
