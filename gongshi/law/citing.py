"""Which laws a text cites: the names between 《 and 》, each in one form, and the id under which a law is found.

What is made of a decision by this is written into the search index and must be erased with the very same: another
result needs a new KEYS_VERSION (gongshi/records/keys.py).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

_SHORTEST, _LONGEST = 2, 60
_OPEN, _CLOSE = "《", "》"
_ALIKE = str.maketrans({"〈": _OPEN, "<": _OPEN, "〉": _CLOSE, ">": _CLOSE, "(": "（", ")": "）"})
"""How the brackets of a law's name are written; within a name those of another one (关于修改〈…〉的决定) are alike."""
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_STATE = "中华人民共和国"
_EDITION = re.compile(r"（[^（）]*(?:[0-9]{4}|[〇零一二三四五六七八九]{4})[^（）]*）$")
"""Which edition is meant: （2021修正）, （2018年修订）; no part of the name."""


def names_cited(text: str) -> tuple[str, ...]:
    """The names of the laws that a text cites, in order, each once; 2 to 60 characters, without 中华人民共和国 and
    without the edition, for one law is cited in all these ways."""
    return tuple(dict.fromkeys(name for line in text.split("\n") for name in _of_line(line)))


@lru_cache(maxsize=4096)
def _of_line(line: str) -> tuple[str, ...]:
    """Of one line: most lines are those that departments write again and again."""
    plain = _BLANK.sub("", unicodedata.normalize("NFKC", line)).translate(_ALIKE)
    names = (_EDITION.sub("", name).removeprefix(_STATE) for name in _between_brackets(plain))
    return tuple(name for name in names if _SHORTEST <= len(name) <= _LONGEST)


def bracket(sign: str) -> int:
    """1 for a character that opens a law's name however it is written, -1 for one that closes it, 0 for any other."""
    plain = sign.translate(_ALIKE)
    return (plain == _OPEN) - (plain == _CLOSE)


def _between_brackets(text: str) -> list[str]:
    """What stands between outer brackets, an inner pair written 〈〉 again; a bracket that is never closed names
    nothing."""
    found, depth, start = list[str](), 0, 0
    for at, sign in enumerate(text):
        if sign == _OPEN:
            depth += 1
            start = at + 1 if depth == 1 else start
        elif sign == _CLOSE and depth:
            depth -= 1
            if depth == 0:
                found.append(text[start:at].replace(_OPEN, "〈").replace(_CLOSE, "〉"))
    return found


def law_id(name: str) -> str:
    """12 hexadecimal digits that stand for a law of this name (one of `names_cited`), for ever."""
    return blake2b(name.encode(), digest_size=6).hexdigest()
