"""What the door answers: the form, the receipt, the state, and why not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gongshi.door import tokens
from gongshi.door.built import BuiltDecision, BuiltSite
from gongshi.door.contexts import correct_page, receipt_page, state_page, trouble_page
from gongshi.door.errors import (
    DayFull,
    InboxClosed,
    KeyBroken,
    KeyMissing,
    NotOurForm,
    NotPublic,
    Refusal,
    TooOften,
    Trouble,
)
from gongshi.door.form import Filled, filled
from gongshi.door.inbox import Inbox
from gongshi.door.limits import DAY, HOUR, Limit, Settings, household
from gongshi.door.reading import Sent, read_form
from gongshi.door.receipt import Receipt, make_receipt, status_hash
from gongshi.door.sealing import read_public_key, seal
from gongshi.door.states import PublishedState, read_state
from gongshi.records.request import Capacity, CorrectionRequest, RequestState
from gongshi.render.contexts import Page
from gongshi.render.served import Press

_LOG = logging.getLogger("gongshi.door")
_AT_ONCE = 4
"""Forms that are read at the same time: 64 MB of files at most."""
_RETRY = {"retry-after": "600"}
_LONGEST_QUESTION = 4096
_BEFORE = "before"
"""An alarm that the process before this one may have left."""
_SEEN_WHEN_READY = (KeyMissing.code, KeyBroken.code, InboxClosed.code)
"""Troubles of which one sees that they are over without a new request."""
_UNKNOWN = "没有找到这份申请。请核对回执编号和查询码；刚刚提交的，过几分钟再查。"
_STALE = "页面打开得太久，或者浏览器没有保存本站的 Cookie。文字都还在，请重新选择文件，再按一次“提交申请”。"
_CLOSED = "网上申请暂时不能提交"
_CLOSED_HELP = "系统暂时收不到新的申请，您填写的内容没有提交。技术人员已经得到通知。"
_HEADINGS = {404: "没有找到这个页面", 405: "不支持这样的请求", 413: "内容太大", 429: "请求过于频繁"}


class Handlers:
    """The handlers of one door."""

    def __init__(
        self,
        *,
        press: Press,
        site: BuiltSite,
        inbox: Inbox,
        public_key: Path,
        states: Path,
        clock: Callable[[], datetime],
        settings: Settings,
    ) -> None:
        self._press, self._site, self._inbox = press, site, inbox
        self._public_key, self._states, self._clock = public_key, states, clock
        self._tokens = tokens.Tokens()
        self._per_address = Limit(settings.per_address, DAY)
        self._per_day = Limit(settings.per_day, DAY)
        self._tries = Limit(settings.tries, HOUR)
        self._reading = asyncio.Semaphore(_AT_ONCE)
        self._alarmed = _BEFORE

    async def correct(self, request: Request) -> Response:
        """/correct/<id>: the form, and the form sent. Raises NotPublic."""
        decision = self._site.decision(request.path_params["id"])
        if decision is None:
            raise NotPublic("没有找到要更正的决定；内容可能公示期已满或者已经撤下。")
        if request.method == "POST":
            return await self._sent(request, decision)
        try:
            self._ready()
        except Trouble as trouble:
            self._alarm(trouble)
            return self._closed(decision)
        self._all_clear(received=False)
        return self._form(request, decision, Filled())

    async def _sent(self, request: Request, decision: BuiltDecision) -> Response:
        """A form that came in; what is wrong is said above it, and what was typed is kept. Raises Refusal."""
        address = self._tried(request)
        sent = await self._read(request)
        form = filled(sent)
        if self._is_foreign(request, sent):
            return self._form(request, decision, form, alert=_STALE, status=403)
        if form.problems:
            return self._form(request, decision, form, status=422)
        try:
            return await self._received(sent.texts[tokens.FIELD], form, decision, address)
        except TooOften as refusal:
            return self._form(request, decision, form, alert=f"{refusal}{_ways(decision)}", status=refusal.status)
        except Trouble as trouble:
            self._alarm(trouble)
            return self._form(request, decision, form, alert=f"{_CLOSED_HELP}{_ways(decision)}", status=503)

    async def _received(self, token: str, form: Filled, decision: BuiltDecision, address: str) -> Response:
        """The receipt of a form that is right. Raises TooOften, Trouble."""
        self._ready()
        self._has_room(address)
        receipt, said = self._receipt(token, form, decision)
        new = await asyncio.to_thread(self._keep, said)
        if new:
            self._per_address.count(address)
            self._per_day.count("")
        self._all_clear(received=True)
        page = receipt_page(
            self._site.settings(), self._style, decision, receipt, said.at, len(form.files), again=not new
        )
        return self._page("correct-receipt.html", page)

    def _has_room(self, address: str) -> None:
        """Whether this address, and anybody, may send one more today. Raises TooOften, DayFull."""
        if self._per_address.is_full(address):
            raise TooOften("同一网络今天提交的申请已达上限，这一份没有提交。")
        if self._per_day.is_full(""):
            raise DayFull("今天的更正申请已达上限，可能是自动程序所为：请查看 data/inbox，必要时调高 --per-day。")

    def _tried(self, request: Request) -> str:
        """The address that asks, one try more. Raises TooOften."""
        address = household(request.client.host if request.client else "")
        if self._tries.is_full(address):
            raise TooOften("一小时内的尝试次数太多，请稍后再试，或者直接联系作出决定的部门。")
        self._tries.count(address)
        return address

    async def _read(self, request: Request) -> Sent:
        async with self._reading:
            return await read_form(request.headers.get("content-type", ""), request.stream())

    def _is_foreign(self, request: Request, sent: Sent) -> bool:
        """Whether the form did not come from a page that we gave to this browser."""
        token = sent.texts.get(tokens.FIELD, "")
        crossed = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
        return crossed or not self._tokens.holds(token, request.cookies.get(tokens.COOKIE, ""))

    def _receipt(self, token: str, form: Filled, decision: BuiltDecision) -> tuple[Receipt, CorrectionRequest]:
        now = self._clock()
        receipt = make_receipt(self._tokens.chance(token), form.said(decision.id), now.date())
        request = CorrectionRequest(
            number=receipt.number,
            status=receipt.status,
            at=now.isoformat(timespec="seconds"),
            decision=decision.id,
            capacity=Capacity(form.capacity),
            answers=dict(form.answers),
            files=form.files,
        )
        return receipt, request

    def _keep(self, request: CorrectionRequest) -> bool:
        """Seal it and drop it; false where it lies there already. Raises Trouble."""
        return self._inbox.drop(request.status, seal(request, read_public_key(self._public_key)))

    async def status(self, request: Request) -> Response:
        """/correct/status: how a request stands, for whoever has its number and its secret."""
        site = self._site.settings()
        if request.method != "POST":
            return self._page("correct-status.html", state_page(site, self._style))
        self._tried(request)
        asked = await _question(request)
        number = asked.get("number", [""])[0].strip()
        state = self._state(status_hash(number, asked.get("secret", [""])[0]))
        page = state_page(site, self._style, number, "" if state else _UNKNOWN, state)
        return self._page("correct-status.html", page, 200 if state else 404)

    def _state(self, status: str) -> PublishedState | None:
        """The state that the departments' side wrote; before that, that it lies in the inbox."""
        found = read_state(self._states, status)
        if found is None and self._inbox.holds(status):
            found = PublishedState(status=status, state=RequestState.RECEIVED, department="", received_on="")
        return found

    def _form(
        self, request: Request, decision: BuiltDecision, form: Filled, alert: str = "", status: int = 200
    ) -> Response:
        """The form, with its token in the page and in the cookie."""
        token = self._tokens.again(request.cookies.get(tokens.COOKIE, ""))
        page = correct_page(self._site.settings(), self._style, decision, token, form, alert)
        response = self._page("correct.html", page, status)
        response.set_cookie(
            tokens.COOKIE,
            token,
            max_age=tokens.LASTS,
            path="/correct/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return response

    def _ready(self) -> None:
        """Whether a request could be received now. Raises Trouble."""
        self._inbox.ready()
        read_public_key(self._public_key)

    def _closed(self, decision: BuiltDecision) -> Response:
        page = trouble_page(self._site.settings(), self._style, _CLOSED, _CLOSED_HELP, decision)
        response = self._page("correct-trouble.html", page, 503)
        response.headers.update(_RETRY)
        return response

    def _alarm(self, trouble: Trouble) -> None:
        """For the webmaster: a line of the log and a file in the inbox. Neither names a person."""
        _LOG.error("%s %s", trouble.code, trouble)
        self._inbox.alarm(trouble, self._clock().isoformat(timespec="seconds"))
        self._alarmed = trouble.code

    def _all_clear(self, *, received: bool) -> None:
        if self._alarmed and (received or self._alarmed in _SEEN_WHEN_READY):
            self._inbox.all_clear()
            self._alarmed = ""

    async def refused(self, request: Request, refusal: Exception) -> Response:
        """A request that was not taken."""
        assert isinstance(refusal, Refusal)  # Starlette chose this handler by the class
        if isinstance(refusal, NotPublic) and (built := self._site.missing()):
            return HTMLResponse(built, refusal.status)
        return self._message(request, str(refusal), refusal.status)

    async def http_error(self, request: Request, error: Exception) -> Response:
        """404 and 405 of the router."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        if status == 404 and (built := self._site.missing()):  # noqa: PLR2004
            return HTMLResponse(built, status)
        return self._message(request, "请从决定页面上的“申请更正”进入。", status)

    async def failed(self, request: Request, error: Exception) -> Response:
        """A fault of ours: the server's log has it, the page says nothing of it."""
        return self._message(request, "服务器出了差错，已经记录，您填写的内容没有提交。", 500)

    def _message(self, request: Request, message: str, status: int) -> Response:
        decision = self._site.decision(request.path_params.get("id", ""))
        heading = _HEADINGS.get(status, "申请没有提交")
        page = trouble_page(self._site.settings(), self._style, heading, message, decision)
        return self._page("correct-trouble.html", page, status)

    def _page(self, template: str, page: Page, status: int = 200) -> HTMLResponse:
        return HTMLResponse(self._press.print(template, page), status)

    @property
    def _style(self) -> str:
        return self._press.style_of("correct")


def _ways(decision: BuiltDecision) -> str:
    """How to reach the department without us."""
    phone = f"，电话 {decision.phone}" if decision.phone else ""
    return f"请稍后再试；急需的请直接联系作出决定的部门（{decision.department}{phone}）。"


async def _question(request: Request) -> dict[str, list[str]]:
    """The two fields of /correct/status. Raises NotOurForm."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_QUESTION:
            raise NotOurForm("请用本页的表单查询。")
    try:
        return parse_qs(body.decode("ascii"), errors="replace", max_num_fields=10)
    except ValueError:
        raise NotOurForm("请用本页的表单查询。") from None
