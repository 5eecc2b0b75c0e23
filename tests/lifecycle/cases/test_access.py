"""Who reads a case: the table of offices, acts and states; and every reading, and every refused one, in the journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from gongshi.instance import Instance, load
from gongshi.lifecycle.cases.access import Act, Office, admit
from gongshi.lifecycle.cases.errors import AccessRefused, CaseNotFound, ReasonNeeded
from gongshi.store import Store
from gongshi.store.cases import entered
from gongshi.store.errors import StoreUnwritable
from gongshi.store.journal import Draft
from gongshi.store.operations import Operation
from gongshi.store.sqlite import OperationalError

ROOT = Path(__file__).parents[3]
D = "11220700MB99000134"
NOW = datetime.fromisoformat("2026-03-05T10:00+08:00")
CASE = "c" * 16
PEOPLE = {
    Office.HANDLER: "张示一",
    Office.LEGAL: "郑示法",
    Office.HEAD: "刘示长",
    Office.ARCHIVIST: "何示档",
    Office.SUPERVISOR: "督示察",
}


@pytest.fixture(scope="module")
def instance() -> Instance:
    return load(ROOT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data" / "store.db") as opened:
        yield opened


def write(store: Store, state: str) -> None:
    """A case that is open, submitted to legal review, ended, or ended and confidential."""
    ended = state in ("ended", "confidential")
    shown = {"confidential": int(state == "confidential"), "ended_on": "2026-03-04" if ended else ""}
    values = {"handlers": '[{"name":"张示一","certificate":"x"}]'}
    said = {"key": "k", "values": values, "parties": [], "triggers": [], "major": state == "submitted", "shown": shown}
    drafts = [Draft("周示礼", D, "", "case", CASE, Operation.CASE, said)]
    if state == "submitted":
        step = {"event": "submit", "round": 1, "at": "2026-03-04T09:00+08:00", "state": "submitted", "fields": {}}
        drafts.append(Draft("张示一", D, "", "case", CASE, Operation.LEGAL, step))
    with store.write():
        store.append(drafts, NOW)


READS = {
    "open": "handler head supervisor",
    "submitted": "handler legal head supervisor",
    "ended": "handler head archivist supervisor",
    "confidential": "handler head supervisor",
}
"""Who reads what, by hand."""
NEVER = {Act.PRINT: {"archivist"}, Act.ACCESSES: {"handler", "legal"}, Act.ERASE: {"handler", "legal"}}


@pytest.mark.article("R33", "R35")
@pytest.mark.parametrize("state", READS)
def test_the_table_of_offices_acts_and_states(store: Store, instance: Instance, state: str) -> None:
    write(store, state)
    for act in Act:
        for office, person in PEOPLE.items():
            before = len(entered(store, CASE, Operation.ACCESS))
            may = office in READS[state].split() and office not in NEVER.get(act, set())
            if may:
                admitted = admit(store, instance, CASE, act, by=person, why="办案", now=NOW, target="7")
                assert (admitted.office, admitted.case.id) == (office, CASE)
            else:
                with pytest.raises(AccessRefused, match="已经记录"):
                    admit(store, instance, CASE, act, by=person, why="办案", now=NOW, target="7")
            said = entered(store, CASE, Operation.ACCESS)[before:]
            assert [(one.actor, one.payload["act"], one.payload["refused"]) for one in said if one.payload] == [
                (person, act, "" if may else "access_refused")
            ]


def test_a_stranger_and_a_case_that_is_not_there(store: Store, instance: Instance) -> None:
    write(store, "ended")
    with pytest.raises(AccessRefused):
        admit(store, instance, CASE, Act.SHOW, by="钱示闲", why="好奇", now=NOW)
    with pytest.raises(CaseNotFound):
        admit(store, instance, "0" * 16, Act.SHOW, by="刘示长", why="x", now=NOW)


def test_whoever_reads_a_case_that_is_not_their_own_says_why(store: Store, instance: Instance) -> None:
    write(store, "open")
    with pytest.raises(ReasonNeeded, match="--why"):
        admit(store, instance, CASE, Act.SHOW, by="刘示长", why=" ", now=NOW)
    assert admit(store, instance, CASE, Act.SHOW, by="张 示 一", now=NOW).office is Office.HANDLER


def test_where_the_reading_can_not_be_recorded_nothing_is_read(
    store: Store, instance: Instance, tmp_path: Path
) -> None:
    write(store, "open")
    with (
        Store.open(tmp_path / "data" / "store.db", read_only=True) as reader,
        pytest.raises((StoreUnwritable, OperationalError)),
    ):
        admit(reader, instance, CASE, Act.SHOW, by="张示一", now=NOW)
