"""Contexts of the pages of counties and laws, and of what is absent (one for each template)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from gongshi.render.contexts import Counted, Page


@dataclass(frozen=True)
class CountiesPage(Page):
    """counties.html: the counties, each with its number of decisions."""

    counties: tuple[Counted, ...]


@dataclass(frozen=True)
class CountyPage(Page):
    """county.html: the departments and the newest decisions of one county, and the way to the others."""

    name: str
    code: str
    total: int
    kinds: tuple[Counted, ...]
    departments: tuple[Counted, ...]
    years: tuple[Counted, ...]
    """By year of first publication."""
    items: int
    """How many items its gathered list has; 0 where there is none."""
    newest: tuple[Markup, ...]


@dataclass(frozen=True)
class LawsPage(Page):
    """laws.html: the laws that decisions cite, those cited most, then all that are listed by the first letter of their
    names; `total` says how many there are."""

    most: tuple[Counted, ...]
    letters: tuple[tuple[str, tuple[Counted, ...]], ...]
    total: int


@dataclass(frozen=True)
class LawPage(Page):
    """law.html: the newest decisions that cite a law, and the way to the others."""

    name: str
    id: str
    total: int
    newest: tuple[Markup, ...]


class AbsentRule(NamedTuple):
    """One rule by which something is not on the site: what it says, of what, and where that stands."""

    id: str
    content: str
    scope: str
    article: str


class Absence(NamedTuple):
    """One reason why something is not found; `told` explains it, `rules` are those in force."""

    key: str
    heading: str
    told: str
    rules: tuple[AbsentRule, ...]


@dataclass(frozen=True)
class AbsentPage(Page):
    """absent.html: what is not on the site by rule, and why; never how much of it there is."""

    absences: tuple[Absence, ...]
