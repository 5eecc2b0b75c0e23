"""From a header to what is read of each row: columns with their parsers, columns kept, columns filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches

from gongshi.intake.problems import Place, Problem, problem
from gongshi.intake.sheet.header import Header, known_as, shown
from gongshi.intake.sheet.labels import Meaning, Unclear, columns_of, meaning, names, plain, tables, without_unit
from gongshi.intake.sheet.old_template import ADDED_TO, DERIVED, FILLED, WITHOUT_MEANING
from gongshi.intake.values.parsers import Remembered, Setting, parser
from gongshi.records.cases.kinds import CASE_KINDS
from gongshi.records.field import COLUMN_MARK, Field
from gongshi.records.kind import RecordKind

_MISSPELT = 0.82
"""Likeness from which an unknown header is taken for a slip of the pen: one character in six."""
_RESEMBLES = 0.6
"""The same where a required column is missing; otherwise a column as like is kept, and the likeness told."""
_EARLIER = "earlier_"
REASON_COLUMN = "错误"
"""The column that we add to the rows handed back; it is no data when they are sent again."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a known field. `label` is the file's own header, `adds` whether it adds to another column."""

    index: int
    label: str
    field: Field
    parsed: Remembered
    adds: bool = False


@dataclass(slots=True)
class Columns:
    """How the rows of one sheet are read."""

    kind: RecordKind
    columns: list[Column] = field(default_factory=list)
    kept: list[tuple[int, str]] = field(default_factory=list)
    """Columns that no field declares: index and header."""
    filled: tuple[str, ...] = ()
    """Required fields without a column, whose value the submitting department or the codes give."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        """Whether rows can be read at all: a wrong header is one error, not a thousand."""
        return not any(found.is_error for found in self.problems)

    def column_of(self, name: str) -> Column | None:
        """The column of the named field, if the sheet has it."""
        return next((column for column in self.columns if column.field.name == name), None)


@dataclass(frozen=True, slots=True)
class _Header:
    """One header cell: its column, its words as shown, and what it was found to mean."""

    index: int
    label: str
    words: str
    means: Meaning | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the steps below share: the columns being made, where they are, and what parsers need."""

    result: Columns
    place: Place
    setting: Setting

    def report(self, code: str, header: _Header, **words: object) -> None:
        at = Place(self.place.file, self.place.sheet, self.place.row, header.label, header.index + 1)
        self.result.problems.append(problem(code, at, header.label, **words))

    def read(self, header: _Header, means: Meaning, *, adds: bool = False) -> None:
        parsed = parser(means.field, self.setting, means.unit)
        self.result.columns.append(Column(header.index, header.label, means.field, parsed, adds))

    def keep(self, header: _Header, resembles: Field | None = None) -> None:
        """A register or a case file keeps nothing that is not declared: sheets of officers hold identity numbers."""
        if code := self._not_kept():
            if plain(header.label) not in WITHOUT_MEANING:
                self.report(code, header, nearest=f"是“{resembles.label}”的，请改列名。" if resembles else "")
            return
        self.result.kept.append((header.index, header.label))
        if plain(header.label) not in WITHOUT_MEANING:
            self.report("W101", header, nearest=f"是“{resembles.label}”的，请改列名。" if resembles else "")

    def _not_kept(self) -> str:
        """The code of the warning where an undeclared column is not kept; empty where it is."""
        if self.result.kind.registry:
            return "W501"
        return "W707" if self.result.kind.name in CASE_KINDS else ""


def read_header(header: Header, place: Place, setting: Setting, *, earlier: bool) -> Columns:
    """The columns of a sheet, every fault of its header among `problems`.

    `earlier` is whether the batch is 历史数据补录: only then are its columns among the names that a
    misspelt header may have meant.
    """
    sheet = _Sheet(Columns(header.kind), place, setting)
    unknown = _known_columns(header, sheet)
    missing = [f for f in header.kind.cells if sheet.result.column_of(f.name) is None]
    for column in unknown:
        candidates = [f for f in missing if earlier or not f.name.startswith(_EARLIER)]
        meant = _judge_unknown(column, candidates, sheet)
        missing = [f for f in missing if f is not meant]
    _judge_missing([f for f in missing if f.required and not is_nested(f)], sheet)
    sheet.result.columns.sort(key=lambda column: column.index)
    return sheet.result


