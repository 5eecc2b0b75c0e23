"""What the server's own templates show: one typed context per template, made from an answer.

search.html: SearchPage. message.html: MessagePage. data.html: DataPage. All wear page.html.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gongshi.query import things
from gongshi.query.direct import SHORT_NAME, Direct
from gongshi.query.everything import TELLING, Found, Tab, Try
from gongshi.query.facets import Choice, Count
from gongshi.query.filters import FILTERS, OF_DECISIONS, OF_RECORDS, RECORDS, TYPES
from gongshi.query.hits import Hit, of_decision, of_record, of_thing, shortly, tagged
from gongshi.query.known import Known
from gongshi.query.question import DAYS, LAST_PAGE, ORDER_LABELS, PAGE_SIZE, Order, Question
from gongshi.query.registered.items import OFFICER, RecordItem
from gongshi.query.search import BEST_OF, LARGEST_OF
from gongshi.query.tables import TABLES, Table
from gongshi.query.understanding import MEANT, NUMBER
from gongshi.render.contexts import SITE_FEEDS, Feed, Page
from gongshi.render.look.site import Crumb, Head, Site
from gongshi.render.words import date_zh

FEED = "/search.atom"
FILES = {FEED: "订阅本次查找（Atom）", "/search.csv": "下载结果（CSV）", "/search.xlsx": "下载结果（XLSX）"}
"""Where the hits of a search of decisions can be had otherwise."""
OPEN = 8
"""Values of a filter that are listed at once; the rest opens on demand."""

HEADING = "查找"
_OF_RECORDS = {"type": "信息种类", "department": "公示部门", "act": "执法类别"}
"""What registers and lists are narrowed by: the parameter, its label."""
_KIND = "kind"
"""What their answer calls the parameter `type`."""


@dataclass(frozen=True, slots=True)
class FacetLink:
    """One value of a filter as a link; choosing the chosen one again takes it away."""

    label: str
    href: str
    count: Count | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """One filter with its values."""

    label: str
    links: tuple[FacetLink, ...]

    @property
    def groups(self) -> tuple[tuple[FacetLink, ...], ...]:
        """The links shown at once, and the others."""
        return tuple(group for group in (self.links[:OPEN], self.links[OPEN:]) if group)


@dataclass(frozen=True, slots=True)
class Link:
    """A tab, an order, or a condition that can be taken away."""

    label: str
    href: str
    current: bool = False
    count: Count | None = None


class Field(NamedTuple):
    """A field of a form; a label only where the reader fills it in."""

    name: str
    value: str
    label: str = ""


class Note(NamedTuple):
    """What a reader should know of the answer; a `warning` where it is not what was asked for."""

    text: str
    warning: bool = False


class Named(NamedTuple):
    """What the words name as a whole, and what of it they are."""

    title: str
    href: str
    why: str


@dataclass(frozen=True)
class SearchPage(Page):
    """search.html. `message` says why the question could not be answered, and what to do."""

    heading: str
    words: str
    kept: tuple[Field, ...]
    """What a new search for other words keeps of this one."""
    message: str
    notes: tuple[Note, ...]
    direct: tuple[Named, ...]
    tabs: tuple[Link, ...]
    others: str
    """What is no decision, in words."""
    above: tuple[Hit, ...]
    below: tuple[Hit, ...]
    """Of that what the words tell much of, and what only has them somewhere."""
    answered: bool
    found: str
    """What was found, in words."""
    hits: tuple[Hit, ...]
    page: int
    chosen: tuple[Link, ...]
    all: str
    facets: tuple[FacetView, ...]
    days: tuple[Field, ...]
    days_kept: tuple[Field, ...]
    orders: tuple[Link, ...]
    before: str
    after: str
    first: str
    nothing: bool
    """Whether there is nothing at all to show."""
    files: tuple[Link, ...]
    """The same decisions as a feed and as tables."""
    near: tuple[Link, ...]
    tries: tuple[Link, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True)
class MessagePage(Page):
    """message.html."""

    heading: str
    message: str


@dataclass(frozen=True)
class DataPage(Page):
    """data.html."""

    tables: tuple[Table, ...]


def message_page(site: Site, path: str, heading: str, message: str) -> MessagePage:
    """A page that says one thing."""
    return MessagePage(site, _head(heading, path, ""), (), "", heading, message)


def data_page(site: Site) -> DataPage:
    """The index of the tables."""
    head = _head("公示数据表", "/data/", "data")
    return DataPage(site, head, (Crumb("首页", "/"), Crumb("公示数据表")), "", tuple(TABLES.values()))


def refused_page(site: Site, question: Question, known: Known | None, message: str) -> SearchPage:
    """The search form as it was filled in, with what is wrong and how to go on."""
    return _search_page(site, question, chosen=_chosen(question, known), message=message)


def search_page(site: Site, found: Found) -> SearchPage:
    """The page that shows what was found."""
    question = found.question
    direct = {one.path: Named(one.title, one.path, _why(one)) for one in found.understood.direct}
    hits, more = _hits(found, direct)
    others = [other for other in found.others if _address(other.found) not in direct]
    above = tuple(_other(other.found) for other in others if other.score >= TELLING or not hits)
    if hits and not above:
        direct.pop(hits[0].href, None)  # it stands there, and says so
    return _search_page(
        site,
        question,
        chosen=_chosen(question, found.decisions.known if found.decisions else None, found),
        answered=True,
        notes=tuple(_notes(found)),
        direct=tuple(direct.values()),
        tabs=tuple(map(_tab, found.tabs)),
        above=above,
        below=tuple(_other(other.found) for other in others if other.score < TELLING) if hits else (),
        found=_told(found, is_something=bool(direct or above)),
        hits=hits,
        facets=tuple(_facets(found)) if hits else (),
        orders=tuple(_orders(question)) if hits and question.type in OF_DECISIONS else (),
        after=question.address(page=question.page + 1) if more else "",
        near=tuple(Link(one.text, one.question.address(), count=one.count) for one in found.near),
        tries=tuple(map(_try, found.tries)),
    )


def _search_page(
    site: Site,
    question: Question,
    *,
    chosen: tuple[Link, ...],
    message: str = "",
    answered: bool = False,
    notes: tuple[Note, ...] = (),
    direct: tuple[Named, ...] = (),
    tabs: tuple[Link, ...] = (),
    above: tuple[Hit, ...] = (),
    below: tuple[Hit, ...] = (),
    found: str = "",
    hits: tuple[Hit, ...] = (),
    facets: tuple[FacetView, ...] = (),
    orders: tuple[Link, ...] = (),
    after: str = "",
    near: tuple[Link, ...] = (),
    tries: tuple[Link, ...] = (),
) -> SearchPage:
    of_decisions = bool(hits) and question.type in OF_DECISIONS
    return SearchPage(
        site=site,
        head=_head(f"{question.q} - {HEADING}" if question.q else HEADING, "/search", "search"),
        crumbs=(Crumb("首页", "/"), Crumb(HEADING)),
        updated_on="",
        heading=HEADING,
        words=question.q,
        kept=_kept(question),
        message=message,
        notes=notes,
        direct=direct,
        tabs=tabs,
        above=above,
        below=below,
        others="事前公开、部门和说明",
        answered=answered,
        found=found,
        hits=hits,
        page=question.page,
        chosen=chosen,
        all=Question(q=question.q, type=question.type).address(),
        facets=facets,
        days=tuple(_days(question)) if of_decisions else (),
        days_kept=(Field("q", question.q), *_kept(question, *DAYS)) if of_decisions else (),
        orders=orders,
        before=question.address(page=question.page - 1) if question.page > 1 else "",
        after=after,
        first=question.address(),
        nothing=answered and not (hits or direct or above),
        files=tuple(Link(label, question.address(base)) for base, label in FILES.items()) if orders else (),
        near=near,
        tries=tries,
        hints=tuple(_hints(question)),
        feeds=(Feed("本次查找", question.address(FEED)),) if orders else SITE_FEEDS,
    )


def _head(title: str, path: str, section: str) -> Head:
    return Head(title=title, path=path, section=section, column="公示信息查询")


def _kept(question: Question, *without: str) -> tuple[Field, ...]:
    return tuple(Field(name, value) for name, value in question.said(*without).items())


def _days(question: Question) -> Iterator[Field]:
    for name, label in (("from", "从"), ("to", "到")):
        yield Field(name, question.narrowing.get(name, ""), label)


def _hits(found: Found, direct: Mapping[str, Named]) -> tuple[tuple[Hit, ...], bool]:
    """The hits of this page, and whether there is another; what the words name says so."""
    hits, more = _of_type(found)
    return tuple(tagged(hit, direct[hit.href].why) if hit.href in direct else hit for hit in hits), more


def _of_type(found: Found) -> tuple[tuple[Hit, ...], bool]:
    if found.decisions:
        by_amount = found.question.sorting is Order.AMOUNT
        return tuple(of_decision(item, by_amount=by_amount) for item in found.decisions.items), found.decisions.more
    if found.records:
        return tuple(map(of_record, found.records.items)), found.records.more
    start = (found.question.page - 1) * PAGE_SIZE
    return tuple(map(of_thing, found.things[start : start + PAGE_SIZE])), len(found.things) > start + PAGE_SIZE


def _why(direct: Direct) -> str:
    return direct.why if direct.why == SHORT_NAME else f"{direct.why}相同"


def _address(found: RecordItem | things.Hit) -> str:
    return found.record.href if isinstance(found, RecordItem) else found.thing.path


def _other(found: RecordItem | things.Hit) -> Hit:
    return shortly(of_record(found) if isinstance(found, RecordItem) else of_thing(found))


def _told(found: Found, *, is_something: bool) -> str:
    """How much was found, where `is_something` beside what was asked for."""
    if found.total is None:
        return "查找结果"
    if found.total == Count(0):
        return "没有执法决定提到它" if is_something else "没有找到符合条件的内容"
    question = found.question
    told = f"{'' if found.total.exact else '超过 '}{found.total.value:,} 条"
    if question.type in OF_DECISIONS:
        said = "找到" if question.q or question.is_narrowed else "已公示"
    else:
        said = "找到" if question.q else "已公布"
    return f"{said} {told}{f'，第 {question.page} 页' if question.page > 1 else ''}"


def _notes(found: Found) -> Iterator[Note]:
    """How the answer came about."""
    question, meant = found.question, found.understood
    if found.near and found.decisions and found.decisions.items:
        yield Note(f"没有找到“{question.q}”，以下是“{found.near[0].text}”的结果。", warning=True)
    elif meant.by == MEANT:
        told = f"没有与“{question.q}”完全一致的内容，以下按“{meant.question.q}”查找，几个词分别出现即可。"
        yield Note(told, warning=True)
    elif meant.by == NUMBER:
        yield Note(f"按文号“{meant.word}”查找。")
    elif meant.by:
        yield Note(f"已按“{meant.word}”查找“{meant.source}”。")
    if found.decisions:
        yield from map(Note, _of_order(found))
    if question.page == LAST_PAGE:
        yield Note("只列出最新的一万条；请增加检索词，或者选定部门、类别、年份。")


def _hints(question: Question) -> Iterator[str]:
    """What to try where nothing was found."""
    if question.type == OFFICER:
        yield (
            "没有找到这样的执法人员：请核对姓名、证号；也可以到“执法人员”页按部门查看，或者拨打出示证件的人所说的部门的监督"
            "举报电话；"
        )
    if len(question.words) > 1:
        yield "少用几个词：各个词须同时出现；"
    yield "少用几个字，例如只填单位名称中最有特点的两三个字，或者只填文号的数字；"
    if question.type in OF_DECISIONS:
        yield "自然人的姓名只公示姓氏，例如“张某某”，按全名查不到；"


def _of_order(found: Found) -> Iterator[str]:
    answer = found.decisions
    assert answer
    sorting = answer.question.sorting
    whole = answer.total.value if answer.total and answer.total.exact else None
    if sorting is Order.BEST and not answer.ranked:
        yield "这个词太常见，无法按相关程度排序，以下按最新公示排列。"
    elif sorting is Order.BEST and (whole is None or whole > BEST_OF):
        yield f"“最相关”主要在最新的 {BEST_OF} 条结果中排序；要看全部结果，请按“最新公示”排序。"
    elif sorting is Order.AMOUNT and (whole is None or whole > LARGEST_OF):
        yield f"“金额最大”只在最新的 {LARGEST_OF} 条结果中排序。"


def _tab(tab: Tab) -> Link:
    return Link(tab.label, tab.question.address(), tab.is_current, tab.count)


def _try(one: Try) -> Link:
    return Link(one.why, one.question.address(), count=one.count)


def _orders(question: Question) -> Iterator[Link]:
    for order, label in ORDER_LABELS.items():
        if order is not Order.BEST or question.words:
            yield Link(label, question.address(order=order), order is question.sorting)


def _facets(found: Found) -> Iterator[FacetView]:
    """Filters with a choice to make: what has one value only narrows nothing."""
    question = found.question
    for name, label, choices in _offered(found):
        links = tuple(_links(question, name, choices))
        if len(links) > 1 or any(link.chosen for link in links):
            yield FacetView(label, links)


def _offered(found: Found) -> Iterator[tuple[str, str, Sequence[Choice]]]:
    if found.decisions:
        for name, choices in found.decisions.facets.items():
            yield name, FILTERS[name].label, choices
    if found.records:
        for name, label in _OF_RECORDS.items():
            yield name, label, found.records.facets[_KIND if name == "type" else name]


def _links(question: Question, name: str, choices: Sequence[Choice]) -> Iterator[FacetLink]:
    taken = question.type if name == "type" else question.act if name == "act" else question.facets.get(name)
    without = question.address(**{name: RECORDS if name == "type" else ""})
    for choice, href in zip(choices, question.narrowed(name, (choice.value for choice in choices)), strict=True):
        chosen = choice.value == taken
        yield FacetLink(choice.label, without if chosen else href, choice.count, chosen)


def _chosen(question: Question, known: Known | None, found: Found | None = None) -> tuple[Link, ...]:
    """The conditions that narrow the search, each as the search without it."""
    if question.type in OF_RECORDS:
        return tuple(_chosen_of_records(question, found))
    labels = {name: known.of(name) for name in question.facets} if known else {}
    return tuple(
        Link(_condition(name, value, labels.get(name, {})), question.address(**{name: ""}))
        for name, value in question.narrowing.items()
    )


def _condition(name: str, value: str, labels: Mapping[str, str]) -> str:
    if name in DAYS:
        return f"{DAYS[name]} {date_zh(value)}"
    return f"{FILTERS[name].label}：{labels.get(value, value)}"


def _chosen_of_records(question: Question, found: Found | None) -> Iterable[Link]:
    if question.type != RECORDS:
        yield Link(f"信息种类：{TYPES[question.type]}", question.address(type=RECORDS))
    if question.department:
        names = found.records.known.of("department") if found and found.records else {}
        name = names.get(question.department, question.department)
        yield Link(f"公示部门：{name}", question.address(department=""))
    if question.act:
        yield Link(f"执法类别：{question.act}", question.address(act=""))
