"""Bytes into sheets of raw rows, whatever program wrote them and whatever they were made to do."""

from __future__ import annotations

from gongshi.intake.readers.characters import clean_text, dangerous_characters, safe_name
from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.limits import Limits
from gongshi.intake.readers.model import Area, Cell, Portion, Row, Sheet, Stream, unmerged
from gongshi.intake.readers.reading import check_size, read, streams

__all__ = [
    "Area",
    "Cell",
    "Fault",
    "Limits",
    "Portion",
    "Row",
    "Sheet",
    "Stream",
    "Unreadable",
    "check_size",
    "clean_text",
    "dangerous_characters",
    "read",
    "safe_name",
    "streams",
    "unmerged",
]
