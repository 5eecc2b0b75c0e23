"""Downloads as the last run left them, read before anything is taken away: of a month only the days are made again that
were touched since (gongshi.render.downloads.splicing).

Used is only what is proven to be what a run wrote that ended: the manifest has its digest, and it is not unfinished.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

from gongshi.release.manifest import Manifest
from gongshi.release.tables import UNFINISHED
from gongshi.render.downloads.splicing import NOTHING, Before

_SUFFIX = ".parquet"
TABLES = "downloads:"
"""How the parts begin that are a month's rows of a kind."""
_DAY = "day:"
_MOST = 64 << 20
"""Bytes that are held at most; further months are made from public.db alone."""


def digest_of(path: str, content: bytes) -> str:
    """The digest by which a file is known again; "" for one that is of no use later."""
    return hashlib.sha256(content).hexdigest() if path.endswith(_SUFFIX) else ""


class Kept:
    """What of the site below `site` was read so far."""

    def __init__(self, site: Path, manifest: Manifest) -> None:
        self._site, self._manifest = site, manifest
        self._tables: dict[str, bytes] = {}

    def keep(self, parts: Collection[str]) -> None:
        """Read the tables of these parts of the site. What can not be read, or is not as it was left, is not kept."""
        left = _MOST - sum(map(len, self._tables.values()))
        for page in self._manifest.of_parts(part for part in parts if part.startswith(TABLES)):
            known = self._manifest.digest(page.path)
            if known and page.mark != UNFINISHED and page.path not in self._tables and page.size <= left:
                content = _read(self._site / page.path)
                if digest_of(page.path, content) == known:
                    self._tables[page.path] = content
                    left -= len(content)

    def before(self, parts: Collection[str] | None) -> Before:
        """What was kept, and the days that `parts` name: all that were touched since. Nothing where all is made."""
        if parts is None:
            return NOTHING
        return Before(frozenset(part.removeprefix(_DAY) for part in parts if part.startswith(_DAY)), self._tables)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
