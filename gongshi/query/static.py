"""The built site as files, for `gongshi serve`; in production nginx serves the same folder."""

from __future__ import annotations

import os
import re
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from gongshi.query import headers
from gongshi.render.look.turning import ROUND

_HIDDEN = re.compile(r"(^|/)\.[^/]|\.(?:part|gone)$")
"""Files that are being written, marks of what is gone, and anything hidden."""


_NAMED_BY_CONTENT = re.compile(r"^/assets/.*\.[0-9a-f]{8,}\.(?:min\.)?[a-z0-9]+$")
"""gongshi.1a2b3c4d5e.css, suggest.a5f9d56c10.js."""
_SCREEN = re.compile(r"/(?:boards/)?kiosk/[0-9A-Za-z/.]*")
"""Screens in a hall, which nobody may be there to touch."""
_FEED = re.compile(r"/feeds/.+\.json")


_KINDS = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".txt": "text/plain; charset=utf-8",
    ".jsonl": "application/x-ndjson",
    ".parquet": "application/vnd.apache.parquet",
}
"""What machines read, with its type; not left to what the machine's own table says of a suffix."""
GONE = 410


def _gone(file: Path) -> Response | None:
    """The notice at a withdrawn decision's address; None where its mark does not lie beside it.

    Never 304, whatever the asker has kept: that is the decision.
    """
    if file.suffix != ".html" or not file.with_suffix(".gone").is_file():
        return None
    return Response(file.read_bytes(), GONE, headers.UNKEPT, "text/html; charset=utf-8")


class SiteFiles(StaticFiles):
    """build/site: folders answer with their index.html, what is not there raises 404.

    Starlette refuses paths out of the folder, answers HEAD and sends validators (ETag,
    Last-Modified), so that a page that did not change costs a 304.
    """

    def __init__(self, site: Path) -> None:
        super().__init__(directory=site, check_dir=False, html=True)
        self.site = site

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at `path`. Raises HTTPException(404) where there is none."""
        if _HIDDEN.search(path) or "\0" in path:
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        if response.status_code == 404:  # noqa: PLR2004 - Starlette found 404.html
            raise HTTPException(404)
        return response

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file with its type and cache rule."""
        path = scope["path"]
        if gone := _gone(Path(full_path)):
            return gone
        response = super().file_response(full_path, stat_result, scope, status_code)
        if kind := _KINDS.get(Path(full_path).suffix):
            response.headers["content-type"] = kind
        if _FEED.fullmatch(path):
            response.headers["content-type"] = "application/feed+json"
        if _SCREEN.fullmatch(path):
            response.headers["refresh"] = f"{ROUND}; url={path}"
        if _NAMED_BY_CONTENT.search(path):
            response.headers["cache-control"] = headers.NAMED_BY_CONTENT
        return response
