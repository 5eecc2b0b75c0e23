"""What search.html shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gongshi.query.hits import Hit
from gongshi.query.searchpage.links import FacetView, Link
from gongshi.query.searchpage.words import Note
from gongshi.render.contexts import Page


class Field(NamedTuple):
    """A field of a form; a label only where the reader fills it in."""

    name: str
    value: str
    label: str = ""


class Named(NamedTuple):
    """What the words name as a whole, and what of it they are."""

    title: str
    href: str
    why: str


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """search.html: the form as it was filled in, and, where it was `answered`, what was found."""

    heading: str
    words: str
    kept: tuple[Field, ...]
    """What a new search for other words keeps of this one."""
    chosen: tuple[Link, ...]
    """The conditions, each as the search without it."""
    all: str
    """The same search without any condition."""
    first: str
    """The first page of this one."""
    hints: tuple[str, ...]
    message: str = ""
    """Why the question could not be answered, and what to do."""
    answered: bool = False
    notes: tuple[Note, ...] = ()
    direct: tuple[Named, ...] = ()
    tabs: tuple[Link, ...] = ()
    others: str = "事前公开、部门和说明"
    """What is no decision, in words."""
    above: tuple[Hit, ...] = ()
    below: tuple[Hit, ...] = ()
    """Of that what the words tell much of, and what only has them somewhere."""
    found: str = ""
    """How much was found, in words."""
    hits: tuple[Hit, ...] = ()
    nothing: bool = False
    """Whether there is nothing at all to show."""
    page: int = 1
    before: str = ""
    after: str = ""
    facets: tuple[FacetView, ...] = ()
    days: tuple[Field, ...] = ()
    days_kept: tuple[Field, ...] = ()
    orders: tuple[Link, ...] = ()
    files: tuple[Link, ...] = ()
    """The same decisions as a feed and as tables."""
    near: tuple[Link, ...] = ()
    tries: tuple[Link, ...] = ()
