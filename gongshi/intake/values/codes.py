"""Codes: letters and digits that are not numbers, and 统一社会信用代码 with its check character."""

from __future__ import annotations

import re
from operator import mul

from gongshi.intake.problems import Wrong
from gongshi.intake.values.written import written

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {c: value for value, c in enumerate(_ALPHABET)}
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_LENGTH = 18
_REGION = slice(2, 8)
_TOOK_FOR = {"I": "1", "O": "0", "Z": "2", "S": "5", "V": "U"}
"""Letters that GB 32100 leaves out because they are taken for these."""

_SAFE_DIGITS = 10**15
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_BETWEEN_NUMBERS = re.compile(r"\s*[、,，;；\n]\s*")
_LOOSE = str.maketrans("", "", " -\u3000\t\n\r\xa0")


def parse_code(cell: object) -> str:
    """The code as text, letters as written. Raises Wrong E234 (digits lost), E235 (a fraction)."""
    if isinstance(cell, bool):
        raise Wrong("E235", value=cell)
    if isinstance(cell, int):
        return _from_integer(cell)
    if isinstance(cell, float):
        if not cell.is_integer():
            raise Wrong("E235", value=cell)
        return _from_integer(int(cell))
    text = written(cell)
    if _SCIENTIFIC.fullmatch(text):
        raise Wrong("E234", value=text)
    return text


def parse_numbers(cell: object) -> str:
    """Several codes, each once, joined by 、. Raises Wrong E234, E235 like `parse_code`."""
    said = _BETWEEN_NUMBERS.split(cell) if isinstance(cell, str) else [cell]
    return "、".join(dict.fromkeys(code for one in said if one != "" and (code := parse_code(one))))


def is_valid_uscc(text: str) -> bool:
    """Whether `text` is a code that `parse_uscc` gives back as it is (masked ones apart): by tables, for many."""
    if len(text) != _LENGTH:
        return False
    try:
        total = _HEAD[text[:8]] + _FIRST[text[8:11]] + _SECOND[text[11:14]] + _THIRD[text[14:17]]
    except KeyError:
        return False
    return text[-1] == _ALPHABET[-total % 31]


class _Sums(dict[str, int]):
    """What three characters at one place of a code weigh together."""

    def __init__(self, start: int, stop: int) -> None:
        super().__init__()
        self._weights: tuple[int, ...] = _WEIGHTS[start:stop]

    def __missing__(self, part: str) -> int:
        weighed: int = sum(map(mul, map(_VALUES.__getitem__, part), self._weights))
        self[part] = weighed
        return weighed


class _Heads(_Sums):
    """The same of its beginning: two characters and the region. What could pass for a number (1E…) is none."""

    def __missing__(self, part: str) -> int:
        if part[1] == "E" or not part[_REGION].isdigit() or len(self) > _MOST_HEADS:
            raise KeyError(part)
        return super().__missing__(part)


_MOST_HEADS = 100_000
_HEAD, _FIRST, _SECOND, _THIRD = _Heads(0, 8), _Sums(8, 11), _Sums(11, 14), _Sums(14, 17)


def _from_integer(number: int) -> str:
    if abs(number) >= _SAFE_DIGITS:
        raise Wrong("E234", value=number)
    return str(number)


def parse_uscc(cell: object) -> str:
    """A valid code of 18 characters, or one that came masked with asterisks.

    Raises Wrong E231 (length), E232 (a character out of place), E233 (check character), E234, E235.
    """
    text = parse_code(cell).translate(_LOOSE).upper()
    if len(text) != _LENGTH:
        raise Wrong("E231", value=text, length=len(text))
    if "*" in text:
        return text
    try:
        total = _weighed(text)
    except KeyError:
        raise _misplaced(text) from None
    if not text[_REGION].isdigit():
        raise _misplaced(text)
    expected = _ALPHABET[-total % 31]
    if text[-1] != expected:
        raise Wrong("E233", value=text, char=text[-1], expected=expected, guess=_swapped(text))
    return text


def _weighed(text: str) -> int:
    return sum(map(mul, map(_VALUES.__getitem__, text), _WEIGHTS))


def _misplaced(text: str) -> Wrong:
    for index, char in enumerate(text):
        digit_wanted = _REGION.start <= index < _REGION.stop
        if char not in _VALUES or (digit_wanted and not char.isdigit()):
            took = _TOOK_FOR.get(char, "")
            guess = f"，可能是“{took}”" if took else ""
            return Wrong("E232", value=text, position=index + 1, char=char, guess=guess)
    return Wrong("E231", value=text, length=len(text))


def _swapped(text: str) -> str:
    """Where exchanging two neighbours would make the code right: the commonest slip of a typist."""
    found = []
    for index in range(_LENGTH - 1):
        tried = text[:index] + text[index + 1] + text[index] + text[index + 2 :]
        if tried != text and tried[_REGION].isdigit() and _ALPHABET[-_weighed(tried) % 31] == tried[-1]:
            found.append(f"第 {index + 1} 和第 {index + 2} 位")
    return f"，特别是{'、'.join(found)}是否颠倒" if found else ""
