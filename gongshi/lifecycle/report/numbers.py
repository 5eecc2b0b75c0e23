"""Gaps in a department's document numbers (D33): 文号 that were never sent in, for the supervisor only.

A series is a prefix and a year (松市监罚〔2026〕12号). A number counts as sent in whatever became of it:
held, withheld or returned decisions leave no gap. One series is often shared out in blocks (1001 on for a
branch), so a jump wider than the city's setting begins a block of its own and is no gap. A gap is a
question to the department, not yet a finding: the number may have gone to a document of another kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gongshi.law.document_number import match_key

_SERIAL = re.compile(r"(?P<prefix>.*?)〔(?P<year>\d{2,4})〕(?P<infix>\D*)(?P<serial>\d{1,6})(?P<part>(?:[-号之(].*)?)")
_LISTED = 20
"""So many stretches of missing numbers are listed of a series; the rest is counted."""

Span = tuple[int, int]
"""The first and the last number of a stretch."""


@dataclass(frozen=True, slots=True)
class Serial:
    """One document number, taken apart: the series to which it belongs, and its place there."""

    series: str
    year: str
    serial: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberGap:
    """A series with numbers missing.

    `blocks` are its stretches from end to end, `missing` the first stretches that nobody sent in,
    `count` how many numbers are missing in all, `known` how many were sent in.
    """

    series: str
    year: str
    blocks: tuple[Span, ...]
    missing: tuple[Span, ...]
    count: int
    known: int

    @property
    def shortened(self) -> bool:
        """Whether more is missing than is listed."""
        return sum(last - first + 1 for first, last in self.missing) < self.count

    def render_text(self) -> str:
        """The gap in Chinese, on one line."""
        more = " 等" if self.shortened else ""
        return (
            f"{self.series}：号段 {spans_words(self.blocks)}，已报送 {self.known} 个号，"
            f"缺 {self.count} 个：{spans_words(self.missing)}{more}"
        )


def serial_of(text: str) -> Serial | None:
    """`text` taken apart; None where it is no number of a yearly series.

    12-1, 12号之一 and the like are parts of number 12. Dates and codes of seven digits or more are no
    places in a series.
    """
    found = _SERIAL.fullmatch(match_key(text))
    if found is None:
        return None
    return Serial(f"{found['prefix']}〔{found['year']}〕{found['infix']}", found["year"], int(found["serial"]))


def gaps(series: Mapping[tuple[str, str], Iterable[int]], jump: int) -> Iterator[NumberGap]:
    """The series in which numbers are missing, the most first; keys are (series, year).

    `jump`: so many numbers missing in a row still count as a gap; more begin a block of their own.
    """
    found = [gap for (name, year), numbers in series.items() if (gap := _gap(name, year, numbers, jump)).count]
    return iter(sorted(found, key=lambda gap: (-gap.count, gap.series)))


def spans_words(spans: Iterable[Span]) -> str:
    """17、56–58."""
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)


def _gap(name: str, year: str, numbers: Iterable[int], jump: int) -> NumberGap:
    present = sorted(set(numbers))
    starts: list[int] = []
    ends: list[int] = []
    missing: list[Span] = []
    before = 0
    for number in present:
        hole = number - before - 1
        if hole > jump or not starts:
            ends += [before] if starts else []
            starts.append(number if hole > jump else 1)
        if 0 < hole <= jump:
            missing.append((before + 1, number - 1))
        before = number
    return NumberGap(
        series=name,
        year=year,
        blocks=tuple(zip(starts, [*ends, before], strict=True)),
        missing=tuple(missing[:_LISTED]),
        count=sum(last - first + 1 for first, last in missing),
        known=len(present),
    )
