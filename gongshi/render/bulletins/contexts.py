"""What the templates of the bulletin may use (contexts.py says how)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from gongshi.render.contexts import Page, Pager, Year


class Gazetted(NamedTuple):
    """One paragraph of a bulletin. `name` is the document number, or the title where there is none; `labels` is what
    facts, content, basis and day are called in its kind; a text is empty that the decision does not have, or that waits
    for a reviewer."""

    href: str
    name: str
    party: str
    facts: str
    content: str
    basis: str
    labels: tuple[str, str, str, str]
    decided_on: str
    corrected: bool
    changed: bool


@dataclass(frozen=True)
class BulletinsPage(Page):
    """bulletins.html: every month that has a bulletin, newest first."""

    years: tuple[Year, ...]


class Contribution(NamedTuple):
    """What one department has in a month: how many decisions of each kind, in the order of the cover's columns."""

    name: str
    href: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class CoverPage(Page):
    """bulletin-cover.html: the cover of a month: which department has how much of what, and the way to its pages."""

    month: str
    publisher: str
    kinds: tuple[str, ...]
    departments: tuple[Contribution, ...]
    sums: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class BulletinPage(Page):
    """bulletin.html: a department's decisions of a month by kind, or those of some days where there are many; `first`
    and `last` are the days of first publication from which and to which it goes."""

    month: str
    publisher: str
    first: str
    last: str
    kinds: tuple[tuple[str, tuple[Markup, ...]], ...]
    pager: Pager
