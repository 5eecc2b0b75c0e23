"""A department's boards on a screen in a hall: slides that turn by themselves, without a script and without a mouse.

The style sheet turns as many slides as fit into the time after which a page is asked for again (look.turning); a
department with more has several screens, each with an address of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from gongshi.render.contexts import Fact, Pager
from gongshi.render.kiosk.frame import screen_page, style_of, way_to
from gongshi.render.look.turning import MOST
from gongshi.render.registry.officers import phone_of
from gongshi.render.registry.spot_contexts import KioskPage, Link, Slide
from gongshi.render.registry.values import facts
from gongshi.render.words import shortened

if TYPE_CHECKING:
    from gongshi.render.press import Page, Press
    from gongshi.render.registry.boards import Board

LETTERS, BREAK = 220, 40
"""Characters of a text on a slide; a line that ends early takes as much room as one of BREAK."""
_HEADING, _WINDOW = 26, 40
"""Characters of a line of its heading."""
_OFFICERS = 6
_VALUES, _VALUE = 6, 40
"""Labelled values of a slide, and the characters of each; a longer one has a slide of its own."""
_ITEMS, _ITEM_LETTERS = 4, 130
"""Items of a slide, and their characters."""
_ENDS = re.compile(r"[^。；！？\n]*[。；！？\n]?")
_TEMPLATE = "kiosk.html"


def kiosk_address(key: str, number: int = 1) -> str:
    """Where a department's screen is."""
    return f"/boards/kiosk/{key}/" if number == 1 else f"/boards/kiosk/{key}/{number}.html"


def kiosk_pages(press: Press, key: str, boards: Sequence[Board]) -> Iterator[Page]:
    """The screen of a department; one without a board says so."""
    slides = [slide for board in boards for slide in slides_of(board)] or [_nothing()]
    last = -(-len(slides) // MOST)
    updated_on = max((board.updated_on for board in boards), default="")
    shows = (press.channel_marks[key], repr(slides), *_marks(boards))
    for number in range(1, last + 1):
        context = partial(_context, press, key, slides, updated_on, Pager(number, last, kiosk_address(key)))
        yield screen_page(press, kiosk_address(key, number), _TEMPLATE, shows, context)


def slides_of(board: Board) -> Iterator[Slide]:
    """A board in as many slides as it needs: who, then when and where, then the duties and what is handled there."""
    one = board.record
    heading, window = shortened(one.title, _HEADING), shortened(one.text("window"), _WINDOW)
    officers = board.on_duty
    for start in range(0, len(officers), _OFFICERS):
        yield Slide(heading, window, one.href, officers=officers[start : start + _OFFICERS])
    for told in values(facts(one, _ON_A_SCREEN)):
        yield Slide(heading, window, one.href, facts=told)
    for piece in pieces(one.text("duties")):
        yield Slide(heading, "岗位职责", one.href, text=piece)
    for items in together(board.handled):
        yield Slide(heading, "办理事项", one.href, items=items)


def pieces(text: str, most: int = LETTERS) -> Iterator[str]:
    """A text in pieces of at most so many characters, ended where a sentence does if that can be."""
    piece = ""
    for sentence in _ENDS.findall(text):
        for start in range(0, len(sentence), most):
            part = sentence[start : start + most]
            if room_of(piece) + room_of(part) > most:
                yield piece.strip()
                piece = ""
            piece += part
    if piece.strip():
        yield piece.strip()


def room_of(text: str) -> int:
    """The room that a text takes, in characters."""
    return len(text) + BREAK * text.count("\n")


def values(told: Iterable[Fact]) -> Iterator[tuple[Fact, ...]]:
    """The labelled values of each slide."""
    some: list[Fact] = []
    for fact in told:
        if some and (len(some) == _VALUES or len(fact.value) > _VALUE):
            yield tuple(some)
            some = []
        if len(fact.value) > _VALUE:
            yield (fact,)
        else:
            some.append(fact)
    if some:
        yield tuple(some)


def together(items: Iterable[Link]) -> Iterator[tuple[Link, ...]]:
    """The items of each slide."""
    some, room = list[Link](), 0
    for item in items:
        if some and (len(some) == _ITEMS or room + len(item.text) > _ITEM_LETTERS):
            yield tuple(some)
            some, room = [], 0
        some.append(item)
        room += len(item.text)
    if some:
        yield tuple(some)


_ON_A_SCREEN = ("hours", "place", "phone", "progress_query", "consult", "complaint")


def _nothing() -> Slide:
    return Slide("岗位信息尚未公布", "")


def _context(press: Press, key: str, slides: Sequence[Slide], updated_on: str, pager: Pager) -> KioskPage:
    number, last = pager.number, pager.last
    code, address = way_to(press, f"/departments/{key}/")
    return KioskPage(
        site=press.site,
        name=press.channels[key].name,
        title="岗位公示",
        updated_on=updated_on,
        own_style=style_of(press),
        qr=code,
        address=address,
        slides=tuple(slides[(number - 1) * MOST : number * MOST]),
        number=number,
        last=last,
        after=pager.href(number % last + 1) if last > 1 else "",
        phone=phone_of(press.channels[key]),
    )


def _marks(boards: Sequence[Board]) -> Iterator[str]:
    for board in boards:
        yield from board.mark
