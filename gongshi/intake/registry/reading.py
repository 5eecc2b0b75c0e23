"""The files of a batch to records, sheet by sheet, with the faults of files, headers and cells."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import PurePosixPath

from gongshi.intake.batch import SourceFile
from gongshi.intake.collected import Problems
from gongshi.intake.files import Files
from gongshi.intake.passing import Progress, first, tell_unknown
from gongshi.intake.problems import Place
from gongshi.intake.readers import Limits, Row, Stream, streams
from gongshi.intake.readers.records import UNIT
from gongshi.intake.registry.grouping import records
from gongshi.intake.registry.kinds import header_of, kind_named
from gongshi.intake.registry.lines import LineReader
from gongshi.intake.registry.record import Sheet
from gongshi.intake.sheet.columns import read_header
from gongshi.intake.sheet.header import Header, Tie
from gongshi.intake.values.parsers import Setting
from gongshi.records import REGISTRY_KINDS


class Reader(Files):
    """Reads files: `records` are all that were found; `progress` hears how much of how much is read."""

    def __init__(self, setting: Setting, limits: Limits | None, progress: Progress, problems: Problems) -> None:
        super().__init__(setting, limits, problems.recent)
        self._progress = progress

    def _sheets(self, file: SourceFile) -> None:
        unknown: list[tuple[Place, Tie | None]] = []
        held, told, recognised = len(self.records), len(self._told), False
        for stream in streams(file.content, file.name, self._limits, nested=True):
            place = Place(file.name, stream.name, unit=stream.unit)
            self.order.setdefault((file.name, stream.name), len(self.order))
            if stream.hidden:
                self.tell("W102", place, label=stream.name)
                continue
            portions = stream.filled()
            head = first(portions)
            if _names_no_kind(stream, file):
                self._unknown_kind(place)
                continue
            header = header_of(head, stream.name, file.name, stream.unit)
            if isinstance(header, Header):
                recognised = True
                self._sheet(header, self._rows(head[header.data_from :], portions, place), place)
            elif head:
                unknown.append((place, header))
            self._progress(*stream.told())
        tell_unknown(unknown, self.tell, recognised=recognised)
        if len(self.records) == held and not any(problem.is_error for problem in self._told[told:]):
            self.tell("E107" if recognised else "E101", Place(file.name))

    def _unknown_kind(self, place: Place) -> None:
        labels = {kind.label: kind for kind in REGISTRY_KINDS.values()}
        near = get_close_matches(place.sheet, [*labels, *(name for kind in labels.values() for name in kind.sheets)], 1)
        nearest = f"，是不是“{near[0]}”" if near else ""
        self.tell("E502", place, place.sheet, nearest=nearest, kinds="、".join(labels))

    def _sheet(self, header: Header, rows: Iterator[Row], place: Place) -> None:
        """The header's faults, or else the records."""
        if not header.kind.registry:
            self.tell("E501", place, kind=header.kind.label)
            return
        at = Place(place.file, place.sheet, header.row, unit=place.unit)
        columns = read_header(header, at, self._setting, earlier=False)
        self._told.extend(columns.problems)
        if columns.usable:
            sheet = Sheet(columns, place, self._told)
            read = LineReader(sheet).read
            self.records.extend(records((line for row in rows if (line := read(row))), sheet))


def _names_no_kind(stream: Stream, file: SourceFile) -> bool:
    """Whether the records of JSON or YAML stand under a key that no kind has."""
    stem = PurePosixPath(file.name).stem
    return stream.unit == UNIT and stream.name != stem and kind_named(stream.name) is None
