"""A post board on one A4 page across, to be hung up beside its window (S1.2): as large as can be, never cut off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gongshi.render.contexts import Fact
from gongshi.render.drawing import qr
from gongshi.render.look.site import Crumb, Head
from gongshi.render.registry.kiosk import room_of
from gongshi.render.registry.officers import NOINDEX
from gongshi.render.registry.record import Record
from gongshi.render.registry.spot_contexts import BoardSheetPage, Link
from gongshi.render.registry.telling import HOME, REGISTERS, SECTION
from gongshi.render.words import shortened

if TYPE_CHECKING:
    from gongshi.render.press import Page
    from gongshi.render.registry.boards import Board

ALL = Crumb("岗位公示", "/boards/")
_SIZES = ((260, "is-large"), (520, "is-middle"))
"""Up to so many characters the letters of a sheet may be so large; beyond, they are small."""
_LINES, _LETTERS, _MOST = 20, 36, 8
"""Lines of a sheet in small letters beside its headings, characters of a line; officers that it names, and lines of
items."""
_HEADING, _WINDOW = 48, 50
"""Characters of a sheet's heading."""


def sheet_address(board: Record) -> str:
    """Where a board lies as a sheet."""
    return f"{board.href.removesuffix('.html')}-sheet.html"


def sheet_page(board: Board) -> Page:
    """A board as a sheet to be hung up."""
    one, press = board.record, board.press
    path, address = sheet_address(one), f"{press.site.url}{one.href}"

    def context() -> BoardSheetPage:
        whole, most, told = one.text("duties"), _room(board), board.told()
        duties = shortened(whole, most) if room_of(whole) > most else whole
        items = tuple(_on_a_sheet(board.handled))
        return BoardSheetPage(
            site=press.site,
            head=Head(f"{one.title}（公示牌）", path, SECTION, "岗位公示", robots=NOINDEX),
            crumbs=(HOME, REGISTERS, ALL, Crumb(one.title, one.href), Crumb("公示牌")),
            updated_on=board.updated_on,
            post=shortened(one.title, _HEADING),
            window=shortened(one.text("window"), _WINDOW),
            size=_size(duties, told, board),
            officers=board.on_duty[:_MOST],
            duties=duties,
            cut=duties.endswith("…"),
            facts=told,
            items=items,
            more_items=len(board.handled) - len(items),
            department=board.channel,
            qr=qr(address),
            address=address,
            board=one.href,
        )

    return press.page(path, "board-sheet.html", board.mark, context)


def _on_a_sheet(items: Iterable[Link]) -> Iterator[Link]:
    """The items that a sheet has lines for."""
    lines = 0
    for item in items:
        lines += _lines(item)
        if lines > _MOST:
            return
        yield item


def _lines(item: Link) -> int:
    return -(-len(item.text) // _LETTERS)


def _room(board: Board) -> int:
    """Characters of duties that go on one page beside the rest."""
    items = sum(map(_lines, _on_a_sheet(board.handled)))
    return (_LINES - min(_MOST, len(board.officers)) - items) * _LETTERS


def _size(duties: str, told: tuple[Fact, ...], board: Board) -> str:
    """How large the letters may be, by how many there are; an officer, an item or a line takes at least half a line."""
    named = 20 * (min(_MOST, len(board.officers)) + min(_MOST, len(board.items)) + duties.count("\n"))
    letters = len(duties) + sum(len(fact.value) for fact in told) + named
    return next((size for most, size in _SIZES if letters <= most), "is-small")
