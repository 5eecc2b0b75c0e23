"""What the catalogue of offences, permits and measures may say: declared choices, known blanks."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from gongshi.instance import Instance
from gongshi.records.licence import LICENCE_CLASSES
from gongshi.records.other_acts import COERCION_MANNERS
from gongshi.records.penalty import PENALTY_CLASSES
from gongshi.sample.acts import Office
from gongshi.sample.catalogue import SECTORS
from gongshi.sample.catalogue.entries import Sector
from gongshi.sample.numbering import MARKS
from gongshi.sample.slots import Slots

EVERY_SECTOR = pytest.mark.parametrize("sector", SECTORS.values(), ids=SECTORS)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(tuple(value.values()))
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif dataclasses.is_dataclass(value):
        for item in dataclasses.fields(value):
            yield from _texts(getattr(value, item.name))


@EVERY_SECTOR
def test_every_blank_can_be_filled(sector: Sector) -> None:
    slots = Slots(Random(1), sector, "220700", date(2026, 3, 2))
    for text in _texts(sector):
        assert "{" not in slots.fill(text)


@EVERY_SECTOR
def test_every_choice_is_declared(sector: Sector) -> None:
    classes = {name for offence in sector.offences for name in offence.classes.split("、")}
    assert {name for name in classes if not name.startswith("其他-")} <= set(PENALTY_CLASSES)
    assert {permit.kind for permit in sector.permits} <= set(LICENCE_CLASSES)
    assert {measure.manner for measure in sector.measures} <= set(COERCION_MANNERS)


@EVERY_SECTOR
def test_every_law_is_cited_with_an_article(sector: Sector) -> None:
    for offence in sector.offences:
        for cited in (offence.breaks, offence.punished_by):
            assert re.fullmatch(r"《[^》]+》第[一二三四五六七八九十百零]+条.*", cited), cited


@EVERY_SECTOR
def test_a_fine_has_a_range_and_only_a_fine(sector: Sector) -> None:
    for offence in sector.offences:
        low, high = offence.fine
        assert (0 < low < high) == ("罚款" in offence.classes), offence.type


def test_every_department_has_a_sector_and_a_number_for_each_kind_it_decides(instance: Instance) -> None:
    deciding = [department for department in instance.departments.values() if department.number_prefixes]
    assert len(deciding) == len(instance.departments) - 1
    for department in deciding:
        office = Office(Random(1), department, date(2026, 11, 20))
        assert {"penalty", "licence", "inspection"} <= set(office.kinds)
        assert set(office.kinds) <= set(MARKS)


@EVERY_SECTOR
def test_an_entry_about_a_range_names_one_that_the_sector_has(sector: Sector) -> None:
    entries = (*sector.offences, *sector.permits, *sector.checks, *sector.measures, *sector.levies, *sector.charges)
    assert {entry.about for entry in entries} <= {"", *sector.goods}
