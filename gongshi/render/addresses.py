"""Where things are in the site."""

from __future__ import annotations

import re

from gongshi.records import REGISTRY_KINDS
from gongshi.records.registry.key import identity, item_mark

__all__ = [
    "RECORD_FOLDERS",
    "address",
    "bulletin_address",
    "code_slug",
    "file_address",
    "item_mark",
    "law_address",
    "path_of",
    "record_address",
    "record_pages",
]

_SAFE = re.compile(r"[0-9a-z][0-9a-z._-]{2,63}", re.ASCII)
_TAKEN = frozenset({"departments", "acts", "regions"})
"""Words below /items/ that are no codes."""
RECORD_FOLDERS = tuple(sorted({kind.folder for kind in REGISTRY_KINDS.values() if kind.folder}))
"""Where records of registers have their own pages."""
_ENDINGS = (".html", "-sheet.html")


def address(decision_id: str) -> str:
    """/decisions/<xx>/<id>.html, where xx are the id's first two characters."""
    return f"/decisions/{decision_id[:2]}/{decision_id}.html"


def record_address(kind: str, id: str) -> str:
    """/officers/<id>.html for an officer; "" where a kind's records have no page of their own."""
    folder = REGISTRY_KINDS[kind].folder
    return f"/{folder}/{id}.html" if folder else ""


def record_pages(id: str) -> tuple[str, ...]:
    """Every path below build/site that can be the own page of the record with this id, whatever its kind."""
    return tuple(f"{folder}/{id}{ending}" for folder in RECORD_FOLDERS for ending in _ENDINGS)


def file_address(sha256: str, name: str) -> str:
    """/files/<16>/<name>: where an attachment lies; not quoted for a link."""
    return f"/files/{sha256[:16]}/{name}"


def bulletin_address(key: str, month: str) -> str:
    """Where a department's part of a month's bulletin (YYYY-MM) begins."""
    return f"/bulletins/{month}/{key}.html"


def code_slug(code: str) -> str:
    """An item's code as the folder below /items/ that tells who has it; "" where it can be none."""
    slug = identity(code)
    return slug if _SAFE.fullmatch(slug) and slug not in _TAKEN else ""


def law_address(id: str) -> str:
    """/laws/<id>/, where the decisions are that cite a law (gongshi.law.citing.law_id)."""
    return f"/laws/{id}/"


def path_of(address: str) -> str:
    """The file below build/site that answers `address`."""
    return f"{address}index.html"[1:] if address.endswith("/") else address[1:]
