"""Mixed changes to a sampled city as its departments commit them: a new decision, a correction, a revocation in turn.

They are spread over all departments, kinds and years, so that as many lists as possible have to change. Of each file
only the first rows are read: a city of a million does not have to fit into memory.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any

import yaml

from gongshi.instance import load
from gongshi.records import DECISION_KINDS
from gongshi.records.department import Department
from gongshi.records.field import FieldType
from gongshi.sample.files import dump_yaml
from gongshi.store.sqlite import connect

Row = Sequence[str]
_ENCODINGS = ("utf-8-sig", "gb18030")
_FIRST = 100
_SERIAL = re.compile(r"(\d+)(?=\D*$)")
_CORRECTED = "（第{}次更正：补录时漏录一句。）"
REVOCATION = {
    "instrument_number": "松政复决〔2026〕3号",
    "instrument_agency": "松原市人民政府",
    "reason": "经复议认定适用程序错误。",
}
"""What a revocation has to state; the days are the caller's."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A committed CSV file, and those of its first rows whose decisions are public and have one party."""

    path: Path
    department: Department
    header: Row
    public: Sequence[Row]

    @property
    def number(self) -> int:
        """The column of the 文号."""
        return _number(self.path, self.header)

    @property
    def texts(self) -> list[str]:
        """The columns in which the public reads what was done."""
        fields = DECISION_KINDS[self.path.stem.split("-")[0]].public_fields
        free = (FieldType.TEXT, FieldType.LONG_TEXT)
        labels = (field.label for field in fields if field.type in free and field.name != "party_name")
        return [label for label in labels if label in self.header]

    @property
    def earlier(self) -> bool:
        """Whether its decisions were published elsewhere before."""
        return bool(yaml.safe_load(self.path.with_suffix(".batch.yml").read_bytes()).get("earlier"))

    def names(self, sort: str, rows: Sequence[Row]) -> Sequence[str]:
        """What its reviewer found in the texts of `rows`: names to `mask`, and words to leave `open`."""
        return self._named(self._review(), rows)[sort]

    def write(self, path: Path, rows: Sequence[Row]) -> None:
        """A file with its header and `rows`."""
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([self.header, *rows])

    def resend(self, name: str, rows: Sequence[Row]) -> None:
        """Commit `rows` as another batch, sent and reviewed by the same persons."""
        path = self.path.with_name(f"{self.path.stem}-{name}.csv")
        self.write(path, rows)
        path.with_suffix(".batch.yml").write_bytes(self.path.with_suffix(".batch.yml").read_bytes())
        review = self._review()
        dump_yaml(path.with_suffix(".review.yml"), {**review, "names": self._named(review, rows)})

    def _review(self) -> dict[str, Any]:
        return dict(yaml.safe_load(self.path.with_suffix(".review.yml").read_bytes()))

    def _named(self, review: Mapping[str, Any], rows: Sequence[Row]) -> dict[str, list[str]]:
        told = "\n".join(row[self.header.index(label)] for row in rows for label in self.texts)
        return {sort: [word for word in words if word in told] for sort, words in review["names"].items()}

    def added(self, row: Row, before: str) -> Row:
        """A new decision that says the same, with `before` before its serial number."""
        fresh = _SERIAL.sub(rf"{before}\1", row[self.number])
        return [*row[: self.number], fresh, *row[self.number + 1 :]]

    def corrected(self, row: Row, turn: int) -> Row:
        """The same decision with a sentence more."""
        at = max(map(self.header.index, self.texts), key=lambda at: len(row[at]))
        return [*row[:at], row[at] + _CORRECTED.format(turn), *row[at + 1 :]]

    def revoke(self, name: str, rows: Sequence[Row], today: str) -> None:
        """Commit what two persons decided: `rows` are revoked."""
        days = dict.fromkeys(("instrument_date", "effective_on", "received_on"), today)
        act = {
            "kind": "revoked",
            "decisions": [row[self.number] for row in rows],
            "fields": {**REVOCATION, **days},
            "by": self.department.submitters[0],
            "confirmed_by": self.department.reviewers[0],
            "opinion": "同意",
            "date": today,
        }
        dump_yaml(self.path.with_name(f"{self.path.stem}-{name}.withdraw.yml"), act)


def commit(folder: Path, count: int, turn: int, today: str) -> dict[str, int]:
    """Commit `count` changes to the instance in `folder`; how many of each sort. Each `turn`, from 1, brings others.

    Raises LookupError where the city is too small for so many.
    """
    wanted = islice(_turns(list(sheets(folder))), count)
    sorts: dict[str, dict[Path, list[Row]]] = {"new": {}, "corrected": {}, "revoked": {}}
    found: dict[Path, Sheet] = {}
    for (sheet, row), sort in zip(wanted, _endless(sorts), strict=False):
        found[sheet.path] = sheet
        sorts[sort].setdefault(sheet.path, []).append(row)
    counted = {sort: sum(map(len, rows.values())) for sort, rows in sorts.items()}
    if sum(counted.values()) < count:
        raise LookupError(f"no more than {sum(counted.values())} decisions can be changed")
    for path, sheet in found.items():
        new = [sheet.added(row, f"9{turn}0") for row in sorts["new"].get(path, [])]
        corrected = [sheet.corrected(row, turn) for row in sorts["corrected"].get(path, [])]
        if new or corrected:
            sheet.resend(f"more{turn}", [*new, *corrected])
        if revoked := sorts["revoked"].get(path):
            sheet.revoke(f"ended{turn}", revoked, today)
    return counted


def _endless(names: Mapping[str, object]) -> Iterator[str]:
    while True:
        yield from names


def _turns(found: Sequence[Sheet]) -> Iterator[tuple[Sheet, Row]]:
    """A decision of each sheet in turn, then another of each."""
    by_sheet = ([(sheet, row) for row in sheet.public] for sheet in found)
    return (one for one in chain.from_iterable(zip_longest(*by_sheet)) if one is not None)


def sheets(folder: Path) -> Iterator[Sheet]:
    """The committed CSV files of the instance in `folder` that begin with a public decision, in a fixed order."""
    departments = load(folder).departments
    read = {path: _read(path) for path in sorted((folder / "data" / "submissions").rglob("*.csv"))}
    shown = _shown(
        folder, {(path.parent.name, row[_number(path, rows[0])]) for path, rows in read.items() for row in rows}
    )
    for path, (header, *rows) in read.items():
        at, department = _number(path, header), path.parent.name
        once = Counter(row[at] for row in rows)
        public = [row for row in rows if once[row[at]] == 1 and (department, row[at]) in shown]
        if public:
            yield Sheet(path, departments[department], header, public)


def _number(path: Path, header: Row) -> int:
    fields = DECISION_KINDS[path.stem.split("-")[0]].fields
    return header.index(next(field.label for field in fields if field.name == "document_number"))


def _shown(folder: Path, wanted: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of the decisions, by department and 文号, are public."""
    db = connect(folder / "build" / "public.db", read_only=True)
    try:
        rows = db.execute("SELECT department, document_number FROM decisions")
        return {key for row in rows if (key := (row["department"], row["document_number"])) in wanted}
    finally:
        db.close()


def _read(path: Path) -> list[list[str]]:
    """The header and the first rows, but for the last of them: its decision may have further parties."""
    for encoding in _ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as file:
                rows = list(islice(csv.reader(file), _FIRST + 1))
                return rows[:-1] if len(rows) > _FIRST else rows
        except UnicodeDecodeError:
            continue
    raise ValueError(path)
