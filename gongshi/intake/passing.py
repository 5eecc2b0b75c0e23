"""One pass over the files of a batch, some rows at a time.

The plainly right rows go the quick way (plain.py), all others the careful way (rows.py). What has to be known of
all rows is kept as numbers or lies in a private file (gathering.py, collected.py).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from gongshi.intake.answer.report import Report
from gongshi.intake.batch import SourceFile
from gongshi.intake.checks.agency import Agency
from gongshi.intake.checks.plain import PlainReader, PlainRows
from gongshi.intake.checks.row_checks import Batched, Finding
from gongshi.intake.collected import Change, Checked, Decisions, Known, Problems, WrongRows
from gongshi.intake.gathering import Gatherer
from gongshi.intake.problems import Place, Problem, Severity, problem
from gongshi.intake.quick import WORTH, Looked, Sheet, alone, by_two
from gongshi.intake.readers import Limits, Portion, Row, Stream, Unreadable, check_size, streams
from gongshi.intake.sheet.columns import read_header
from gongshi.intake.sheet.header import LOOKED_AT, NOTES_SHEET, Header, Tie, find_header
from gongshi.intake.sheet.old_template import DERIVED
from gongshi.intake.sheet.rows import RowReader
from gongshi.intake.values.parsers import Setting
from gongshi.records.decision import Decision

Progress = Callable[[int, int], None]
"""Hears how much is done, of how much."""
_LONG_AGO = 365
"""Days after which a decision that nobody has sent before is rather historical than late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be checked, and how. Each file has a name of its own."""

    department: str
    files: Sequence[SourceFile]
    agency: Agency
    setting: Setting
    batch: Batched
    adults: bool
    limits: Limits | None
    progress: Progress
    known: Known | None
    judge: Callable[[Decision], Iterable[Finding]]
    quick: bool
    alone: bool


class FoundLate(Exception):
    """A file of which rows have gone by already turns out to be unreadable."""

    def __init__(self, name: str, error: Unreadable) -> None:
        super().__init__(name)
        self.name, self.error = name, error


class Pass:
    """One pass. `refused` are the files that are known to be unreadable, `scattered` the hashes of the
    文号 whose rows do not lie together."""

    def __init__(self, asked: Asked, refused: Mapping[str, Unreadable], scattered: Collection[int]) -> None:
        self._asked = asked
        self._refused = refused
        self._problems = Problems()
        self._wrong = WrongRows()
        self._decisions = Decisions()
        self.gatherer = Gatherer(asked.department, asked.judge, self._problems, self._wrong, scattered)
        self._order: dict[tuple[str, str], int] = {}
        """File and sheet to their place in the report."""
        self._rows = 0
        self._begun = False
        """Whether rows of the present file have gone by."""
        self._long_ago: dict[Place, tuple[int, str]] = {}
        """How many decisions of a sheet are new and old, and the earliest day."""
        self._limit = (asked.setting.today - timedelta(days=_LONG_AGO)).isoformat()

    def report(self) -> Report:
        """Go over the files. Raises FoundLate, and Scattered at the end; then another pass has to be made."""
        taken = tuple([file for given in self._asked.files if (file := self._file(given))])
        self.gatherer.finish()
        self._settle()
        self._problems.recent.extend(self._historical())
        self._problems.keep(self._order)
        return Report(
            department=self._asked.department,
            files=taken,
            decisions=self._decisions.sorted(),
            problems=self._problems.sorted(),
            counts=self._problems.counts,
            error_count=self._problems.errors,
            wrong_rows=self._wrong,
            rows=self._rows,
            earlier=self._asked.batch.earlier,
            evidence=self._asked.batch.evidence,
        )

    def _file(self, file: SourceFile) -> SourceFile | None:
        """The file whose rows have gone by, with its digest; None where it can not be read."""
        self._order.setdefault((file.name, ""), len(self._order))
        self._begun = False
        try:
            if file.name in self._refused:
                raise self._refused[file.name]
            check_size(file.content, self._asked.limits)
            hashed = file.hashed()  # before it is read: what is stored later must have the same digest
            self._sheets(hashed)
        except Unreadable as error:
            if self._begun:
                raise FoundLate(file.name, error) from None
            self._order.setdefault((file.name, error.sheet), len(self._order))
            self._problems.recent.append(unreadable(error, file.name))
            return None
        return hashed

    def _sheets(self, file: SourceFile) -> None:
        """All sheets of one file. Sheets without a header are passed over where another sheet has one."""
        before, errors, recognised = self._rows, self._problems.errors, False
        unknown: list[tuple[Place, Tie | None]] = []
        for stream in streams(file.content, file.name, self._asked.limits):
            place = Place(file.name, stream.name, unit=stream.unit)
            self._order.setdefault((file.name, stream.name), len(self._order))
            if stream.hidden:
                self._tell("W102", place, label=stream.name)
                continue
            portions = stream.filled()
            rows = first(portions)
            header = find_header(rows, stream.name + file.name)
            if isinstance(header, Header):
                recognised = True
                self._sheet(header, chain((_portion(rows[header.data_from :]),), portions), place, stream)
            elif any(row.cells for row in rows):
                unknown.append((place, header))
            deque(portions, maxlen=0)  # for the faults of the file
        tell_unknown(unknown, self._tell, recognised=recognised)
        self._problems.keep(self._order)
        if self._rows == before and self._problems.errors == errors:
            self._tell("E107" if recognised else "E101", Place(file.name))

    def _tell(self, code: str, place: Place, **words: object) -> None:
        self._begun = True
        self._problems.recent.append(problem(code, place, **words))

    def _sheet(self, header: Header, portions: Iterator[Portion], place: Place, stream: Stream) -> None:
        """The header's faults, or else the rows."""
        self._begun = True
        batch, agency, adults = self._asked.batch, self._asked.agency, self._asked.adults
        at = Place(place.file, place.sheet, header.row)
        columns = read_header(header, at, self._asked.setting, earlier=batch.earlier)
        self._problems.recent.extend(columns.problems)
        if not columns.usable:
            return
        reader = RowReader(columns, place, agency=agency, batch=batch, adults=adults, problems=self._problems.recent)
        sheet = Sheet(header, place, self._asked.setting, agency, batch)
        plain = PlainReader(columns, place, agency=agency, batch=batch)
        for portion, looked in self._looked(portions, stream, plain, sheet):
            self._portion(portion, looked, reader)
            self._settle()
            self._asked.progress(*stream.told())
        if reader.derived:
            label = columns.kind.by_name[DERIVED].label
            self._tell("W310", Place(place.file, place.sheet, 0, label), count=reader.derived)

    def _looked(
        self, portions: Iterator[Portion], stream: Stream, plain: PlainReader, sheet: Sheet
    ) -> Iterator[Looked]:
        """The portions with what the quick way saw of them, where it can be gone."""
        if not (self._asked.quick and plain.usable):
            return ((portion, None) for portion in portions)
        if stream.bytes < WORTH or self._asked.alone:
            return alone(portions, plain)
        return by_two(portions, sheet, plain)

    def _portion(self, portion: Portion, quick: PlainRows | None, reader: RowReader) -> None:
        for at in range(len(portion.cells)):
            if quick is not None and quick.sure[at]:
                self._rows += 1
                self.gatherer.plain(quick, at)
            elif row := portion.row(at):
                parties = reader.read(row)
                self._rows += bool(parties)
                for parsed in parties:
                    self.gatherer.careful(parsed)

    def _settle(self) -> None:
        """Put away what has come of the rows so far."""
        ready, known = self.gatherer.ready, self._asked.known
        stored = known([found for found, _ in ready]) if known and ready else {}
        checked = []
        for found, place in ready:
            change = stored.get(found.key, Change.ADDED)
            if change is Change.ADDED and "" < found.event_on < self._limit and not self._asked.batch.earlier:
                count, earliest = self._long_ago.get(place, (0, found.event_on))
                self._long_ago[place] = (count + 1, min(earliest, found.event_on))
            checked.append(Checked(found, change))
        self._decisions.extend(checked)
        ready.clear()
        self._problems.keep(self._order)

    def _historical(self) -> Iterator[Problem]:
        """W311, once for each sheet: new decisions so old that they are rather 历史数据 sent as new (DOMAIN.md 21)."""
        for place, (count, earliest) in self._long_ago.items():
            yield problem("W311", place, count=count, days=_LONG_AGO, earliest=earliest)


