"""The door's pages as responses."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gongshi.door import tokens
from gongshi.door.built import BuiltDecision, BuiltSite
from gongshi.door.contexts import correct_page, receipt_page, state_page, trouble_page
from gongshi.door.form import Filled
from gongshi.door.receipt import Receipt
from gongshi.door.states import PublishedState
from gongshi.records.request import CorrectionRequest
from gongshi.render.contexts import Page
from gongshi.render.look.served import Press

CLOSED_HELP = "系统暂时收不到新的申请，您填写的内容没有提交。技术人员已经得到通知。"
_CLOSED = "网上申请暂时不能提交"
_UNKNOWN = "没有找到这份申请。请核对回执编号和查询码；刚刚提交的，过几分钟再查。"
_RETRY = {"retry-after": "600"}
_HEADINGS = {404: "没有找到这个页面", 405: "不支持这样的请求", 413: "内容太大", 429: "请求过于频繁"}


class Pages:
    """The pages of one door, in the look of its site."""

    def __init__(self, press: Press, site: BuiltSite, signer: tokens.Tokens) -> None:
        self._press, self._site, self._tokens = press, site, signer

    def form(
        self, request: Request, decision: BuiltDecision, form: Filled, alert: str = "", status: int = 200
    ) -> Response:
        """The form, with its token in the page and in the cookie."""
        token = self._tokens.again(request.cookies.get(tokens.COOKIE, ""))
        page = correct_page(self._site.settings(), decision, token, form, alert)
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

    def receipt(self, decision: BuiltDecision, receipt: Receipt, said: CorrectionRequest, *, again: bool) -> Response:
        """Number and secret, this once."""
        page = receipt_page(self._site.settings(), decision, receipt, said.at, len(said.files), again=again)
        return self._page("correct-receipt.html", page)

    def question(self) -> Response:
        """The question about a state."""
        return self._page("correct-status.html", self._state())

    def state(self, number: str, state: PublishedState | None) -> Response:
        """The state of a request; one page for whatever does not fit."""
        page = self._state(number, "" if state else _UNKNOWN, state)
        return self._page("correct-status.html", page, 200 if state else 404)

    def _state(self, number: str = "", alert: str = "", state: PublishedState | None = None) -> Page:
        return state_page(self._site.settings(), self._site.updated_on(), number, alert, state)

    def closed(self, decision: BuiltDecision) -> Response:
        """The door can not receive just now."""
        page = trouble_page(self._site.settings(), _CLOSED, CLOSED_HELP, decision)
        response = self._page("correct-trouble.html", page, 503)
        response.headers.update(_RETRY)
        return response

    def message(self, decision: BuiltDecision | None, message: str, status: int) -> Response:
        """Why not, and what can be done instead."""
        heading = _HEADINGS.get(status, "申请没有提交")
        page = trouble_page(self._site.settings(), heading, message, decision)
        return self._page("correct-trouble.html", page, status)

    def missing(self, message: str) -> Response:
        """The site's own page for what is not there."""
        built = self._site.missing()
        return HTMLResponse(built, 404) if built else self.message(None, message, 404)

    def _page(self, template: str, page: Page, status: int = 200) -> HTMLResponse:
        return HTMLResponse(self._press.print(template, page), status)
