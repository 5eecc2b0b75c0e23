"""Workbooks that we write: the same content gives the same bytes, and text is never a formula."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Final

from xlsxwriter.workbook import Workbook

AUTHOR: Final = "gongshi"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in the file's properties; no clock in any output (DESIGN.md promise 4)."""
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}


def new_workbook(target: io.BytesIO, title: str) -> Workbook:
    """A workbook that writes to `target` when closed."""
    book = Workbook(target, _OPTIONS)
    book.set_properties({"title": title, "author": AUTHOR, "created": _EPOCH})
    return book


def close_bytes(book: Workbook, target: io.BytesIO) -> bytes:
    """Close the workbook; its bytes."""
    book.close()
    return target.getvalue()
