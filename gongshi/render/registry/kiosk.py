"""A department's boards on a screen in a hall: slides that turn by themselves, without a script and without a mouse.

The style sheet turns 1 to 12 slides, each SECONDS long; more are several pages that lead into one another. A page asks
for itself (or the next) again after whole rounds, so that what was changed or taken down is gone from the screen within
ten minutes after the rebuild.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

from gongshi.render.addresses import path_of
from gongshi.render.contexts import Fact, Pager
from gongshi.render.drawing import qr
from gongshi.render.look.assets import Asset, fingerprint
from gongshi.render.registry.officers import phone_of
from gongshi.render.registry.spot_contexts import KioskPage, Link, Slide
from gongshi.render.registry.values import facts

if TYPE_CHECKING:
    from gongshi.render.press import Page, Press
    from gongshi.render.registry.boards import Board

T = TypeVar("T", Fact, Link)

SECONDS = 12
"""How long a slide is shown; kiosk.css knows it, too."""
MOST = 12
"""Slides of one page; kiosk.css has as many rounds."""
ROUND = 600
"""Seconds after which a page is asked for again at the latest."""
LETTERS = 220
"""Characters of a slide; a line that ends early takes as much room as one of BREAK characters."""
BREAK = 30
_OFFICERS = 6
"""Officers of a slide."""
_VALUES, _VALUES_IN_ALL = 6, 150
"""Labelled values of a slide, and their characters."""
_ITEMS = 6
"""Items of a slide."""
_ENDS = re.compile(r"[^。；！？\n]*[。；！？\n]?")
_TEMPLATE = "kiosk.html"


def kiosk_address(key: str, number: int = 1) -> str:
    """Where a department's screen is."""
    return f"/boards/kiosk/{key}/" if number == 1 else f"/boards/kiosk/{key}/{number}.html"


def kiosk_pages(press: Press, key: str, boards: Sequence[Board]) -> Iterator[Page]:
    """The screen of a department; one without a board says so."""
    slides = [slide for board in boards for slide in slides_of(board)] or [_nothing()]
    style = next(asset.url for asset in cast("tuple[Asset, ...]", press.env.globals["assets"]) if _is_ours(asset))
    last = -(-len(slides) // MOST)
    mark = fingerprint(press.version_of(_TEMPLATE), style, press.channel_marks[key], repr(slides), *_marks(boards))
    for number in range(1, last + 1):
        context = _context(press, key, slides, Pager(number, last, kiosk_address(key)), style)
        yield _file(press, context, path_of(kiosk_address(key, number)), fingerprint(mark, str(number)))


def slides_of(board: Board) -> Iterator[Slide]:
    """A board in as many slides as it needs: who, then when and where, then the duties and what is handled there."""
    one = board.record
    heading, window = one.title, one.text("window")
    officers = board.on_duty
    for start in range(0, len(officers), _OFFICERS):
        yield Slide(heading, window, one.href, officers=officers[start : start + _OFFICERS])
    for told in together(facts(one, _ON_A_SCREEN), _VALUES, _VALUES_IN_ALL):
        yield Slide(heading, window, one.href, facts=told)
    for piece in pieces(one.text("duties")):
        yield Slide(heading, "岗位职责", one.href, text=piece)
    for items in together(board.handled, _ITEMS, LETTERS):
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


def together(found: Iterable[T], most: int, letters: int) -> Iterator[tuple[T, ...]]:
    """What goes on one slide: at most so many of these, and so many characters in all."""
    some, room = list[T](), 0
    for one in found:
        if some and (len(some) == most or room + _letters(one) > letters):
            yield tuple(some)
            some, room = [], 0
        some.append(one)
        room += _letters(one)
    if some:
        yield tuple(some)


def _letters(one: Fact | Link) -> int:
    return len(one.value if isinstance(one, Fact) else one.text)


_ON_A_SCREEN = ("hours", "place", "phone", "progress_query", "consult", "complaint")


def _nothing() -> Slide:
    return Slide("岗位信息尚未公布", "")


def _context(press: Press, key: str, slides: Sequence[Slide], pager: Pager, style: str) -> KioskPage:
    number, last = pager.number, pager.last
    shown = tuple(slides[(number - 1) * MOST : number * MOST])
    address = f"{press.site.url}/departments/{key}/"
    return KioskPage(
        site=press.site,
        name=press.channels[key].name,
        slides=shown,
        number=number,
        last=last,
        seconds=_until(len(shown), last),
        after=pager.href(number % last + 1),
        own_style=style,
        qr=qr(address),
        address=address,
        phone=phone_of(press.channels[key]),
    )


def _file(press: Press, context: KioskPage, path: str, mark: str) -> Page:
    return press.file(path, mark, lambda: press.env.get_template(_TEMPLATE).render(vars(context)).encode())


def _until(slides: int, last: int) -> int:
    """Whole rounds: of the only page as many as go into ROUND, of one of several a single one."""
    once = slides * SECONDS
    return once if last > 1 else ROUND // once * once


def _marks(boards: Sequence[Board]) -> Iterator[str]:
    for board in boards:
        yield from board.mark


def _is_ours(asset: Asset) -> bool:
    return asset.path.startswith("assets/kiosk.")
