"""Post boards (S1.2, D15): a page for each post, a sheet to be hung up beside the window, and a list.

A board has certificate numbers only. Names are those of the officers' register today: an officer who is not in it is
not on a board.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gongshi.law.registry import Standing
from gongshi.render.contexts import Channel, Fact
from gongshi.render.drawing import qr
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press
from gongshi.render.registry.certificate import verdict
from gongshi.render.registry.kiosk import kiosk_address, kiosk_pages
from gongshi.render.registry.officers import NOINDEX, OFFICER
from gongshi.render.registry.record import Record, mark_of
from gongshi.render.registry.sheets import ALL, sheet_address, sheet_page
from gongshi.render.registry.spot_contexts import (
    BoardPage,
    BoardsOf,
    BoardsPage,
    Link,
    ListedBoard,
    OnDuty,
)
from gongshi.render.registry.telling import HOME, REGISTERS, SECTION
from gongshi.render.registry.values import facts

BASE = "/boards/"
BOARD = "post_board"
_ITEM = "enforcement_item"
_TOLD = ("hours", "place", "phone", "progress_query", "consult", "complaint")
"""What a visitor asks for, in the order of the declaration."""


@dataclass(frozen=True)
class Board:
    """A board with what the registers have of the officers and the items that it names."""

    record: Record
    press: Press

    @property
    def is_shown(self) -> bool:
        """Whether it is in force: what is over has a page that says so, and no more."""
        return self.record.standing == Standing.IN_FORCE

    @cached_property
    def officers(self) -> tuple[Record, ...]:
        """Its officers that are in the register today, in its order."""
        return tuple(one for one in self._named(OFFICER, "officers") if one.standing == Standing.IN_FORCE)

    @cached_property
    def items(self) -> tuple[Record, ...]:
        """The items that are handled there and are public."""
        return tuple(one for one in self._named(_ITEM, "items") if one.standing == Standing.IN_FORCE)

    @property
    def channel(self) -> Channel:
        """Its department."""
        return self.press.channels[self.record.department]

    @property
    def updated_on(self) -> str:
        """The newest day of all that its pages show."""
        return max(one.updated_on for one in (self.record, *self.officers, *self.items))

    @property
    def mark(self) -> tuple[str, ...]:
        """What covers all that any of its pages shows."""
        parts = (self.record, *self.officers, *self.items)
        return (mark_of(parts), self.press.channel_marks[self.record.department])

    @property
    def on_duty(self) -> tuple[OnDuty, ...]:
        """Its officers with whether their certificates hold."""
        return tuple(OnDuty(one.href, one.title, one.number, verdict(one)) for one in self.officers)

    @property
    def handled(self) -> tuple[Link, ...]:
        """Its items as links."""
        return tuple(Link(one.title, one.href) for one in self.items)

    def told(self) -> tuple[Fact, ...]:
        """When, where and by which telephone."""
        return facts(self.record, _TOLD)

    def _named(self, kind: str, field: str) -> Iterator[Record]:
        for number in dict.fromkeys(self.record.text(field).split("、")):
            found = self.press.registry.by_number(kind, self.record.department, number) if number else None
            if found:
                yield found


def boards_index(press: Press) -> Iterator[Page]:
    """Every post in force, by department."""
    found: dict[str, list[Record]] = {}
    for one in press.registry.of_kind(BOARD):
        if one.standing == Standing.IN_FORCE:
            found.setdefault(one.department, []).append(one)
    departments = tuple(
        BoardsOf(channel.key, channel.name, tuple(map(_listed, found[key])), kiosk_address(key))
        for key, channel in press.channels.items()
        if key in found
    )
    missing = tuple(Link(one.name, f"/departments/{key}/") for key, one in press.channels.items() if key not in found)

    def context() -> BoardsPage:
        return BoardsPage(
            site=press.site,
            head=Head("岗位公示", BASE, SECTION, "岗位公示", description="各部门政务服务窗口的岗位信息公示牌。"),
            crumbs=(HOME, REGISTERS, Crumb("岗位公示")),
            updated_on=max((one.updated_on for boards in found.values() for one in boards), default=""),
            departments=departments,
            missing=missing,
        )

    marks = (mark_of(boards) for boards in found.values())
    yield press.page(BASE, "boards.html", (repr(departments), repr(missing), *marks), context)


def boards_of(press: Press, key: str) -> Iterator[Page]:
    """A department's boards, each as a page and, where it is in force, as a sheet; all of them for a screen."""
    if key not in press.channels:
        return
    boards = [Board(one, press) for one in press.registry.of_kind(BOARD, key)]
    for board in boards:
        yield _page(board)
        if board.is_shown:
            yield sheet_page(board)
    yield from kiosk_pages(press, key, [board for board in boards if board.is_shown])


def _listed(board: Record) -> ListedBoard:
    return ListedBoard(board.href, board.title, board.text("window"), board.text("place"), board.text("phone"))


def _page(board: Board) -> Page:
    one, press = board.record, board.press
    address = f"{press.site.url}{one.href}"

    def context() -> BoardPage:
        return BoardPage(
            site=press.site,
            head=Head(one.title, one.href, SECTION, "岗位公示", robots=NOINDEX),
            crumbs=(HOME, REGISTERS, ALL, Crumb(one.title)),
            updated_on=board.updated_on,
            post=one.title,
            window=one.text("window"),
            ended_on="" if board.is_shown else one.effective_to,
            officers=board.on_duty,
            facts=facts(one, ("duties", *_TOLD)),
            samples=one.text("samples"),
            items=board.handled,
            files=one.files,
            department=board.channel,
            supervision=press.supervision(one.department),
            qr=qr(address),
            address=address,
            sheet=sheet_address(one),
            kiosk=kiosk_address(one.department),
        )

    return press.page(one.href, "board.html", board.mark, context)