def first(portions: Iterator[Portion]) -> list[Row]:
    """As many rows as the header is looked for in, or a few more."""
    rows: list[Row] = []
    for portion in portions:
        rows.extend(portion.rows())
        if len(rows) > LOOKED_AT:
            break
    return rows


def _portion(rows: Sequence[Row]) -> Portion:
    """The rows as they came, before the header was looked for."""
    return Portion([row.number for row in rows], [["" if cell is None else cell for cell in row.cells] for row in rows])


def tell_unknown(unknown: Sequence[tuple[Place, Tie | None]], tell: Callable[..., None], *, recognised: bool) -> None:
    """Sheets without a header: passed over where another sheet of the file has one, otherwise the file's fault."""
    for place, tie in unknown:
        if recognised:
            if place.sheet != NOTES_SHEET:
                tell("W103", place, label=place.sheet)
        else:
            kinds = "（可能是" + "、".join(kind.label for kind in tie.kinds) + "）" if tie else ""
            tell("E102", place, rows=LOOKED_AT, kinds=kinds)


def unreadable(error: Unreadable, name: str) -> Problem:
    """A file that cannot be read, as a problem."""
    return Problem(
        code=error.code,
        severity=Severity.ERROR,
        file=name,
        sheet=error.sheet,
        row=error.row or 0,
        message=error.message,
        hint=error.hint,
        unit=error.unit,
    )
