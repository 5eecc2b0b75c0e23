"""What search-records.html shows: one typed context, made from an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gongshi.query.facets import Choice, Count
from gongshi.query.question import Question
from gongshi.query.registered.items import RecordItem
from gongshi.query.registered.known import Known
from gongshi.query.registered.question import FACETS, RecordQuestion
from gongshi.query.registered.search import RecordAnswer
from gongshi.query.view import Chosen, FacetLink, FacetView
from gongshi.render.contexts import Page
from gongshi.render.look.site import Crumb, Head, Site

HEADING = "查找事前公开信息"


@dataclass(frozen=True)
class RecordsPage(Page):
    """search-records.html. `message` says why the question could not be answered, and what to do."""

    heading: str
    question: RecordQuestion
    message: str
    note: str
    """That the words were taken otherwise than they were typed."""
    answered: bool
    items: tuple[RecordItem, ...]
    total: Count | None
    facets: tuple[FacetView, ...]
    chosen: tuple[Chosen, ...]
    before: str
    after: str
    first: str
    all: str
    decisions: str
    """The search of decisions for the same words."""


def records_page(site: Site, answer: RecordAnswer) -> RecordsPage:
    """The page that shows an answer."""
    return _page(site, answer.question, answer.known, answer=answer)


def refused_records_page(site: Site, question: RecordQuestion, known: Known, message: str) -> RecordsPage:
    """The search form as it was filled in, with what is wrong and how to go on."""
    return _page(site, question, known, message=message)


def _page(
    site: Site,
    question: RecordQuestion,
    known: Known,
    *,
    message: str = "",
    answer: RecordAnswer | None = None,
) -> RecordsPage:
    title = f"{question.q} - {HEADING}" if question.q else HEADING
    return RecordsPage(
        site=site,
        head=Head(title, "/search", "search", "事前公开信息查询"),
        crumbs=(Crumb("首页", "/"), Crumb("查找")),
        updated_on="",
        heading=HEADING,
        question=question,
        message=message,
        note=_taken(answer) if answer and answer.typed else "",
        answered=answer is not None,
        items=answer.items if answer else (),
        total=answer.total if answer else None,
        facets=tuple(_facet(name, question, known, answer) for name in FACETS),
        chosen=_chosen(question, known),
        before=question.page_address(page=question.page - 1) if question.page > 1 else "",
        after=question.page_address(page=answer.next.page) if answer and answer.next else "",
        first=question.page_address(),
        all=RecordQuestion(q=question.q).page_address(),
        decisions=Question(q=question.q).address(),
    )


def _taken(answer: RecordAnswer) -> str:
    return f"没有与“{answer.typed}”完全一致的内容，以下按“{answer.question.q}”查找，几个词分别出现即可。"


def _facet(name: str, question: RecordQuestion, known: Known, answer: RecordAnswer | None) -> FacetView:
    chosen = question.facets.get(name, "")
    options = dict(known.of(name))
    if chosen and chosen not in options:
        options[chosen] = chosen
    links = tuple(_link(name, question, choice) for choice in answer.facets[name]) if answer else ()
    return FacetView(name, FACETS[name], options, chosen, links)


def _link(name: str, question: RecordQuestion, choice: Choice) -> FacetLink:
    chosen = question.facets.get(name) == choice.value
    href = replace(question, page=1).page_address(**{name: "" if chosen else choice.value})
    return FacetLink(choice.label, href, choice.count, chosen)


def _chosen(question: RecordQuestion, known: Known) -> tuple[Chosen, ...]:
    return tuple(
        Chosen(f"{FACETS[name]}：{known.of(name).get(value, value)}", question.page_address(**{name: ""}))
        for name, value in question.facets.items()
    )
