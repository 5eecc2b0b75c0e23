"""Bytes into sheets of raw rows, whatever program wrote them and whatever they were made to do."""

from __future__ import annotations

from gongshi.intake.readers.characters import clean_text, dangerous_characters, safe_name
from gongshi.intake.readers.faults import Fault, Unreadable
from gongshi.intake.readers.limits import Limits
from gongshi.intake.readers.model import Area, Cell, Row, Sheet, unmerged
from gongshi.intake.readers.reading import read

__all__ = [
    "Area",
    "Cell",
    "Fault",
    "Limits",
    "Row",
    "Sheet",
    "Unreadable",
    "clean_text",
    "dangerous_characters",
    "read",
    "safe_name",
    "unmerged",
]
