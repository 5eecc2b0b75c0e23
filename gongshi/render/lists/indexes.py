"""Pages that lead to the lists: home, all decisions, a kind, a department, the departments by region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from gongshi.records import DECISION_KINDS
from gongshi.render.contexts import ArchivePage, Counted, DepartmentsPage, HomePage, RegionDepartments
from gongshi.render.labels import kind_label
from gongshi.render.lists.overview import NEWEST, Tally
from gongshi.render.lists.years import years
from gongshi.render.look.site import Crumb, Head
from gongshi.render.press import Page, Press

HOME_NEWEST = 10
_HOME = Crumb("首页", "/")
_ALL = "六类行政执法决定和双随机抽查结果，按首次公示日期排列。"


def archive(press: Press) -> Iterator[Page]:
    """The newest of all decisions, and the way to the others."""
    tally = press.overview.all
    yield _archive(press, tally, _Index(base="/decisions/", heading="六类决定", intro=_ALL))


def kind_archive(press: Press, kind: str) -> Iterator[Page]:
    """The same of a kind."""
    yield _archive(press, press.overview.kinds[kind], _kind_index(kind, f"/kinds/{kind}/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    """One index: where it is, what it is called, and whether it is a kind's."""

    base: str
    heading: str
    intro: str
    kind: str = ""

    @property
    def only(self) -> dict[str, str]:
        """Which decisions it is of."""
        return {"kind": self.kind} if self.kind else {}

    @property
    def months(self) -> str:
        """The address before the months of the index."""
        return f"/kinds/{self.kind}/" if self.kind else "/months/"

    @property
    def crumbs(self) -> tuple[Crumb, ...]:
        if self.kind:
            return _HOME, Crumb("六类决定", "/decisions/"), Crumb(self.heading)
        return _HOME, Crumb(self.heading)


def _kind_index(kind: str, base: str) -> _Index:
    record = DECISION_KINDS[kind]
    return _Index(base=base, heading=record.label, intro=record.summary, kind=kind)


def _archive(press: Press, tally: Tally, index: _Index) -> Page:
    newest = press.entries.newest(NEWEST, **index.only)

    def context() -> ArchivePage:
        return ArchivePage(
            site=press.site,
            head=Head(
                index.heading, index.base, "decisions", index.heading, description=index.intro, accent=index.kind
            ),
            crumbs=index.crumbs,
            updated_on=tally.updated_on,
            heading=index.heading,
            intro=index.intro,
            total=tally.total,
            kinds=() if index.kind else kinds(tally, everywhere=True),
            newest=press.listings.of(newest, kind=not index.kind),
            years=years(tally.months, index.months),
            show_kind=not index.kind,
        )

    shows = (repr(index), *tally.marks(), *(one.mark for one in newest))
    return press.page(index.base, "archive.html", shows, context)


def kinds(tally: Tally, *, everywhere: bool) -> tuple[Counted, ...]:
    """The kinds with their numbers; those without a decision only where `everywhere`."""
    return tuple(
        Counted(kind_label(kind), f"/kinds/{kind}/", tally.kinds[kind], kind)
        for kind in DECISION_KINDS
        if everywhere or tally.kinds[kind]
    )


def _regions(press: Press) -> tuple[RegionDepartments, ...]:
    departments = press.overview.departments
    return tuple(
        RegionDepartments(
            region,
            tuple(
                Counted(channel.name, f"/departments/{channel.key}/", departments[channel.key].total)
                for channel in group
            ),
        )
        for region, group in groupby(press.channels.values(), key=lambda channel: channel.region)
    )


def home(press: Press) -> Iterator[Page]:
    """The front page."""
    tally = press.overview.all
    newest = press.entries.newest(HOME_NEWEST)
    regions = _regions(press)
    month = max(tally.months, default="")

    def context() -> HomePage:
        return HomePage(
            site=press.site,
            head=Head(press.site.name, "/", "home", "首页", description=_description(press)),
            crumbs=(),
            updated_on=tally.updated_on,
            total=tally.total,
            month=month,
            month_total=tally.months[month],
            kinds=kinds(tally, everywhere=True),
            newest=press.listings.of(newest),
            regions=regions,
        )

    shows = (*tally.marks(), *(one.mark for one in newest), repr(regions))
    yield press.page("/", "home.html", shows, context)


def _description(press: Press) -> str:
    acts = "、".join(kind_label(kind) for kind in DECISION_KINDS)
    return f"{press.site.name}：{acts}的统一公示和查询。"


def departments(press: Press) -> Iterator[Page]:
    """Every department by region."""
    regions, updated_on = _regions(press), press.overview.all.updated_on

    def context() -> DepartmentsPage:
        return DepartmentsPage(
            site=press.site,
            head=Head("部门", "/departments/", "departments", "部门"),
            crumbs=(_HOME, Crumb("部门")),
            updated_on=updated_on,
            regions=regions,
        )

    yield press.page("/departments/", "departments.html", (repr(regions), updated_on), context)
