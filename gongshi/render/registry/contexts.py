"""Contexts of the pages of departments, items, guides, lists and texts (one for each template)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from gongshi.render.contexts import Channel, Counted, Fact, Page, Pager, RegionDepartments, Step, Year
from gongshi.render.look.site import Crumb
from gongshi.render.registry.record import File, Line, Record
from gongshi.render.registry.values import Table


class Cited(NamedTuple):
    """One law that a record rests on; a long text opens on request."""

    law: str
    article: str
    text: str
    is_long: bool


class Procedure(NamedTuple):
    """Steps as a picture, empty where they cannot be laid out, and as a list; both empty where there are none."""

    chart: Markup
    steps: Markup


class Former(NamedTuple):
    """What was in force before: from when to when, and what it said."""

    since: str
    until: str
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]


class Past(NamedTuple):
    """What happened to a record, oldest first; who reviewed it beside its own department, and when."""

    steps: tuple[Step, ...]
    former: tuple[Former, ...]


@dataclass(frozen=True)
class ItemPage(Page):
    """item.html: what a department may do, on what basis, how, and what one may do against it."""

    record: Record
    code_href: str
    """Who else has this code; "" where nobody has."""
    basis: tuple[Cited, ...]
    facts: tuple[Fact, ...]
    procedure: Procedure
    rights: str
    remedies: Table
    guides: tuple[Record, ...]
    inspections: tuple[Record, ...]
    discretion: Table
    newest: tuple[Markup, ...]
    """The newest decisions that name it, as lines of rows.html."""
    decisions_href: str
    past: Past
    supervision: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One of the papers that an applicant brings; `blank` is the form to fill in, None where there is none."""

    name: str
    form: str
    copies: str
    source: str
    sample: str
    mistakes: str
    blank: File | None


@dataclass(frozen=True)
class GuidePage(Page):
    """guide.html: everything that somebody must know who comes to a window, as it is printed."""

    record: Record
    glance: tuple[Fact, ...]
    bodies: tuple[Fact, ...]
    conditions: tuple[Fact, ...]
    materials: tuple[Material, ...]
    process: str
    procedure: Procedure
    reductions: Table
    contacts: tuple[Fact, ...]
    rights: tuple[Fact, ...]
    basis: tuple[Cited, ...]
    item: Record | None
    past: Past


@dataclass(frozen=True)
class ItemsPage(Page):
    """items.html: the way to the items by act, by department, by region."""

    total: int
    acts: tuple[Counted, ...]
    regions: tuple[RegionDepartments, ...]
    gathered: tuple[Counted, ...]


@dataclass(frozen=True)
class ItemListPage(Page):
    """item-list.html: the items of a department, an act, a region or a code. `over` are no longer in force."""

    heading: str
    intro: str
    total: int
    lines: tuple[Line, ...]
    over: tuple[Line, ...]
    pager: Pager
    show_act: bool
    show_department: bool


class Group(NamedTuple):
    """Lines under a heading; `key` is the anchor."""

    key: str
    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class GroupsPage(Page):
    """groups.html: an index of records in groups, with a search over the kind."""

    heading: str
    intro: str
    kind: str
    groups: tuple[Group, ...]
    missing: str
    """What to say where there is nothing."""
    more: tuple[Counted, ...]


class Paragraph(NamedTuple):
    """One line of a text; `lead` is the 第一条 with which it begins, `is_heading` says that it is a chapter's."""

    lead: str
    text: str
    is_heading: bool


@dataclass(frozen=True)
class TextPage(Page):
    """text.html: a normative text with its catalogue fields, or a determination."""

    record: Record
    title: str
    catalogue: tuple[Fact, ...]
    paragraphs: tuple[Paragraph, ...]
    procedure: Procedure
    past: Past


class Detail(NamedTuple):
    """A record told in full inside another page."""

    record: Record
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    basis: tuple[Cited, ...]
    procedure: Procedure


class Section(NamedTuple):
    """The records of a kind on a department's page of lists; without any, it is a gap."""

    kind: str
    heading: str
    summary: str
    details: tuple[Detail, ...]


@dataclass(frozen=True)
class ListsPage(Page):
    """department-lists.html: a department's lists, or all that it has (执法工作手册)."""

    heading: str
    intro: str
    sections: tuple[Section, ...]


class Tile(NamedTuple):
    """One of the six entrances of a department's page; `number` is what there is, or that there is nothing yet."""

    name: str
    heading: str
    number: str
    note: str
    href: str
    is_missing: bool


class Shelf(NamedTuple):
    """Some records of a department: the first of them, how many there are, and where all of them are."""

    lines: tuple[Line, ...]
    total: int
    href: str


@dataclass(frozen=True)
class DepartmentPage(Page):
    """department.html: a department at a glance, then in depth."""

    channel: Channel
    tiles: tuple[Tile, ...]
    subject: Record | None
    subject_facts: tuple[Fact, ...]
    bodies: Table
    former_names: tuple[tuple[str, str], ...]
    superior: str
    acts: tuple[Counted, ...]
    items: Shelf
    guides: Shelf
    officers: tuple[Fact, ...]
    officers_href: str
    inspections: Shelf
    lists: tuple[Counted, ...]
    boards: Shelf
    texts: Shelf
    total: int
    kinds: tuple[Counted, ...]
    annual: tuple[Crumb, ...]
    """The years whose figures it has declared, the newest first."""
    newest: tuple[Markup, ...]
    years: tuple[Year, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a department has of one of the fifteen: `state` is 有, 缺 or 过期, `said` how it is told."""

    label: str
    state: str
    said: str
    href: str
    count: int
    since: str
    why: str


class MatrixRow(NamedTuple):
    """One department's line of the matrix; `missing` and `stale` count its gaps."""

    key: str
    name: str
    cells: tuple[Cell, ...]
    missing: int
    stale: int


class Region(NamedTuple):
    """The lines of one region."""

    name: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class RegistersPage(Page):
    """registers.html: for every department what is there, missing or out of date (S5)."""

    groups: tuple[tuple[str, tuple[str, ...]], ...]
    regions: tuple[Region, ...]
    complete: int
    total: int
    csv: str
