"""From a header to what is read of each row: columns with their parsers, columns kept, columns filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher

from gongshi.intake.header import Header, known_as, readings, shown
from gongshi.intake.labels import Unclear, meaning, names, plain, without_unit
from gongshi.intake.old_template import ADDED_TO, DERIVED, FILLED
from gongshi.intake.problems import Place, Problem, problem
from gongshi.intake.values.parsers import Parse, Setting, parser
from gongshi.records.field import Field
from gongshi.records.kind import RecordKind

_MISSPELT = 0.8
"""Likeness from which an unknown header is taken for a slip of the pen."""
_MISSPELT_REQUIRED = 0.6
"""The same where a required column is missing."""
_EARLIER = "earlier_"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a known field. `label` is the file's own header, `adds` whether it adds to another column."""

    index: int
    label: str
    field: Field
    parse: Parse
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
class _Unknown:
    index: int
    label: str
    words: str


def read_header(header: Header, place: Place, setting: Setting, *, earlier: bool) -> Columns:
    """The columns of a sheet, every fault of its header among `problems`.

    `earlier` is whether the batch is 历史数据补录: only then are its columns among the names that a
    misspelt header may have meant.
    """
    result = Columns(header.kind)
    unknown = list(_known_columns(header, place, setting, result))
    missing = [f for f in header.kind.fields if result.column_of(f.name) is None]
    for column in unknown:
        missing = _judge_unknown(column, missing, result, place, earlier=earlier)
    _judge_missing([f for f in missing if f.required], result, place)
    result.columns.sort(key=lambda column: column.index)
    return result


def _known_columns(header: Header, place: Place, setting: Setting, result: Columns) -> Iterator[_Unknown]:
    """Adds the columns whose header is known; yields the others."""
    late: list[tuple[int, str, Field, Decimal | None]] = []
    for index, label in enumerate(header.labels):
        if not label:
            continue
        wording, found = known_as(label, header.kind)
        if found is None:
            yield _Unknown(index, shown(label), wording)
        elif found.old:
            late.append((index, shown(label), found.field, found.unit))
        else:
            _add(result, index, shown(label), found.field, found.unit, place, setting)
    for index, label, known, unit in late:
        _add_old(result, index, label, known, unit, place, setting)


def _add(
    result: Columns, index: int, label: str, known: Field, unit: Decimal | None, place: Place, setting: Setting
) -> None:
    first = result.column_of(known.name)
    if first is not None:
        at = _at(place, index, label)
        result.problems.append(problem("E105", at, label, other=first.index + 1, first=first.label))
        return
    result.columns.append(Column(index, label, known, parser(known, setting, unit)))


def _add_old(
    result: Columns, index: int, label: str, known: Field, unit: Decimal | None, place: Place, setting: Setting
) -> None:
    """A column that only old templates have: read where the new column is missing, otherwise added or kept."""
    taken = result.column_of(known.name) is not None
    if taken and known.name not in ADDED_TO:
        result.kept.append((index, label))
        result.problems.append(problem("W101", _at(place, index, label), label))
        return
    result.columns.append(Column(index, label, known, parser(known, setting, unit), adds=taken))
    if not taken:
        result.problems.append(problem("W106", _at(place, index, label), label, nearest=known.label))


def _judge_unknown(
    column: _Unknown, missing: list[Field], result: Columns, place: Place, *, earlier: bool
) -> list[Field]:
    """Reports an unknown header: unclear, misspelt (its field is then no longer missing), or kept."""
    at = _at(place, column.index, column.label)
    if any(isinstance(meaning(w, result.kind.name), Unclear) for w in readings(column.words)):
        result.problems.append(problem("E106", at, column.label))
        return missing
    candidates = [f for f in missing if earlier or not f.name.startswith(_EARLIER)]
    nearest = _nearest(column.words, candidates, result.kind)
    if nearest is not None:
        result.problems.append(problem("E103", at, column.label, nearest=nearest.label))
        return [f for f in missing if f is not nearest]
    result.kept.append((column.index, column.label))
    result.problems.append(problem("W101", at, column.label))
    return missing


def _nearest(label: str, candidates: list[Field], kind: RecordKind) -> Field | None:
    """The candidate that the label most likely misspells; None where it is probably another column."""
    words = without_unit(plain(label))[0]
    best: tuple[float, Field | None] = (0.0, None)
    for name, known in names(kind.name).items():
        if known in candidates:
            likeness = SequenceMatcher(None, words, name).ratio()
            enough = _MISSPELT_REQUIRED if known.required and known.name not in FILLED else _MISSPELT
            if likeness >= enough and likeness > best[0]:
                best = (likeness, known)
    return best[1]


def _judge_missing(missing: list[Field], result: Columns, place: Place) -> None:
    """Required columns without a header: some are filled in with a warning, the others are errors."""
    result.filled = tuple(f.name for f in missing if f.name in FILLED or f.name == DERIVED)
    for absent in missing:
        at = Place(place.file, place.sheet, place.row, absent.label)
        if absent.name in FILLED:
            result.problems.append(problem("W105", at, source=FILLED[absent.name]))
        elif absent.name != DERIVED:
            result.problems.append(problem("E104", at, nearest=absent.help))


def _at(place: Place, index: int, label: str) -> Place:
    return Place(place.file, place.sheet, place.row, label, index + 1)
