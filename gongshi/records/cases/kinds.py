"""The sheets of a case file, by name: none of them is public, so none is among the kinds that are."""

from __future__ import annotations

from collections.abc import Mapping

from gongshi.records.cases.case import CASE, CASE_PARTY
from gongshi.records.cases.lines import LINES
from gongshi.records.kind import RecordKind

CASE_KINDS: Mapping[str, RecordKind] = {kind.name: kind for kind in (CASE, CASE_PARTY, *LINES)}
"""In the order of the sheets of a workbook."""
