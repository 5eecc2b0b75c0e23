"""How a reader wants to read: the form in the header is answered here, and so is the sheet that it chose.

`POST /look` changes one of size, theme and contrast, remembers all three in one cookie and leads back to the page;
`/look.css` is the sheet of the cookie's choice. nginx answers the second from the same files.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gongshi.query.press import Press
from gongshi.render.look.sheets import COOKIE, DIMENSIONS, address, changed, parse_look

EXPLAINED = "/about/accessibility/"
"""Where the form stands in a page of its own."""
REMEMBERED = 365 * 24 * 3600
"""Seconds for which a browser keeps the choice."""
_LONGEST = 100
"""Bytes of a form that chooses one thing."""
_HERE = re.compile(r"/(?:[!-.0-\[\]-~][!-\[\]-~]*)?")
"""A path of our own: one slash, then no other slash or backslash, nothing that breaks a line."""
_SEE_OTHER, _NOT_MODIFIED = 303, 304


class Looking:
    """The two handlers of one server."""

    def __init__(self, press: Press) -> None:
        self._press = press

    async def choose(self, request: Request) -> Response:
        """POST /look: remember what was chosen and lead back; anything that is no choice leads back, too."""
        look = parse_look(request.cookies.get(COOKIE))
        for name, value in await _said(request) if request.method == "POST" else ():
            look = changed(look, name, value) if name in DIMENSIONS else look
        response = RedirectResponse(_back(request) if request.method == "POST" else EXPLAINED, _SEE_OTHER)
        response.headers["cache-control"] = "no-store"
        if request.method == "POST":
            secure = request.url.scheme == "https"
            response.set_cookie(COOKIE, look, REMEMBERED, path="/", secure=secure, httponly=True, samesite="lax")
        return response

    async def sheet(self, request: Request) -> Response:
        """GET /look.css: asked again each time, and sent only where it is another."""
        asset = self._press.asset(address(parse_look(request.cookies.get(COOKIE))))
        headers = {"etag": f'"{asset.mark}"', "cache-control": "no-cache", "vary": "Cookie"}
        if asset.mark in request.headers.get("if-none-match", ""):
            return Response(status_code=_NOT_MODIFIED, headers=headers)
        return Response(asset.content, headers=headers, media_type="text/css")


async def _said(request: Request) -> list[tuple[str, str]]:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST:
            return []
    return parse_qsl(body.decode("ascii", "replace"))


def _back(request: Request) -> str:
    """The page that the form was sent from; the front page where that is not one of ours."""
    came = urlsplit(request.headers.get("referer", ""))
    where = came.path + (f"?{came.query}" if came.query else "")
    return where if came.netloc == request.headers.get("host") and _HERE.fullmatch(where) else "/"
