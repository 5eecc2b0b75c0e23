"""Pages that lead to the lists: home, all decisions, a kind, a department, the departments by region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from gongshi.records import DECISION_KINDS
from gongshi.render.browse.laws import most_cited
from gongshi.render.contexts import SITE_FEEDS, ArchivePage, Counted, DepartmentsPage, HomePage, Link, RegionDepartments
from gongshi.render.feeds import channel
from gongshi.render.labels import kind_label
from gongshi.render.lists.entries import Entry
from gongshi.render.lists.overview import NEWEST, Tally
from gongshi.render.lists.years import years
from gongshi.render.look.site import Crumb, Head, Site
from gongshi.render.press import Page, Press
from gongshi.render.words import date_zh

HOME_NEWEST, HOME_LAWS, HOME_MONTHS = 10, 8, 12
_NUMBER = "SELECT document_number FROM decisions WHERE sort = ?"
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
            feeds=channel.of_kind(index.kind) if index.kind else SITE_FEEDS,
            years=years(tally.months, index.months),
            more=_more(index),
            show_kind=not index.kind,
        )

    shows = (repr(index), *tally.marks(), *(one.mark for one in newest))
    return press.page(index.base, "archive.html", shows, context)


def _more(index: _Index) -> tuple[Link, ...]:
    """Other ways into the decisions of an index."""
    feed = channel.of_kind(index.kind)[0].href if index.kind else SITE_FEEDS[0].href
    return (
        Link("查找和筛选", f"/search?kind={index.kind}" if index.kind else "/search"),
        *(() if index.kind else (Link("按部门", "/departments/"), Link("按地区", "/counties/"))),
        *(() if index.kind else (Link("按依据的法律", "/laws/"), Link("按执法事项", "/items/"))),
        Link("公示统计", "/figures/"),
        Link("每月公报", "/bulletins/"),
        Link("整月下载", "/downloads/"),
        Link("订阅", feed),
    )


def kinds(tally: Tally, *, everywhere: bool) -> tuple[Counted, ...]:
    """The kinds with their numbers; those without a decision only where `everywhere`."""
    return tuple(
        Counted(kind_label(kind), f"/kinds/{kind}/", tally.kinds[kind], kind)
        for kind in DECISION_KINDS
        if everywhere or tally.kinds[kind]
    )


def _regions(press: Press) -> tuple[RegionDepartments, ...]:
    tallies = press.overview.departments
    return tuple(
        RegionDepartments(
            press.registry.regions[code],
            tuple(Counted(press.channels[key].name, f"/departments/{key}/", tallies[key].total) for key in keys),
            f"/counties/{code}/",
        )
        for code, keys in press.counties.items()
    )


def home(press: Press) -> Iterator[Page]:
    """The front page."""
    tally = press.overview.all
    newest = press.entries.newest(HOME_NEWEST)
    regions, laws = _regions(press), most_cited(press, HOME_LAWS)
    month = max(tally.months, default="")
    examples = _examples(press, newest, laws)

    def context() -> HomePage:
        return HomePage(
            site=press.site,
            head=Head(
                press.site.name, "/", "home", "首页", description=_description(press), linked=_linked(press.site)
            ),
            crumbs=(),
            updated_on=tally.updated_on,
            total=tally.total,
            month=month,
            month_total=tally.months[month],
            kinds=kinds(tally, everywhere=True),
            newest=press.listings.of(newest),
            examples=examples,
            laws=laws,
            months=_months(tally),
            regions=regions,
        )

    shows = (*tally.marks(), *(one.mark for one in newest), repr(examples), repr(laws), repr(regions))
    yield press.page("/", "home.html", shows, context)


def _examples(press: Press, newest: Sequence[Entry], laws: Sequence[Counted]) -> tuple[Link, ...]:
    """A number, a law, a department: never a party, whoever it is."""
    numbers = (press.db.execute(_NUMBER, (one.sort,)) for one in newest)
    number = next((row["document_number"] for rows in numbers for row in rows if row["document_number"]), "")
    departments = (press.channels[one.department].name for one in newest[:1])
    words = [number, *(law.text.strip("《》") for law in laws[:1]), *departments]
    return tuple(Link(word, f"/search?{urlencode({'q': word})}") for word in words if word)


def _months(tally: Tally) -> tuple[Counted, ...]:
    """The newest months, the newest first."""
    newest = sorted((month for month, count in tally.months.items() if count), reverse=True)[:HOME_MONTHS]
    return tuple(Counted(date_zh(month), f"/months/{month}/", tally.months[month]) for month in newest)


def _linked(site: Site) -> dict[str, object] | None:
    """The site and its search, for search engines; nothing before the city has an address."""
    if not site.url:
        return None
    search = {"@type": "EntryPoint", "urlTemplate": f"{site.url}/search?q={{q}}"}
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.name,
        "url": f"{site.url}/",
        "inLanguage": "zh-CN",
        "publisher": {"@type": "GovernmentOrganization", "name": site.organiser or site.name},
        "potentialAction": {"@type": "SearchAction", "target": search, "query-input": "required name=q"},
    }


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
