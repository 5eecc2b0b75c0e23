"""The error catalogue: every fault that checking can find, with its code, its words and what to do next.

It is data: the report, the documentation and the tests enumerate it. A code, once given, keeps its
meaning; E stops a row or a file, W does not. The words are for the person who filled in the sheet.
"""

from __future__ import annotations

from gongshi.intake.catalogue.attachments import ATTACHMENTS
from gongshi.intake.catalogue.cases import CASES
from gongshi.intake.catalogue.entry import Entry, Severity
from gongshi.intake.catalogue.headers import HEADERS
from gongshi.intake.catalogue.parties import PARTIES
from gongshi.intake.catalogue.registry import REGISTRY
from gongshi.intake.catalogue.rows import ROWS
from gongshi.intake.catalogue.values import VALUES

__all__ = ["CATALOGUE", "RETURNED_TOGETHER", "Entry", "Severity"]

_ENTRIES = (*HEADERS, *VALUES, *ROWS, *PARTIES, *REGISTRY, *ATTACHMENTS, *CASES)
CATALOGUE: dict[str, Entry] = {entry.code: entry for entry in _ENTRIES}
"""Every entry by its code, in the order in which a file is checked."""

RETURNED_TOGETHER = "这一行没有错误；同一文号（或者同一条信息）的另一行有错误，一起退回。"
"""Why a right row comes back with the wrong ones: a decision is taken with all its parties, a record with all rows of
its tables, or not at all."""
