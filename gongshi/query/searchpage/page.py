"""The search page made of what was found, or of what could not be answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from gongshi.query import things
from gongshi.query.direct import SHORT_NAME, Direct
from gongshi.query.everything import TELLING, Found, Other
from gongshi.query.filters import OF_DECISIONS
from gongshi.query.hits import Hit, of_decision, of_record, of_thing, shortly, tagged
from gongshi.query.known import Known
from gongshi.query.question import DAYS, PAGE_SIZE, Order, Question
from gongshi.query.registered.items import RecordItem
from gongshi.query.searchpage import links, words
from gongshi.query.searchpage.context import Field, Named, SearchPage
from gongshi.query.searchpage.links import Link
from gongshi.render.contexts import Feed
from gongshi.render.look.site import Crumb, Head, Site

HEADING = "查找"
FEED = "/search.atom"
FILES = {FEED: "订阅本次查找（Atom）", "/search.csv": "下载结果（CSV）", "/search.xlsx": "下载结果（XLSX）"}
"""Where the hits of a search of decisions can be had otherwise."""


def refused_page(site: Site, question: Question, known: Known | None, message: str) -> SearchPage:
    """The search form as it was filled in, with what is wrong and how to go on."""
    return replace(_asked(site, question), chosen=links.chosen(question, known), message=message)


def search_page(site: Site, found: Found) -> SearchPage:
    """The page that shows what was found."""
    question = found.addressed
    direct = {one.path: Named(one.title, one.path, _why(one)) for one in found.understood.direct}
    hits, more = _hits(found, direct)
    others = sorted(found.others, key=lambda other: _address(other.found) not in direct)
    above = _saying(map(_other, (one for one in others if one.score >= TELLING or not hits)), direct)
    for hit in above or hits[:1]:
        direct.pop(hit.href, None)  # it stands there, and says so
    page = replace(
        _asked(site, found.question),
        chosen=links.chosen(question, found.decisions.known if found.decisions else None, found),
        answered=True,
        notes=tuple(words.notes(found)),
        direct=tuple(direct.values()),
        tabs=tuple(map(links.tab, found.tabs)),
        above=above,
        below=tuple(_other(one) for one in others if one.score < TELLING) if hits else (),
        found=words.told(found, is_something=bool(direct or above)),
        hits=hits,
        nothing=not (hits or direct or above),
        before=question.address(page=question.page - 1) if question.page > 1 else "",
        after=question.address(page=question.page + 1) if more else "",
        facets=tuple(links.facets(found)) if hits else (),
        near=tuple(Link(one.text, one.question.address(), count=one.count) for one in found.near),
        tries=tuple(map(links.attempt, found.tries)),
        hints=tuple(words.hints(found.question, found.whom)),
    )
    return _of_decisions(page, question) if hits and question.type in OF_DECISIONS else page


def _asked(site: Site, question: Question) -> SearchPage:
    """The page of a question without an answer."""
    title = f"{question.q} - {HEADING}" if question.q else HEADING
    return SearchPage(
        site=site,
        head=Head(title=title, path="/search", section="search", column="公示信息查询"),
        crumbs=(Crumb("首页", "/"), Crumb(HEADING)),
        updated_on="",
        heading=HEADING,
        words=question.q,
        kept=_kept(question),
        chosen=(),
        all=Question(q=question.q, type=question.type).address(),
        first=question.address(),
        hints=tuple(words.hints(question)),
        page=question.page,
    )


def _of_decisions(page: SearchPage, question: Question) -> SearchPage:
    """The page with what only a search that found decisions has."""
    return replace(
        page,
        days=tuple(_days(question)),
        days_kept=(Field("q", question.q), *_kept(question, *DAYS)),
        orders=tuple(links.orders(question)) if len(page.hits) > 1 else (),
        files=tuple(Link(label, question.address(base)) for base, label in FILES.items()),
        feeds=(Feed("本次查找", question.address(FEED)),),
    )


def _kept(question: Question, *without: str) -> tuple[Field, ...]:
    return tuple(Field(name, value) for name, value in question.said(*without).items())


def _days(question: Question) -> Iterator[Field]:
    for name, label in (("from", "从"), ("to", "到")):
        yield Field(name, question.narrowing.get(name, ""), label)


def _hits(found: Found, direct: Mapping[str, Named]) -> tuple[tuple[Hit, ...], bool]:
    """The hits of this page, and whether there is another."""
    hits, more = _of_type(found)
    return _saying(hits, direct), more


def _saying(hits: Iterable[Hit], direct: Mapping[str, Named]) -> tuple[Hit, ...]:
    """The same hits; what the words name says so."""
    return tuple(tagged(hit, direct[hit.href].why) if hit.href in direct else hit for hit in hits)


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


def _other(other: Other) -> Hit:
    found = other.found
    hit = shortly(of_record(found) if isinstance(found, RecordItem) else of_thing(found))
    return tagged(hit, "其他部门也有", "gs-tag") if other.elsewhere else hit
