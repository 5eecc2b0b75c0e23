"""The charts of a page of figures: each table that is drawn, in a wide shape and in one for phones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongshi.records import DECISION_KINDS
from gongshi.render.figures.charts import Bar, Chart, Series
from gongshi.render.figures.numbers import month_label
from gongshi.render.figures.tables import BARS, Line, Table
from gongshi.render.labels import kind_label
from gongshi.render.look.palette import LIGHT

WIDE, NARROW, ON_PHONES = 1040, 350, "-narrow"
_MONTHS_ON_PHONES = 12
_FEW_MONTHS = 6
"""So many at most lie, as on a phone: standing bars would be as broad as high."""
_LIGHTER = 0.33
"""How much of every second colour is paper: neighbours differ in black and white, too, and all stand out (3 : 1)."""
_HUNDRED, _WHITE = 100, 255


def charts(table: Table) -> dict[str, Chart]:
    """The charts of a table by the ends of their files' names; none where it is not drawn."""
    if table.charted == "first":
        bars = tuple((line.label, (line.numbers[0],)) for line in table.lines[:BARS])
        shapes = {"": WIDE, ON_PHONES: NARROW}
        return {suffix: Chart(table.heading, bars, width, across=True) for suffix, width in shapes.items()}
    return dict(_of_months(table)) if table.charted else {}


def colours() -> dict[str, str]:
    """By the label of a kind of decision the colour of its pieces, the same in every chart."""
    kinds = enumerate(DECISION_KINDS)
    return {kind_label(kind): _lighter(LIGHT[kind]) if place % 2 else LIGHT[kind] for place, kind in kinds}


def _of_months(table: Table) -> Iterator[tuple[str, Chart]]:
    """Months stand from the oldest to the newest, and lie with the newest first."""
    percent, found = table.charted == "share", colours()
    series = () if percent else tuple(Series(label, found[label]) for label in table.columns[:-1])
    lying = tuple((line.label, _numbers(line, percent=percent)) for line in table.lines[:_MONTHS_ON_PHONES])
    standing = tuple(_standing(table.lines, percent=percent))
    few = len(table.lines) <= _FEW_MONTHS
    yield "", Chart(table.heading, lying if few else standing, WIDE, across=few, series=series, percent=percent)
    yield ON_PHONES, Chart(table.heading, lying, NARROW, across=True, series=series, percent=percent)


def _standing(lines: Iterable[Line], *, percent: bool) -> Iterator[Bar]:
    for place, line in enumerate(reversed(tuple(lines))):
        yield month_label(line.of, first=not place), _numbers(line, percent=percent)


def _numbers(line: Line, *, percent: bool) -> tuple[float | None, ...]:
    """What of a line is drawn: the share at its end in percent, or all but the sum at its end."""
    share = line.numbers[-1]
    return (None if share is None else share * _HUNDRED,) if percent else line.numbers[:-1]


def _lighter(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (_WHITE - part) * _LIGHTER):02x}" for part in parts)
