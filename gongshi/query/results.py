"""/search.atom, /search.csv, /search.xlsx: the decisions that a search finds, to subscribe to and to take along.

They have the address of the page, and the same decisions in the same order, masked as there. Registers and lists are
not handed out so: whoever checks an officer's certificate finds it on a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, TypeVar

import orjson
from datasette.app import Datasette
from starlette.requests import Request
from starlette.responses import Response

from gongshi.query.database import Reading, answered
from gongshi.query.errors import NoResults, UnknownValue
from gongshi.query.everything import close_to, surely
from gongshi.query.exports import chunks, columns_for, csv_of, rows_at
from gongshi.query.filters import OF_DECISIONS
from gongshi.query.headers import UNKEPT
from gongshi.query.known import known
from gongshi.query.press import site_settings
from gongshi.query.question import DAYS, LISTED, Order, Question, parse
from gongshi.query.search import places
from gongshi.query.streams import Streams
from gongshi.query.understanding import understood
from gongshi.records import DECISION_KINDS
from gongshi.records.spreadsheet import BOM, csv_lines
from gongshi.render.downloads.rows import Row
from gongshi.render.downloads.workbook import TYPE as XLSX
from gongshi.render.downloads.workbook import SheetOf, workbook
from gongshi.render.feeds import atom
from gongshi.render.feeds.channel import ATOM, ENTRY_COLUMNS, NEWEST, Channel, decision_entry

FEED, TABLE, BOOK = "/search.atom", "/search.csv", "/search.xlsx"
"""Where the results of a question are, beside its page."""
FILES = {"atom": FEED, "csv": TABLE, "xlsx": BOOK}
_MARK = 12
"""Bytes of a feed's hash."""
CSV = "text/csv; charset=utf-8"
_AT = "WHERE sort IN (SELECT value FROM json_each(?))"
_ENTRIES = f"SELECT {ENTRY_COLUMNS} FROM decisions {_AT} ORDER BY sort DESC"  # noqa: S608 - constants
_KINDS = f"SELECT sort, kind FROM decisions {_AT}"  # noqa: S608 - constants
_DAY = "SELECT first_published_on FROM decisions WHERE sort = ?"


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Hits:
    """What a file of results is made of: the places in the order of the search, `kind` where only one was asked for,
    the places of each kind, the day of the newest, the site's address."""

    places: Sequence[int]
    kind: str
    by_kind: Mapping[str, Sequence[int]]
    day: str
    url: str

    def headers(self, ending: str) -> dict[str, str]:
        """The headers of a file that holds them."""
        return {**UNKEPT, "content-disposition": f'attachment; filename="search-{self.day}.{ending}"'}


class Results:
    """The handlers of one server."""

    def __init__(self, datasette: Datasette, streams: Streams) -> None:
        self._datasette, self._streams = datasette, streams

    async def feed(self, request: Request) -> Response:
        """/search.atom: the newest of the decisions that a search finds; who has it already is told so. Raises
        Refused."""
        question = asked(request)
        body = await self._look(lambda db: feed(db, question))
        mark = blake2b(body, digest_size=_MARK).hexdigest()
        headers = {"etag": f'"{mark}"'}
        if mark in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type=ATOM)

    async def table(self, request: Request) -> Response:
        """/search.csv: a row a party, for spreadsheets. Raises Refused."""
        question = asked(request)
        hits = await self._look(lambda db: found(db, question))
        return self._streams.answer(request, self._csv(hits), hits.headers("csv"), CSV)

    async def book(self, request: Request) -> Response:
        """/search.xlsx: a sheet for each kind. Raises Refused."""
        question = asked(request)
        hits = await self._look(lambda db: found(db, question))
        return self._streams.answer(request, workbook(self._sheets(hits)), hits.headers("xlsx"), XLSX)

    def _csv(self, hits: Hits) -> Iterator[bytes]:
        columns = columns_for(hits.kind)
        yield BOM.encode() + csv_lines([[column.label for column in columns]])
        for rows in self._rows(hits.kind, hits.places, hits.url):
            yield csv_of(columns, rows)

    def _sheets(self, hits: Hits) -> Iterator[SheetOf]:
        for kind, those in hits.by_kind.items():
            rows = self._rows(kind, those, hits.url)
            yield SheetOf(DECISION_KINDS[kind].label, columns_for(kind), len(those), rows)

    def _rows(self, kind: str, wanted: Sequence[int], url: str) -> Iterator[list[Row]]:
        for some in chunks(wanted):

            def find(db: Any, some: Sequence[int] = some) -> list[Row]:
                return rows_at(db, kind, some, url)

            yield self._streams.asked(find)

    async def _look(self, fn: Callable[[Reading], _T]) -> _T:
        return await answered(self._datasette, lambda db: db.look(fn))


def asked(request: Request) -> Question:
    """The question of an address, which must be one for decisions; its page does not matter. Raises Refused."""
    question = parse(request.query_params.multi_items(), strict=True)
    if question.type not in OF_DECISIONS:
        raise UnknownValue("只有执法决定的查找结果可以订阅和下载，其他内容请在网页上查看。", parameter="type")
    return replace(question, page=1)


def found(db: Reading, question: Question) -> Hits:
    """What a search finds, for a file. Raises NoResults where that is nothing, and what `places` raises."""
    hits = _places(db, question)
    if not hits:
        raise NoResults
    by_kind: dict[str, list[int]] = {kind: [] for kind in DECISION_KINDS}
    kind_of = {row["sort"]: row["kind"] for row in db.rows(_KINDS, [_listed(hits)])}
    for place in hits:
        by_kind[kind_of[place]].append(place)
    ((newest,),) = (row.values() for row in db.rows(_DAY, [max(hits)]))
    some = {kind: those for kind, those in by_kind.items() if those}
    return Hits(hits, question.kind, some, newest, site_settings(db).url)


def feed(db: Reading, question: Question) -> bytes:
    """The newest of what a search finds, as Atom; without hits an empty feed, for there may be some tomorrow. Raises
    what `places` raises."""
    hits = _places(db, replace(question, order=Order.NEWEST), NEWEST)
    entries = tuple(map(decision_entry, db.rows(_ENTRIES, [_listed(hits)])))
    same = replace(question, order=None)
    channel = Channel(same.address(FEED), heading(db, question), same.address(), entries)
    return atom.written(site_settings(db), channel)


def _places(db: Reading, question: Question, most: int = LISTED) -> list[int]:
    """The places of what the page of this question shows: what was understood of it, or what it nearly is."""
    meant = understood(db, question)
    hits = places(db, meant.question, most)
    nearly = None if hits else surely(close_to(db, meant))
    return places(db, nearly, most) if nearly else hits


def heading(db: Reading, question: Question) -> str:
    """What a search is called in a reader's list of feeds: by what narrows it. What was typed, which may be somebody's
    name, is not said: feeds are read, listed and kept by others, whom no page tells not to."""
    there_is = known(db)
    chosen = [there_is.of(name).get(value, value) for name, value in question.facets.items()]
    days = [f"{label} {day}" for label, day in zip(DAYS.values(), (question.since, question.until), strict=True) if day]
    narrowed = "、".join([*chosen, *days])
    words = "查找结果" if question.q else ""
    return "：".join(filter(None, (words, narrowed))) or "最新公示的决定"


def _listed(hits: Sequence[int]) -> str:
    return orjson.dumps(hits).decode()
