"""Contexts of what a citizen meets on the spot: officers, post boards, random inspections (one for each template)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from gongshi.render.contexts import Channel, Fact, Page, Pager
from gongshi.render.kiosk.frame import Screen
from gongshi.render.registry.certificate import Verdict
from gongshi.render.registry.contexts import Cited, Past
from gongshi.render.registry.record import File, Record


class Phone(NamedTuple):
    """A telephone as it is written, and what a click on it does."""

    text: str
    href: str


class Staff(NamedTuple):
    """The officers of a department in numbers; of those whose certificate is `valid`, `share` is the reviewers'
    part in words (S3.1), empty where there are none, and `is_short` says that it is less than the rule asks.
    """

    key: str
    name: str
    officers: int
    valid: int
    reviewers: int
    share: str
    is_short: bool


class StaffedRegion(NamedTuple):
    """The departments of one region."""

    name: str
    departments: tuple[Staff, ...]


class Share(NamedTuple):
    """The rule about legal reviewers in words (S3.1); empty where none is in force."""

    words: str
    article: str


@dataclass(frozen=True)
class OfficersPage(Page):
    """officers.html: the search form, and the departments with their officers in numbers."""

    regions: tuple[StaffedRegion, ...]
    share: Share


class ListedOfficer(NamedTuple):
    """One line of a list of officers."""

    href: str
    name: str
    body: str
    number: str
    acts: str
    area: str
    valid_to: str
    verdict: Verdict
    is_reviewer: bool


@dataclass(frozen=True)
class OfficerListPage(Page):
    """officer-list.html: the officers of one department."""

    staff: Staff
    rows: tuple[ListedOfficer, ...]
    pager: Pager
    share: Share


@dataclass(frozen=True)
class OfficerPage(Page):
    """officer.html: first whether the certificate holds, then what it says, and whom to ask."""

    name: str
    number: str
    verdict: Verdict
    facts: tuple[Fact, ...]
    phone: Phone
    department: Channel
    supervision: Markup
    qr: Markup
    address: str
    list_address: str


class OnDuty(NamedTuple):
    """An officer of a board, as the register has one today."""

    href: str
    name: str
    number: str
    verdict: Verdict


class Link(NamedTuple):
    """A text that leads somewhere."""

    text: str
    href: str


class ListedBoard(NamedTuple):
    """One line of the list of boards."""

    href: str
    post: str
    window: str
    place: str
    phone: str


class BoardsOf(NamedTuple):
    """The boards of a department, and the page that shows them on a screen in a hall."""

    key: str
    name: str
    boards: tuple[ListedBoard, ...]
    kiosk: str


@dataclass(frozen=True)
class BoardsPage(Page):
    """boards.html: every post by department."""

    departments: tuple[BoardsOf, ...]
    missing: tuple[Link, ...]
    """Departments without a board."""


@dataclass(frozen=True)
class BoardPage(Page):
    """board.html: one post (S1.2, D15)."""

    post: str
    window: str
    ended_on: str
    """The last day on which it was in force; empty where it is."""
    officers: tuple[OnDuty, ...]
    facts: tuple[Fact, ...]
    samples: str
    items: tuple[Link, ...]
    files: tuple[File, ...]
    department: Channel
    supervision: Markup
    qr: Markup
    address: str
    sheet: str
    kiosk: str


@dataclass(frozen=True)
class BoardSheetPage(Page):
    """board-sheet.html: the same on one A4 page; `size` is how large its letters may be, `cut` says that its duties
    go on at its address."""

    post: str
    window: str
    size: str
    officers: tuple[OnDuty, ...]
    duties: str
    cut: bool
    facts: tuple[Fact, ...]
    items: tuple[Link, ...]
    more_items: int
    department: Channel
    qr: Markup
    address: str
    board: str


class Slide(NamedTuple):
    """What a screen shows at a time under a heading: officers, labelled values, items or a text.

    `board` is the address of the board that it is of, so that the page goes with it at once (release/cutting.py).
    """

    heading: str
    window: str
    board: str = ""
    officers: tuple[OnDuty, ...] = ()
    facts: tuple[Fact, ...] = ()
    items: tuple[Link, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class KioskPage(Screen):
    """kiosk.html: a department's boards on a screen. Where there are more slides than a page has, `after` leads to the
    next of several screens, each of which is shown by itself."""

    slides: tuple[Slide, ...]
    number: int
    last: int
    after: str
    phone: Phone


class DrawnItem(NamedTuple):
    """One line of the list of what is inspected by lot (D11)."""

    href: str
    name: str
    code: str
    object: str
    manner: str
    ratio: str
    frequency: str


class DrawnBy(NamedTuple):
    """What a department inspects by lot."""

    key: str
    name: str
    items: tuple[DrawnItem, ...]


class ListedPlan(NamedTuple):
    """One line of the list of plans."""

    href: str
    name: str
    department: str
    year: str
    tasks: int


@dataclass(frozen=True)
class InspectionsPage(Page):
    """inspections.html: items, plans and the newest results of random inspections, one below the other (S1.3b)."""

    departments: tuple[DrawnBy, ...]
    plans: tuple[ListedPlan, ...]
    total: int
    newest: tuple[Markup, ...]
    """Lines of rows.html."""


@dataclass(frozen=True)
class InspectionItemPage(Page):
    """inspection-item.html: one item of the list of random inspections (D11, D23)."""

    record: Record
    basis: tuple[Cited, ...]
    facts: tuple[Fact, ...]
    results: str
    item: str
    """The search for the enforcement item that it belongs to; empty where it names none."""
    past: Past
    supervision: Markup


class Task(NamedTuple):
    """One task of a plan; `href` leads to its item, where that is public."""

    name: str
    href: str
    object: str
    ratio: str
    number: str
    period: str


@dataclass(frozen=True)
class InspectionPlanPage(Page):
    """inspection-plan.html: what is inspected by lot in a year, and when (S1.3b)."""

    record: Record
    tasks: tuple[Task, ...]
    facts: tuple[Fact, ...]
    newest: tuple[Markup, ...]
    """Lines of rows.html."""
    results: str
    past: Past
    supervision: Markup
