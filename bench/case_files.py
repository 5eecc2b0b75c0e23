"""A city with any number of case files of 20 records each, and a vault beside it: what nothing public is made of.

The sample's five cases (whole, with gaps and late, with a hearing, on the spot, an inspection) are taken in as every
file is, and one of them goes through a legal review; then each is journaled again and again under other numbers and
on other days, as `submit` would have it, without checking the same words anew.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import chain, cycle, islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from gongshi.instance import load
from gongshi.law.review.words import Event, State
from gongshi.lifecycle.submissions import take_in
from gongshi.records.cases.substance import substance_of_case
from gongshi.sample.cases import write
from gongshi.sample.generate import PROJECT
from gongshi.store import Store
from gongshi.store.cases import CaseRow, entered, scan
from gongshi.store.journal import Draft, Ready, canonical
from gongshi.store.operations import Operation

TODAY = date(2026, 11, 22)
NOW = datetime.combine(TODAY, time(9), ZoneInfo("Asia/Shanghai"))
CASE_OF_FILM, OFFICER = "松市监案〔2026〕301号", "周示礼"
"""The sample's whole case, and who may add evidence to it."""
LINES = 20
"""Records of a case: where the sample's has fewer, its inquiries (else its first record) come again."""
_WEEKS = 100
"""A case lies fewer weeks than these before the one that it is made from."""
_AT_ONCE = 500
"""Cases that are journaled in one transaction."""
_RECORDING, _INQUIRY = "recording", "inquiry"
_DAY = re.compile(rb'(?<=")2026-\d\d-\d\d')
_STEPS = (
    (Event.SUBMIT, State.SUBMITTED, {"materials": "1=有；2=有；3=有；4=有", "statement": "1=有", "to": "政策法规科"}),
    (Event.RECEIVE, State.REVIEWING, {}),
    (Event.OPINE, State.AGREED, {"opinion": "agree", "aspects": "1=ok", "text": "同意"}),
)
"""A round of review as the journal has it: of the case with a hearing, in every other copy of it."""


class Model:
    """A case that was taken in, to be journaled again."""

    def __init__(self, store: Store, row: CaseRow) -> None:
        own = entered(store, row.id, Operation.CASE)[-1]
        self._row, self._by, self._said = row, own.actor, own.payload or {}
        self._lines = _twenty([one.payload or {} for one in entered(store, row.id, Operation.CASE_RECORD)])
        self._moved: dict[int, tuple[Mapping[str, Any], tuple[Ready, ...]]] = {}

    def copy(self, number: int, weeks: int) -> Iterator[Draft]:
        """The entries of a case like this one, so many weeks before it."""
        record = sha256(b"case %d" % number).hexdigest()[:16]
        said, lines = self._at(weeks)
        values = {**said["values"], "number": f"{said['values']['number']}-{number}"}

        def draft(operation: Operation, payload: Mapping[str, object] | Ready) -> Draft:
            return Draft(self._by, self._row.department, "", "case", record, operation, payload)

        yield draft(Operation.CASE, {**said, "key": f"{said['key']}-{number}", "values": values})
        for line in lines:
            yield draft(Operation.CASE_RECORD, line)
            if line.part["what"] == _RECORDING:
                yield draft(Operation.EVIDENCE, _evidence(line.part, number))
        if self._row.review and weeks % 2:
            yield from (draft(Operation.LEGAL, step) for step in _review(said))

    def _at(self, weeks: int) -> tuple[Mapping[str, Any], tuple[Ready, ...]]:
        """What its entries say on other days."""
        if weeks not in self._moved:
            lines = (_earlier(line, weeks) for line in self._lines)
            self._moved[weeks] = _earlier(self._said, weeks), tuple(Ready(canonical(line), line) for line in lines)
        return self._moved[weeks]


def fill(folder: Path, cases: int) -> None:
    """Make the city in `folder`, with so many cases in its store (the sample's at least) and no decision."""
    shutil.copytree(PROJECT / "data" / "reference", folder / "data" / "reference")
    instance = load(folder)
    departments = tuple(instance.departments.values())
    for department in departments[:2]:
        (folder / "data" / "submissions" / department.key).mkdir(parents=True)
    write(folder / "data" / "submissions", departments)
    with Store.open(folder / "data" / "store.db") as store:
        taken = take_in(store, instance, today=TODAY, now=NOW)
        if taken.faults:
            raise RuntimeError(f"the sample's cases were not taken in: {taken.faults}")
        models = [Model(store, row) for row, _ in scan(store)]
        numbers = iter(range(len(models), cases))
        while some := list(islice(numbers, _AT_ONCE)):
            with store.write():
                store.append(chain.from_iterable(_copy(models, number) for number in some), NOW)


def _copy(models: Sequence[Model], number: int) -> Iterator[Draft]:
    weeks, which = divmod(number, len(models))
    return models[which].copy(number, weeks % _WEEKS)


def _twenty(lines: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    again = [one for one in lines if one["what"] == _INQUIRY] or lines[:1]
    more = ({**one, "line": f"{one['line']}-{at}"} for at, one in enumerate(cycle(again), start=1))
    return (*lines, *islice(more, LINES - len(lines)))


def _earlier(said: Mapping[str, Any], weeks: int) -> Mapping[str, Any]:
    """The same with every day of it so many weeks earlier."""

    def moved(day: re.Match[bytes]) -> bytes:
        return str(date.fromisoformat(day[0].decode()) - timedelta(weeks=weeks)).encode()

    found: Mapping[str, Any] = orjson.loads(_DAY.sub(moved, canonical(said)))
    return found


def _evidence(line: Mapping[str, Any], number: int) -> dict[str, object]:
    """A film for a line. (Its bytes are not in the vault: nothing that is measured here reads them.)"""
    shown = line["shown"]
    told = {"line": line["line"], "sha256": sha256(b"film %d %b" % (number, line["line"].encode())).hexdigest()}
    kept = {"custodian": "冯示档", "made_at": shown["at"], "stored_at": shown["stored_at"]}
    return {
        **told,
        **kept,
        "size": 1 << 30,
        "name": "录像.mp4",
        "type": "video/mp4",
        "medium": "video",
        "description": "",
    }


def _review(said: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    ended = said["values"]["investigation_ended_at"]
    told = substance_of_case(said["values"], said["parties"])
    for event, state, fields in _STEPS:
        more = {"substance": told} if event is Event.SUBMIT else {}
        yield {"event": event, "round": 1, "at": ended, "state": state, "fields": {**fields, **more}}
