"""What the door answers: the form, the receipt, the state, and why not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from gongshi.door import tokens
from gongshi.door.bell import Bell
from gongshi.door.built import BuiltDecision, BuiltSite
from gongshi.door.errors import NotOurForm, NotPublic, Refusal, TooOften, Trouble
from gongshi.door.form import Filled, filled
from gongshi.door.inbox import Inbox
from gongshi.door.limits import Limits, Seen, Settings, household
from gongshi.door.pages import CLOSED_HELP, Pages
from gongshi.door.reading import Sent, read_form
from gongshi.door.receipt import Receipt, make_receipt, status_hash
from gongshi.door.sealing import read_public_key, seal
from gongshi.door.states import PublishedState, read_state
from gongshi.records.request import Capacity, CorrectionRequest, RequestState, plain
from gongshi.render.look.served import Press

_AT_ONCE = 6
"""Forms that are read and sealed at the same time; each takes some 60 MB where it has all its files."""
_LONGEST_QUESTION = 4096
_STALE = "页面打开得太久，或者浏览器没有保存本站的 Cookie。文字都还在，请重新选择文件，再按一次“提交申请”。"
_NOT_FOUND = 404


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
        seen: Callable[[], Seen] = dict,
    ) -> None:
        self._site, self._inbox = site, inbox
        self._public_key, self._states, self._clock = public_key, states, clock
        self._tokens = tokens.Tokens()
        self._pages = Pages(press, site, self._tokens)
        self._bell = Bell(inbox, clock)
        self._limits = Limits(settings, seen)
        self._at_once = asyncio.Semaphore(_AT_ONCE)

    async def correct(self, request: Request) -> Response:
        """/correct/<id>: the form, and the form sent. Raises Refusal."""
        decision = self._site.decision(request.path_params["id"])
        if decision is None:
            raise NotPublic("没有找到要更正的决定；内容可能公示期已满或者已经撤下。")
        if request.method == "POST":
            return await self._sent(request, decision)
        try:
            self._ready()
        except Trouble as trouble:
            self._bell.ring(trouble)
            return self._pages.closed(decision)
        self._bell.ready()
        return self._pages.form(request, decision, Filled())

    async def _sent(self, request: Request, decision: BuiltDecision) -> Response:
        """A form that comes in. Raises Refusal."""
        address = self._tried(request)
        async with self._limits.busy(address), self._at_once:
            sent = await read_form(request.headers.get("content-type", ""), request.stream())
            return await self._answered(request, decision, sent, address)

    async def _answered(self, request: Request, decision: BuiltDecision, sent: Sent, address: str) -> Response:
        """The receipt; or the form again, with what is wrong above it and what was typed kept."""
        form = filled(sent)
        if self._is_foreign(request, sent):
            return self._pages.form(request, decision, form, _STALE, 403)
        if form.problems:
            return self._pages.form(request, decision, form, status=422)
        try:
            return await self._received(sent.texts[tokens.FIELD], form, decision, address)
        except TooOften as refusal:
            return self._pages.form(request, decision, form, f"{refusal}{_ways(decision)}", refusal.status)
        except Trouble as trouble:
            self._bell.ring(trouble)
            return self._pages.form(request, decision, form, f"{CLOSED_HELP}{_ways(decision)}", 503)

    async def _received(self, token: str, form: Filled, decision: BuiltDecision, address: str) -> Response:
        """The receipt of a form that is right. Raises TooOften, Trouble."""
        self._ready()
        self._limits.check_room(address)
        receipt, said = self._receipt(token, form, decision)
        new = await asyncio.to_thread(self._keep, said)
        if new:
            self._limits.count(address)
        self._bell.received()
        return self._pages.receipt(decision, receipt, said, again=not new)

    def _tried(self, request: Request) -> str:
        """The address that asks, one try more. Raises TooOften."""
        address = household(request.client.host if request.client else "")
        self._limits.check_try(address)
        return address

    def _ready(self) -> None:
        """Whether a request could be received now. Raises Trouble."""
        self._inbox.ready()
        read_public_key(self._public_key)

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
        """/correct/status: how a request stands, for whoever has its number and its secret. Raises Refusal."""
        if request.method != "POST":
            return self._pages.question()
        self._tried(request)
        asked = await _question(request)
        number = plain(asked.get("number", [""])[0]).upper()
        return self._pages.state(number, self._state(status_hash(number, asked.get("secret", [""])[0])))

    def _state(self, status: str) -> PublishedState | None:
        """The state that the departments' side wrote; before that, that it lies in the inbox."""
        found = read_state(self._states, status)
        if found is None and self._inbox.holds(status):
            found = PublishedState(status=status, state=RequestState.RECEIVED, department="", received_on="")
        return found

    async def refused(self, request: Request, refusal: Exception) -> Response:
        """A request that was not taken."""
        assert isinstance(refusal, Refusal)  # Starlette chose this handler by the class
        if isinstance(refusal, NotPublic):
            return self._pages.missing(str(refusal))
        return self._pages.message(self._decision(request), str(refusal), refusal.status)

    async def http_error(self, request: Request, error: Exception) -> Response:
        """404 and 405 of the router."""
        status = error.status_code if isinstance(error, HTTPException) else _NOT_FOUND
        message = "请从决定页面上的“申请更正”进入。"
        if status == _NOT_FOUND:
            return self._pages.missing(message)
        return self._pages.message(self._decision(request), message, status)

    async def failed(self, request: Request, error: Exception) -> Response:
        """A fault of ours: the server's log has it, the page says nothing of it."""
        return self._pages.message(self._decision(request), "服务器出了差错，已经记录，您填写的内容没有提交。", 500)

    def _decision(self, request: Request) -> BuiltDecision | None:
        return self._site.decision(request.path_params.get("id", ""))


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
