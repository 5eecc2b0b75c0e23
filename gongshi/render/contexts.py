"""One typed context per template: what each template may use, and nothing else.

A test renders every template with its context and compares the variables it names with the fields
declared here, so a template can neither miss a value nor quietly use one that nobody declared.
Dates are YYYY-MM-DD text, amounts yuan as decimal text; templates format them with the filters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from markupsafe import Markup

from gongshi.render.look.site import Crumb, Head, Site


class Feed(NamedTuple):
    """A feed that tells what is new on a page; `type` is its media type."""

    title: str
    href: str
    type: str = "application/atom+xml"


SITE_FEEDS = (Feed("最新公示的决定", "/feeds/decisions.atom"), Feed("撤下说明", "/feeds/notices.atom"))


@dataclass(frozen=True)
class Page:
    """What page.html, the frame of every page, needs."""

    site: Site
    head: Head
    crumbs: tuple[Crumb, ...]
    updated_on: str
    """The latest date of what the page shows, the record's own; empty where it has none."""
    source: str = field(default="", kw_only=True)
    """Who answers for what the page shows: a department; empty where the platform gathers it."""
    feeds: tuple[Feed, ...] = field(default=SITE_FEEDS, kw_only=True)
    """What a reader may subscribe to here; a page about one thing (`head.article`) names none."""


class Fact(NamedTuple):
    """A labelled value. `held` says that it waits for a reviewer (the value is then empty)."""

    label: str
    value: str
    long: bool = False
    held: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A department, and where to complain about it or ask it (D13): `facts` are the five fields of the channel."""

    key: str
    name: str
    region: str
    facts: tuple[Fact, ...]


class Timing(NamedTuple):
    """By which rule the decision is public (D16), when it had to be, and when it was (D27, D28).

    `late` is never said of 历史数据补录 or of a date computed on a provisional calendar.
    """

    duty_article: str
    duty_rule: str
    due: str
    due_text: str
    due_article: str
    due_rule: str
    provisional: bool
    published: str
    late: bool
    earlier: bool
    until: str
    until_rule: str
    until_article: str


class Link(NamedTuple):
    """A way on."""

    text: str
    href: str


class Step(NamedTuple):
    """One dated event of a decision."""

    label: str
    day: str
    note: str = ""


@dataclass(frozen=True)
class DecisionPage(Page):
    """decision.html: one decision with its parties, as the public may read it.

    `facts` are the decision's own fields in the declaration's order; `parties` holds, for each party,
    its fields under the same labels; `party_columns` are the labels of
    a table where there are many parties; `masked` says that a name is shown in its published form only.
    """

    kind: str
    title: str
    result: str
    number: str
    decided_on: str
    state: str
    """Of a licence whether it is in force: 有效 or 已失效; empty for any other kind."""
    corrected: bool
    changed: bool
    """Whether the decision itself was changed since (变更); `corrected` says that its data were (更正)."""
    held: bool
    facts: tuple[Fact, ...]
    parties: tuple[tuple[Fact, ...], ...]
    party_columns: tuple[str, ...]
    masked: bool
    remedies: str
    served_on: str
    steps: tuple[Step, ...]
    timing: Timing
    department: Channel
    supervision: Markup
    """channel.html for `department`, made once for all of its decisions."""
    correction: str
    """Where a correction of this decision can be asked for (D31)."""
    address: str
    """The decision's own address: whole where the city has set one, otherwise from the root."""
    citation: str
    """How to cite it: who, what, when, where."""
    related: tuple[Link, ...]
    """Ways to what has to do with it. They depend on this decision alone, so that no other one changes its page."""


class Listed(NamedTuple):
    """One row of a list of decisions. `name` is the document number, or the title where there is none."""

    href: str
    name: str
    party: str
    summary: str
    department: str
    kind: str
    decided_on: str
    corrected: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of a list stands: pages are numbered from the oldest (DESIGN.md, "Addresses")."""

    number: int
    last: int
    base: str

    def href(self, number: int) -> str:
        """The address of page `number`; the first is the folder itself."""
        return self.base if number == 1 else f"{self.base}{number}.html"

    @property
    def shown(self) -> tuple[int, ...]:
        """The numbers to link: the ends and the neighbours."""
        near = range(self.number - 2, self.number + 3)
        return tuple(n for n in range(1, self.last + 1) if n in (1, self.last) or n in near)


@dataclass(frozen=True, slots=True)
class Counted:
    """A link with the number of published decisions behind it."""

    text: str
    href: str
    count: int
    kind: str = ""


@dataclass(frozen=True)
class ListPage(Page):
    """list.html: one page of a list of decisions. Only the first says of how many (`total` is 0 on the others)."""

    heading: str
    intro: str
    total: int
    rows: tuple[Markup, ...]
    """Lines of rows.html."""
    more: tuple[Link, ...]
    """The same decisions otherwise: in the search, as a file."""
    pager: Pager
    show_kind: bool
    show_department: bool


@dataclass(frozen=True, slots=True)
class Year:
    """The months of one year, each with its number of decisions."""

    year: str
    months: tuple[Counted, ...]
    total: int


@dataclass(frozen=True)
class ArchivePage(Page):
    """archive.html: the newest decisions of all or of a kind, and the way to the others."""

    heading: str
    intro: str
    total: int
    kinds: tuple[Counted, ...]
    newest: tuple[Markup, ...]
    years: tuple[Year, ...]
    more: tuple[Link, ...]
    """Other ways into the same decisions."""
    show_kind: bool


@dataclass(frozen=True)
class MonthPage(Page):
    """month.html: the days of one month, with the number of decisions of each kind."""

    month: str
    kinds: tuple[str, ...]
    days: tuple[tuple[Counted, tuple[int, ...]], ...]
    total: int
    more: tuple[Link, ...]
    """The same decisions otherwise: in the search, as a bulletin, as files."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RegionDepartments:
    """The departments of one region, each with its number of decisions; `href` is the region's own page, if it has
    one."""

    name: str
    departments: tuple[Counted, ...]
    href: str = ""


@dataclass(frozen=True)
class HomePage(Page):
    """home.html: the search box, figures, the newest decisions, kinds, departments."""

    total: int
    month: str
    month_total: int
    kinds: tuple[Counted, ...]
    newest: tuple[Markup, ...]
    examples: tuple[Link, ...]
    """What one can type, each a search that finds something."""
    laws: tuple[Counted, ...]
    """Those that are cited most."""
    months: tuple[Counted, ...]
    """The newest."""
    regions: tuple[RegionDepartments, ...]


@dataclass(frozen=True)
class DepartmentsPage(Page):
    """departments.html: every department by region."""

    regions: tuple[RegionDepartments, ...]
