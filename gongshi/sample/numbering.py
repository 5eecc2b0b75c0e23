"""Document numbers as departments write them: each its own brackets, padding and prefixes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

from gongshi.records.department import Department

MARKS = {
    "penalty": "罚",
    "licence": "许审",
    "coercion": "强",
    "levy": "征",
    "charge": "费",
    "inspection": "检",
    "random_inspection": "抽",
}
"""The characters by which a prefix tells its kind."""

_STYLES = ("〔{}〕{}号", "〔{}〕{}号", "〔{}〕{}号", "[{}]{}号", "({}){}号", "﹝{}﹞{}号", "〔{}〕第{}号", "【{}】{}号")
_PADDINGS = (0, 0, 3, 0, 4)
_FORMER = "松工商"
_FORMER_UNTIL = date(2019, 1, 15)


class Numbering:
    """A department's running numbers, by prefix and year."""

    def __init__(self, department: Department, after: int = 0) -> None:
        """The first number is that `after`, in each year and of each prefix."""
        self._after = after
        self._prefixes = department.number_prefixes
        seed = sum(map(ord, department.key))
        self._style = _STYLES[seed % len(_STYLES)]
        self._padding = _PADDINGS[seed % len(_PADDINGS)]
        self._last: Counter[tuple[str, int]] = Counter()
        self._prefix = cache(self._find)

    def has(self, kind: str) -> bool:
        """Whether the department has a prefix for the kind."""
        return any(char in prefix for prefix in self._prefixes for char in MARKS[kind])

    def next(self, kind: str, on: date, mark: str = "") -> str:
        """The next number of `kind` in the year of `on`; `mark` chooses among several prefixes."""
        prefix = self._prefix(kind, on < _FORMER_UNTIL, mark)
        self._last[prefix, on.year] += 1
        return prefix + self._style.format(on.year, str(self._after + self._last[prefix, on.year]).zfill(self._padding))

    def _find(self, kind: str, before: bool, mark: str) -> str:
        fitting = [prefix for prefix in self._prefixes if any(char in prefix for char in MARKS[kind])]
        former = [prefix for prefix in fitting if prefix.startswith(_FORMER)]
        current = former if former and before else [p for p in fitting if p not in former]
        return next((prefix for prefix in current if mark and mark in prefix), current[0])
