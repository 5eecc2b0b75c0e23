"""What the templates of withdrawals may use (contexts.py says how): the notices, and their list."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from gongshi.render.contexts import Channel, Fact, Page, Pager, Step, Year


@dataclass(frozen=True)
class NoticePage(Page):
    """notice.html: what stands at a decision's address after it was taken down with an explanation.

    It says which decision it was and why it went, and repeats nothing of party, facts, class or amount
    (行政处罚法 48; DOMAIN.md, "What stays after the end").
    """

    kind: str
    number: str
    decided_on: str
    withdrawn_on: str
    ending: str
    """The kind of end (gongshi.law.endings): changed, revoked, unlawful, void, redo, …"""
    ending_label: str
    facts: tuple[Fact, ...]
    instrument: tuple[Fact, ...]
    reason: str
    rule: str
    article: str
    steps: tuple[Step, ...]
    until: str
    """The last day of the notice; empty where its end is not known."""
    department: Channel
    supervision: Markup
    correction: str
    """Where a correction of this notice can be asked for (D31)."""
    address: str
    citation: str
    """How to cite it."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One row of a list of notices. `name` is the document number, or day and kind where there is none."""

    href: str
    name: str
    kind: str
    department: str
    ending_label: str
    reason: str
    withdrawn_on: str


@dataclass(frozen=True)
class NoticesPage(Page):
    """notices.html: the newest notices with the months, or one page of a month's; `total` is 0 on all but the first."""

    heading: str
    intro: str
    total: int
    rows: tuple[NoticeRow, ...]
    years: tuple[Year, ...]
    pager: Pager | None
    """None on the index, which leads on to the months."""
