"""One row of a sheet to canonical values, with every fault of its cells and between them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace

from gongshi.intake.checks.agency import Agency
from gongshi.intake.checks.row_checks import CODES, Batched, Finding, findings, states_birthday
from gongshi.intake.problems import Place, Problem, Wrong, problem
from gongshi.intake.readers.model import Row
from gongshi.intake.sheet.columns import Columns
from gongshi.intake.sheet.labels import plain
from gongshi.intake.sheet.old_template import DERIVED, REVOKED, STATE
from gongshi.intake.sheet.several import Splitter
from gongshi.intake.values.parsers import number_key
from gongshi.intake.values.text import as_text
from gongshi.records.field import Scope
from gongshi.records.kind import RecordKind
from gongshi.records.party import LEGAL_PERSON, NATURAL_PERSON, SOLE_TRADER

_NOTE = re.compile(
    r"(?:填[表写报]?说明|表格说明|说明|备注|注\d?[:：、.]|填[表报]人|填报(?:单位|日期|时间)|制表|审核人|审批人|经办人"
    r"|(?:单位)?负责人[:：]|联系(?:人|电话)|合计|总计|共计|小计|以下空白|以上|共\s*\d+\s*[条行件])"
)
_NOTE_CELLS = 6
"""A row of notes has few cells filled: 填表人, a name, 审核人, a name, 日期, a day."""
_SPACED_NAME = re.compile(r"[一-鿿]\s+[一-鿿](?:\s*[一-鿿]){0,2}")
_ASSERTED_ADULT = "1"
_NONE: frozenset[str] = frozenset()


@dataclass(slots=True)
class Parsed:
    """One party's row. `values` has every field of the kind, `place` is the sheet.

    `key` is the normalised 文号, "" where it cannot be read.
    """

    kind: RecordKind
    place: Place
    row: int
    key: str
    values: dict[str, str | None]
    kept: dict[str, str] = field(default_factory=dict)
    wrong: bool = False


class RowReader:
    """Reads the rows of one sheet; the faults found go to `problems`."""

    def __init__(
        self, columns: Columns, place: Place, *, agency: Agency, batch: Batched, adults: bool, problems: list[Problem]
    ) -> None:
        self._kind = columns.kind
        self._columns = columns
        self._place = place
        self._agency = agency
        self._batch = batch
        self._adults = adults
        self._problems = problems
        self._splitter = Splitter(columns.columns)
        self._empty: dict[str, str | None] = dict.fromkeys(columns.kind.by_name)
        self._plan = [(c.index, c.field.name, c.parsed) for c in columns.columns if not c.adds]
        self._added = [c for c in columns.columns if c.adds]
        self._required = [c.field.name for c in columns.columns if c.field.required and not c.adds]
        self._parties_own = frozenset(f.name for f in columns.kind.fields if f.scope is Scope.PARTY)
        self._width = 1 + max((c.index for c in columns.columns), default=0)
        self._state = next((index for index, label in columns.kept if plain(label) == STATE), None)
        self.derived = 0
        """Rows whose party type was derived, for one warning at the end."""

    def read(self, row: Row) -> list[Parsed]:
        """The row's parties, one each; none for blank rows and notes."""
        before = len(self._problems)
        refused = _NONE
        try:
            split = self._splitter.split(row.cells)
        except Wrong as wrong:
            self._report(row.number, str(wrong.words["field"]), wrong)
            split, refused = [row.cells], self._parties_own
        if self._state is not None:
            self._check_state(row, self._state)
        parties = [self._party(row.number, cells, refused) for cells in split]
        if len(split) > 1:
            self._problems[before:] = dict.fromkeys(self._problems[before:])
        found = any(p.is_error for p in self._problems[before:])
        if found and self._is_no_data(row, before):
            return []
        for party in parties:
            party.wrong = found
        return parties

    def _party(self, number: int, cells: Sequence[object], refused: Container[str]) -> Parsed:
        """One party's values. Of the `refused` fields nothing is told: their cells hold several parties."""
        values = self._empty.copy()
        failed: set[str] = set()
        if len(cells) < self._width:
            cells = (*cells, *[None] * (self._width - len(cells)))
        for index, name, parsed in self._plan:
            cell = cells[index]
            if cell is None:
                continue
            try:
                values[name] = parsed[cell]
            except Wrong as wrong:
                failed.add(name)
                if name not in refused:
                    self._report(number, name, wrong)
        self._complete(number, cells, values, failed)
        for name in self._required:
            if values[name] is None and name not in failed and name not in refused:
                self._report(number, name, Wrong("E201", help=self._kind.by_name[name].help))
        key = number_key(values["document_number"]) if values["document_number"] else ""
        for found in self._findings(values, key):
            if found.field not in refused and self._is_told(found, failed):
                self._report(number, found.field, Wrong(found.code, **found.words))
        return Parsed(self._kind, self._place, number, key, values, self._kept(cells) if self._columns.kept else {})

    def _complete(self, number: int, cells: Sequence[object], values: dict[str, str | None], failed: set[str]) -> None:
        """What no cell of the row says directly: second columns, filled columns, names without padding."""
        for column in self._added:
            try:
                more = column.parsed[cells[column.index]]
            except Wrong as wrong:
                self._report(number, column.field.name, wrong)
                continue
            parts = dict.fromkeys(p for text in (values[column.field.name], more) if text for p in text.split("、"))
            values[column.field.name] = "、".join(parts) or None
        self._fill(number, values, failed)
        name = values["party_name"]
        if name and " " in name and _SPACED_NAME.fullmatch(name):
            values["party_name"] = "".join(name.split())
        asked = self._adults and values["party_type"] == NATURAL_PERSON and not values["party_adult_when_decided"]
        if asked and not states_birthday(values):
            values["party_adult_when_decided"] = _ASSERTED_ADULT

    def _fill(self, number: int, values: dict[str, str | None], failed: set[str]) -> None:
        filled = self._columns.filled
        if not filled:
            return
        self._agency.fill(values, tuple(n for n in filled if n != DERIVED), values[self._kind.event])
        if DERIVED in filled:
            values[DERIVED] = _derived_type(values, self._place.sheet)
            self.derived += 1
            if values[DERIVED] is None and not failed & {*CODES, "party_document_number"}:
                self._report(number, DERIVED, Wrong("E312"))

    def _findings(self, values: dict[str, str | None], key: str) -> Iterator[Finding]:
        yield from findings(values, self._kind, self._batch)
        yield from self._agency.findings(values, self._kind, key)

    def _is_told(self, found: Finding, failed: set[str]) -> bool:
        """Not what only follows from a cell that was refused, nor that a sheet without the column lacks amounts."""
        if found.field in failed or (found.code == "E309" and failed & set(CODES)):
            return False
        return found.code != "W307" or self._columns.column_of(found.field) is not None

    def _kept(self, cells: Sequence[object]) -> dict[str, str]:
        kept = {}
        for index, label in self._columns.kept:
            cell = cells[index] if index < len(cells) else None
            if cell is not None and (text := as_it_is(cell)):
                kept[label] = text
        return kept

    def _is_no_data(self, row: Row, before: int) -> bool:
        """Whether a faulty row is blank, a note or the header again; its errors are then taken back, with a warning
        but for blank ones."""
        texts = list(dict.fromkeys(text for cell in row.cells if (text := as_it_is(cell))))
        note = is_note(texts) or self._repeats_header(row)
        if texts and not note:
            return False
        del self._problems[before:]
        if note:
            place = self._at(row.number)
            self._problems.append(problem("W104", place, texts[0]))
        return True

    def _repeats_header(self, row: Row) -> bool:
        """As where the printed pages of a long sheet, or several sheets, were put below one another."""
        cells = (*row.cells, *[None] * (self._width - len(row.cells)))
        return all(plain(cells[column.index]) == plain(column.label) for column in self._columns.columns)

    def _report(self, number: int, name: str, wrong: Wrong) -> None:
        column = self._columns.column_of(name)
        label = column.label if column else self._kind.by_name[name].label
        position = column.index + 1 if column else 0
        place = self._at(number, label, position)
        words = {key: value for key, value in wrong.words.items() if key not in ("value", "field")}
        self._problems.append(problem(wrong.code, place, wrong.words.get("value", ""), **words))

    def _at(self, number: int, label: str = "", position: int = 0) -> Place:
        return replace(self._place, row=number, column=label, position=position)

    def _check_state(self, row: Row, index: int) -> None:
        """An old template's 当前状态 says that the decision was revoked: it is not a new decision (E311)."""
        state = as_it_is(row.cells[index]) if index < len(row.cells) else ""
        if self._kind.name == "penalty" and state in REVOKED:
            self._problems.append(problem("E311", self._at(row.number, STATE, index + 1), state))


def _derived_type(values: dict[str, str | None], sheet: str) -> str | None:
    """The party's type by its codes and document, for sheets of the old template, which do not say it."""
    uscc = values["party_uscc"]
    if uscc:
        return SOLE_TRADER if uscc.startswith("92") else LEGAL_PERSON
    if any(values[code] for code in CODES):
        return LEGAL_PERSON
    if values["party_document_number"] or NATURAL_PERSON in sheet:
        return NATURAL_PERSON
    return None


def is_note(texts: Sequence[str]) -> bool:
    """Whether a row with these texts is a note, a sum or a signature, as they stand below a table."""
    return bool(texts) and len(texts) <= _NOTE_CELLS and _NOTE.match(texts[0]) is not None


def as_it_is(cell: object) -> str:
    """The cell's text for what is only kept, hidden characters made blanks."""
    try:
        return as_text(cell)
    except Wrong:
        return "".join(c if c.isprintable() or c == "\n" else " " for c in str(cell)).strip()
