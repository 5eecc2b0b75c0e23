"""Contexts of what a citizen meets on the spot: officers, post boards, random inspections (one for each template)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from gongshi.render.contexts import Channel, Fact, Page, Pager
from gongshi.render.registry.certificate import Verdict


class Phone(NamedTuple):
    """A telephone as it is written, and what a click on it does."""

    text: str
    href: str


class Staff(NamedTuple):
    """The officers of a department in numbers; `share` is the reviewers' part of them in words (S3.1), `is_short` says
    that it is less than the rule asks in principle."""

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
