"""What the server answers itself: the search page, the API, the index of tables, and everything that went wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import replace
from typing import TypeVar

from datasette.app import Datasette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from gongshi.query import api, api_search
from gongshi.query.answers import Answers
from gongshi.query.database import Reading, answered
from gongshi.query.errors import NoMonth, NoResults, NotFound, Refused, Unavailable, WrongMethod
from gongshi.query.everything import everything
from gongshi.query.filters import LISTS
from gongshi.query.known import known, updated_on
from gongshi.query.notices import asked_page, listed
from gongshi.query.press import UNNAMED, Press, site_settings
from gongshi.query.question import DECISIONS, Question, lenient, parse
from gongshi.query.record import record
from gongshi.query.search import search
from gongshi.query.searchpage.context import SearchPage
from gongshi.query.searchpage.page import refused_page, search_page
from gongshi.query.view import MessagePage, data_page, message_page
from gongshi.render.look.site import Site

T = TypeVar("T")

METHODS = ["GET", "HEAD"]
API_METHODS = [*METHODS, "OPTIONS"]

_HEADINGS = {404: "没有找到这个页面", 405: "这里只能查询", 503: "请稍后再试"}
_RETRY = {"retry-after": "60"}


class Handlers:
    """The handlers of one server."""

    def __init__(self, datasette: Datasette, press: Press) -> None:
        self.datasette, self.press = datasette, press
        self.on_error = {Refused: self.refused, HTTPException: self.http_error, Exception: self.failed}

    async def search(self, request: Request) -> Response:
        """/search: a page in any case; what can not be answered comes back in the form with advice."""
        pairs = request.query_params.multi_items()
        try:
            question = parse(pairs)
            if question.type in LISTS and not question.words:
                return RedirectResponse(LISTS[question.type], 302)
            worn = self.press.shell  # with another header and footer it is another page
            return HTMLResponse(
                await self._again((worn, question), lambda db: self._searched(db, question), self._printed)
            )
        except Unavailable:
            raise
        except Refused as refused:
            message = refused.message
            page = await self._look(lambda db: self._refused(db, pairs, message))
            return HTMLResponse(self._printed(page), refused.status)

    def _searched(self, db: Reading, question: Question) -> SearchPage:
        return replace(search_page(site_settings(db), everything(db, question)), updated_on=updated_on(db))

    def _refused(self, db: Reading, pairs: Sequence[tuple[str, str]], message: str) -> SearchPage:
        page = refused_page(site_settings(db), lenient(pairs), known(db), message)
        return replace(page, updated_on=updated_on(db))

    def _printed(self, page: SearchPage) -> bytes:
        return self.press.print("search.html", page)

    async def tables(self, request: Request) -> Response:
        """/data/: which tables there are."""
        page = await self._look(lambda db: data_page(site_settings(db), updated_on(db)))
        return HTMLResponse(self.press.print("data.html", page))

    async def to_tables(self, request: Request) -> Response:
        """/data: where one means /data/."""
        return RedirectResponse("/data/", 301)

    async def api(self, request: Request) -> Response:
        """/api/v1/: what the API can do."""
        return api.json(api_search.description())

    async def everything(self, request: Request) -> Response:
        """/api/v1/search: what /search shows."""
        question = api_search.asked(request.query_params.multi_items())
        place = api_search.SEARCH, question
        return api.response(await self._again(place, lambda db: everything(db, question), api_search.found))

    async def decisions(self, request: Request) -> Response:
        """/api/v1/decisions: decisions as they are typed, nothing else and nothing understood."""
        question = parse(request.query_params.multi_items(), strict=True, base=DECISIONS)
        return api.response(await self._again(question, lambda db: search(db, question), api.answered))

    async def decision(self, request: Request) -> Response:
        """/api/v1/decisions/<id>."""
        wanted: str = request.path_params["id"]
        return api.json(await self._look(lambda db: record(db, wanted)))

    async def notices(self, request: Request) -> Response:
        """/api/v1/notices: what was withdrawn and why."""
        page = asked_page(request.query_params.multi_items())
        return api.json(api.notices_json(await self._look(lambda db: listed(db, page))))

    async def no_api(self, request: Request) -> Response:
        """Any other address of the API."""
        raise NotFound("没有这个接口；接口说明见 /api/v1/。")

    async def refused(self, request: Request, refused: Exception) -> Response:
        """A refusal as the asker can read it: JSON for programs, a page for people."""
        assert isinstance(refused, Refused)  # Starlette chose this handler by the class
        return await self.refusal(request.url.path, refused)

    async def refusal(self, path: str, refused: Refused) -> Response:
        """The response to what was refused at `path`."""
        if path.startswith("/api/") or path.endswith(".json"):
            response = api.error(refused)
        elif refused.status == NotFound.status and not isinstance(refused, (NoMonth, NoResults)):
            response = await self._missing(path)
        else:
            response = HTMLResponse(await self._message(path, refused), refused.status)
        if refused.status == Unavailable.status:
            response.headers.update(_RETRY)
        return response

    async def http_error(self, request: Request, error: Exception) -> Response:
        """404 and 405 of the router and of the files."""
        status = error.status_code if isinstance(error, HTTPException) else NotFound.status
        if status == WrongMethod.status:
            return await self.refusal(request.url.path, WrongMethod())
        return await self.refusal(request.url.path, NotFound())

    async def failed(self, request: Request, error: Exception) -> Response:
        """A fault of ours: the server's log has it, the page says nothing of it."""
        response = await self.refusal(request.url.path, Unavailable("服务器出了差错，已经记录。请稍后再试。"))
        response.status_code = 500
        return response

    async def _missing(self, path: str) -> Response:
        built = self.press.place.site / "404.html"
        if built.is_file():
            return HTMLResponse(built.read_bytes(), NotFound.status)
        return HTMLResponse(await self._message(path, NotFound()), NotFound.status)

    async def _message(self, path: str, refused: Refused) -> bytes:
        heading = _HEADINGS.get(refused.status, "请求无法处理")
        page: MessagePage = message_page(await self._site(), path, heading, refused.message)
        return self.press.print("message.html", page)

    async def _look(self, fn: Callable[[Reading], T]) -> T:
        """What `fn` reads of the database as it lies now."""
        return await answered(self.datasette, lambda db: db.look(fn))

    async def _again(self, asked: Hashable, find: Callable[[Reading], T], tell: Callable[[T], bytes]) -> bytes:
        """The answer to what is `asked`, as it was given before where the database is still as it was then."""

        def look(db: Reading) -> bytes | tuple[Answers, T]:
            given = db.answers.get(asked)
            return (db.answers, find(db)) if given is None else given

        found = await self._look(look)
        if isinstance(found, bytes):
            return found
        answers, answer = found
        body = tell(answer)
        answers.keep(asked, body)
        return body

    async def _site(self) -> Site:
        try:
            return await self._look(site_settings)
        except Refused:
            return UNNAMED


Handler = Callable[[Request], Awaitable[Response]]


def shared(handler: Handler) -> Handler:
    """An API handler that also answers a browser's question beforehand (CORS preflight)."""

    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=api.PREFLIGHT)
        return await handler(request)

    return answer