def _known_columns(header: Header, sheet: _Sheet) -> list[_Header]:
    """Adds the columns whose header is known, new names before old ones; returns the unknown headers."""
    cells = [
        _Header(index, shown(label), *known_as(label, header.kind))
        for index, label in enumerate(header.labels)
        if label.strip() and shown(label).rpartition("/")[2].strip() != REASON_COLUMN
    ]
    for cell in cells:
        if cell.means and not cell.means.old:
            _add(cell, cell.means, sheet)
    for cell in cells:
        if cell.means and cell.means.old:
            _add_old(cell, cell.means, sheet)
    return [cell for cell in cells if cell.means is None]


def _add(cell: _Header, means: Meaning, sheet: _Sheet) -> None:
    first = sheet.result.column_of(means.field.name)
    if first is None:
        sheet.read(cell, means)
    else:
        sheet.report("E105", cell, other=first.index + 1, first=first.label)


def _add_old(cell: _Header, means: Meaning, sheet: _Sheet) -> None:
    """A column that only old templates have: read where the new column is missing, otherwise added or kept."""
    taken = sheet.result.column_of(means.field.name) is not None
    if taken and means.field.name not in ADDED_TO:
        sheet.keep(cell)
        return
    sheet.read(cell, means, adds=taken)
    if not taken:
        sheet.report("W106", cell, nearest=means.field.label)


def _judge_unknown(cell: _Header, candidates: list[Field], sheet: _Sheet) -> Field | None:
    """Reports an unknown header as unclear, misspelt or kept; returns the field it was meant to name."""
    kind = sheet.result.kind
    if kind.registry and _judge_nested(cell, sheet):
        return None
    if meaning(cell.words, kind.name) is Unclear.CODE_WITHOUT_WORDS:
        sheet.report("E106", cell)
        return None
    likeness, nearest = _nearest(cell.words, candidates, kind)
    if nearest and (likeness >= _MISSPELT or (nearest.required and nearest.name not in FILLED)):
        sheet.report("E103", cell, nearest=nearest.label)
        return nearest
    sheet.keep(cell, nearest)
    return None


def is_nested(field: Field) -> bool:
    """Whether the field is a column of a table (basis.law); whether its record must have one is asked later."""
    return "." in field.name


def _judge_nested(cell: _Header, sheet: _Sheet) -> bool:
    """Whether the header names a table as if it were one value (E504), or a column that a table has not (E505)."""
    kind = sheet.result.kind
    before, mark, after = (plain(part) for part in cell.label.replace("/", COLUMN_MARK).partition(COLUMN_MARK))
    field = tables(kind.name).get(before)
    if field is None or not (mark or field.is_table):
        return False
    columns = [column.label for column in columns_of(field)]
    if mark and columns:
        near = get_close_matches(after, columns, 1, 0.4)
        sheet.report("E505", cell, table=field.label, columns="、".join(columns), nearest=_meant(near))
        return True
    written = "、".join(f"{field.label}{COLUMN_MARK}{column}" for column in columns)
    detail = f"是子表，要写成一行行的“项：值”，列名是：{written}" if columns else "不是子表，只填一个值"
    sheet.report("E504", cell, detail=detail)
    return True


def _meant(near: list[str]) -> str:
    return f"，是不是“{near[0]}”" if near else ""


def _nearest(label: str, candidates: list[Field], kind: RecordKind) -> tuple[float, Field | None]:
    """How like the label is to a name of a candidate, and which; (0, None) where none resembles it."""
    words = without_unit(plain(label))[0]
    best: tuple[float, Field | None] = (0.0, None)
    for name, known in names(kind.name).items():
        if known in candidates:
            likeness = SequenceMatcher(None, words, name).ratio()
            if likeness >= _RESEMBLES and likeness > best[0]:
                best = (likeness, known)
    return best


def _judge_missing(missing: list[Field], sheet: _Sheet) -> None:
    """Required columns without a header: some are filled in with a warning, the others are errors."""
    sheet.result.filled = tuple(f.name for f in missing if f.name in FILLED or f.name == DERIVED)
    for absent in missing:
        at = Place(sheet.place.file, sheet.place.sheet, sheet.place.row, absent.label)
        if absent.name in FILLED:
            sheet.result.problems.append(problem("W105", at, source=FILLED[absent.name]))
        elif absent.name != DERIVED:
            sheet.result.problems.append(problem("E104", at, nearest=absent.help))
