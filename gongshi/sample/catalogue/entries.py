"""What a catalogue of one sector is made of: offences, permits, checks, measures, dues.

Text in them is a template of `gongshi.sample.slots`: {place}, {goods}, {qty} and the like are drawn anew
for every decision. Laws are cited by their real names; no entry is about a real case.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

COMPANY, TRADER, PERSON = "company", "trader", "person"


def words(text: str) -> tuple[str, ...]:
    """The words of a text, the commonest first."""
    return tuple(text.split())


@dataclass(frozen=True, slots=True)
class Offence:
    """A kind of violation: what it is called, how it happens, which articles it breaks, what it costs.

    `fine` is the lowest and highest in yuan, (0, 0) where there is none. `who` lists the parties that
    commit it, the likeliest first. `mark` names the document-number prefix (松公（治）行罚) that it uses.
    """

    type: str
    facts: tuple[str, ...]
    breaks: str
    punished_by: str
    classes: str
    fine: tuple[int, int] = (0, 0)
    who: tuple[str, ...] = (COMPANY, TRADER)
    mark: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Permit:
    """A kind of licence; `years` 0 has no end (2099-12-31), `number` is the certificate number's beginning."""

    document: str
    certificate: str
    content: tuple[str, ...]
    basis: str
    number: str
    years: int = 5
    kind: str = "普通"
    who: tuple[str, ...] = (COMPANY, TRADER)
    about: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A subject of inspection: its item, what was looked at, the basis, and what may be found."""

    item: str
    content: str
    basis: str
    findings: tuple[str, ...]
    who: tuple[str, ...] = (COMPANY, TRADER)
    about: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A coercive measure: manner by 行政强制法, why, on what basis, what was done."""

    manner: str
    facts: str
    basis: str
    content: str
    who: tuple[str, ...] = (COMPANY, TRADER)
    about: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A levy or a charge: its item, its basis, how it is computed, the amount's range in yuan."""

    item: str
    basis: str
    content: str
    amount: tuple[int, int]
    who: tuple[str, ...] = (COMPANY,)
    about: str = ""


@dataclass(frozen=True)
class Sector:
    """All that the departments of one sector decide; `goods` by range, and by the unit in which they are counted.

    An entry whose `about` names a range speaks of goods of that range only, otherwise of any.
    """

    name: str
    trades: tuple[str, ...]
    shops: tuple[str, ...]
    goods: dict[str, dict[str, tuple[str, ...]]]
    offences: tuple[Offence, ...]
    permits: tuple[Permit, ...] = ()
    checks: tuple[Check, ...] = ()
    measures: tuple[Measure, ...] = ()
    levies: tuple[Due, ...] = ()
    charges: tuple[Due, ...] = ()

    @cached_property
    def counted_goods(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """By range, and under "" of all ranges: (goods, unit), the first of each unit before the second of any."""
        found = {name: _mixed(units.items()) for name, units in self.goods.items()}
        return {**found, "": tuple(pair for pairs in found.values() for pair in pairs)}


def _mixed(units: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, str], ...]:
    columns = ([(name, unit) for name in names] for unit, names in units)
    return tuple(pair for row in zip_longest(*columns) for pair in row if pair)
