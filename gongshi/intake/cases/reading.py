"""The files of a batch to the rows of its sheets, with the faults of files, headers and cells."""

from __future__ import annotations

from dataclasses import replace

from gongshi.intake.batch import SourceFile
from gongshi.intake.cases.people import joined
from gongshi.intake.cases.recognise import case_kind
from gongshi.intake.files import Files
from gongshi.intake.passing import first, tell_unknown
from gongshi.intake.problems import Place, Problem, problem
from gongshi.intake.readers import Row, Stream, streams
from gongshi.intake.readers.records import UNIT
from gongshi.intake.registry.kinds import kind_named
from gongshi.intake.registry.lines import Line, LineReader
from gongshi.intake.registry.record import Finding, Record, Sheet
from gongshi.intake.sheet.columns import read_header
from gongshi.intake.sheet.header import Header, find_header
from gongshi.records.cases.case import CASE
from gongshi.records.kind import RecordKind

_SECRETS = ("国家秘密", "绝密", "机密")
_CONFIDENTIAL = CASE.by_name["confidential"].label


class Reader(Files):
    """Reads files: `records` are the rows of all sheets."""

    def _sheets(self, file: SourceFile) -> None:
        unknown: list[tuple[Place, None]] = []
        held, told, recognised = len(self.records), len(self._told), False
        for stream in streams(file.content, file.name, self._limits, nested=True):
            place = Place(file.name, stream.name, unit=stream.unit)
            self.order.setdefault((file.name, stream.name), len(self.order))
            kind = case_kind(stream.name)
            if stream.hidden:
                self.tell("W102", place, label=stream.name)
            elif kind is None and kind_named(stream.name) is not None:
                self.tell("E704", place)
            elif kind is None:
                unknown.append((place, None))
            else:
                recognised = True
                self._sheet(kind, stream, place)
        if recognised:
            tell_unknown(unknown, self.tell, recognised=True)
        elif unknown:  # of several files another one made the batch one of case files
            self.tell("E704", Place(file.name))
        if len(self.records) == held and not any(found.is_error for found in self._told[told:]):
            self.tell("E107" if recognised else "E101", Place(file.name))

    def _sheet(self, kind: RecordKind, stream: Stream, place: Place) -> None:
        """The header's faults, or else the rows. A sheet of the template that nobody filled in says nothing."""
        portions = stream.filled()
        head = first(portions)
        if place.unit == UNIT:  # held whole already
            head = joined([*head, *(row for portion in portions for row in portion.rows())])
        header = _header(head, kind, place)
        if header is None:
            if head:
                self.tell("E102", place, rows=len(head), kinds=f"（{kind.label}）")
            return
        at = Place(place.file, place.sheet, header.row, unit=place.unit)
        columns = read_header(header, at, self._setting, earlier=False)
        self._told.extend(columns.problems)
        if not columns.usable:
            return
        told = len(self._told)
        sheet = Sheet(columns, place, self._told)
        read = LineReader(sheet).read
        lines = (line for row in self._rows(head[header.data_from :], portions, place) if (line := read(row)))
        self.records.extend(_record(line, sheet) for line in lines)
        self._told[told:] = map(_secret, self._told[told:])


def _header(head: list[Row], kind: RecordKind, place: Place) -> Header | None:
    """The header of a sheet whose kind its name says; of JSON and YAML the keys are it."""
    if place.unit == UNIT:
        return Header(kind, tuple(str(cell or "") for cell in head[0].cells), 0, 1) if head else None
    found = find_header(head, place.sheet + place.file, {kind.name: kind})
    return found if isinstance(found, Header) else None


def _record(line: Line, sheet: Sheet) -> Record:
    values: dict[str, str | None] = {**dict.fromkeys(sheet.kind.by_name), **line.own}
    record = Record(sheet=sheet, rows=(line.row,), values=values, tables={}, failed=line.failed)
    record.wrong = bool(line.failed)
    for field in sheet.kind.fields:
        absent = values[field.name] is None and field.name not in (*line.failed, *sheet.columns.filled)
        if field.required and absent:
            record.tell(Finding("E201", field.name, {"help": field.help}))
    return record


def _secret(found: Problem) -> Problem:
    """A state secret in the column on confidentiality is no misspelt choice: it must not come here at all (R35)."""
    if found.column.rstrip("*") != _CONFIDENTIAL or not any(word in found.value for word in _SECRETS):
        return found
    place = Place(found.file, found.sheet, found.row, found.column, found.position, found.unit)
    return replace(problem("E713", place), value="")
