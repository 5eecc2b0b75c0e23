"""A change of a law or of an organisation that the city's ex-ante information must follow (D25)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongshi.law.scope import laws_cited
from gongshi.records import SUBMITTED_KINDS
from gongshi.records.decision import Decision
from gongshi.records.registry.annual import ANNUAL_FIGURES

KINDS_OF_CHANGE = ("生效", "废止", "修改", "职能调整")
_BASIS = "basis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: of which laws (《…》) or departments (keys), and from which day it has effect.

    `on` is the day of effect, not of promulgation. `what` is one of KINDS_OF_CHANGE, `document` the
    instrument that made the change.
    """

    id: str
    on: date
    what: str
    document: str
    laws: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    note: str = ""

    def touches(self, record: Decision) -> bool:
        """Whether `record` may have to be brought up to date: its department changed, or a law that it rests on. The
        numbers of a year that is over stay what they are."""
        if record.kind == ANNUAL_FIGURES.name:
            return False
        return record.department in self.departments or bool(laws_cited(tuple(basis(record)), self.laws))


def basis(record: Decision) -> Iterator[str]:
    """The laws that a record rests on, as it names them: each row of its basis, or its basis as a text."""
    field = SUBMITTED_KINDS[record.kind].by_name.get(_BASIS)
    if field is None:
        return
    if field.is_table:
        yield from (row["law"] for row in record.rows(_BASIS) if "law" in row)
    elif text := record.values.get(_BASIS):
        yield text
