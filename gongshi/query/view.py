"""What the server's own templates show: one typed context per template, made from an answer.

search.html: SearchPage. message.html: MessagePage. data.html: DataPage. All wear page.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongshi.query.facets import Choice, Count
from gongshi.query.filters import FILTERS
from gongshi.query.items import Item
from gongshi.query.known import Known
from gongshi.query.question import LAST_PAGE, ORDER_LABELS, Order, Question
from gongshi.query.registered.beside import Beside
from gongshi.query.registered.question import RecordQuestion
from gongshi.query.search import BEST_OF, Answer
from gongshi.query.tables import TABLES, Table
from gongshi.render.contexts import Page
from gongshi.render.look.site import Crumb, Head, Site

OPEN = 10
"""Values of a facet that are listed at once; the rest opens on demand."""

HEADING = "查找执法决定"


@dataclass(frozen=True, slots=True)
class FacetLink:
    """One value of a facet as a link; choosing the chosen one again takes it away."""

    label: str
    href: str
    count: Count | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet: `options` for the form, `links` with counts beside the hits."""

    name: str
    label: str
    options: dict[str, str]
    chosen: str
    links: tuple[FacetLink, ...] = ()

    @property
    def groups(self) -> tuple[tuple[FacetLink, ...], ...]:
        """The links shown at once, and the others."""
        return tuple(group for group in (self.links[:OPEN], self.links[OPEN:]) if group)


@dataclass(frozen=True, slots=True)
class OrderView:
    """One order to choose."""

    value: str
    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """One condition that narrows the search; `href` is the search without it."""

    label: str
    href: str


@dataclass(frozen=True)
class SearchPage(Page):
    """search.html. `message` says why the question could not be answered, and what to do."""

    heading: str
    question: Question
    message: str
    notes: tuple[str, ...]
    answered: bool
    items: tuple[Item, ...]
    total: Count | None
    facets: tuple[FacetView, ...]
    orders: tuple[OrderView, ...]
    chosen: tuple[Chosen, ...]
    before: str
    after: str
    first: str
    all: str
    records: str
    """The search of registers and lists for the same words."""
    registered: Beside | None
    """What they have of them."""


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
    return _search_page(site, question, known, message=message)


def search_page(site: Site, answer: Answer, registered: Beside | None = None) -> SearchPage:
    """The page that shows an answer, and what registers and lists have of its words."""
    return _search_page(site, answer.question, answer.known, answer=answer, registered=registered)


def _search_page(
    site: Site,
    question: Question,
    known: Known | None,
    *,
    message: str = "",
    answer: Answer | None = None,
    registered: Beside | None = None,
) -> SearchPage:
    title = f"{question.q} - {HEADING}" if question.q else HEADING
    before = question.address(page=question.page - 1) if question.page > 1 else ""
    after = answer.next.address(page=answer.next.page) if answer and answer.next else ""
    return SearchPage(
        site=site,
        head=_head(title, "/search", "search"),
        crumbs=(Crumb("首页", "/"), Crumb("查找")),
        updated_on="",
        heading=HEADING,
        question=question,
        message=message,
        notes=_notes(answer),
        answered=answer is not None,
        items=answer.items if answer else (),
        total=answer.total if answer else None,
        facets=tuple(_facet(name, question, known, answer) for name in FILTERS) if known else (),
        orders=tuple(_order(order, question) for order in Order),
        chosen=_chosen(question, known),
        before=before,
        after=after,
        first=question.address(),
        all=Question(q=question.q).address(),
        records=RecordQuestion(q=question.q).page_address(),
        registered=registered,
    )


def _head(title: str, path: str, section: str) -> Head:
    return Head(title=title, path=path, section=section, column="执法决定查询")


def _notes(answer: Answer | None) -> tuple[str, ...]:
    """What a reader should know of how the answer came about."""
    if answer is None:
        return ()
    notes = []
    if answer.typed:
        notes.append(f"没有与“{answer.typed}”完全一致的内容，以下按“{answer.question.q}”查找，几个词分别出现即可。")
    ranked = answer.ranked and answer.question.sorting is Order.BEST
    if ranked and not (answer.total and answer.total.exact and answer.total.value <= BEST_OF):
        notes.append(f"“最相关”只在最新的 {BEST_OF} 条结果中排序；要看全部结果，请按“最新公示”排序。")
    if answer.question.sorting is Order.BEST and not answer.ranked:
        notes.append("这个词太常见，无法按相关程度排序，以下按最新公示排列。")
    if answer.question.page == LAST_PAGE:
        notes.append("只列出最新的一万条；请增加检索词，或者选定部门、类别、年份。")
    return tuple(notes)


def _facet(name: str, question: Question, known: Known, answer: Answer | None) -> FacetView:
    chosen = question.facets.get(name, "")
    options = dict(known.of(name))
    links: tuple[FacetLink, ...] = ()
    if answer:
        links = tuple(_links(name, question, answer.facets[name]))
    if chosen and chosen not in options:
        options[chosen] = chosen
    return FacetView(name, FILTERS[name].label, options, chosen, links)


def _links(name: str, question: Question, choices: Sequence[Choice]) -> Iterator[FacetLink]:
    taken = question.facets.get(name)
    for choice, href in zip(choices, question.narrowed(name, (choice.value for choice in choices)), strict=True):
        chosen = choice.value == taken
        yield FacetLink(choice.label, question.address(**{name: ""}) if chosen else href, choice.count, chosen)


def _order(order: Order, question: Question) -> OrderView:
    return OrderView(order.value, ORDER_LABELS[order], question.address(order=order), order is question.sorting)


def _told(name: str, value: str, known: Known | None) -> str:
    return f"{FILTERS[name].label}：{known.of(name).get(value, value) if known else value}"


def _chosen(question: Question, known: Known | None) -> tuple[Chosen, ...]:
    return tuple(
        Chosen(_told(name, value, known), question.address(**{name: ""})) for name, value in question.facets.items()
    )
