"""The files of a batch, read one after the other: one that cannot be read is told by name and leaves nothing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import chain

from gongshi.intake.batch import SourceFile
from gongshi.intake.passing import unreadable
from gongshi.intake.problems import Place, Problem, problem
from gongshi.intake.readers import Fault, Limits, Portion, Row, Unreadable, check_size
from gongshi.intake.registry.record import Record
from gongshi.intake.values.parsers import Setting


class Files(ABC):
    """Reads files: `records` are all that were found, `order` is file and sheet to their place in the report. Faults
    are added to `told`."""

    def __init__(self, setting: Setting, limits: Limits | None, told: list[Problem]) -> None:
        self._setting = setting
        self._limits = limits
        self._told = told
        self.records: list[Record] = []
        self.order: dict[tuple[str, str], int] = {}

    def tell(self, code: str, place: Place, value: object = "", **words: object) -> None:
        """Tell a fault that is no single record's."""
        self.order.setdefault((place.file, place.sheet), len(self.order))
        self._told.append(problem(code, place, value, **words))

    def file(self, file: SourceFile) -> SourceFile | None:
        """The file with its digest, its records among `records`; None where it cannot be read."""
        self.order.setdefault((file.name, ""), len(self.order))
        held, told = len(self.records), len(self._told)
        try:
            check_size(file.content, self._limits)
            hashed = file.hashed()
            self._sheets(hashed)
        except Unreadable as error:
            del self.records[held:], self._told[told:]
            self.order.setdefault((file.name, error.sheet), len(self.order))
            self._told.append(unreadable(error, file.name))
            return None
        return hashed

    @abstractmethod
    def _sheets(self, file: SourceFile) -> None:
        """Read the sheets of one file. Raises Unreadable."""

    def _rows(self, head: list[Row], portions: Iterator[Portion], place: Place) -> Iterator[Row]:
        """The rows of data, as many as are held at once. Raises Unreadable beyond."""
        most = (self._limits or Limits()).rows
        later = (row for portion in portions for row in portion.rows())
        for count, row in enumerate(chain(head, later)):
            if count == most:
                sheet, unit = place.sheet, place.unit
                raise Unreadable.because(Fault.TOO_MANY_ROWS, sheet=sheet, row=row.number, unit=unit, limit=most)
            yield row
