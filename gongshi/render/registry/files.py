"""Attachments of records: forms, templates, pictures, at an address that their content makes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gongshi.render.addresses import file_address
from gongshi.render.database import one
from gongshi.render.look.assets import fingerprint
from gongshi.render.press import Page, Press, path_of

_NAMES = "SELECT DISTINCT sha256, name FROM record_files WHERE sha256 BETWEEN ? AND ? || 'g' ORDER BY sha256, name"
_BODY = "SELECT body FROM attachments WHERE sha256 = ?"


def file_pages(press: Press, sha16: str) -> Iterator[Page]:
    """The files whose content has this mark, under each name that a record gives them."""
    for row in press.db.execute(_NAMES, (sha16, sha16)):
        sha256, address = row["sha256"], file_address(row["sha256"], row["name"])
        yield press.file(path_of(address), fingerprint(sha256, address), partial(_body, press, sha256))


def _body(press: Press, sha256: str) -> bytes:
    body: bytes = one(press.db, _BODY, sha256)["body"]
    return body
