"""How the parts of what is public before enforcement are planned (gongshi.render.parts names them)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from gongshi.records.random_inspection import RANDOM_INSPECTION
from gongshi.render.figures.annual import department_years, years_pages
from gongshi.render.lists.indexes import kind_archive
from gongshi.render.press import Page, Press
from gongshi.render.registry.boards import BOARD, boards_index, boards_of
from gongshi.render.registry.departments import department_page
from gongshi.render.registry.files import file_pages
from gongshi.render.registry.guides import GUIDE, guide_page, guides_index
from gongshi.render.registry.inspections import LOT, inspection_page, inspections_index
from gongshi.render.registry.items import (
    ITEM,
    item_page,
    items_index,
    items_of_code,
    items_of_department,
    items_of_region,
)
from gongshi.render.registry.lists import department_lists
from gongshi.render.registry.officers import OFFICER, officer_page, officers_index, officers_of
from gongshi.render.registry.record import Record
from gongshi.render.registry.registers import registers_pages
from gongshi.render.registry.texts import (
    DETERMINATION,
    TEXT,
    determination_page,
    determinations_index,
    text_page,
    texts_index,
)

_INDEXES: dict[str, Callable[[Press], Iterator[Page]]] = {
    ITEM: items_index,
    GUIDE: guides_index,
    OFFICER: officers_index,
    BOARD: boards_index,
    TEXT: texts_index,
    DETERMINATION: determinations_index,
}
"""What the index of a kind's records is made by; kinds without one are on pages of their departments."""
_OWN_PAGES: dict[str, Callable[[Press, Record], Iterator[Page]]] = {
    OFFICER: officer_page,
    LOT: inspection_page,
    TEXT: text_page,
    DETERMINATION: determination_page,
}
"""What the own page of a record is made by, but for items and their guides, which change together, and
inspection plans, which change with what they name."""


def kind(press: Press, which: str) -> Iterator[Page]:
    """The index of a kind of decision; of random inspections what is inspected, when, and the results, too."""
    yield from kind_archive(press, which)
    if which == RANDOM_INSPECTION.name:
        yield from inspections_index(press)


def item(press: Press, mark: str) -> Iterator[Page]:
    """An item and its guide."""
    found = press.registry.of_item(mark)
    items = [one for one in found if one.kind == ITEM]
    for one in items:
        yield from item_page(press, one, found)
    for guide in (one for one in found if one.kind == GUIDE):
        yield from guide_page(press, guide, items[0] if items else None)


def record(press: Press, id: str) -> Iterator[Page]:
    """The own page of a record."""
    found = press.registry.one(id)
    if found and (made := _OWN_PAGES.get(found.kind)):
        yield from made(press, found)


def registry(press: Press, which: str) -> Iterator[Page]:
    """The index of a kind, or the lists of a department."""
    made = _INDEXES.get(which)
    yield from made(press) if made else department_lists(press, which)


PLANNERS: dict[tuple[str, int], Callable[..., Iterable[Page]]] = {
    ("department", 1): department_page,
    ("item", 1): item,
    ("kind", 1): kind,
    ("items", 1): items_of_department,
    ("items", 2): lambda press, _, code: items_of_region(press, code),
    ("annual", 0): years_pages,
    ("annual", 1): department_years,
    ("boards", 1): boards_of,
    ("code", 1): items_of_code,
    ("file", 1): file_pages,
    ("officers", 1): officers_of,
    ("record", 1): record,
    ("registers", 0): registers_pages,
    ("registry", 1): registry,
}
"""How each part is planned, by the first word of its name and how many follow."""
